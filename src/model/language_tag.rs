//! The tag of a language.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// A BCP 47 tag, such as `cy` or `pt-BR`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct LanguageTag(Arc<str>);

/// Why a text is no language tag.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is no language tag")]
pub struct NoTag(String);

impl LanguageTag {
    /// Returns the tag as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns a name of a file and the tag behind its last dot, where that has the form of one: `02-ends.cy` is `02-ends` in Welsh.
    pub fn behind(stem: &str) -> Option<(&str, &str)> {
        let (original, tag) = stem.rsplit_once('.')?;
        tag.parse::<Self>().is_ok().then_some((original, tag))
    }
}

/// English: the language of a curriculum that names none.
impl Default for LanguageTag {
    fn default() -> Self {
        Self("en".into())
    }
}

/// Takes what begins with a language of two or three letters, and has parts of up to eight letters and digits with hyphens between them.
///
/// Whether the language is registered is not asked.
impl FromStr for LanguageTag {
    type Err = NoTag;

    fn from_str(tag: &str) -> Result<Self, NoTag> {
        let fits = |part: &str| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        let language = tag.split('-').next().unwrap_or("");
        let is_language = (2..=3).contains(&language.len())
            && language.bytes().all(|byte| byte.is_ascii_alphabetic());
        if is_language && tag.split('-').all(fits) {
            Ok(Self(tag.into()))
        } else {
            Err(NoTag(tag.to_owned()))
        }
    }
}

impl fmt::Debug for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_begins_with_a_language() {
        for tag in [
            "en",
            "en-GB",
            "cy",
            "zh-Hant-TW",
            "sr-Latn-RS",
            "gsw",
            "de-1996",
            "en-x-plain",
        ] {
            assert!(tag.parse::<LanguageTag>().is_ok(), "{tag}");
        }
        for tag in [
            "",
            "e",
            "english",
            "en_GB",
            "en-",
            "-en",
            "en--gb",
            "e2",
            "Cymraeg",
            "en gb",
            "en-incomprehensible",
            "é\u{301}",
        ] {
            assert!(tag.parse::<LanguageTag>().is_err(), "{tag}");
        }
    }
}
