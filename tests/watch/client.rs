//! A preview of a small curriculum in a temporary folder, and a client that speaks to it.

use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;
use tungstenite::client::IntoClientRequest;
use tungstenite::{Message, WebSocket};

use super::support::write;

/// Nothing that is waited for takes longer, also on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A running `throughline watch`.
pub struct Preview {
    folder: tempfile::TempDir,
    pub child: Child,
    pub address: SocketAddr,
    said: Arc<Mutex<String>>,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    /// Returns a header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// Returns the program under test; `THROUGHLINE` names another than the one that was built with the tests.
pub fn program() -> OsString {
    std::env::var_os("THROUGHLINE").unwrap_or_else(|| env!("CARGO_BIN_EXE_throughline").into())
}

/// Writes a curriculum of two modules with two lessons each.
pub fn write_curriculum(root: &Path) {
    let lesson = |title: &str, text: &str| format!("+++\ntitle = \"{title}\"\n+++\n\n{text}\n");
    for (path, text) in [
        ("config.toml", "title = \"Practice\"\n".to_owned()),
        ("modules/topics.toml", "[[topic]]\nid = \"empathy\"\nname = \"Empathy\"\ndefinition = \"Seeing with another's eyes\"\n".into()),
        ("modules/01-calls/index.md", lesson("Calls", "Start with [listening](01-listening.md) and [asking](02-asking.md).")),
        ("modules/01-calls/01-listening.md", lesson("Listening", "Listen with empathy.\n\n![A wave](images/wave.png)")),
        ("modules/01-calls/02-asking.md", lesson("Asking", "## Open questions\n\nAsk them.")),
        ("modules/02-money/index.md", lesson("Money", "Read [paying](01-paying.md).")),
        ("modules/02-money/01-paying.md", lesson("Paying", "Pay, and see [questions](../01-calls/02-asking.md#open-questions).")),
    ] {
        write(root, path, &text);
    }
    write(root, "modules/01-calls/images/wave.png", "first wave");
}

fn lesson(text: &str) -> String {
    format!("+++\ntitle = \"Lesson\"\n+++\n\n{text}\n")
}

impl Preview {
    /// Starts a preview of the small curriculum.
    pub fn start(options: &[&str]) -> Self {
        Self::start_of(options, write_curriculum)
    }

    /// Starts a preview of a curriculum that `lay_out` writes.
    pub fn start_of(options: &[&str], lay_out: impl FnOnce(&Path)) -> Self {
        Self::start_through(&["env"], options, lay_out)
    }

    /// Starts a preview through other programs, each of which becomes the next one: `["nice", "-n", "5"]`.
    pub fn start_through(through: &[&str], options: &[&str], lay_out: impl FnOnce(&Path)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        lay_out(folder.path());
        let mut child = Command::new(through[0])
            .args(&through[1..])
            .arg(program())
            .args([
                "watch",
                "-p",
                "0",
                "--as-of",
                "2026-11-21",
                "--color",
                "never",
                "--root",
            ])
            .arg(folder.path())
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let (heard, errors) = (Arc::clone(&said), child.stderr.take().unwrap());
        std::thread::spawn(move || {
            for line in BufReader::new(errors).lines().map_while(Result::ok) {
                let mut heard = heard.lock().unwrap();
                heard.push_str(&line);
                heard.push('\n');
            }
        });
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line
            .trim()
            .trim_start_matches("http://")
            .trim_end_matches('/');
        let address = address
            .parse()
            .unwrap_or_else(|_| panic!("{line:?}: {}", said.lock().unwrap()));
        Self {
            folder,
            child,
            address,
            said,
        }
    }

    /// Returns the curriculum's folder.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file of the curriculum.
    pub fn write(&self, path: &str, text: &str) {
        write(self.root(), path, text);
    }

    /// Writes a lesson.
    pub fn write_lesson(&self, path: &str, text: &str) {
        self.write(path, &lesson(text));
    }

    /// Writes a lesson in one step, so that nobody sees it empty in between.
    pub fn replace_lesson(&self, path: &str, text: &str) {
        let new = self.path(".new");
        fs::write(&new, lesson(text)).unwrap();
        fs::rename(new, self.path(path)).unwrap();
    }

    /// Returns a path in the curriculum.
    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Returns what the program has said in the terminal.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Waits until the program has said these words in the terminal: what it says arrives a little later than what it serves.
    pub fn wait_to_hear(&self, words: &str) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            let said = self.said();
            if said.contains(words) {
                return said;
            }
            assert!(Instant::now() < end, "it never says {words:?}\n{said}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until the program has told of so many changes, and a little longer for more of them.
    pub fn wait_for_changes(&self, number: usize) -> usize {
        let end = Instant::now() + PATIENCE;
        while self.changes() < number && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(10));
        }
        std::thread::sleep(Duration::from_millis(100));
        self.changes()
    }

    /// Returns how many changes the program has told of.
    pub fn changes(&self) -> usize {
        let is_change = |line: &&str| line.get(2..3) == Some(":") && line.get(5..6) == Some(":");
        self.said().lines().filter(is_change).count()
    }

    /// Asks for a page.
    pub fn get(&self, path: &str) -> Answer {
        self.ask(&format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        ))
    }

    /// Sends a request as it is written.
    pub fn ask(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        // The server may have answered and closed before it has read everything.
        let _ = stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        Answer {
            status: head
                .split(' ')
                .nth(1)
                .and_then(|status| status.parse().ok())
                .unwrap_or(0),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    /// Waits until a page holds a text, and returns it.
    pub fn wait_for(&self, path: &str, text: &str) -> Answer {
        let end = Instant::now() + PATIENCE;
        loop {
            let answer = self.get(path);
            if answer.body.contains(text) {
                return answer;
            }
            assert!(
                Instant::now() < end,
                "{path} never says {text:?}\n{}\n{}",
                answer.body,
                self.said()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until a page has a status.
    pub fn wait_for_status(&self, path: &str, status: u16) {
        let end = Instant::now() + PATIENCE;
        while self.get(path).status != status {
            assert!(
                Instant::now() < end,
                "{path} never has status {status}\n{}",
                self.said()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Opens a page, as its script does.
    pub fn open(&self, path: &str) -> Page {
        let request = format!("ws://{}/_throughline/socket", self.address);
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let request = request.into_client_request().unwrap();
        let (mut socket, _) = tungstenite::client(request, stream).unwrap();
        socket.send(Message::text(path)).unwrap();
        Page { socket }
    }

    /// Sends a signal to the program.
    pub fn signal(&self, signal: rustix::process::Signal) {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, signal).unwrap();
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An open page.
pub struct Page {
    socket: WebSocket<TcpStream>,
}

impl Page {
    /// Waits for what the page is told next.
    pub fn next(&mut self) -> Value {
        loop {
            if let Message::Text(text) = self.socket.read().expect("the page is told something") {
                return serde_json::from_str(&text).unwrap();
            }
        }
    }

    /// Waits until the page is told something that fits.
    pub fn wait_for(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        loop {
            let state = self.next();
            if fits(&state) {
                return state;
            }
        }
    }
}

/// Returns the version that a page carries.
pub fn version(answer: &Answer) -> String {
    let rest = answer
        .body
        .split("data-version=\"")
        .nth(1)
        .expect("the page has a version");
    rest.split('"').next().unwrap().to_owned()
}
