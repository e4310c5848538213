//! `throughline import`: a curriculum out of a course that was written for another tool.
//!
//! Reads the source and writes nothing but the new folder.

use std::collections::BTreeMap;
use std::time::Instant;

use camino::{Utf8Path, Utf8PathBuf};

use super::arguments::{Import, SourceFormat};
use super::files::absolute;
use super::terminal::Terminal;
use super::{Outcome, Stop, baseline, leave};
use crate::import::course::Format;
use crate::import::{Content, Imported, import as read};
use crate::model::{Finding, Place, Rule, Severity};
use crate::pipeline::{Request, Run, today};
use crate::report::words::counted;

/// The file with what is known from the start.
const BASELINE: &str = "known.json";

/// Imports a course into a folder that is new or empty.
///
/// # Errors
///
/// When the source cannot be read or holds no Markdown, when the folder is not empty, or when something cannot be written.
pub fn import(options: &Import, terminal: &Terminal) -> Result<Outcome, Stop> {
    let started = Instant::now();
    let folder = match &options.folder {
        Some(folder) => folder.clone(),
        None => default_folder(&options.source)?,
    };
    check_target(&options.source, &folder)?;
    let bar = terminal.progress_bar("reading {pos} of {len} pages {wide_bar}");
    let imported = read(&options.source, format(options.from), &|done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    let imported = imported?;
    if options.dry_run {
        return plan(&imported, &folder, terminal);
    }
    write(&imported, &folder, terminal)?;
    let known = find(&folder)?;
    say(&imported, &folder, terminal);
    terminal.say(&format!(
        "{known} in what was imported; `{BASELINE}` knows them\nimported in {:.2} s\n  read first:  {}\n  build it:    throughline --root {folder} build --baseline {}",
        started.elapsed().as_secs_f64(),
        folder.join("IMPORT.md"),
        folder.join(BASELINE),
    ));
    Ok(Outcome::Clean)
}

fn format(from: SourceFormat) -> Option<Format> {
    match from {
        SourceFormat::Auto => None,
        SourceFormat::Tool(format) => Some(format),
    }
}

/// Returns the folder that is made where none is named: one in the current folder, called like the source.
fn default_folder(source: &Utf8Path) -> Result<Utf8PathBuf, Stop> {
    let full = source
        .canonicalize_utf8()
        .map_err(|error| Stop(format!("cannot read the folder `{source}`: {error}")))?;
    Ok(Utf8PathBuf::from(name_of(&full)))
}

fn name_of(source: &Utf8Path) -> String {
    format!("{}-curriculum", source.file_name().unwrap_or("course"))
}

/// Returns a folder outside of the source, as it is named from the current folder.
fn beside(source: &Utf8Path) -> Result<String, Stop> {
    let here = absolute(Utf8Path::new("."))?;
    let steps = here
        .strip_prefix(source)
        .map_or(0, |inside| inside.components().count() + 1);
    Ok(format!("{}{}", "../".repeat(steps), name_of(source)))
}

/// Refuses a folder that holds something, or that stands in the source or around it.
fn check_target(source: &Utf8Path, folder: &Utf8Path) -> Result<(), Stop> {
    let full = source
        .canonicalize_utf8()
        .map_err(|error| Stop(format!("cannot read the folder `{source}`: {error}")))?;
    let target = absolute(folder)?;
    if target.starts_with(&full) || full.starts_with(&target) {
        return Err(Stop(format!(
            "`{folder}` and the source `{source}` stand in each other\n  help: the source is only read, so name a folder beside it: `throughline import {source} {}`",
            beside(&full)?
        )));
    }
    if !folder.exists() {
        return match folder.is_symlink() {
            true => Err(Stop(format!(
                "`{folder}` is a link that leads nowhere\n  help: name a new folder, or delete the link"
            ))),
            false => Ok(()),
        };
    }
    let is_empty = folder
        .read_dir_utf8()
        .map_err(|error| Stop(format!("cannot read `{folder}`: {error}")))?
        .next()
        .is_none();
    if is_empty {
        return Ok(());
    }
    Err(Stop(format!(
        "`{folder}` is not empty, and `import` overwrites nothing\n  help: name a new folder: `throughline import {source} NEW`"
    )))
}

/// Says what would be written.
fn plan(imported: &Imported, folder: &Utf8Path, terminal: &Terminal) -> Result<Outcome, Stop> {
    let mut out = format!(
        "would write {} to `{folder}`, read as {}\n",
        counted(imported.files.len(), "file"),
        imported.format.name()
    );
    for (path, title) in &imported.lessons {
        out.push_str(&format!("  modules/{path}  {title}\n"));
    }
    let files = imported.files.iter();
    for (path, content) in files.filter(|(_, content)| matches!(content, Content::Copy(_))) {
        if let Content::Copy(from) = content {
            out.push_str(&format!("  {path}  a copy of {from}\n"));
        }
    }
    for (what, count) in &imported.done {
        out.push_str(&format!("  {count:>6}  {what}\n"));
    }
    out.push_str(&format!(
        "{} to look at, which IMPORT.md would list; nothing was written\n",
        counted(imported.places, "place")
    ));
    terminal.print(&out)
}

fn write(imported: &Imported, folder: &Utf8Path, terminal: &Terminal) -> Result<(), Stop> {
    let bar = terminal.progress_bar("writing {pos} of {len} files {wide_bar}");
    bar.set_length(imported.files.len() as u64);
    for (path, content) in &imported.files {
        let path = folder.join(path);
        let failed = |error: std::io::Error| {
            Stop(format!(
                "cannot write `{path}`: {error}\n  help: what was written so far stands in `{folder}`"
            ))
        };
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(failed)?;
        }
        match content {
            Content::Text(text) => std::fs::write(&path, text).map_err(failed)?,
            Content::Copy(from) => {
                let bytes = std::fs::read(from)
                    .map_err(|error| Stop(format!("cannot read `{from}`: {error}")))?;
                std::fs::write(&path, bytes).map_err(failed)?;
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(())
}

/// Checks what was written, keeps the findings as known, and counts them.
fn find(folder: &Utf8Path) -> Result<String, Stop> {
    let request = Request::new(folder.to_owned(), today());
    let mut survey = Run::of(&request).survey()?;
    for _ in 0..ROUNDS {
        if !disarm(folder, &survey.findings)? {
            break;
        }
        survey = Run::of(&request).survey()?;
    }
    let count = |severity, name| counted(survey.count(severity), name);
    let found = format!(
        "{}, {} and {}",
        count(Severity::Error, "error"),
        count(Severity::Warning, "warning"),
        count(Severity::Info, "info")
    );
    baseline::save(&folder.join(BASELINE), folder, &survey.findings)?;
    leave(survey);
    Ok(found)
}

/// A text that is no link any more may be part of another one.
const ROUNDS: usize = 3;

/// Makes text of what no baseline covers and stands in lessons all the same: links that only the parser of lessons takes for some, and
/// characters that are written as entities. Returns whether there was any.
fn disarm(folder: &Utf8Path, findings: &[Finding]) -> Result<bool, Stop> {
    let harms = |finding: &&Finding| {
        matches!(finding.rule, Rule::UnsafeLink | Rule::InvalidText)
            && finding.file.ends_with(".md")
    };
    let mut places: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
    for finding in findings.iter().filter(harms) {
        places.entry(&finding.file).or_default().push(finding.place);
    }
    for (file, places) in &places {
        let path = folder.join(file);
        let text = std::fs::read_to_string(&path)
            .map_err(|error| Stop(format!("cannot read `{path}`: {error}")))?;
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let body = lines.iter().skip(1).position(|line| line == "+++");
        let body = body.map_or(0, |at| at + 2);
        for place in places.iter().rev() {
            if (place.line as usize) <= body {
                continue;
            }
            let Some(line) = lines.get_mut((place.line as usize).saturating_sub(1)) else {
                continue;
            };
            let column = (place.column as usize).saturating_sub(1);
            let at = line.char_indices().nth(column).map(|(at, _)| at);
            line.insert(at.unwrap_or(line.len()), '\\');
        }
        std::fs::write(&path, lines.join("\n"))
            .map_err(|error| Stop(format!("cannot write `{path}`: {error}")))?;
    }
    Ok(!places.is_empty())
}

fn say(imported: &Imported, folder: &Utf8Path, terminal: &Terminal) {
    for (what, count) in &imported.done {
        terminal.say(&format!("{count:>6}  {what}"));
    }
    terminal.say(&format!(
        "{} of a course of the kind {} stand in `{folder}`; {} to look at",
        counted(imported.lessons.len(), "page"),
        imported.format.name(),
        counted(imported.places, "place"),
    ));
}
