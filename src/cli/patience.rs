//! Ends a build whose pages are never finished.
//!
//! In: how many pages there are, and a sign of life for each. A template can loop over a loop over a loop and write nothing, and nothing in the
//! template engine ends that; so the program ends itself, and the former site stays. Whatever else takes long is left to take long.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::terminal::Terminal;

/// No page takes as long, whatever the machine.
const LONGEST_SILENCE: Duration = Duration::from_secs(60);

/// Ends the program when the signs of life end before all pages are done.
#[derive(Debug)]
pub struct Patience {
    /// Pages that are to come.
    left: Arc<AtomicU64>,
    /// What the waiting thread hears when this is dropped.
    alive: Mutex<Option<Sender<()>>>,
}

impl Patience {
    /// Prepares to wait.
    pub fn new() -> Self {
        Self {
            left: Arc::default(),
            alive: Mutex::default(),
        }
    }

    /// Starts to wait for so many pages.
    pub fn start(&self, pages: u64, terminal: &Terminal) {
        self.left.store(pages, Ordering::Relaxed);
        let (alive, ended) = channel();
        let (left, terminal) = (Arc::clone(&self.left), terminal.clone());
        let waiting = thread::Builder::new().name("patience".into());
        // Where no thread can be started, nobody waits.
        let _ = waiting.spawn(move || wait(&left, &ended, &terminal));
        *self.alive.lock().unwrap_or_else(PoisonError::into_inner) = Some(alive);
    }

    /// Notes that a page is done.
    pub fn note(&self) {
        self.left.fetch_sub(1, Ordering::Relaxed);
    }
}

fn wait(left: &AtomicU64, ended: &Receiver<()>, terminal: &Terminal) {
    let mut before = None;
    while ended.recv_timeout(LONGEST_SILENCE) == Err(RecvTimeoutError::Timeout) {
        let now = left.load(Ordering::Relaxed);
        if now == 0 {
            return;
        }
        if before.replace(now) == Some(now) {
            terminal.fail(&format!(
                "no page was finished for {} s, and nothing was written\n  help: look for loops inside loops in the theme's templates; if there are none, look whether the disk answers",
                LONGEST_SILENCE.as_secs()
            ));
            std::process::exit(2);
        }
    }
}
