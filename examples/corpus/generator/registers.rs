//! Writes the registers: topics, signposts, commitments and terms.
//!
//! In: the book's topics. Out: TOML texts. Every requirement is one that the corpus meets, so coverage has work to do and nothing to complain of.

use std::fmt::Write as _;

use super::names::Book;

/// The support services: id and name.
pub const SIGNPOSTS: [(&str, &str); 8] = [
    ("samaritans", "Samaritans"),
    ("moneyhelper", "MoneyHelper"),
    ("citizens-advice", "Citizens Advice"),
    ("emergency", "Emergency services"),
    ("childline", "Childline"),
    ("stepchange", "StepChange Debt Charity"),
    ("gingerbread", "Gingerbread"),
    ("live-fear-free", "Live Fear Free"),
];

/// How many claims the commitments make.
pub const CLAIMS: usize = 12;

/// Returns `topics.toml`.
pub fn topics(book: &Book) -> String {
    let mut text = String::new();
    for (number, topic) in book.topics.iter().enumerate() {
        let home = topic.home;
        let link = match number % 10 {
            3 | 8 => "first-per-lesson",
            9 => "never",
            _ => "first-per-section",
        };
        let aliases: Vec<String> = topic
            .aliases
            .iter()
            .map(|alias| format!("\"{alias}\""))
            .collect();
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "[[topic]]\nid = \"{}\"\nname = \"{}\"\naliases = [{}]\ndefinition = \"What {} means for the people in a case, and what a caseworker does about it.\"\nhome = \"{}/{}.md\"\nlink = \"{link}\"",
            topic.id,
            topic.name,
            aliases.join(", "),
            topic.name.to_lowercase(),
            book.module_folder(home.module),
            book.lesson_stem(home),
        );
        if number % 10 == 7 {
            let _ = writeln!(text, "distinctive = false");
        }
        let _ = writeln!(text, "[topic.requires]");
        if number < THREADS {
            let _ = writeln!(text, "introduced = \"every-module\"");
        } else {
            let _ = writeln!(text, "introduced = [\"{}\"]", book.module_name(home.module));
        }
        let _ = writeln!(text, "practised = [\"{}\"]", book.module_name(home.module));
        if number % 2 == 0 {
            let _ = writeln!(text, "assessed = [\"{}\"]", book.module_name(home.module));
        }
        text.push('\n');
    }
    text
}

/// Returns whether a topic's names in prose never become links by themselves.
pub const fn is_quiet(topic: usize) -> bool {
    matches!(topic % 10, 7 | 9)
}

/// How many topics, the first ones, every module introduces on its own page.
pub const THREADS: usize = 2;

/// Returns `signposts.toml`.
pub fn signposts() -> String {
    let mut text = String::new();
    for (number, (id, name)) in SIGNPOSTS.iter().enumerate() {
        let _ = writeln!(
            text,
            "[[signpost]]\nid = \"{id}\"\nname = \"{name}\"\nfor = \"Anyone who needs it\"\nnations = [\"england\", \"wales\"]\nphone = \"0800 000 00{number:02}\"\nhours = \"24/7\"\ncost = \"free\"\nurgent = {}\nlast_verified_on = 2026-10-01\nreview_in = \"12 months\"\nsource = \"corpus\"\n",
            number == 3,
        );
    }
    text
}

/// Returns `commitments.toml`.
pub fn commitments() -> String {
    let mut text = String::from(
        "[[commitment]]\nid = \"corpus\"\ntitle = \"What the training contains\"\nbody = \"Corpus\"\nanswered_on = 2023-12-14\nsource = \"corpus\"\nstatus = \"current\"\n\n",
    );
    for number in 1..=CLAIMS {
        let _ = writeln!(
            text,
            "[[commitment.claim]]\nid = \"C{number}\"\ntext = \"The training contains point {number}.\"\nstatus = \"current\"\n"
        );
    }
    text
}

/// Returns `terms.toml`: words that the corpus does not hold, so that looking for them is all the work.
pub fn terms() -> String {
    let pairs = [
        ("absent father", "paying parent"),
        ("non-resident spouse", "paying parent"),
        ("defaulter", "parent with arrears"),
        ("broken home", "separated family"),
        ("hard-to-reach", "not yet reached"),
        ("end user", "customer"),
        ("signpost away", "offer"),
        ("leverage", "use"),
    ];
    let mut text = String::new();
    for (avoid, instead) in pairs {
        let _ = writeln!(
            text,
            "[[term]]\navoid = [\"{avoid}\"]\nuse = \"{instead}\"\nseverity = \"warning\"\nreason = \"House style.\"\n"
        );
    }
    text
}
