//! Puts a drawing into the page, or into a file with colours of its own.
//!
//! In: the text of an SVG file, and its text alternative or the stylesheet that decides its colours. Out: an `<svg>` element of known shapes and attributes alone, or nothing where the file holds
//! anything else: then it is shown as the image file that it is, in which nothing can run.

use pulldown_cmark_escape::{escape_html, escape_html_body_text};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::model::sources::Svg;

const SHAPES: [&str; 12] = [
    "g", "path", "line", "rect", "circle", "ellipse", "polygon", "polyline", "text", "tspan",
    "title", "desc",
];

const ATTRIBUTES: [&str; 41] = [
    "class",
    "cx",
    "cy",
    "d",
    "dominant-baseline",
    "dx",
    "dy",
    "fill",
    "fill-opacity",
    "fill-rule",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "letter-spacing",
    "opacity",
    "pathLength",
    "points",
    "r",
    "role",
    "rotate",
    "rx",
    "ry",
    "stroke",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "stroke-width",
    "text-anchor",
    "textLength",
    "transform",
    "vector-effect",
    "viewBox",
    "width",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
];

/// Where a drawing stands.
#[derive(Clone, Copy)]
enum Frame<'a> {
    /// In a page, which says what it shows in these words.
    Page(&'a str),
    /// In a file of its own, with these styles.
    File(&'a str),
}

/// Returns the drawing as an element of the page.
pub fn inline(svg: &str, alternative: &str) -> Option<String> {
    drawn(svg, Frame::Page(alternative))
}

/// Returns whether a drawing is shown as a file with the theme's colours, since it is too large to stand in pages.
pub fn stands_apart(svg: &Svg) -> bool {
    svg.stands_apart() && svg.is_simple(|text| drawn(text, Frame::File("")).is_some())
}

/// Returns the drawing as a file that takes its colours from the stylesheet of a theme, light and dark.
pub fn file(svg: &str, sheet: &[u8]) -> Option<String> {
    let tokens = tokens(std::str::from_utf8(sheet).ok()?);
    drawn(svg, Frame::File(&[&tokens, LOOK].concat()))
}

/// What the classes of drawings mean, as in the stylesheet for pages.
const LOOK: &str = "svg{color:var(--ink);fill:currentColor;font-family:system-ui,sans-serif}\
.accent{color:var(--accent)}.good{color:var(--good)}.warn{color:var(--warn)}.poor{color:var(--poor)}.muted{color:var(--muted)}.ink{color:var(--ink)}\
.paper{color:var(--paper);fill:var(--paper)}.accent-soft:not([fill=\"none\"]){fill:var(--accent-soft);fill-opacity:1}text.accent-soft{fill:var(--accent)}";

/// The colours that drawings take from a theme.
const TOKENS: [&str; 8] = [
    "--paper",
    "--ink",
    "--muted",
    "--accent",
    "--accent-soft",
    "--good",
    "--warn",
    "--poor",
];

/// Returns a rule with the colours that a theme's stylesheet sets for every page; later ones stand over earlier ones, as there.
fn tokens(sheet: &str) -> String {
    let mut rule = String::from(":root{color-scheme:light dark;");
    let mut depth = 0_u32;
    let mut from = 0;
    for (at, brace) in sheet.match_indices(['{', '}']) {
        // What a selector follows: a comment, a statement, or the rule before it.
        let before = sheet[from..at].rsplit("*/").next().unwrap_or("");
        let before = before.rsplit(';').next().unwrap_or("").trim();
        from = at + 1;
        if brace == "{" {
            // What stands deeper is for paper, or for colours that a system forces.
            if depth == 0 && before == ":root" {
                let inside = &sheet[from..];
                let inside = &inside[..inside.find('}').unwrap_or(inside.len())];
                push_tokens(inside, &mut rule);
            }
            depth += 1;
        } else {
            depth = depth.saturating_sub(1);
        }
    }
    rule.push('}');
    rule
}

fn push_tokens(declarations: &str, rule: &mut String) {
    for declaration in declarations.split(';') {
        let Some((name, value)) = declaration.split_once(':') else {
            continue;
        };
        let (name, value) = (name.trim(), value.trim());
        // Whoever writes a theme writes what loads nothing; a drawing's file is held to that whatever stands there.
        let is_colour = !value.contains(['<', '&', '\\']) && !value.contains("url(");
        if TOKENS.contains(&name) && is_colour {
            rule.push_str(name);
            rule.push(':');
            rule.push_str(value);
            rule.push(';');
        }
    }
}

fn drawn(svg: &str, frame: Frame<'_>) -> Option<String> {
    let mut reader = Reader::from_str(svg);
    let mut html = String::with_capacity(svg.len() + 1024);
    let mut depth = 0_u32;
    // Inside a title or description, which the text alternative replaces.
    let mut hidden = 0_u32;
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => {
                depth += 1;
                if depth == 1 {
                    open_root(&tag, frame, &mut html)?;
                } else if hidden > 0 || is_hidden(&tag) {
                    hidden += 1;
                } else {
                    open_shape(&tag, &mut html)?;
                    html.push('>');
                }
                if depth > 64 {
                    return None;
                }
            }
            Event::Empty(tag) if depth > 0 => {
                if hidden == 0 && !is_hidden(&tag) {
                    open_shape(&tag, &mut html)?;
                    html.push_str("/>");
                }
            }
            Event::End(tag) => {
                depth -= 1;
                if hidden > 0 {
                    hidden -= 1;
                } else {
                    html.push_str("</");
                    html.push_str(tag.name().as_ref());
                    html.push('>');
                }
            }
            Event::Text(text) if depth > 0 && hidden == 0 => {
                let _ = escape_html_body_text(&mut html, &text.xml10_content());
            }
            Event::GeneralRef(name) if depth > 0 && hidden == 0 => {
                let text = match name.resolve_char_ref().ok()? {
                    Some(c) => c.to_string(),
                    None => quick_xml::escape::resolve_predefined_entity(&name)?.to_owned(),
                };
                let _ = escape_html_body_text(&mut html, &text);
            }
            Event::Text(_) | Event::GeneralRef(_) | Event::Comment(_) | Event::Decl(_) => {}
            Event::Eof if depth == 0 && !html.is_empty() => return Some(html),
            _ => return None,
        }
    }
}

fn is_hidden(tag: &BytesStart<'_>) -> bool {
    matches!(tag.name().as_ref(), "title" | "desc")
}

fn open_root(tag: &BytesStart<'_>, frame: Frame<'_>, html: &mut String) -> Option<()> {
    if tag.name().as_ref() != "svg" || !html.is_empty() {
        return None;
    }
    match frame {
        Frame::Page(alternative) => {
            html.push_str("<svg role=\"img\" aria-label=\"");
            let _ = escape_html(&mut *html, alternative);
            html.push('"');
        }
        Frame::File(_) => html.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\""),
    }
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        if attribute.key.as_ref() == "viewBox" {
            push_attribute(
                "viewBox",
                &attribute.normalized_value(XmlVersion::Implicit1_0).ok()?,
                html,
            );
        }
    }
    html.push('>');
    if let Frame::File(styles) = frame {
        html.push_str("<style>");
        html.push_str(styles);
        html.push_str("</style>");
    }
    Some(())
}

fn open_shape(tag: &BytesStart<'_>, html: &mut String) -> Option<()> {
    let name = tag.name();
    let name = name.as_ref();
    if !SHAPES.contains(&name) {
        return None;
    }
    html.push('<');
    html.push_str(name);
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        let key = attribute.key.as_ref();
        let known = ATTRIBUTES.contains(&key) || matches!(key, "y2" | "aria-hidden" | "xml:space");
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        if !known || value.to_ascii_lowercase().contains("url(") {
            return None;
        }
        if key != "xml:space" {
            push_attribute(key, &value, html);
        }
    }
    Some(())
}

fn push_attribute(key: &str, value: &str, html: &mut String) {
    html.push(' ');
    html.push_str(key);
    html.push_str("=\"");
    let _ = escape_html(&mut *html, value);
    html.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_pass_and_take_the_text_alternative() {
        let svg = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><title>x</title><g class=\"accent\"><rect x=\"1\" fill=\"currentColor\"/><text>a &lt; £1 &#233;</text></g></svg>";
        assert_eq!(
            inline(svg, "A \"box\"").as_deref(),
            Some(
                "<svg role=\"img\" aria-label=\"A &quot;box&quot;\" viewBox=\"0 0 9 9\"><g class=\"accent\"><rect x=\"1\" fill=\"currentColor\"/><text>a &lt; £1 é</text></g></svg>"
            )
        );
    }

    #[test]
    fn a_file_has_the_colours_of_the_theme_as_pages_have_them_last() {
        let sheet = "/* a */\n:root {\n--ink: light-dark(#111, #eee);\n--font: x;\n}\n@media print {\n:root { --ink: black; }\n}\n:root { --accent: light-dark(red, pink); --ink: url(x); }\n";
        assert_eq!(
            tokens(sheet),
            ":root{color-scheme:light dark;--ink:light-dark(#111, #eee);--accent:light-dark(red, pink);}"
        );
        let svg = "<svg viewBox=\"0 0 9 9\"><title>x</title><rect class=\"accent\"/></svg>";
        let file = file(svg, sheet.as_bytes()).expect("it is a drawing");
        assert!(
            file.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><style>:root{color-scheme:light dark;--ink:"),
            "{file}"
        );
        assert!(
            file.ends_with("</style><rect class=\"accent\"/></svg>"),
            "{file}"
        );
    }

    #[test]
    fn whatever_could_run_or_load_is_refused() {
        for inner in [
            "<script>alert(1)</script>",
            "<rect onclick=\"x()\"/>",
            "<style>*{}</style>",
            "<rect style=\"x\"/>",
            "<foreignObject/>",
            "<image href=\"x\"/>",
            "<rect fill=\"url(#x)\"/>",
            "<a href=\"javascript:x\"><text>x</text></a>",
            "<rect",
        ] {
            let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inner}</svg>");
            assert_eq!(inline(&svg, "x"), None, "{inner}");
        }
    }
}
