//! The `throughline` program.

use std::process::ExitCode;

/// A build asks for small pieces of memory and gives them back on all threads at once: this takes a fifth less time for that than the C library.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    throughline::cli::run()
}
