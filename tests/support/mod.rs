//! What several tests need: files laid out in a folder of their own, the program run on them, and git.

#![allow(dead_code, reason = "each test takes of it what it needs")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;
use walkdir::WalkDir;

/// Writes a file, with the folders that it stands in.
pub fn write(root: &Path, path: &str, content: impl AsRef<[u8]>) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("made");
    fs::write(path, content).expect("written");
}

/// Lays files out in a folder of their own.
pub fn laid_out(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

/// Copies a folder with everything in it to another path.
pub fn copy(from: &Path, to: &Path) {
    for entry in WalkDir::new(from) {
        let entry = entry.expect("the folder can be read");
        let below = entry.path().strip_prefix(from).expect("it stands below");
        if entry.file_type().is_dir() {
            fs::create_dir_all(to.join(below)).expect("made");
        } else {
            fs::copy(entry.path(), to.join(below)).expect("copied");
        }
    }
}

/// Returns the paths of all Markdown files below a folder, in the order of their names.
pub fn pages(folder: &Path) -> Vec<PathBuf> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter();
    let paths = entries.map(|entry| entry.expect("the folder can be read").into_path());
    let is_page = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "md");
    paths.filter(is_page).collect()
}

/// Returns the program, to be run in a folder, with no reviewer in the environment.
pub fn program(folder: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_throughline"));
    program
        .current_dir(folder)
        .args(["--color", "never"])
        .env_remove("THROUGHLINE_REVIEWER");
    program
}

/// Runs the program in a folder.
pub fn run(folder: &Path, arguments: &[&str]) -> Output {
    let run = program(folder).args(arguments).output();
    run.expect("the program starts")
}

/// Runs the program on a curriculum whose folder it is not in.
pub fn run_on(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_throughline"))
        .arg("--root")
        .arg(root)
        .args(["--color", "never"])
        .args(arguments)
        .output()
        .expect("the program starts")
}

/// Returns what a run said on standard error.
pub fn said(output: &Output) -> String {
    text(&output.stderr)
}

/// Returns what a run has written.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

/// Runs git in a folder, with nobody's settings; it must succeed. Returns what it writes.
pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=Robin Sample"])
        .args(["-c", "user.email=robin@example.org"])
        .args(["-c", "commit.gpgsign=false"])
        .args(["-c", "init.defaultBranch=main"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_AUTHOR_DATE", "2026-11-10T12:00:00Z")
        .env("GIT_COMMITTER_DATE", "2026-11-10T12:00:00Z")
        .output()
        .expect("git starts");
    assert!(
        output.status.success(),
        "git {arguments:?}: {}",
        said(&output)
    );
    text(&output.stdout)
}

/// Commits everything in a folder, which becomes a repository where it is none.
pub fn commit(folder: &Path, message: &str) {
    if !folder.join(".git").exists() {
        git(folder, &["init", "-q"]);
    }
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", message]);
}
