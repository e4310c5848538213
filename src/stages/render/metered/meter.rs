//! Writes into one template what counts its work.
//!
//! In: its text and its tags. Out: the text with what counts each turn of a loop, whatever begins, and what is shown where that is kept or asked for.

use std::collections::BTreeMap;

use super::super::allowance::{BEGUN, MADE, SHOWN, TURNS};
use super::super::tokens::{Kind, Tag, Token, What, sign};
use super::expression::{Added, before_filter, expression, filters, power, power_of};
use super::kept::{Kept, Scopes};

/// What a turn of a loop, and whatever begins, counts beside its text.
const LEAST: usize = 64;

/// Which values are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Those that larger ones are made from.
    Growing,
    /// Also those that are shown, so that a page that is too large fails where it grows.
    All,
}

/// Writes into one template.
pub struct Meter<'k, 't> {
    text: &'t str,
    scopes: Scopes<'k, 't>,
    counted: Counted,
    added: Added,
}

impl<'k, 't> Meter<'k, 't> {
    pub fn new(text: &'t str, name: &str, kept: &'k Kept<'t>, counted: Counted) -> Self {
        Self {
            text,
            scopes: Scopes::new(name, kept),
            counted,
            added: Vec::new(),
        }
    }

    pub fn write(mut self, tags: &[Tag<'t>]) -> String {
        // What extends another template may hold nothing but blocks and components, which count themselves.
        if !tags.iter().any(|tag| tag.word() == Some("extends")) {
            self.added.push((0, begun(self.text.len(), "")));
        }
        for (tag, length) in tags.iter().zip(lengths_of_bodies(tags)) {
            self.tag(tag, length);
            self.scopes.pass(tag);
        }
        let mut written = String::with_capacity(self.text.len() + 32 * self.added.len());
        let mut from = 0;
        for (at, added) in self.added {
            written.push_str(&self.text[from..at]);
            written.push_str(&added);
            from = at;
        }
        written.push_str(&self.text[from..]);
        written
    }

    fn tag(&mut self, tag: &Tag<'t>, length: usize) {
        let tokens = &tag.tokens;
        match tag.word() {
            Some("if" | "elif") => expression(&tokens[1..], &mut self.added),
            Some("set" | "set_global") if tag.sign(2) == Some("=") => {
                expression(&tokens[3..], &mut self.added);
            }
            Some("set" | "set_global") => {
                filters(&tokens[2..], &mut self.added);
                let end = tokens.last().map_or(tag.place.end, |last| last.place.end);
                self.added.push((end, format!(" | {MADE}0")));
            }
            Some("filter") => {
                if let Some(first) = tokens.get(1) {
                    let power = power_of(&tokens[1..]);
                    self.added
                        .push((first.place.start, format!("{MADE}{power} | ")));
                    before_filter(&tokens[1..], 0, &mut self.added);
                    filters(&tokens[1..], &mut self.added);
                }
            }
            Some("for") => {
                let names = tokens
                    .iter()
                    .position(|token| token.what == What::Name("in"));
                let list = names.map_or(&[][..], |names| &tokens[names + 1..]);
                if let (Some(first), Some(last)) = (list.first(), list.last()) {
                    self.added.push((first.place.start, "(".to_owned()));
                    expression(list, &mut self.added);
                    let turns = format!(") | {TURNS}{}", power(length + LEAST));
                    self.added.push((last.place.end, turns));
                }
            }
            Some("block" | "component") => {
                let trim = if tag.trims { "-" } else { "" };
                self.added.push((tag.place.end, begun(length, trim)));
            }
            None if tag.sign(0) == Some("<") && tag.kind == Kind::Statement => {
                expression(tokens, &mut self.added);
            }
            None if tag.kind == Kind::Print => self.print(tokens),
            _ => {}
        }
    }

    fn print(&mut self, tokens: &[Token<'t>]) {
        let is_counted = self.counted == Counted::All || self.scopes.are_kept();
        // What shows a component is shown by the component.
        let shows_component = sign(tokens.first()) == Some("<");
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) if is_counted && !shows_component => {
                self.added.push((first.place.start, "(".to_owned()));
                expression(tokens, &mut self.added);
                self.added.push((last.place.end, format!(") | {SHOWN}")));
            }
            _ => expression(tokens, &mut self.added),
        }
    }
}

/// Returns a tag that counts what begins, and shows nothing.
fn begun(length: usize, trim: &str) -> String {
    let power = power(length + LEAST);
    format!("{{% if 0 | {BEGUN}{power} %}}{{% endif {trim}%}}")
}

/// Returns for each tag the length of what stands between it and the one that closes it.
fn lengths_of_bodies(tags: &[Tag<'_>]) -> Vec<usize> {
    let mut lengths = vec![0; tags.len()];
    let mut open: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, tag) in tags.iter().enumerate() {
        let word = tag.word().unwrap_or_default();
        if matches!(word, "for" | "block" | "component") {
            open.entry(word).or_default().push(at);
        } else if let Some(opening) = word.strip_prefix("end")
            && let Some(first) = open.get_mut(opening).and_then(Vec::pop)
        {
            lengths[first] = tag.place.start - tags[first].place.end;
        }
    }
    lengths
}
