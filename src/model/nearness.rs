//! Finds the name that somebody meant who has mistyped it.
//!
//! In: many names, made ready once, and a word. Out: the nearest name, if one is near enough to be meant. However many names there are, a word is
//! compared with a bounded number of them, so that a course with thousands of broken links takes as many times as long as one with one.

/// Bytes of the longest word that is compared with others: comparing takes long, and nobody types longer ones.
pub const LONGEST_WORD: usize = 250;

/// With how many names a word is compared at most.
pub const MOST_COMPARED: usize = 32;

/// How many neighbours on each side, in either order, come into question among very many names.
const NEIGHBOURS: usize = 24;

/// So few names come into question as a whole.
const FEW: usize = 4 * NEIGHBOURS;

/// Names ready to be compared with words.
///
/// A slip leaves what is before it and what is behind it, so the name that was meant stands near the word in the order of the alphabet, or in that of the words
/// read from their ends.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// In no order that matters.
    names: Vec<Folded>,
    /// Positions in the order of the alphabet.
    forward: Vec<u32>,
    /// Positions in the order of the names read backwards.
    backward: Vec<u32>,
}

/// A name as it is compared.
#[derive(Debug, Clone)]
struct Folded {
    /// As it was given.
    name: Box<str>,
    /// In lower case.
    text: Box<str>,
    /// The same from its end.
    reversed: Box<str>,
    /// Characters.
    length: usize,
    /// Which characters it holds.
    letters: u64,
}

impl Folded {
    fn new(name: &str) -> Self {
        let text = name.to_lowercase();
        let reversed: String = text.chars().rev().collect();
        Self {
            length: text.chars().count(),
            letters: text.chars().fold(0, |letters, c| letters | bit(c)),
            reversed: reversed.into(),
            text: text.into(),
            name: name.into(),
        }
    }

    /// Returns how many changes it may be from another to be meant by it.
    fn reach(&self, other: &Self) -> usize {
        (self.length.max(other.length) / 3).max(1)
    }

    /// Returns a number of changes that it is from another at least, as lengths and letters alone say.
    fn apart(&self, other: &Self) -> usize {
        // A single change takes away one letter at most, and brings in one.
        let lost = (self.letters & !other.letters).count_ones();
        let new = (other.letters & !self.letters).count_ones();
        let longer = self.length.abs_diff(other.length);
        longer.max(lost.max(new) as usize)
    }
}

/// Returns a bit for a character; some share one.
fn bit(c: char) -> u64 {
    1 << (u32::from(c) % u64::BITS)
}

impl Names {
    /// Makes names ready. Those that are too long to be meant are never found.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let names: Vec<Folded> = names
            .into_iter()
            .filter(|name| !name.is_empty() && name.len() <= LONGEST_WORD)
            .map(Folded::new)
            .collect();
        let order = |key: fn(&Folded) -> &str| {
            // A few are all compared.
            let sorted = if names.len() > FEW { names.len() } else { 0 };
            let mut order: Vec<u32> = (0..sorted as u32).collect();
            order.sort_by(|a, b| {
                let (one, other) = (&names[*a as usize], &names[*b as usize]);
                key(one).cmp(key(other)).then(a.cmp(b))
            });
            order
        };
        Self {
            forward: order(|name| &name.text),
            backward: order(|name| &name.reversed),
            names,
        }
    }

    /// Returns the name nearest to a word, if that is near enough to be meant; of several the first in the alphabet.
    pub fn nearest(&self, word: &str) -> Option<&str> {
        self.near(word).map(|near| near.name)
    }

    /// Returns what [`nearest`](Self::nearest) does, and whether anything else could be meant.
    pub fn near(&self, word: &str) -> Option<Near<'_>> {
        let found = self.compared(word)?;
        let is_near = found.distance <= found.name.reach(&found.word);
        is_near.then(|| Near {
            name: &found.name.name,
            is_certain: !found.is_tied && numbers(&found.name.text) == numbers(&found.word.text),
        })
    }

    /// Returns the name nearest to a word, if that is at most `most` changes away.
    pub fn nearest_within(&self, word: &str, most: usize) -> Option<&str> {
        let found = self.compared(word)?;
        (found.distance <= most).then_some(&*found.name.name)
    }

    fn compared(&self, word: &str) -> Option<Nearest<'_>> {
        if word.len() > LONGEST_WORD {
            return None;
        }
        let word = Folded::new(word);
        let mut best: Option<(usize, &Folded)> = None;
        let mut is_tied = false;
        for (apart, index) in self.candidates(&word) {
            if best.is_some_and(|(distance, _)| distance < apart) {
                break;
            }
            let name = &self.names[index as usize];
            let distance = strsim::osa_distance(&name.text, &word.text);
            is_tied = best.is_some_and(|(least, _)| distance == least)
                || is_tied && best.is_some_and(|(least, _)| distance > least);
            if best.is_none_or(|(least, other)| (distance, &name.name) < (least, &other.name)) {
                best = Some((distance, name));
            }
        }
        best.map(|(distance, name)| Nearest {
            distance,
            name,
            word,
            is_tied,
        })
    }

    /// Returns the names that a word is compared with, at most [`MOST_COMPARED`]: each with the number of changes that it is away at least, in that order.
    fn candidates(&self, word: &Folded) -> Vec<(usize, u32)> {
        let mut found: Vec<u32> = Vec::with_capacity(FEW);
        if self.names.len() <= FEW {
            found.extend(0..self.names.len() as u32);
        } else {
            let mut look = |order: &[u32], key: fn(&Folded) -> &str| {
                let is_before = |index: &u32| key(&self.names[*index as usize]) < key(word);
                let at = order.partition_point(is_before);
                let from = at.saturating_sub(NEIGHBOURS);
                let to = (at + NEIGHBOURS).min(order.len());
                found.extend(&order[from..to]);
            };
            look(&self.forward, |name| &name.text);
            look(&self.backward, |name| &name.reversed);
            found.sort_unstable();
            found.dedup();
        }
        let mut candidates: Vec<(usize, u32)> = found
            .into_iter()
            .map(|index| (self.names[index as usize].apart(word), index))
            .collect();
        candidates.sort_unstable();
        candidates.truncate(MOST_COMPARED);
        candidates
    }
}

/// A name that was compared with a word.
struct Nearest<'n> {
    distance: usize,
    name: &'n Folded,
    word: Folded,
    /// Whether another name is as near.
    is_tied: bool,
}

/// A name that may have been meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Near<'n> {
    /// The name.
    pub name: &'n str,
    /// Whether no other name is as near, and its numbers are those of the word: `step-1` was not meant by `step-2`.
    pub is_certain: bool,
}

/// Returns the digits of a name, without numbers that give files and folders their order: those change when something moves.
fn numbers(name: &str) -> String {
    let parts = name.split('/').map(|part| {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
        if rest.starts_with(['-', '_', '.', ' ']) {
            rest
        } else {
            part
        }
    });
    parts
        .flat_map(str::chars)
        .filter(char::is_ascii_digit)
        .collect()
}

/// Returns "did you mean `x`?" for the nearest of a few names that the program itself knows.
pub fn did_you_mean<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<String> {
    Names::new(names).nearest(word).map(question)
}

/// Returns "did you mean `x`?".
pub fn question(name: &str) -> String {
    format!("did you mean `{name}`?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_is_certain_where_nothing_else_could_be_meant() {
        for (names, word, expected) in [
            (&["empathy"][..], "empaty", Some(true)),
            (&["case", "cane"], "cafe", Some(false)),
            (&["cane", "case", "cafes"], "cafe", Some(false)),
            (&["cafes", "cafe-x"], "cafe", Some(true)),
            (&["step-2"], "step-1", Some(false)),
            (&["02-calls/03-end"], "01-calls/07-end", Some(true)),
            (&["other"], "cafe", None),
        ] {
            let names = Names::new(names.iter().copied());
            let found = names.near(word).map(|near| near.is_certain);
            assert_eq!(found, expected, "{word}");
        }
    }

    #[test]
    fn nearest_finds_slips_and_not_strangers() {
        let names = ["activity", "question", "scenario"];
        for (word, expected) in [
            ("activty", Some("activity")),
            ("Question", Some("question")),
            ("senario", Some("scenario")),
            ("banana", None),
        ] {
            assert_eq!(Names::new(names).nearest(word), expected, "{word}");
        }
    }

    const WORDS: [&str; 22] = [
        "income",
        "letter",
        "parent",
        "tolerance",
        "hardship",
        "viewpoint",
        "payment",
        "listening",
        "welfare",
        "opening",
        "closing",
        "charter",
        "figure",
        "change",
        "caller",
        "silence",
        "record",
        "support",
        "danger",
        "question",
        "answer",
        "practice",
    ];

    /// Returns as many different names as asked for, of three words each.
    fn many(count: usize) -> Vec<String> {
        let word = |n: usize| WORDS[n % WORDS.len()];
        let name = |n| format!("{}-{}-{}", word(n), word(n / 22), word(n / 484));
        (0..count).map(name).collect()
    }

    #[test]
    fn single_slips_are_found_among_very_many_names() {
        let names = many(10_000);
        let ready = Names::new(names.iter().map(String::as_str));
        let (mut slips, mut found) = (0, 0);
        for name in names.iter().step_by(97) {
            for at in 0..name.len() {
                for slip in [
                    format!("{}{}", &name[..at], &name[at + 1..]),
                    format!("{}x{}", &name[..at], &name[at..]),
                    format!("{}x{}", &name[..at], &name[at + 1..]),
                ] {
                    slips += 1;
                    found += usize::from(ready.nearest(&slip) == Some(name));
                }
            }
        }
        // Where hundreds of names begin and end alike, a slip in the middle may lead to another of them.
        assert!(found * 100 >= slips * 98, "{found} of {slips}");
    }

    #[test]
    fn a_word_is_compared_with_few_names_however_many_there_are() {
        for count in [10, FEW, FEW + 1, 1_000, 100_000] {
            let names = many(count);
            let ready = Names::new(names.iter().map(String::as_str));
            for word in ["", "income", "income-letter-5", "paremt-letter", "zzz", "ŷ"] {
                let compared = ready.candidates(&Folded::new(word)).len();
                assert!(compared <= MOST_COMPARED, "{word}: {compared} of {count}");
            }
        }
    }

    #[test]
    fn what_is_too_long_to_be_typed_is_near_nothing() {
        let long = "a".repeat(LONGEST_WORD + 1);
        assert_eq!(Names::new([long.as_str()]).nearest(&long), None);
        assert_eq!(Names::new([long.as_str()]).nearest("a"), None);
        assert_eq!(Names::new([""]).nearest("a"), None);
    }

    #[test]
    fn skipping_by_length_and_letters_skips_nothing_that_is_near() {
        let names = many(500);
        for (n, word) in names.iter().enumerate() {
            let name = &names[(n * 37 + 11) % names.len()];
            let (word, name) = (Folded::new(word), Folded::new(name));
            let distance = strsim::osa_distance(&word.text, &name.text);
            assert!(name.apart(&word) <= distance);
        }
    }
}
