//! Gives every document and asset its address in the site, and reports addresses that clash or are not safe.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::parse::Lessons;
use crate::model::curriculum::{Curriculum, Document, DocumentId, Module, PlacedAsset, Role};
use crate::model::path::{SourcePath, collision_key, file_slug, folder_slug, unsafe_reason};
use crate::model::registers::TopicId;
use crate::model::sources::Asset;
use crate::model::{Finding, Lesson, Place, Rule};

/// Pages that the program makes whatever the lessons say.
pub const OWN_PAGES: [&str; 8] = [
    "index.html",
    "404.html",
    "accessibility.html",
    "map.html",
    "search.html",
    "signposts.html",
    "sitemap.xml",
    "topics/index.html",
];

/// Folders of the site that hold what belongs to no lesson: the theme's files, and what the search loads.
const OWN_FOLDERS: [&str; 2] = ["assets/", "search/"];

/// Old addresses and the documents that they lead to.
pub type Aliases = HashMap<String, DocumentId>;

/// What one document asks for: its address, and old ones that lead to it.
#[derive(Debug)]
pub struct Asked {
    /// Path of its page from the site's top.
    pub url: Arc<str>,
    aliases: Vec<String>,
    findings: Vec<Finding>,
}

/// Returns what a document asks for; `index` is its position in reading order.
pub fn asked(lesson: &Lesson, index: usize) -> Asked {
    let file = lesson.path.from_root();
    let folder = folder_url(&lesson.path);
    let mut findings = Vec::new();
    let mut name = if lesson.path.is_index() {
        "index".to_owned()
    } else {
        file_slug(lesson.path.name())
    };
    if let Some(slug) = &lesson.front.slug {
        match unsafe_reason(&slug.value).or(slug.value.contains('/').then_some("it holds a slash"))
        {
            Some(reason) => findings.push(unsafe_path(&file, slug.place, &slug.value, reason)),
            None => name.clone_from(&slug.value),
        }
    }
    if name.is_empty() {
        findings.push(
            Finding::new(
                Rule::UnsafePath,
                file,
                Place::START,
                "no address can be made of this file's name",
            )
            .help("rename the file, or give it a `slug`"),
        );
        name = format!("page-{index}");
    }
    let url = format!("{folder}{name}.html");
    if let Some(reason) = unsafe_reason(&url) {
        findings.push(unsafe_name(&lesson.path, "address", reason));
    }
    let mut aliases = Vec::new();
    for alias in &lesson.front.aliases {
        match alias_path(&alias.value) {
            Ok(path) => aliases.push(path),
            Err(reason) => findings.push(unsafe_path(&file, alias.place, &alias.value, reason)),
        }
    }
    Asked {
        url: url.into(),
        aliases,
        findings,
    }
}

/// Gives addresses to documents and modules; returns the old addresses.
pub fn give<'a>(
    documents: &mut [Document],
    modules: &mut [Module],
    asked: impl Iterator<Item = &'a Asked>,
    findings: &mut Vec<Finding>,
) -> Aliases {
    for module in modules.iter_mut() {
        module.url = format!("{}/index.html", module.name).into();
    }
    let mut aliases = Aliases::new();
    for ((id, document), asked) in (0..).map(DocumentId).zip(documents).zip(asked) {
        document.url = Arc::clone(&asked.url);
        findings.extend(asked.findings.iter().cloned());
        for path in &asked.aliases {
            aliases.entry(path.clone()).or_insert(id);
        }
    }
    aliases
}

/// Returns the path of an alias from the site's top: `old/page`, `/old/page/` and `old/page.html` name the same kind of thing.
pub fn alias_path(alias: &str) -> Result<String, &'static str> {
    let path = alias.strip_prefix('/').unwrap_or(alias);
    let path = match path.strip_suffix('/') {
        Some(folder) => format!("{folder}/index.html"),
        None if path.ends_with(".html") => path.to_owned(),
        None => format!("{path}.html"),
    };
    match unsafe_reason(&path) {
        Some(reason) => Err(reason),
        None => Ok(path),
    }
}

/// Reports a file whose own name or folder makes an address that cannot be one of the site.
fn unsafe_name(path: &SourcePath, what: &str, reason: &str) -> Finding {
    Finding::new(
        Rule::UnsafePath,
        path.from_root(),
        Place::START,
        format!("this file's {what} cannot stand in the site: {reason}"),
    )
    .help("rename the file or its folder")
}

fn unsafe_path(file: &str, place: Place, value: &str, reason: &str) -> Finding {
    Finding::new(
        Rule::UnsafePath,
        file,
        place,
        format!("`{value}` cannot be an address in the site: {reason}"),
    )
    .help("use letters, digits and hyphens")
}

/// Returns the folder of a document's page, with a final `/` unless it is the top.
fn folder_url(path: &SourcePath) -> String {
    let mut url = String::new();
    for part in path.folder().split('/').filter(|part| !part.is_empty()) {
        url.push_str(&folder_slug(part));
        url.push('/');
    }
    url
}

/// Gives addresses to assets: their folders' slugs and their own names.
pub fn assets(assets: &[Asset]) -> Vec<PlacedAsset> {
    assets
        .iter()
        .map(|asset| PlacedAsset {
            url: format!("{}{}", folder_url(&asset.path), asset.path.name()).into(),
            asset: asset.clone(),
            used: false,
        })
        .collect()
}

/// Reports pages and files that would stand among the reports that are published with the site, in `folder`.
pub fn among_reports(curriculum: &Curriculum, folder: &str) -> Vec<Finding> {
    let pages = curriculum
        .documents
        .iter()
        .map(|document| (&document.url, &document.lesson.path));
    let files = curriculum.assets.iter().filter(|asset| asset.used);
    pages
        .chain(files.map(|asset| (&asset.url, &asset.asset.path)))
        .filter(|(url, _)| collision_key(url).starts_with(folder))
        .map(|(url, path)| {
            Finding::new(
                Rule::OutputCollision,
                path.from_root(),
                Place::START,
                format!("`{url}` would stand in `{folder}`, where the reports are published"),
            )
            .help("rename the module, or publish the site without its reports")
        })
        .collect()
}

/// Reports outputs that are the same file, or that some file systems take for the same.
pub fn report_collisions(
    documents: &[Document],
    modules: &[Module],
    assets: &[PlacedAsset],
    lessons: &Lessons,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for asset in assets.iter().filter(|asset| asset.used) {
        if let Some(reason) = unsafe_reason(&asset.url) {
            findings.push(unsafe_name(&asset.asset.path, "name", reason));
        }
        if let Some(folder) = OWN_FOLDERS
            .iter()
            .find(|folder| collision_key(&asset.url).starts_with(**folder))
        {
            findings.push(
                Finding::new(
                    Rule::OutputCollision,
                    asset.asset.path.from_root(),
                    Place::START,
                    format!(
                        "the file `{}` would stand in `{folder}`, which the site itself makes",
                        asset.url
                    ),
                )
                .help("rename the module"),
            );
        }
    }
    let mut taken: HashMap<String, (Arc<str>, String)> = HashMap::new();
    let mut claim = |url: &str, file: &str, place: Place, what: &str| {
        let key = collision_key(url);
        if let Some((other_url, other)) = taken.get(&key) {
            let alike = if **other_url == *url {
                String::new()
            } else {
                format!(", which some systems take for `{other_url}`")
            };
            findings.push(
                Finding::new(
                    Rule::OutputCollision,
                    file,
                    place,
                    format!("{what} `{url}`{alike} is made by {other} already"),
                )
                .help("rename one of them, or give it another `slug`"),
            );
        } else {
            taken.insert(key, (url.into(), format!("`{file}`")));
        }
    };
    for page in OWN_PAGES {
        claim(page, "the site itself", Place::START, "the page");
    }
    for (index, topic) in lessons.registers.topics.iter().enumerate() {
        // An id that is given twice is a finding already.
        if lessons.registers.topic(&topic.id) != Some(TopicId(index as u32)) {
            continue;
        }
        let url = format!("topics/{}.html", topic.id);
        claim(&url, "modules/topics.toml", topic.place, "the page");
    }
    for module in modules {
        claim(
            &module.url,
            &format!("modules/{}/index.md", module.folder),
            Place::START,
            "the page",
        );
        let url = format!("{}/print.html", module.name);
        claim(
            &url,
            &format!("modules/{}/index.md", module.folder),
            Place::START,
            "the page",
        );
    }
    for document in documents {
        if matches!(document.role, Role::Home | Role::Module) {
            continue;
        }
        let place = document.lesson.front.place.unwrap_or(Place::START);
        claim(
            &document.url,
            &document.lesson.path.from_root(),
            place,
            "the page",
        );
    }
    for document in documents {
        for alias in &document.lesson.front.aliases {
            if let Ok(path) = alias_path(&alias.value) {
                claim(
                    &path,
                    &document.lesson.path.from_root(),
                    alias.place,
                    "the redirect",
                );
            }
        }
    }
    for asset in assets.iter().filter(|asset| asset.used) {
        claim(
            &asset.url,
            &asset.asset.path.from_root(),
            Place::START,
            "the file",
        );
    }
    findings
}
