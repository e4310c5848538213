//! Measures the preview: from saving one lesson to the served page showing it, on generated curricula of 1,000 and 10,000 lessons.
//!
//!     cargo bench --bench watch
//!     cargo bench --bench watch -- 100        edits of each size instead of 40
//!
//! In: corpora, written into a temporary folder. Out: for each size the time until it serves, the median and the slowest of the edits, and the
//! memory that was used; then the ratio of the medians. Ends with an error where a limit of the specification is missed.

#![allow(
    missing_docs,
    clippy::print_stdout,
    reason = "a benchmark: it writes its corpora, runs the program and says what it measured"
)]

#[path = "../examples/corpus/generator/mod.rs"]
#[allow(
    dead_code,
    unused_imports,
    reason = "the example also writes the peers' formats"
)]
mod generator;

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use generator::{Size, Variant};

/// What the specification asks for at 10,000 lessons.
const SLOWEST_MEDIAN: Duration = Duration::from_millis(60);
const LARGEST_RATIO: f64 = 3.0;
const MOST_MEMORY: u64 = 1 << 20;

struct Measured {
    ready: Duration,
    build: Duration,
    median: Duration,
    slowest: Duration,
    /// Most memory that was used, in KiB; 0 where the system does not say.
    memory: u64,
}

fn main() -> ExitCode {
    // `cargo bench` passes `--bench`.
    let edits = std::env::args()
        .skip(1)
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(40);
    let measured: io::Result<Vec<Measured>> = [10, 100]
        .iter()
        .map(|modules| measure(*modules, edits))
        .collect();
    let measured = match measured {
        Ok(measured) => measured,
        Err(error) => {
            println!("error: {error}");
            return ExitCode::from(2);
        }
    };
    println!("lessons   cold build   ready   edit to page: median   slowest   memory");
    for (lessons, of) in [1_000, 10_000].iter().zip(&measured) {
        println!(
            "{lessons:>7}   {:>8.2} s  {:>5.2} s   {:>17.1} ms  {:>5.0} ms  {:>4} MiB",
            of.build.as_secs_f64(),
            of.ready.as_secs_f64(),
            of.median.as_secs_f64() * 1e3,
            of.slowest.as_secs_f64() * 1e3,
            of.memory / 1024
        );
    }
    let (small, large) = (&measured[0], &measured[1]);
    let ratio = large.median.as_secs_f64() / small.median.as_secs_f64();
    println!("ratio of the medians: {ratio:.2}");
    let held = [
        ("median under 60 ms", large.median < SLOWEST_MEDIAN),
        ("ratio at most 3", ratio <= LARGEST_RATIO),
        (
            "ready before a cold build is done",
            large.ready < large.build,
        ),
        ("memory under 1 GiB", large.memory < MOST_MEMORY),
    ];
    for (what, holds) in held {
        println!("{}: {what}", if holds { "met" } else { "MISSED" });
    }
    ExitCode::from(u8::from(!held.iter().all(|(_, holds)| *holds)))
}

fn measure(modules: usize, edits: usize) -> io::Result<Measured> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    let size = Size {
        modules,
        lessons: 100,
        ..Size::default()
    };
    generator::write(root, size, Variant::default())?;
    let started = Instant::now();
    let built = program()
        .args(["build", "-q", "--root"])
        .arg(root)
        .status()?;
    let build = started.elapsed();
    if !built.success() {
        return Err(io::Error::other("the corpus does not build"));
    }

    let started = Instant::now();
    let mut child = program()
        .args(["watch", "-q", "-p", "0", "--root"])
        .arg(root)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let result = edit(&mut child, root, edits, started);
    let memory = memory(&child);
    child.kill()?;
    child.wait()?;
    let (ready, mut times) = result?;
    times.sort_unstable();
    Ok(Measured {
        ready,
        build,
        median: times[times.len() / 2],
        slowest: times[times.len() - 1],
        memory,
    })
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_throughline"))
}

/// Edits lessons all over the curriculum; returns when the preview was ready, and how long each edit took to be seen.
fn edit(
    child: &mut Child,
    root: &Path,
    edits: usize,
    started: Instant,
) -> io::Result<(Duration, Vec<Duration>)> {
    let out = child
        .stdout
        .take()
        .ok_or_else(|| io::Error::other("no output"))?;
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line)?;
    let address = line
        .trim()
        .trim_start_matches("http://")
        .trim_end_matches('/')
        .to_owned();
    get(&address, "index.html")?;
    let ready = started.elapsed();

    let lessons = lessons(&root.join("modules"))?;
    let mut times = Vec::with_capacity(edits);
    for number in 0..edits {
        let path = &lessons[number * 7919 % lessons.len()];
        let url = url(root, path);
        let text = fs::read_to_string(path)?;
        let mark = format!("Changed for the time {number}.");
        get(&address, &url)?;
        let saved = Instant::now();
        fs::write(path, format!("{text}\n{mark}\n"))?;
        while !get(&address, &url)?.contains(&mark) {
            if saved.elapsed() > Duration::from_secs(30) {
                return Err(io::Error::other(format!("{url} never shows the edit")));
            }
            std::thread::sleep(Duration::from_micros(500));
        }
        times.push(saved.elapsed());
        std::thread::sleep(Duration::from_millis(60));
    }
    Ok((ready, times))
}

/// Returns all lessons that are not `index.md`, in order.
fn lessons(modules: &Path) -> io::Result<Vec<PathBuf>> {
    let mut lessons = Vec::new();
    for module in fs::read_dir(modules)? {
        let module = module?.path();
        if module.is_dir() {
            for lesson in fs::read_dir(module)? {
                let lesson = lesson?.path();
                let is_lesson = lesson
                    .extension()
                    .is_some_and(|extension| extension == "md");
                if is_lesson && lesson.file_name().is_some_and(|name| name != "index.md") {
                    lessons.push(lesson);
                }
            }
        }
    }
    lessons.sort_unstable();
    Ok(lessons)
}

/// Returns the address of a lesson of the corpus, whose names all have numbers before them.
fn url(root: &Path, lesson: &Path) -> String {
    let below = lesson.strip_prefix(root.join("modules")).unwrap_or(lesson);
    let parts: Vec<String> = below
        .iter()
        .map(|part| {
            let part = part.to_string_lossy();
            part.split_once('-')
                .map_or_else(|| part.to_string(), |(_, name)| name.to_owned())
        })
        .collect();
    parts.join("/").replace(".md", ".html")
}

fn get(address: &str, url: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    write!(
        stream,
        "GET /{url} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn memory(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or(0)
}
