//! Times the stages one by one, and whole builds, on generated curricula of 100, 1,000 and 10,000 lessons.
//!
//!     cargo bench --bench stages                        all sizes up to 10,000
//!     cargo bench --bench stages -- parse/1000          one of them
//!     THROUGHLINE_BENCH_LARGE=1 cargo bench --bench stages -- build      also 50,000 lessons
//!
//! In: a corpus, written below the target folder at the first run. Out: criterion's figures; times a lesson follow from its throughput line.

#![allow(
    missing_docs,
    reason = "a benchmark: criterion's macros make its functions, and it writes its corpora"
)]

#[path = "../examples/corpus/generator/mod.rs"]
#[allow(
    dead_code,
    unused_imports,
    reason = "the example also writes the peers' formats"
)]
mod generator;

use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use criterion::{
    BatchSize, BenchmarkGroup, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main,
};
use jiff::civil::date;
use rayon::prelude::*;
use throughline::model::output::Content;
use throughline::model::scope::Scope;
use throughline::model::site::{File, Thing};
use throughline::pipeline::{self, Outline, Outputs, Press, Request, Run};
use throughline::stages::{cover, discover, link, parse};

/// The program's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A generated curriculum on disk.
struct Corpus {
    lessons: usize,
    root: Utf8PathBuf,
}

const WORDS: usize = 600;

fn sizes() -> Vec<usize> {
    let mut sizes = vec![100, 1_000, 10_000];
    if std::env::var_os("THROUGHLINE_BENCH_LARGE").is_some() {
        sizes.push(50_000);
    }
    sizes
}

/// Writes the corpus unless it is there.
fn corpus(lessons: usize) -> Corpus {
    let (modules, topics) = match lessons {
        100 => (10, 30),
        1_000 => (25, 30),
        10_000 => (100, 30),
        _ => (200, 30),
    };
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("corpus-{lessons}"));
    let done = folder.join("done");
    if !done.exists() {
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("a half-written corpus can be removed");
        }
        let size = generator::Size {
            modules,
            lessons: lessons / modules,
            words: WORDS,
            topics,
            seed: 7,
        };
        let variant = generator::Variant {
            format: generator::Format::Throughline,
            taxonomy: generator::Taxonomy::On,
        };
        generator::write(&folder, size, variant).expect("the corpus can be written");
        fs::write(&done, "").expect("the corpus can be written");
    }
    Corpus {
        lessons,
        root: Utf8PathBuf::from_path_buf(folder).expect("the target folder's path is UTF-8"),
    }
}

fn request(root: &Utf8Path, config: &str) -> Request {
    Request {
        config: root.join(config),
        output: Some(root.join("public")),
        ..Request::new(root.to_owned(), date(2026, 11, 21))
    }
}

/// Sets what holds for a size: few and long samples where a run takes seconds.
fn settle<M: criterion::measurement::Measurement>(
    group: &mut BenchmarkGroup<'_, M>,
    lessons: usize,
) {
    group.throughput(Throughput::Elements(lessons as u64));
    group.sample_size(if lessons < 10_000 { 20 } else { 10 });
    group.measurement_time(Duration::from_secs(if lessons < 10_000 { 5 } else { 15 }));
}

fn stages(criterion: &mut Criterion) {
    for lessons in sizes() {
        let Corpus { root, .. } = corpus(lessons);
        let request = request(&root, "config.toml");
        let survey = Run::of(&request).survey().expect("the corpus can be read");
        let registers = Arc::clone(&survey.curriculum.registers);
        let context = || {
            parse::Context::new(
                Arc::clone(&registers),
                survey.setting.settings.language.clone(),
                survey.setting.config.raw_html,
            )
        };
        let known = context();
        let sources = discover::discover(&root)
            .expect("the corpus can be read")
            .value;

        let mut group = criterion.benchmark_group("discover");
        settle(&mut group, lessons);
        group.bench_function(BenchmarkId::from_parameter(lessons), |bencher| {
            bencher.iter(|| discover::discover(black_box(&root)));
        });
        group.finish();

        let mut group = criterion.benchmark_group("parse");
        settle(&mut group, lessons);
        group.bench_function(BenchmarkId::from_parameter(lessons), |bencher| {
            bencher.iter_batched(
                || sources.clone(),
                |sources| parse::parse(sources, &known, &parse::anew),
                BatchSize::PerIteration,
            );
        });
        group.finish();

        let mut group = criterion.benchmark_group("link");
        settle(&mut group, lessons);
        group.bench_function(BenchmarkId::from_parameter(lessons), |bencher| {
            let parsed = || parse::parse(sources.clone(), &known, &parse::anew);
            bencher.iter_batched(
                parsed,
                |parsed| {
                    let selection = link::Selection::default();
                    link::link(parsed, selection, &link::NoRenames, None)
                },
                BatchSize::PerIteration,
            );
        });
        group.finish();

        let mut group = criterion.benchmark_group("cover");
        settle(&mut group, lessons);
        group.bench_function(BenchmarkId::from_parameter(lessons), |bencher| {
            bencher.iter(|| cover::cover(black_box(&survey.curriculum)));
        });
        group.finish();

        render(criterion, &survey, lessons);
    }
}

/// Plans and renders every page, in parallel as a build does, without writing any.
fn render(criterion: &mut Criterion, survey: &pipeline::Survey, lessons: usize) {
    let press = Press::new(survey, &Scope::Site).expect("the default theme is right");
    let plan = || Outline::new(survey, Scope::Site);

    let mut group = criterion.benchmark_group("plan");
    settle(&mut group, lessons);
    group.bench_function(BenchmarkId::from_parameter(lessons), |bencher| {
        bencher.iter(plan);
    });
    group.finish();

    let outputs = Outputs {
        survey,
        outline: &plan(),
        press: &press,
    };
    let is_page = |file: &&File| matches!(file.thing, Thing::Page(_));
    let pages: Vec<&File> = outputs.outline.files().iter().filter(is_page).collect();
    let mut group = criterion.benchmark_group("render");
    settle(&mut group, lessons);
    group.bench_function(BenchmarkId::from_parameter(lessons), |bencher| {
        bencher.iter(|| {
            let bytes: usize = (pages.par_iter())
                .map(|file| match outputs.make(file) {
                    Ok(Some(Content::Bytes(html))) => html.len(),
                    _ => panic!("the default theme is right"),
                })
                .sum();
            black_box(bytes)
        });
    });
    group.finish();
}

/// Whole runs: the findings alone, a build into an empty folder, and one that finds its own files there.
fn builds(criterion: &mut Criterion) {
    for lessons in sizes() {
        let Corpus { root, lessons } = corpus(lessons);
        for (name, config) in [
            ("everything", "config.toml"),
            ("plain", "config-plain.toml"),
        ] {
            let request = request(&root, config);
            let build = || {
                let mut survey = Run::of(&request)
                    .for_a_build()
                    .survey()
                    .expect("the corpus can be read");
                pipeline::build(&request, &mut survey, &|_| {}).expect("the site can be written")
            };
            let clear = || {
                for folder in ["public", "reports"] {
                    let folder = root.join(folder);
                    if folder.exists() {
                        fs::remove_dir_all(folder).expect("the site can be removed");
                    }
                }
            };
            let mut group = criterion.benchmark_group(format!("build-{name}"));
            settle(&mut group, lessons);
            group.bench_function(BenchmarkId::new("cold", lessons), |bencher| {
                bencher.iter_batched(clear, |()| build(), BatchSize::PerIteration);
            });
            group.bench_function(BenchmarkId::new("unchanged", lessons), |bencher| {
                bencher.iter(build);
            });
            group.finish();
        }
        let request = request(&root, "config.toml");
        let mut group = criterion.benchmark_group("survey");
        settle(&mut group, lessons);
        group.bench_function(BenchmarkId::from_parameter(lessons), |bencher| {
            bencher.iter(|| Run::of(&request).survey());
        });
        group.finish();
    }
}

criterion_group!(benches, stages, builds);
criterion_main!(benches);
