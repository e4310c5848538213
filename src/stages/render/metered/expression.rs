//! Counts the values of an expression, each behind the last token that makes it.
//!
//! In: the tokens of an expression. Out: filters that count its variables, calls, brackets and results of filters; none where it makes nothing that could grow.

use std::ops::Range;

use super::super::allowance::{LINES, MADE, MOST_TIMES, PAIRED};
use super::super::tokens::{Token, What, sign};

/// Filters whose results are no larger than what they are given, and that look at none of it.
const LIGHT_FILTERS: [&str; 8] = [
    "default", "first", "last", "lessons", "minutes", "nth", "places", "time",
];

/// What is put into a template, and where, in the order of its text.
pub type Added = Vec<(usize, String)>;

/// Counts the values of an expression, if it makes anything.
pub fn expression(tokens: &[Token<'_>], added: &mut Added) {
    if !is_light(tokens) {
        Operands::new(tokens, added).count(State::Awaited);
    }
}

/// Counts what filters behind a captured text are given.
pub fn filters(tokens: &[Token<'_>], added: &mut Added) {
    Operands::new(tokens, added).count(State::Given);
}

/// Puts in what a filter takes from its input besides, if it does.
pub fn before_filter(tokens: &[Token<'_>], at: usize, added: &mut Added) {
    let filter = match tokens.get(at).map(|token| token.what) {
        Some(What::Name("indent")) => LINES,
        Some(What::Name("unique")) => PAIRED,
        _ => return,
    };
    let start = tokens[at].place.start;
    added.push((start, format!("{filter} | ")));
}

/// Returns the power of two that is no less than this.
pub fn power(length: usize) -> u32 {
    length.next_power_of_two().trailing_zeros().min(MOST_TIMES)
}

/// Returns whether an expression makes no value, and looks at none longer than its own text.
fn is_light(tokens: &[Token<'_>]) -> bool {
    let is_literal = |at: Option<usize>| {
        let token = at.and_then(|at| tokens.get(at));
        token.is_some_and(|token| matches!(token.what, What::Literal(_)))
    };
    tokens
        .iter()
        .enumerate()
        .all(|(at, token)| match token.what {
            What::Literal(_) => true,
            What::Sign("." | "?." | "(" | ")" | "," | "+" | "-" | "*" | "/" | "%") => true,
            What::Sign("|") => {
                let filter = tokens.get(at + 1).map(|token| token.what);
                matches!(filter, Some(What::Name(name)) if LIGHT_FILTERS.contains(&name))
            }
            What::Sign("=") => true,
            What::Sign("==" | "!=" | "<" | ">" | "<=" | ">=") => {
                is_literal(at.checked_sub(1)) || is_literal(Some(at + 1))
            }
            What::Sign(_) => false,
            What::Name("in") => is_literal(Some(at + 1)),
            // A function, a test or a filter with arguments.
            What::Name(name) => {
                sign(tokens.get(at + 1)) != Some("(")
                    || LIGHT_FILTERS.contains(&name)
                    || matches!(name, "and" | "or" | "not" | "if" | "else")
            }
        })
}

/// Returns by which power of two the values of an expression count: how much larger its filters can make them, and how often they are copied.
pub fn power_of(tokens: &[Token<'_>]) -> u32 {
    let growth = tokens.iter().map(|token| match token.what {
        What::Name("split" | "pairs" | "group_by") => 6,
        What::Name("sort") => 5,
        What::Name(
            "upper" | "lower" | "title" | "capitalize" | "escape" | "escape_html" | "escape_xml"
            | "newlines_to_br" | "str" | "indent" | "keys" | "values",
        ) => 3,
        _ => 0,
    });
    let joined = tokens.iter().filter(|token| token.what == What::Sign("~"));
    growth.max().unwrap_or(0) + power(joined.count())
}

/// What comes next in an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// A value.
    Awaited,
    /// An operator, since a value has been given.
    Given,
}

/// A bracket that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    /// What is in the bracket, or what a function or filter makes of it, is a value that is counted.
    Value,
    /// Arguments of a test, lists and maps: their values are counted.
    Other,
    /// A component's attributes.
    Component,
}

/// Walks through an expression, and counts each variable, call, bracket and result of a filter behind its last token.
struct Operands<'a, 't> {
    tokens: &'a [Token<'t>],
    open: Vec<Open>,
    power: u32,
    added: &'a mut Added,
}

impl<'a, 't> Operands<'a, 't> {
    fn new(tokens: &'a [Token<'t>], added: &'a mut Added) -> Self {
        Self {
            tokens,
            open: Vec::new(),
            power: power_of(tokens),
            added,
        }
    }

    fn count(mut self, mut state: State) {
        let mut at = 0;
        while at < self.tokens.len() {
            (at, state) = if self.open.last() == Some(&Open::Component) {
                self.attribute(at)
            } else {
                self.token(at, state)
            };
        }
    }

    /// Passes a token, and returns where to go on, and with what.
    fn token(&mut self, at: usize, state: State) -> (usize, State) {
        let next = at + 1;
        match (self.tokens[at].what, state) {
            (What::Literal(_), _) => (next, State::Given),
            (What::Sign("("), State::Awaited) => self.opened(at, Open::Value),
            (What::Sign("[" | "{"), State::Awaited) => self.opened(at, Open::Other),
            (What::Sign("<"), State::Awaited) => self.opened(at, Open::Component),
            // An index, or a slice.
            (What::Sign("[" | "?["), State::Given) => self.opened(at, Open::Value),
            (What::Sign("(" | "{"), State::Given) => self.opened(at, Open::Other),
            (What::Sign(")" | "]" | "}"), _) => {
                let end = self.place(at);
                match self.open.pop() {
                    Some(Open::Value) => self.value(end, next),
                    _ => (next, State::Given),
                }
            }
            (What::Sign("|"), _) => {
                before_filter(self.tokens, next, self.added);
                self.named(next, Open::Value)
            }
            (What::Name("is"), _) => {
                let negated = self
                    .tokens
                    .get(next)
                    .is_some_and(|token| token.what == What::Name("not"));
                self.named(next + usize::from(negated), Open::Other)
            }
            (What::Name("for"), State::Given) => {
                let rest = &self.tokens[at..];
                let names = rest.iter().position(|token| token.what == What::Name("in"));
                let list = names.map_or(self.tokens.len(), |names| at + names + 1);
                (list, State::Awaited)
            }
            (What::Name("and" | "or" | "not" | "in" | "if" | "else"), _) | (What::Sign(_), _) => {
                (next, State::Awaited)
            }
            // A keyword argument.
            (What::Name(_), _) if sign(self.tokens.get(next)) == Some("=") => {
                (next + 1, State::Awaited)
            }
            (What::Name(_), _) => {
                let mut last = at;
                while matches!(sign(self.tokens.get(last + 1)), Some("." | "?.")) {
                    last += 2;
                }
                match sign(self.tokens.get(last + 1)) {
                    Some("(") => self.opened(last + 1, Open::Value),
                    _ => self.value(self.place(last), last + 1),
                }
            }
        }
    }

    fn place(&self, at: usize) -> Range<usize> {
        let last = self.tokens.get(at).or(self.tokens.last());
        last.map_or(0..0, |token| token.place.clone())
    }

    fn opened(&mut self, at: usize, bracket: Open) -> (usize, State) {
        self.open.push(bracket);
        (at + 1, State::Awaited)
    }

    /// Passes the name of a filter or test, with the bracket of its arguments.
    fn named(&mut self, name: usize, bracket: Open) -> (usize, State) {
        match (sign(self.tokens.get(name + 1)), bracket) {
            (Some("("), _) => self.opened(name + 1, bracket),
            (_, Open::Value) => self.value(self.place(name), name + 1),
            _ => (name + 1, State::Given),
        }
    }

    /// Counts a value, unless a part of it is meant.
    fn value(&mut self, place: Range<usize>, next: usize) -> (usize, State) {
        match sign(self.tokens.get(next)) {
            Some("[" | "?[") => (next, State::Given),
            Some("." | "?.") => self.value(self.place(next + 1), next + 2),
            _ => {
                let counted = format!(" | {MADE}{}", self.power);
                self.added.push((place.end, counted));
                (next, State::Given)
            }
        }
    }

    /// Passes a token of a component's call: its name, an attribute, or the end.
    fn attribute(&mut self, at: usize) -> (usize, State) {
        match self.tokens[at].what {
            What::Sign("{") => self.opened(at, Open::Other),
            What::Sign(">") => {
                self.open.pop();
                (at + 1, State::Given)
            }
            _ => (at + 1, State::Awaited),
        }
    }
}
