//! The comparison form: two stretches of text say the same where their forms are the same bytes.
//!
//! Names of topics, words to avoid, vague link words and the texts that they are looked for in are all compared by it, and a search index can be: it
//! depends on no language. The form of a text is made in this order, of the whole text:
//!
//! 1. *Characters with their marks are taken apart* (Unicode's canonical decomposition, NFD): `é` is `e` and U+0301, however it was typed.
//! 2. *What nobody sees is left out*: soft hyphens (U+00AD), joiners, zero-width spaces, direction marks and variation selectors, which are U+034F,
//!    U+061C, U+180E, U+200B to U+200F, U+202A to U+202E, U+2060 to U+2064, U+2066 to U+206F, U+FE00 to U+FE0F and U+FEFF.
//! 3. *Case is folded* by Unicode's full case folding (`CaseFolding.txt`, statuses C and F): `ß` and `ẞ` are `ss`, `ﬁ` is `fi`, `ς` is `σ`. Then what
//!    that has made is taken apart once more (NFD). Where case counts, this step is left out.
//! 4. *Apostrophes are one*: U+2018, U+2019, U+201B, U+2032, U+02BC, U+00B4 and U+FF07 become U+0027.
//! 5. *Hyphens are one*: U+2010, U+2011, U+FE63 and U+FF0D become U+002D. Dashes and the minus sign are none.
//! 6. *Double quotation marks are one*: U+201C to U+201F and U+FF02 become U+0022.
//! 7. *White space is one space*: every run of characters with the property White_Space becomes one U+0020, and none stands at either end.
//!
//! Accents count, words are not stemmed, and compatibility characters (`２`, `½`, `Ⅳ`) stay what they are. A script in a page makes the same form by
//! `normalize("NFD")`, a replacement for step 2, `toLowerCase().toUpperCase().toLowerCase()` for all letters but `ı` with `ς` turned into `σ`,
//! `normalize("NFD")` again, and a replacement for each of the other steps.
//!
//! A form is read piece by piece: a piece is an ASCII character, or any other with the marks on it and whatever is hidden behind it. What stands between two
//! pieces is a place in the text, so that hits have exact ends.

use std::borrow::Cow;
use std::ops::Range;

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;

use super::scripts::{continues, is_hidden};

/// Whether case makes a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// It makes none.
    Folded,
    /// It does.
    Kept,
}

/// Bytes of a text that are read as one piece, and a character more: no letter carries as many marks as fit in here, and without a bound marks without
/// end would be read again from every place before them.
const LONGEST_PIECE: usize = 64;

/// Returns the comparison form of a text.
pub fn form(text: &str) -> Cow<'_, str> {
    form_by(text, Case::Folded)
}

/// Returns where words stand in a text, as people read both.
pub fn place_of(text: &str, words: &str) -> Option<Range<usize>> {
    let wanted = form(words);
    if wanted.is_empty() {
        return None;
    }
    let mut form = Vec::with_capacity(text.len());
    // Where pieces end: in the form, and in the text.
    let mut ends = vec![(0, 0)];
    read(text, Case::Folded, |byte, end| {
        form.push(byte);
        ends.extend(end.map(|end| (form.len(), end)));
        true
    });
    let end_at = |at: usize| {
        let found = ends.binary_search_by_key(&at, |(form, _)| *form);
        found.ok().map(|index| ends[index].1)
    };
    memchr::memmem::find_iter(&form, wanted.as_bytes())
        .find_map(|at| Some(end_at(at)?..end_at(at + wanted.len())?))
}

/// Returns the comparison form of a text for names that count only as they are written, or for all others.
pub(super) fn form_by(text: &str, case: Case) -> Cow<'_, str> {
    if is_its_own_form(text, case) {
        return text.into();
    }
    let mut form = Vec::with_capacity(text.len());
    read(text, case, |byte, _| {
        form.push(byte);
        true
    });
    let form = String::from_utf8(form).expect("whole characters were pushed");
    let trimmed = form.trim_matches(' ');
    if trimmed.len() == form.len() {
        form.into()
    } else {
        trimmed.to_owned().into()
    }
}

/// Returns whether an ASCII text needs nothing done to it: most names are such, in lower case.
fn is_its_own_form(text: &str, case: Case) -> bool {
    let kept = |byte: u8| byte == b' ' || (byte.is_ascii() && plain(byte, case) == byte);
    text.bytes().all(kept) && !text.contains("  ") && !text.starts_with(' ') && !text.ends_with(' ')
}

/// Returns the form of an ASCII character.
const fn plain(byte: u8, case: Case) -> u8 {
    match (byte, case) {
        (b'\t'..=b'\r' | b' ', _) => b' ',
        (_, Case::Folded) => byte.to_ascii_lowercase(),
        (_, Case::Kept) => byte,
    }
}

/// The form of each ASCII character, case folded: one look instead of three comparisons for each byte that a search reads.
const FOLDED: [u8; 128] = {
    let mut folded = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        folded[byte] = plain(byte as u8, Case::Folded);
        byte += 1;
    }
    folded
};

/// Reads a text in its comparison form: gives each byte of it to `take`, until that returns `false`.
///
/// With the last byte of a piece comes where in the text what people see of the piece ends. White space at either end of the text is one space.
#[inline]
pub(super) fn read(text: &str, case: Case, mut take: impl FnMut(u8, Option<usize>) -> bool) {
    let bytes = text.as_bytes();
    let mut at = 0;
    // Whether the form so far ends with a space.
    let mut spaced = false;
    while let Some(byte) = bytes.get(at) {
        if !byte.is_ascii() {
            let (shown, end) = piece_at(text, at);
            let piece = Piece {
                text: &text[at..end],
                shown,
            };
            if !piece.read(case, &mut spaced, &mut take) {
                return;
            }
            at = end;
            continue;
        }
        at += 1;
        let form = match case {
            Case::Folded => FOLDED[usize::from(*byte)],
            Case::Kept => plain(*byte, case),
        };
        let was_spaced = std::mem::replace(&mut spaced, form == b' ');
        let is_more_space = was_spaced && spaced;
        if !is_more_space && !take(form, Some(at)) {
            return;
        }
    }
}

/// A character beyond ASCII with the marks on it and whatever is hidden behind it.
struct Piece<'t> {
    text: &'t str,
    /// Where in the whole text what people see of it ends.
    shown: usize,
}

impl Piece<'_> {
    /// Does for a piece what [`read`] does for a text; returns whether to go on.
    fn read(
        &self,
        case: Case,
        spaced: &mut bool,
        take: &mut impl FnMut(u8, Option<usize>) -> bool,
    ) -> bool {
        // A byte is held back until it is known whether it is the last.
        let mut held = None;
        let mut goes_on = true;
        let mut push = |c: char| {
            let c = unified(c);
            let was_spaced = std::mem::replace(spaced, c == ' ');
            if was_spaced && c == ' ' {
                return;
            }
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                if let Some(before) = held.replace(byte) {
                    goes_on = goes_on && take(before, None);
                }
            }
        };
        let mut chars = self.text.chars();
        match (chars.next(), chars.next()) {
            // White space and punctuation of every day: nothing to take apart, and no case.
            (Some(c), None) if is_everyday(c) => push(c),
            _ => {
                let seen = self.text.chars().nfd().filter(|c| !is_hidden(*c));
                match case {
                    Case::Folded => seen.default_case_fold().nfd().for_each(push),
                    Case::Kept => seen.for_each(push),
                }
            }
        }
        goes_on && held.is_none_or(|last| take(last, Some(self.shown)))
    }
}

/// Returns where what people see of the piece at a place ends, and where the next one begins.
fn piece_at(text: &str, start: usize) -> (usize, usize) {
    let mut chars = text[start..].char_indices();
    let first = chars.next().map_or(0, |(_, first)| first.len_utf8());
    let (mut shown, mut end) = (start + first, start + first);
    for (offset, c) in chars {
        let after = offset + c.len_utf8();
        if !continues(c) || after > LONGEST_PIECE {
            break;
        }
        end = start + after;
        if !is_hidden(c) || is_variation(c) {
            shown = end;
        }
    }
    (shown, end)
}

/// Returns whether a character of two everyday blocks, Latin-1 and General Punctuation, is no letter and seen.
fn is_everyday(c: char) -> bool {
    matches!(c, '\u{a0}'..='\u{b4}' | '\u{b6}'..='\u{bf}' | '\u{2000}'..='\u{206f}')
        && !is_hidden(c)
}

/// Returns whether a hidden character says how the one before it is drawn.
fn is_variation(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}')
}

/// Returns the one of several characters that all of them are compared as.
fn unified(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '\u{2bc}' | '\u{b4}' | '\u{ff07}' => {
            '\''
        }
        c if is_hyphen(c) => '-',
        '\u{201c}'..='\u{201f}' | '\u{ff02}' => '"',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Returns whether a character joins words: dashes and the minus sign do not.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{fe63}' | '\u{ff0d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_read_as_the_same_has_one_form() {
        for alike in [
            &[
                "Welfare of the child",
                "welfare\u{a0}of the child",
                "WELFARE\u{202f}OF\u{2009}THE  CHILD",
                " welfare\nof\tthe\r\nchild ",
            ][..],
            &[
                "the child's",
                "the child’s",
                "the child‘s",
                "the child´s",
                "the childʼs",
                "the child＇s",
            ],
            &[
                "six-step",
                "six\u{2010}step",
                "six\u{2011}step",
                "SIX－STEP",
            ],
            &[
                "safeguarding",
                "safe\u{ad}guarding",
                "safe\u{200b}guarding",
                "safe\u{2060}guarding\u{ad}",
            ],
            &["Tŷ Élan", "TŶ ÉLAN", "ty\u{302} e\u{301}lan"],
            &["ệ", "e\u{323}\u{302}", "e\u{302}\u{323}", "ẹ\u{302}", "Ệ"],
            &["Straße", "STRASSE", "straẞe", "strasse"],
            &["ﬁnance", "finance", "FINANCE"],
            &["ΟΔΟΣ", "οδος", "οδοσ"],
            &["ΐ", "Ϊ\u{301}", "ι\u{308}\u{301}"],
            &["ᾳ", "ΑΙ", "αι"],
            &["K", "\u{212a}", "k"],
            &["Å", "\u{212b}", "a\u{30a}"],
            &["5′ rule", "5' rule"],
            &["“so-called”", "\"so-called\"", "„so‑called‟"],
            &["가", "\u{1100}\u{1161}"],
            &["が", "か\u{3099}"],
            &["می‌خواهم", "میخواهم"],
            &["", " ", "\u{ad}", "\u{a0}\n"],
        ] {
            for text in alike {
                assert_eq!(form(text), form(alike[0]), "{text:?} and {:?}", alike[0]);
                assert_eq!(
                    form(&form(text)),
                    form(text),
                    "the form of {text:?} is its own"
                );
            }
        }
    }

    #[test]
    fn what_people_read_as_different_has_two_forms() {
        for (a, b) in [
            ("resume", "résumé"),
            ("six-step", "six step"),
            ("six-step", "six–step"),
            ("six-step", "six−step"),
            ("sixstep", "six-step"),
            ("childs", "child's"),
            ("sınır", "sinir"),
            ("welfareofthechild", "welfare of the child"),
            ("Ⅳ", "iv"),
            ("２", "2"),
            ("c", "ç"),
            ("か", "が"),
            ("ʻokina", "'okina"),
            ("o", "ø"),
        ] {
            assert_ne!(form(a), form(b), "{a:?} and {b:?}");
        }
    }

    #[test]
    fn where_case_counts_nothing_else_does_that_did_not_before() {
        for (a, b, expected) in [
            ("STA", "sta", false),
            ("STA", "S\u{ad}TA", true),
            ("Tŷ", "Ty\u{302}", true),
            ("ﬁ", "fi", false),
            ("I’m", "I'm", true),
        ] {
            let same = form_by(a, Case::Kept) == form_by(b, Case::Kept);
            assert_eq!(same, expected, "{a:?} and {b:?}");
        }
    }

    /// Returns where the pieces of a text end.
    fn ends(text: &str) -> Vec<usize> {
        let mut ends = Vec::new();
        read(text, Case::Folded, |_, end| {
            ends.extend(end);
            true
        });
        ends
    }

    #[test]
    fn a_piece_has_its_marks_and_ends_where_it_is_seen_to_end() {
        for (text, expected) in [
            ("ab", vec![1, 2]),
            ("a  b", vec![1, 2, 4]),
            ("e\u{301}x", vec![1, 3, 4]),
            ("é\u{301}\u{ad}\u{ad}x", vec![4, 9]),
            ("é\u{ad}b", vec![2, 5]),
            ("e\u{ad}b", vec![1, 4]),
            ("tŷ", vec![1, 3]),
            ("☂\u{fe0f}!", vec![6, 7]),
        ] {
            assert_eq!(ends(text), expected, "{text:?}");
        }
    }

    #[test]
    fn reading_stops_where_nobody_wants_more() {
        let mut taken = Vec::new();
        read("Tŷ Élan", Case::Folded, |byte, _| {
            taken.push(byte);
            taken.len() < 3
        });
        assert_eq!(taken, &"ty\u{302}".as_bytes()[..3]);
    }

    #[test]
    fn marks_without_end_are_read_in_pieces() {
        let text = format!("é{}", "\u{301}".repeat(10_000));
        let ends = ends(&text);
        assert!(
            ends.windows(2)
                .all(|pair| pair[1] - pair[0] <= LONGEST_PIECE),
            "{ends:?}"
        );
        assert_eq!(form(&form(&text)), form(&text));
    }
}
