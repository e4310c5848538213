//! Gathers the theme: the default's files from the program, and the chosen theme's in their places.
//!
//! In: the root folder and the theme's name. Out: a `Theme`. Compiles no template: `render` does.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rust_embed::RustEmbed;
use walkdir::WalkDir;

use crate::model::brand::Tint;
use crate::model::config::Site;
use crate::model::path::unsafe_reason;
use crate::model::theme::{Strings, Theme};

/// The theme that is part of the program.
#[derive(RustEmbed)]
#[folder = "themes/default"]
struct Default;

/// Why a theme cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ThemeError {
    /// The folder does not exist.
    #[error(
        "there is no theme folder `{path}`\n  help: correct `theme` in config.toml, or remove it to use the default theme"
    )]
    Missing {
        /// Where it was looked for.
        path: Utf8PathBuf,
    },
    /// The name is a path, or no name at all.
    #[error(
        "the theme `{}` cannot be a folder below themes/\n  help: give `theme` in config.toml the name of one folder, without a path", name.escape_debug()
    )]
    Name {
        /// As it is in the configuration.
        name: String,
    },
    /// A file cannot be read.
    #[error("cannot read `{path}`: {reason}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// A file is not what it should be.
    #[error("`{path}` is not a theme file: {reason}")]
    Invalid {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
}

/// Gathers a theme.
///
/// # Errors
///
/// When its folder does not exist or a file in it cannot be read.
pub fn theme(root: &Utf8Path, name: &str) -> Result<Theme, ThemeError> {
    let mut theme = Theme::default();
    let mut strings = BTreeMap::new();
    for path in Default::iter() {
        let Some(file) = Default::get(&path) else {
            continue;
        };
        if let Some(template) = path.strip_prefix("templates/") {
            let text = utf8(file.data, &path)?;
            theme
                .templates
                .insert(format!("default/{template}"), text.clone());
            theme.templates.insert(template.to_owned(), text);
        } else if let Some(file_name) = path.strip_prefix("static/") {
            theme.files.insert(file_name.to_owned(), file.data);
        } else if let Some(file_name) = path.strip_prefix("package/") {
            theme.package.insert(file_name.to_owned(), file.data);
        } else if path == "strings.toml" {
            add_strings(&mut strings, &utf8(file.data, &path)?, &path)?;
        }
    }
    if !is_folder_name(name) {
        return Err(ThemeError::Name { name: name.into() });
    }
    if name != "default" {
        add_folder(&root.join("themes").join(name), &mut theme, &mut strings)?;
    } else {
        // A curriculum may keep its own version of the default theme.
        let own = root.join("themes/default");
        if own.is_dir() {
            add_folder(&own, &mut theme, &mut strings)?;
        }
    }
    join_parts(&mut theme.files);
    join_parts(&mut theme.package);
    theme.strings = Strings(Arc::new(strings));
    Ok(theme)
}

/// Returns whether a theme's name is that of one folder, on every system.
fn is_folder_name(name: &str) -> bool {
    !name.contains('/') && unsafe_reason(name).is_none()
}

fn is_no_file(path: &str) -> ThemeError {
    ThemeError::Invalid {
        path: path.into(),
        reason: "it is a link or no regular file; copy what it leads to into the theme".into(),
    }
}

/// Joins the parts of stylesheets and scripts: a folder `site.css/` is one file `site.css`, its parts in the order of their names.
///
/// A theme that has the file itself replaces the whole.
fn join_parts(files: &mut BTreeMap<String, Cow<'static, [u8]>>) {
    let mut parts: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    files.retain(|path, bytes| {
        let whole = match path.rsplit_once('/') {
            Some((folder, _)) if folder.ends_with(".css") || folder.ends_with(".js") => folder,
            _ => return true,
        };
        push_part(parts.entry(whole.to_owned()).or_default(), bytes);
        false
    });
    for (path, bytes) in parts {
        files.entry(path).or_insert(Cow::Owned(bytes));
    }
}

/// Adds a part to its file, without what every reader would load for nothing: indentation, and comments on lines of their own.
fn push_part(whole: &mut Vec<u8>, part: &[u8]) {
    let mut in_comment = false;
    for line in part.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii) {
        let begins = line.starts_with(b"/*");
        let ends = line.ends_with(b"*/");
        if in_comment || line.is_empty() || line.starts_with(b"//") || begins {
            in_comment = (in_comment || begins) && !ends;
            continue;
        }
        whole.extend_from_slice(line);
        whole.push(b'\n');
    }
}

/// Gives a theme an organisation's colours and logo.
///
/// # Errors
///
/// When the logo cannot be read, or is no picture that pages can show.
pub fn wear(theme: &mut Theme, root: &Utf8Path, site: &Site) -> Result<(), ThemeError> {
    if !site.colours.is_empty()
        && let Some(sheet) = theme.files.get_mut("site.css")
    {
        let colours: Vec<String> = site.colours.iter().map(Tint::css).collect();
        let sheet = sheet.to_mut();
        sheet.extend(format!("\n:root {{ {} }}\n", colours.join(" ")).bytes());
    }
    let Some(logo) = &site.logo else {
        return Ok(());
    };
    let shown = logo.clone();
    let is_picture = [".svg", ".png", ".webp", ".jpg"]
        .iter()
        .any(|end| shown.to_ascii_lowercase().ends_with(end));
    let path = root.join(logo);
    if !is_picture || unsafe_reason(logo).is_some() || path.is_symlink() {
        let reason = "a logo is an .svg, .png, .webp or .jpg file below the curriculum's folder";
        return Err(ThemeError::Invalid {
            path: shown,
            reason: reason.into(),
        });
    }
    let bytes = std::fs::read(&path).map_err(|error| ThemeError::Unreadable {
        path: shown,
        reason: error.to_string(),
    })?;
    theme
        .files
        .insert(site.logo_file().to_owned(), Cow::Owned(bytes));
    Ok(())
}

fn add_folder(
    folder: &Utf8Path,
    theme: &mut Theme,
    strings: &mut BTreeMap<String, String>,
) -> Result<(), ThemeError> {
    if !folder.is_dir() {
        return Err(ThemeError::Missing {
            path: folder.to_owned(),
        });
    }
    if folder.is_symlink() {
        return Err(is_no_file(folder.as_str()));
    }
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| ThemeError::Unreadable {
            path: folder.to_string(),
            reason: error.to_string(),
        })?;
        if entry.file_type().is_dir() {
            continue;
        }
        if !entry.file_type().is_file() {
            return Err(is_no_file(&entry.path().display().to_string()));
        }
        let Some(path) = entry
            .path()
            .strip_prefix(folder)
            .ok()
            .and_then(|path| path.to_str())
        else {
            continue;
        };
        let path = path.replace('\\', "/");
        let shown = folder.join(&path).to_string();
        let read = || {
            std::fs::read(entry.path()).map_err(|error| ThemeError::Unreadable {
                path: shown.clone(),
                reason: error.to_string(),
            })
        };
        if let Some(template) = path.strip_prefix("templates/") {
            let text = utf8(Cow::Owned(read()?), &shown)?;
            theme.templates.insert(template.to_owned(), text);
        } else if let Some(file) = path.strip_prefix("static/") {
            theme.files.insert(file.to_owned(), Cow::Owned(read()?));
        } else if let Some(file) = path.strip_prefix("package/") {
            theme.package.insert(file.to_owned(), Cow::Owned(read()?));
        } else if path == "strings.toml" || path == "theme.toml" {
            add_strings(strings, &utf8(Cow::Owned(read()?), &shown)?, &shown)?;
        }
    }
    Ok(())
}

fn utf8(bytes: Cow<'static, [u8]>, path: &str) -> Result<Cow<'static, str>, ThemeError> {
    let invalid = |_| ThemeError::Invalid {
        path: path.to_owned(),
        reason: "it is not UTF-8".into(),
    };
    match bytes {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes)
            .map(Cow::Borrowed)
            .map_err(invalid),
        Cow::Owned(bytes) => String::from_utf8(bytes)
            .map(Cow::Owned)
            .map_err(|error| invalid(error.utf8_error())),
    }
}

/// Adds words from `strings.toml`, or from `[strings]` in `theme.toml`.
fn add_strings(
    strings: &mut BTreeMap<String, String>,
    text: &str,
    path: &str,
) -> Result<(), ThemeError> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error
            .span()
            .map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        ThemeError::Invalid {
            path: format!("{path}:{line}"),
            reason: error.message().to_owned(),
        }
    })?;
    let table = if path.ends_with("theme.toml") {
        match table.get("strings") {
            Some(toml::Value::Table(table)) => table.clone(),
            _ => return Ok(()),
        }
    } else {
        table
    };
    for (key, value) in table {
        if let toml::Value::String(value) = value {
            strings.insert(key, value);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_one_file_in_the_order_of_their_names_unless_the_file_is_there() {
        let file =
            |path: &str, text: &'static str| (path.to_owned(), Cow::Borrowed(text.as_bytes()));
        let mut files = BTreeMap::from([
            file(
                "site.css/20-ground.css",
                "/* Two\n   lines */\n  b { c: d } /* e */\n",
            ),
            file("site.css/10-tokens.css", "/* one */\na\n"),
            file("site.js/10.js", "old"),
            file("site.js", "whole"),
            file("vendor/x.js", "x"),
        ]);
        join_parts(&mut files);
        let expected = [
            file("site.css", "a\nb { c: d } /* e */\n"),
            file("site.js", "whole"),
            file("vendor/x.js", "x"),
        ];
        assert_eq!(files, BTreeMap::from(expected));
    }
}
