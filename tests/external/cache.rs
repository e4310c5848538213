//! What is remembered between runs, and what is made of a file that holds something else.

use std::fs;
use std::io;
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;

use camino::Utf8Path;
use jiff::{SignedDuration, Timestamp};
use throughline::external::cache::{Cache, CacheError, NAME};
use throughline::external::{Asker, Cause, Checked, Verdict, check};

use super::server::{Lab, Request, Server, answer};
use super::{curriculum, hurried, surveyed, write};

fn site(request: &Request, stream: &mut TcpStream) -> io::Result<()> {
    let status = match request.path.as_str() {
        "/ok" => 200,
        "/moved" => return answer(stream, 302, "Location: /ok\r\n"),
        "/missing" => 404,
        _ => 403,
    };
    answer(stream, status, "")
}

fn utf8(root: &Path) -> &Utf8Path {
    Utf8Path::from_path(root).expect("the path is UTF-8")
}

/// Runs as the command does, at a moment of its own.
fn run(root: &Path, server: &Server, now: Timestamp) -> Checked {
    let survey = surveyed(root);
    let asker = Asker::new(Arc::new(Lab::of(server, &["a.test"])), hurried());
    let mut cache = Cache::read(utf8(root), now).expect("it can be read");
    let checked = check(&survey.curriculum, &asker, &mut cache, &|_| {});
    cache.write(utf8(root)).expect("it can be written");
    checked
}

/// Returns a cache that has something to write.
fn with_an_answer(now: Timestamp) -> Cache {
    let url = "http://a.test/other".parse().expect("it is an address");
    let mut cache = Cache::new(now);
    let cause = Cause::Status(200);
    cache.remember(&url, &Verdict { cause, last: None });
    cache
}

fn pages() -> tempfile::TempDir {
    curriculum(
        "[a](http://a.test/ok) [b](http://a.test/missing) [c](http://a.test/people) [d](http://a.test/moved)\n",
    )
}

#[test]
fn good_answers_hold_for_days_and_bad_ones_for_moments() {
    let server = Server::start(site);
    let folder = pages();
    let start = Timestamp::now();
    let first = run(folder.path(), &server, start);
    assert_eq!((first.fine, first.broken, first.unchecked), (2, 1, 1));
    for (later, expected) in [
        (SignedDuration::from_mins(9), vec![]),
        (SignedDuration::from_mins(11), vec!["/people"]),
        (SignedDuration::from_mins(61), vec!["/missing", "/people"]),
        (
            SignedDuration::from_hours(6 * 24),
            vec!["/missing", "/people"],
        ),
        (
            SignedDuration::from_hours(8 * 24),
            vec!["/missing", "/moved", "/ok", "/people"],
        ),
        // The clock was wrong when these were written.
        (
            SignedDuration::from_hours(-1),
            vec!["/missing", "/moved", "/ok", "/people"],
        ),
    ] {
        let before = server.log().len();
        assert_eq!(run(folder.path(), &server, start + later), first, "{later}");
        let mut asked: Vec<String> = server.log()[before..]
            .iter()
            .map(|request| request.path.clone())
            .collect();
        asked.sort();
        asked.dedup();
        assert_eq!(asked, expected, "after {later}");
    }
}

#[test]
fn the_same_answers_make_the_same_file() {
    let server = Server::start(site);
    let (first, second) = (pages(), pages());
    let now = Timestamp::now();
    for folder in [&first, &second] {
        run(folder.path(), &server, now);
    }
    let text =
        |folder: &tempfile::TempDir| fs::read_to_string(folder.path().join(NAME)).expect("written");
    assert_eq!(text(&first), text(&second));
    let left: Vec<_> = fs::read_dir(first.path())
        .expect("the folder can be read")
        .map(|entry| entry.expect("it can be read").file_name())
        .filter(|name| name.to_string_lossy().ends_with(".new"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_file_that_holds_no_answers_is_named_and_made_anew() {
    let server = Server::start(site);
    let verdict = "\"asked_at\": \"2026-11-21T10:00:00Z\", \"cause\": {\"status\": 200}";
    for text in [
        String::new(),
        "{".into(),
        "[]".into(),
        "{\"schema\": 2, \"pages\": {}}".into(),
        format!("{{\"schema\": 1, \"pages\": {{\"not an address\": {{{verdict}}}}}}}"),
        "{\"schema\": 1, \"pages\": {\"http://a.test/ok\": {\"asked_at\": \"soon\", \"cause\": {\"status\": 200}}}}".into(),
        "[".repeat(100_000),
    ] {
        let folder = pages();
        write(folder.path(), NAME, &text);
        let now = Timestamp::now();
        let error = Cache::read(utf8(folder.path()), now).expect_err("it holds no answers");
        assert!(matches!(error, CacheError::Damaged { .. }), "{text:.40}: {error}");
        assert!(error.to_string().contains(NAME), "{error}");
        with_an_answer(now).write(utf8(folder.path())).expect("it is made anew");
        assert_eq!(run(folder.path(), &server, now).fine, 2, "{text:.40}");
    }
}

#[cfg(unix)]
#[test]
fn no_link_pipe_or_folder_is_taken_for_the_file() {
    let outside = tempfile::tempdir().expect("a temporary folder can be made");
    let target = outside.path().join("theirs.json");
    fs::write(&target, "{\"schema\": 1, \"pages\": {}}").expect("written");
    let link = |path: &Path| std::os::unix::fs::symlink(&target, path).expect("linked");
    let dangling = |path: &Path| std::os::unix::fs::symlink("/nowhere", path).expect("linked");
    let pipe = |path: &Path| {
        let made = std::process::Command::new("mkfifo").arg(path).status();
        assert!(made.expect("mkfifo runs").success());
    };
    let folder = |path: &Path| fs::create_dir(path).expect("made");
    let ways: [&dyn Fn(&Path); 4] = [&link, &dangling, &pipe, &folder];
    for make in ways {
        let root = pages();
        make(&root.path().join(NAME));
        let now = Timestamp::now();
        let read = Cache::read(utf8(root.path()), now);
        assert!(matches!(read, Err(CacheError::NotAFile(_))), "{read:?}");
        let written = with_an_answer(now).write(utf8(root.path()));
        assert!(
            matches!(written, Err(CacheError::NotAFile(_))),
            "{written:?}"
        );
    }
    let text = fs::read_to_string(&target).expect("it is there");
    assert_eq!(text, "{\"schema\": 1, \"pages\": {}}");
}
