//! Short names for lessons, questions and scenarios: a platform keeps a few thousand characters, and what a learner did must outlast edits of the text.
//!
//! A key is a digest of an address and an id, so that nothing has to be written down for it. Keys of one package differ: where two would be alike, the first
//! one in reading order has it, and the other one the next digest.

use std::collections::HashSet;

/// What keys are written with: a platform keeps these characters as they are.
const LETTERS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

/// Characters of a key.
const LENGTH: usize = 3;

/// The keys of a package.
#[derive(Debug, Default)]
pub struct Keys {
    taken: HashSet<String>,
}

impl Keys {
    /// Returns a key that nothing else in the package has: of a lesson's address, and of the id of what stands in it.
    pub fn claim(&mut self, address: &str, id: &str) -> String {
        let mut digests = (0..).map(|time| key(address, id, time));
        let free = digests.find(|key| !self.taken.contains(key));
        let key = free.expect("digests of numbers have no end");
        self.taken.insert(key.clone());
        key
    }

    /// Returns the keys under which the same was known at other addresses, without those that something else has.
    pub fn former<'a>(&self, addresses: impl Iterator<Item = &'a str>, id: &str) -> Vec<String> {
        let former = addresses.map(|address| key(address, id, 0));
        former.filter(|key| !self.taken.contains(key)).collect()
    }
}

/// Characters of a digest that no other in a package has, as good as surely.
const DIGEST: usize = 8;

/// Returns a digest of a lesson's address, and of the id of what stands in it.
pub fn digest(address: &str, id: &str) -> String {
    letters(address, id, 0, DIGEST)
}

fn key(address: &str, id: &str, time: u32) -> String {
    letters(address, id, time, LENGTH)
}

fn letters(address: &str, id: &str, time: u32, length: usize) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(address.as_bytes());
    hasher.update(b"#");
    hasher.update(id.as_bytes());
    if time > 0 {
        hasher.update(&time.to_le_bytes());
    }
    let digest = hasher.finalize();
    let bytes = digest.as_bytes().iter().take(length);
    bytes.map(|byte| letter(*byte)).collect()
}

/// Returns the character of a byte's upper six bits.
fn letter(byte: u8) -> char {
    char::from(LETTERS[usize::from(byte >> 2)])
}

/// Returns the one character that a stored answer carries of the options that it was given to: an answer to others is dropped, and not misread.
pub fn mark(digest: &blake3::Hash) -> char {
    letter(digest.as_bytes()[0])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn keys_differ_in_a_package_and_stay_when_others_come(
            names in prop::collection::btree_set("[a-z/]{1,8}\\.html", 1..400),
            more in prop::collection::btree_set("[a-z/]{9,12}\\.html", 0..40),
        ) {
            let mut keys = Keys::default();
            let claimed: BTreeMap<&String, String> =
                names.iter().map(|name| (name, keys.claim(name, ""))).collect();
            let different: HashSet<&String> = claimed.values().collect();
            prop_assert_eq!(different.len(), names.len());
            for key in claimed.values() {
                prop_assert!(key.len() == LENGTH && key.bytes().all(|byte| LETTERS.contains(&byte)));
            }
            // What comes behind others never changes their keys.
            let mut again = Keys::default();
            for name in &names {
                prop_assert_eq!(&again.claim(name, ""), &claimed[name]);
            }
            for name in &more {
                prop_assert!(!different.contains(&again.claim(name, "")));
            }
            for old in again.former(names.iter().map(String::as_str), "q") {
                prop_assert!(!different.contains(&old));
            }
        }
    }

    #[test]
    fn a_key_that_is_taken_gives_way_to_the_next_digest() {
        let mut keys = Keys::default();
        let first = keys.claim("income/practice.html", "q-450");
        assert_eq!(first, key("income/practice.html", "q-450", 0));
        let second = keys.claim("income/practice.html", "q-450");
        assert_eq!(second, key("income/practice.html", "q-450", 1));
        assert_ne!(first, second);
        // The former key of something else is not given out while it means this.
        assert!(
            keys.former(["income/practice.html"].into_iter(), "q-450")
                .is_empty()
        );
        assert_eq!(
            keys.former(["old.html"].into_iter(), "q-450"),
            [key("old.html", "q-450", 0)]
        );
    }
}
