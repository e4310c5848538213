//! Reports files of the site that would stand at one address.
//!
//! In: the linked curriculum, and the list of its site's files. Out: findings.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::addresses::unsafe_name;
use crate::model::config::Edition;
use crate::model::curriculum::Curriculum;
use crate::model::listing::{Features, files};
use crate::model::path::{collision_key, unsafe_reason};
use crate::model::scope::Scope;
use crate::model::site::{File, SEARCH_FOLDER, Subject, THEME_FOLDER, Thing};
use crate::model::theme::Theme;
use crate::model::{Finding, Place, Register, Rule};

/// Folders of the site that hold what belongs to no lesson.
const OWN_FOLDERS: [&str; 2] = [THEME_FOLDER, SEARCH_FOLDER];

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
        let urls = document.aliases.iter().map(|alias| &alias.url);
        urls.map(|url| (url, &document.lesson.path))
    });
    pages
        .chain(files.map(|asset| (&asset.url, &asset.asset.path)))
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
pub fn report_collisions(curriculum: &Curriculum, edition: Edition) -> Vec<Finding> {
    let mut findings = Vec::new();
    let assets = curriculum.assets.iter();
    for asset in assets.filter(|placed| placed.is_in(edition)) {
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
    let files = files(
        curriculum,
        &Theme::default(),
        // What is left out today may be there tomorrow, so its address is taken.
        Features {
            edition,
            facilitators: true,
            search: true,
            print: true,
            sitemap: true,
            reports: false,
        },
        &Scope::Site,
    );
    let claims: Vec<Claim<'_>> = files.iter().map(|file| claim(file, curriculum)).collect();
    let mut taken: HashMap<Cow<'_, str>, &Claim<'_>> = HashMap::with_capacity(claims.len());
    for claim in &claims {
        match taken.entry(collision_key(claim.url)) {
            Entry::Vacant(free) => {
                free.insert(claim);
            }
            Entry::Occupied(other) => findings.push(collision(claim, other.get())),
        }
        if claim.what == REDIRECT
            && let Some(folder) = OWN_FOLDERS.iter().find(|folder| is_in(claim.url, folder))
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
        let key = collision_key(claim.url);
        let mut folders = key.match_indices('/').map(|(at, _)| &key[..at]);
        if let Some(other) = folders.find_map(|folder| taken.get(folder)) {
            findings.push(folder_collision(claim, other));
        }
    }
    findings
}

/// Reports pages of a module called `assets` that would take the place of one of the theme's files, which are named from there.
pub fn among_theme_files(curriculum: &Curriculum, theme: &Theme) -> Vec<Finding> {
    let assets = THEME_FOLDER;
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

const PAGE: &str = "the page";
const FILE: &str = "the file";
/// What old addresses become.
const REDIRECT: &str = "the redirect";

/// What former ids of topics become.
const FORMER: &str = "the former id's redirect";

/// Who asks for what every site has.
const OURS: &str = "the site itself";

/// A file that the site is to have, and the source that asks for it.
struct Claim<'a> {
    url: &'a str,
    file: Cow<'a, str>,
    place: Place,
    what: &'static str,
}

/// Returns who asks for a file of the list.
fn claim<'a>(file: &'a File, curriculum: &'a Curriculum) -> Claim<'a> {
    let (what, source, place): (_, Cow<'a, str>, _) = match file.thing {
        Thing::Page(Subject::Topic(id)) => {
            let topic = &curriculum.registers.topics[id.0 as usize];
            (PAGE, Register::Topics.path().into(), topic.place)
        }
        Thing::Page(
            Subject::Module(id)
            | Subject::Print(id)
            | Subject::Session(id)
            | Subject::Projector(id),
        ) => {
            let index = format!("modules/{}/index.md", curriculum.module(id).folder);
            (PAGE, index.into(), Place::START)
        }
        Thing::Page(Subject::FormerTopic(id, former)) => {
            let topic = &curriculum.registers.topics[id.0 as usize];
            let place = topic.former_ids[former as usize].place;
            (FORMER, Register::Topics.path().into(), place)
        }
        Thing::Page(Subject::Lesson(id)) => {
            let lesson = &curriculum.document(id).lesson;
            let place = lesson.front.place.unwrap_or(Place::START);
            (PAGE, lesson.path.from_root().into(), place)
        }
        Thing::Page(Subject::Redirect(id, alias)) => {
            let document = curriculum.document(id);
            let place = document.aliases[alias as usize].place;
            (REDIRECT, document.lesson.path.from_root().into(), place)
        }
        Thing::Asset(index) => {
            let asset = &curriculum.assets[index as usize].asset;
            (FILE, asset.path.from_root().into(), Place::START)
        }
        Thing::Page(_) => (PAGE, OURS.into(), Place::START),
        _ => (FILE, OURS.into(), Place::START),
    };
    Claim {
        url: &file.url,
        file: source,
        place,
        what,
    }
}

/// Reports a file whose folder cannot be made, since another file has its name.
fn folder_collision(claim: &Claim<'_>, other: &Claim<'_>) -> Finding {
    let message = format!(
        "{} `{}` would stand in a folder `{}`, and `{}` makes a file of that name",
        claim.what, claim.url, other.url, other.file
    );
    // What stands in a lesson can be changed there.
    let at = if other.what == REDIRECT || claim.file == OURS {
        other
    } else {
        claim
    };
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
    // A finding stands where somebody can mend it.
    let at = if claim.file == OURS { other } else { claim };
    let help = match claim.what {
        FORMER => "leave it out: the address leads to something else",
        _ => "rename one of them, or give it another `slug`",
    };
    Finding::new(Rule::OutputCollision, &*at.file, at.place, message).help(help)
}
