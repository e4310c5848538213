//! Whatever files, slugs and aliases are called, pages stay inside the site, and none takes another's place.

use std::collections::BTreeMap;

use throughline::model::Severity;
use throughline::model::path::{SourcePath, collision_key, join, relative};
use throughline::model::scope::Scope;
use throughline::model::slug::{file_slug, slug};
use throughline::model::sources::{Asset, RegisterSources};
use throughline::pipeline::Outline;
use throughline::stages::{discover, link};

use super::curriculum::{document, sources, survey};

/// More files than this make no new kind of clash.
const MOST_FILES: usize = 24;

/// Reads each line as `path|slug|alias`, and gives addresses to all of them.
pub fn hold(data: &[u8]) {
    let text = discover::text_of(data.to_vec(), "names", &mut Vec::new());
    let names: Vec<&str> = text.lines().take(MOST_FILES).collect();
    for name in &names {
        assert_names(name);
    }
    for pair in names.windows(2) {
        assert_links_lead_back(pair[0], pair[1]);
    }
    assert_addresses(&names);
}

fn assert_names(name: &str) {
    let slug = slug(name);
    assert!(
        slug.chars()
            .all(|c| c.is_alphanumeric() || "-_".contains(c) || !c.is_ascii()),
        "{slug:?}"
    );
    let file = file_slug(name);
    assert!(!file.contains(['/', '\\', '.', ':', '%']), "{file:?}");
    assert!(
        !file.starts_with('-') && !file.ends_with('-') && !file.contains("--"),
        "{file:?}"
    );
    assert_eq!(
        collision_key(&collision_key(name)),
        collision_key(name),
        "{name:?}"
    );
    if let Ok(path) = link::alias_path(name) {
        assert_inside(&path);
        assert_eq!(link::alias_path(&path).as_deref(), Ok(&*path), "{name:?}");
    }
}

/// Panics where the link between two pages does not lead from one to the other.
fn assert_links_lead_back(from: &str, to: &str) {
    if let Some(joined) = Some(from)
        .filter(|from| can_be_found(from))
        .and_then(|from| join(from, to))
    {
        assert!(
            !joined.split('/').any(|part| matches!(part, ".." | ".")),
            "{joined:?}"
        );
    }
    let (Ok(from), Ok(to)) = (link::alias_path(from), link::alias_path(to)) else {
        return;
    };
    let link = relative(&from, &to);
    assert!(!link.starts_with('/') && !link.contains("//"), "{link:?}");
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let decoded = decode(&link);
    assert_eq!(join(folder, &decoded), Some(to), "{link:?} from {from:?}");
}

fn decode(link: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = link.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap_or(0), rest.next().unwrap_or(0)];
            let digits = std::str::from_utf8(&digits).expect("two digits");
            bytes.push(u8::from_str_radix(digits, 16).expect("two digits"));
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).expect("what was encoded was UTF-8")
}

/// Panics where a curriculum without errors has a page that leads out of the site, or two pages at one address.
fn assert_addresses(names: &[&str]) {
    let mut documents = Vec::new();
    let mut assets = Vec::new();
    let mut linked = String::from("+++\ntitle = \"All\"\n+++\n");
    for name in names {
        let mut fields = name.split('|');
        let path = fields.next().unwrap_or("");
        if !can_be_found(path) {
            continue;
        }
        if !path.ends_with(".md") {
            assets.push(Asset {
                path: SourcePath::new(path),
                size: 1,
                svg: None,
            });
            linked.push_str(&format!("\n[file](<@/{path}>)\n"));
            continue;
        }
        let mut front = String::from("title = \"T\"\n");
        if let Some(slug) = fields.next().filter(|slug| !slug.is_empty()) {
            front.push_str(&format!("slug = {slug:?}\n"));
        }
        let aliases: Vec<&str> = fields.collect();
        front.push_str(&format!("aliases = {aliases:?}\n"));
        documents.push(document(path, format!("+++\n{front}+++\n\nText.\n")));
    }
    documents.push(document("00-all/index.md", linked));
    let survey = survey(sources(documents, assets, RegisterSources::default()));
    if survey
        .findings
        .iter()
        .any(|finding| finding.severity == Severity::Error)
    {
        return;
    }
    let mut taken = BTreeMap::new();
    for file in Outline::new(&survey, Scope::Site).files().iter() {
        let url = &*file.url;
        assert_inside(url);
        if let Some(other) = taken.insert(collision_key(url).into_owned(), url.to_owned()) {
            panic!("{url:?} and {other:?} are one file");
        }
    }
    for (key, url) in &taken {
        for (at, _) in key.match_indices('/') {
            if let Some(other) = taken.get(&key[..at]) {
                panic!("{url:?} would stand in a folder that is the file {other:?}");
            }
        }
    }
}

/// Returns whether a folder on disk can hold a file of this name, and `discover` would find it.
fn can_be_found(path: &str) -> bool {
    path.split('/').count() <= 16
        && path.split('/').all(|part| {
            !matches!(part, "" | "." | "..")
                && part.len() < 256
                && !part.contains('\0')
                && !discover::is_left_out(part)
        })
        && (path.contains('/') || !path.ends_with(".toml"))
}

/// Panics where a path could mean a file outside its folder, on any system.
fn assert_inside(path: &str) {
    assert!(!path.is_empty() && !path.starts_with('/'), "{path:?}");
    assert!(
        !path
            .chars()
            .any(|c| c.is_control() || "\\:<>\"|?*%".contains(c)),
        "{path:?}"
    );
    for part in path.split('/') {
        assert!(!matches!(part, "" | "." | ".."), "{path:?}");
        assert!(
            !part.ends_with(['.', ' ']) && !part.starts_with('.'),
            "{path:?}"
        );
        assert!(part.len() <= 200, "{path:?}");
        let stem = part.split('.').next().unwrap_or("").to_ascii_uppercase();
        let numbered = ["COM", "LPT"].iter().any(|name| {
            stem.strip_prefix(name).is_some_and(|number| {
                matches!(number, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9")
            })
        });
        assert!(
            !numbered && !matches!(&*stem, "CON" | "PRN" | "AUX" | "NUL"),
            "{path:?} is a device on Windows"
        );
    }
}
