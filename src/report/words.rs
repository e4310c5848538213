//! Words that many reports share: numbers with their nouns, lists, and dates as people read them.

use jiff::civil::Date;

use crate::model::blocks::Depth;

/// Returns a number with its noun: "1 lesson", "2 lessons".
pub fn counted(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// Returns depths as words with commas between them.
pub fn depth_names(depths: &[Depth]) -> String {
    let names: Vec<&str> = depths.iter().map(|depth| depth.name()).collect();
    names.join(", ")
}

/// Returns a date as people read it: "5 January 2026".
pub fn long_date(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// Returns a word or sentence that begins with a capital letter.
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_agree_with_their_noun() {
        for (number, expected) in [(0, "0 lessons"), (1, "1 lesson"), (12, "12 lessons")] {
            assert_eq!(counted(number, "lesson"), expected);
        }
    }
}
