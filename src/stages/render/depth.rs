//! Refuses templates that stand too deep inside each other: the engine calls itself for each.
//!
//! In: the templates of a theme. Out: one that is too deep, if there is any.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::tokens::tags;

/// So many templates may include or extend one another. Components call themselves up to twenty times, which the engine sees to.
const DEEPEST: usize = 8;

/// Returns a template that stands too deep, and why: it is reached through more than [`DEEPEST`] others, as each is that includes or extends itself, or
/// leads from a component to a component, since each of all its turns would be as deep again.
pub fn too_deep<'t>(templates: &'t BTreeMap<String, Cow<'_, str>>) -> Option<(&'t str, String)> {
    let mut named: BTreeMap<&str, BTreeSet<Cow<'_, str>>> = BTreeMap::new();
    let mut in_components = BTreeSet::new();
    let mut callers = BTreeSet::new();
    for (name, text) in templates {
        let tags = tags(text).unwrap_or_default();
        let others = named.entry(name).or_default();
        let mut is_in_component = false;
        for tag in &tags {
            match tag.word() {
                Some("component") => is_in_component = true,
                Some("endcomponent") => is_in_component = false,
                Some("include" | "extends") => {
                    let other = tag.text(1);
                    in_components.extend(other.clone().filter(|_| is_in_component));
                    others.extend(other);
                }
                _ if !is_in_component && tag.calls_component() => {
                    callers.insert(name.as_str());
                }
                _ => {}
            }
        }
    }
    let step = |reached: &BTreeSet<&'t str>| -> BTreeSet<&'t str> {
        let next = reached.iter().flat_map(|name| &named[name]);
        let known = next.filter_map(|name| templates.get_key_value(&**name));
        known.map(|(name, _)| name.as_str()).collect()
    };
    // Those that are reached in one step more, until none is.
    let mut reached: BTreeSet<&str> = templates.keys().map(String::as_str).collect();
    for _ in 0..DEEPEST {
        reached = step(&reached);
    }
    if let Some(name) = reached.first() {
        let why = format!(
            "it includes or extends itself, or is more than {DEEPEST} templates deep in others"
        );
        return Some((name, why));
    }
    let known = in_components.iter();
    let known = known.filter_map(|name| templates.get_key_value(&**name));
    let mut reached: BTreeSet<&str> = known.map(|(name, _)| name.as_str()).collect();
    while !reached.is_empty() {
        if let Some(name) = reached.intersection(&callers).next() {
            let why = "it calls a component, and a component includes it".to_owned();
            return Some((name, why));
        }
        reached = step(&reached);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_component_leads_to_another_through_a_template() {
        for (part, is_deep) in [
            ("{{<c n={1} />}}", true),
            ("{% <c> %}{% </c> %}", true),
            ("{% if a and <c/> %}{% endif %}", true),
            ("{{ a <b }}{{ (a) <b }}{{ 1 <b }}", false),
            ("{% include \"more\" %}", true),
        ] {
            let templates = BTreeMap::from(
                [
                    (
                        "page",
                        "{% component c() %}{% include \"part\" %}{% endcomponent c %}{{<c />}}",
                    ),
                    ("part", part),
                    ("more", "{{<c />}}"),
                ]
                .map(|(name, text)| (name.to_owned(), Cow::from(text))),
            );
            assert_eq!(too_deep(&templates).is_some(), is_deep, "{part}");
        }
    }

    #[test]
    fn templates_stand_so_deep_and_no_deeper() {
        for (count, last, is_deep) in [
            (DEEPEST, "", false),
            (DEEPEST + 1, "", true),
            (2, "{% include \"0\" %}", true),
            (2, "{% extends '1' %}", true),
            (2, "{% include \"\\/0\" %}{% include \"none\" %}", false),
            (2, "{# {% include \"0\" %} #}", false),
        ] {
            let mut templates = BTreeMap::new();
            for level in 0..count {
                let text = match level + 1 == count {
                    true => last.to_owned(),
                    false => format!("a {{%- include \"{}\" %}}", level + 1),
                };
                templates.insert(level.to_string(), Cow::from(text));
            }
            assert_eq!(too_deep(&templates).is_some(), is_deep, "{templates:?}");
        }
    }
}
