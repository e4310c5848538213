//! Keeps what footnotes a file defines and where it names them, and finds out who sees each.
//!
//! What only facilitators' text names is no footnote of learners', wherever it is defined. Labels are kept with their cases folded, as the Markdown
//! parser compares them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::notes::Mark;
use crate::model::audience::Audience;
use crate::model::lesson::Reference;

/// The footnotes of a file.
#[derive(Debug, Default)]
pub(crate) struct Footnotes {
    names: Vec<Name>,
    defined: Vec<Definition>,
    /// Positions of the definitions that are open.
    open: Vec<usize>,
}

/// A place where a footnote is named.
#[derive(Debug)]
struct Name {
    label: String,
    range: Range<usize>,
    audience: Audience,
    /// Position of the definition that it stands in.
    inside: Option<usize>,
}

/// A definition.
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    pub label: String,
    /// Where it stands in the Markdown.
    pub range: Range<usize>,
    pub stretch: u32,
    /// What was noted in it.
    pub notes: Range<Mark>,
    audience: Audience,
}

/// The footnotes as a lesson has them: positions of their stretches, and where they are named.
#[derive(Debug, Default)]
pub(crate) struct Numbered {
    pub footnotes: Vec<u32>,
    pub references: Vec<Reference>,
}

impl Footnotes {
    /// Names a footnote; returns the name's position.
    pub fn name(&mut self, label: &str, range: &Range<usize>, audience: Audience) -> u32 {
        self.names.push(Name {
            label: folded(label),
            range: range.clone(),
            audience,
            inside: self.open.last().copied(),
        });
        self.names.len() as u32 - 1
    }

    /// Starts a definition.
    pub fn open(
        &mut self,
        label: &str,
        range: Range<usize>,
        (stretch, audience): (u32, Audience),
        notes: Mark,
    ) {
        self.open.push(self.defined.len());
        self.defined.push(Definition {
            label: folded(label),
            range,
            stretch,
            notes: notes..notes,
            audience,
        });
    }

    /// Ends the definition that was started last; returns its stretch.
    pub fn close(&mut self, notes: Mark) -> Option<u32> {
        let definition = &mut self.defined[self.open.pop()?];
        definition.notes.end = notes;
        Some(definition.stretch)
    }

    /// Returns the ranges where text for everybody names a footnote that only facilitators see.
    pub fn out_of_reach(&self) -> Vec<Range<usize>> {
        let hidden = self
            .defined
            .iter()
            .filter(|note| note.audience != Audience::Everybody);
        let hidden: HashSet<&str> = hidden.map(|note| &*note.label).collect();
        let names = self
            .names
            .iter()
            .filter(|name| name.audience == Audience::Everybody);
        let names = names.filter(|name| hidden.contains(&*name.label));
        names.map(|name| name.range.clone()).collect()
    }

    /// Returns the definitions that nothing names.
    pub fn unnamed(&self) -> Vec<Definition> {
        let named: HashSet<&str> = self.names.iter().map(|name| &*name.label).collect();
        let notes = self.defined.iter();
        let notes = notes.filter(|note| !named.contains(&*note.label));
        notes.cloned().collect()
    }

    /// Returns the definitions of labels that are defined already.
    pub fn repeated(&self) -> Vec<Definition> {
        let first = self.first();
        let notes = self.defined.iter().enumerate();
        let notes = notes.filter(|(index, note)| first[&*note.label] != *index);
        notes.map(|(_, note)| note.clone()).collect()
    }

    /// Returns the footnotes as a lesson has them, and the definitions that only some see because nothing else names them, each with who they are.
    pub fn settle(self) -> (Numbered, Vec<(Definition, Audience)>) {
        let first = self.first();
        let seen = self.seen(&first);
        let mut positions = vec![None; self.defined.len()];
        let mut numbered = Numbered::default();
        for (index, note) in self.defined.iter().enumerate() {
            if first[&*note.label] == index {
                positions[index] = Some(numbered.footnotes.len() as u32);
                numbered.footnotes.push(note.stretch);
            }
        }
        numbered.references.extend(self.names.iter().map(|name| {
            let inside = name.inside.map_or(Audience::Everybody, |note| seen[note]);
            let footnote = first.get(&*name.label).and_then(|note| positions[*note]);
            Reference {
                footnote,
                audience: if inside == Audience::Everybody {
                    name.audience
                } else {
                    inside
                },
            }
        }));
        let hidden = self.defined.iter().zip(&seen);
        let hidden = hidden.filter(|(note, seen)| note.audience != **seen);
        let hidden = hidden.map(|(note, seen)| (note.clone(), *seen)).collect();
        (numbered, hidden)
    }

    /// Returns the first definition of each label.
    fn first(&self) -> HashMap<&str, usize> {
        let mut first = HashMap::with_capacity(self.defined.len());
        for (index, note) in self.defined.iter().enumerate() {
            first.entry(&*note.label).or_insert(index);
        }
        first
    }

    /// Returns who sees each definition: facilitators or editors alone, where they alone see what leads to it.
    fn seen(&self, first: &HashMap<&str, usize>) -> Vec<Audience> {
        let mut inside = vec![Vec::new(); self.defined.len()];
        let (mut for_all, mut for_some, mut for_editors) = (Vec::new(), Vec::new(), Vec::new());
        for name in &self.names {
            let Some(note) = first.get(&*name.label).copied() else {
                continue;
            };
            match (name.audience, name.inside) {
                (Audience::Facilitators, _) => for_some.push(note),
                (Audience::Editors, _) => for_editors.push(note),
                (Audience::Everybody, Some(around)) => inside[around].push(note),
                (Audience::Everybody, None) => for_all.push(note),
            }
        }
        let named: HashSet<&str> = self.names.iter().map(|name| &*name.label).collect();
        let unnamed = |note: &usize| !named.contains(&*self.defined[*note].label);
        for_all.extend((0..self.defined.len()).filter(unnamed));
        let reached = |mut open: Vec<usize>| {
            let mut reached = vec![false; self.defined.len()];
            while let Some(note) = open.pop() {
                if !std::mem::replace(&mut reached[note], true) {
                    open.extend(&inside[note]);
                }
            }
            reached
        };
        let (by_all, by_some) = (reached(for_all), reached(for_some));
        let by_editors = reached(for_editors);
        let notes = self.defined.iter().enumerate();
        notes
            .map(|(index, note)| match (by_all[index], by_some[index]) {
                (false, true) => note.audience.narrowed(Audience::Facilitators),
                (false, false) if by_editors[index] => Audience::Editors,
                _ => note.audience,
            })
            .collect()
    }
}

/// Folds the cases of a label.
fn folded(label: &str) -> String {
    // Through upper case, so that letters with two small forms become one.
    label.to_uppercase().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stages::parse::notes::Notes;
    use Audience::{Everybody, Facilitators};

    /// Defines and names footnotes: `(definition, names in it)`, the text's own names first.
    fn footnotes(text: &[(&str, Audience)], notes: &[(&str, Audience, &[&str])]) -> Footnotes {
        let mark = Notes::default().mark();
        let mut footnotes = Footnotes::default();
        for (label, audience) in text {
            footnotes.name(label, &(0..0), *audience);
        }
        for (stretch, (label, audience, names)) in (0..).zip(notes) {
            footnotes.open(label, 0..0, (stretch, *audience), mark);
            for name in *names {
                footnotes.name(name, &(0..0), *audience);
            }
            assert_eq!(footnotes.close(mark), Some(stretch));
        }
        footnotes
    }

    #[test]
    fn what_only_facilitators_name_is_theirs_all_the_way() {
        let footnotes = footnotes(
            &[("a", Everybody), ("b", Facilitators), ("D", Facilitators)],
            &[
                ("a", Everybody, &["d"]),
                ("b", Everybody, &["c"]),
                ("c", Everybody, &[]),
                ("d", Everybody, &[]),
                ("unnamed", Everybody, &[]),
                ("e", Everybody, &["f"]),
                ("f", Everybody, &["e"]),
                ("A", Everybody, &[]),
            ],
        );
        let repeated: Vec<_> = footnotes
            .repeated()
            .iter()
            .map(|note| note.stretch)
            .collect();
        assert_eq!(repeated, [7], "labels are compared without their cases");
        let (numbered, hidden) = footnotes.settle();
        let hidden: Vec<_> = hidden.iter().map(|(note, _)| note.label.as_str()).collect();
        assert_eq!(hidden, ["b", "c"]);
        assert_eq!(numbered.footnotes, [0, 1, 2, 3, 4, 5, 6]);
        let references: Vec<_> = numbered
            .references
            .iter()
            .map(|name| (name.footnote, name.audience))
            .collect();
        assert_eq!(
            references,
            [
                (Some(0), Everybody),
                (Some(1), Facilitators),
                (Some(3), Facilitators),
                (Some(3), Everybody),
                (Some(2), Facilitators),
                (Some(6), Everybody),
                (Some(5), Everybody),
            ]
        );
    }

    #[test]
    fn text_for_everybody_cannot_name_what_only_facilitators_see() {
        let footnotes = footnotes(
            &[("a", Everybody), ("b", Everybody)],
            &[("a", Facilitators, &[]), ("b", Everybody, &[])],
        );
        assert_eq!(footnotes.out_of_reach().len(), 1);
    }
}
