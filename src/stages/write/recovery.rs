//! Puts right what killed builds left behind. Runs under the lock, before anything is written.
//!
//! A build can be killed at any step, which leaves beside the output folder:
//!
//! | staging (`.new`) | former (`.old`) | output | what it is | what is done |
//! | --- | --- | --- | --- | --- |
//! | without manifest | - | any | a site that was not finished | discarded |
//! | with manifest | - | a site | a finished site, or the former one after the exchange | retired by its manifest: nothing in it is needed |
//! | with manifest | - | none | the first site, finished | becomes the site |
//! | with manifest | with manifest | none | killed between two renames | the former site comes back, the other is retired |
//! | - | with manifest | a site | the new site stands, the former one was being removed | retired |

use std::io;

use camino::Utf8Path;

use super::error::WriteError;
use super::folders::{Folders, Found};
use super::manifest::Manifest;
use super::{removal, swap};

/// What recovery found, and what it could not put right.
#[derive(Debug)]
pub(super) struct Recovered {
    /// What stands at the output folder's place.
    pub found: Found,
    /// Says where something foreign was set aside.
    pub left_behind: Option<WriteError>,
}

/// Brings the former site back where it is missing, and removes the rest.
///
/// # Errors
///
/// Refuses an output folder that is not ours before touching anything.
pub(super) fn recover(folders: &Folders) -> Result<Recovered, WriteError> {
    let leftovers = [&folders.former, &folders.staging];
    let mut found = folders.inspect()?;
    for leftover in leftovers {
        if matches!(found, Found::Nothing)
            && exists(leftover)?
            && let Ok(Some(_)) = Manifest::read(leftover)
        {
            swap::place(leftover, &folders.site).map_err(WriteError::io("bring back", leftover))?;
            found = folders.inspect()?;
        }
    }
    let mut left_behind = None;
    for leftover in leftovers {
        if exists(leftover)? {
            match clear(leftover, folders, &found) {
                Err(error @ WriteError::SetAside { .. }) => left_behind = Some(error),
                result => result?,
            }
        }
    }
    Ok(Recovered { found, left_behind })
}

fn clear(leftover: &Utf8Path, folders: &Folders, found: &Found) -> Result<(), WriteError> {
    match (Manifest::read(leftover), found) {
        (Ok(Some(manifest)), Found::Site(site)) => {
            removal::retire(leftover, &manifest, &folders.site, &site.folders())
        }
        (Ok(None), _) if leftover == folders.staging => removal::discard(leftover),
        // A former site loses its manifest last, so nothing should be left in it.
        (Ok(None), _) if std::fs::remove_dir(leftover).is_ok() => Ok(()),
        // Nobody can say what in it is ours.
        (Ok(_) | Err(WriteError::Refused { .. }), _) => Err(removal::set_aside(leftover)),
        (Err(error), _) => Err(error),
    }
}

/// Returns whether a folder is there.
fn exists(folder: &Utf8Path) -> Result<bool, WriteError> {
    match std::fs::symlink_metadata(folder) {
        Ok(found) if found.is_dir() => Ok(true),
        Ok(_) => Err(WriteError::InTheWay {
            path: folder.to_owned(),
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(WriteError::io("read", folder)(error)),
    }
}
