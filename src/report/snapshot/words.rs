//! Words of a snapshot.

use std::borrow::Cow;

/// Words that are borrowed from a curriculum, or were read from a file.
pub type Words<'c> = Cow<'c, str>;
