//! Gives every document and asset its address in the site, and reports addresses that clash or are not safe.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use crate::model::config::Edition;
use crate::model::curriculum::{
    Alias, Curriculum, Document, DocumentId, Module, PlacedAsset, Role,
};
use crate::model::path::{SourcePath, collision_key, unsafe_reason};
use crate::model::registers::{Placed, TopicId};
use crate::model::site::HOME;
use crate::model::slug::{file_slug, folder_slug};
use crate::model::sources::Asset;
use crate::model::theme::Theme;
use crate::model::{Finding, Lesson, Place, Registers, Rule, Severity};

/// Pages that the program makes whatever the lessons say.
pub const OWN_PAGES: [&str; 9] = [
    "index.html",
    "404.html",
    "accessibility.html",
    "map.html",
    "revise.html",
    "search.html",
    "signposts.html",
    "sitemap.xml",
    "topics/index.html",
];

/// Folders of the site that hold what belongs to no lesson: the theme's files, and what the search loads.
const OWN_FOLDERS: [&str; 2] = ["assets/", "search/"];

/// Old addresses and the documents that they lead to.
pub type Aliases = HashMap<Arc<str>, DocumentId>;

/// What one document asks for: its address, and old ones that lead to it.
#[derive(Debug)]
pub struct Asked {
    /// Path of its page from the site's top.
    pub url: Arc<str>,
    aliases: Arc<[Alias]>,
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
            Some(reason) => findings.push(unsafe_path(file, slug.place, &slug.value, reason)),
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
            Ok(path) => {
                findings.extend(other_ending(file, alias, &path));
                aliases.push(Alias {
                    url: path.into(),
                    place: alias.place,
                });
            }
            Err(reason) => findings.push(unsafe_path(file, alias.place, &alias.value, reason)),
        }
    }
    Asked {
        url: url.into(),
        // Most documents have none, and an empty list of their own would be an allocation for each.
        aliases: match aliases.is_empty() {
            true => Arc::default(),
            false => aliases.into(),
        },
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
        // A module's page stands where its folder does, whatever its `index.md` is called.
        document.url = match (document.role, document.module) {
            (Role::Home, _) => HOME.into(),
            (Role::Module, Some(module)) => Arc::clone(&modules[module.0 as usize].url),
            _ => Arc::clone(&asked.url),
        };
        findings.extend(asked.findings.iter().cloned());
        document.aliases = Arc::clone(&asked.aliases);
        for alias in &*asked.aliases {
            aliases.entry(Arc::clone(&alias.url)).or_insert(id);
        }
    }
    aliases
}

/// Returns the path of an alias from the site's top: `old/page`, `/old/page/` and `old/page.html` name the same kind of thing.
pub fn alias_path(alias: &str) -> Result<String, &'static str> {
    let alias = alias.strip_prefix('/').unwrap_or(alias);
    let folder = alias.strip_suffix('/');
    // What is added must not make a name of what is none.
    if let Some(reason) = unsafe_reason(folder.unwrap_or(alias)) {
        return Err(reason);
    }
    let path = match folder {
        Some(folder) => format!("{folder}/index.html"),
        None if matches!(ending(alias), Some("html" | "htm")) => alias.to_owned(),
        None => format!("{alias}.html"),
    };
    match unsafe_reason(&path) {
        Some(reason) => Err(reason),
        None => Ok(path),
    }
}

/// Returns what a name ends with behind its last dot, where that says what kind of file it is.
fn ending(path: &str) -> Option<&str> {
    let (_, ending) = path.rsplit('/').next()?.rsplit_once('.')?;
    let is_kind = (2..=5).contains(&ending.len())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && ending.bytes().any(|byte| byte.is_ascii_alphabetic());
    is_kind.then_some(ending)
}

/// Says that an old address of another kind becomes a page beside it.
fn other_ending(file: &str, alias: &Placed<String>, path: &str) -> Option<Finding> {
    let written = alias.value.trim_matches('/');
    let ending = ending(written).filter(|_| path.len() > written.len())?;
    if alias.value.ends_with('/') {
        return None;
    }
    let mut finding = Finding::new(
        Rule::UnsafePath,
        file,
        alias.place,
        format!("`{written}` becomes the page `{path}`: servers show no page whose name ends with `.{ending}`"),
    )
    .help("leave it out, and lead the old address here in the configuration of the server");
    finding.severity = Severity::Warning;
    Some(finding)
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
            used: None,
        })
        .collect()
}

/// Reports pages and files that would stand among the reports that are published with the site, in `folder`.
pub fn among_reports(curriculum: &Curriculum, edition: Edition, folder: &str) -> Vec<Finding> {
    let pages = curriculum
        .documents
        .iter()
        .map(|document| (&document.url, &document.lesson.path));
    let files = curriculum
        .assets
        .iter()
        .filter(|asset| asset.is_in(edition));
    let redirects = curriculum.documents.iter().flat_map(|document| {
        let aliases = document.lesson.front.aliases.iter();
        let urls = aliases.filter_map(|alias| alias_path(&alias.value).ok());
        urls.map(|url| (Arc::from(url), &document.lesson.path))
    });
    pages
        .map(|(url, path)| (Arc::clone(url), path))
        .chain(files.map(|asset| (Arc::clone(&asset.url), &asset.asset.path)))
        .chain(redirects)
        .filter(|(url, _)| is_in(url, folder))
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
    assets: &[&PlacedAsset],
    registers: &Registers,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for asset in assets {
        if let Some(reason) = unsafe_reason(&asset.url) {
            findings.push(unsafe_name(&asset.asset.path, "name", reason));
        }
        if let Some(folder) = OWN_FOLDERS.iter().find(|folder| is_in(&asset.url, folder)) {
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
    let claims = claims(documents, modules, assets, registers);
    let mut taken: HashMap<Cow<'_, str>, &Claim<'_>> = HashMap::with_capacity(claims.len());
    for claim in &claims {
        match taken.entry(collision_key(&claim.url)) {
            Entry::Vacant(free) => {
                free.insert(claim);
            }
            Entry::Occupied(other) => findings.push(collision(claim, other.get())),
        }
        if claim.what == REDIRECT
            && let Some(folder) = OWN_FOLDERS.iter().find(|folder| is_in(&claim.url, folder))
        {
            let message = format!(
                "{REDIRECT} `{}` would stand in `{folder}`, which the site itself makes",
                claim.url
            );
            findings.push(
                Finding::new(Rule::OutputCollision, &*claim.file, claim.place, message)
                    .help("leave it out: nobody has a link to a file of the site's own"),
            );
        }
    }
    // A page and a folder of one name collide like two pages.
    for claim in &claims {
        let key = collision_key(&claim.url);
        let mut folders = key.match_indices('/').map(|(at, _)| &key[..at]);
        if let Some(other) = folders.find_map(|folder| taken.get(folder)) {
            findings.push(folder_collision(claim, other));
        }
    }
    findings
}

/// Reports pages of a module called `assets` that would take the place of one of the theme's files, which are named from there.
pub fn among_theme_files(curriculum: &Curriculum, theme: &Theme) -> Vec<Finding> {
    let [assets, _] = OWN_FOLDERS;
    let pages = curriculum.documents.iter();
    let pages = pages.filter(|document| is_in(&document.url, assets));
    let clashing = pages.filter(|document| {
        let page = collision_key(&document.url);
        theme.files.keys().any(|file| {
            let file = collision_key(&format!("{assets}{file}")).into_owned();
            let lies_in = |one: &str, other: &str| {
                one.strip_prefix(other)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            lies_in(&page, &file) || lies_in(&file, &page)
        })
    });
    clashing
        .map(|document| {
            let path = document.lesson.path.from_root();
            let message = format!(
                "the page `{}` would take the place of a file of the theme",
                document.url
            );
            Finding::new(Rule::OutputCollision, path, Place::START, message)
                .help("rename the module")
        })
        .collect()
}

/// Returns whether a file stands in a folder, which is written with its final `/`, on any system.
fn is_in(url: &str, folder: &str) -> bool {
    collision_key(url).starts_with(folder)
}

/// What old addresses become.
const REDIRECT: &str = "the redirect";

/// A file that the site is to have, and the source that asks for it.
struct Claim<'a> {
    url: Cow<'a, str>,
    file: Cow<'a, str>,
    place: Place,
    what: &'static str,
}

/// Lists what the site is to have; what comes first has its address.
fn claims<'a>(
    documents: &'a [Document],
    modules: &'a [Module],
    assets: &'a [&PlacedAsset],
    registers: &'a Registers,
) -> Vec<Claim<'a>> {
    let page = |url, file, place| Claim {
        url,
        file,
        place,
        what: "the page",
    };
    let own = OWN_PAGES
        .into_iter()
        .map(|url| page(url.into(), "the site itself".into(), Place::START));
    // A topic's id that is given twice is a finding already.
    let topics = registers.topics.iter().enumerate();
    let topics =
        topics.filter(|(index, topic)| registers.topic(&topic.id) == Some(TopicId(*index as u32)));
    let topics = topics.map(|(_, topic)| {
        let url = format!("topics/{}.html", topic.id);
        page(url.into(), "modules/topics.toml".into(), topic.place)
    });
    let modules = modules.iter().flat_map(|module| {
        let own = ["print", "session", "projector"];
        let own = own.map(|page| format!("{}/{page}.html", module.name).into());
        let urls = std::iter::once(Cow::from(&*module.url)).chain(own);
        urls.map(|url| {
            let file = format!("modules/{}/index.md", module.folder);
            page(url, file.into(), Place::START)
        })
    });
    let pages = documents.iter();
    let pages = pages.filter(|document| !matches!(document.role, Role::Home | Role::Module));
    let pages = pages.map(|document| {
        let place = document.lesson.front.place.unwrap_or(Place::START);
        let file = document.lesson.path.from_root();
        page((&*document.url).into(), file.into(), place)
    });
    let redirects = documents.iter().flat_map(|document| {
        let file = document.lesson.path.from_root();
        let aliases = document.lesson.front.aliases.iter();
        aliases.filter_map(move |alias| {
            Some(Claim {
                url: alias_path(&alias.value).ok()?.into(),
                file: file.into(),
                place: alias.place,
                what: REDIRECT,
            })
        })
    });
    let files = assets.iter().map(|asset| Claim {
        url: (&*asset.url).into(),
        file: asset.asset.path.from_root().into(),
        place: Place::START,
        what: "the file",
    });
    let all = own.chain(topics).chain(modules).chain(pages);
    all.chain(redirects).chain(files).collect()
}

/// Reports a file whose folder cannot be made, since another file has its name.
fn folder_collision(claim: &Claim<'_>, other: &Claim<'_>) -> Finding {
    let message = format!(
        "{} `{}` would stand in a folder `{}`, and `{}` makes a file of that name",
        claim.what, claim.url, other.url, other.file
    );
    // What stands in a lesson can be changed there.
    let at = if other.what == REDIRECT { other } else { claim };
    Finding::new(Rule::OutputCollision, &*at.file, at.place, message)
        .help("give one of them another name")
}

/// Reports a file that another one keeps from having its address.
fn collision(claim: &Claim<'_>, other: &Claim<'_>) -> Finding {
    let alike = if other.url == claim.url {
        String::new()
    } else {
        format!(", which some systems take for `{}`", other.url)
    };
    let message = format!(
        "{} `{}`{alike} is made by `{}` already",
        claim.what, claim.url, other.file
    );
    Finding::new(Rule::OutputCollision, &*claim.file, claim.place, message)
        .help("rename one of them, or give it another `slug`")
}
