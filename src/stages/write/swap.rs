//! Puts a finished site in the place of the former one.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::error::{Refusal, WriteError};
use super::folders::Folders;

/// Puts the staged site where there is nothing, or an empty folder.
pub(super) fn settle(folders: &Folders) -> Result<(), WriteError> {
    place(&folders.staging, &folders.site).map_err(|cause| failed(folders, cause))
}

/// Puts the staged site in the place of the former one, and returns where the former one is now.
///
/// Both change places in one step where the system can do that. Elsewhere there is a moment without a site; a build that is killed in it is
/// mended by the next one.
pub(super) fn exchange(folders: &Folders) -> Result<Utf8PathBuf, WriteError> {
    // Whatever the reason why it fails: the other way either works or says why not.
    if exchange_at_once(&folders.staging, &folders.site).is_ok() {
        return Ok(folders.staging.clone());
    }
    step_by_step(folders)
}

/// Moves the former site away and the staged one into its place, or everything back again.
pub(super) fn step_by_step(folders: &Folders) -> Result<Utf8PathBuf, WriteError> {
    std::fs::rename(&folders.site, &folders.former).map_err(|cause| failed(folders, cause))?;
    if let Err(cause) = std::fs::rename(&folders.staging, &folders.site) {
        std::fs::rename(&folders.former, &folders.site)
            .map_err(WriteError::io("bring back", &folders.former))?;
        return Err(failed(folders, cause));
    }
    Ok(folders.former.clone())
}

/// Puts the former site, which is in `former` now, back into its place, and the new one where it was made.
pub(super) fn take_back(folders: &Folders, former: &Utf8Path) -> io::Result<()> {
    if former == folders.staging {
        return exchange_at_once(&folders.staging, &folders.site);
    }
    std::fs::rename(&folders.site, &folders.staging)?;
    std::fs::rename(former, &folders.site)
}

/// Gives a folder the place of nothing or of an empty folder.
pub(super) fn place(folder: &Utf8Path, site: &Utf8Path) -> io::Result<()> {
    if cfg!(windows)
        && let Err(error) = std::fs::remove_dir(site)
        && error.kind() != io::ErrorKind::NotFound
    {
        return Err(error);
    }
    std::fs::rename(folder, site)
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange_at_once(one: &Utf8Path, other: &Utf8Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(
        CWD,
        one.as_std_path(),
        CWD,
        other.as_std_path(),
        RenameFlags::EXCHANGE,
    )?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange_at_once(_: &Utf8Path, _: &Utf8Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

fn failed(folders: &Folders, cause: io::Error) -> WriteError {
    let site = folders.site.clone();
    match cause.kind() {
        io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices if cfg!(unix) => {
            WriteError::refused(&site, Refusal::MountPoint(site.clone()))
        }
        _ => WriteError::Swap { site, cause },
    }
}
