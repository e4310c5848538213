//! `throughline new`: scaffolds for modules, lessons and topics. Never overwrites anything.

use camino::Utf8Path;

use super::arguments::{Global, New, NewThing};
use super::init::write_new;
use super::terminal::Terminal;
use super::{Outcome, Stop, root};
use crate::model::nearness::did_you_mean;
use crate::model::slug::{file_slug, split_number};

/// Adds what was asked for.
///
/// # Errors
///
/// When it exists already, or cannot be written.
pub fn new(options: &New, global: &Global, terminal: &Terminal) -> Result<Outcome, Stop> {
    let modules = root(global)?.join("modules");
    let path = match &options.what {
        NewThing::Module { title } => module(&modules, title)?,
        NewThing::Lesson { module, title } => lesson(&modules, module, title)?,
        NewThing::Topic { id, name } => topic(&modules, id, name.as_deref())?,
    };
    terminal.print(&format!("{path}\n"))
}

fn module(modules: &Utf8Path, title: &str) -> Result<String, Stop> {
    let slug = named(title)?;
    let siblings = names(modules)?;
    if let Some(other) = siblings.iter().find(|name| file_slug(name) == slug) {
        return Err(Stop(format!("`{}` exists already", modules.join(other))));
    }
    let path = modules
        .join(format!("{:02}-{slug}", next_number(&siblings)))
        .join("index.md");
    let text = format!(
        "+++\ntitle = {}\nsummary = \"\"\noutcomes = []\n+++\n\nWhat this module is for.\n",
        quoted(title)
    );
    write_new(&path, &text)?;
    Ok(path.into_string())
}

fn lesson(modules: &Utf8Path, module: &str, title: &str) -> Result<String, Stop> {
    let slug = named(title)?;
    let folders: Vec<String> = names(modules)?
        .into_iter()
        .filter(|name| modules.join(name).is_dir())
        .collect();
    let wanted = module.trim_end_matches('/');
    let Some(folder) = folders
        .iter()
        .find(|name| *name == wanted || file_slug(name) == file_slug(wanted))
    else {
        let help = did_you_mean(wanted, folders.iter().map(String::as_str))
            .unwrap_or_else(|| format!("modules are {}", folders.join(", ")));
        return Err(Stop(format!(
            "no module is called `{wanted}`\n  help: {help}"
        )));
    };
    let folder = modules.join(folder);
    let siblings = names(&folder)?;
    if let Some(other) = siblings.iter().find(|name| file_slug(name) == slug) {
        return Err(Stop(format!("`{}` exists already", folder.join(other))));
    }
    let path = folder.join(format!("{:02}-{slug}.md", next_number(&siblings)));
    let text = format!(
        "+++\ntitle = {}\nsummary = \"\"\nminutes = 15\n+++\n\nWhy this matters.\n\n::: objectives\nBy the end you can:\n\n- \n:::\n\n## First section\n\n",
        quoted(title)
    );
    write_new(&path, &text)?;
    Ok(path.into_string())
}

fn topic(modules: &Utf8Path, id: &str, name: Option<&str>) -> Result<String, Stop> {
    let slug = file_slug(id);
    if slug.is_empty() || slug != id {
        return Err(Stop(format!(
            "`{id}` cannot be an id\n  help: use lower-case letters, digits and hyphens, such as `{slug}`"
        )));
    }
    let path = modules.join("topics.toml");
    let mut text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(Stop(format!("cannot read `{path}`: {error}"))),
    };
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        Stop(format!("`{path}` is not TOML: {}", error.message()))
    })?;
    let taken = table
        .get("topic")
        .and_then(toml::Value::as_array)
        .is_some_and(|topics| {
            topics
                .iter()
                .any(|topic| topic.get("id").and_then(toml::Value::as_str) == Some(id))
        });
    if taken {
        return Err(Stop(format!("the topic `{id}` stands in `{path}` already")));
    }
    let name = name.map_or_else(|| crate::stages::link::title_of(id), ToOwned::to_owned);
    if !text.is_empty() && !text.ends_with("\n\n") {
        text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
    }
    text.push_str(&format!(
        "[[topic]]\nid = \"{id}\"\nname = {}\naliases = []\ndefinition = \"\"\n",
        quoted(&name)
    ));
    replace(&path, &text)?;
    Ok(path.into_string())
}

/// Replaces a file in one step, so that a failure leaves the old one whole.
fn replace(path: &Utf8Path, text: &str) -> Result<(), Stop> {
    let beside = path.with_extension("toml.new");
    std::fs::write(&beside, text)
        .and_then(|()| std::fs::rename(&beside, path))
        .map_err(|error| Stop(format!("cannot write `{path}`: {error}")))
}

fn named(title: &str) -> Result<String, Stop> {
    let slug = file_slug(title);
    if slug.is_empty() {
        return Err(Stop(format!("no file name can be made of `{title}`")));
    }
    Ok(slug)
}

fn names(folder: &Utf8Path) -> Result<Vec<String>, Stop> {
    let entries = folder
        .read_dir_utf8()
        .map_err(|error| Stop(format!("cannot read `{folder}`: {error}")))?;
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry?.file_name().to_owned());
    }
    names.sort();
    Ok(names)
}

fn next_number(names: &[String]) -> u64 {
    names
        .iter()
        .filter_map(|name| split_number(name).0)
        .max()
        .unwrap_or(0)
        + 1
}

/// Returns a TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
