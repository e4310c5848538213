//! Ends a build in which nothing happens any more.
//!
//! In: a sign of life for every page. A template can loop over a loop over a loop and write nothing, and nothing in the template engine ends that; so
//! the program ends itself, and the former site stays.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use super::terminal::Terminal;

/// No page takes as long, whatever the machine.
const LONGEST_SILENCE: Duration = Duration::from_secs(60);

/// Waits until it is dropped, and ends the program when the signs of life end before.
#[derive(Debug)]
pub struct Patience {
    signs: Arc<AtomicU64>,
    _alive: Sender<()>,
}

impl Patience {
    /// Starts to wait.
    pub fn start(terminal: &Terminal) -> Self {
        let signs = Arc::new(AtomicU64::new(0));
        let (alive, ended) = channel();
        let (seen, terminal) = (Arc::clone(&signs), terminal.clone());
        thread::spawn(move || wait(&seen, &ended, &terminal));
        Self {
            signs,
            _alive: alive,
        }
    }

    /// Notes a sign of life.
    pub fn note(&self) {
        self.signs.fetch_add(1, Ordering::Relaxed);
    }
}

fn wait(signs: &AtomicU64, ended: &Receiver<()>, terminal: &Terminal) {
    let mut before = None;
    while ended.recv_timeout(LONGEST_SILENCE) == Err(RecvTimeoutError::Timeout) {
        let now = signs.load(Ordering::Relaxed);
        if before.replace(now) == Some(now) {
            terminal.fail(&format!(
                "no page was finished for {} s, and nothing was written\n  help: look for loops inside loops in the theme's templates; if there are none, look whether the disk answers",
                LONGEST_SILENCE.as_secs()
            ));
            std::process::exit(2);
        }
    }
}
