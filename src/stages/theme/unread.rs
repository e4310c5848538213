//! Reports files of a theme that nothing reads, where they look like some that would be.
//!
//! In: the files and templates of the theme's folder, and all templates. Out: findings. What a theme keeps for itself, such as a README, is none.

use crate::model::nearness::Names;
use crate::model::theme::Theme;
use crate::model::{Finding, Place, Rule, Severity};

/// What the folder of a theme can hold.
const PARTS: [&str; 5] = [
    "theme.toml",
    "strings.toml",
    "templates",
    "static",
    "package",
];

/// Files that belong to no part of a theme, and the names of its own templates.
pub(super) type Found<'o> = (&'o [String], &'o [String]);

/// Reports them; `folder` is the theme's.
pub(super) fn report((files, templates): Found<'_>, folder: &str, theme: &Theme) -> Vec<Finding> {
    let mut findings = Vec::new();
    let parts = Names::new(PARTS);
    let mut tops: Vec<&str> = Vec::new();
    for path in files {
        let top = path.split('/').next().unwrap_or(path);
        let near = PARTS
            .into_iter()
            .find(|part| part.eq_ignore_ascii_case(top));
        let near = near.or_else(|| parts.nearest(top));
        // One finding for a folder, however much it holds.
        let (Some(near), false) = (near, tops.contains(&top)) else {
            continue;
        };
        tops.push(top);
        let message = format!("nothing reads `{top}` of a theme");
        findings.push(unread(format!("{folder}/{path}"), message, near));
    }
    for template in templates {
        if theme.templates.contains_key(&format!("default/{template}")) {
            continue;
        }
        let is_named = |text: &str| {
            ['"', '\'']
                .iter()
                .any(|mark| text.contains(&format!("{mark}{template}{mark}")))
        };
        if theme.templates.values().any(|text| is_named(text)) {
            continue;
        }
        let all = theme
            .templates
            .keys()
            .filter_map(|name| name.strip_prefix("default/"));
        let near = all.clone().find(|name| name.eq_ignore_ascii_case(template));
        let names = Names::new(all);
        let near = near.or_else(|| names.nearest(template));
        let message = format!("no page and no template uses the template `{template}`");
        let path = format!("{folder}/templates/{template}");
        findings.push(match near {
            Some(near) => unread(path, message, near),
            None => warning(path, message, "name it in a template, or delete it".into()),
        });
    }
    findings
}

fn unread(path: String, message: String, near: &str) -> Finding {
    warning(
        path,
        message,
        format!("did you mean `{near}`? Upper and lower case count"),
    )
}

fn warning(path: String, message: String, help: String) -> Finding {
    let mut finding = Finding::new(Rule::InvalidTheme, path, Place::START, message).help(help);
    finding.severity = Severity::Warning;
    finding
}
