//! What the blocks of other tools are called here.

/// A block of ours that takes the place of another tool's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A block with this name.
    Block(&'static str),
    /// An answer: a solution inside an exercise, else a fold.
    Answer,
    /// A nudge: a hint inside an exercise, else a tip.
    Nudge,
    /// Nothing: what it holds stands alone.
    Bare,
}

/// Names of other tools' blocks, and ours.
const KINDS: [(&str, Kind); 72] = [
    ("abstract", Kind::Block("note")),
    ("activity", Kind::Block("activity")),
    ("alert", Kind::Block("note")),
    ("answer", Kind::Answer),
    ("attention", Kind::Block("caution")),
    ("bug", Kind::Block("caution")),
    ("callout", Kind::Block("note")),
    ("callout-caution", Kind::Block("caution")),
    ("callout-important", Kind::Block("important")),
    ("callout-note", Kind::Block("note")),
    ("callout-tip", Kind::Block("tip")),
    ("callout-warning", Kind::Block("caution")),
    ("caution", Kind::Block("caution")),
    ("challenge", Kind::Block("activity")),
    ("check", Kind::Block("tip")),
    ("checklist", Kind::Block("note")),
    ("cite", Kind::Block("note")),
    ("collapse", Kind::Block("details")),
    ("column", Kind::Bare),
    ("columns", Kind::Bare),
    ("danger", Kind::Block("caution")),
    ("details", Kind::Block("details")),
    ("discussion", Kind::Block("discussion")),
    ("done", Kind::Block("tip")),
    ("error", Kind::Block("caution")),
    ("example", Kind::Block("example")),
    ("exercise", Kind::Block("activity")),
    ("expand", Kind::Block("details")),
    ("fail", Kind::Block("caution")),
    ("failure", Kind::Block("caution")),
    ("faq", Kind::Block("note")),
    ("group-tab", Kind::Bare),
    ("help", Kind::Block("note")),
    ("hint", Kind::Nudge),
    ("important", Kind::Block("important")),
    ("info", Kind::Block("note")),
    ("instructor", Kind::Block("facilitator")),
    ("instructor-notes", Kind::Block("facilitator")),
    ("keypoints", Kind::Block("keypoints")),
    ("missing", Kind::Block("caution")),
    ("note", Kind::Block("note")),
    ("notice", Kind::Block("note")),
    ("objectives", Kind::Block("objectives")),
    ("practice", Kind::Block("activity")),
    ("prereq", Kind::Block("important")),
    ("prerequisites", Kind::Block("important")),
    ("primary", Kind::Block("note")),
    ("question", Kind::Block("note")),
    ("questions", Kind::Block("note")),
    ("quote", Kind::Block("note")),
    ("secondary", Kind::Block("note")),
    ("seealso", Kind::Block("note")),
    ("solution", Kind::Answer),
    ("spoiler", Kind::Block("details")),
    ("success", Kind::Block("tip")),
    ("summary", Kind::Block("note")),
    ("tab", Kind::Bare),
    ("tabs", Kind::Bare),
    ("task", Kind::Block("activity")),
    ("testimonial", Kind::Block("note")),
    ("tip", Kind::Block("tip")),
    ("tldr", Kind::Block("note")),
    ("todo", Kind::Block("note")),
    ("toggle", Kind::Block("details")),
    ("warning", Kind::Block("caution")),
    ("local", Kind::Block("local")),
    ("checkpoint", Kind::Block("checkpoint")),
    ("facilitator", Kind::Block("facilitator")),
    ("content-note", Kind::Block("content-note")),
    ("unpublished", Kind::Block("unpublished")),
    ("exercise-title", Kind::Bare),
    ("margin", Kind::Block("note")),
];

/// Blocks whose name says nothing that readers need.
const SILENT: [&str; 8] = [
    "alert",
    "callout",
    "challenge",
    "exercise",
    "notice",
    "primary",
    "secondary",
    "instructor",
];

/// Returns what a block of another tool becomes.
pub fn kind(name: &str) -> Option<Kind> {
    let name = name.to_lowercase();
    let name = name
        .strip_prefix("callout-")
        .map_or(name.as_str(), |kind| kind);
    KINDS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, kind)| *kind)
}

/// Returns the title of a block that has none of its own: the word by which readers knew it, where ours is another.
pub fn own_title(name: &str, ours: &str) -> String {
    let lower = name.to_lowercase();
    let lower = lower.strip_prefix("callout-").unwrap_or(&lower);
    if lower == ours || SILENT.contains(&lower) || matches!(ours, "solution" | "hint") {
        return String::new();
    }
    match lower {
        "prereq" => "Prerequisites".into(),
        other => {
            let mut chars = other.chars();
            let first = chars.next().map(|c| c.to_uppercase().to_string());
            first.unwrap_or_default() + chars.as_str()
        }
    }
}

/// Returns the opening line of a block.
pub fn opening(name: &str, title: &str, id: &str) -> String {
    let mut line = format!("::: {name}");
    let title = balanced(title);
    if !title.is_empty() {
        line.push_str(&format!(" [{title}]"));
    }
    if !id.is_empty() {
        line.push_str(&format!(" {{#{id}}}"));
    }
    line
}

/// Returns a title whose brackets close each other, since they end it.
pub fn balanced(title: &str) -> String {
    let mut depth = 0_i32;
    let mut broken = false;
    for c in title.chars() {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        broken |= depth < 0;
    }
    let title = if broken || depth != 0 {
        title.replace('[', "(").replace(']', ")")
    } else {
        title.to_owned()
    };
    let words: Vec<&str> = title.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_say_more_than_ours_become_titles() {
        for (name, ours, expected) in [
            ("danger", "caution", "Danger"),
            ("Note", "note", ""),
            ("challenge", "activity", ""),
            ("prereq", "important", "Prerequisites"),
            ("solution", "solution", ""),
        ] {
            assert_eq!(own_title(name, ours), expected, "{name}");
        }
    }

    #[test]
    fn titles_close_their_brackets() {
        assert_eq!(opening("note", "a [b] c", ""), "::: note [a [b] c]");
        assert_eq!(opening("note", "a ]b[", "x"), "::: note [a )b(] {#x}");
    }
}
