//! Puts names into the order of a language's alphabet.
//!
//! In: names, and an alphabet. Out: keys to sort by, and the letter under which a name stands. An alphabet's letters may have several characters, as in
//! Welsh, where `ll` follows all of `l`; an accent counts only where names are alike without it, unless the alphabet has the letter with it.

use unicode_normalization::char::is_combining_mark;

use super::comparison::form;

/// What names are sorted by: their letters, then their accents.
pub type Key = (Vec<u32>, String);

/// Where the letters of an alphabet begin among the characters of Unicode: at `a`, so that digits and signs come before and other scripts after.
const FIRST: u32 = 'a' as u32;
/// Where everything else from `a` on follows.
const BEYOND: u32 = 0x100;

/// Returns what a name is sorted by.
pub(super) fn key(name: &str, alphabet: &[&str]) -> Key {
    let form = form(name);
    let letters = letters(&form, alphabet).map(|(_, place)| place).collect();
    (letters, form.into_owned())
}

/// Returns the letter under which a name stands in a list, as a heading.
pub(super) fn letter(name: &str, alphabet: &[&str]) -> String {
    let form = form(name);
    let first = letters(&form, alphabet).next();
    let mut chars = first.map_or("", |(letter, _)| letter).chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// Returns the letters of a text in its form, each with its place among all; marks that make no letter are passed over.
fn letters<'f>(text: &'f str, alphabet: &[&str]) -> impl Iterator<Item = (&'f str, u32)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let c = rest.chars().next()?;
            let known = (alphabet.iter().enumerate())
                .filter(|(_, letter)| rest.starts_with(form(letter).as_ref()))
                .max_by_key(|(_, letter)| letter.len());
            let (length, place) = match known {
                Some((place, letter)) => (form(letter).len(), FIRST + place as u32),
                None if (c as u32) < FIRST => (c.len_utf8(), c as u32),
                None => (c.len_utf8(), BEYOND + c as u32),
            };
            let (letter, after) = rest.split_at(length);
            rest = after;
            if known.is_some() || !is_combining_mark(c) {
                return Some((letter, place));
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WELSH: [&str; 29] = [
        "a", "b", "c", "ch", "d", "dd", "e", "f", "ff", "g", "ng", "h", "i", "j", "l", "ll", "m",
        "n", "o", "p", "ph", "r", "rh", "s", "t", "th", "u", "w", "y",
    ];

    fn sorted<'n>(mut names: Vec<&'n str>, alphabet: &[&str]) -> Vec<&'n str> {
        names.sort_by_cached_key(|name| key(name, alphabet));
        names
    }

    #[test]
    fn names_follow_the_letters_and_then_the_accents() {
        let names = vec![
            "Zebra",
            "élan",
            "Elbow",
            "25% rule",
            "élan vital",
            "eland",
            "Elan",
            "日本",
            "empathy",
            "(a)",
        ];
        let expected = [
            "(a)",
            "25% rule",
            "Elan",
            "élan",
            "élan vital",
            "eland",
            "Elbow",
            "empathy",
            "Zebra",
            "日本",
        ];
        assert_eq!(sorted(names, &[]), expected);
    }

    #[test]
    fn letters_of_several_characters_have_their_own_place() {
        let names = vec![
            "dŵr", "ddoe", "da", "llyfr", "lwc", "chi", "cyw", "ngwlad", "haf", "gŵr", "nos",
        ];
        let expected = [
            "cyw", "chi", "da", "dŵr", "ddoe", "gŵr", "ngwlad", "haf", "lwc", "llyfr", "nos",
        ];
        assert_eq!(sorted(names, &WELSH), expected);
        let swedish = [
            "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q",
            "r", "s", "t", "u", "v", "w", "x", "y", "z", "å", "ä", "ö",
        ];
        assert_eq!(
            sorted(vec!["ö", "å", "z", "ä", "a"], &swedish),
            ["a", "z", "å", "ä", "ö"]
        );
    }

    #[test]
    fn the_letter_of_a_name_is_its_first_without_accent() {
        for (name, alphabet, expected) in [
            ("empathy", &[][..], "E"),
            ("Élan", &[], "E"),
            ("25% rule", &[], "2"),
            ("日本", &[], "日"),
            ("llyfr", &WELSH, "Ll"),
            ("", &[], ""),
        ] {
            assert_eq!(letter(name, alphabet), expected, "{name}");
        }
    }
}
