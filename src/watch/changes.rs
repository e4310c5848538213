//! Notices that files have changed: from the system's events, or by looking every second where the system gives none.
//!
//! In: the folders of a curriculum. Out: batches of paths. A burst of events becomes one batch; reading causes none. Whether anything is different
//! is not decided here: `session` compares contents.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use notify::event::{
    AccessKind, AccessMode, CreateKind, EventKind, ModifyKind, RemoveKind, RenameMode,
};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::batch::{Batch, FOLDERS, Folders, Signal};
use super::events::{self, NoEvents};
use super::poll::Poll;

/// After a save that is complete, nothing more is expected.
const AFTER_SAVE: Duration = Duration::from_millis(6);
/// After anything else, or several files, more may come.
const AFTER_BURST: Duration = Duration::from_millis(60);
/// Nobody waits longer than this, whatever still comes.
const LONGEST_BURST: Duration = Duration::from_secs(2);
/// Files made in a new folder before the system watched it are found by a second look.
const SECOND_LOOK: Duration = Duration::from_millis(400);

/// How changes are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// By the system's events, or by looking where there are none.
    Events,
    /// By looking this often.
    Polling(Duration),
}

/// How often to look where the system gives no events.
pub const USUAL_POLL: Duration = Duration::from_secs(1);

/// Waits for changes.
#[derive(Debug)]
pub struct Changes {
    folders: Folders,
    signals: Receiver<Signal>,
    source: Source,
    /// When to look at everything once more.
    second_look: Option<Instant>,
    /// Why there is polling, until somebody was told.
    reason: Option<NoEvents>,
}

#[derive(Debug)]
enum Source {
    Events(RecommendedWatcher),
    Polling(Poll, Duration),
}

/// Paths of a burst: whether what happened to each is complete.
type Burst = BTreeMap<Utf8PathBuf, Completeness>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Completeness {
    Complete,
    MoreToCome,
}

impl Changes {
    /// Starts to watch. What changes from now on is noticed.
    ///
    /// Also returns the sender with which to say that it is time to end.
    pub fn start(folders: Folders, how: How) -> (Self, Sender<Signal>) {
        let (sender, signals) = channel();
        let (source, reason) = match how {
            How::Polling(every) => (Source::Polling(Poll::start(&folders), every), None),
            How::Events => match events::start(&folders, sender.clone()) {
                Ok(watcher) => (Source::Events(watcher), None),
                Err(reason) => (
                    Source::Polling(Poll::start(&folders), USUAL_POLL),
                    Some(reason),
                ),
            },
        };
        let changes = Self {
            folders,
            signals,
            source,
            second_look: None,
            reason,
        };
        (changes, sender)
    }

    /// Notices from now on what changes where links lead that the curriculum's folders do not hold.
    pub fn follow(&mut self, links: &[Utf8PathBuf]) {
        for link in links {
            if self.folders.hold(link) {
                continue;
            }
            self.folders.links.insert(link.clone());
            let Source::Events(watcher) = &mut self.source else {
                continue;
            };
            // A file is saved by putting another one into its place, which its folder sees.
            let (folder, mode) = match link.parent() {
                Some(folder) if !link.is_dir() => (folder, RecursiveMode::NonRecursive),
                _ => (link.as_path(), RecursiveMode::Recursive),
            };
            if let Err(error) = watcher.watch(folder.as_std_path(), mode) {
                self.give_up_events(error.into());
            }
        }
    }

    /// Returns why files are looked at every second instead of waited for; once.
    pub fn reason_to_poll(&mut self) -> Option<NoEvents> {
        self.reason.take()
    }

    /// Waits for the next batch; `None` when it is time to end.
    pub fn next_batch(&mut self) -> Option<Batch> {
        loop {
            let batch = match &mut self.source {
                Source::Polling(poll, every) => {
                    match self.signals.recv_timeout(*every) {
                        Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return None,
                        // Events of a watcher that was given up.
                        Ok(Signal::Event(_)) => continue,
                        Err(RecvTimeoutError::Timeout) => {}
                    }
                    poll.look(&self.folders)
                }
                Source::Events(_) => self.next_events()?,
            };
            if batch.rescan || !batch.paths.is_empty() {
                return Some(batch);
            }
        }
    }

    /// Gathers a burst of events.
    fn next_events(&mut self) -> Option<Batch> {
        let mut batch = Batch::default();
        let mut burst = Burst::new();
        let mut started = None;
        loop {
            let wait = match (started, self.second_look) {
                (None, None) => Duration::from_secs(3600),
                (None, Some(look)) => look.saturating_duration_since(Instant::now()),
                (Some(started), _) => quiet_after(&burst)
                    .min(LONGEST_BURST.saturating_sub(Instant::elapsed(&started))),
            };
            match self.signals.recv_timeout(wait) {
                Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return None,
                Ok(Signal::Event(event)) => {
                    self.note(event, &mut burst, &mut batch);
                    if batch.rescan || !burst.is_empty() {
                        started.get_or_insert_with(Instant::now);
                    }
                }
                Err(RecvTimeoutError::Timeout) if started.is_none() => {
                    if self
                        .second_look
                        .take_if(|look| *look <= Instant::now())
                        .is_some()
                    {
                        return Some(Batch::everything());
                    }
                }
                Err(RecvTimeoutError::Timeout) => break,
            }
        }
        batch.paths.extend(burst.into_keys());
        self.watch_again(&batch);
        Some(batch)
    }

    /// Notes what an event says about each of its paths.
    fn note(&mut self, event: notify::Result<Event>, burst: &mut Burst, batch: &mut Batch) {
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                batch.rescan = true;
                if is_final(&error) {
                    self.give_up_events(error.into());
                }
                return;
            }
        };
        batch.rescan |= event.need_rescan();
        let Some(completeness) = completeness(event.kind) else {
            return;
        };
        for path in event.paths {
            let Ok(path) = Utf8PathBuf::from_path_buf(path) else {
                batch.rescan = true;
                continue;
            };
            if !self.folders.hold(&path) {
                continue;
            }
            if is_about_a_folder(event.kind, &path) {
                batch.rescan = true;
                self.second_look = Some(Instant::now() + SECOND_LOOK);
            }
            burst.insert(path, completeness);
        }
    }

    /// Polls from now on, since the system can watch no more.
    fn give_up_events(&mut self, reason: NoEvents) {
        self.reason = Some(reason);
        self.source = Source::Polling(Poll::start(&self.folders), USUAL_POLL);
    }

    /// Watches folders again that were taken away and have come back.
    fn watch_again(&mut self, batch: &Batch) {
        let Source::Events(watcher) = &mut self.source else {
            return;
        };
        for name in FOLDERS {
            let folder = self.folders.root.join(name);
            if batch.paths.contains(&folder) {
                // It may have been watched, or not, or as another folder of this name.
                let _ = watcher.unwatch(folder.as_std_path());
                if folder.is_dir()
                    && let Err(error) =
                        watcher.watch(folder.as_std_path(), RecursiveMode::Recursive)
                {
                    self.give_up_events(error.into());
                    return;
                }
            }
        }
    }
}

/// Returns whether the system will tell of no more changes in some folder; one that is gone needs no watching.
fn is_final(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => true,
        notify::ErrorKind::Io(error) => error.kind() != std::io::ErrorKind::NotFound,
        _ => false,
    }
}

/// Returns what an event says about a path, or nothing where it says that somebody has read it.
fn completeness(kind: EventKind) -> Option<Completeness> {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write))
        | EventKind::Modify(
            ModifyKind::Metadata(_) | ModifyKind::Name(RenameMode::To | RenameMode::Both),
        ) => Some(Completeness::Complete),
        EventKind::Access(_) => None,
        _ => Some(Completeness::MoreToCome),
    }
}

fn is_about_a_folder(kind: EventKind, path: &Utf8Path) -> bool {
    match kind {
        EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder) => true,
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)) => path.is_dir(),
        _ => false,
    }
}

/// Returns how long nothing may happen before a burst is over.
fn quiet_after(burst: &Burst) -> Duration {
    let complete = burst.values().all(|state| *state == Completeness::Complete);
    if complete && burst.len() == 1 {
        AFTER_SAVE
    } else {
        AFTER_BURST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sources_themes_and_the_configuration_count() {
        let folders = Folders {
            root: "/c".into(),
            config: "/c/config.toml".into(),
            links: ["/c/texts/a.md".into(), "/c/.more".into()].into(),
        };
        for (path, expected) in [
            ("/c/config.toml", true),
            ("/c/modules", true),
            ("/c/modules/01-a/01-b.md", true),
            ("/c/themes/own/static/site.css", true),
            ("/c/modules/01-a/.01-b.md.swp", false),
            ("/c/modules/01-a/01-b.md~", false),
            ("/c/modules/.git/x", false),
            ("/c/public/index.html", false),
            ("/c/README.md", false),
            ("/d/modules/x.md", false),
            ("/c/texts/a.md", true),
            ("/c/texts/b.md", false),
            ("/c/.more/x.md", true),
            ("/c/.more/.x.md.swp", false),
        ] {
            assert_eq!(folders.hold(path.into()), expected, "{path}");
        }
    }

    #[test]
    fn reading_is_no_change_and_a_finished_save_is_complete() {
        use notify::event::{DataChange, MetadataKind};
        for (kind, expected) in [
            (EventKind::Access(AccessKind::Read), None),
            (EventKind::Access(AccessKind::Open(AccessMode::Read)), None),
            (EventKind::Access(AccessKind::Close(AccessMode::Read)), None),
            (
                EventKind::Access(AccessKind::Close(AccessMode::Write)),
                Some(Completeness::Complete),
            ),
            (
                EventKind::Modify(ModifyKind::Data(DataChange::Any)),
                Some(Completeness::MoreToCome),
            ),
            (
                EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any)),
                Some(Completeness::Complete),
            ),
            (
                EventKind::Modify(ModifyKind::Name(RenameMode::From)),
                Some(Completeness::MoreToCome),
            ),
            (
                EventKind::Modify(ModifyKind::Name(RenameMode::To)),
                Some(Completeness::Complete),
            ),
            (
                EventKind::Remove(RemoveKind::File),
                Some(Completeness::MoreToCome),
            ),
        ] {
            assert_eq!(completeness(kind), expected, "{kind:?}");
        }
    }
}
