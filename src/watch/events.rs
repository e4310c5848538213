//! Asks the system to tell of changes, or says why it cannot.

use std::sync::mpsc::Sender;

use camino::{Utf8Path, Utf8PathBuf};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::batch::{FOLDERS, Folders, Signal};

/// Why the system does not tell of changes.
#[derive(Debug, thiserror::Error)]
pub enum NoEvents {
    /// Changes made by other machines cause none.
    #[error("`{folder}` is on {kind}, where the system does not see what others change")]
    Share {
        /// The curriculum's folder.
        folder: Utf8PathBuf,
        /// The kind of file system.
        kind: &'static str,
    },
    /// There are more folders than the system lets a user watch.
    #[error("the system can watch no more folders")]
    TooManyFolders,
    /// Something else.
    #[error("the system tells of no changes: {0}")]
    Refused(notify::Error),
}

impl NoEvents {
    /// Returns what the author can do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::TooManyFolders => {
                "raise the system's limit (on Linux `fs.inotify.max_user_watches`), or choose how often to look with `--poll=SECONDS`"
            }
            Self::Share { .. } | Self::Refused(_) => {
                "choose how often to look with `--poll=SECONDS`"
            }
        }
    }
}

impl From<notify::Error> for NoEvents {
    fn from(error: notify::Error) -> Self {
        match error.kind {
            notify::ErrorKind::MaxFilesWatch => Self::TooManyFolders,
            _ => Self::Refused(error),
        }
    }
}

/// Starts to watch the folders of a curriculum.
///
/// # Errors
///
/// When the system would not tell of every change.
pub fn start(folders: &Folders, sender: Sender<Signal>) -> Result<RecommendedWatcher, NoEvents> {
    if let Some(kind) = network_share(&folders.root) {
        return Err(NoEvents::Share {
            folder: folders.root.clone(),
            kind,
        });
    }
    let config = notify::Config::default().with_follow_symlinks(false);
    let handler = move |event| {
        // Nobody waits any more when this fails.
        let _ = sender.send(Signal::Event(event));
    };
    let mut watcher = RecommendedWatcher::new(handler, config)?;
    let mut watch = |path: &Utf8Path, mode| {
        if path.is_dir() {
            watcher.watch(path.as_std_path(), mode)
        } else {
            Ok(())
        }
    };
    watch(&folders.root, RecursiveMode::NonRecursive)?;
    for folder in FOLDERS {
        watch(&folders.root.join(folder), RecursiveMode::Recursive)?;
    }
    if let Some(folder) = folders
        .config
        .parent()
        .filter(|folder| *folder != folders.root)
    {
        watch(folder, RecursiveMode::NonRecursive)?;
    }
    Ok(watcher)
}

/// Returns the kind of file system where changes made by other machines cause no events.
#[cfg(target_os = "linux")]
fn network_share(path: &Utf8Path) -> Option<&'static str> {
    // Numbers from statfs(2).
    let found = rustix::fs::statfs(path.as_std_path()).ok()?;
    match found.f_type as u32 {
        0x6969 => Some("an NFS share"),
        0xff53_4d42 | 0xfe53_4d42 | 0x517b => Some("a Windows share"),
        0x0102_1997 => Some("a 9P share"),
        0x786f_4256 => Some("a folder shared by VirtualBox"),
        0x6573_5546 => Some("a FUSE file system"),
        _ => None,
    }
}

#[cfg(not(target_os = "linux"))]
fn network_share(_: &Utf8Path) -> Option<&'static str> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_fits_the_reason() {
        let share = NoEvents::Share {
            folder: "/c".into(),
            kind: "an NFS share",
        };
        let too_many = notify::Error::new(notify::ErrorKind::MaxFilesWatch);
        let other = notify::Error::generic("out of order");
        for (reason, says, names_limit) in [
            (share, "`/c` is on an NFS share, ", false),
            (
                too_many.into(),
                "the system can watch no more folders",
                true,
            ),
            (other.into(), "out of order", false),
        ] {
            assert!(reason.to_string().contains(says), "{reason}");
            assert_eq!(
                reason.help().contains("max_user_watches"),
                names_limit,
                "{reason}"
            );
            assert!(reason.help().contains("--poll"), "{reason}");
        }
    }
}
