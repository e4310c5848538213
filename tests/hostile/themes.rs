//! What a theme says and holds beside its templates.

use super::folder::Folder;

fn themed() -> Folder {
    let folder = Folder::new();
    folder.write("config.toml", "title = \"Hostile\"\ntheme = \"own\"\n");
    folder.write("themes/own/templates/404.html", "{{ t.lost_page }}");
    folder
}

#[test]
fn words_that_nothing_shows_are_findings() {
    for (file, before) in [("theme.toml", "[strings]\n"), ("strings.toml", "")] {
        let folder = themed();
        folder.write(
            &format!("themes/own/{file}"),
            format!("{before}rigth = \"Yes\"\nlost_page = \"Lost\"\nminutes_few = \"minuty\"\nlost = \"x\"\n"),
        );
        let line = 1 + before.lines().count();
        let expected = [
            format!("unknown-key themes/own/{file}:{line}:1: unknown key `rigth`"),
            format!(
                "unknown-key themes/own/{file}:{}:1: unknown key `lost`",
                line + 3
            ),
        ];
        assert_eq!(folder.findings(), expected);
        folder.run(&["check"]).assert_says("did you mean `right`?");
    }
    let folder = themed();
    folder.write("themes/own/theme.toml", "nam = \"x\"\n[extra]\na = 1\n");
    let expected = ["unknown-key themes/own/theme.toml:1:1: unknown key `nam`"];
    assert_eq!(folder.findings(), expected);
}

#[test]
fn files_that_some_systems_cannot_hold_or_tell_apart_are_findings() {
    let folder = themed();
    for path in [
        "Site.css",
        "vendor/a.js",
        "vendor/A.js",
        "con.js",
        "Icon.svg/x.png",
        "pages.css/99-mine.css",
        "stra\u{df}e.png",
        "STRASSE.png",
        "plain.png",
    ] {
        folder.write(&format!("themes/own/static/{path}"), "x");
    }
    let found = folder.findings();
    let expected = [
        (
            "output-collision",
            "Icon.svg/x.png",
            "`assets/Icon.svg/x.png` for `assets/icon.svg`",
        ),
        (
            "output-collision",
            "Site.css",
            "`assets/Site.css` for `assets/site.css`",
        ),
        ("unsafe-path", "con.js", ""),
        (
            "output-collision",
            "stra\u{df}e.png",
            "for `assets/STRASSE.png`",
        ),
        (
            "output-collision",
            "vendor/a.js",
            "`assets/vendor/a.js` for `assets/vendor/A.js`",
        ),
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (rule, path, words) in expected {
        let start = format!("{rule} themes/own/static/{path}:1:1: ");
        assert!(
            found
                .iter()
                .any(|finding| finding.starts_with(&start) && finding.contains(words)),
            "{start} {found:#?}"
        );
    }
    assert_eq!(folder.run(&["build"]).code, 1);
}

#[test]
fn files_for_packages_are_held_to_the_same_names() {
    let folder = themed();
    for path in ["con.css", "LMS.js", "a:b.css", "plain.js"] {
        folder.write(&format!("themes/own/package/{path}"), "x");
    }
    let found = folder.findings();
    let expected = [
        "output-collision themes/own/package/LMS.js:1:1: some systems take `LMS.js` for `lms.js`",
        "unsafe-path themes/own/package/a:b.css:1:1: the file's name cannot stand on every system: it is absolute",
        "unsafe-path themes/own/package/con.css:1:1: the file's name cannot stand on every system: it is a name that Windows",
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found}");
    }
}

#[test]
fn files_of_a_theme_that_nothing_reads_are_findings_where_they_look_like_others() {
    let folder = themed();
    folder.write("themes/own/templates/lessn.html", "x");
    folder.write("themes/own/templates/part.html", "x");
    folder.write(
        "themes/own/templates/lesson.html",
        "{% include \"part.html\" %}",
    );
    folder.write("themes/own/statics/a.css", "x");
    folder.write("themes/own/statics/b.css", "x");
    folder.write("themes/own/README.md", "Ours.");
    folder.write("themes/own/screenshots/home.png", "x");
    let expected = [
        "invalid-theme themes/own/statics/a.css:1:1: nothing reads `statics` of a theme",
        "invalid-theme themes/own/templates/lessn.html:1:1: no page and no template uses the template `lessn.html`",
    ];
    assert_eq!(folder.findings(), expected);
    let ran = folder.run(&["check"]);
    ran.assert_says("did you mean `static`?");
    ran.assert_says("did you mean `lesson.html`?");
    assert_eq!(ran.code, 0, "they are warnings");
}

#[cfg(target_os = "linux")]
#[test]
fn files_that_differ_from_what_is_read_in_case_alone_are_findings() {
    let folder = themed();
    folder.write("Config.toml", "title = \"Other\"\n");
    folder.write("themes/own/Theme.toml", "name = \"x\"\n");
    folder.write("themes/own/templates/Lesson.html", "x");
    let expected = [
        "doubtful-name Config.toml:1:1: nothing reads `Config.toml`: the configuration is `config.toml`",
        "invalid-theme themes/own/Theme.toml:1:1: nothing reads `Theme.toml` of a theme",
        "invalid-theme themes/own/templates/Lesson.html:1:1: no page and no template uses the template `Lesson.html`",
    ];
    assert_eq!(folder.findings(), expected);
}

#[test]
fn words_of_dates_that_no_date_can_be_written_with_are_findings() {
    let twelve = "a,b,c,d,e,f,g,h,i,j,k,l";
    for (words, message) in [
        (
            "long_date = \"{foo}\"",
            Some("`long_date` cannot be `{foo}`"),
        ),
        (
            "long_date = \"{day} {month}\"",
            Some("`long_date` cannot be `{day} {month}`"),
        ),
        (
            "long_date = \"{day} {month} {year} {day}\"",
            Some("`long_date` cannot be `{day} {month} {year} {day}`"),
        ),
        ("long_date = \"{month} {day}, {year}\"", None),
        (
            "months = \"a|b\"",
            Some("`months` is no list of twelve names"),
        ),
        (
            "months = \"a,b,c,d,e,f,g,h,i,j,k,\"",
            Some("`months` is no list of twelve names"),
        ),
        (&format!("months = \"{twelve}\""), None),
        ("months = \"\"", None),
    ] {
        let folder = themed();
        folder.write("themes/own/theme.toml", format!("[strings]\n{words}\n"));
        let found = folder.findings();
        let said: Vec<&str> = found
            .iter()
            .map(|finding| finding.split(": ").nth(1).unwrap_or_default())
            .collect();
        assert_eq!(said, Vec::from_iter(message), "{words}: {found:?}");
    }
}

#[test]
fn a_theme_s_file_has_a_size() {
    for path in [
        "static/film.mp4",
        "templates/lesson.html",
        "theme.toml",
        "package/x.js",
    ] {
        let folder = themed();
        folder.write(&format!("themes/own/{path}"), "");
        let file = std::fs::File::create(folder.path(&format!("themes/own/{path}"))).unwrap();
        file.set_len(3 << 30).unwrap();
        let ran = folder.run(&["check"]);
        assert_eq!(ran.code, 2, "{path}");
        ran.assert_says("it is larger than");
    }
}

#[test]
fn a_drawing_on_many_pages_is_one_file_with_colours_of_its_own() {
    let folder = Folder::new();
    let rectangle = "<rect class=\"accent\" width=\"9\" height=\"9\"/>";
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{}</svg>",
        rectangle.repeat(760 * 1024 / rectangle.len())
    );
    folder.write("modules/01-a/large.svg", &svg);
    folder.write(
        "modules/01-a/small.svg",
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{rectangle}</svg>"),
    );
    folder.write(
        "modules/01-a/script.svg",
        svg.replacen("<rect", "<script>x</script><rect", 1),
    );
    for lesson in 0..200 {
        folder.write(
            &format!("modules/01-a/{lesson:03}-b{lesson}.md"),
            format!(
                "+++\ntitle = \"B{lesson}\"\n+++\n\n![Large](large.svg)\n\n![Small](small.svg)\n\n![Script](script.svg)\n"
            ),
        );
    }
    let ran = folder.run(&["build"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let page = folder.page("a/b0.html");
    let of_200 = "<figure class=\"diagram\"><img src=\"large.svg\" alt=\"Large\"";
    assert!(page.contains(of_200), "{page}");
    assert!(page.contains("<figure><img src=\"script.svg\" alt=\"Script\""));
    assert!(page.contains("<svg role=\"img\" aria-label=\"Small\""));
    let drawing = folder.page("a/large.svg");
    assert!(drawing.contains(":root{color-scheme:light dark;--paper:light-dark("));
    assert!(drawing.contains(".accent{color:var(--accent)}") && drawing.contains(rectangle));
    let size: u64 = walkdir::WalkDir::new(folder.path("public"))
        .into_iter()
        .map(|entry| entry.unwrap().metadata().unwrap().len())
        .sum();
    assert!(size < 8 << 20, "the site has {size} bytes");
    // The file is made of its text, so a build that finds it as it was leaves it.
    let ran = folder.run(&["build"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(folder.page("a/large.svg"), drawing);
}
