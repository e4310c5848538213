//! Finds out what templates keep as a text before they write it out.
//!
//! In: the tags of all templates. Out: whether what stands at a tag is kept: the blocks that `super()` asks for, texts that are set, filtered or handed to a
//! component, and whatever is included there.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::super::tokens::{Kind, Tag};

/// What is not written out at once, but kept as a text first: there what is shown is counted too.
pub struct Kept<'t> {
    /// Blocks that another block asks for with `super()`.
    blocks: BTreeSet<&'t str>,
    /// Templates that are included where something is kept.
    templates: BTreeSet<Cow<'t, str>>,
}

impl<'t> Kept<'t> {
    pub fn of(read: &BTreeMap<&'t str, Option<Vec<Tag<'t>>>>) -> Self {
        let mut kept = Self {
            blocks: BTreeSet::new(),
            templates: BTreeSet::new(),
        };
        for tags in read.values().flatten() {
            let mut blocks = Vec::new();
            for tag in tags {
                match tag.word() {
                    Some("block") => blocks.push(tag.name(1)),
                    Some("endblock") => drop(blocks.pop()),
                    _ if tag.calls("super") => kept.blocks.extend(blocks.last().copied().flatten()),
                    _ => {}
                }
            }
        }
        loop {
            let before = kept.templates.len();
            for (name, tags) in read {
                let mut scopes = Scopes::new(name, &kept);
                let mut included = Vec::new();
                for tag in tags.iter().flatten() {
                    if tag.word() == Some("include") && scopes.are_kept() {
                        included.extend(tag.text(1));
                    }
                    scopes.pass(tag);
                }
                kept.templates.extend(included);
            }
            if kept.templates.len() == before {
                return kept;
            }
        }
    }
}

/// What is open around a tag.
pub struct Scopes<'k, 't> {
    kept: &'k Kept<'t>,
    is_kept: bool,
    /// What becomes of what is shown in each.
    open: Vec<Scope>,
    /// How many of them keep it.
    depth: usize,
}

/// What becomes of what a part of a template shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// It is written out.
    Shown,
    /// It is kept for later.
    Kept,
}

impl<'k, 't> Scopes<'k, 't> {
    pub fn new(template: &str, kept: &'k Kept<'t>) -> Self {
        Self {
            kept,
            is_kept: kept.templates.contains(template),
            open: Vec::new(),
            depth: 0,
        }
    }

    pub fn are_kept(&self) -> bool {
        self.is_kept || self.depth > 0
    }

    pub fn pass(&mut self, tag: &Tag<'_>) {
        let is_tag = tag.kind == Kind::Statement;
        match (tag.word(), tag.sign(0)) {
            (Some("block"), _) => {
                let name = tag.name(1);
                let is_kept = name.is_some_and(|name| self.kept.blocks.contains(name));
                self.opened(if is_kept { Scope::Kept } else { Scope::Shown });
            }
            (Some("filter" | "component"), _) => self.opened(Scope::Kept),
            (Some("set" | "set_global"), _) if tag.sign(2) != Some("=") => {
                self.opened(Scope::Kept);
            }
            (None, Some("<")) if is_tag => self.opened(Scope::Kept),
            (Some("endblock" | "endfilter" | "endcomponent" | "endset"), _) => self.closed(),
            (None, Some("</")) if is_tag => self.closed(),
            _ => {}
        }
    }

    fn opened(&mut self, scope: Scope) {
        self.open.push(scope);
        self.depth += usize::from(scope == Scope::Kept);
    }

    fn closed(&mut self) {
        let was_kept = self.open.pop() == Some(Scope::Kept);
        self.depth -= usize::from(was_kept);
    }
}
