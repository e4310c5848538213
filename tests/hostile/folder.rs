//! A curriculum in a temporary folder, and the program run in it with a small stack and little memory.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::support::write;

/// Nothing here takes longer, also in a debug build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(300);

/// Memory that the program may ask for, in KiB; every thread reserves some of it that it never uses.
const MEMORY: u32 = 3 << 20;

/// Stack of the main thread, in KiB. Those of all other threads are as large by default.
const STACK: u32 = 2 << 10;

pub struct Folder {
    folder: tempfile::TempDir,
}

/// What a run said.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
    pub took: Duration,
    /// The most memory that it held, in KiB; 0 where the system does not say.
    pub peak: u64,
}

impl Folder {
    /// Lays out a curriculum of one module without a fault.
    pub fn new() -> Self {
        let folder = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        folder.write("config.toml", "title = \"Hostile\"\n");
        folder.write(
            "modules/01-a/index.md",
            "+++\ntitle = \"A\"\n+++\n\nText.\n",
        );
        folder
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) -> &Self {
        write(self.folder.path(), path, content);
        self
    }

    /// Writes the lesson that a test is about.
    pub fn lesson(&self, text: &str) -> &Self {
        self.write(
            "modules/01-a/01-b.md",
            format!("+++\ntitle = \"B\"\n+++\n\n{text}\n"),
        )
    }

    /// Runs the program; panics where it panics, is killed, or does not end.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        let limited = format!("ulimit -s {STACK} && ulimit -v {MEMORY} && exec \"$@\"");
        let child = Command::new("sh")
            .args(["-c", &limited, "sh", env!("CARGO_BIN_EXE_throughline")])
            .arg("--root")
            .arg(self.folder.path())
            .args(["--color", "never"])
            .args(arguments)
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = child.unwrap();
        let (stdout, stderr) = (read(child.stdout.take()), read(child.stderr.take()));
        let started = Instant::now();
        let mut peak = 0;
        let status = loop {
            peak = peak.max(held(child.id()));
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            if started.elapsed() > PATIENCE {
                child.kill().unwrap();
                panic!("{arguments:?} does not end");
            }
            thread::sleep(Duration::from_millis(5));
        };
        let ran = Ran {
            code: status.code().unwrap_or(-1),
            stdout: stdout.join().unwrap(),
            stderr: stderr.join().unwrap(),
            took: started.elapsed(),
            peak,
        };
        let shown: String = ran.stderr.chars().take(2000).collect();
        assert!(
            (0..=2).contains(&ran.code) && !ran.stderr.contains("panicked"),
            "{arguments:?} ends with {status}: {shown}"
        );
        ran
    }

    /// Runs `check`, and returns its findings as `rule file:line:column`.
    pub fn findings(&self) -> Vec<String> {
        let ran = self.run(&["check", "--format", "json"]);
        assert!(ran.code < 2, "{}", ran.stderr);
        let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        let findings = report["findings"].as_array().unwrap();
        let text =
            |finding: &serde_json::Value, key: &str| finding[key].as_str().unwrap().to_owned();
        findings
            .iter()
            .filter(|finding| finding["severity"] != "info")
            .map(|finding| {
                format!(
                    "{} {}:{}:{}: {}",
                    text(finding, "rule"),
                    text(finding, "file"),
                    finding["line"],
                    finding["column"],
                    text(finding, "message"),
                )
            })
            .collect()
    }

    /// Returns whether a build has left a site.
    pub fn has_site(&self) -> bool {
        self.path("public/index.html").is_file()
    }

    /// Returns a page of the site.
    pub fn page(&self, path: &str) -> String {
        fs::read_to_string(self.path("public").join(path)).unwrap()
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }
}

impl Ran {
    /// Panics where the run has not said this.
    pub fn assert_says(&self, words: &str) {
        let said = format!("{}{}", self.stdout, self.stderr);
        let shown: String = said.chars().take(3000).collect();
        assert!(said.contains(words), "{words:?} is not in: {shown}");
    }
}

/// Returns the most memory that a process has held until now, in KiB.
fn held(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.trim().strip_suffix(" kB")?.parse().ok())
        .unwrap_or(0)
}

fn read(stream: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        stream.unwrap().read_to_end(&mut bytes).unwrap();
        String::from_utf8(bytes).expect("output is UTF-8")
    })
}
