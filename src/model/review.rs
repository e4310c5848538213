//! Sign-off: what a reviewer approved, and whether it still stands so.
//!
//! `stages/review/sign_off.rs` holds pages against what was signed off.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Bytes of a digest that are kept: enough that no edit brings back an old one by chance.
const BYTES: usize = 12;

/// The meaning of one file: a digest of its words, whatever the white space between them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Meaning(pub [u8; BYTES]);

impl Meaning {
    /// Digests a text that has been brought into one form.
    pub fn of(text: impl AsRef<[u8]>) -> Self {
        let mut bytes = [0; BYTES];
        bytes.copy_from_slice(&blake3::hash(text.as_ref()).as_bytes()[..BYTES]);
        Self(bytes)
    }
}

/// Written as 24 hexadecimal digits.
impl fmt::Display for Meaning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.0 {
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl FromStr for Meaning {
    type Err = NotAFingerprint;

    fn from_str(text: &str) -> Result<Self, NotAFingerprint> {
        let digits = text.as_bytes();
        if digits.len() != BYTES * 2 {
            return Err(NotAFingerprint);
        }
        let mut bytes = [0; BYTES];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let digit = |at: usize| char::from(pair[at]).to_digit(16).ok_or(NotAFingerprint);
            *byte = (digit(0)? * 16 + digit(1)?) as u8;
        }
        Ok(Self(bytes))
    }
}

/// How the words of a page are digested. What was signed off by an earlier recipe is held against the page by that one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Recipe {
    /// All that the file says.
    First,
    /// Without what changes when something moves, and what learners do not read: where links within the curriculum lead, ids, languages, minutes, sentences
    /// that are given as evidence, words for editors.
    #[default]
    Second,
}

impl Recipe {
    /// What stands before the fingerprints of the second recipe.
    const SECOND: &'static str = "2";
}

/// The meaning of one file, by each recipe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Meanings {
    /// By the first one.
    pub first: Meaning,
    /// By the second one.
    pub second: Meaning,
}

impl Meanings {
    /// Returns the meaning by a recipe.
    pub fn by(self, recipe: Recipe) -> Meaning {
        match recipe {
            Recipe::First => self.first,
            Recipe::Second => self.second,
        }
    }
}

/// What a reviewer signs off: a page's own words, the definitions of the topics that it carries, and the texts of its claims.
///
/// Written as three runs of 24 hexadecimal digits with `-` between them, by the second recipe with `2-` before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint {
    /// How the words are digested.
    pub recipe: Recipe,
    /// Of the page's own words.
    pub words: Meaning,
    /// Of the topics' definitions.
    pub topics: Meaning,
    /// Of the claims' texts.
    pub claims: Meaning,
}

impl Fingerprint {
    /// Returns whether a page with these words of its own was signed off.
    pub fn is_of(&self, words: Meanings) -> bool {
        self.words == words.by(self.recipe)
    }

    /// Returns what differs from what was signed off, in words for people.
    pub fn differences(&self, signed: &Self) -> Vec<&'static str> {
        let mut changed = Vec::new();
        for (now, then, what) in [
            (self.words, signed.words, "its words"),
            (self.topics, signed.topics, "a topic that it carries"),
            (self.claims, signed.claims, "a claim that it carries"),
        ] {
            if now != then {
                changed.push(what);
            }
        }
        changed
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.recipe == Recipe::Second {
            write!(f, "{}-", Recipe::SECOND)?;
        }
        for (index, part) in [self.words, self.topics, self.claims].iter().enumerate() {
            if index > 0 {
                f.write_str("-")?;
            }
            write!(f, "{part}")?;
        }
        Ok(())
    }
}

/// A text is not a fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a fingerprint has three parts of 24 hexadecimal digits")]
pub struct NotAFingerprint;

impl FromStr for Fingerprint {
    type Err = NotAFingerprint;

    fn from_str(text: &str) -> Result<Self, NotAFingerprint> {
        let (recipe, digits) = match text.split_once('-') {
            Some((Recipe::SECOND, digits)) => (Recipe::Second, digits),
            _ => (Recipe::First, text),
        };
        let mut parts = digits.split('-');
        let mut next = || parts.next().ok_or(NotAFingerprint)?.parse();
        let fingerprint = Self {
            recipe,
            words: next()?,
            topics: next()?,
            claims: next()?,
        };
        if parts.next().is_some() {
            return Err(NotAFingerprint);
        }
        Ok(fingerprint)
    }
}

/// One entry of `reviews.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SignOff {
    /// Path below `modules/`.
    pub path: String,
    /// What was approved.
    pub fingerprint: Fingerprint,
    /// Who approved it.
    pub reviewer: String,
    /// When.
    pub approved_on: Date,
}

/// What became of a sign-off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Approval {
    /// The page stands as it was signed off.
    Approved,
    /// The page has changed since.
    Suspect,
    /// Nobody has signed the page off.
    Unreviewed,
    /// The page was removed or renamed, or is a draft.
    Absent,
}

impl Approval {
    /// Returns the name as it stands in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Suspect => "suspect",
            Self::Unreviewed => "unreviewed",
            Self::Absent => "absent",
        }
    }
}

/// Whether a page stands as it was approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReviewState<'r> {
    /// Nobody has signed it off.
    Unreviewed,
    /// It stands as it was signed off.
    Approved(&'r SignOff),
    /// It has changed since; with what has.
    Suspect(&'r SignOff, Vec<&'static str>),
}

impl<'r> ReviewState<'r> {
    /// Returns what became of the sign-off, without saying whose it is.
    pub const fn approval(&self) -> Approval {
        match self {
            Self::Unreviewed => Approval::Unreviewed,
            Self::Approved(_) => Approval::Approved,
            Self::Suspect(..) => Approval::Suspect,
        }
    }

    /// Returns the last sign-off, if there is one.
    pub const fn sign_off(&self) -> Option<&'r SignOff> {
        match self {
            Self::Unreviewed => None,
            Self::Approved(sign_off) | Self::Suspect(sign_off, _) => Some(*sign_off),
        }
    }

    /// Returns what has changed since the last sign-off.
    pub fn changed(&self) -> &[&'static str] {
        match self {
            Self::Suspect(_, changed) => changed,
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_as_it_is_written() {
        let fingerprint = Fingerprint {
            recipe: Recipe::Second,
            words: Meaning::of("words"),
            topics: Meaning::of(""),
            claims: Meaning([0xff; BYTES]),
        };
        let first = Fingerprint {
            recipe: Recipe::First,
            ..fingerprint
        };
        for fingerprint in [fingerprint, first] {
            assert_eq!(fingerprint.to_string().parse(), Ok(fingerprint));
        }
        assert_eq!(fingerprint.to_string(), format!("2-{first}"));
        for text in [
            "",
            "2-",
            &format!("3-{first}"),
            &format!("2-2-{first}"),
            "ab-cd-ef",
            &format!("{fingerprint}-"),
            &fingerprint.to_string().replace('f', "g"),
        ] {
            assert_eq!(text.parse::<Fingerprint>(), Err(NotAFingerprint), "{text}");
        }
    }

    #[test]
    fn differences_name_what_changed() {
        let signed = Fingerprint {
            recipe: Recipe::Second,
            words: Meaning::of("a"),
            topics: Meaning::of("b"),
            claims: Meaning::of("c"),
        };
        let now = Fingerprint {
            topics: Meaning::of("x"),
            ..signed
        };
        assert_eq!(now.differences(&signed), ["a topic that it carries"]);
        assert!(signed.differences(&signed).is_empty());
    }
}
