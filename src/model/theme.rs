//! A theme: templates, static files, and the words of the interface.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Words of the interface by key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Strings(pub Arc<BTreeMap<String, String>>);

impl Strings {
    /// Returns the words of a key; the key itself where the theme has none.
    pub fn get<'s>(&'s self, key: &'s str) -> &'s str {
        self.0.get(key).map_or(key, String::as_str)
    }
}

/// A theme as it was found: the default's files with the chosen theme's in their places.
#[derive(Debug, Clone, Default)]
pub struct Theme {
    /// Templates by name; the default's also as `default/<name>`.
    pub templates: BTreeMap<String, Cow<'static, str>>,
    /// Static files by path below `assets/`.
    pub files: BTreeMap<String, Cow<'static, [u8]>>,
    /// What stands beside the site in a package for a learning platform, by path below `throughline/`.
    pub package: BTreeMap<String, Cow<'static, [u8]>>,
    /// Words of the interface.
    pub strings: Strings,
}
