//! Shows what becomes of raw HTML where it is cleaned, and holds every page to its own structure whatever an author writes.

use std::sync::Arc;

use proptest::prelude::*;

use super::allowed::{ELEMENTS, EVERYWHERE, level};
use super::tags::{Kind, decoded, pieces};
use crate::language::Language;
use crate::model::LanguageTag;
use crate::model::Register;
use crate::model::address::scheme;
use crate::model::body::SlotKind;
use crate::model::config::RawHtml;
use crate::model::lesson::{Lesson, LinkKind};
use crate::model::path::SourcePath;
use crate::model::sources::{Document, RegisterSources};
use crate::stages::parse::{Context, Scratch, anew, registers};

const FRONT: &str = "+++\ntitle = \"A\"\n+++\n";

fn context() -> Context {
    let read = registers(
        &RegisterSources::default()
            .with(
                Register::Topics,
                "[[topic]]\nid = \"empathy\"\nname = \"Empathy\"\n",
            )
            .with(
                Register::Terms,
                "[[term]]\navoid = [\"client\"]\nuse = \"parent\"\n",
            ),
    );
    Context::new(
        Arc::new(read.value),
        Language::of(&LanguageTag::default()),
        RawHtml::Safe,
    )
}

fn parsed(markdown: &str) -> Arc<Lesson> {
    let document = Document {
        path: SourcePath::new("01-calls/01-a.md"),
        text: format!("{FRONT}{markdown}").into(),
    };
    anew(&document, &context(), &mut Scratch::default())
}

/// Fills the slots with links and images that carry nothing but their targets.
fn html(lesson: &Lesson) -> String {
    let mut html = String::new();
    let mut from = 0;
    for slot in &lesson.body.slots {
        html.push_str(&lesson.body.html[from..slot.at as usize]);
        from = slot.at as usize;
        let target = |index: u32| {
            let mut target = String::new();
            let link = &lesson.links[index as usize];
            pulldown_cmark_escape::escape_html(&mut target, &link.target).expect("it is a String");
            target
        };
        match slot.what {
            SlotKind::Link(index) => html.push_str(&format!("<a href=\"{}\">", target(index))),
            SlotKind::LinkEnd => html.push_str("</a>"),
            SlotKind::Image(index) | SlotKind::Figure(index) => {
                html.push_str(&format!("<img src=\"{}\">", target(index)));
            }
            SlotKind::Topic(..) => html.push_str("topic"),
            SlotKind::Word(word) => html.push_str(word.key()),
            SlotKind::Footnote(_)
            | SlotKind::Question(_)
            | SlotKind::ChooseAll(_)
            | SlotKind::Input(_)
            | SlotKind::Signposts(_)
            | SlotKind::Minutes(_)
            | SlotKind::NextStep(_) => {}
        }
    }
    html.push_str(&lesson.body.html[from..]);
    html
}

/// Returns findings as `line:column rule: message`, lines counted from the Markdown's first.
fn findings(lesson: &Lesson) -> Vec<String> {
    let shown = lesson.findings.iter().map(|finding| {
        let (rule, place) = (finding.rule.name(), finding.place);
        format!(
            "{}:{} {rule}: {}",
            place.line - 3,
            place.column,
            finding.message
        )
    });
    shown.collect()
}

#[test]
fn what_does_no_harm_stays_and_what_is_taken_out_is_said() {
    for (markdown, expected, said) in [
        (
            "Press <kbd>F5</kbd> for <b lang=cy>Empathy</b>.",
            "<p>Press <kbd>F5</kbd> for <b lang=\"cy\"><a class=\"topic\" id=\"t-empathy-1\" data-topic=\"empathy\" href=\"topic\">Empathy</a></b>.</p>",
            vec![],
        ),
        (
            "a <script>alert(1)</script>b <span onclick=x class=z>c</span>",
            "<p>a b <span>c</span></p>",
            vec![
                "1:3 raw-html: `<script>` is taken out with what it holds",
                "1:30 raw-html: `onclick`, `class` are taken out of `<span>`",
            ],
        ),
        (
            "a *<script>b* c</script>",
            "<p>a <em>b</em> c</p>",
            vec!["1:4 raw-html: `<script>` is taken out with what it holds"],
        ),
        (
            "a </main>b <b>c *d</b>* <div>e</div>",
            "<p>a b c <em>d</em> e</p>",
            vec![
                "1:3 raw-html: `</main>` is taken out: no `<main>` is open here",
                "1:12 raw-html: `<b>` is taken out: it is not closed in the same text",
                "1:19 raw-html: `</b>` is taken out: no `<b>` is open here",
                "1:25 raw-html: `<div>` is taken out: it cannot stand inside a paragraph",
            ],
        ),
        (
            "a <!-- b -->c<br>d <?e?> ![<b>f</b>](f.svg)",
            "<p>a c<br />\nd  <img src=\"f.svg\"></p>",
            vec!["1:20 raw-html: this declaration or instruction is taken out"],
        ),
        (
            "<a href='javascript:x'>a</a> <a name=q>b</a> <a href=x.md>[c](y.md)</a> [d <a href=x.md>e</a>](y.md)",
            "<p>a b <a href=\"y.md\">c</a> <a href=\"y.md\">d e</a></p>",
            vec![
                "1:1 unsafe-link: the scheme `javascript:` is not allowed in a link",
                "1:30 raw-html: `name` is taken out of `<a>`",
                "1:30 raw-html: `<a>` is taken out: it has no `href`",
                "1:46 raw-html: `<a>` is taken out: no link can stand in another one",
                "1:76 raw-html: `<a>` is taken out: no link can stand in another one",
            ],
        ),
        (
            "<details open>\n<summary>More</summary>\n<p>caf&eacute;\n</details>",
            "<details open=\"\"><summary>More</summary><p>café</p></details>",
            vec![],
        ),
        (
            "<details>\n\nInside.\n\n</details>",
            "<details></details>\n<p>Inside.</p>\n",
            vec![
                "1:1 raw-html: `<details>` is not closed in this piece of HTML, and is closed at its end",
                "5:1 raw-html: `</details>` is taken out: no `<details>` is open here",
            ],
        ),
        (
            "<div>\n<h2 id=x>Title</h2>\n<li>item</li>\n<a href=x.md><p>b</p></a>\n</div>",
            "<div>Title\nitem<p>b</p></div>",
            vec![
                "1:1 raw-html: `<li>` is taken out: it stands in no list",
                "1:1 raw-html: `<a>` is taken out: a link cannot stand around paragraphs or other links",
                "2:1 raw-html: `<h2>` is taken out, and what it holds stays",
            ],
        ),
    ] {
        let lesson = parsed(markdown);
        assert_eq!(html(&lesson).trim(), expected.trim(), "{markdown}");
        assert_eq!(findings(&lesson), said, "{markdown}");
    }
}

#[test]
fn text_in_raw_html_is_text_like_any_other() {
    let lesson = parsed(
        "<div title=\"client Empathy\">\nThe client, <b>Empathy</b>\n&amp; <code>client</code>.\n</div>\n\n> <p>A client &eacute;\n> [x](y)</p>\n",
    );
    assert_eq!(
        lesson.text,
        "The client, Empathy & client.\nA client é [x](y)\n"
    );
    let place = |line: u32, column: u32| (line + 3, column);
    let wordings = lesson.wordings.iter().map(|found| found.place);
    let wordings: Vec<_> = wordings.map(|place| (place.line, place.column)).collect();
    // Neither the one in code nor the one in the quotation.
    assert_eq!(wordings, [place(2, 5)]);
    let mentions = lesson.mentions.iter().map(|found| found.place);
    let mentions: Vec<_> = mentions.map(|place| (place.line, place.column)).collect();
    assert_eq!(mentions, [place(2, 16)]);
}

#[test]
fn raw_links_and_images_are_links_and_images() {
    let lesson = parsed(
        "<a href=\"02-b.md#x\" title=\"B\">the lesson</a> <img src=a.svg>\n\n<p><a href=\"https://example.org/?a&amp;b\">here</a></p>\n",
    );
    let links: Vec<_> = lesson
        .links
        .iter()
        .map(|link| (link.kind, &*link.target, &*link.title, link.place.line - 3))
        .collect();
    assert_eq!(
        links,
        [
            (LinkKind::Document, "02-b.md#x", "B", 1),
            (LinkKind::Image, "a.svg", "", 1),
            (LinkKind::External, "https://example.org/?a&b", "", 3),
        ]
    );
    assert_eq!(
        findings(&lesson),
        [
            "1:46 image-without-alt: this image has no text alternative",
            "3:4 vague-link-text: the link text `here` does not say where it leads",
        ]
    );
}

/// Elements that pages have beside those that an author may write.
const OURS: [&str; 14] = [
    "main", "section", "h1", "h2", "h3", "h4", "h5", "h6", "label", "input", "footer", "sup", "hr",
    "nav",
];

/// Attributes that pages have.
const OUR_ATTRIBUTES: [&str; 13] = [
    "tabindex",
    "class",
    "id",
    "href",
    "src",
    "role",
    "data-topic",
    "type",
    "disabled",
    "checked",
    "start",
    "aria-labelledby",
    "aria-label",
];

/// Returns a page's tags and texts as they are written.
fn as_written(html: &str) -> Vec<String> {
    let pieces = pieces(html, |_| false);
    let shown = pieces.iter().map(|piece| match &piece.kind {
        Kind::Start(tag) => {
            let attributes = tag.attributes.iter();
            let shown = attributes.map(|(name, value)| format!(" {name}={:?}", decoded(value)));
            format!("<{}{}>", tag.name, shown.collect::<String>())
        }
        Kind::End(name) => format!("</{name}>"),
        _ => decoded(&html[piece.range.clone()]).into_owned(),
    });
    shown.collect()
}

/// Holds a page to what a browser makes of it: the same tags and texts, in an order that no raw HTML has changed.
fn keeps_its_structure(markdown: &str) {
    let page = format!(
        "<main id=\"content\"><section>{}</section></main><footer>end</footer>",
        html(&parsed(markdown))
    );
    let tags: Vec<&str> = ELEMENTS
        .iter()
        .map(|(name, ..)| *name)
        .chain(OURS)
        .collect();
    let own = ELEMENTS
        .iter()
        .map(|(name, _, own)| (*name, own.iter().copied().collect()));
    let read = ammonia::Builder::empty()
        .tags(tags.iter().copied().collect())
        .tag_attributes(own.collect())
        .generic_attributes(OUR_ATTRIBUTES.into_iter().chain(EVERYWHERE).collect())
        .url_schemes(["http", "https", "mailto", "tel"].into_iter().collect())
        .link_rel(None)
        .clean(&page)
        .to_string();
    assert_eq!(as_written(&page), as_written(&read), "{markdown}");
}

const HOSTILE: [&str; 24] = [
    "<script>alert(1)</script>",
    "<svg onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math><mi><b><table><mi><style></math><img src onerror=alert(1)>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<img src=x onerror=alert(1)//",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=x></object><embed src=x>",
    "<base href=//evil.example>",
    "<form id=main><input name=attributes></form>",
    "<div id=content class=block name=search>clobber</div>",
    "</section></main></body></html>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml <img src=x onerror=alert(1)> ?>",
    "<plaintext>",
    "<textarea></p></textarea><img src=x onerror=alert(1)>",
    "<p style=\"background:url(javascript:alert(1))\" onmouseover=alert(1)>x",
    "<template><script>alert(1)</script></template>",
];

#[test]
fn nothing_hostile_gets_through() {
    for hostile in HOSTILE {
        for markdown in [
            hostile.to_owned(),
            format!("words {hostile} words"),
            format!("<div>\n{hostile}\n</div>"),
            format!("- item\n\n  {hostile}\n"),
            format!("> {hostile}\n"),
            format!("## Heading {hostile}\n"),
            format!("| a |\n| --- |\n| {hostile} |\n"),
            format!("![{hostile}](a.svg)"),
            format!("::: note [{hostile}]\n{hostile}\n:::\n"),
        ] {
            keeps_its_structure(&markdown);
            let lesson = parsed(&markdown);
            for piece in pieces(&html(&lesson), |_| false) {
                if let Kind::Start(tag) = piece.kind {
                    assert!(
                        level(&tag.name).is_some() || OURS.contains(&tag.name.as_str()),
                        "`{}` from {markdown}",
                        tag.name
                    );
                    for (name, _) in &tag.attributes {
                        let is_code =
                            name.starts_with("on") || name.starts_with("src") && name != "src";
                        assert!(!is_code && name != "style", "`{name}` from {markdown}");
                    }
                }
            }
            for link in &lesson.links {
                let scheme = scheme(&link.target);
                assert!(
                    matches!(scheme.as_deref(), None | Some("http" | "https")),
                    "`{}` from {markdown}",
                    link.target
                );
            }
        }
    }
}

/// Pieces that authors and attackers put together.
const PIECES: [&str; 69] = [
    "</rt>",
    "<rp>",
    "\n::: note [é]\n",
    "\n:::\n",
    "[^1]",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<a href=x.md>",
    "</a>",
    "<ul>",
    "</ul>",
    "<li>",
    "</li>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "</td>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dl>",
    "<details>",
    "<summary>",
    "</summary>",
    "</details>",
    "<blockquote>",
    "</blockquote>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<br>",
    "<hr>",
    "<img src=a.svg alt=x>",
    "<h2>",
    "</h2>",
    "<script>",
    "</script>",
    "<svg>",
    "</svg>",
    "<!--",
    "-->",
    "<ruby>",
    "<rt>",
    "</ruby>",
    "<button>",
    "</button>",
    "<s title='<a id=&eacute;'>",
    "</s>",
    "*",
    "**",
    "[",
    "](x.md)",
    "Empathy ",
    "word ",
    "&amp;é",
    "\n",
    "\n\n",
    "\n- ",
    "\n> ",
    "\n## ",
    "\n  ",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn pages_keep_their_structure(picks in prop::collection::vec(0..PIECES.len(), 0..24)) {
        let markdown: String = picks.iter().map(|pick| PIECES[*pick]).collect();
        keeps_its_structure(&markdown);
    }
}

#[test]
fn endless_html_has_an_end() {
    let closed = "`<b>` is taken out: it is not closed in the same text";
    let content = "`<script>` is taken out with what it holds";
    let too_much = "this HTML is taken out: it is too deep or too long to be cleaned";
    for (markdown, count, first) in [
        (
            "<b>".repeat(3_000),
            3_000,
            "`<b>` is taken out: it stands in too many others",
        ),
        ("a <script>".repeat(3_000), 3_000, content),
        ("a *<script>* ".repeat(3_000) + "</script>", 3_000, content),
        ("a *<b>* ".repeat(3_000), 3_000, closed),
        ("<div>".repeat(30_000), 1, too_much),
        ("<div>".to_owned() + &"<p><b>".repeat(9_000), 1, too_much),
        ("<div>".to_owned() + &"<br>a".repeat(20_000), 1, too_much),
    ] {
        let lesson = parsed(&markdown);
        assert_eq!(lesson.findings.len(), count, "{markdown:.40}");
        let said = lesson
            .findings
            .iter()
            .any(|finding| finding.message == first);
        assert!(said, "{markdown:.40}: {:?}", lesson.findings[0]);
    }
}
