//! Reads a template as the engine's own lexer does, as far as it takes to write into it.
//!
//! In: a template's text. Out: its tags, with their tokens. Understands no more of them, and leaves texts, comments and raw blocks alone.

use std::borrow::Cow;
use std::ops::Range;

/// One tag: `{{ ... }}` or `{% ... %}`.
#[derive(Debug)]
pub struct Tag<'t> {
    pub kind: Kind,
    /// With its delimiters.
    pub place: Range<usize>,
    /// Whether it takes the space behind it away.
    pub trims: bool,
    pub tokens: Vec<Token<'t>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Print,
    Statement,
}

#[derive(Debug, Clone)]
pub struct Token<'t> {
    pub what: What<'t>,
    pub place: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What<'t> {
    Name(&'t str),
    /// A text, with its quotation marks, a number, or `true` and the like.
    Literal(&'t str),
    /// An operator or a bracket.
    Sign(&'t str),
}

impl<'t> Tag<'t> {
    /// Returns the word that says what a statement does.
    pub fn word(&self) -> Option<&'t str> {
        (self.kind == Kind::Statement).then(|| self.name(0))?
    }

    /// Returns a token that is a name.
    pub fn name(&self, at: usize) -> Option<&'t str> {
        match self.tokens.get(at)?.what {
            What::Name(name) => Some(name),
            _ => None,
        }
    }

    /// Returns a token that is a sign.
    pub fn sign(&self, at: usize) -> Option<&'t str> {
        sign(self.tokens.get(at))
    }

    /// Returns what a text says.
    pub fn text(&self, at: usize) -> Option<Cow<'t, str>> {
        let What::Literal(text) = self.tokens.get(at)?.what else {
            return None;
        };
        let text = text.get(1..text.len() - 1)?;
        if !text.contains('\\') {
            return Some(text.into());
        }
        let mut said = String::with_capacity(text.len());
        let mut rest = text.chars();
        while let Some(c) = rest.next() {
            said.push(match c {
                '\\' => match rest.next()? {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    other => other,
                },
                _ => c,
            });
        }
        Some(said.into())
    }

    /// Returns whether a component is called: where a value is awaited, `<` compares nothing.
    pub fn calls_component(&self) -> bool {
        (0..self.tokens.len()).any(|at| {
            let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
            let is_awaited = before.is_none_or(|token| match token.what {
                What::Sign(sign) => !matches!(sign, ")" | "]" | "}"),
                What::Name(name) => {
                    matches!(name, "and" | "or" | "not" | "in" | "if" | "elif" | "else")
                }
                What::Literal(_) => false,
            });
            is_awaited && self.sign(at) == Some("<") && self.name(at + 1).is_some()
        })
    }

    /// Returns whether a function is called.
    pub fn calls(&self, function: &str) -> bool {
        (0..self.tokens.len())
            .any(|at| self.name(at) == Some(function) && self.sign(at + 1) == Some("("))
    }
}

/// Returns a sign, where the token is one.
pub fn sign<'t>(token: Option<&Token<'t>>) -> Option<&'t str> {
    match token?.what {
        What::Sign(sign) => Some(sign),
        _ => None,
    }
}

/// Signs of several characters, the longer ones first.
const SIGNS: [&str; 10] = ["...", "//", "**", "==", "!=", ">=", "<=", "</", "?.", "?["];

const SINGLE_SIGNS: &str = "+-*/%!.,:~|=><()[]{}@";

/// Returns the tags, or nothing where the engine, too, cannot read the text.
pub fn tags(text: &str) -> Option<Vec<Tag<'_>>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|found| at + found) {
        let behind = open + 2 + usize::from(text.as_bytes().get(open + 2) == Some(&b'-'));
        at = match text.as_bytes().get(open + 1) {
            Some(b'{') => {
                let tag = tag(text, open..behind, Kind::Print)?;
                tags.push(tag);
                tags.last()?.place.end
            }
            Some(b'%') => match behind_raw(text, behind) {
                Some(end) => end?,
                None => {
                    let tag = tag(text, open..behind, Kind::Statement)?;
                    tags.push(tag);
                    tags.last()?.place.end
                }
            },
            Some(b'#') => behind + text[behind..].find("#}")? + 2,
            _ => open + 1,
        };
    }
    Some(tags)
}

/// Returns where a raw block ends that begins with this tag: nothing where none does, `Some(None)` where it never ends.
fn behind_raw(text: &str, behind: usize) -> Option<Option<usize>> {
    let mut at = behind_word(text, behind, "raw")?;
    while let Some(open) = text[at..].find("{%").map(|found| at + found + 2) {
        if let Some(end) = behind_word(text, open, "endraw") {
            return Some(Some(end));
        }
        at = open;
    }
    Some(None)
}

/// Returns where a tag ends that holds this word alone.
fn behind_word(text: &str, at: usize, word: &str) -> Option<usize> {
    let space = |c: char| c.is_ascii_whitespace();
    let rest = &text[at..];
    let rest = rest
        .strip_prefix('-')
        .unwrap_or(rest)
        .trim_start_matches(space);
    let rest = rest.strip_prefix(word)?.trim_start_matches(space);
    let rest = rest.strip_prefix('-').unwrap_or(rest).strip_prefix("%}")?;
    Some(text.len() - rest.len())
}

fn tag(text: &str, open: Range<usize>, kind: Kind) -> Option<Tag<'_>> {
    let close = match kind {
        Kind::Print => "}}",
        Kind::Statement => "%}",
    };
    let mut at = open.end;
    let mut tokens = Vec::new();
    loop {
        let rest = text[at..].trim_start_matches(|c: char| c.is_ascii_whitespace());
        at = text.len() - rest.len();
        let trims = rest
            .strip_prefix('-')
            .is_some_and(|rest| rest.starts_with(close));
        if trims || rest.starts_with(close) {
            return Some(Tag {
                kind,
                place: open.start..at + close.len() + usize::from(trims),
                trims,
                tokens,
            });
        }
        let (what, length) = token(rest)?;
        tokens.push(Token {
            what,
            place: at..at + length,
        });
        at += length;
    }
}

fn token(rest: &str) -> Option<(What<'_>, usize)> {
    let first = rest.chars().next()?;
    if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
        return Some((What::Sign(&rest[..sign.len()]), sign.len()));
    }
    if matches!(first, '"' | '\'' | '`') {
        let length = quoted(rest, first)?;
        return Some((What::Literal(&rest[..length]), length));
    }
    if SINGLE_SIGNS.contains(first) {
        return Some((What::Sign(&rest[..1]), 1));
    }
    let bytes = rest.as_bytes();
    if first.is_ascii_digit() {
        let mut has_point = false;
        let digits = bytes.iter().take_while(|c| {
            let is_point = **c == b'.' && !has_point;
            has_point |= is_point;
            is_point || c.is_ascii_digit()
        });
        let length = digits.count();
        return Some((What::Literal(&rest[..length]), length));
    }
    let is_name = |c: &&u8| **c == b'_' || c.is_ascii_alphanumeric();
    let length = bytes.iter().take_while(is_name).count();
    let name = &rest[..length];
    match name {
        "" => None,
        "true" | "True" | "false" | "False" | "none" | "None" | "null" => {
            Some((What::Literal(name), length))
        }
        _ => Some((What::Name(name), length)),
    }
}

/// Returns the length of a text with its quotation marks.
fn quoted(rest: &str, mark: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if is_escaped {
            is_escaped = false;
        } else if c == '\\' {
            is_escaped = true;
        } else if c == mark {
            return Some(at + 1);
        }
    }
    None
}
