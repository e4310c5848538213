//! Why the tool could not work.

use crate::stages::render::RenderError;
use crate::stages::{config, discover, theme, write};

/// Why the tool could not work. Faults of the content are findings, not failures.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] config::ConfigError),
    /// The sources.
    #[error(transparent)]
    Discover(#[from] discover::DiscoverError),
    /// The theme.
    #[error(transparent)]
    Theme(#[from] theme::ThemeError),
    /// A template.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The output.
    #[error(transparent)]
    Write(#[from] write::WriteError),
}
