//! The frame around every page of the reports.

use super::markup::Markup;
use super::places::Places;

/// The stylesheet of the reports.
pub const STYLE: &str = include_str!("static/reports.css");
/// The script that filters and sorts tables.
pub const SCRIPT: &str = include_str!("static/reports.js");

/// The content of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragment {
    /// Its heading.
    pub title: String,
    /// The HTML below the heading.
    pub body: String,
}

/// The pages in the navigation: file name and words.
const PAGES: [(&str, &str); 7] = [
    ("index", "Overview"),
    ("coverage", "Coverage"),
    ("commitments", "Commitments"),
    ("topics", "Topics"),
    ("links", "Links"),
    ("signposts", "Signposts"),
    ("freshness", "Reviews"),
];

/// Makes a page of the reports' site.
pub fn page(name: &str, fragment: Fragment, places: &Places<'_>) -> String {
    let mut markup = Markup::new();
    head(&mut markup, &fragment.title, places);
    let icon = places.page("assets/icon.svg", "");
    markup
        .open("link", &[("rel", "stylesheet"), ("href", "reports.css")])
        .open("link", &[("rel", "icon"), ("href", &icon)])
        .open("script", &[("defer", ""), ("src", "reports.js")])
        .close("script");
    markup.raw("\n</head>\n").open("body", &[]);
    markup.element(
        "a",
        &[("class", "skip"), ("href", "#main")],
        "Skip to the report",
    );
    header(&mut markup, name, places);
    let mut markup = main(markup, fragment, places);
    if is_report(name) {
        downloads(&mut markup, name);
    }
    markup.raw("</main>\n");
    footer(&mut markup, places);
    markup.finish()
}

/// Makes a page that needs no other file.
pub fn alone(fragment: Fragment, places: &Places<'_>) -> String {
    let mut markup = Markup::new();
    head(&mut markup, &fragment.title, places);
    markup
        .raw("<style>\n")
        .raw(STYLE)
        .raw("</style>\n</head>\n");
    markup.open("body", &[]);
    let mut markup = main(markup, fragment, places);
    markup.raw("</main>\n");
    footer(&mut markup, places);
    markup.finish()
}

fn is_report(name: &str) -> bool {
    PAGES[1..].iter().any(|(page, _)| *page == name)
}

fn head(markup: &mut Markup, title: &str, places: &Places<'_>) {
    markup
        .raw("<!doctype html>\n")
        .open("html", &[("lang", "en"), ("class", "reports")])
        .raw("\n<head>\n<meta charset=\"utf-8\">\n")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .raw("<meta name=\"color-scheme\" content=\"light dark\">\n")
        .raw("<meta name=\"robots\" content=\"noindex\">\n");
    let title = format!("{title} – {}", places.around.title);
    markup.element("title", &[], &title).raw("\n");
}

fn header(markup: &mut Markup, name: &str, places: &Places<'_>) {
    markup.open("header", &[]);
    markup.open("p", &[("class", "name")]);
    markup.link(&places.page("index.html", ""), places.around.title);
    markup.text(" reports").close("p");
    markup
        .open("nav", &[("aria-label", "Reports")])
        .open("ul", &[]);
    for (page, words) in PAGES {
        let href = format!("{page}.html");
        let mut attributes = vec![("href", href.as_str())];
        if page == name {
            attributes.push(("aria-current", "page"));
        }
        markup
            .open("li", &[])
            .element("a", &attributes, words)
            .close("li");
    }
    markup.close("ul").close("nav").close("header").raw("\n");
}

/// Writes the content below what was written, without a second copy of it: it can be large.
fn main(mut markup: Markup, fragment: Fragment, places: &Places<'_>) -> Markup {
    markup.open("main", &[("id", "main"), ("tabindex", "-1")]);
    markup.element("h1", &[], &fragment.title);
    markup.element(
        "p",
        &[("class", "quiet")],
        &format!("As of {}", places.today()),
    );
    markup.open("div", &[("lang", places.around.language)]);
    let mut markup = markup.before(fragment.body);
    markup.close("div");
    markup
}

fn downloads(markup: &mut Markup, name: &str) {
    markup.heading("download", "Download this report");
    markup.open("ul", &[]);
    for (extension, words) in [
        ("csv", "CSV, for spreadsheets"),
        ("json", "JSON, for programs"),
    ] {
        let file = format!("{name}.{extension}");
        markup.open("li", &[]);
        markup.element(
            "a",
            &[("href", &file), ("download", &file)],
            &format!("{file} ({words})"),
        );
        markup.close("li");
    }
    markup.close("ul");
}

fn footer(markup: &mut Markup, places: &Places<'_>) {
    let text = format!(
        "Written by throughline {} from the lessons of {}. Links to places lead to the built site.",
        env!("CARGO_PKG_VERSION"),
        places.around.title,
    );
    markup.open("footer", &[]).paragraph(&text).close("footer");
    markup.raw("\n</body>\n</html>\n");
}
