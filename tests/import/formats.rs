//! What each tool's course becomes.

use super::{Made, course, holds};

/// Files that every curriculum has.
fn lessons(made: &Made) -> Vec<String> {
    made.lessons()
}

#[test]
fn a_folder_keeps_its_order_its_names_and_its_words() {
    let made = Made::of(&course("folder"), &[]);
    assert_eq!(
        lessons(&made),
        [
            "01-การฟัง/01-ฟัง.md",
            "01-การฟัง/index.md",
            "02-calls/01-pause.md",
            "02-calls/02-end.md",
            "02-calls/index.md",
            "03-money/01-paying.md",
            "03-money/02-paying-2.md",
            "03-money/index.md",
            "04-tŷ/01-agored.md",
            "04-tŷ/index.md",
            "index.md",
        ]
    );
    holds(
        &made.text("modules/02-calls/01-pause.md"),
        &[
            "title = \"The pause: wait\"\nsummary = \"One breath, then another.\"\nowner = \"Ann Example, Bob Example\"\nlast_reviewed_on = 2024-05-06\n",
            "[extra]\ntags = [\"listening\", \"calls\"]\n",
            "[extra.settings]\nhours = 2\nlevel = \"easy\"\n",
            "[link to money](../03-money/02-paying-2.md \"What is paid\") and `<code>` here.",
            "\n## Too deep\n",
            "> [!NOTE]\n> This stays.",
            "::: note [Why wait?]\nBecause people think.\n:::",
            "::: details [More about breath]\n\nIt helps **you** too.\n\n:::",
            "![A breath](images/breath.png){width=300}",
            "![Wide](images/breath.png){width=320 height=160}, ![tall](images/breath.png){width=80} and ![half](images/breath.png){width=50%}.",
            "Press <kbd>Enter</kbd>, not \\<T>.",
        ],
    );
    holds(
        &made.text("modules/02-calls/02-end.md"),
        &[
            "::: question\nTen comes after two. What comes first?\n\n- [ ] The date\n- [x] The person\n  Yes.\n:::",
        ],
    );
    holds(
        &made.text("modules/03-money/02-paying-2.md"),
        &[
            "## [Rates]{#old-fee}",
            "[here](#old-fee), or outside, or run.",
        ],
    );
    holds(
        &made.text("modules/01-การฟัง/01-ฟัง.md"),
        &["[tŷ agored](../04-tŷ/01-agored.md)"],
    );
    holds(
        &made.text("modules/index.md"),
        &[
            "[listening](02-calls/index.md)",
            "(03-money/02-paying-2.md#the-fee)",
        ],
    );
    holds(
        &made.text("modules/04-tŷ/index.md"),
        &["The page of the folder beside it."],
    );
    assert!(
        made.files()
            .contains(&"modules/02-calls/files/my-form.pdf".to_owned())
    );
}

#[test]
fn a_book_keeps_parts_chapters_includes_and_addresses() {
    let made = Made::of(&course("mdbook"), &[]);
    assert_eq!(
        lessons(&made),
        [
            "01-part-one/01-calls/01-listen/01-deep.md",
            "01-part-one/01-calls/01-listen/index.md",
            "01-part-one/01-calls/index.md",
            "01-part-one/index.md",
            "02-part-two/01-money.md",
            "02-part-two/index.md",
            "03-contributors/index.md",
            "index.md",
        ]
    );
    holds(
        &made.text("config.toml"),
        &[
            "title = \"A small book\"\n",
            "[extra.book]\nauthors = [\"Ann Example\"]",
        ],
    );
    holds(
        &made.text("modules/01-part-one/index.md"),
        &["title = \"Part `one`\""],
    );
    let listen = made.text("modules/01-part-one/01-calls/01-listen/index.md");
    holds(
        &listen,
        &[
            "title = \"Listening\"",
            "## How to listen",
            "```rust\n    let part = 1;\n```",
            "First file, and the second, and {{#include first.md}}",
            "{{#include ../shared/gone.md}}",
            "{{#include ../../../outside.md}}",
            "**Listing 1 · one.rs · What `one` does**",
            "::: details\n\nNotes of the speaker.\n\n:::",
        ],
    );
    assert!(
        !listen.contains("<span") && !listen.contains("<Listing"),
        "{listen}"
    );
    holds(
        &made.text("modules/01-part-one/01-calls/01-listen/01-deep.md"),
        &[
            "aliases = [\"calls/deep.html\"]",
            "```rust\nfn one() {\n    let part = 1;\n}\n```",
        ],
    );
    holds(
        &made.text("modules/02-part-two/01-money.md"),
        &["Left out: notes.\n"],
    );
    holds(
        &made.text("IMPORT.md"),
        &[
            "the chapter `Missing` has no file `src/missing.md`",
            "- `src/notes.md`\n",
            "line 15: nothing is put in here: `../../../outside.md` leads out of the source",
            "`first.md` includes itself",
            "there is no file `../shared/gone.md`",
        ],
    );
}

#[test]
fn the_folder_of_a_books_pages_alone_gives_the_same() {
    let whole = Made::of(&course("mdbook"), &[]);
    let alone = Made::of(&course("mdbook").join("src"), &[]);
    let lesson = "modules/01-part-one/01-calls/01-listen/index.md";
    assert_eq!(whole.text(lesson), alone.text(lesson));
    assert_eq!(whole.lessons(), alone.lessons());
}

#[test]
fn a_site_of_mkdocs_keeps_its_navigation_and_its_blocks() {
    let made = Made::of(&course("mkdocs"), &[]);
    assert_eq!(
        lessons(&made),
        [
            "01-guide/01-desk.md",
            "01-guide/02-deeper/01-nested.md",
            "01-guide/02-deeper/index.md",
            "01-guide/index.md",
            "02-about/index.md",
            "03-other-pages/01-unlisted.md",
            "03-other-pages/index.md",
            "index.md",
        ]
    );
    holds(
        &made.text("config.toml"),
        &[
            "title = \"Service manual\"",
            "description = \"How we serve\"",
            "language = \"cy\"",
        ],
    );
    holds(
        &made.text("modules/01-guide/index.md"),
        &["title = \"Getting started\"", "A note from a snippet."],
    );
    holds(
        &made.text("modules/01-guide/01-desk.md"),
        &[
            "aliases = [\"guide/desk/\"]",
            "::: caution [Mind the step]\nThe step is high.\n\n```sh\n!!! not this\n```\n\n::: details [Note]\nFolded inside.\n:::\n:::\n",
            "## Opening {#opening_1}",
            "::: tip [[Sic]]\nAs it is written.\n:::\n",
            "**Morning**\n\nOpen at eight.\n",
            "![Desk](images/desk.png){width=300}",
            "![Desk](images/desk.png){width=25% height=150}",
            "[Button](02-deeper/01-nested.md)\n",
        ],
    );
    holds(
        &made.text("modules/index.md"),
        &[
            "[the desk](01-guide/01-desk.md#opening_1)",
            "[about](02-about/index.md)",
        ],
    );
    holds(
        &made.text("modules/02-about/index.md"),
        &["(../01-guide/02-deeper/01-nested.md#creme-ty)"],
    );
    holds(
        &made.text("IMPORT.md"),
        &["`nav` names `gone.md`, which is no page of this site"],
    );
}

#[test]
fn several_sidebars_of_docusaurus_become_modules_by_what_readers_call_them() {
    let made = Made::of(&course("sidebars"), &[]);
    assert_eq!(
        lessons(&made),
        [
            "01-call-basics-1/01-overview/01-calls.md",
            "01-call-basics-1/01-overview/index.md",
            "01-call-basics-1/02-lesson-1/01-session-2.md",
            "01-call-basics-1/02-lesson-1/02-pause.md",
            "01-call-basics-1/02-lesson-1/index.md",
            "01-call-basics-1/index.md",
            "02-all-about-money/01-overview/01-money.md",
            "02-all-about-money/01-overview/index.md",
            "02-all-about-money/02-paying.md",
            "02-all-about-money/index.md",
        ]
    );
    holds(
        &made.text("modules/02-all-about-money/index.md"),
        &["title = \"All about money\""],
    );
    holds(
        &made.text("modules/01-call-basics-1/02-lesson-1/01-session-2.md"),
        &[
            "::: note [Exercise]\n\n1. Pick up the receiver.\n2. Wait for the tone.\n:::\n",
            "[pay](../../02-all-about-money/02-paying.md)",
        ],
    );
    holds(
        &made.text("modules/01-call-basics-1/01-overview/01-calls.md"),
        &[
            "[the session](../02-lesson-1/01-session-2.md)",
            "![Nothing](/img/none.png){width=50%}",
            "[the pause](../02-lesson-1/02-pause.md)",
        ],
    );
    holds(
        &made.text("modules/01-call-basics-1/02-lesson-1/02-pause.md"),
        &[
            "[how to pay](../../02-all-about-money/02-paying.md#by-card-web)",
            "[money](../../02-all-about-money/01-overview/01-money.md)",
        ],
    );
    holds(
        &made.text("modules/02-all-about-money/02-paying.md"),
        &[
            "[breathe](../01-call-basics-1/02-lesson-1/02-pause.md)",
            "## By card Web\n",
            "\n1. Take the card.\n2. Hold it there, as [the session](../01-call-basics-1/02-lesson-1/01-session-2.md) shows.\n",
            "`<Others />`",
        ],
    );
    let rules = made.rules();
    assert!(
        rules.iter().all(|rule| rule.contains("/img/none.png")),
        "{rules:#?}"
    );
    assert!(
        !made.text("IMPORT.md").contains("shortcode"),
        "{}",
        made.text("IMPORT.md")
    );
}

#[test]
fn a_site_of_docusaurus_keeps_categories_positions_and_components_words() {
    let made = Made::of(&course("docusaurus"), &[]);
    assert_eq!(
        lessons(&made),
        [
            "01-intro/index.md",
            "02-basics/01-lists.md",
            "02-basics/02-words.md",
            "02-basics/index.md",
            "03-last/index.md"
        ]
    );
    holds(
        &made.text("modules/02-basics/index.md"),
        &["title = \"The basics\""],
    );
    holds(
        &made.text("modules/02-basics/01-lists.md"),
        &[
            "aliases = [\"docs/basics/lists/\"]",
            "<!-- a comment -->",
            "## More lists {#more-lists}",
            "**Apple**\n",
            "An apple.",
            "**A card**",
            "[intro](../01-intro/index.md) and [words](02-words.md)",
        ],
    );
    holds(
        &made.text("modules/02-basics/02-words.md"),
        &["::: tip [Say it]\n\nOut **loud**.", "::: caution [Danger]"],
    );
    holds(
        &made.text("modules/01-intro/index.md"),
        &["(../02-basics/01-lists.md#more-lists)", "(images/one.png)"],
    );
    holds(
        &made.text("config.toml"),
        &["title = \"Our course\"", "description = \"Learn it\""],
    );
}

#[test]
fn a_lesson_of_the_carpentries_keeps_its_episodes_and_exercises() {
    let made = Made::of(&course("sandpaper"), &[]);
    assert_eq!(
        lessons(&made),
        [
            "01-episodes/01-second.md",
            "01-episodes/02-first.md",
            "01-episodes/index.md",
            "02-learners/01-reference.md",
            "02-learners/02-setup.md",
            "02-learners/index.md",
            "index.md",
        ]
    );
    holds(
        &made.text("modules/01-episodes/02-first.md"),
        &[
            "minutes = 15\naliases = [\"01-first.html\"]\n\n[extra]\nexercises = 5\nteaching = 10\n",
            "::: note [Questions]",
            "::: objectives",
            "::: activity [Try it] {#try-it}\n\nWait.\n\n::: solution\n\nGood.\n\n:::\n\n:::",
            "::: facilitator\n",
            "![An ear, drawn](images/ear.png \"A caption\")",
            "[the second](01-second.md)",
            "::: keypoints",
        ],
    );
    holds(
        &made.text("modules/01-episodes/01-second.md"),
        &[
            "## What's new in 2.0? {#whats-new-in-2.0}",
            "(../02-learners/02-setup.md)",
            "::: details [More]",
        ],
    );
    holds(
        &made.text("modules/index.md"),
        &[
            "title = \"Listening with care\"",
            "::: important [Prerequisites]",
        ],
    );
}

#[test]
fn sites_of_hugo_and_jekyll_are_folders_with_weights_and_tags() {
    let made = Made::of(&course("hugo"), &[]);
    assert_eq!(
        lessons(&made),
        [
            "01-second/01-c.md",
            "01-second/index.md",
            "02-first/01-a.md",
            "02-first/02-b.md",
            "02-first/index.md",
            "index.md"
        ]
    );
    holds(
        &made.text("modules/02-first/01-a.md"),
        &[
            "last_reviewed_on = 2024-01-02",
            "aliases = [\"a-old/\", \"first/a/\"]",
            "![One](images/one.png \"The first\"){width=189}",
            "{{< chart \"x\" >}}",
        ],
    );
    holds(
        &made.text("modules/02-first/index.md"),
        &["::: caution [Careful]\nHot.\n:::"],
    );
    holds(&made.text("modules/index.md"), &["[B](02-first/02-b.md)"]);
    let made = Made::of(&course("jekyll"), &[]);
    assert_eq!(
        lessons(&made),
        [
            "01-posts/01-hello.md",
            "01-posts/index.md",
            "02-guide/01-start.md",
            "02-guide/index.md",
            "index.md"
        ]
    );
    holds(
        &made.text("modules/index.md"),
        &[
            "[the guide](02-guide/01-start.md) and [a post](01-posts/01-hello.md), or [by address](02-guide/01-start.md)",
            "A note that is included.",
            "{% include menu.html %}",
        ],
    );
    holds(
        &made.text("modules/02-guide/01-start.md"),
        &[
            "::: activity [Try it]\n\nNow.\n:::",
            "```ruby\nputs \"{{ x }}\"\n```",
        ],
    );
}

#[test]
fn the_tool_can_be_named_and_is_told_otherwise() {
    let told = Made::of(&course("mkdocs"), &[]);
    holds(&told.text("IMPORT.md"), &["read as mkdocs"]);
    let named = Made::of(&course("mkdocs"), &["--from", "folder"]);
    holds(&named.text("IMPORT.md"), &["read as folder"]);
    assert!(
        named.lessons().contains(&"01-docs/01-about.md".to_owned()),
        "{:?}",
        named.lessons()
    );
}
