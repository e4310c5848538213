//! What becomes of the output folder when the program is killed, the disk is full, or the same sources are built elsewhere.
//!
//! Runs the real program. The long versions are ignored here and run by `tests/soak`.
#![cfg(unix)]
#![allow(
    clippy::print_stdout,
    reason = "the long tests say what they did where somebody asks with --nocapture"
)]

#[path = "../examples/corpus/generator/mod.rs"]
#[allow(
    dead_code,
    unused_imports,
    missing_docs,
    reason = "the example also writes the peers' formats"
)]
mod generator;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use generator::{Size, Variant};
use tempfile::TempDir;

/// Every file below a folder with the digest of its content.
type Listing = BTreeMap<PathBuf, blake3::Hash>;

fn program() -> Command {
    let mut program = Command::new(
        std::env::var_os("THROUGHLINE").unwrap_or_else(|| env!("CARGO_BIN_EXE_throughline").into()),
    );
    program.stdout(Stdio::null()).stderr(Stdio::null());
    program
}

fn build(root: &Path, address: &str) -> Command {
    let mut build = program();
    build
        .args([
            "build",
            "-q",
            "--as-of",
            "2026-11-21",
            "-u",
            address,
            "--root",
        ])
        .arg(root);
    build
}

fn listing(folder: &Path) -> Listing {
    fn add(folder: &Path, top: &Path, files: &mut Listing) {
        for entry in fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                add(&path, top, files);
            } else {
                let bytes = fs::read(&path).expect("the file can be read");
                let below = path.strip_prefix(top).expect("it lies below");
                files.insert(below.to_owned(), blake3::hash(&bytes));
            }
        }
    }
    let mut files = Listing::new();
    add(folder, folder, &mut files);
    files
}

/// Copies a curriculum, the files of each folder in the order that `order` gives them.
fn copy(from: &Path, to: &Path, order: &dyn Fn(&mut Vec<PathBuf>)) {
    fs::create_dir_all(to).expect("the folder can be made");
    let mut entries: Vec<PathBuf> = fs::read_dir(from)
        .expect("the folder can be read")
        .map(|entry| entry.expect("the entry can be read").path())
        .collect();
    order(&mut entries);
    for path in entries {
        let target = to.join(path.file_name().expect("it has a name"));
        if path.is_dir() {
            copy(&path, &target, order);
        } else {
            fs::copy(&path, &target).expect("the file can be copied");
        }
    }
}

/// Copies the project's own curriculum.
fn curriculum(order: &dyn Fn(&mut Vec<PathBuf>)) -> TempDir {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    copy(
        &project.join("modules"),
        &folder.path().join("modules"),
        order,
    );
    fs::copy(
        project.join("config.toml"),
        folder.path().join("config.toml"),
    )
    .expect("the configuration can be copied");
    folder
}

fn as_found(_: &mut Vec<PathBuf>) {}

/// Kills builds that change every page, and looks at what each leaves.
fn kill(root: &Path, times: u32) {
    let site = root.join("public");
    let addresses = ["https://one.example/", "https://two.example/"];
    let mut took = Duration::ZERO;
    let sites: Vec<Listing> = addresses
        .iter()
        .map(|address| {
            let started = Instant::now();
            assert!(build(root, address).status().expect("it runs").success());
            took = started.elapsed();
            listing(&site)
        })
        .collect();
    assert_ne!(sites[0], sites[1]);
    let mut changed = 0;
    let mut now = 1;
    for time in 0..times {
        let mut child = build(root, addresses[1 - now]).spawn().expect("it runs");
        // Spread over the whole build and a little more, in no order.
        let part = (time * 7919 % times + 1) * 11 / 10;
        std::thread::sleep(took * part / times);
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        let found = listing(&site);
        if found != sites[now] {
            assert!(
                found == sites[1 - now],
                "kill {time} left a site that is neither"
            );
            now = 1 - now;
            changed += 1;
        }
    }
    for address in [addresses[1 - now], addresses[now]] {
        assert!(build(root, address).status().expect("it runs").success());
    }
    assert!(
        listing(&site) == sites[now],
        "the next build did not mend it"
    );
    let left: Vec<_> = fs::read_dir(root)
        .expect("the folder can be read")
        .map(|entry| entry.expect("the entry can be read").file_name())
        .filter(|name| name.to_string_lossy().starts_with(".throughline-public"))
        .filter(|name| !name.to_string_lossy().ends_with(".lock"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    println!("{times} builds killed: {changed} times the new site, otherwise the former one");
}

#[test]
fn a_killed_build_leaves_the_former_site_or_the_new_one() {
    kill(curriculum(&as_found).path(), 8);
}

#[test]
#[ignore = "takes minutes: tests/soak runs it"]
fn soak_fifty_killed_builds_of_three_thousand_lessons() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let size = Size {
        modules: 30,
        lessons: 100,
        ..Size::default()
    };
    generator::write(folder.path(), size, Variant::default()).expect("the corpus can be written");
    kill(folder.path(), 50);
}

#[test]
fn the_same_sources_give_the_same_bytes_wherever_and_whenever_they_are_built() {
    let first = curriculum(&|entries| entries.sort());
    let second = curriculum(&|entries| {
        entries.sort();
        entries.reverse();
    });
    let built = |root: &Path, zone: &str, locale: &str, threads: &str| {
        let status = build(root, "https://training.example/")
            .env("TZ", zone)
            .env("LANG", locale)
            .env("LC_ALL", locale)
            .env("RAYON_NUM_THREADS", threads)
            .status();
        assert!(status.expect("it runs").success());
        (
            listing(&root.join("public")),
            listing(&root.join("reports")),
        )
    };
    let one = built(first.path(), "UTC", "C", "1");
    let other = built(second.path(), "Pacific/Auckland", "cy_GB.UTF-8", "4");
    assert!(one.0.len() > 100 && one.1.len() > 20);
    assert!(one == other);
}

/// A small file system of its own, for those who may mount one.
struct SmallDisk(TempDir);

impl SmallDisk {
    fn new(mebibytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={mebibytes}m"), "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        mounted.then_some(Self(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn a_full_disk_leaves_the_former_site() {
    let Some(disk) = SmallDisk::new(24) else {
        println!("skipped: it takes the right to mount a file system");
        return;
    };
    let root = disk.0.path().join("curriculum");
    let copied = curriculum(&as_found);
    copy(copied.path(), &root, &as_found);
    assert!(
        build(&root, "https://one.example/")
            .status()
            .expect("it runs")
            .success()
    );
    let before = listing(&root.join("public"));
    // All but half a megabyte.
    let filler = disk.0.path().join("filler");
    let mut written = Vec::new();
    while fs::write(disk.0.path().join("probe"), vec![0; 512 * 1024]).is_ok() {
        written.extend(vec![0; 256 * 1024]);
        if fs::write(&filler, &written).is_err() {
            break;
        }
    }
    let _ = fs::remove_file(disk.0.path().join("probe"));
    let output = build(&root, "https://two.example/")
        .stderr(Stdio::piped())
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("No space left on device"), "{said}");
    assert!(
        listing(&root.join("public")) == before,
        "the former site has changed"
    );
    fs::remove_file(filler).expect("the filler can go");
    assert!(
        build(&root, "https://two.example/")
            .status()
            .expect("it runs")
            .success()
    );
}

/// Returns the names in a folder that builds make for themselves.
fn leftovers(root: &Path) -> Vec<String> {
    let entries = fs::read_dir(root).expect("the folder can be read");
    entries
        .map(|entry| entry.expect("the entry can be read").file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".throughline"))
        .collect()
}

#[test]
fn a_build_that_is_told_to_end_removes_what_it_has_made() {
    use rustix::process::{Pid, Signal, kill_process};
    let folder = curriculum(&as_found);
    let root = folder.path();
    let addresses = ["https://one.example/", "https://two.example/"];
    let started = Instant::now();
    assert!(
        build(root, addresses[0])
            .status()
            .expect("it runs")
            .success()
    );
    let took = started.elapsed();
    let site = listing(&root.join("public"));
    let reports = listing(&root.join("reports"));
    let mut ended = 0;
    for time in 0..16 {
        let mut child = build(root, addresses[1])
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        // Until it has begun to write.
        while child.try_wait().expect("it can be asked").is_none()
            && !root.join(".throughline-public.new").exists()
        {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(took * time / 40);
        let signals = [Signal::INT, Signal::TERM, Signal::QUIT, Signal::HUP];
        let signal = signals[time as usize % signals.len()];
        let id = Pid::from_raw(child.id() as i32).expect("it has an id");
        let _ = kill_process(id, signal);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(leftovers(root), [""; 0], "after signal {time}");
        match output.status.code() {
            Some(2) => {
                ended += 1;
                let said = String::from_utf8_lossy(&output.stderr);
                assert!(said.contains("the former site stays as it was"), "{said}");
                assert!(listing(&root.join("public")) == site, "after signal {time}");
                assert!(
                    listing(&root.join("reports")) == reports,
                    "after signal {time}"
                );
            }
            Some(0) => {
                assert!(
                    build(root, addresses[0])
                        .status()
                        .expect("it runs")
                        .success()
                );
            }
            other => panic!("after signal {time} it ended with {other:?}"),
        }
    }
    assert!(ended > 0, "no build was ended in its work");
}

/// Returns whether a process has begun to listen for a signal.
#[cfg(target_os = "linux")]
fn listens(id: u32, signal: rustix::process::Signal) -> bool {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> (signal.as_raw() - 1) & 1 == 1)
}

#[cfg(target_os = "linux")]
#[test]
fn a_run_that_is_told_to_end_before_it_writes_ends_at_once() {
    use rustix::process::{Pid, Signal, kill_process};
    let folder = curriculum(&as_found);
    let root = folder.path();
    let mut early = 0;
    for (time, signal) in [Signal::INT, Signal::TERM, Signal::QUIT, Signal::HUP]
        .into_iter()
        .enumerate()
    {
        for task in ["build", "package"] {
            let mut child = Command::new(env!("CARGO_BIN_EXE_throughline"))
                .arg("--root")
                .arg(root)
                .arg(task)
                .stderr(Stdio::piped())
                .spawn()
                .expect("it runs");
            while child.try_wait().expect("it can be asked").is_none()
                && !listens(child.id(), signal)
            {
                std::thread::yield_now();
            }
            let id = Pid::from_raw(child.id() as i32).expect("it has an id");
            let _ = kill_process(id, signal);
            let output = child.wait_with_output().expect("it ends");
            assert_eq!(leftovers(root), [""; 0], "{task}, after signal {time}");
            let said = String::from_utf8_lossy(&output.stderr);
            match output.status.code() {
                Some(2) => {
                    early += usize::from(said.contains("told to end: "));
                    assert!(said.contains("as it was"), "{said}");
                }
                Some(0) => {}
                other => panic!("{task}, after signal {time} it ended with {other:?}: {said}"),
            }
        }
    }
    assert!(early > 0, "no run was ended before it wrote");
}

/// What `nohup` has started goes on when the terminal is closed.
#[cfg(target_os = "linux")]
#[test]
fn a_build_that_ignores_the_closing_of_its_terminal_goes_on() {
    use rustix::process::{Pid, Signal, kill_process};
    let folder = curriculum(&as_found);
    let root = folder.path();
    let mut child = Command::new("sh")
        .args(["-c", "trap '' HUP; exec \"$0\" --root \"$1\" build"])
        .arg(env!("CARGO_BIN_EXE_throughline"))
        .arg(root)
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    while child.try_wait().expect("it can be asked").is_none() && !listens(child.id(), Signal::INT)
    {
        std::thread::yield_now();
    }
    let id = Pid::from_raw(child.id() as i32).expect("it has an id");
    let _ = kill_process(id, Signal::HUP);
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
}

#[test]
fn where_the_reports_cannot_be_written_the_site_stays_as_it_was() {
    let folder = curriculum(&as_found);
    let root = folder.path();
    assert!(
        build(root, "https://one.example/")
            .status()
            .expect("it runs")
            .success()
    );
    let before = listing(&root.join("public"));
    // Somebody else's folder stands where the reports were.
    fs::remove_dir_all(root.join("reports")).expect("it can go");
    fs::create_dir(root.join("reports")).expect("it can be made");
    fs::write(root.join("reports/mine.txt"), "mine").expect("it can be written");
    let changed = build(root, "https://two.example/")
        .status()
        .expect("it runs");
    assert_eq!(changed.code(), Some(2));
    assert!(listing(&root.join("public")) == before);
    assert_eq!(leftovers(root), [""; 0]);
    for arguments in [&["--no-reports"][..], &["--reports-dir", "elsewhere"]] {
        let mut build = build(root, "https://two.example/");
        let build = build.current_dir(root).args(arguments);
        assert!(build.status().expect("it runs").success());
    }
    assert!(listing(&root.join("public")) != before);
    assert!(root.join("elsewhere/index.html").is_file());
    let mine = fs::read_to_string(root.join("reports/mine.txt"));
    assert_eq!(mine.expect("it is there"), "mine");
}

#[test]
fn a_checkout_that_cannot_be_written_to_is_built_elsewhere() {
    let Some(disk) = SmallDisk::new(48) else {
        println!("skipped: it takes the right to mount a file system");
        return;
    };
    let root = disk.0.path().join("curriculum");
    copy(curriculum(&as_found).path(), &root, &as_found);
    let remounted = Command::new("mount")
        .args(["-o", "remount,ro"])
        .arg(disk.0.path())
        .status();
    assert!(remounted.expect("it runs").success());
    let elsewhere = tempfile::tempdir().expect("there is a temporary folder");
    let [site, reports] = ["site", "reports"].map(|name| elsewhere.path().join(name));
    let mut alone = build(&root, "https://one.example/");
    assert!(
        alone
            .arg("-o")
            .arg(&site)
            .status()
            .expect("it runs")
            .success()
    );
    assert!(site.join("index.html").is_file());
    let mut both = build(&root, "https://one.example/");
    both.arg("-o").arg(&site).arg("--reports-dir").arg(&reports);
    assert!(both.status().expect("it runs").success());
    let page = fs::read_to_string(reports.join("index.html")).expect("the reports are there");
    assert!(
        page.contains("href=\"../site/index.html\""),
        "they lead to the site"
    );
}
