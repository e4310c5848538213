//! A preview that is used for days, and by many at once: it grows neither in memory nor in open files, and nobody is forgotten.
//!
//! The long versions are run by `tests/soak`; a short one of each always.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::client::{PATIENCE, Page, Preview, write_curriculum};
use super::support::write;

/// Memory that is kept for the next answer: rendered pages, and what the allocator does not give back.
const KEPT: u64 = 12 << 20;
/// More memory than this for every edit is a leak.
const GROWTH: u64 = 1 << 10;
/// More open files than before, since a connection is closed a little after its answer.
const CLOSING: usize = 4;

#[test]
fn edits_leave_nothing_behind() {
    edit(200);
}

#[test]
#[ignore = "takes minutes: tests/soak runs it"]
fn ten_thousand_edits_leave_nothing_behind() {
    edit(10_000);
}

#[test]
fn readers_are_all_told_of_a_change() {
    read(50);
}

#[test]
#[ignore = "takes a thousand connections: tests/soak runs it"]
fn a_thousand_readers_are_all_told_of_a_change() {
    read(1_000);
}

/// What a process holds.
#[derive(Debug, Clone, Copy)]
struct Holds {
    memory: u64,
    files: usize,
}

fn holds(preview: &Preview) -> Holds {
    let process = format!("/proc/{}", preview.child.id());
    let status = fs::read_to_string(format!("{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.unwrap().trim().trim_end_matches(" kB");
    Holds {
        memory: kilobytes.parse::<u64>().unwrap() << 10,
        files: fs::read_dir(format!("{process}/fd")).unwrap().count(),
    }
}

/// Writes the small curriculum, and so many lessons more that an edit changes a small part of it.
fn lay_out(root: &Path) {
    write_curriculum(root);
    for number in 0..100 {
        let text = format!(
            "+++\ntitle = \"Lesson {number}\"\n+++\n\nSee [asking](../01-calls/02-asking.md).\n\n{}",
            "Empathy is practised in many words.\n\n".repeat(20)
        );
        write(
            root,
            &format!("modules/03-more/{number:03}-lesson-{number}.md"),
            &text,
        );
    }
    write(
        root,
        "modules/03-more/index.md",
        "+++\ntitle = \"More\"\n+++\n",
    );
}

/// Saves so many times, in all the ways that authors do, while a page is open; the first tenth is for warming up.
fn edit(times: usize) {
    let preview = Preview::start_of(&["-q"], lay_out);
    let mut open = preview.open("/calls/asking.html");
    open.next();
    let mut warm = None;
    let started = Instant::now();
    for number in 0..times {
        if number == times / 10 {
            warm = Some(holds(&preview));
        }
        save(&preview, &mut open, number);
    }
    let took = started.elapsed();
    let (warm, end) = (warm.unwrap(), holds(&preview));
    println!(
        "{times} edits in {:.1} s: memory {:.1} MiB and {} open files after the first tenth, {:.1} MiB and {} at the end",
        took.as_secs_f64(),
        warm.memory as f64 / f64::from(1 << 20),
        warm.files,
        end.memory as f64 / f64::from(1 << 20),
        end.files
    );
    assert!(
        end.memory <= warm.memory + KEPT + GROWTH * times as u64,
        "{warm:?} -> {end:?}"
    );
    assert!(end.files <= warm.files + CLOSING, "{warm:?} -> {end:?}");
}

/// Saves once, and waits until that is shown.
fn save(preview: &Preview, open: &mut Page, number: usize) {
    let asking = "modules/01-calls/02-asking.md";
    let mark = format!("Saved for the time {number}.");
    let text = format!("## Open questions\n\n{mark}");
    match number % 10 {
        0 => {
            preview.write_lesson(asking, &format!("{text}\n\n[it](nowhere-{number}.md)"));
            open.wait_for(|state| state["errors"] == 1 && state["kept"] == true);
        }
        1 => {
            preview.write(
                "modules/03-more/200-new.md",
                &format!("+++\ntitle = \"New\"\n+++\n\n{mark}\n"),
            );
            preview.wait_for("/more/new.html", &mark);
        }
        2 => {
            fs::remove_file(preview.path("modules/03-more/200-new.md")).unwrap();
            preview.wait_for_status("/more/new.html", 404);
        }
        3 => {
            preview.write("themes/default/static/mine.css", &format!("/* {mark} */"));
            preview.wait_for("/assets/mine.css", &mark);
        }
        4 => {
            let lesson = number / 10 % 100;
            preview.write_lesson(
                &format!("modules/03-more/{lesson:03}-lesson-{lesson}.md"),
                &text,
            );
            preview.wait_for(&format!("/more/lesson-{lesson}.html"), &mark);
        }
        5 => {
            // Leaves and comes back, as pages do that are reloaded.
            let mut page = preview.open("/money/paying.html");
            page.next();
            preview.write_lesson("modules/02-money/01-paying.md", &mark);
            page.next();
        }
        _ => {
            preview.write_lesson(asking, &text);
            preview.wait_for("/calls/asking.html", &mark);
        }
    }
}

/// Opens so many pages at once, changes their lesson, and waits until each has been told and has read it again.
fn read(readers: usize) {
    allow_many_connections();
    let preview = Preview::start_of(&["-q"], lay_out);
    preview.get("/calls/asking.html");
    let before = holds(&preview);
    let open = Arc::new(std::sync::Barrier::new(readers + 1));
    let (took, held) = std::thread::scope(|scope| {
        let waiting: Vec<_> = (0..readers)
            .map(|_| {
                let (open, preview) = (Arc::clone(&open), &preview);
                let reader = move || {
                    let mut page = preview.open("/calls/asking.html");
                    let first = page.next()["version"].clone();
                    open.wait();
                    page.wait_for(|state| state["version"] != first);
                    preview.wait_for("/calls/asking.html", "Read by many.");
                };
                std::thread::Builder::new()
                    .stack_size(256 << 10)
                    .spawn_scoped(scope, reader)
                    .unwrap()
            })
            .collect();
        open.wait();
        let held = holds(&preview);
        let saved = Instant::now();
        preview.write_lesson(
            "modules/01-calls/02-asking.md",
            "## Open questions\n\nRead by many.",
        );
        for reader in waiting {
            reader.join().unwrap();
        }
        (saved.elapsed(), held)
    });
    println!(
        "{readers} readers: all have read the change {} ms after it was saved; {} open files and {:.1} MiB while they were there",
        took.as_millis(),
        held.files,
        held.memory as f64 / f64::from(1 << 20)
    );
    assert!(
        held.files + CLOSING >= before.files + readers,
        "{before:?} -> {held:?}"
    );
    let end = Instant::now() + PATIENCE;
    while holds(&preview).files > before.files + CLOSING {
        assert!(
            Instant::now() < end,
            "connections stay open: {before:?} -> {:?}",
            holds(&preview)
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Lets the test have a connection for every reader, and one more for what each reads.
fn allow_many_connections() {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    setrlimit(Resource::Nofile, limit).unwrap();
}

/// Where the system can watch no more folders, the preview says so and looks for itself.
#[test]
#[ignore = "needs `unshare` and user namespaces: tests/soak runs it"]
fn a_system_that_can_watch_no_more_folders() {
    let limited = "echo $1 > /proc/sys/user/max_inotify_watches && shift && exec \"$@\"";
    for most in ["3", "12"] {
        let preview = Preview::start_through(
            &["unshare", "-Ur", "sh", "-c", limited, "sh", most],
            &[],
            lay_out,
        );
        if most == "12" {
            for number in 0..12 {
                fs::create_dir_all(preview.path(&format!("modules/04-units/{number:02}-unit")))
                    .unwrap();
            }
        }
        preview
            .wait_to_hear("the system can watch no more folders: looking for changes every second");
        preview.write_lesson(
            "modules/01-calls/02-asking.md",
            "## Open questions\n\nFound.",
        );
        preview.wait_for("/calls/asking.html", "Found.");
    }
}
