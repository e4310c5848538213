//! Why a package could not be made.

use crate::stages::render::RenderError;
use crate::stages::write::WriteError;

/// Why a package could not be made. Faults of the content are findings, not failures.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// A template.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// A file of the author's.
    #[error(transparent)]
    Asset(#[from] WriteError),
    /// The archive, such as one with more than ZIPs can hold.
    #[error("cannot make a ZIP: {0}")]
    Zip(#[from] zip::result::ZipError),
}
