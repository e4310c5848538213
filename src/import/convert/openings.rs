//! Reads the lines with which other tools open a block.

/// An admonition of Python-Markdown: `!!! note "Title"`.
#[derive(Debug, PartialEq, Eq)]
pub struct Admonition {
    /// Its kind; `details` for one that opens on request.
    pub name: String,
    /// Its title, where it says one.
    pub title: Option<String>,
    /// How the change is told.
    pub told: &'static str,
}

/// What kramdown has in a line below a block.
#[derive(Debug, PartialEq, Eq)]
pub struct Class<'l> {
    /// Its first class.
    pub name: &'l str,
    /// Its id; empty for none.
    pub id: String,
}

/// A fence with what stands behind its colons.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Div {
    /// Its kind.
    pub name: String,
    /// Its title, where it says one.
    pub title: Option<String>,
    /// Its id; empty for none.
    pub id: String,
    /// Whether its kind stands alone, and not among Pandoc's attributes.
    pub is_plain: bool,
}

/// Reads `!!! note "Title"` and `??? note`.
pub fn admonition(line: &str) -> Option<Admonition> {
    let (folds, rest) = match line.get(..3)? {
        "!!!" => (false, &line[3..]),
        "???" => (true, line[3..].trim_start_matches('+')),
        _ => return None,
    };
    let rest = rest.strip_prefix(' ')?.trim();
    let kind = rest.split([' ', '"']).next().unwrap_or("");
    let is_kind = kind
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    if kind.is_empty() || !is_kind {
        return None;
    }
    let title = rest.find('"').map(|start| {
        let quoted = &rest[start + 1..];
        quoted
            .rfind('"')
            .map_or(quoted, |end| &quoted[..end])
            .replace("\\\"", "\"")
    });
    Some(if folds {
        let title = title.unwrap_or_else(|| capitalised(kind));
        Admonition {
            name: "details".into(),
            title: Some(title),
            told: "`???` became `::: details`",
        }
    } else {
        Admonition {
            name: kind.to_owned(),
            title,
            told: "`!!!` became blocks",
        }
    })
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

/// Reads `=== "Tab"`.
pub fn tab(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("===")?.trim_start_matches(['!', '+']);
    rest.strip_prefix(' ')?
        .trim()
        .strip_prefix('"')?
        .strip_suffix('"')
}

/// Reads the first line of a quotation with a kind, `[!NOTE] Title`; nothing where it is one that we read too.
pub fn alert(line: &str) -> Option<(&str, Option<String>)> {
    let rest = line.trim_start().strip_prefix("[!")?;
    let (kind, rest) = rest.split_once(']')?;
    let is_kind = kind
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let folds = rest.starts_with(['-', '+']);
    let title = rest.trim_start_matches(['-', '+']).trim();
    let plain = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];
    let ours = plain.iter().any(|name| kind.eq_ignore_ascii_case(name));
    if !is_kind || kind.is_empty() || (ours && title.is_empty() && !folds) {
        return None;
    }
    Some((kind, (!title.is_empty()).then(|| title.to_owned())))
}

/// Reads the class of a line of kramdown's: `{: .challenge}`.
pub fn class(line: &str) -> Option<Class<'_>> {
    let inner = line
        .trim()
        .trim_start_matches('>')
        .trim()
        .strip_prefix("{:")?
        .strip_suffix('}')?;
    let mut parts = inner.split_whitespace();
    let name = parts.find_map(|part| part.strip_prefix('.'))?;
    (!name.is_empty()).then(|| Class {
        name,
        id: id(inner),
    })
}

/// Reads what stands behind the colons of a fence, in the forms of Docusaurus, Pandoc, the Carpentries and ours.
pub fn div(inner: &str) -> Div {
    let inner = inner.trim_end_matches(':').trim();
    if let Some(attributes) = inner
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
    {
        let classes = attributes
            .split_whitespace()
            .filter_map(|part| part.strip_prefix('.'));
        let classes: Vec<&str> = classes.collect();
        let known = classes
            .iter()
            .find(|class| super::kinds::kind(class).is_some());
        return Div {
            name: known
                .or(classes.first())
                .map_or(String::new(), |class| (*class).to_owned()),
            title: quoted(attributes, "title=").or(quoted(attributes, "summary=")),
            id: id(attributes),
            is_plain: false,
        };
    }
    let end = inner.find(|c: char| c.is_whitespace() || matches!(c, '[' | '{'));
    let (name, rest) = inner.split_at(end.unwrap_or(inner.len()));
    let rest = rest.trim();
    let (rest, attributes) = match rest.rfind('{') {
        Some(at) if rest.ends_with('}') => (rest[..at].trim(), &rest[at + 1..rest.len() - 1]),
        _ => (rest, ""),
    };
    let bracketed = rest
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let title = bracketed.unwrap_or(rest).trim();
    Div {
        name: name.to_owned(),
        title: (!title.is_empty())
            .then(|| title.to_owned())
            .or(quoted(attributes, "title=")),
        id: id(attributes),
        is_plain: true,
    }
}

fn id(attributes: &str) -> String {
    let found = attributes
        .split_whitespace()
        .find_map(|part| part.strip_prefix('#'));
    found.unwrap_or("").to_owned()
}

fn quoted(attributes: &str, key: &str) -> Option<String> {
    let rest = &attributes[attributes.find(key)? + key.len()..];
    let mark = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let end = rest[1..].find(mark)?;
    Some(rest[1..1 + end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn admonitions_say_kind_and_title() {
        for (line, expected) in [
            ("!!! note", Some(("note", None))),
            (
                "!!! danger highlight \"Don't \\\"x\\\"\"",
                Some(("danger", Some("Don't \"x\""))),
            ),
            ("!!! note \"\"", Some(("note", Some("")))),
            ("???+ info \"T\"", Some(("details", Some("T")))),
            ("!!!note", None),
            ("!!! *x*", None),
        ] {
            let found = admonition(line);
            let found = found
                .as_ref()
                .map(|found| (found.name.as_str(), found.title.as_deref()));
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn divs_are_read_in_every_form() {
        for (inner, name, title, id) in [
            ("tip", "tip", None, ""),
            ("tip[A [b]]", "tip", Some("A [b]"), ""),
            ("tip My title", "tip", Some("My title"), ""),
            ("note [T] {#x}", "note", Some("T"), "x"),
            ("note{title=\"T\"}", "note", Some("T"), ""),
            ("{.a .callout-tip #y}", "callout-tip", None, "y"),
            ("challenge ::::", "challenge", None, ""),
        ] {
            let div = div(inner);
            assert_eq!(
                (div.name.as_str(), div.title.as_deref(), div.id.as_str()),
                (name, title, id),
                "{inner}"
            );
        }
    }
}
