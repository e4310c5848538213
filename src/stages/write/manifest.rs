//! What a site consists of, written into the site: the mark by which a build knows its own folder.
//!
//! A line of text that names the format, a line with the BLAKE3 digest of what the site was made from, then a line for each file, sorted by path: hash
//! of 128 bits (XXH3), size in bytes, path. Nothing in it depends on the clock, so the same sources give the same manifest.
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

/// Bytes of the largest manifest: a site has a hundred for each file.
const LARGEST: u64 = 256 << 20;

const FORMAT: &str = "throughline-manifest 2";
const ANY_FORMAT: &str = "throughline-manifest ";
const RECIPE: &str = "recipe ";

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
        let (recipe, files) = parse(&text).map_err(damaged)?;
        Ok(Some(Self {
            recipe,
            files,
            modified: found.modified().ok(),
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

/// Returns the manifest's text for files that are sorted by path.
pub(super) fn text<'a>(
    recipe: Option<Hash>,
    files: impl Iterator<Item = (&'a str, Stamp)>,
) -> String {
    let mut out = format!("{FORMAT}\n");
    if let Some(recipe) = recipe {
        let _ = writeln!(out, "{RECIPE}{}", recipe.to_hex());
    }
    for (path, stamp) in files {
        let _ = writeln!(out, "{:032x} {} {path}", stamp.hash, stamp.size);
    }
    out
}

/// What the text of a manifest says.
type Parsed = (Option<Hash>, Vec<(Box<str>, Stamp)>);

fn parse(text: &str) -> Result<Parsed, &'static str> {
    let Some((first, rest)) = text.split_once('\n') else {
        return Err("its first line is missing");
    };
    if first != FORMAT {
        return Err(if first.starts_with(ANY_FORMAT) {
            "another version of throughline wrote it"
        } else {
            "its first line is not ours"
        });
    }
    if !rest.is_empty() && !rest.ends_with('\n') {
        return Err("its end is missing");
    }
    let (recipe, rest) = match rest.strip_prefix(RECIPE) {
        Some(line) => {
            let (hex, rest) = line.split_once('\n').ok_or("its end is missing")?;
            let recipe = Hash::from_hex(hex).map_err(|_| "a line is damaged")?;
            (Some(recipe), rest)
        }
        None => (None, rest),
    };
    let files: Vec<(Box<str>, Stamp)> =
        rest.par_lines().map(parse_line).collect::<Result<_, _>>()?;
    if !files.is_sorted_by(|(a, _), (b, _)| a < b) {
        return Err("its lines are not in order");
    }
    Ok((recipe, files))
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
