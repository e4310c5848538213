//! The frame around every page of the reports.

use super::ink::{Frame, Ink, Site, Style};
use super::markup::Markup;
use crate::report::data::List;
use crate::report::places::Places;
use crate::report::words::long_date;

/// The stylesheet of the reports.
pub const STYLE: &str = include_str!("static/reports.css");
/// The script of the one search.
pub const SEARCH: &str = include_str!("static/search.js");
/// The script that filters and sorts tables.
pub const SCRIPT: &str = include_str!("static/reports.js");

/// How a page that stands alone says what wrote it.
pub const GENERATOR: &str = concat!("throughline ", env!("CARGO_PKG_VERSION"));

/// Opens a page, up to its heading, the question that it answers, and the day.
pub fn open(ink: &mut Ink<'_>, (title, question): (&str, &str)) {
    let (markup, places, frame) = (&mut ink.markup, ink.places, ink.frame);
    head(markup, title, places);
    markup.open("meta", &[("name", "description"), ("content", question)]);
    match frame {
        Frame::Alone => {
            // By this the program knows again what it wrote.
            markup.open("meta", &[("name", "generator"), ("content", GENERATOR)]);
            style(markup, Style::Inside);
        }
        Frame::Site(site) => {
            style(markup, site.style);
            if let Some(icon) = places.page("assets/icon.svg", "") {
                markup.open("link", &[("rel", "icon"), ("href", &icon)]);
            }
            markup
                .open("script", &[("defer", ""), ("src", "reports.js")])
                .close("script");
        }
    }
    markup.raw("\n</head>\n").open("body", &[]);
    if let Frame::Site(site) = frame {
        markup.element(
            "a",
            &[("class", "skip"), ("href", "#main")],
            "Skip to the report",
        );
        header(markup, site, places);
    }
    markup.open("main", &[("id", "main"), ("tabindex", "-1")]);
    markup.element("h1", &[], title);
    markup.element("p", &[("class", "question")], question);
    let day = format!("As of {}", long_date(places.around.as_of));
    markup.element("p", &[("class", "quiet")], &day);
    markup.open("div", &[("lang", places.around.language)]);
}

/// Closes a page.
pub fn close(ink: &mut Ink<'_>, downloads: &[Download]) {
    let (markup, places) = (&mut ink.markup, ink.places);
    markup.close("div");
    offer(markup, downloads);
    markup.raw("</main>\n");
    let text = format!(
        "Written by {GENERATOR} from the lessons of {}.{}",
        places.around.title,
        match places.around.to_site {
            Some(_) => " Links to places lead to the built site.",
            None => "",
        },
    );
    markup
        .open("footer", &[])
        .paragraph(&text)
        .close("footer")
        .raw("\n</body>\n</html>\n");
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

fn style(markup: &mut Markup, style: Style) {
    match style {
        Style::Inside => markup.raw("<style>\n").raw(STYLE).raw("</style>\n"),
        Style::Beside => markup.open("link", &[("rel", "stylesheet"), ("href", "reports.css")]),
    };
}

fn header(markup: &mut Markup, site: Site<'_>, places: &Places<'_>) {
    markup.open("header", &[]);
    markup.open("p", &[("class", "name")]);
    let top = places.page("index.html", "");
    markup.maybe_link(top.as_deref(), places.around.title);
    markup.text(" reports").close("p");
    markup
        .open("nav", &[("aria-label", "Reports")])
        .open("ul", &[]);
    let reports = site.reports.iter();
    let reports = reports.map(|report| (report.id(), report.label()));
    for (page, words) in std::iter::once(("index", "Overview")).chain(reports) {
        let href = format!("{page}.html");
        let mut attributes = vec![("href", href.as_str())];
        if page == site.page {
            attributes.push(("aria-current", "page"));
        }
        markup
            .open("li", &[])
            .element("a", &attributes, words)
            .close("li");
    }
    markup.close("ul").close("nav");
    if site.page != SEARCH_PAGE {
        search_form(markup);
    }
    markup.close("header").raw("\n");
}

/// The name of the page that searches, without its ending.
pub const SEARCH_PAGE: &str = "search";

/// Writes the form that leads to the page that searches.
fn search_form(markup: &mut Markup) {
    let form = [("action", "search.html"), ("role", "search")];
    markup.open("form", &form);
    markup.element("label", &[("for", "search-all")], "Do we train on …?");
    markup.raw("<input type=\"search\" id=\"search-all\" name=\"q\" autocomplete=\"off\">");
    markup.element("button", &[], "Search").close("form");
}

/// A file beside a page.
pub struct Download {
    file: String,
    words: String,
}

/// Returns the files that a report has beside its page.
pub fn downloads(name: &str, lists: &[List<'_>]) -> Vec<Download> {
    let lists = lists.iter().map(|list| {
        let file = format!("{name}-{}.csv", list.name);
        (file, format!("CSV: {}", list.about))
    });
    let mut files = vec![(format!("{name}.csv"), "CSV, for spreadsheets".to_owned())];
    files.extend(lists);
    files.push((format!("{name}.json"), "JSON, for programs".to_owned()));
    let files = files.into_iter();
    files
        .map(|(file, words)| Download { file, words })
        .collect()
}

fn offer(markup: &mut Markup, downloads: &[Download]) {
    if downloads.is_empty() {
        return;
    }
    markup.open("section", &[("class", "downloads")]);
    markup.element("h2", &[("id", "download")], "Download this report");
    markup.open("ul", &[]);
    for Download { file, words } in downloads {
        markup.open("li", &[]);
        markup.element(
            "a",
            &[("href", file), ("download", file)],
            &format!("{file} ({words})"),
        );
        markup.close("li");
    }
    markup.close("ul").close("section");
}
