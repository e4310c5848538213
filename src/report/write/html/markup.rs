//! A small writer of HTML: everything that it is given as text is escaped, and holds nothing unseen.

use pulldown_cmark_escape::escape_html;

use crate::model::text::without_unseen;

/// HTML while it is written.
#[derive(Debug, Default)]
pub struct Markup {
    out: String,
}

/// Attributes by name.
pub type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Markup {
    /// Starts with nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns what was written.
    pub fn as_str(&self) -> &str {
        &self.out
    }

    /// Returns how many bytes were written.
    pub fn size(&self) -> usize {
        self.out.len()
    }

    /// Takes back what was written since there were so many bytes.
    pub fn truncate(&mut self, len: usize) {
        self.out.truncate(len);
    }

    /// Forgets what was written, and keeps its memory.
    pub fn clear(&mut self) {
        self.out.clear();
    }

    /// Writes an opening tag.
    pub fn open(&mut self, tag: &str, attributes: Attributes<'_>) -> &mut Self {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            self.text(value);
            self.out.push('"');
        }
        self.out.push('>');
        self
    }

    /// Writes a closing tag.
    pub fn close(&mut self, tag: &str) -> &mut Self {
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
        if matches!(
            tag,
            "tr" | "p" | "li" | "section" | "table" | "h1" | "h2" | "h3"
        ) {
            self.out.push('\n');
        }
        self
    }

    /// Writes text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        // Names of files hold what no text may.
        let text = without_unseen(text);
        escape_html(&mut self.out, &text).expect("writing to a string never fails");
        self
    }

    /// Writes an element that holds text alone.
    pub fn element(&mut self, tag: &str, attributes: Attributes<'_>, text: &str) -> &mut Self {
        self.open(tag, attributes).text(text).close(tag)
    }

    /// Writes a paragraph.
    pub fn paragraph(&mut self, text: &str) -> &mut Self {
        self.element("p", &[], text)
    }

    /// Writes a link.
    pub fn link(&mut self, href: &str, text: &str) -> &mut Self {
        self.raw("<a href=\"")
            .text(href)
            .raw("\">")
            .text(text)
            .raw("</a>")
    }

    /// Writes text, as a link where there is somewhere to lead.
    pub fn maybe_link(&mut self, href: Option<&str>, text: &str) -> &mut Self {
        match href {
            Some(href) => self.link(href, text),
            None => self.text(text),
        }
    }

    /// Writes HTML that is safe already.
    pub fn raw(&mut self, html: &str) -> &mut Self {
        self.out.push_str(html);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_attributes_are_escaped() {
        let mut markup = Markup::new();
        markup
            .element("p", &[("title", "a\"b")], "<script>&")
            .link("x?a&b", "y");
        assert_eq!(
            markup.as_str(),
            "<p title=\"a&quot;b\">&lt;script&gt;&amp;</p>\n<a href=\"x?a&amp;b\">y</a>"
        );
    }
}
