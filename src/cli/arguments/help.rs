//! What is about the program itself: `explain` and `completions`.

use clap::Args;
use clap_complete::Shell;

/// Options of `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// The rule's name; without one, all rules are listed
    pub rule: Option<String>,
}

/// Options of `completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    pub shell: Shell,
}
