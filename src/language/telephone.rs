//! Recognises telephone numbers in text, as they are written in the United Kingdom.
//!
//! In: a text. Out: where numbers stand, and their digits in one form. Never takes years, dates, times, money, sums, case numbers or digits inside an address
//! for one. It depends on the country, not on the language.

use std::ops::Range;

use super::comparison::is_hyphen;
use super::prose::Prose;
use crate::model::bytes;

/// A telephone number in a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Telephone {
    /// Where it stands.
    pub range: Range<usize>,
    /// Its digits, with `0` for `+44`; numbers of other countries keep their `+`.
    pub digits: Box<str>,
}

/// What relay users dial before a number.
const RELAY_PREFIXES: [&str; 2] = ["18001", "18002"];

/// No number has more digits than this: fifteen by E.164, with `00` before them.
const LONGEST: usize = 17;

/// No number has fewer digits than this: the helplines of social value.
const SHORTEST: usize = 6;

/// Returns the telephone numbers in a text, from left to right.
pub fn telephones(text: &str) -> Vec<Telephone> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    if bytes::count(bytes, |byte| byte.is_ascii_digit()) < SHORTEST {
        return found;
    }
    let mut prose = Prose::new(text);
    let mut at = 0;
    while let Some(start) = bytes[at..]
        .iter()
        .position(u8::is_ascii_digit)
        .map(|n| at + n)
    {
        let run = Run::read(text, start);
        at = run.end;
        let telephone = run.telephone(text);
        found.extend(telephone.filter(|telephone| prose.holds(&telephone.range)));
    }
    found
}

/// Groups of digits with one space, hyphen or bracket between them.
struct Run {
    start: usize,
    end: usize,
    plus: bool,
    hyphens: bool,
    groups: Vec<Range<usize>>,
}

impl Run {
    /// Reads the digits at `first` and everything that may belong to the same number.
    fn read(text: &str, first: usize) -> Self {
        let bytes = text.as_bytes();
        let mut start = first;
        if start > 0 && bytes[start - 1] == b'(' {
            start -= 1;
        }
        let plus = start > 0 && bytes[start - 1] == b'+';
        if plus {
            start -= 1;
        }
        let mut run = Self {
            start,
            end: first,
            plus,
            hyphens: false,
            groups: Vec::new(),
        };
        let mut at = first;
        loop {
            let digits = bytes[at..]
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            run.groups.push(at..at + digits);
            run.end = at + digits;
            let gap = gap(text, run.end);
            if gap == 0 {
                return run;
            }
            run.hyphens |= text[run.end..run.end + gap].contains(is_hyphen);
            at = run.end + gap;
        }
    }

    /// Returns the number that the run is or begins with, if it is one.
    fn telephone(mut self, text: &str) -> Option<Telephone> {
        if text[self.start..].starts_with('(') && !text[self.start..self.end].contains(')') {
            self.start += 1;
        }
        if !self.stands_free(text) {
            return None;
        }
        if self.groups.len() > 1 && RELAY_PREFIXES.contains(&&text[self.groups[0].clone()]) {
            self.groups.remove(0);
            self.start = self.groups[0].start;
        }
        self.drop_groups_past(LONGEST);
        loop {
            let first = text[self.groups[0].clone()].to_owned();
            let digits: String = self
                .groups
                .iter()
                .map(|range| &text[range.clone()])
                .collect();
            if let Some(digits) = self.in_one_form(&first, &digits) {
                return Some(Telephone {
                    range: self.start..self.end,
                    digits: digits.into(),
                });
            }
            // Another figure may follow, such as "24 hours".
            if self.groups.len() == 1 || !first.starts_with('0') {
                return None;
            }
            self.groups.pop();
            self.end = self.groups.last()?.end;
        }
    }

    /// Takes off the groups at the end that would make more digits than any number has.
    fn drop_groups_past(&mut self, longest: usize) {
        let mut digits = 0;
        let fits = self.groups.iter().take_while(|group| {
            digits += group.len();
            digits <= longest
        });
        let kept = fits.count().max(1);
        if kept < self.groups.len() {
            self.groups.truncate(kept);
            self.end = self.groups[kept - 1].end;
        }
    }

    fn in_one_form(&self, first: &str, digits: &str) -> Option<String> {
        if self.plus {
            return international(digits);
        }
        match digits.strip_prefix("0044") {
            Some(rest) => international(&format!("44{rest}")),
            None => self.is_national(first, digits).then(|| digits.to_owned()),
        }
    }

    fn is_national(&self, first: &str, digits: &str) -> bool {
        match digits.len() {
            // Most numbers; an area code has three digits or more, a date's day has two.
            10 | 11 => digits.starts_with('0') && !digits.starts_with("00") && first.len() > 2,
            // Short freephone numbers, such as 0800 1111; hyphens make times of day.
            7 | 8 => !self.hyphens && matches!(first, "0800" | "0845") && self.groups.len() > 1,
            // The helplines of social value, 116 and three digits.
            6 => digits.starts_with("116") && !self.hyphens && matches!(first.len(), 3 | 6),
            _ => false,
        }
    }

    /// Returns whether nothing around the run makes it money, a sum, a part of a word or of a longer figure.
    fn stands_free(&self, text: &str) -> bool {
        let mut before = text[..self.start].chars().rev();
        let joined_before = match before.next() {
            Some(c) if c.is_alphanumeric() => true,
            Some('£' | '$' | '€' | '#' | '_' | '=' | '–') => true,
            Some(c) if is_hyphen(c) => true,
            Some('.' | ',' | '/' | ':') => before.next().is_some_and(|c| c.is_ascii_digit()),
            _ => false,
        };
        let mut after = text[self.end..].chars();
        let joined_after = match after.next() {
            Some(c) if c.is_alphanumeric() => true,
            Some('%' | '_' | '=' | '–') => true,
            Some(c) if is_hyphen(c) => true,
            Some('.' | ',' | '/' | ':') => after.next().is_some_and(|c| c.is_ascii_digit()),
            _ => false,
        };
        !joined_before && !joined_after
    }
}

/// Returns how many bytes at `end` may join two groups of digits of one number; 0 where nothing does.
///
/// A bracket, a hyphen or one or two spaces of any width do, or a bracket and a space.
fn gap(text: &str, end: usize) -> usize {
    let rest = &text[end..];
    let closed = rest.strip_prefix(')').unwrap_or(rest);
    let after = match closed.strip_prefix(is_hyphen) {
        Some(after) => after,
        None => {
            let spaced = closed.strip_prefix(is_space).unwrap_or(closed);
            spaced.strip_prefix(is_space).unwrap_or(spaced)
        }
    };
    let opened = after
        .strip_prefix('(')
        .filter(|_| closed.len() == rest.len())
        .unwrap_or(after);
    if opened.starts_with(|c: char| c.is_ascii_digit()) {
        rest.len() - opened.len()
    } else {
        0
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && c != '\n'
}

/// Returns the digits behind a `+` in one form; nothing where they are too few or too many.
fn international(digits: &str) -> Option<String> {
    let Some(rest) = digits.strip_prefix("44") else {
        return (8..=15)
            .contains(&digits.len())
            .then(|| format!("+{digits}"));
    };
    let national = format!("0{}", rest.strip_prefix('0').unwrap_or(rest));
    (10..=11).contains(&national.len()).then_some(national)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_in_every_usual_spelling() {
        for (text, expected) in [
            ("ring 0808 2000 247 at night", "08082000247"),
            ("ring 0808 80 10 800.", "08088010800"),
            ("ring 116 123, free", "116123"),
            ("ring 116123", "116123"),
            ("on 0800 1111 (free)", "08001111"),
            ("+44 20 7946 0000", "02079460000"),
            ("+44 (0)20 7946 0000", "02079460000"),
            ("0044 20 7946 0000", "02079460000"),
            ("(01632) 960001", "01632960001"),
            ("01632-960-001", "01632960001"),
            ("07700 900123;", "07700900123"),
            ("+353 1 872 7700", "+35318727700"),
            ("18001 0808 2000 247", "08082000247"),
            ("0808 2000 247 24 hours a day", "08082000247"),
            ("the helpline (0808 2000 247)", "08082000247"),
            ("tel:08082000247", "08082000247"),
            ("0808\u{a0}2000\u{202f}247", "08082000247"),
            ("0808  2000 \u{2009}247", "08082000247"),
            ("01632\u{2011}960\u{2010}001", "01632960001"),
            ("0808 2000 247, example.org/help", "08082000247"),
        ] {
            let found = telephones(text);
            let digits: Vec<&str> = found.iter().map(|telephone| &*telephone.digits).collect();
            assert_eq!(digits, [expected], "{text}");
        }
        let text = "tŷ: 0808 2000 247!";
        assert_eq!(&text[telephones(text)[0].range.clone()], "0808 2000 247");
    }

    #[test]
    fn other_figures_are_no_numbers() {
        for text in [
            "since 2024, or 1991 to 2003",
            "on 2026-11-21 and 21/11/2026",
            "on 01 02 2026 and 01 02 2026 11",
            "£116123 and £0800 1111",
            "0.0808200024 of it",
            "from 0800-1730 or 08:00 to 17:30",
            "case 1200 4567 8901",
            "written answers 5596 and 133767",
            "£550 − £450 = £100",
            "12 500 000 people",
            "999, 101 and 111",
            "reference AB0808200024",
            "18% of 0 or 25%",
            "1,016,123",
            "from 0800\u{2011}1730",
            "0808\n2000 247",
            "https://example.org/08082000247",
            "https://example.org/?q=0808-2000-247&x=1",
            "www.example.org/0808-2000-247",
            "example.org/0808 2000 247",
            "08082000247@example.org",
            "calls/08082000247.mp3",
            "08082000247.pdf",
            "",
        ] {
            assert_eq!(telephones(text), [], "{text}");
        }
    }
}
