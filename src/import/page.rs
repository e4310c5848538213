//! A page on its way.

use super::convert::Prepared;
use super::layout::Placed;

/// A page on its way.
pub(super) struct Page {
    /// Where it goes.
    pub placed: Placed,
    /// Its text in the source.
    pub text: String,
    /// It, as far as it goes without the others.
    pub prepared: Prepared,
}
