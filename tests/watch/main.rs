//! Drives the real preview server over loopback: what it serves, what it notices, what it survives, and whom it refuses.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests lay out folders, run the program and say what they measured"
)]

mod changes;
mod client;
mod ending;
mod faults;
mod safety;
mod serving;
#[cfg(target_os = "linux")]
mod soak;
#[path = "../support/mod.rs"]
mod support;
