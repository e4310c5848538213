//! Runs git so that it reads what is there and does nothing else.
//!
//! In: arguments. Out: what git wrote to standard output.

use std::io;
use std::process::{Command, Output, Stdio};

use camino::{Utf8Path, Utf8PathBuf};

/// Why git could not say what stood in a curriculum.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// There is no git.
    #[error(
        "no `git` is on the path, which reads earlier versions\n  help: install git, or name a folder or a file that `throughline snapshot` wrote"
    )]
    Missing,
    /// The curriculum is in no repository.
    #[error(
        "`{0}` is in no git repository\n  help: name a folder, or a file that `throughline snapshot` wrote"
    )]
    NoRepository(Utf8PathBuf),
    /// git does not know a revision.
    #[error("git knows no revision `{name}`\n  help: {help}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// What to ask for instead.
        help: String,
    },
    /// This clone has only the last commits.
    #[error(
        "git knows no revision `{0}`: this clone has only its last commits\n  help: fetch all of them with `git fetch --unshallow`; in GitHub Actions, give `actions/checkout` the option `fetch-depth: 0`"
    )]
    Shallow(String),
    /// A curriculum's files are not in the revision.
    #[error(
        "at `{name}` there was no curriculum: no folder `{folder}`\n  help: name a later revision"
    )]
    NoCurriculum {
        /// The revision.
        name: String,
        /// The folder that is not there.
        folder: String,
    },
    /// An object is not in this clone.
    #[error(
        "this clone does not have all that stood at the revision: the object {0} is not here\n  help: fetch it with `git fetch --refetch --no-filter`"
    )]
    NotHere(String),
    /// git failed.
    #[error("git could not read the repository: {0}")]
    Failed(String),
    /// git could not be run, or stopped.
    #[error("cannot run git: {0}")]
    Io(#[from] io::Error),
}

/// Returns git for a folder, which must exist.
///
/// Nobody is asked for a password, nothing that a partial clone left out is fetched, other objects in the place of objects are not looked at, and what the
/// repository says about paging, colours or signatures makes no difference.
pub fn git(folder: &Utf8Path) -> Command {
    let mut command = Command::new("git");
    command
        .args(["--no-pager", "--no-replace-objects", "--literal-pathspecs"])
        .args(["-c", "protocol.allow=never", "-c", "core.fsmonitor=false"])
        .arg("-C")
        .arg(folder)
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("LC_ALL", "C")
        .stdin(Stdio::null());
    command
}

/// Runs git, and returns what became of it.
pub fn run(command: &mut Command) -> Result<Output, GitError> {
    command.output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => GitError::Missing,
        _ => error.into(),
    })
}

/// Runs git, and returns what it wrote where that went well.
pub fn output(command: &mut Command) -> Result<Vec<u8>, GitError> {
    let output = run(command)?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(GitError::Failed(reason(&output)))
    }
}

/// Returns the first line of what git said was wrong.
pub fn reason(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said.lines().find(|line| !line.trim().is_empty());
    let line = line.unwrap_or("it did not say why");
    line.trim_start_matches("fatal: ").to_owned()
}
