//! Puts a drawing into the page.
//!
//! In: the text of an SVG file and its text alternative. Out: an `<svg>` element of known shapes and attributes alone, or nothing where the file holds anything else:
//! then it is shown as an image file, in which nothing can run.

use pulldown_cmark_escape::{escape_html, escape_html_body_text};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

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

/// Returns the drawing as an element of the page.
pub fn inline(svg: &str, alternative: &str) -> Option<String> {
    let mut reader = Reader::from_str(svg);
    let mut html = String::with_capacity(svg.len() + alternative.len());
    let mut depth = 0_u32;
    // Inside a title or description, which the text alternative replaces.
    let mut hidden = 0_u32;
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => {
                depth += 1;
                if depth == 1 {
                    open_root(&tag, alternative, &mut html)?;
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

fn open_root(tag: &BytesStart<'_>, alternative: &str, html: &mut String) -> Option<()> {
    if tag.name().as_ref() != "svg" || !html.is_empty() {
        return None;
    }
    html.push_str("<svg role=\"img\" aria-label=\"");
    let _ = escape_html(&mut *html, alternative);
    html.push('"');
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
