//! Writes a curriculum of any size for benchmarks, or the same text for Zola or Hugo.
//!
//!     cargo run --release --example corpus -- --modules 100 --lessons 100 --words 600 target/corpus/10000
//!
//! The same numbers give the same files, on every machine. A folder that holds anything else than an earlier corpus is left alone.

#![allow(
    clippy::print_stdout,
    reason = "a program that writes files and says so"
)]

mod generator;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, ValueEnum};

use generator::{Format, MOST_TOPICS, Size, Taxonomy, Variant};

/// Writes a curriculum of any size for benchmarks.
#[derive(Debug, Parser)]
struct Arguments {
    /// Number of modules
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    modules: u32,
    /// Number of lessons in each module
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    lessons: u32,
    /// Number of words in each lesson, about
    #[arg(long, default_value_t = 600, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    words: u32,
    /// Number of topics in the register
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=MOST_TOPICS as i64))]
    topics: u32,
    /// Which corpus of this size
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// For which program
    #[arg(long, default_value = "throughline")]
    format: FormatName,
    /// Whether Zola or Hugo sort pages by topic
    #[arg(long, default_value = "on")]
    taxonomy: TaxonomyName,
    /// Folder to write: new, empty, or with an earlier corpus, whose content is replaced
    folder: PathBuf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatName {
    Throughline,
    Zola,
    Hugo,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum TaxonomyName {
    On,
    Off,
}

/// Stands in every corpus, so that only a corpus is ever replaced.
const MARKER: &str = ".throughline-corpus";

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("error: {}: {error}", arguments.folder.display());
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> io::Result<String> {
    let start = Instant::now();
    let folder = &arguments.folder;
    clear(folder)?;
    let size = Size {
        modules: arguments.modules as usize,
        lessons: arguments.lessons as usize,
        words: arguments.words as usize,
        topics: arguments.topics as usize,
        seed: arguments.seed,
    };
    let variant = Variant {
        format: match arguments.format {
            FormatName::Throughline => Format::Throughline,
            FormatName::Zola => Format::Zola,
            FormatName::Hugo => Format::Hugo,
        },
        taxonomy: match arguments.taxonomy {
            TaxonomyName::On => Taxonomy::On,
            TaxonomyName::Off => Taxonomy::Off,
        },
    };
    let written = generator::write(folder, size, variant)?;
    Ok(format!(
        "{}: {} Markdown files, {:.1} MB, in {:.2} s",
        folder.display(),
        written.files,
        written.bytes as f64 / 1e6,
        start.elapsed().as_secs_f64()
    ))
}

/// Makes the folder, without the corpus that it may hold; what else is in it, such as a built site, stays.
fn clear(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let is_empty = fs::read_dir(folder)?.next().is_none();
    if !is_empty && !folder.join(MARKER).is_file() {
        return Err(io::Error::other(
            "holds something that is not a corpus; name another folder",
        ));
    }
    for name in ["modules", "content", "templates", "layouts"] {
        let path = folder.join(name);
        if path.exists() {
            fs::remove_dir_all(path)?;
        }
    }
    fs::write(
        folder.join(MARKER),
        "Written by the example `corpus`; its content is replaced when that runs again.\n",
    )
}
