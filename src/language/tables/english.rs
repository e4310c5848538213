//! English.

mod search;

use crate::language::grammar::{Grammar, NEUTRAL};

/// What the program knows of it.
pub(super) const GRAMMAR: Grammar = Grammar {
    tag: "en",
    forms: plurals,
    vague: &[
        "here",
        "click here",
        "click",
        "this",
        "this page",
        "this link",
        "this lesson",
        "this module",
        "link",
        "more",
        "read more",
        "learn more",
        "see more",
        "find out more",
        "details",
        "page",
    ],
    avoided: &["avoid"],
    or: &["or"],
    quotes: &[('“', '”')],
    notices: NOTICES,
    echoes: ECHOES,
    leaning: LEANING,
    tasks: TASKS,
    numbers: &[
        ("one", "1"),
        ("two", "2"),
        ("three", "3"),
        ("four", "4"),
        ("five", "5"),
        ("six", "6"),
        ("seven", "7"),
        ("eight", "8"),
        ("nine", "9"),
        ("ten", "10"),
        ("eleven", "11"),
        ("twelve", "12"),
        ("thirteen", "13"),
        ("fourteen", "14"),
        ("fifteen", "15"),
        ("sixteen", "16"),
        ("seventeen", "17"),
        ("eighteen", "18"),
        ("nineteen", "19"),
        ("twenty", "20"),
        ("thirty", "30"),
        ("forty", "40"),
        ("fifty", "50"),
        ("hundred", "100"),
        ("thousand", "1000"),
    ],
    months: Some([
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]),
    date: "{day} {month} {year}",
    search: search::SEARCH,
    ..NEUTRAL
};

const NOTICES: &[&str] = &[
    "is fictional",
    "are fictional",
    "is invented",
    "are invented",
    "is made up",
    "are made up",
    "is internal",
    "are internal",
    "are for teaching",
    "has not been published",
    "have not been published",
    "is not published",
    "are not published",
    "is no official",
    "is not an official",
];

const ECHOES: &[&str] = &[
    "written answer",
    "written answers",
    "the answer asks",
    "the answer of",
    "the answer says",
    "the answer speaks",
    "the same answer",
    "in parliament",
    "parliament asked",
    "told parliament",
];

const LEANING: &[&str] = &[
    "also", "and", "both", "but", "each", "he", "here", "it", "its", "last", "now", "she", "so", "that", "their", "there", "these", "they", "this",
    "those",
];

const TASKS: &[&str] = &[
    "add", "agree", "answer", "arrange", "ask", "build", "calculate", "change", "check", "choose", "collect", "compare",
    "complete", "copy", "decide", "describe", "discuss", "divide", "do", "draft", "draw", "explain", "fill", "find",
    "give", "go", "guess", "invent", "in groups", "in pairs", "in threes", "in twos", "keep", "list", "listen", "look", "make", "mark", "match", "name", "note", "number",
    "offer", "open", "plan", "play", "practise", "prepare", "put", "rank", "read", "rehearse", "repeat", "replace",
    "report", "rewrite", "say", "score", "show", "sit", "sort", "swap", "take", "talk", "tell", "test", "tick",
    "time", "trace", "try", "turn", "underline", "use", "verify", "walk", "watch", "weigh", "work", "write", "with a partner", "guide", "help", "lead", "leave", "protect", "respond",
];

/// Returns the regular plural of a name; of an abbreviation that sounds like a hiss both that are in use.
fn plurals(name: &str) -> Vec<String> {
    match name.chars().next_back() {
        Some(last) if last.is_lowercase() => vec![plural(name)],
        Some(last) if last.is_uppercase() && is_abbreviation(name) => {
            let mut plurals = vec![format!("{name}s")];
            if matches!(last, 'S' | 'X' | 'Z') {
                plurals.push(format!("{name}es"));
            }
            plurals
        }
        _ => Vec::new(),
    }
}

fn plural(name: &str) -> String {
    let before_last = name.chars().rev().nth(1);
    match name.chars().next_back() {
        Some('y') if !before_last.is_some_and(|c| "aeiou".contains(c)) => {
            format!("{}ies", &name[..name.len() - 1])
        }
        Some('s' | 'x' | 'z') => format!("{name}es"),
        Some('h') if matches!(before_last, Some('c' | 's')) => format!("{name}es"),
        _ => format!("{name}s"),
    }
}

/// Returns whether a name's last word is two capitals or more.
fn is_abbreviation(name: &str) -> bool {
    let last = name
        .split(|c: char| !c.is_alphanumeric())
        .next_back()
        .unwrap_or("");
    last.chars().count() > 1 && last.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_their_regular_plural() {
        for (name, expected) in [
            ("policy", &["policies"][..]),
            ("day", &["days"]),
            ("address", &["addresses"]),
            ("tax", &["taxes"]),
            ("church", &["churches"]),
            ("graph", &["graphs"]),
            ("Six Point Plan", &["Six Point Plans"]),
            ("RFI", &["RFIs"]),
            ("FAQ", &["FAQs"]),
            ("SMS", &["SMSs", "SMSes"]),
            ("the STA", &["the STAs"]),
            ("A4", &[]),
            ("Appendix A", &[]),
            ("25%", &[]),
            ("", &[]),
        ] {
            assert_eq!(plurals(name), expected, "{name}");
        }
    }
}
