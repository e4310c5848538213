//! ZIPs: the same files make the same bytes.

use std::borrow::Cow;
use std::io::{Cursor, Read, Seek, Write};

use rayon::prelude::*;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::data::OPENING;

/// A file of a package.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Its path, in ASCII.
    pub path: String,
    /// What it holds.
    pub bytes: Cow<'static, [u8]>,
}

/// Files that have been compressed, to stand in several archives.
#[derive(Debug)]
pub(super) struct Compressed(Vec<Vec<u8>>);

/// Files that are compressed together, while others are in other threads.
const TOGETHER: usize = 24;

/// How hard files are compressed: platforms keep packages, and learners load what is in them once.
const STRONGEST: i64 = 9;

/// The script by which an archive is known as this program's.
pub(super) const SCRIPT: &str = "throughline/package.js";

impl Compressed {
    /// Compresses files.
    pub fn new(entries: &[Entry]) -> ZipResult<Self> {
        let parts = entries.par_chunks(TOGETHER).map(|entries| {
            let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
            add(&mut zip, entries)?;
            Ok(zip.finish()?.into_inner())
        });
        Ok(Self(parts.collect::<ZipResult<_>>()?))
    }
}

/// Puts files into an archive, in their order, and those that are compressed behind them.
pub(super) fn archive(first: &[Entry], then: &Compressed) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    add(&mut zip, first)?;
    for part in &then.0 {
        let mut part = ZipArchive::new(Cursor::new(part.as_slice()))?;
        for index in 0..part.len() {
            zip.raw_copy_file(part.by_index_raw(index)?)?;
        }
    }
    Ok(zip.finish()?.into_inner())
}

fn add<W: Write + Seek>(zip: &mut ZipWriter<W>, entries: &[Entry]) -> ZipResult<()> {
    // A date of its own would make other bytes every day.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(STRONGEST))
        .unix_permissions(0o644)
        .last_modified_time(DateTime::default());
    for entry in entries {
        zip.start_file(&*entry.path, options)?;
        zip.write_all(&entry.bytes)?;
    }
    Ok(())
}

/// Returns whether an archive is a package that this program wrote. What cannot be read as one is somebody else's.
pub fn is_own<R: Read + Seek>(file: R) -> bool {
    let Ok(mut archive) = ZipArchive::new(file) else {
        return false;
    };
    let Ok(script) = archive.by_name(SCRIPT) else {
        return false;
    };
    let mut opening = Vec::with_capacity(OPENING.len());
    let read = script.take(OPENING.len() as u64).read_to_end(&mut opening);
    read.is_ok() && opening == OPENING.as_bytes()
}
