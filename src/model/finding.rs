//! What is wrong, where, and how to mend it.

use super::{Place, Rule, Severity};

/// One diagnostic about the curriculum's content.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Finding {
    /// The rule that was broken.
    pub rule: Rule,
    /// The rule's severity, after `[checks]`.
    pub severity: Severity,
    /// Path relative to the root, with `/`.
    pub file: String,
    /// Where in the file.
    pub place: Place,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
    /// What mends it without anybody deciding: there is nothing else that could be meant.
    pub fix: Option<Box<Fix>>,
}

/// A text to put in the place of another one, in the file of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fix {
    /// Where the former text stands in the file, in bytes; a byte order mark is not counted.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// What is written instead.
    pub text: String,
}

impl Fix {
    /// Puts a text in the place of what stands at `at`, where that is known.
    pub fn at(at: Option<(u32, u32)>, text: impl Into<String>) -> Option<Self> {
        let (start, end) = at?;
        let text = text.into();
        Some(Self { start, end, text })
    }
}

impl Finding {
    /// Makes a finding of the rule's default severity.
    pub fn new(
        rule: Rule,
        file: impl Into<String>,
        place: Place,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            severity: rule.default_severity(),
            file: file.into(),
            place,
            message: message.into(),
            help: None,
            fix: None,
        }
    }

    /// Adds how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds help where there is some.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// Adds what mends it, where nothing has to be decided.
    #[must_use]
    pub fn maybe_fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix.map(Box::new);
        self
    }

    /// Orders findings as people read them: by file, place and rule.
    pub fn reading_order(&self, other: &Self) -> std::cmp::Ordering {
        (&self.file, self.place, self.rule.name(), &self.message).cmp(&(
            &other.file,
            other.place,
            other.rule.name(),
            &other.message,
        ))
    }
}

/// A stage's result together with what it found wrong on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staged<T> {
    /// What the stage made.
    pub value: T,
    /// Everything that it found wrong.
    pub findings: Vec<Finding>,
}

/// A line that silences findings of one rule: `<!-- throughline-ignore RULE: reason -->`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ignore {
    /// The rule's name as written; empty where none was named.
    pub rule: String,
    /// Why; empty where no reason was given.
    pub reason: String,
    /// Where the comment stands.
    pub place: Place,
    /// The lines that it silences, both included.
    pub lines: (u32, u32),
    /// Whether it has already served, as a mark on a quotation.
    pub served: bool,
}
