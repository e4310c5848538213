//! Nothing is lost without a word: what an import cannot read, or makes something else of, stands in the lesson or in `IMPORT.md`, with its place.

use super::support::write;
use super::{Made, holds, said, source, throughline};

/// Returns what an import makes of a course that is laid out in a folder of its own.
fn made(files: &[(&str, &str)]) -> Made {
    let (_folder, root) = source();
    for (path, text) in files {
        write(&root, path, text);
    }
    Made::of(&root, &[])
}

/// Asserts that a text holds none of others.
fn lacks(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(!text.contains(part), "`{part}` in\n{text}");
    }
}

#[test]
fn texts_in_other_encodings_keep_their_letters_and_are_told() {
    let (_folder, root) = source();
    write(
        &root,
        "a.md",
        b"# Latin caf\xE9\n\n\x93Quoted\x94, 5 \x80.\n",
    );
    write(&root, "b.md", b"\xFF\xFE#\0 \0T\0w\x01\n\0\n\0x\0\n\0");
    write(&root, "c.md", b"# C\n\none\0two\n");
    let made = Made::of(&root, &[]);
    holds(
        &made.text("modules/01-source/01-a.md"),
        &["title = \"Latin café\"", "“Quoted”, 5 €."],
    );
    holds(
        &made.text("modules/01-source/02-b.md"),
        &["title = \"Tŷ\"", "\nx\n"],
    );
    holds(&made.text("modules/01-source/03-c.md"), &["onetwo"]);
    holds(
        &made.text("IMPORT.md"),
        &[
            "4 pages and 0 other files",
            "- `a.md:1`: 4 bytes that UTF-8 does not know",
            "- `b.md:1`: the file is UTF-16",
            "- `c.md:3`: 1 hidden character taken out",
        ],
    );
}

#[test]
fn marks_that_nothing_is_made_of_are_listed_with_their_lines() {
    let made = made(&[
        (
            "a.md",
            "# A\n\n{{%segment outline}}\n\n{{%course outline Fundamentals}}\n\n:smile: and :material-home:, ==marked==, ++ctrl+c++.\n\n*[HTML]: Hyper Text\n\n[v](no page.md)\n\n<div class=\"grid cards\">\n\ncards\n\n</div>\n",
        ),
        ("b.md", "---\ntitle: Never closed\n\n# B\n\ntext\n"),
    ]);
    holds(
        &made.text("IMPORT.md"),
        &[
            "- line 3: this shortcode or tag is not known: `{{%segment outline}}`",
            "- line 5: this shortcode or tag is not known: `{{%course outline Fundamentals}}`",
            "- line 7: an emoji or icon by its name: it stays as text: `:smile:`",
            "- line 7: an emoji or icon by its name: it stays as text: `:material-home:`",
            "- line 7: marked words: it stays as text: `==marked==`",
            "- line 7: a key of the keyboard, or inserted words: it stays as text: `++ctrl+c++`",
            "- line 9: what an abbreviation is short for: it stays as text: `*[HTML]: Hyper Text`",
            "- line 11: its address has spaces, and leads to nothing in the source: it stays as text: `[v](no page.md)`",
            "- line 13: this class has no meaning here: what the element holds stays: `<div class=\"grid cards\">`",
            "- line 1: the front matter cannot be read, and stands in the text: no line `---` ends it: `---`",
        ],
    );
    holds(
        &made.text("modules/01-source/02-b.md"),
        &["title: Never closed"],
    );
}

#[test]
fn a_link_whose_address_has_spaces_is_a_link() {
    let made = made(&[
        (
            "a.md",
            "# A\n\n[s](my page.md), [t](my page.md \"Title\"), [u](my page.md#two-words), ![p](my pic.png), `[c](my page.md)`.\n",
        ),
        ("my page.md", "# P\n\n## Two words\n"),
        ("my pic.png", "png"),
    ]);
    holds(
        &made.text("modules/01-source/01-a.md"),
        &[
            "[s](02-my-page.md), [t](02-my-page.md \"Title\"), [u](02-my-page.md#two-words), ![p](images/my-pic.png), `[c](my page.md)`.",
        ],
    );
    assert_eq!(made.rules(), Vec::<String>::new());
}

#[test]
fn the_page_says_its_title_and_the_home_page_that_of_the_site() {
    let made = made(&[
        ("README.md", "# Root\n\nHello.\n"),
        ("m/README.md", "# The module\n"),
        ("m/a.md", "+++\ntitle = \"End\"\n+++\n# End again\n\nx\n"),
        ("m/b.md", "---\ntitle: The same\n---\n# The *same*\n\nx\n"),
        ("m/c.md", "---\ntitle: More than that\n---\n# That\n\nx\n"),
    ]);
    holds(&made.text("config.toml"), &["title = \"Root\"\n"]);
    let home = made.text("modules/index.md");
    holds(&home, &["title = \"Root\"\n", "Hello."]);
    lacks(&home, &["## Root"]);
    let text = made.text("modules/01-m/01-a.md");
    holds(&text, &["title = \"End\"\n", "## End again\n"]);
    lacks(&text, &["[extra]"]);
    holds(
        &made.text("modules/01-m/02-b.md"),
        &["title = \"The *same*\"\n"],
    );
    let text = made.text("modules/01-m/03-c.md");
    holds(&text, &["title = \"More than that\"\n"]);
    lacks(&text, &["## That"]);
}

#[test]
fn a_slug_stays_one_and_what_can_be_none_is_an_alias() {
    let made = made(&[
        ("a.md", "---\nslug: own\n---\n# A\n"),
        (
            "b.md",
            "---\nslug: /x/y\n---\n# B\n\n[a](a.md), [itself](/x/y)\n",
        ),
        ("c.md", "---\nslug: own\n---\n# C\n"),
    ]);
    let text = made.text("modules/01-source/01-a.md");
    holds(&text, &["slug = \"own\"\n"]);
    lacks(&text, &["[extra]", "aliases"]);
    holds(
        &made.text("modules/01-source/02-b.md"),
        &[
            "aliases = [\"x/y\"]\n\n[extra]\nslug = \"/x/y\"\n",
            "[a](01-a.md), [itself](02-b.md)",
        ],
    );
    holds(
        &made.text("modules/01-source/03-c.md"),
        &["[extra]\nslug = \"own\"\n"],
    );
    holds(
        &made.text("IMPORT.md"),
        &[
            "- line 2: this slug cannot be the last part of its page's address: it is not words with hyphens between them: `/x/y`",
            "another page has that address: `own`",
        ],
    );
    assert_eq!(made.rules(), Vec::<String>::new());
}

#[test]
fn numbers_keep_their_digits_and_one_line_of_json_is_front_matter() {
    let made = made(&[
        (
            "a.md",
            "---\ntitle: A\nid: 123456789012345678901234\nshare: 0.5\n---\nx\n",
        ),
        (
            "b.md",
            "{\"title\": \"One\", \"id\": 123456789012345678901234}\n# B\n\nx\n",
        ),
    ]);
    holds(
        &made.text("modules/01-source/01-a.md"),
        &["id = \"123456789012345678901234\"\nshare = 0.5\n"],
    );
    holds(
        &made.text("modules/01-source/02-b.md"),
        &[
            "title = \"One\"\n",
            "id = \"123456789012345678901234\"\n",
            "## B\n",
        ],
    );
}

#[test]
fn references_of_hugo_name_their_page_also_by_a_parameter() {
    let made = made(&[
        ("hugo.toml", "title = \"H\"\n"),
        (
            "content/a.md",
            "[x]({{< ref path=\"/b/c.md\" >}}) [y]({{< relref path=\"b/c.md#h\" lang=\"en\" >}}) [o]({{< ref >}}) {{< figure >}}\n",
        ),
        ("content/b/c.md", "# C\n\n## H\n\nx\n"),
        ("content/b/d.md", "# D\n"),
    ]);
    holds(
        &made.text("modules/01-a/index.md"),
        &["[x](../02-b/01-c.md) [y](../02-b/01-c.md#h) [o]({{< ref >}}) {{< figure >}}"],
    );
    holds(
        &made.text("IMPORT.md"),
        &["this shortcode or tag is not known: `{{< ref >}}`"],
    );
}

#[test]
fn drafts_of_jekyll_stay_drafts() {
    let made = made(&[
        ("_config.yml", "title: J\n"),
        ("_drafts/d.md", "---\ntitle: D\n---\nd\n"),
        ("_posts/2020-01-01-p.md", "---\ntitle: P\n---\np\n"),
        (
            "index.md",
            "# I\n\n## Head\n{: #anch}\n\nA line.\n{: #para .big}\n\n[go](#anch), [on](#para)\n",
        ),
    ]);
    let draft = made.text("modules/01-drafts/01-d.md");
    holds(&draft, &["draft = true\n"]);
    lacks(&draft, &["aliases"]);
    lacks(&made.text("modules/02-posts/01-p.md"), &["draft"]);
    holds(
        &made.text("modules/index.md"),
        &["## Head {#anch}\n\n[A]{#para} line.\n\n[go](#anch), [on](#para)"],
    );
    holds(
        &made.text("IMPORT.md"),
        &["classes of other tools have no meaning here: `{: #para .big}`"],
    );
    assert_eq!(made.rules(), Vec::<String>::new());
}

#[test]
fn elements_with_a_class_are_blocks_as_fences_are() {
    let exercise = "Do it.\n\n<details><summary>Answer</summary>\n\n42\n\n</details>\n";
    let made = made(&[
        (
            "a.md",
            &format!(
                "# A\n\n<div class=\"exercise\">\n\n{exercise}\n</div>\n\n<div class=\"warning\">\n\nMind *it*.\n\n</div>\n"
            ),
        ),
        (
            "b.md",
            &format!("# B\n\n::: {{.exercise}}\n\n{exercise}\n:::\n"),
        ),
    ]);
    let block = "::: activity\n\nDo it.\n\n::: solution [Answer]\n\n42\n\n:::\n\n:::\n";
    holds(
        &made.text("modules/01-source/01-a.md"),
        &[block, "::: caution [Warning]\n\nMind *it*.\n\n:::\n"],
    );
    holds(&made.text("modules/01-source/02-b.md"), &[block]);
}

#[test]
fn the_carpentries_pages_are_found_by_what_they_are_rendered_from() {
    let made = made(&[
        (
            "config.yaml",
            "title: C\nepisodes:\n- 01-first.Rmd\n- 02-x.md\nlearners:\n- setup.md\n",
        ),
        ("episodes/01-first.Rmd", "# F\n\n## Part\n"),
        (
            "episodes/02-x.md",
            "# X\n\n[f](01-first.md#part) [r](../learners/reference.md)\n",
        ),
        ("learners/reference.md", "# R\n"),
        ("learners/setup.md", "# S\n"),
        ("learners/other.md", "# O\n"),
    ]);
    holds(
        &made.text("modules/01-episodes/02-x.md"),
        &["[f](01-first.md#part) [r](../02-learners/02-reference.md)"],
    );
    let told = made.text("IMPORT.md");
    holds(&told, &["- `learners/other.md`\n"]);
    lacks(&told, &["- `learners/reference.md`\n"]);
    assert_eq!(made.rules(), Vec::<String>::new());
}

#[test]
fn settings_of_mkdocs_and_descriptions_of_docusaurus_come_along() {
    let mkdocs = made(&[
        (
            "mkdocs.yml",
            "site_name: M\ntheme:\n  name: material\nmarkdown_extensions:\n- admonition\n- pymdownx.snippets:\n    base_path: [snip]\n- x:\n    format: !!python/name:a.b\nplugins:\n- search\n",
        ),
        ("docs/a.md", "# A\n\n--8<-- \"n.md\"\n"),
        ("docs/b.md", "# B\n"),
        ("snip/n.md", "From afar.\n"),
    ]);
    holds(&mkdocs.text("modules/01-m/01-a.md"), &["From afar."]);
    holds(
        &mkdocs.text("config.toml"),
        &[
            "\"admonition\"",
            "base_path",
            "name = \"material\"",
            "plugins = [\"search\"]",
        ],
    );
    assert_eq!(mkdocs.rules(), Vec::<String>::new());
    let docusaurus = made(&[
        ("docusaurus.config.js", "module.exports = {title: 'D'};"),
        (
            "docs/g/_category_.json",
            "{\"label\": \"G\", \"link\": {\"type\": \"generated-index\", \"description\": \"All of g.\"}}",
        ),
        ("docs/g/a.md", "# A\n"),
        ("docs/b.md", "# B\n"),
    ]);
    let category = docusaurus
        .lessons()
        .into_iter()
        .find(|lesson| lesson.ends_with("-g/index.md"));
    holds(
        &docusaurus.text(&format!("modules/{}", category.expect("the category"))),
        &["title = \"G\"\nsummary = \"All of g.\"\n"],
    );
}

#[test]
fn a_glossary_becomes_proposals_that_can_be_taken() {
    let made = made(&[
        (
            "a.md",
            "# Glossary\n\n[HTTP]{#http}\n: A [Protocol](#protocol) for *pages*.\n\n[Protocol]{#protocol}\n: A rule.\n",
        ),
        ("b.md", "# B\n"),
    ]);
    let taken: Vec<String> = made
        .text("modules/topics.toml")
        .lines()
        .map(|line| line.strip_prefix("# ").unwrap_or(line).to_owned())
        .collect();
    let table: toml::Table = taken.join("\n").parse().expect("it is TOML");
    let topic = &table["topic"][0];
    assert_eq!(topic["id"].as_str(), Some("http"));
    assert_eq!(topic["name"].as_str(), Some("HTTP"));
    assert_eq!(topic["definition"].as_str(), Some("A Protocol for pages."));
}

#[test]
fn the_report_says_everything_once_and_where() {
    let made = made(&[
        ("book.toml", ""),
        (
            "src/SUMMARY.md",
            "# S\n\n- [A](a.md)\n- [Draft]()\n- [B](b.md)\n- [C](gone.md)\n- [D](d.md)\n",
        ),
        ("src/a.md", "# A\n\n{{#include b.md}}\n"),
        (
            "src/d.md",
            "# D\n\n<p><img src=\"https://x.example/b.png\"> <img src=\"no.png\"></p>\n",
        ),
        ("src/b.md", "# B\n\n{{#include a.md}}\n"),
    ]);
    let told = made.text("IMPORT.md");
    holds(
        &told,
        &[
            "- `src/SUMMARY.md:4`: the chapter `Draft` is a draft without a file",
            "- `src/SUMMARY.md:6`: the chapter `C` has no file `src/gone.md`",
            "- line 3: in `src/b.md`, which is put in here, `{{#include a.md}}` puts in nothing: `a.md` includes itself",
        ],
    );
    for once in [
        "- line 3: `https://x.example/b.png`",
        "nothing in the source: `no.png`",
    ] {
        assert_eq!(told.matches(once).count(), 1, "{once} in\n{told}");
    }
    assert_eq!(told.matches("x.example").count(), 1, "{told}");
}

#[test]
fn a_folder_that_cannot_be_made_is_refused_with_one_that_can() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("course");
    write(&source, "inner/a.md", "# A\n");
    for (inside, expected) in [
        ("", "`throughline import . ../course-curriculum`"),
        ("inner", "`throughline import .. ../../course-curriculum`"),
    ] {
        let named = if inside.is_empty() { "." } else { ".." };
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_throughline"))
            .args(["--color", "never", "import", named])
            .current_dir(source.join(inside))
            .output()
            .expect("the program starts");
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        holds(&said(&output), &[expected]);
    }
}

#[cfg(unix)]
#[test]
fn a_target_that_is_a_link_to_nothing_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "course/a.md", "# A\n");
    let target = folder.path().join("target");
    std::os::unix::fs::symlink(folder.path().join("nowhere"), &target).unwrap();
    let source = folder.path().join("course");
    let output = throughline(&["import", source.to_str().unwrap(), target.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    holds(&said(&output), &["is a link that leads nowhere"]);
}
