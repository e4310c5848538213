//! Gathers the theme: the default's files from the program, and the chosen theme's in their places.
//!
//! In: the root folder and the theme's name. Out: a `Theme`, and what is wrong with its words and files. Compiles no template: `render` does.

mod error;
mod fit;
mod parts;
mod unread;
mod words;

pub use error::ThemeError;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use camino::Utf8Path;
use rust_embed::RustEmbed;
use walkdir::{DirEntry, WalkDir};

use super::discover::{LARGEST_TEXT, is_left_out};
use crate::model::Staged;
use crate::model::brand::Tint;
use crate::model::config::Site;
use crate::model::path::unsafe_reason;
use crate::model::theme::{Strings, Theme};

use parts::join_parts;

/// Bytes of the largest file that a theme gives to sites: fonts and pictures, which every reader loads.
const LARGEST_FILE: u64 = 64 << 20;

/// The theme that is part of the program.
#[derive(RustEmbed)]
#[folder = "themes/default"]
struct Default;

/// Gathers a theme.
///
/// # Errors
///
/// When its folder does not exist or a file in it cannot be read.
pub fn theme(root: &Utf8Path, name: &str) -> Result<Staged<Theme>, ThemeError> {
    let mut theme = Theme::default();
    let mut strings = BTreeMap::new();
    let mut findings = Vec::new();
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
            let text = utf8(file.data, &path)?;
            let (path, text) = (&*path, &*text);
            strings = words::File { path, text }.base()?;
        }
    }
    if !is_folder_name(name) {
        return Err(ThemeError::Name { name: name.into() });
    }
    let folder = format!("themes/{name}");
    let path = root.join(&folder);
    // A curriculum may keep its own version of the default theme.
    let own = if name != "default" || path.is_dir() {
        add_folder(&path, &mut theme)?
    } else {
        Own::default()
    };
    for (name, text) in &own.words {
        let path = &*format!("{folder}/{name}");
        findings.extend(words::File { path, text }.read(&mut strings, &theme)?);
    }
    join_parts(&mut theme.files);
    join_parts(&mut theme.package);
    findings.extend(fit::report(
        &own.files,
        &theme.files,
        &fit::Home::site(&folder),
    ));
    findings.extend(fit::report(
        &own.package,
        &theme.package,
        &fit::Home::packages(&folder),
    ));
    findings.extend(unread::report(
        (&own.unread, &own.templates),
        &folder,
        &theme,
    ));
    theme.strings = Strings(Arc::new(strings));
    Ok(Staged {
        value: theme,
        findings,
    })
}

/// What a theme's folder has of its own.
#[derive(Default)]
struct Own {
    /// Paths of files below `static/`.
    files: Vec<String>,
    /// Paths of files below `package/`.
    package: Vec<String>,
    /// Names of templates.
    templates: Vec<String>,
    /// Paths of files that belong to nothing of these.
    unread: Vec<String>,
    /// Files with words: name and text.
    words: Vec<(String, String)>,
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
    let bytes = read(path.as_std_path(), &shown, LARGEST_FILE)?;
    theme
        .files
        .insert(site.logo_file().to_owned(), Cow::Owned(bytes));
    Ok(())
}

fn add_folder(folder: &Utf8Path, theme: &mut Theme) -> Result<Own, ThemeError> {
    let mut own = Own::default();
    if !folder.is_dir() {
        return Err(ThemeError::Missing {
            path: folder.to_owned(),
        });
    }
    if folder.is_symlink() {
        return Err(is_no_file(folder.as_str()));
    }
    let walk = WalkDir::new(folder).sort_by_file_name().into_iter();
    // What editors leave behind, links to nowhere among it, is no part of a theme.
    let is_part =
        |entry: &DirEntry| entry.depth() == 0 || !is_left_out(&entry.file_name().to_string_lossy());
    for entry in walk.filter_entry(is_part) {
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
        let read_up_to = |largest| read(entry.path(), &shown, largest).map(Cow::Owned);
        if let Some(template) = path.strip_prefix("templates/") {
            let text = utf8(read_up_to(LARGEST_TEXT)?, &shown)?;
            theme.templates.insert(template.to_owned(), text);
            own.templates.push(template.to_owned());
        } else if let Some(file) = path.strip_prefix("static/") {
            theme
                .files
                .insert(file.to_owned(), read_up_to(LARGEST_FILE)?);
            own.files.push(file.to_owned());
        } else if let Some(file) = path.strip_prefix("package/") {
            theme
                .package
                .insert(file.to_owned(), read_up_to(LARGEST_FILE)?);
            own.package.push(file.to_owned());
        } else if path == "strings.toml" || path == "theme.toml" {
            let text = utf8(read_up_to(LARGEST_TEXT)?, &shown)?;
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
            own.words.push((path, text));
        } else {
            own.unread.push(path);
        }
    }
    Ok(own)
}

/// Reads a file of a theme that is no larger than it can be.
fn read(path: &Path, shown: &str, largest: u64) -> Result<Vec<u8>, ThemeError> {
    let unreadable = |reason: String| ThemeError::Unreadable {
        path: shown.to_owned(),
        reason,
    };
    let size = std::fs::metadata(path)
        .map_err(|error| unreadable(error.to_string()))?
        .len();
    if size > largest {
        return Err(unreadable(format!(
            "it is larger than {} MiB",
            largest >> 20
        )));
    }
    std::fs::read(path).map_err(|error| unreadable(error.to_string()))
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
