//! Measures the least that any site builder must do: read the Markdown, parse it to HTML, write a site's files.
//!
//!     cargo run --release --example floor -- target/corpus/10000/modules --site target/corpus/10000/public target/floor
//!
//! In: a folder of Markdown, and a built site. Out: files of the same names and sizes as the site's, filled with the HTML, and how long that took.
//! It makes no links, no templates and no checks, so what it writes is of no use.

#![allow(
    clippy::print_stdout,
    reason = "a program that reads, writes and says how long it took"
)]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser as _;
use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use walkdir::WalkDir;

/// Measures the least that any site builder must do.
#[derive(Debug, clap::Parser)]
struct Arguments {
    /// Folder with the Markdown
    content: PathBuf,
    /// Folder for the files, which must not be there yet
    out: PathBuf,
    /// Site whose files are written again with other content; without it, each lesson becomes one file
    #[arg(long)]
    site: Option<PathBuf>,
    /// How often to do it; the median counts, and the last round's files stay
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
}

/// A file of the site: its path below the top, and its size in bytes.
type SiteFile = (PathBuf, usize);

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> io::Result<()> {
    let site = arguments.site.as_deref().map(files_of_site).transpose()?;
    let out = &arguments.out;
    if out.exists() {
        return Err(io::Error::other(format!(
            "{}: is there already",
            out.display()
        )));
    }
    let mut seconds = Vec::new();
    for round in 0..arguments.rounds {
        if round > 0 {
            fs::remove_dir_all(out)?;
        }
        let start = Instant::now();
        let totals = build(&arguments.content, site.as_deref(), out)?;
        let elapsed = start.elapsed().as_secs_f64();
        seconds.push(elapsed);
        println!(
            "read {} files, {:.1} MB; wrote {} files, {:.1} MB; {elapsed:.3} s",
            totals.read.0,
            totals.read.1 as f64 / 1e6,
            totals.written.0,
            totals.written.1 as f64 / 1e6,
        );
    }
    seconds.sort_by(f64::total_cmp);
    println!("median {:.3} s", seconds[seconds.len() / 2]);
    Ok(())
}

/// Files and bytes.
#[derive(Debug, Clone, Copy, Default)]
struct Totals {
    read: (usize, usize),
    written: (usize, usize),
}

impl Totals {
    fn and(self, other: Self) -> Self {
        let sum = |one: (usize, usize), other: (usize, usize)| (one.0 + other.0, one.1 + other.1);
        Self {
            read: sum(self.read, other.read),
            written: sum(self.written, other.written),
        }
    }
}

fn build(content: &Path, site: Option<&[SiteFile]>, out: &Path) -> io::Result<Totals> {
    let lessons = markdown(content)?;
    fs::create_dir_all(out)?;
    let one_each: Vec<SiteFile>;
    let files = match site {
        Some(files) => files,
        None => {
            // A size of 0 stands for all the HTML that there is.
            one_each = (lessons.iter())
                .filter_map(|lesson| {
                    Some((lesson.strip_prefix(content).ok()?.with_extension("html"), 0))
                })
                .collect();
            &one_each
        }
    };
    let mut folders: Vec<&Path> = files.iter().filter_map(|(path, _)| path.parent()).collect();
    folders.sort_unstable();
    folders.dedup();
    for folder in folders {
        fs::create_dir_all(out.join(folder))?;
    }
    let count = lessons.len();
    (lessons.par_iter().enumerate())
        .map(|(index, lesson)| {
            let text = fs::read_to_string(lesson)?;
            let html = to_html(&text);
            let mut totals = Totals {
                read: (1, text.len()),
                ..Totals::default()
            };
            // Each lesson writes its share of the site: its own page, and every so-manieth other file.
            for (path, size) in files.iter().skip(index).step_by(count) {
                let bytes = filled(html.as_bytes(), *size);
                fs::write(out.join(path), &bytes)?;
                totals = totals.and(Totals {
                    written: (1, bytes.len()),
                    ..Totals::default()
                });
            }
            Ok(totals)
        })
        .try_reduce(Totals::default, |one, other| Ok(one.and(other)))
}

/// Returns the HTML of a lesson without its front matter.
fn to_html(text: &str) -> String {
    let body = text
        .strip_prefix("+++\n")
        .and_then(|rest| rest.split_once("\n+++\n"))
        .map_or(text, |(_, body)| body);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    let mut out = String::with_capacity(body.len() * 3 / 2);
    html::push_html(&mut out, Parser::new_ext(body, options));
    out
}

/// Returns so many bytes of the HTML, over and over; all of it for a size of 0.
fn filled(html: &[u8], size: usize) -> Vec<u8> {
    if size == 0 {
        return html.to_vec();
    }
    let filler = if html.is_empty() { b" " } else { html };
    let mut bytes = Vec::with_capacity(size + filler.len());
    while bytes.len() < size {
        bytes.extend_from_slice(&filler[..filler.len().min(size - bytes.len())]);
    }
    bytes
}

fn markdown(content: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in WalkDir::new(content) {
        let entry = entry?;
        if entry.file_type().is_file() && entry.path().extension().is_some_and(|end| end == "md") {
            paths.push(entry.into_path());
        }
    }
    paths.sort_unstable();
    if paths.is_empty() {
        return Err(io::Error::other(format!(
            "{}: no Markdown here",
            content.display()
        )));
    }
    Ok(paths)
}

fn files_of_site(site: &Path) -> io::Result<Vec<SiteFile>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(site) {
        let entry = entry?;
        if let (true, Ok(path)) = (entry.file_type().is_file(), entry.path().strip_prefix(site)) {
            files.push((path.to_owned(), entry.metadata()?.len() as usize));
        }
    }
    // Pages first, so that each lesson writes a page.
    files.sort_unstable_by_key(|(path, _)| {
        (
            path.extension().is_none_or(|end| end != "html"),
            path.clone(),
        )
    });
    Ok(files)
}
