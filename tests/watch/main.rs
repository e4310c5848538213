//! Drives the real preview server over loopback: what it serves, what it notices, what it survives, and whom it refuses.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests lay out folders and run the program"
)]

mod changes;
mod client;
mod ending;
mod faults;
mod property;
mod safety;
mod serving;
