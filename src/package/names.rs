//! Names of files as every platform keeps them: ASCII alone.
//!
//! Programs that unpack a ZIP, and those that packed it again before, garble other characters. Links between pages are made from the same names, so that
//! they lead where the files are.

use std::borrow::Cow;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::model::curriculum::{Curriculum, DocumentId, ModuleId};
use crate::model::scope::Scope;

/// Characters of the digest behind a name that is not what its author wrote.
const DIGEST: usize = 6;

/// Returns a path with names of ASCII characters; a name that had others ends with a digest of what it was, so that no two become one.
pub fn ascii(path: &str) -> Cow<'_, str> {
    if path.is_ascii() {
        return path.into();
    }
    let names: Vec<Cow<'_, str>> = path.split('/').map(ascii_name).collect();
    names.join("/").into()
}

fn ascii_name(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return name.into();
    }
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.is_ascii() => (stem, ending),
        _ => (name, ""),
    };
    let letters: String = stem.nfd().filter(char::is_ascii).collect();
    let letters = letters.trim_matches(['-', '_', '.', ' ']);
    let digest = blake3::hash(name.as_bytes()).to_hex();
    let digest = &digest[..DIGEST];
    let joined = if letters.is_empty() {
        digest.to_owned()
    } else {
        format!("{letters}-{digest}")
    };
    match ending {
        "" => joined.into(),
        ending => format!("{joined}.{ending}").into(),
    }
}

/// Returns a curriculum in which what a package holds stands at ASCII paths; nothing where all of it does already.
pub fn renamed(curriculum: &Curriculum, scope: &Scope) -> Option<Curriculum> {
    let documents = (0..).map(DocumentId).zip(&curriculum.documents);
    let is_other = |path: &str| !path.is_ascii();
    let held = |id| scope.holds_document(curriculum, id);
    let is_renamed = documents
        .clone()
        .any(|(id, document)| held(id) && is_other(&document.url))
        || curriculum
            .numbered_modules()
            .any(|(id, module)| scope.holds_module(id) && is_other(&module.name))
        || (0..)
            .zip(&curriculum.assets)
            .any(|(id, asset)| scope.holds_asset(id) && is_other(&asset.url));
    if !is_renamed {
        return None;
    }
    let mut renamed = curriculum.clone();
    for (id, _) in documents.filter(|(id, _)| held(*id)) {
        rename(&mut renamed.documents[id.0 as usize].url);
    }
    for id in (0..curriculum.modules.len() as u32).map(ModuleId) {
        if scope.holds_module(id) {
            let module = &mut renamed.modules[id.0 as usize];
            rename(&mut module.url);
            module.name = ascii(&module.name).into_owned();
        }
    }
    for (id, asset) in (0..).zip(&mut renamed.assets) {
        if scope.holds_asset(id) {
            rename(&mut asset.url);
        }
    }
    Some(renamed)
}

fn rename(path: &mut Arc<str>) {
    if !path.is_ascii() {
        *path = ascii(path).into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ascii_and_stay_apart() {
        for (path, starts, ends) in [
            ("income/tŷ.html", "income/ty-", ".html"),
            ("incwm/ŷd/index.html", "incwm/yd-", "/index.html"),
            ("収入/図.png", "", ".png"),
            ("a/é", "a/e-", ""),
            ("a/.ŵ", "a/", ""),
        ] {
            let name = ascii(path);
            assert!(name.is_ascii(), "{path}: {name}");
            assert!(
                name.starts_with(starts) && name.ends_with(ends),
                "{path}: {name}"
            );
            assert_eq!(
                name.matches('/').count(),
                path.matches('/').count(),
                "{path}"
            );
            assert_eq!(ascii(&name), name, "{path}");
        }
        assert_eq!(ascii("a b/c.html"), "a b/c.html");
        assert_ne!(ascii("tŷ.html"), ascii("tý.html"));
        assert_ne!(ascii("図.png"), ascii("表.png"));
    }
}
