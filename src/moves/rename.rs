//! Gives a topic, a support service or a claim another id, wherever it is named.

use std::collections::HashSet;

use toml_edit::{ArrayOfTables, Document, Item, Table, Value};

use super::refusal::Refusal;
use crate::model::edits::Edits;
use crate::model::lesson::{LinkKind, NamedKind};
use crate::model::naming::{id_like, is_entry_id};
use crate::model::written::as_toml;
use crate::model::{Lesson, Registers};

/// An entry of a register that gets another id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    /// What it is.
    pub kind: NamedKind,
    /// Its id now.
    pub from: String,
    /// Its id afterwards.
    pub to: String,
}

/// What becomes of an id that an entry had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Former {
    /// People may know it: it leads to the entry from now on.
    Kept,
    /// Nobody has ever seen it.
    Forgotten,
}

impl Rename {
    /// Checks that the entry is there and that its new id is free and can be one.
    ///
    /// # Errors
    ///
    /// When it is not so.
    pub fn new(
        kind: NamedKind,
        (from, to): (&str, &str),
        registers: &Registers,
    ) -> Result<Self, Refusal> {
        let ids = ids(kind, registers);
        let what = what(kind);
        if !ids.contains(from) {
            let refusal = Refusal::new(format!("no {what} is called `{from}`"))
                .help(format!("ids stand in modules/{}", register(kind)));
            return Err(refusal.near(from, ids.into_iter()));
        }
        if from == to {
            return Err(Refusal::new(format!("the {what} is called `{to}` already")));
        }
        if ids.contains(to) {
            let taken = format!("the id `{to}` is another {what}'s already");
            return Err(Refusal::new(taken).help("give it an id of its own"));
        }
        let fits = match kind {
            NamedKind::Claim => {
                !to.is_empty() && to.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c))
            }
            _ => is_entry_id(to),
        };
        if !fits {
            let refusal = Refusal::new(format!("`{to}` cannot be an id"));
            return Err(refusal.help(match kind {
                NamedKind::Claim => "use letters, digits and hyphens, such as `A9`".to_owned(),
                _ => {
                    let like = id_like(to);
                    format!("use lower-case letters, digits and hyphens, such as `{like}`")
                }
            }));
        }
        Ok(Self {
            kind,
            from: from.to_owned(),
            to: to.to_owned(),
        })
    }

    /// Returns the address of the entry's own page, where it has one.
    pub fn address(&self) -> Option<String> {
        (self.kind == NamedKind::Topic).then(|| format!("topics/{}.html", self.from))
    }

    /// Returns where a lesson names the entry by its id.
    pub fn in_lesson(&self, lesson: &Lesson, text: &str) -> Vec<(u32, u32)> {
        let named = lesson.named.iter().filter(|named| named.kind == self.kind);
        let kind = match self.kind {
            NamedKind::Topic => Some(LinkKind::Topic),
            NamedKind::Signpost => Some(LinkKind::Signpost),
            NamedKind::Claim => None,
        };
        let links = lesson.links.iter().filter(|link| Some(link.kind) == kind);
        let places = named
            .map(|named| named.at)
            .chain(links.filter_map(|link| link.at));
        let is_it = |(start, end): &(u32, u32)| {
            text.get(*start as usize..*end as usize) == Some(self.from.as_str())
        };
        places.filter(is_it).collect()
    }

    /// Notes the new id in a register, and the former one beside it where that is kept.
    pub fn in_register(&self, name: &str, text: &str, former: Former, edits: &mut Edits) {
        if name != register(self.kind) {
            return;
        }
        let Ok(document) = Document::parse(text) else {
            return;
        };
        let top = match self.kind {
            NamedKind::Topic => "topic",
            NamedKind::Signpost => "signpost",
            NamedKind::Claim => "commitment",
        };
        for table in tables(document.get(top)) {
            if self.kind == NamedKind::Claim {
                for claim in tables(table.get("claim")) {
                    self.in_entry(claim, text, former, edits);
                }
            } else {
                self.in_entry(table, text, former, edits);
            }
        }
    }

    fn in_entry(&self, entry: &Table, text: &str, own: Former, edits: &mut Edits) {
        let id = entry.get("id").and_then(Item::as_value);
        let Some(span) = id
            .filter(|id| id.as_str() == Some(self.from.as_str()))
            .and_then(Value::span)
        else {
            return;
        };
        let former = entry.get("former_ids").and_then(Item::as_array);
        let had: Vec<&str> = former
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let mut list: Vec<&str> = had.iter().copied().filter(|id| *id != self.to).collect();
        if own == Former::Kept && !list.contains(&self.from.as_str()) {
            list.push(&self.from);
        }
        let end = span.end;
        edits.replace(span, as_toml(&self.to));
        if list == had {
            return;
        }
        let written: Vec<String> = list.iter().map(|id| as_toml(id)).collect();
        let written = format!("former_ids = [{}]", written.join(", "));
        let line_end = |at: usize| text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
        match former.and_then(|former| former.span()) {
            Some(span) if list.is_empty() => {
                let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
                edits.remove(start..line_end(span.end));
            }
            Some(span) => edits.replace(span, &written["former_ids = ".len()..]),
            None => {
                let at = line_end(end);
                let line = if text[..at].ends_with("\r\n") {
                    "\r\n"
                } else {
                    "\n"
                };
                let before = if text[..at].ends_with('\n') { "" } else { line };
                edits.insert(at, format!("{before}{written}{line}"));
            }
        }
    }
}

/// Returns the tables of `[[name]]`.
fn tables(item: Option<&Item>) -> impl Iterator<Item = &Table> {
    let tables = item.and_then(Item::as_array_of_tables);
    tables.into_iter().flat_map(ArrayOfTables::iter)
}

/// Returns what an entry is, for people.
pub const fn what(kind: NamedKind) -> &'static str {
    match kind {
        NamedKind::Topic => "topic",
        NamedKind::Signpost => "support service",
        NamedKind::Claim => "claim",
    }
}

/// Returns the register that an entry stands in.
pub const fn register(kind: NamedKind) -> &'static str {
    match kind {
        NamedKind::Topic => "topics.toml",
        NamedKind::Signpost => "signposts.toml",
        NamedKind::Claim => "commitments.toml",
    }
}

fn ids(kind: NamedKind, registers: &Registers) -> HashSet<&str> {
    match kind {
        NamedKind::Topic => registers.topics.iter().map(|topic| &*topic.id).collect(),
        NamedKind::Signpost => registers
            .signposts
            .iter()
            .map(|signpost| &*signpost.id)
            .collect(),
        NamedKind::Claim => {
            let claims = registers
                .commitments
                .iter()
                .flat_map(|commitment| &commitment.claims);
            claims.map(|claim| &*claim.id).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_former_id_is_kept_and_given_back() {
        let rename = |from: &str, to: &str| Rename {
            kind: NamedKind::Topic,
            from: from.into(),
            to: to.into(),
        };
        let first = "# one\n[[topic]]\nid = 'calls' # two\nname = \"Calls\"\n[topic.requires]\nx = []\n[[topic]]\nid = \"b\"\n";
        let apply = |rename: &Rename, text: &str| {
            let mut edits = Edits::default();
            rename.in_register("topics.toml", text, Former::Kept, &mut edits);
            edits.apply(text)
        };
        let second = apply(&rename("calls", "phone"), first);
        assert_eq!(
            second,
            "# one\n[[topic]]\nid = \"phone\" # two\nformer_ids = [\"calls\"]\nname = \"Calls\"\n[topic.requires]\nx = []\n[[topic]]\nid = \"b\"\n"
        );
        let back = apply(&rename("phone", "calls"), &second);
        assert!(
            back.contains("id = \"calls\" # two\nformer_ids = [\"phone\"]\n"),
            "{back}"
        );
        let mut edits = Edits::default();
        rename("phone", "calls").in_register("topics.toml", &second, Former::Forgotten, &mut edits);
        assert_eq!(edits.apply(&second), first.replace('\'', "\""));
    }
}
