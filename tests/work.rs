//! Guards the cost of a build by counting work instead of seconds: memory asked for, files read and pages made, per lesson and at two sizes.
//!
//! The numbers of one machine are those of every other. A limit that a change has to raise is raised on purpose, with the reason in its commit.

#![allow(
    clippy::print_stdout,
    reason = "it says what it measured where somebody asks with --nocapture"
)]

#[path = "../examples/corpus/generator/mod.rs"]
#[allow(
    dead_code,
    unused_imports,
    missing_docs,
    reason = "the example also writes the peers' formats"
)]
mod generator;

use std::alloc::System;

use camino::{Utf8Path, Utf8PathBuf};
use generator::{Size, Variant};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, Stats, StatsAlloc};
use throughline::pipeline::{self, Request, Run, Step};

#[global_allocator]
static COUNTED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// What one step cost for each lesson.
#[derive(Debug, Clone, Copy)]
struct Cost {
    /// Times that memory was asked for.
    allocations: f64,
    /// KiB of memory asked for.
    kibibytes: f64,
}

/// What reading, parsing, linking and checking a lesson may cost.
///
/// 20 of these times came with what words and blocks carry in braces, with where links and ids stand for moving them, and with what was meant as markup.
/// Another 25 are findings: two for each lesson, since the words under a topic's tag are drawn by lot and seldom speak of it.
const MOST_FOR_CHECK: Cost = Cost {
    allocations: 236.0,
    kibibytes: 78.0,
};

/// What its page, its part of the search index, of its module's page for print, of its topics' pages and of the reports may cost.
///
/// The sentence that shows a claim is chosen among all of its place: 24 of these times. Some 40 are the index: its sections, and the words that no page
/// before it has. Some 200 are each module's projector view and run sheet, and handouts that keep answers for the end. The
/// last ten or so are what templates may ask for: it is always there, and empty where there is nothing.
const MOST_FOR_BUILD: Cost = Cost {
    allocations: 510.0,
    kibibytes: 225.0,
};

/// What a link may cost that leads nowhere: its finding, and the names that it is compared with.
const MOST_FOR_BROKEN_LINK: Cost = Cost {
    allocations: 140.0,
    kibibytes: 20.0,
};

impl Cost {
    fn of(stats: &Stats, lessons: usize) -> Self {
        let lessons = lessons as f64;
        Self {
            allocations: (stats.allocations + stats.reallocations) as f64 / lessons,
            kibibytes: stats.bytes_allocated as f64 / 1024.0 / lessons,
        }
    }
}

/// What a check and the build after it cost, and how many pages were made.
struct Measured {
    check: Cost,
    build: Cost,
    pages: u64,
}

/// Writes a corpus of so many modules with so many lessons in each.
fn corpus(modules: usize, lessons: usize) -> (tempfile::TempDir, Utf8PathBuf) {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let root = Utf8PathBuf::from_path_buf(folder.path().join("corpus")).expect("its name is UTF-8");
    let size = Size {
        modules,
        lessons,
        ..Size::default()
    };
    generator::write(root.as_std_path(), size, Variant::default())
        .expect("the corpus can be written");
    (folder, root)
}

/// Adds to every lesson of a corpus a link that leads to a name like its own and nowhere else; returns how many.
fn break_links(root: &Utf8Path) -> usize {
    let mut broken = 0;
    for entry in walkdir::WalkDir::new(root.join("modules")) {
        let path = entry.expect("the folder can be read").into_path();
        let name = path.file_name().expect("it has a name").to_string_lossy();
        if let Some(stem) = name.strip_suffix(".md").filter(|stem| *stem != "index") {
            let mut text = std::fs::read_to_string(&path).expect("the lesson can be read");
            text.push_str(&format!(
                "\n[what comes next]({}.md)\n",
                &stem[..stem.len() - 1]
            ));
            std::fs::write(&path, text).expect("the lesson can be written");
            broken += 1;
        }
    }
    broken
}

/// What a check of a corpus of 10 modules costs for each lesson more if every lesson has a broken link.
fn measure_broken(lessons: usize) -> Cost {
    let (_folder, root) = corpus(10, lessons);
    let request = Request::new(root.clone(), jiff::civil::date(2026, 11, 21));
    let cost = |count| {
        let region = Region::new(COUNTED);
        let survey = Run::of(&request).survey().expect("the corpus can be read");
        (survey.findings.len(), Cost::of(&region.change(), count))
    };
    let count = 10 * lessons;
    let (before, clean) = cost(count);
    assert_eq!(break_links(&root), count);
    let (after, broken) = cost(count);
    assert!(after >= before + count, "{before} and {after} findings");
    Cost {
        allocations: broken.allocations - clean.allocations,
        kibibytes: broken.kibibytes - clean.kibibytes,
    }
}

/// Builds a corpus of so many modules with so many lessons in each.
fn measure(modules: usize, lessons: usize) -> Measured {
    let (_folder, root) = corpus(modules, lessons);
    let request = Request::new(root, jiff::civil::date(2026, 11, 21));
    let count = modules * lessons;
    let pages = std::sync::atomic::AtomicU64::new(0);
    let region = Region::new(COUNTED);
    let mut survey = Run::of(&request).survey().expect("the corpus can be read");
    let check = Cost::of(&region.change(), count);
    assert_eq!(survey.lessons(), count);
    let region = Region::new(COUNTED);
    pipeline::build(&request, &mut survey, &|step| {
        if let Step::Page = step {
            pages.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        }
    })
    .expect("the site can be written");
    Measured {
        check,
        build: Cost::of(&region.change(), count),
        pages: pages.into_inner(),
    }
}

// One test: the counters are those of the whole process.
#[test]
fn each_lesson_costs_as_much_in_a_large_curriculum_as_in_a_small_one_and_no_more_than_before() {
    let small = measure(10, 10);
    let large = measure(10, 100);
    println!(
        "check: {:?} of 100, {:?} of 1,000",
        small.check, large.check
    );
    println!(
        "build: {:?} of 100, {:?} of 1,000",
        small.build, large.build
    );
    // A page for every lesson and some 60 others.
    assert!(
        (1_000..1_100).contains(&large.pages),
        "{} pages",
        large.pages
    );
    for (step, small, large, most) in [
        ("check", small.check, large.check, MOST_FOR_CHECK),
        ("build", small.build, large.build, MOST_FOR_BUILD),
    ] {
        for (what, small, large, most) in [
            (
                "allocations",
                small.allocations,
                large.allocations,
                most.allocations,
            ),
            ("KiB", small.kibibytes, large.kibibytes, most.kibibytes),
        ] {
            assert!(
                large <= small * 1.1,
                "{step}: {large:.0} {what} per lesson of 1,000 and {small:.0} of 100: it grows with the curriculum"
            );
            assert!(
                large <= most,
                "{step}: {large:.0} {what} per lesson, at most {most:.0} before"
            );
        }
    }
    let (one, fifty) = (measure(1, 2_000), measure(50, 40));
    println!(
        "check: {:?} in 1 module, {:?} in 50",
        one.check, fifty.check
    );
    println!(
        "build: {:?} in 1 module, {:?} in 50",
        one.build, fifty.build
    );
    let (few, lots) = (measure_broken(10), measure_broken(100));
    println!("a broken link: {few:?} of 100, {lots:?} of 1,000");
    assert!(
        lots.allocations <= MOST_FOR_BROKEN_LINK.allocations
            && lots.kibibytes <= MOST_FOR_BROKEN_LINK.kibibytes,
        "{lots:?} for each of 1,000 broken links, {few:?} for each of 100"
    );
}
