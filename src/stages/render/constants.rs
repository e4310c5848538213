//! Puts what is the same on every page into the templates, before they are compiled.
//!
//! In: a template's text, and the constants by the names that templates call them. Out: the text with every tag that prints a constant and does nothing
//! else replaced by what it prints. Everything less simple is left to the template engine.

use std::borrow::Cow;
use std::collections::HashMap;

/// What templates can print, by name, such as `t.skip`.
#[derive(Debug, Default)]
pub struct Constants(HashMap<String, String>);

impl Constants {
    /// Adds a text.
    pub fn set(&mut self, name: String, text: &str) {
        let mut html = String::with_capacity(text.len());
        let _ = pulldown_cmark_escape::escape_html(&mut html, text);
        // What could begin a tag, alone or with what stands around it, is not put among tags.
        if !html.contains('{') {
            self.0.insert(name, html);
        }
    }

    /// Replaces the tags that print a constant.
    pub fn fill<'t>(&self, template: &'t str) -> Cow<'t, str> {
        if may_mean_something_else(template) {
            return template.into();
        }
        let mut filled = String::with_capacity(template.len() + template.len() / 4);
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            let (before, tag) = rest.split_at(open);
            filled.push_str(before);
            let end = match tag.as_bytes().get(1) {
                Some(b'{') => "}}",
                Some(b'%') => "%}",
                Some(b'#') => "#}",
                _ => {
                    filled.push('{');
                    rest = &tag[1..];
                    continue;
                }
            };
            let Some(length) = tag.find(end).map(|at| at + end.len()) else {
                filled.push_str(tag);
                return filled.into();
            };
            let (tag, after) = tag.split_at(length);
            let constant = tag
                .strip_prefix("{{")
                .and_then(|tag| tag.strip_suffix("}}"))
                .and_then(|name| self.0.get(name.trim()));
            filled.push_str(constant.map_or(tag, String::as_str));
            rest = after;
        }
        filled.push_str(rest);
        filled.into()
    }
}

/// Returns whether a tag may be text here, or a constant's name stand for something of the template's own.
fn may_mean_something_else(template: &str) -> bool {
    template.contains("endraw")
        || template.contains("component")
        || template.split("{%").skip(1).any(|tag| {
            let mut words = tag
                .split(|c: char| !(c.is_alphanumeric() || c == '_'))
                .filter(|word| !word.is_empty());
            match words.next() {
                Some("for") => words.take_while(|word| *word != "in").any(is_top),
                Some("set" | "set_global") => words.next().is_some_and(is_top),
                _ => false,
            }
        })
}

/// Returns whether constants are called by this name and one of their own.
fn is_top(name: &str) -> bool {
    matches!(name, "t" | "site")
}

#[cfg(test)]
mod tests {
    use super::Constants;

    #[test]
    fn only_tags_that_print_a_constant_are_replaced() {
        let mut constants = Constants::default();
        constants.set("t.skip".to_owned(), "Skip & <go>");
        constants.set("t.count".to_owned(), "{n} right");
        for (template, expected) in [
            (
                "<a>{{ t.skip }}</a>{{t.skip}}",
                "<a>Skip &amp; &lt;go&gt;</a>Skip &amp; &lt;go&gt;",
            ),
            // Anything else in the tag is the engine's.
            ("{{ t.skip | upper }}", "{{ t.skip | upper }}"),
            ("{{- t.skip -}}", "{{- t.skip -}}"),
            ("{{ t[depth] }} {{ t.none }}", "{{ t[depth] }} {{ t.none }}"),
            ("{{ t.count }}", "{{ t.count }}"),
            // A constant is printed only where a tag stands.
            (
                "{% if t.skip %}{# {{ t.skip }} #}{% endif %}",
                "{% if t.skip %}{# {{ t.skip }} #}{% endif %}",
            ),
            (
                "{% raw %}{{ t.skip }}{% endraw %}",
                "{% raw %}{{ t.skip }}{% endraw %}",
            ),
            // The name is the template's own.
            (
                "{% for t in page.topics %}{{ t.skip }}{% endfor %}",
                "{% for t in page.topics %}{{ t.skip }}{% endfor %}",
            ),
            (
                "{%- set t = page.title %}{{ t.skip }}",
                "{%- set t = page.title %}{{ t.skip }}",
            ),
            (
                "{% for topic in t %}{{ t.skip }}{% endfor %}",
                "{% for topic in t %}Skip &amp; &lt;go&gt;{% endfor %}",
            ),
            ("a { b } {", "a { b } {"),
            ("{{ t.skip", "{{ t.skip"),
        ] {
            assert_eq!(constants.fill(template), expected, "{template}");
        }
    }
}
