//! Starts the threads that the stages share, or goes on with the one that is there.
//!
//! A container may let a process have one thread alone. A pool that cannot be started ends the process in the middle of its work, so it is tried
//! first whether threads can be had.

use std::num::NonZero;
use std::thread;

use rayon::ThreadPoolBuilder;

use super::Stop;

/// Threads that serve pages, that wait for changes and for signals, and some to spare.
const FOR_A_PREVIEW: usize = 8;

/// Starts as many threads as there are cores, or as the environment asks for.
///
/// # Errors
///
/// When not even the thread that is there can be made a pool.
pub fn start() -> Result<(), Stop> {
    let threads = ThreadPoolBuilder::new();
    let threads = if can_have(wanted()) {
        threads
    } else {
        threads.num_threads(1).use_current_thread()
    };
    threads.build_global().map_err(|error| {
        Stop(format!(
            "cannot start the threads that the work is divided among: {error}\n  help: let this process have more of them (`ulimit -u`), or set RAYON_NUM_THREADS=1"
        ))
    })
}

/// Returns how many threads the pool is going to have.
fn wanted() -> usize {
    let asked = std::env::var("RAYON_NUM_THREADS").ok();
    asked
        .and_then(|number| number.parse().ok())
        .filter(|number| *number > 0)
        .unwrap_or_else(|| thread::available_parallelism().map_or(1, NonZero::get))
}

/// Returns whether a preview can have the threads that it serves pages with.
pub fn are_enough_for_a_preview() -> bool {
    // In the one thread that there is, nobody would make pages for the others.
    rayon::current_thread_index().is_none() && can_have(FOR_A_PREVIEW)
}

/// Returns whether so many threads can be alive at once.
fn can_have(number: usize) -> bool {
    // Each waits until it is told that all that could be started are there.
    thread::scope(|scope| {
        let mut waiting = Vec::with_capacity(number);
        for _ in 0..number {
            match thread::Builder::new().spawn_scoped(scope, thread::park) {
                Ok(handle) => waiting.push(handle),
                Err(_) => break,
            }
        }
        let all = waiting.len() == number;
        for handle in waiting {
            handle.thread().unpark();
        }
        all
    })
}
