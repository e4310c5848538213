//! `throughline new`: scaffolds for modules, lessons and topics. Never overwrites anything.

use camino::Utf8Path;

use super::arguments::{Global, Manner, New, NewThing};
use super::files::{LARGEST_REGISTER, read, replace};
use super::init::write_new;
use super::moves::{Planned, insert};
use super::terminal::Terminal;
use super::{Outcome, Stop, root};
use crate::model::naming::Naming;
use crate::model::nearness::did_you_mean;
use crate::model::slug::{file_slug, split_number};
use crate::model::text::quoted;
use crate::model::written::as_toml;

/// Adds what was asked for.
///
/// # Errors
///
/// When it exists already, or cannot be written.
pub fn new(options: &New, global: &Global, terminal: &Terminal) -> Result<Outcome, Stop> {
    let modules = root(global)?.join("modules");
    let (planned, place) = match &options.what {
        NewThing::Module { title, place } => (module(&modules, title)?, place),
        NewThing::Lesson {
            module,
            title,
            place,
        } => (lesson(&modules, module, title)?, place),
        NewThing::Topic { id, name } => {
            let path = topic(&modules, id, name.as_deref())?;
            return terminal.print(&format!("{path}\n"));
        }
    };
    if let Some(number) = place.at {
        let manner = Manner {
            dry_run: place.dry_run,
            baselines: Vec::new(),
            as_of: None,
        };
        return insert(&planned, number, (global, &manner), terminal);
    }
    let siblings = names(&modules.join(&planned.folder))?;
    let entry = format!("{:02}-{}", next_number(&siblings), planned.name);
    let path = modules.join(&planned.folder).join(entry);
    let path = planned.page.map_or(path.clone(), |page| path.join(page));
    write_new(&path, &planned.text)?;
    terminal.print(&format!("{path}\n"))
}

fn module(modules: &Utf8Path, title: &str) -> Result<Planned, Stop> {
    let slug = named(title, Naming::Module)?;
    if let Some(other) = names(modules)?.iter().find(|name| file_slug(name) == slug) {
        return Err(Stop(format!("`{}` exists already", modules.join(other))));
    }
    let text = format!(
        "+++\ntitle = {}\nsummary = \"\"\noutcomes = []\n+++\n\nWhat this module is for.\n",
        as_toml(title)
    );
    Ok(Planned {
        folder: String::new(),
        name: slug,
        page: Some("index.md"),
        text,
    })
}

fn lesson(modules: &Utf8Path, module: &str, title: &str) -> Result<Planned, Stop> {
    let slug = named(title, Naming::Lesson)?;
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
    let siblings = names(&modules.join(folder))?;
    if let Some(other) = siblings.iter().find(|name| file_slug(name) == slug) {
        let taken = modules.join(folder).join(other);
        return Err(Stop(format!("`{taken}` exists already")));
    }
    let text = format!(
        "+++\ntitle = {}\nsummary = \"\"\nminutes = 15\n+++\n\nWhy this matters.\n\n::: objectives\nBy the end you can:\n\n- say in your own words what this lesson teaches\n:::\n\n## First section\n\n",
        as_toml(title)
    );
    Ok(Planned {
        folder: folder.clone(),
        name: format!("{slug}.md"),
        page: None,
        text,
    })
}

fn topic(modules: &Utf8Path, given: &str, name: Option<&str>) -> Result<String, Stop> {
    let made = Naming::Topic.of(given).map_err(|reason| {
        let given = quoted(given);
        Stop(format!(
            "no id can be made of `{given}`: {reason}\n  help: give an id of lower-case letters, digits and hyphens, and the topic's name with `--name`"
        ))
    })?;
    // What is no id is the name that one is made of.
    let name = name.or((made != given).then_some(given));
    let id = made.as_str();
    let path = modules.join("topics.toml");
    let mut text = match read(&path, LARGEST_REGISTER) {
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
        as_toml(&name)
    ));
    replace(&path, text)?;
    Ok(path.into_string())
}

fn named(title: &str, naming: Naming) -> Result<String, Stop> {
    naming.of(title).map_err(|reason| {
        let title = quoted(title);
        Stop(format!(
            "no file name can be made of `{title}`: {reason}\n  help: give a short title of letters and digits, and write the right one into the file"
        ))
    })
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
