//! Templates that loop, call themselves or make ever larger texts.

use std::time::Duration;

use super::folder::Folder;

fn build(templates: &[(&str, &str)]) -> super::folder::Ran {
    let folder = Folder::new();
    folder.write("config.toml", "title = \"Hostile\"\ntheme = \"own\"\n");
    for (name, text) in templates {
        folder.write(&format!("themes/own/templates/{name}"), text);
    }
    folder.write(
        "modules/signposts.toml",
        "[[signpost]]\nid = \"a\"\nname = \"A\"\nfor = \"all\"\n",
    );
    folder.lesson("Text.");
    let ran = folder.run(&["build"]);
    assert!(!folder.has_site());
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    ran
}

#[test]
fn templates_that_call_themselves_are_refused() {
    for (templates, said) in [
        (
            &[("lesson.html", "{% include \"lesson.html\" %}")][..],
            "includes or extends itself",
        ),
        (
            &[
                ("lesson.html", "{% include \"one.html\" %}"),
                ("one.html", "{% include \"two.html\" %}"),
                ("two.html", "{% include \"one.html\" %}"),
            ],
            "includes or extends itself",
        ),
        (
            &[("lesson.html", "{% extends \"lesson.html\" %}")],
            "includes or extends itself",
        ),
        (
            &[(
                "lesson.html",
                "{% component again() %}a{{<again />}}{% endcomponent again %}{{<again />}}",
            )],
            "recursion depth",
        ),
        (
            &[(
                "lesson.html",
                "{% component one() %}{{<two />}}{% endcomponent one %}{% component two() %}{{<one />}}{% endcomponent two %}{{<one />}}",
            )],
            "recursion depth",
        ),
    ] {
        build(templates).assert_says(said);
    }
}

/// What such a page says, and where it grows.
const SPENT: &str = "the page takes more work than a page may";

/// Nothing here takes much longer than a second, but for a debug build on a busy machine.
const LONGEST: Duration = Duration::from_secs(30);

/// In KiB: the program itself, which holds 40 MiB without its optimisations, with some tens for the page.
const MOST_MEMORY: u64 = 128 << 10;

fn stopped(templates: &[(&str, &str)], place: &str) {
    let ran = build(templates);
    ran.assert_says(SPENT);
    ran.assert_says(&format!("--> {place}\n"));
    assert!(ran.took < LONGEST, "{templates:?} took {:?}", ran.took);
    assert!(
        ran.peak < MOST_MEMORY,
        "{templates:?} held {} KiB",
        ran.peak
    );
}

#[test]
fn texts_that_double_are_stopped() {
    let loops = "{% set x = \"0123456789abcdef\" %}\n{% for a in range(end=1000) %}\n";
    for body in [
        "{% set_global x = x ~ x %}",
        "{% set_global x = x ~ \"\" ~ (x ~ x) %}",
        "{% set_global x = [x, x] | join(sep=\"\") %}",
        "{% set_global x = [1, 2, 3] | join(sep=x) %}",
        "{% set_global x = x | replace(from=\"0\", to=\"00\") %}",
        "{% set_global x = x | replace(from=\"\", to=\"&&\") | escape %}",
        "{% set_global x %}{{ x }}{{ x }}{% endset %}",
        "{% set_global x %}{% include \"shown.html\" %}{% include \"shown.html\" %}{% endset %}",
        "{% set_global x %}{% filter upper %}{{ x }}{{ x }}{% endfilter %}{% endset %}",
        "{% set_global x = [x, x] | str %}",
        "{% set_global x = x ~ (x | split(pat=\"\")) %}",
        "{% set_global x = [x, x] %}",
        "{% set_global x = [x] %}",
        "{% set_global x = {\"a\": x, \"b\": x} %}",
        "{% set_global x = [x for y in range(end=2)] %}",
        "{% set_global x = [...(x | split(pat=\"\")), 1] | join(sep=\"ab\") %}",
        "{% set_global x = x ~ \"\\n\" ~ x | indent(width=1000, first=true, blank=true) %}",
        "{% set_global x = x | truncate(length=1, end=x ~ x) %}",
        "{% set_global x = x ~ x if true else 1 %}",
        "{% set_global x = {\"a\": x ~ x}[\"a\"] %}",
        "{% set_global x = (x ~ x)[0:] %}",
    ] {
        let lesson = format!("{loops}{body}\n{{% endfor %}}");
        let templates = [("lesson.html", &*lesson), ("shown.html", "{{ x }}")];
        stopped(&templates, "lesson.html:3");
    }
    // What is kept as a text is counted where it is shown, also in another template.
    let text = "{% set x = \"0123456789abcdef\" | indent(width=1000, first=true) %}";
    let kept = "{% for a in range(end=9999) %}{% include \"shown.html\" %}{% endfor %}";
    let lesson = format!("{text}{{% set y %}}{kept}{{% endset %}}");
    let templates = [("lesson.html", &*lesson), ("shown.html", "{{ x }}")];
    stopped(&templates, "shown.html:1");
    let lines = format!("{{% set x = \"x\" %}}{}", "{% set x = x ~ x %}".repeat(60));
    stopped(&[("lesson.html", &lines)], "lesson.html:1");
    // Lists that share their parts are large where they are shown.
    let lines = format!(
        "{{% set x = 1 %}}{}{{{{ x }}}}",
        "{% set x = [x, x] %}".repeat(30)
    );
    stopped(&[("lesson.html", &lines)], "lesson.html:1");
    let chain = format!("{}x", "x ~ ".repeat(100));
    let chain = format!("{loops}{{% set_global x = {chain} %}}{{% endfor %}}");
    stopped(&[("lesson.html", &chain)], "lesson.html:3");
    // What the settings say is a text like any other.
    let title = "{% set x = site.title %}{% for a in range(end=99) %}{% set_global x = x ~ x %}{% endfor %}{{ x }}";
    stopped(&[("lesson.html", title)], "lesson.html:1");
    stopped(&[("signpost.html", title)], "signpost.html:1");
}

#[test]
fn templates_that_repeat_themselves_without_end_are_stopped() {
    for (text, said) in [
        (
            "{% for a in range(end=1000000000) %}{% endfor %}",
            "exceeds the limit",
        ),
        ("{{ \"x\" * 10 ** 9 }}", "Math operations"),
    ] {
        build(&[("lesson.html", text)]).assert_says(said);
    }
    let range = "{% set r = range(end=100000) %}\n";
    let loops = format!(
        "{range}{{% for a in r %}}{{% for b in r %}}some words {{{{ b }}}}{{% endfor %}}{{% endfor %}}"
    );
    let silent = format!(
        "{range}{}{}",
        "{%- for a in r -%}".repeat(4),
        "{%- endfor -%}".repeat(4)
    );
    for name in ["lesson.html", "signpost.html"] {
        stopped(&[(name, &loops)], &format!("{name}:2"));
        stopped(&[(name, &silent)], &format!("{name}:2"));
    }
    let large = "{% set x = \"0123456789abcdef\" | indent(width=1000, first=true) %}{% set y = x ~ \"\" %}\n";
    for turn in [
        "{% if x == y %}{% endif %}",
        "{% if x < y %}{% endif %}",
        "{% if y in x %}{% endif %}",
        "{% if x is containing(pat=y) %}{% endif %}",
        "{% if t[x] %}{% endif %}",
        "{% if x | length %}{% endif %}",
        "{% set y = x | safe %}",
        "{% set y = x | split(pat=\"\") %}",
        "{% set y = range(end=1000) | unique %}",
        "{% set y = range(end=1000) | sort %}",
        "{% for c in x %}{% endfor %}",
    ] {
        let lesson = format!("{large}{{% for a in range(end=100000) %}}{turn}{{% endfor %}}");
        stopped(&[("lesson.html", &lesson)], "lesson.html:2");
    }
}

#[test]
fn templates_that_call_each_other_many_times_are_stopped() {
    let names: Vec<String> = (0..6).map(|level| format!("level{level}.html")).collect();
    let texts: Vec<String> = (1..=6)
        .map(|level| match level {
            6 => "{% if page %}{% endif %}".to_owned(),
            _ => format!("{{% include \"level{level}.html\" %}}").repeat(40),
        })
        .collect();
    let mut templates: Vec<(&str, &str)> = vec![("lesson.html", "{% include \"level0.html\" %}")];
    templates.extend(
        names
            .iter()
            .zip(&texts)
            .map(|(name, text)| (&**name, &**text)),
    );
    stopped(&templates, "level5.html:1");
    for text in [
        "{% component c(x) %}{{<c x={x ~ x} />}}{% endcomponent c %}{% for i in range(end=9) %}{{<c x=\"0123456789abcdef\" />}}{% endfor %}",
        "{% component c(n) %}{% if n > 0 %}{% for i in range(end=20) %}{{<c n={n - 1} />}}{% endfor %}{% endif %}{% endcomponent c %}{{<c n={15} />}}",
        "{% component c(n, x) %}{% if n > 0 %}{{<c n={n - 1} x={x ~ x ~ x ~ x} />}}{% else %}{{ x }}{% endif %}{% endcomponent c %}{{<c n={18} x=\"x\" />}}",
        "{% component c(n) %}{% if n > 0 %}{% <c n={n - 1}> %}{{ body }}{{ body }}{{ body }}{{ body }}{% </c> %}{% else %}{{ body }}{% endif %}{% endcomponent c %}{% <c n={18}> %}0123456789abcdef{% </c> %}",
    ] {
        stopped(&[("lesson.html", text)], "lesson.html:1");
    }
    // Each asks forty times for what the one before it shows.
    let names: Vec<String> = (0..6).map(|level| format!("base{level}.html")).collect();
    let texts: Vec<String> = (0..6)
        .map(|level| match level {
            0 => "{% block a %}{{ page.title }}{% endblock %}".to_owned(),
            _ => format!(
                "{{% extends \"base{}.html\" %}}{{% block a %}}{}{{% endblock %}}",
                level - 1,
                "{{ super() }}".repeat(40)
            ),
        })
        .collect();
    let mut templates: Vec<(&str, &str)> = vec![("lesson.html", "{% extends \"base5.html\" %}")];
    templates.extend(
        names
            .iter()
            .zip(&texts)
            .map(|(name, text)| (&**name, &**text)),
    );
    stopped(&templates, "base0.html:1");
}

#[test]
fn chains_of_templates_are_refused() {
    let chain = |link: fn(usize) -> String| {
        let folder = Folder::new();
        folder.write("config.toml", "title = \"Hostile\"\ntheme = \"own\"\n");
        folder.lesson("Text.");
        folder.write("themes/own/templates/lesson.html", link(0));
        for level in 0..3000 {
            let path = format!("themes/own/templates/level{level}.html");
            folder.write(&path, link(level + 1));
        }
        let ran = folder.run(&["build"]);
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        ran.assert_says("more than 8 templates deep");
        assert!(ran.took < LONGEST, "{:?}", ran.took);
    };
    chain(|level| format!("{{% include \"level{level}.html\" %}}"));
    chain(|level| {
        format!(
            "{{% extends \"level{level}.html\" %}}{{% block a %}}{{{{ super() }}}}{{% endblock %}}"
        )
    });
}

#[test]
fn the_deepest_templates_find_room() {
    let folder = Folder::new();
    folder.write("config.toml", "title = \"Hostile\"\ntheme = \"own\"\n");
    folder.lesson("Text.");
    let next = |level| format!("{{% include \"level{level}.html\" %}}");
    let component = "{% component c(n) %}{% if n > 0 %}{{<c n={n - 1} />}}{% else %}{% include \"level6.html\" %}{% endif %}{% endcomponent c %}";
    folder.write("themes/own/templates/lesson.html", next(0));
    for level in 0..7 {
        let text = match level {
            6 => "the end".to_owned(),
            5 => format!("{component}{{{{<c n={{19}} />}}}}"),
            _ => next(level + 1),
        };
        folder.write(&format!("themes/own/templates/level{level}.html"), text);
    }
    let ran = folder.run(&["build"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(folder.page("a/b.html").contains("the end"));
}

#[test]
fn templates_nested_without_end_are_refused() {
    let depth = 100_000;
    for (open, close) in [
        ("{% if true %}", "{% endif %}"),
        ("{% for a in page.topics %}", "{% endfor %}"),
        ("{{ (", ") }}"),
        ("{{ [", "] }}"),
        ("{{ not ", "}}"),
    ] {
        let text = format!("{}1{}", open.repeat(depth), close.repeat(depth));
        build(&[("lesson.html", &text)]).assert_says("lesson.html");
        let inner = format!(
            "{{{{ {}1{} }}}}",
            open[2..].repeat(depth),
            close.trim_end_matches("}}").repeat(depth)
        );
        build(&[("lesson.html", &inner)]).assert_says("lesson.html");
    }
}
