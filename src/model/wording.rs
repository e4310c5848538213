//! The sentences of a text.
//!
//! In: a text with a line for each paragraph, cell or heading. Out: its sentences in order, so that what has changed can be told sentence by sentence.

/// Returns the sentences of a text, without white space around them.
///
/// A sentence ends at `.`, `!` or `?` with what closes behind it, before a space, or at the end of its line.
pub fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(of_line)
}

fn of_line(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line.trim();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (sentence, after) = rest.split_at(end_of_first(rest));
        rest = after.trim_start();
        Some(sentence)
    })
}

fn end_of_first(line: &str) -> usize {
    let is_closing = |c: char| matches!(c, '"' | '\'' | ')' | ']' | '”' | '’' | '»');
    for at in memchr::memchr3_iter(b'.', b'!', b'?', line.as_bytes()) {
        let after = &line[at + 1..];
        let behind = after.trim_start_matches(is_closing);
        if behind.starts_with(' ') {
            return line.len() - behind.len();
        }
    }
    line.len()
}

/// Counts the words of a text.
pub fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_people_see_them_end() {
        for (text, expected) in [
            (
                "One. Two is £3.50! Three\nFour?  Five",
                &["One.", "Two is £3.50!", "Three", "Four?", "Five"][..],
            ),
            (
                "She said “No.” Then (it was late.) he left",
                &["She said “No.”", "Then (it was late.)", "he left"],
            ),
            ("\n  \n", &[]),
            ("tŷ. ŵ", &["tŷ.", "ŵ"]),
            ("Wait... what?", &["Wait...", "what?"]),
        ] {
            assert_eq!(sentences(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
