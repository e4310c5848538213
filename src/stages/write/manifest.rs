//! What a site consists of, written into the site: the mark by which a build knows its own folder.
//!
//! A line of text that names the format, a line with the BLAKE3 digest of what the site was made from, a line for each page of the sources with what it means
//! and its path below `modules/`, then a line for each file, both sorted by path: hash of 128 bits (XXH3), size in bytes, path. Nothing in it depends on the
//! clock, so the same sources give the same manifest.
//!
//! The hashes notice changes, and need not withstand somebody who makes them: who can write into the folder can write into the manifest too.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io;
use std::time::SystemTime;

use blake3::Hash;
use camino::Utf8Path;
use rayon::prelude::*;
use twox_hash::XxHash3_128;

use super::error::{Refusal, WriteError};
use super::paths;
pub(super) use super::paths::{NAME, UNFINISHED};
use crate::model::review::Meaning;

/// Bytes of the largest manifest: a site has a hundred for each file.
const LARGEST: u64 = 256 << 20;

const FORMAT: &str = "throughline-manifest 3";
/// The same without pages.
const FORMER_FORMAT: &str = "throughline-manifest 2";
const ANY_FORMAT: &str = "throughline-manifest ";
const RECIPE: &str = "recipe ";
const PAGE: &str = "page ";

/// A page of the sources, by its path below `modules/`, and what it means.
pub type Page = (Box<str>, Meaning);

/// Size and hash of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    /// Bytes.
    pub size: u64,
    /// Hash of the content.
    pub hash: u128,
}

impl Stamp {
    /// Returns the stamp of a file with this content.
    pub(super) fn of(content: &[u8]) -> Self {
        Self {
            size: content.len() as u64,
            hash: XxHash3_128::oneshot(content),
        }
    }
}

/// Makes the stamp of a content that comes piece by piece.
pub(super) struct Stamping {
    size: u64,
    hasher: XxHash3_128,
}

impl Stamping {
    /// Starts with nothing.
    pub(super) fn new() -> Self {
        Self {
            size: 0,
            hasher: XxHash3_128::new(),
        }
    }

    /// Adds a piece.
    pub(super) fn add(&mut self, piece: &[u8]) {
        self.size += piece.len() as u64;
        self.hasher.write(piece);
    }

    /// Returns the stamp of all pieces so far.
    pub(super) fn stamp(&self) -> Stamp {
        Stamp {
            size: self.size,
            hash: self.hasher.finish_128(),
        }
    }
}

/// What a site on disk consists of.
#[derive(Debug)]
pub(super) struct Manifest {
    /// Digest of what the site was made from, where that is known.
    pub recipe: Option<Hash>,
    /// The pages that the site was made from, sorted by path.
    pub pages: Vec<Page>,
    /// The files by their paths below the output folder, sorted.
    files: Vec<(Box<str>, Stamp)>,
    /// When the manifest was written: later than every file that it lists, unless that was changed since.
    pub modified: Option<SystemTime>,
}

impl Manifest {
    /// Reads the manifest of a folder; `None` where the folder or the manifest does not exist.
    ///
    /// # Errors
    ///
    /// `Refused` where it cannot be understood. Its paths are as safe as those of outputs.
    pub(super) fn read(folder: &Utf8Path) -> Result<Option<Self>, WriteError> {
        let damaged = |reason| WriteError::refused(folder, Refusal::DamagedManifest(reason));
        let Some((text, modified)) = read_text(folder)? else {
            return Ok(None);
        };
        let Parsed {
            recipe,
            pages,
            files,
        } = parse(&text).map_err(damaged)?;
        Ok(Some(Self {
            recipe,
            pages,
            files,
            modified,
        }))
    }

    /// Returns the listed files, sorted by path.
    pub(super) fn files(&self) -> &[(Box<str>, Stamp)] {
        &self.files
    }

    /// Returns the paths of the listed files, sorted.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> + Clone {
        self.files.iter().map(|(path, _)| &**path)
    }

    /// Returns what is written about a file.
    pub(super) fn stamp(&self, path: &str) -> Option<&Stamp> {
        let at = self
            .files
            .binary_search_by(|(listed, _)| (**listed).cmp(path))
            .ok()?;
        Some(&self.files[at].1)
    }

    /// Returns whether a listed file is still there as it is listed.
    ///
    /// Takes the manifest's word for the content. A file with another size, or one that was changed later than the manifest was written, is not
    /// what the manifest says.
    pub(super) fn still_holds(&self, file: &Utf8Path, stamp: &Stamp) -> bool {
        std::fs::symlink_metadata(file).is_ok_and(|found| {
            found.is_file()
                && found.len() == stamp.size
                && found
                    .modified()
                    .ok()
                    .is_some_and(|changed| Some(changed) <= self.modified)
        })
    }

    /// Returns every folder that holds a listed file, at any depth; without the top.
    pub(super) fn folders(&self) -> HashSet<&str> {
        folders_of(self.paths())
    }
}

/// Returns the pages that the site in a folder was made from, sorted by path; none where that is not known.
///
/// Asks no other thread, so that it may be called where others wait for it.
pub fn pages(folder: &Utf8Path) -> Vec<Page> {
    let Some((text, _)) = read_text(folder).ok().flatten() else {
        return Vec::new();
    };
    let opening = opening(&text);
    opening.map(|opening| opening.pages).unwrap_or_default()
}

/// Returns a manifest's text, and when it was written; `None` where the folder or the manifest does not exist.
fn read_text(folder: &Utf8Path) -> Result<Option<(String, Option<SystemTime>)>, WriteError> {
    let path = folder.join(NAME);
    let damaged = |reason| WriteError::refused(folder, Refusal::DamagedManifest(reason));
    let read = std::fs::symlink_metadata(&path).and_then(|found| {
        // Opening a pipe could wait for ever, and a link could lead anywhere.
        let bytes = if found.is_file() && found.len() <= LARGEST {
            Some(std::fs::read(&path)?)
        } else {
            None
        };
        Ok((found, bytes))
    });
    let (found, bytes) = match read {
        Ok((found, Some(bytes))) => (found, bytes),
        Ok((found, None)) if found.is_file() => return Err(damaged("it is too large")),
        Ok((_, None)) => return Err(damaged("it is not a file")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(WriteError::io("read", &path)(error)),
    };
    let text = String::from_utf8(bytes).map_err(|_| damaged("it is not text"))?;
    Ok(Some((text, found.modified().ok())))
}

/// Returns every folder above some paths, without the top.
pub(super) fn folders_of<'a>(files: impl Iterator<Item = &'a str>) -> HashSet<&'a str> {
    let mut folders = HashSet::new();
    for file in files {
        let mut path = file;
        while let Some((folder, _)) = path.rsplit_once('/') {
            if !folders.insert(folder) {
                break;
            }
            path = folder;
        }
    }
    folders
}

/// Returns the manifest's text for pages and files that are sorted by path.
pub(super) fn text<'a>(
    recipe: Option<Hash>,
    pages: &[Page],
    files: impl Iterator<Item = (&'a str, Stamp)>,
) -> String {
    let mut out = format!("{FORMAT}\n");
    if let Some(recipe) = recipe {
        let _ = writeln!(out, "{RECIPE}{}", recipe.to_hex());
    }
    for (path, meaning) in pages {
        let _ = writeln!(out, "{PAGE}{meaning} {path}");
    }
    for (path, stamp) in files {
        let _ = writeln!(out, "{:032x} {} {path}", stamp.hash, stamp.size);
    }
    out
}

/// What the text of a manifest says.
struct Parsed {
    recipe: Option<Hash>,
    pages: Vec<Page>,
    files: Vec<(Box<str>, Stamp)>,
}

/// What a manifest says before it lists the files.
struct Opening<'t> {
    recipe: Option<Hash>,
    pages: Vec<Page>,
    rest: &'t str,
}

fn opening(text: &str) -> Result<Opening<'_>, &'static str> {
    let Some((first, mut rest)) = text.split_once('\n') else {
        return Err("its first line is missing");
    };
    if !matches!(first, FORMAT | FORMER_FORMAT) {
        return Err(if first.starts_with(ANY_FORMAT) {
            "another version of throughline wrote it"
        } else {
            "its first line is not ours"
        });
    }
    if !rest.is_empty() && !rest.ends_with('\n') {
        return Err("its end is missing");
    }
    let mut recipe = None;
    if let Some((hex, after)) = line_of(rest, RECIPE) {
        recipe = Some(Hash::from_hex(hex).map_err(|_| "a line is damaged")?);
        rest = after;
    }
    let mut pages: Vec<Page> = Vec::new();
    while let Some((page, after)) = line_of(rest, PAGE) {
        let page = page.split_once(' ');
        let page = page.and_then(|(meaning, path)| Some((path.into(), meaning.parse().ok()?)));
        pages.push(page.ok_or("a line is damaged")?);
        rest = after;
    }
    if !pages.is_sorted_by(|(a, _), (b, _)| a < b) {
        return Err("its lines are not in order");
    }
    Ok(Opening {
        recipe,
        pages,
        rest,
    })
}

/// Returns what stands behind a mark on the first line, and the lines after it; nothing where that has another mark.
fn line_of<'t>(text: &'t str, mark: &str) -> Option<(&'t str, &'t str)> {
    text.strip_prefix(mark)?.split_once('\n')
}

fn parse(text: &str) -> Result<Parsed, &'static str> {
    let Opening {
        recipe,
        pages,
        rest,
    } = opening(text)?;
    let files: Vec<(Box<str>, Stamp)> =
        rest.par_lines().map(parse_line).collect::<Result<_, _>>()?;
    if !files.is_sorted_by(|(a, _), (b, _)| a < b) {
        return Err("its lines are not in order");
    }
    Ok(Parsed {
        recipe,
        pages,
        files,
    })
}

fn parse_line(line: &str) -> Result<(Box<str>, Stamp), &'static str> {
    let (path, stamp) = split_line(line).ok_or("a line is damaged")?;
    if paths::unsafe_reason(path).is_some() {
        return Err("it lists a file outside the site");
    }
    Ok((path.into(), stamp))
}

fn parse_hash(hex: &str) -> Option<u128> {
    let is_hash = hex.len() == 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then(|| u128::from_str_radix(hex, 16).ok())?
}

fn split_line(line: &str) -> Option<(&str, Stamp)> {
    let (hash, rest) = line.split_once(' ')?;
    let (size, path) = rest.split_once(' ')?;
    let stamp = Stamp {
        size: size.parse().ok()?,
        hash: parse_hash(hash)?,
    };
    Some((path, stamp))
}
