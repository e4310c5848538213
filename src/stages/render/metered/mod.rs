//! Writes into templates what counts their work, before they are compiled.
//!
//! In: the templates of a theme. Out: templates that make the same pages, and take from the page's allowance what they use: each turn of a loop, each
//! template, block and component that begins, and each value from which larger ones can be made. What a real page does most, to show a field, costs it nothing:
//! what is written out is counted where it arrives.

mod expression;
mod kept;
mod meter;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::tokens::{Tag, tags};
use kept::Kept;
use meter::Meter;

pub use meter::Counted;

/// Returns the templates with what counts their work. One that cannot be read is made one that the engine refuses.
pub fn metered(
    templates: &BTreeMap<String, Cow<'_, str>>,
    counted: Counted,
) -> BTreeMap<String, String> {
    let read: BTreeMap<&str, Option<Vec<Tag<'_>>>> = templates
        .iter()
        .map(|(name, text)| (name.as_str(), tags(text)))
        .collect();
    let kept = Kept::of(&read);
    let written = templates.iter().map(|(name, text)| {
        let text = match &read[name.as_str()] {
            Some(tags) => Meter::new(text, name, &kept, counted).write(tags),
            None => format!("{text}{{%"),
        };
        (name.clone(), text)
    });
    written.collect()
}

#[cfg(test)]
mod tests {
    use tera::{Context, Tera};

    use super::super::allowance;
    use super::*;

    fn shown<T: AsRef<str>>(templates: &BTreeMap<String, T>) -> Result<String, String> {
        let mut tera = Tera::default();
        tera.autoescape_on([""]);
        allowance::register(&mut tera);
        let texts = templates.iter();
        tera.add_raw_templates(texts.map(|(name, text)| (name.as_str(), text.as_ref())))
            .map_err(|error| error.to_string())?;
        let mut page = Context::new();
        page.insert("a", "<a>");
        page.insert("b", &["x", "y", "x"]);
        page.insert("n", &3);
        page.insert("m", &BTreeMap::from([("k", "v"), ("l", "<w>")]));
        page.insert("o", &BTreeMap::from([("one", "o")]));
        page.insert("key", "k");
        allowance::begin(1 << 20);
        tera.render("page.html", &page)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn pages_stay_what_they_are() {
        for text in [
            "{{ a }} {{- a -}} {{ m.k }}{{m[key]}}{{ m[key ~ \"\"] }}{{ m[\"l\"] | upper }}",
            "{{ a ~ b ~ n }}|{{ (a ~ \"!\") | upper | lower }}|{{ a | safe }}|{{ n ~ 2 ** 3 }}",
            "{{ -n | abs }} {{ n - 1 }} {{ n*2+1 }} {{ 7 // 2 }} {{ not n == n }} {{ n if a != b else a }}",
            "{% if a == b or n in [1, 3] and not (a in b) %}yes{% elif n is odd %}odd{% else %}no{% endif %}",
            "{% if a is not containing(pat=\"<\" ~ \"a\") %}1{% endif %}{% if x is undefined %}2{% endif %}",
            "{% for i in b %}{{ loop.index ~ i }}{% if loop.last %}.{% endif %}{% else %}none{% endfor %}",
            "{% for i in b if n else [] -%}  {{ i }}  {%- endfor %}{% for k, v in o %}{{ k ~ v }}{% endfor %}",
            "{% for i in range(start=1, end=n + 1) %}{% if i == 2 %}{% continue %}{% endif %}{{ i }}{% endfor %}",
            "{% set x = b | unique | sort | join(sep=\"<\") %}{{ x }}{{ x | replace(from=\"x\", to=a) }}",
            "{% set x | upper | trim -%} {{ a }} {%- endset %}{{ x }}{% set y %}{{ a }}{% endset %}{{ y ~ a }}",
            "{% filter upper | indent(width=2, first=true) %}{{ a }}\n{{ m.k }}{% endfilter %}",
            "{{ [i ~ a for i in b if i != \"y\"] | join(sep=\", \") }}{{ [1, [a, n]] }}{{ [...b, a][0:2] }}",
            "{{ {\"p\": a, \"q\": [n]}[\"q\"][0] }}{{ m?.none?.k | default(value=a ~ \"d\") }}{{ b[n - 3] }}",
            "{{ b[::-1] | join }}{{ b | length }}{{ \"a}}b\" }}{{ 'x' ~ `y` }}{{ a | truncate(length=1, end=\"..\") }}",
            "{% raw %}{{ a ~ a }}{% endraw %}{# {{ a ~ }} #}{ a } {%- raw -%} {% x {%- endraw -%} .",
            "{% component c(x, y=1) %}[{{ x ~ y }}{{ body }}]{% endcomponent c %}{{<c x={a ~ n} y=\"2\" />}}{% set x = n %}{{<c x />}}",
            "{% component c(x) -%}  {{ x }}{{ body | safe }}{% endcomponent c %}{% <c x={a}> %}{{ a }}{% </c> %}{{ <c x=\"1\"/> ~ a }}",
            "{% extends \"base.html\" %}{% block one -%}  {{ super() }}{{ a }}{% endblock one %}",
            "{% include \"part.html\" %}{% for i in b %}{% include \"part.html\" %}{% endfor %}",
            "{{ m.k ~ m[key].none }}", // an error on either side
            "{{ a ~ }}",
            "{{ \u{e4} }}",
            "{% if a %}",
        ] {
            let templates = BTreeMap::from([
                ("page.html".to_owned(), Cow::from(text)),
                (
                    "base.html".to_owned(),
                    "{% block one %}{{ a }}{{ a | upper }}{% include \"part.html\" %}{% endblock %}".into(),
                ),
                ("part.html".to_owned(), "({{ i | default(value=n) }}{{ a }})".into()),
            ]);
            let own = shown(&templates);
            for counted in [Counted::Growing, Counted::All] {
                let metered = metered(&templates, counted);
                match (&own, shown(&metered)) {
                    (Ok(own), Ok(counted)) => assert_eq!(*own, counted, "{metered:#?}"),
                    (Err(_), Err(_)) => {}
                    (own, counted) => panic!("{own:?} {counted:?} {metered:#?}"),
                }
            }
        }
    }

    #[test]
    fn what_real_pages_do_most_costs_nothing() {
        for (text, expected) in [
            (
                "{{ page.title }}{{ page.minutes | time }}",
                "{{ page.title }}{{ page.minutes | time }}",
            ),
            (
                "{% if page.kind == \"lesson\" and not x %}{% endif %}",
                "{% if page.kind == \"lesson\" and not x %}{% endif %}",
            ),
            ("{% set x = page %}", "{% set x = page %}"),
            ("{{ t[depth] }}", "{{ t[depth | __made_0] | __made_0 }}"),
            (
                "{{ a ~ b ~ c }}",
                "{{ a | __made_1 ~ b | __made_1 ~ c | __made_1 }}",
            ),
            (
                "{% for a in b %}{{ a }}{% endfor %}",
                "{% for a in (b) | __turns_7 %}{{ a }}{% endfor %}",
            ),
            (
                "{% filter upper %}{{ a }}{% endfilter %}",
                "{% filter __made_3 | upper | __made_3 %}{{ (a) | __shown }}{% endfilter %}",
            ),
            (
                "{{ a | unique }}",
                "{{ a | __made_0 | __paired | unique | __made_0 }}",
            ),
        ] {
            let templates = BTreeMap::from([("page.html".to_owned(), Cow::from(text))]);
            let metered = metered(&templates, Counted::Growing);
            let begun = "{% if 0 | __begun_7 %}{% endif %}";
            let written = metered["page.html"].strip_prefix(begun).unwrap_or_default();
            assert_eq!(written, expected);
        }
    }
}
