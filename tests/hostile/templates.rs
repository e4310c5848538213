//! Templates that loop or call themselves.

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
            "ircular include",
        ),
        (
            &[
                ("lesson.html", "{% include \"one.html\" %}"),
                ("one.html", "{% include \"two.html\" %}"),
                ("two.html", "{% include \"one.html\" %}"),
            ],
            "ircular include",
        ),
        (
            &[("lesson.html", "{% extends \"lesson.html\" %}")],
            "ircular extend",
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

#[test]
fn templates_that_repeat_themselves_without_end_are_stopped() {
    build(&[(
        "lesson.html",
        "{% for a in range(end=1000000000000) %}{% endfor %}",
    )])
    .assert_says("exceeds the limit");
    let loops = "{% for a in range(end=100000) %}{% for b in range(end=100000) %}some words {{ b }}{% endfor %}{% endfor %}";
    build(&[("lesson.html", loops)]).assert_says("the page grows without end");
    build(&[("signpost.html", loops)]).assert_says("the page grows without end");
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

#[test]
#[ignore = "waits for minutes: part of the soak tests"]
fn a_template_that_loops_in_silence_is_given_up() {
    let range = "{% set r = range(end=100000) %}";
    let open = "{%- for a in r -%}".repeat(4);
    let close = "{%- endfor -%}".repeat(4);
    for name in ["lesson.html", "signpost.html"] {
        build(&[(name, &format!("{range}{open}{close}"))])
            .assert_says("look for loops inside loops");
    }
}
