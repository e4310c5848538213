//! Why the sources could not be read.

use camino::Utf8PathBuf;

/// Why the sources could not be read.
#[derive(Debug, thiserror::Error)]
pub enum DiscoverError {
    /// There is no `modules` folder.
    #[error("there is no folder `{0}`: lessons belong there")]
    NoModules(Utf8PathBuf),
    /// A file or folder could not be read.
    #[error("cannot read `{path}`: {source}")]
    Unreadable {
        /// What could not be read.
        path: String,
        /// Why.
        source: std::io::Error,
    },
}
