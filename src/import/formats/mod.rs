//! What each tool calls a course: one file for each, all giving the same description.

mod configuration;
pub mod docusaurus;
pub mod folder;
pub mod mdbook;
pub mod mkdocs;
pub mod sandpaper;
mod script;
mod summary;

use camino::{Utf8Path, Utf8PathBuf};

use super::course::{Course, Format};
use super::source::Source;

/// The files that give a tool away, the surest first.
const MARKS: [(&str, Format); 17] = [
    ("book.toml", Format::MdBook),
    ("mkdocs.yml", Format::MkDocs),
    ("mkdocs.yaml", Format::MkDocs),
    ("docusaurus.config.js", Format::Docusaurus),
    ("docusaurus.config.ts", Format::Docusaurus),
    ("docusaurus.config.mjs", Format::Docusaurus),
    ("hugo.toml", Format::Hugo),
    ("hugo.yaml", Format::Hugo),
    ("hugo.json", Format::Hugo),
    ("_config.yml", Format::Jekyll),
    ("SUMMARY.md", Format::MdBook),
    ("src/SUMMARY.md", Format::MdBook),
    ("website/docusaurus.config.js", Format::Docusaurus),
    ("website/docusaurus.config.ts", Format::Docusaurus),
    ("website/docusaurus.config.mjs", Format::Docusaurus),
    ("sidebars.js", Format::Docusaurus),
    ("sidebars.ts", Format::Docusaurus),
];

/// Returns the folder that a course's files are read from: SOURCE, or the folder above where that configures it.
///
/// `import book/src` takes the book, whose pages include what stands beside `src`.
pub fn root_of(folder: &Utf8Path) -> Utf8PathBuf {
    let own = MARKS[..10]
        .iter()
        .any(|(mark, _)| folder.join(mark).is_file());
    let Some(above) = folder.parent().filter(|_| !own) else {
        return folder.to_owned();
    };
    let expected = [
        ("book.toml", &["src"][..]),
        ("mkdocs.yml", &["docs"]),
        ("mkdocs.yaml", &["docs"]),
        ("docusaurus.config.js", &["docs"]),
        ("docusaurus.config.ts", &["docs"]),
        ("hugo.toml", &["content"]),
        ("hugo.yaml", &["content"]),
    ];
    let name = folder.file_name().unwrap_or("");
    let configured = expected
        .iter()
        .any(|(mark, names)| names.contains(&name) && above.join(mark).is_file());
    if configured {
        above.to_owned()
    } else {
        folder.to_owned()
    }
}

/// Returns the tool that a course was written for, by the files that only one has.
pub fn detect(source: &Source) -> Format {
    if source.has("config.yaml") && source.has_folder("episodes") {
        return Format::Sandpaper;
    }
    let marked = MARKS.iter().find(|(mark, _)| source.has(mark));
    match marked {
        Some((_, format)) => *format,
        None if source.has_folder("content")
            && (source.has("config.toml") || source.has("config.yaml")) =>
        {
            Format::Hugo
        }
        None if source.files().any(|file| file.ends_with("_index.md")) => Format::Hugo,
        None if source.files().any(|file| file.ends_with("_category_.json")) => Format::Docusaurus,
        None => Format::Folder,
    }
}

/// Reads a course as its tool would.
pub fn course(source: &Source, format: Format) -> Course {
    match format {
        Format::MdBook => mdbook::course(source),
        Format::MkDocs => mkdocs::course(source),
        Format::Docusaurus => docusaurus::course(source),
        Format::Sandpaper => sandpaper::course(source),
        Format::Folder | Format::Hugo | Format::Jekyll => folder::course(source, format),
    }
}
