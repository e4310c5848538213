//! Numbers with their nouns, as messages and reports say them.

/// Returns a number with its noun: "1 lesson", "2 lessons".
pub fn counted(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
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
