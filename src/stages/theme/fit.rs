//! Holds the names of a theme's own files against those that every system can tell apart.
//!
//! In: the paths of the theme's own files below `static/` or `package/`, and all files that stand in the same folder of the output. Out: findings.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::parts::whole;
use crate::model::path::{collision_key, unsafe_reason};
use crate::model::{Finding, Place, Rule};

/// Where files of a theme come from, and where they go.
pub struct Home {
    /// Their folder, from the root.
    folder: String,
    /// Their folder in the output, with its `/`.
    output: &'static str,
}

impl Home {
    /// Files for the site of the theme in `folder`.
    pub fn site(folder: &str) -> Self {
        Self {
            folder: format!("{folder}/static"),
            output: "assets/",
        }
    }

    /// Files for packages.
    pub fn packages(folder: &str) -> Self {
        Self {
            folder: format!("{folder}/package"),
            output: "",
        }
    }
}

/// Reports files that some system cannot hold, or takes for another file of the theme; `own` are paths below the home's folder.
pub fn report(
    own: &[String],
    files: &BTreeMap<String, Cow<'static, [u8]>>,
    home: &Home,
) -> Vec<Finding> {
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    for file in files.keys() {
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
        let place = format!("{}/{path}", home.folder);
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
            let output = home.output;
            let message = format!(
                "some systems take `{output}{file}` for `{output}{other}`, which the theme has too"
            );
            findings.push(
                Finding::new(Rule::OutputCollision, place.as_str(), Place::START, message)
                    .help(format!("rename one of them; to replace `{other}`, write its name as it stands there")),
            );
        }
    }
    findings
}
