//! A process that may have one thread alone, as some containers let it.

use std::fs;
use std::process::{Command, Stdio};

use super::folder::Folder;

/// Users that nobody is, one for each test, so that no other process counts.
const USERS: [&str; 2] = ["47110815", "47110816"];

/// Returns a command that runs the program with so few processes; nothing where this system cannot do that.
fn limited(folder: &Folder, processes: u32, user: &str) -> Option<Command> {
    let is_root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    let mut command = Command::new("prlimit");
    command.arg(format!("--nproc={processes}"));
    if is_root {
        // The superuser may have as many as there are.
        let root = folder.root();
        let program = root.join("program");
        fs::copy(env!("CARGO_BIN_EXE_throughline"), &program).unwrap();
        let owned = Command::new("chown").args(["-R", user]).arg(root).status();
        assert!(owned.unwrap().success());
        command
            .args(["setpriv", "--reuid", user, "--clear-groups"])
            .arg(program);
    } else {
        command.arg(env!("CARGO_BIN_EXE_throughline"));
    }
    command
        .arg("--root")
        .arg(folder.root())
        .stdin(Stdio::null());
    let there = |name: &str| Command::new(name).arg("--version").output().is_ok();
    (there("prlimit") && (!is_root || there("setpriv"))).then_some(command)
}

#[test]
fn one_thread_is_enough() {
    let folder = Folder::new();
    folder.lesson("Text, and [another site](http://nowhere.invalid/).");
    let Some(mut build) = limited(&folder, 1, USERS[0]) else {
        return;
    };
    let built = build.arg("build").output().unwrap();
    let said = String::from_utf8_lossy(&built.stderr);
    assert_eq!(built.status.code(), Some(0), "{said}");
    assert!(folder.has_site());
    for arguments in [&["check"][..], &["report", "links"], &["review", "status"]] {
        let ran = limited(&folder, 1, USERS[0])
            .unwrap()
            .args(arguments)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&ran.stderr);
        assert_eq!(ran.status.code(), Some(0), "{arguments:?}: {said}");
    }
    // A preview needs more, and says so.
    let ran = limited(&folder, 1, USERS[0])
        .unwrap()
        .args(["watch", "--port", "0"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(2), "{said}");
    assert!(said.contains("cannot start the threads"), "{said}");
}

#[test]
fn too_few_threads_are_never_a_panic() {
    let folder = Folder::new();
    folder.lesson("Text.");
    for processes in 1..8 {
        let Some(mut build) = limited(&folder, processes, USERS[1]) else {
            return;
        };
        let built = build.arg("build").output().unwrap();
        let said = String::from_utf8_lossy(&built.stderr);
        let code = built.status.code();
        assert!(
            matches!(code, Some(0 | 2)) && !said.contains("panicked"),
            "{processes}: {said}"
        );
    }
}
