//! Takes turns at hosts: one request at a time, with a pause, and none once a host has stopped answering.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::verdict::Cause;

/// The hosts that have been asked.
#[derive(Debug)]
pub(super) struct Hosts {
    pause: Duration,
    /// How often in a row a host may give no answer.
    patience: u32,
    known: Mutex<HashMap<String, Arc<Mutex<Host>>>>,
}

#[derive(Debug)]
struct Host {
    /// Not asked before.
    next: Instant,
    /// How often in a row it gave no answer.
    silences: u32,
}

impl Hosts {
    pub fn new(pause: Duration, patience: u32) -> Self {
        Self {
            pause,
            patience,
            known: Mutex::default(),
        }
    }

    /// Waits for the host's turn, and asks it; returns how long that took, without the waiting.
    pub fn in_turn<T>(
        &self,
        name: &str,
        ask: impl FnOnce() -> Result<T, Cause>,
    ) -> (Result<T, Cause>, Duration) {
        let host = self.host(name);
        // Held while the host is asked: that is what makes it one request at a time.
        let mut host = host.lock().unwrap_or_else(PoisonError::into_inner);
        if host.silences >= self.patience {
            return (Err(Cause::HostSilent), Duration::ZERO);
        }
        std::thread::sleep(host.next.saturating_duration_since(Instant::now()));
        let started = Instant::now();
        let answer = ask();
        match &answer {
            Err(cause) if cause.is_silence() => host.silences += 1,
            _ => host.silences = 0,
        }
        host.next = Instant::now() + self.pause;
        (answer, started.elapsed())
    }

    /// Leaves a host alone for a while.
    pub fn rest(&self, name: &str, wait: Duration) {
        let host = self.host(name);
        let mut host = host.lock().unwrap_or_else(PoisonError::into_inner);
        host.next = host.next.max(Instant::now() + wait);
    }

    fn host(&self, name: &str) -> Arc<Mutex<Host>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let host = known.entry(name.to_owned()).or_insert_with(|| {
            Arc::new(Mutex::new(Host {
                next: Instant::now(),
                silences: 0,
            }))
        });
        Arc::clone(host)
    }
}
