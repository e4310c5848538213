//! Hands the program folders that no author would write: whatever stands in them, it ends in time, with little memory, and says what is wrong.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    reason = "tests lay out folders and run the program"
)]

mod addresses;
mod depth;
mod folder;
mod length;
mod paths;
mod processes;
#[path = "../support/mod.rs"]
mod support;
mod templates;
mod text;
mod themes;
