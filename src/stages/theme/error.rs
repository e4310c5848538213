//! Why a theme cannot be used.

use camino::Utf8PathBuf;

/// Why a theme cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ThemeError {
    /// The folder does not exist.
    #[error(
        "there is no theme folder `{path}`\n  help: correct `theme` in config.toml, or remove it to use the default theme"
    )]
    Missing {
        /// Where it was looked for.
        path: Utf8PathBuf,
    },
    /// The name is a path, or no name at all.
    #[error(
        "the theme `{}` cannot be a folder below themes/\n  help: give `theme` in config.toml the name of one folder, without a path", name.escape_debug()
    )]
    Name {
        /// As it is in the configuration.
        name: String,
    },
    /// A file cannot be read.
    #[error("cannot read `{path}`: {reason}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// A file is not what it should be.
    #[error("`{path}` is not a theme file: {reason}")]
    Invalid {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
}
