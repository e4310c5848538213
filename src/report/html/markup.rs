//! A small writer of HTML: everything that it is given as text is escaped.

use pulldown_cmark_escape::escape_html;

/// HTML while it is written.
#[derive(Debug, Default)]
pub struct Markup {
    out: String,
}

/// What a table is called, and its columns.
#[derive(Debug, Clone, Copy)]
pub struct Grid<'a> {
    /// Its id, unique in the page.
    pub id: &'a str,
    /// What it shows.
    pub caption: &'a str,
    /// The names of its columns; the first one heads the rows.
    pub columns: &'a [&'a str],
}

/// Attributes by name.
pub type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Markup {
    /// Starts with nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns what was written.
    pub fn finish(self) -> String {
        self.out
    }

    /// Puts what was written before HTML that is safe already.
    pub fn before(self, mut html: String) -> Self {
        html.insert_str(0, &self.out);
        Self { out: html }
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
        escape_html(&mut self.out, text).expect("writing to a string never fails");
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

    /// Writes a heading with an anchor.
    pub fn heading(&mut self, id: &str, text: &str) -> &mut Self {
        self.element("h2", &[("id", id)], text)
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

    /// Writes a cell with text.
    pub fn cell(&mut self, text: &str) -> &mut Self {
        self.raw("<td>").text(text).raw("</td>")
    }

    /// Writes a cell with a number.
    pub fn number(&mut self, number: usize) -> &mut Self {
        self.raw("<td class=\"number\">")
            .raw(&number.to_string())
            .raw("</td>")
    }

    /// Writes a cell that holds whatever `content` writes.
    pub fn cell_with(&mut self, content: impl FnOnce(&mut Self)) -> &mut Self {
        self.raw("<td>");
        content(self);
        self.raw("</td>")
    }

    /// Writes the cell that heads its row.
    pub fn row_head(&mut self, content: impl FnOnce(&mut Self)) -> &mut Self {
        self.raw("<th scope=\"row\">");
        content(self);
        self.raw("</th>")
    }

    /// Writes a row that holds whatever `cells` writes.
    pub fn row(&mut self, cells: impl FnOnce(&mut Self)) -> &mut Self {
        self.raw("<tr>");
        cells(self);
        self.raw("</tr>\n")
    }

    /// Writes a table in a region of its own, which scrolls sideways on narrow screens and can be reached with the keyboard.
    pub fn table(&mut self, grid: Grid<'_>, rows: impl FnOnce(&mut Self)) -> &mut Self {
        let caption = format!("{}-caption", grid.id);
        self.open(
            "div",
            &[
                ("class", "scroll"),
                ("role", "region"),
                ("tabindex", "0"),
                ("aria-labelledby", &caption),
            ],
        );
        self.open("table", &[("id", grid.id)]);
        self.open("caption", &[("id", &caption)]);
        self.element("span", &[], grid.caption).close("caption");
        self.open("thead", &[]).open("tr", &[]);
        for column in grid.columns {
            self.element("th", &[("scope", "col")], column);
        }
        self.close("tr").close("thead").open("tbody", &[]);
        rows(self);
        self.close("tbody").close("table").close("div")
    }

    /// Writes a status as a word that is also set apart by its look.
    pub fn status(&mut self, status: &str, words: &str) -> &mut Self {
        let class = format!("status status-{status}");
        self.element("span", &[("class", &class)], words)
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
            markup.finish(),
            "<p title=\"a&quot;b\">&lt;script&gt;&amp;</p>\n<a href=\"x?a&amp;b\">y</a>"
        );
    }
}
