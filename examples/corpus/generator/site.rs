//! Writes what stands around the lessons: the home page, modules' own pages, configurations, and the peers' templates.
//!
//! In: the book. Out: files as pairs of path and text. The peers' templates print a title, the table of contents, the content, the topics and the
//! neighbours of a page: less than our theme does, never more.

use super::names::{Book, LessonKey};
use super::page::{Page, Part};
use super::random::Random;
use super::registers::{self, CLAIMS, THREADS};
use super::{Format, Taxonomy, Variant, purpose};

/// A file: its path below the corpus's folder, and its text.
pub type File = (String, String);

const CONFIG: &str =
    "title = \"Corpus\"\ndescription = \"A generated curriculum.\"\nlanguage = \"en-GB\"\n";

/// Returns every file but the lessons and modules' own pages.
pub fn frame(book: &Book, variant: Variant) -> Vec<File> {
    let own = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    match variant.format {
        Format::Throughline => vec![
            own("config.toml", CONFIG),
            own(
                "config-plain.toml",
                &format!(
                    "{CONFIG}[reports]\nenabled = false\n[site]\nsearch = false\nprint = false\n"
                ),
            ),
            own("modules/topics.toml", &registers::topics(book)),
            own("modules/signposts.toml", &registers::signposts()),
            own("modules/commitments.toml", &registers::commitments()),
            own("modules/terms.toml", &registers::terms()),
            own(
                "modules/index.md",
                "+++\ntitle = \"Corpus\"\n+++\n\nA generated curriculum.\n",
            ),
        ],
        Format::Zola => {
            let head = "base_url = \"https://example.org\"\ntitle = \"Corpus\"\ncompile_sass = false\ngenerate_feeds = false\n";
            let topics = match variant.taxonomy {
                Taxonomy::On => "taxonomies = [{ name = \"topics\" }]\n",
                Taxonomy::Off => "",
            };
            vec![
                own(
                    "config.toml",
                    &format!("{head}build_search_index = false\n{topics}"),
                ),
                own(
                    "config-search.toml",
                    &format!("{head}build_search_index = true\n{topics}"),
                ),
                own(
                    "content/_index.md",
                    "+++\ntitle = \"Corpus\"\nsort_by = \"weight\"\n+++\n\nA generated curriculum.\n",
                ),
                own(
                    "templates/base.html",
                    include_str!("../peers/zola/base.html"),
                ),
                own(
                    "templates/index.html",
                    include_str!("../peers/zola/index.html"),
                ),
                own(
                    "templates/section.html",
                    include_str!("../peers/zola/section.html"),
                ),
                own(
                    "templates/page.html",
                    include_str!("../peers/zola/page.html"),
                ),
                own(
                    "templates/taxonomy_list.html",
                    include_str!("../peers/zola/taxonomy_list.html"),
                ),
                own(
                    "templates/taxonomy_single.html",
                    include_str!("../peers/zola/taxonomy_single.html"),
                ),
            ]
        }
        Format::Hugo => {
            // Smart quotation marks off and links checked, as in the others.
            let head = "baseURL = \"https://example.org/\"\ntitle = \"Corpus\"\nrefLinksErrorLevel = \"ERROR\"\n[markup.goldmark.extensions]\ntypographer = false\n";
            let topics = match variant.taxonomy {
                Taxonomy::On => "disableKinds = [\"rss\"]\n[taxonomies]\ntopic = \"topics\"\n",
                Taxonomy::Off => "disableKinds = [\"rss\", \"taxonomy\", \"term\"]\n",
            };
            let (values, tables) = topics.split_once('\n').unwrap_or((topics, ""));
            vec![
                own("hugo.toml", &format!("{values}\n{head}{tables}")),
                own(
                    "content/_index.md",
                    "+++\ntitle = \"Corpus\"\n+++\n\nA generated curriculum.\n",
                ),
                own(
                    "layouts/baseof.html",
                    include_str!("../peers/hugo/baseof.html"),
                ),
                own("layouts/home.html", include_str!("../peers/hugo/home.html")),
                own(
                    "layouts/section.html",
                    include_str!("../peers/hugo/section.html"),
                ),
                own("layouts/page.html", include_str!("../peers/hugo/page.html")),
                own(
                    "layouts/taxonomy.html",
                    include_str!("../peers/hugo/taxonomy.html"),
                ),
                own("layouts/term.html", include_str!("../peers/hugo/term.html")),
            ]
        }
    }
}

/// Returns the path of a lesson's file.
pub fn lesson_path(book: &Book, format: Format, key: LessonKey) -> String {
    format!(
        "{}/{}/{}.md",
        format.content(),
        book.module_folder(key.module),
        book.lesson_stem(key)
    )
}

/// Returns the path and text of a module's own page.
pub fn module_page(book: &Book, variant: Variant, module: usize) -> File {
    let key = LessonKey { module, lesson: 0 };
    let random = Random::stream(book.size.seed, module as u64, purpose::MODULE);
    let mut page = Page::new(book, variant, key, random);
    page.sentences(4);
    page.end_paragraph();
    let threads: Vec<usize> = (0..THREADS.min(book.topics.len())).collect();
    // The modules share the claims between them; where there are more modules than claims, some modules have none.
    let modules = book.size.modules;
    let claims = module * CLAIMS / modules..(module + 1) * CLAIMS / modules;
    page.heading(
        2,
        &Part {
            topics: &threads,
            claims,
            ..Part::titled("What runs through this module")
        },
    );
    page.sentences(3);
    page.word("Start with");
    page.link_to_lesson(key, Some(&book.anchor(key, 0)));
    page.word("and take your time.");
    let title = book.module_title(module);
    let front = match variant.format {
        Format::Throughline => format!(
            "title = \"{title}\"\nsummary = \"What to know about {} at work.\"\noutcomes = [\"Explain the steps\", \"Check each figure\", \"Offer support\"]\nmandatory = true\nowner = \"{title} learning team\"\nlast_reviewed_on = 2026-09-01\nreview_in = \"12 months\"\n",
            title.to_lowercase()
        ),
        Format::Zola => format!(
            "title = \"{title}\"\nsort_by = \"weight\"\nweight = {}\n",
            module + 1
        ),
        Format::Hugo => format!("title = \"{title}\"\nweight = {}\n", module + 1),
    };
    let name = match variant.format {
        Format::Throughline => "index.md",
        Format::Zola | Format::Hugo => "_index.md",
    };
    let path = format!(
        "{}/{}/{name}",
        variant.format.content(),
        book.module_folder(module)
    );
    (path, format!("+++\n{front}+++\n\n{}\n", page.out))
}
