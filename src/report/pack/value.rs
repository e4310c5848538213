//! What a pack holds.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::Serialize;

use crate::report::cell::Spot;

/// What the training says on a few claims or topics.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pack<'c> {
    /// Version of these fields.
    pub schema: u32,
    /// What counted as today.
    pub as_of: Date,
    /// What was asked for, in words.
    pub title: String,
    /// What was asked for, one by one.
    pub entries: Vec<Entry<'c>>,
}

/// A claim or a topic.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry<'c> {
    /// `claim` or `topic`.
    pub kind: &'static str,
    /// Its id.
    pub id: Cow<'c, str>,
    /// What was said: the claim's text, or what the topic means.
    pub text: Cow<'c, str>,
    /// Its heading.
    pub heading: String,
    /// What it is part of: a statement with its source, where it is a claim.
    pub statement: Option<Statement<'c>>,
    /// The answer in one line.
    pub answer: String,
    /// Whether the answer is yes.
    pub holds: bool,
    /// How deep the register expects a claim to be borne out; empty where it says nothing.
    pub expects: &'static str,
    /// What to know about it.
    pub limits: Vec<Cow<'c, str>>,
    /// Where the lessons show it, the strongest first.
    pub evidence: Vec<Proof<'c>>,
    /// How many of these are not listed where people read; none is left out elsewhere.
    pub further: usize,
}

/// A public statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Statement<'c> {
    /// Its id.
    pub id: &'c str,
    /// What it is called.
    pub title: &'c str,
    /// Who said it, or where.
    pub body: &'c str,
    /// When it was answered.
    pub answered_on: Option<Date>,
    /// Where it can be read.
    pub source: &'c str,
    /// Whether it holds.
    pub status: &'static str,
}

/// A located place that shows something.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Proof<'c> {
    /// How deep it goes.
    pub depth: &'static str,
    /// The sentence.
    pub quote: Cow<'c, str>,
    /// The module's name; empty for the home page.
    pub module: &'c str,
    /// Path from the root.
    pub file: Cow<'c, str>,
    /// Line, from 1.
    pub line: u32,
    /// Anchor in the lesson's page.
    pub anchor: Cow<'c, str>,
    /// The heading that it stands under; empty where that is not known.
    pub heading: Cow<'c, str>,
    /// What it does not show.
    pub limits: Cow<'c, str>,
}

impl Proof<'_> {
    /// Returns where it stands.
    pub fn spot(&self) -> Spot<'_> {
        Spot::line(&self.file, self.line, &self.anchor)
    }
}
