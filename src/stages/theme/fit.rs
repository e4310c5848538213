//! Holds the names of a theme's own files against those that every system can tell apart.
//!
//! In: the paths of the theme's own files below `static/`, and all files of the site's `assets/`. Out: findings.

use std::collections::BTreeMap;

use super::parts::whole;
use crate::model::path::{collision_key, unsafe_reason};
use crate::model::theme::Theme;
use crate::model::{Finding, Place, Rule};

/// Reports files that some system cannot hold, or takes for another file of the theme; `own` are paths below `static/` in `folder`.
pub fn report(own: &[String], folder: &str, theme: &Theme) -> Vec<Finding> {
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    for file in theme.files.keys() {
        // What the default has comes first in no order: whoever is no file of the theme's own has the name.
        let is_own = own.iter().any(|path| whole(path) == file);
        let key = collision_key(file).into_owned();
        let known = taken.entry(key).or_insert(file);
        if !is_own {
            *known = file;
        }
    }
    let mut findings = Vec::new();
    for path in own {
        let file = whole(path);
        let place = format!("{folder}/static/{path}");
        if let Some(reason) = unsafe_reason(path) {
            findings.push(
                Finding::new(
                    Rule::UnsafePath,
                    place.as_str(),
                    Place::START,
                    format!("the file's name cannot stand on every system: {reason}"),
                )
                .help("rename the file"),
            );
        }
        let key = collision_key(file);
        let alike = taken.get(&*key).filter(|other| **other != file);
        let mut folders = key.match_indices('/').map(|(at, _)| &key[..at]);
        let other = alike.or_else(|| folders.find_map(|folder| taken.get(folder)));
        if let Some(other) = other {
            let message = format!(
                "some systems take `assets/{file}` for `assets/{other}`, which the theme has too"
            );
            findings.push(
                Finding::new(Rule::OutputCollision, place.as_str(), Place::START, message)
                    .help(format!("rename one of them; to replace `{other}`, write its name as it stands there")),
            );
        }
    }
    findings
}
