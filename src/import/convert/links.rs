//! Rewrites links and images: their addresses, and the lists of attributes behind them.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::super::atlas::Leads;
use super::attributes;
use super::kinds;
use super::page::{Open, Rewriter};

impl Rewriter<'_> {
    /// Rewrites a link or image whose end was read.
    pub(super) fn close_link(&mut self, open: &Open) {
        match open.link_type {
            LinkType::Autolink | LinkType::Email => {
                if let Leads::Forbidden(reason) = self.atlas.find(self.page, &open.target)
                    && open.link_type == LinkType::Autolink
                {
                    self.notes.taken_out(
                        &self.text[open.range.clone()],
                        format!("the link became text: {reason}"),
                    );
                    self.edits
                        .replace(open.range.clone(), format!("`{}`", open.target));
                }
            }
            LinkType::Inline => self.inline_link(open),
            _ => {}
        }
        if open.is_image {
            self.image_attributes(open);
        } else if self.text[open.range.end..].starts_with('{') {
            self.link_attributes(open.range.end);
        }
    }

    fn inline_link(&mut self, open: &Open) {
        let Some(at) = self.text[open.inner_end..open.range.end].find("](") else {
            return;
        };
        let bracket = open.inner_end + at;
        let address = self.address_at(bracket + 2, open.range.end);
        if open.is_image && matches!(self.atlas.find(self.page, &open.target), Leads::Elsewhere) {
            self.notes
                .remote(&self.text[open.range.clone()], &open.target);
        }
        match self.leads(&open.target) {
            Ok(Some(written)) => self.edits.replace(address, written),
            Ok(None) => {}
            Err(reason) => {
                let source = &self.text[open.range.clone()];
                self.notes
                    .taken_out(source, format!("the link became text: {reason}"));
                let marks = if open.is_image { 2 } else { 1 };
                self.edits
                    .remove(open.range.start..open.range.start + marks);
                self.edits.remove(bracket..open.range.end);
            }
        }
    }

    /// Returns where the address of a link stands that starts behind its bracket.
    fn address_at(&self, from: usize, end: usize) -> Range<usize> {
        let rest = &self.text[from..end];
        let start = from + rest.len() - rest.trim_start().len();
        let rest = &self.text[start..end];
        if rest.starts_with('<') {
            let length = rest.find('>').map_or(rest.len(), |at| at + 1);
            return start..start + length;
        }
        let mut depth = 0;
        for (at, c) in rest.char_indices() {
            match c {
                '(' => depth += 1,
                ')' if depth == 0 => return start..start + at,
                ')' => depth -= 1,
                c if c.is_whitespace() => return start..start + at,
                _ => {}
            }
        }
        start..end
    }

    /// Returns the address to write for a link; nothing where it stays, and why where it may not.
    pub(super) fn leads(&mut self, written: &str) -> Result<Option<String>, &'static str> {
        if self.again && self.is_here(written) {
            return Ok(None);
        }
        match self.atlas.find(self.page, written) {
            Leads::Page(target, anchor) => Ok(Some(self.link_to(&target, &anchor))),
            Leads::File(path) => {
                let asset = self.assets.take(&path, self.target);
                Ok(Some(plain_relative(self.target, &asset)))
            }
            Leads::Forbidden(reason) => Err(reason),
            Leads::Nowhere => {
                self.notes
                    .kept(written, "this link leads to nothing in the source");
                Ok(escaped_path(written))
            }
            Leads::Elsewhere => Ok(None),
        }
    }

    /// Returns whether an address leads to a lesson or file of the curriculum already.
    fn is_here(&self, written: &str) -> bool {
        let path = written.split('#').next().unwrap_or("");
        let folder = self
            .target
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        let path = crate::model::path::join(folder, path);
        written.starts_with('#')
            || path.is_some_and(|path| self.atlas.is_target(&path) || self.assets.has(&path))
    }

    pub(super) fn link_to(&self, target: &str, anchor: &str) -> String {
        let path = if target == self.target && !anchor.is_empty() {
            String::new()
        } else {
            plain_relative(self.target, target)
        };
        if anchor.is_empty() {
            path
        } else {
            format!("{path}#{anchor}")
        }
    }

    /// Rewrites the address of a `[label]: address` line.
    pub(super) fn definition(&mut self, target: &str, range: Range<usize>) {
        let Some(at) = self.text[range.clone()].find("]:") else {
            return;
        };
        let start = range.start + at + 2;
        let rest = &self.text[start..range.end];
        let start = start + rest.len() - rest.trim_start().len();
        let rest = &self.text[start..range.end];
        let length = match rest.strip_prefix('<') {
            Some(inner) => inner.find('>').map_or(rest.len(), |at| at + 2),
            None => rest.find(char::is_whitespace).unwrap_or(rest.len()),
        };
        match self.leads(target) {
            Ok(Some(written)) => self.edits.replace(start..start + length, written),
            Ok(None) => {}
            Err(reason) => {
                let source = &self.text[range];
                self.notes.taken_out(
                    source,
                    format!("the link leads to its own page now: {reason}"),
                );
                self.edits.replace(start..start + length, "#");
            }
        }
    }

    /// Brings what stands in braces behind an image into its brackets, and keeps its size.
    fn image_attributes(&mut self, open: &Open) {
        let after = open.range.end;
        let rest = &self.text[after..];
        let gap = rest.len() - rest.trim_start_matches([' ', '\n']).len();
        let gap = if rest[gap..].starts_with("{:") || rest.starts_with('{') {
            gap
        } else {
            0
        };
        let Some(list) = attributes::read(&self.text[after + gap..]) else {
            return;
        };
        let alt = open.range.start + 2..open.inner_end.max(open.range.start + 2);
        if let Some(given) = list.get("alt") {
            let caption = self.text[alt.clone()].trim().to_owned();
            self.edits.replace(alt, kinds::balanced(given));
            let has_title = self.text[open.inner_end..open.range.end].contains(['"', '\'']);
            if !caption.is_empty()
                && caption != *given
                && !has_title
                && open.link_type == LinkType::Inline
            {
                let caption = super::tags::without(&caption).replace('"', "'");
                self.edits
                    .insert(open.range.end - 1, format!(" \"{caption}\""));
            }
            self.notes
                .did("`{alt=...}` came into the brackets of its image");
        }
        let size = attributes::size(|key| list.get(key).cloned());
        self.edits.replace(after..after + gap + list.length, size);
    }

    /// Takes out what no link can carry here: classes and targets of windows.
    fn link_attributes(&mut self, at: usize) {
        if let Some(list) = attributes::read(&self.text[at..]) {
            let kept = list.kept(&["lang", "dir"]);
            self.notes.did("attributes of links went");
            self.edits.replace(at..at + list.length, kept);
        }
    }
}

/// Returns a link between two files below `modules/` in letters that people read; their names hold nothing else.
fn plain_relative(from: &str, to: &str) -> String {
    let encoded = crate::model::path::relative(from, to);
    percent_encoding::percent_decode_str(&encoded)
        .decode_utf8_lossy()
        .into_owned()
}

/// Returns an address with spaces in a form that Markdown takes for one, with what stands behind its `#`; nothing where it is one already.
fn escaped_path(path: &str) -> Option<String> {
    path.contains(' ').then(|| path.replace(' ', "%20"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_leads_nowhere_keeps_its_place_in_the_page() {
        for (written, expected) in [
            ("../std/io/struct.Stdin.html#method.read_line", None),
            ("../std/prelude/index.html%23others", None),
            ("a page.md#x", Some("a%20page.md#x")),
        ] {
            assert_eq!(escaped_path(written).as_deref(), expected, "{written}");
        }
    }
}
