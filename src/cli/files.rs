//! Replaces a file as a whole: a failed write leaves the former one.

use std::io::Write;

use camino::{Utf8Path, Utf8PathBuf};

use super::Stop;

/// Writes a text to a file beside `path`, and puts that in its place.
///
/// # Errors
///
/// When the folder cannot be written to.
pub fn replace(path: &Utf8Path, text: &str) -> Result<(), Stop> {
    // What a link leads to is replaced, not the link.
    let target = path.canonicalize_utf8().unwrap_or_else(|_| path.to_owned());
    let name = target.file_name().unwrap_or("file");
    let beside = target.with_file_name(format!(".{name}.{}.new", std::process::id()));
    let written = write(&beside, text).and_then(|()| std::fs::rename(&beside, &target));
    written.map_err(|error| {
        // The failure is told; a leftover that cannot be removed either is hidden from the sources by its dot.
        let _ = std::fs::remove_file(&beside);
        Stop(format!("cannot write `{path}`: {error}"))
    })
}

fn write(path: &Utf8PathBuf, text: &str) -> std::io::Result<()> {
    let mut file = std::fs::File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
