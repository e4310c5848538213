//! Finds the quotations in a text.
//!
//! In: a text, and the marks that a language quotes with. Out: stretches.

use std::ops::Range;

/// The marks that open and close a quotation.
pub(super) type Marks = (char, char);

/// Returns the stretches of a text that stand inside quotation marks, the marks included.
///
/// A straight mark opens where no word stands right before it, in every language; one that is never closed quotes nothing.
pub(super) fn quotations(text: &str, marks: &[Marks]) -> Vec<Range<usize>> {
    let mut stretches = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let closing = marks
            .iter()
            .find(|(opening, _)| *opening == c)
            .map(|(_, closing)| *closing);
        match (c, open, closing) {
            (_, Some((start, closing)), _) if c == closing => {
                stretches.push(start..at + c.len_utf8());
                open = None;
            }
            ('"', None, _) if !before.is_alphanumeric() => open = Some((at, '"')),
            (_, None, Some(closing)) => open = Some((at, closing)),
            _ => {}
        }
        before = c;
    }
    stretches
}
