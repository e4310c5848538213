//! Processes that are killed at any moment, or hold the lock.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::super::{Staging, WriteError};
use super::*;

const ROOT: &str = "THROUGHLINE_TEST_ROOT";
const FILES: usize = 60;
/// How many builds are killed; `THROUGHLINE_TEST_KILLS` says otherwise.
const KILLS: u64 = 16;

fn generation(text: &str) -> Vec<Output> {
    (0..FILES)
        .map(|number| {
            let text = if number % 3 == 0 { "same" } else { text };
            bytes(&format!("module-{}/page-{number}.html", number % 5), text)
        })
        .collect()
}

/// Not a test: what the other process does.
#[test]
#[ignore = "run by the tests below in a process of its own"]
fn child_builds_until_killed() {
    let Ok(root) = std::env::var(ROOT) else {
        return;
    };
    let destination = destination(Utf8Path::new(&root));
    for text in ["even", "odd"].iter().cycle() {
        super::super::write(&destination, &generation(text)).unwrap();
    }
}

/// Not a test: what the other process does.
#[test]
#[ignore = "run by the tests below in a process of its own"]
fn child_holds_the_lock() {
    let Ok(root) = std::env::var(ROOT) else {
        return;
    };
    let staging = Staging::begin(&destination(Utf8Path::new(&root))).unwrap();
    staging.put(&bytes("half.html", "half")).unwrap();
    fs::write(Utf8Path::new(&root).join("ready"), "").unwrap();
    std::thread::sleep(Duration::from_secs(60));
}

fn start(name: &str, scene: &Scene) -> Child {
    let module = module_path!().split_once("::").unwrap().1;
    Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            &format!("{module}::{name}"),
            "--ignored",
            "--nocapture",
        ])
        .env(ROOT, &scene.root)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn a_killed_build_leaves_one_whole_site_and_the_next_one_cleans_up() {
    let scene = Scene::new();
    let mut first = generation("even");
    super::super::write(&scene.destination(), &first).unwrap();
    let foreign = [
        ("CNAME", "example.org"),
        (".git/HEAD", "ref"),
        ("module-0/notes.txt", "notes"),
    ];
    for (path, text) in foreign {
        scene.file(&format!("public/{path}"), text);
    }
    let kills = std::env::var("THROUGHLINE_TEST_KILLS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(KILLS);
    for kill in 0..kills {
        let mut child = start("child_builds_until_killed", &scene);
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        std::thread::sleep(Duration::from_micros(5_000 + kill * 7_919 % 40_000));
        assert!(
            child.try_wait().unwrap().is_none(),
            "the child stopped by itself: {:?}",
            child.wait_with_output()
        );
        child.kill().unwrap();
        child.wait().unwrap();

        let mut found = scene.pages();
        for (path, text) in &foreign[1..] {
            assert_eq!(
                found.get(*path).map(String::as_str),
                Some(*text),
                "kill {kill}: {path}"
            );
        }
        found.retain(|path, _| path.contains("/page-"));
        assert_eq!(found.len(), FILES, "kill {kill}");
        let mut texts: Vec<&str> = found
            .values()
            .map(String::as_str)
            .filter(|text| *text != "same")
            .collect();
        texts.sort_unstable();
        texts.dedup();
        assert!(
            matches!(texts[..], ["even" | "odd"]),
            "kill {kill}: {texts:?}"
        );

        first.rotate_left(1);
        let written = super::super::write(&scene.destination(), &first).unwrap();
        assert!(written.left_behind.is_none(), "kill {kill}: {written:?}");
        assert_eq!(scene.leftovers(), [""; 0], "kill {kill}");
        for (path, text) in foreign {
            assert_eq!(
                scene.pages().get(path).map(String::as_str),
                Some(text),
                "kill {kill}: {path}"
            );
        }
    }
}

#[test]
fn another_process_is_told_of_the_first_until_that_dies() {
    let scene = Scene::with_site(&[("index.html", "old")]);
    let mut child = start("child_holds_the_lock", &scene);
    for _ in 0..3_000 {
        if scene.root.join("ready").exists() {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let error = scene.build(&[("index.html", "new")]).unwrap_err();
    assert!(matches!(error, WriteError::Busy { .. }), "{error}");
    child.kill().unwrap();
    child.wait().unwrap();
    scene.build(&[("index.html", "new")]).unwrap();
    assert_eq!(scene.pages(), pages(&[("index.html", "new")]));
    assert_eq!(scene.leftovers(), [""; 0]);
}
