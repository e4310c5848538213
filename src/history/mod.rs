//! Earlier versions of a curriculum, read through the `git` on the path.
//!
//! In: a folder, and what somebody calls a revision. Out: the files as they stood then, in memory. Nothing is fetched, checked out or written: objects are
//! read as they lie in the repository, and no filter, hook or helper of it runs.

mod blobs;
mod command;
mod repository;
mod tree;

pub use blobs::Blobs;
pub use command::GitError;
pub use repository::{Commit, Repository};
pub use tree::{Past, pages_at, past};
