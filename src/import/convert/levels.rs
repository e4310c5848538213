//! Writes headings as the outline has them: without the title, on levels that follow one another, with the ids that they had.

use super::headings::{Heading, Outline};
use super::page::{KeepsTitle, Rewriter};

impl Rewriter<'_> {
    pub(super) fn headings(&mut self, outline: &Outline, keeps_title: KeepsTitle) {
        if let Some(title) = &outline.title {
            match keeps_title {
                KeepsTitle::No => self.edits.remove(title.range.clone()),
                KeepsTitle::AsHeading => {
                    let heading = Heading {
                        here: 2,
                        ..title.clone()
                    };
                    self.heading(&heading);
                }
            }
        }
        for heading in &outline.headings {
            self.heading(heading);
        }
        if outline.moved {
            self.notes
                .did("pages whose headings follow one another now");
        }
    }

    fn heading(&mut self, heading: &Heading) {
        let source = &self.text[heading.range.clone()];
        let marks = source.len() - source.trim_start_matches('#').len();
        let start = heading.range.start;
        let hashes = "#".repeat(heading.here.into());
        if marks > 0 {
            if marks != usize::from(heading.here) {
                self.edits.replace(start..start + marks, hashes);
            }
        } else if heading.level != heading.here
            || heading.id.is_some()
            || heading.attributes.is_some()
        {
            // Underlined: written on one line instead.
            let body = source.trim_end();
            let underline = body.rfind('\n').map_or(0, |at| at + 1);
            self.edits.insert(start, format!("{hashes} "));
            self.edits
                .remove(start + underline.saturating_sub(1)..start + body.len());
            for (at, _) in body[..underline.saturating_sub(1)].match_indices('\n') {
                self.edits.replace(start + at..start + at + 1, " ");
            }
        }
        let id = heading
            .id
            .as_ref()
            .map(|id| format!("{{#{id}}}"))
            .unwrap_or_default();
        match &heading.attributes {
            Some(list) => self.edits.replace(list.clone(), id),
            None if id.is_empty() => {}
            None => {
                let line = source.lines().next().unwrap_or("").trim_end();
                let line = if marks > 0 {
                    line.trim_end_matches('#').trim_end()
                } else {
                    line
                };
                self.edits.insert(start + line.len(), format!(" {id}"));
            }
        }
    }
}
