//! Makes packages, each in all formats that are wanted: their pages are made and compressed once.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::archive::{Compressed, Entry, SCRIPT, archive};
use super::contents::Contents;
use super::course::Course;
use super::data::script;
use super::error::PackageError;
use super::format::Format;
use super::gather::{SITE, course};
use super::manifest::{Subject, manifest};
use super::names::renamed;
use crate::model::address::Address;
use crate::model::output::Content;
use crate::model::page::{Fields, Page};
use crate::model::scope::Beyond;
use crate::model::site::THEME_FOLDER;
use crate::pipeline::{Outline, Outputs, Press, Survey};
use crate::stages::write::read_asset;

/// The folder of what stands beside the site in a package, with its final `/`.
const BESIDE: &str = "throughline/";

/// The theme's script that all formats share.
const RUNTIME: &str = "lms.js";

/// A package.
#[derive(Debug, Clone)]
pub struct Made {
    /// What it holds.
    pub contents: Contents,
    /// Its format.
    pub format: Format,
    /// The ZIP.
    pub bytes: Vec<u8>,
}

/// What packages are made from.
#[derive(Debug, Clone, Copy)]
pub struct Making<'s> {
    /// The curriculum.
    pub survey: &'s Survey,
    /// What becomes of links that lead out of them.
    pub beyond: &'s Beyond,
    /// In which formats each is made.
    pub formats: &'s [Format],
}

impl Making<'_> {
    /// Makes the packages of some contents.
    ///
    /// # Errors
    ///
    /// When a template fails, or an asset cannot be read.
    pub fn make(&self, contents: &[Contents]) -> Result<Vec<Made>, PackageError> {
        let made = contents.par_iter().map(|contents| self.one(*contents));
        let made: Vec<Vec<Made>> = made.collect::<Result<_, _>>()?;
        Ok(made.into_iter().flatten().collect())
    }

    fn one(&self, contents: Contents) -> Result<Vec<Made>, PackageError> {
        let curriculum = &self.survey.curriculum;
        let scope = contents.scope(curriculum, self.beyond.clone());
        let other = renamed(curriculum, &scope).map(|curriculum| Survey {
            curriculum,
            ..self.survey.clone()
        });
        let survey = other.as_ref().unwrap_or(self.survey);
        let press = Press::new(survey, &scope)?;
        let outline = Outline::new(survey, scope);
        let site = site(survey, &outline, &press)?;
        // Keys are made of the addresses that the site has, whatever files are called in a package.
        let course = course(curriculum, &survey.setting.settings, contents);
        let parts = Parts {
            survey,
            contents,
            press: &press,
            course: &course,
            site: site.iter().map(|entry| entry.path.clone()).collect(),
            compressed: Compressed::new(&site)?,
        };
        let formats = self.formats.iter();
        formats.map(|format| parts.package(*format)).collect()
    }
}

/// Makes the pages and all that they load.
fn site(survey: &Survey, outline: &Outline, press: &Press) -> Result<Vec<Entry>, PackageError> {
    let outputs = Outputs {
        survey,
        outline,
        press,
    };
    let made = outline.files().par_iter().map(|file| {
        let bytes = match outputs.make(file)? {
            Some(Content::Bytes(bytes)) => bytes,
            Some(Content::Copy(path)) => read_asset(&survey.setting.root.join(path))?.into(),
            None => return Ok(None),
        };
        let path = [SITE, &file.url].concat();
        Ok(Some(Entry { path, bytes }))
    });
    let made: Vec<Option<Entry>> = made.collect::<Result<_, PackageError>>()?;
    let mut entries: Vec<Entry> = made.into_iter().flatten().collect();
    // Where clashes are no errors, the first of two files with one address has it, as in the site.
    let mut seen = HashSet::new();
    entries.retain(|entry| seen.insert(entry.path.clone()));
    let unnamed = unnamed(&entries);
    entries.retain(|entry| !unnamed.contains(&entry.path));
    Ok(entries)
}

/// Returns the paths of the theme's scripts that nothing else names: those of pages that a package does not have.
fn unnamed(entries: &[Entry]) -> HashSet<String> {
    let folder = [SITE, THEME_FOLDER].concat();
    let is_script = |entry: &&Entry| {
        let path = &entry.path;
        path.starts_with(&folder) && path.ends_with(".js")
    };
    let (mut left, mut reading): (Vec<&Entry>, Vec<&Entry>) = entries.iter().partition(is_script);
    reading.retain(|entry| entry.path.ends_with(".html") || entry.path.ends_with(".js"));
    while let Some(entry) = reading.pop() {
        let is_named = |script: &mut &Entry| {
            let name = &script.path[folder.len()..];
            memchr::memmem::find(&entry.bytes, name.as_bytes()).is_some()
        };
        let found: Vec<&Entry> = left.extract_if(.., is_named).collect();
        reading.extend(found);
    }
    left.into_iter().map(|entry| entry.path.clone()).collect()
}

/// Returns the theme's files that stand beside the site: each format has the script that speaks to its platforms before the one that all share.
fn runtime(format: Format, files: &BTreeMap<String, Cow<'static, [u8]>>) -> Vec<Entry> {
    let is_binding = |name: &str| Format::ALL.iter().any(|format| format.binding() == name);
    let paths = files
        .iter()
        .map(|(name, bytes)| (name, [BESIDE, name].concat(), bytes));
    // What the package knows is never the theme's to say.
    let others = paths.filter(|(name, path, _)| !is_binding(name) && path != SCRIPT);
    let entries = others.map(|(name, path, bytes)| {
        let bytes = match files.get(format.binding()) {
            Some(binding) if name == RUNTIME => [&**binding, &**bytes].concat().into(),
            _ => bytes.clone(),
        };
        Entry { path, bytes }
    });
    entries.collect()
}

/// What the formats of a package have in common.
struct Parts<'s> {
    survey: &'s Survey,
    contents: Contents,
    press: &'s Press,
    course: &'s Course,
    /// The paths of the site's files.
    site: Vec<String>,
    compressed: Compressed,
}

impl Parts<'_> {
    fn package(&self, format: Format) -> Result<Made, PackageError> {
        let setting = &self.survey.setting;
        let starts = self.starts();
        let mut entries: Vec<Entry> = Vec::new();
        for (number, path) in starts.iter().enumerate() {
            let bytes = self.press.render(&self.start(format, number, path))?;
            entries.push(Entry {
                path: path.clone(),
                bytes: bytes.into(),
            });
        }
        entries.extend(runtime(format, &setting.theme.package));
        let packages = &setting.config.packages;
        let data = script(format, self.course, &setting.settings, packages);
        entries.push(Entry {
            path: SCRIPT.to_owned(),
            bytes: Cow::Owned(data.into_bytes()),
        });
        let beside = entries[starts.len()..]
            .iter()
            .map(|entry| entry.path.clone());
        let files: Vec<String> = beside.chain(self.site.iter().cloned()).collect();
        let subject = Subject {
            course: self.course,
            name: &self.contents.name(&self.survey.curriculum),
            identifier: self.identifier(),
            language: setting.settings.language.tag(),
            mastery: setting
                .config
                .packages
                .mastery
                .map(|mastery| mastery.percent),
            starts: &starts,
            files: &files,
        };
        let manifest = Entry {
            path: format.manifest().to_owned(),
            bytes: Cow::Owned(manifest(format, &subject)),
        };
        // Platforms look for the manifest at the beginning.
        entries.insert(0, manifest);
        Ok(Made {
            contents: self.contents,
            format,
            bytes: archive(&entries, &self.compressed)?,
        })
    }

    /// Returns the page that a platform opens, for each module.
    fn starts(&self) -> Vec<String> {
        let modules = self.course.modules.iter();
        match self.contents {
            Contents::Module(_) => modules.map(|_| "start.html".to_owned()).collect(),
            Contents::Whole => modules
                .map(|module| format!("start-{}.html", module.id))
                .collect(),
        }
    }

    /// Plans the page that a platform opens for a module.
    fn start<'p>(&'p self, format: Format, number: usize, path: &str) -> Page<'p> {
        let module = &self.course.modules[number];
        let mut fields = Fields::new();
        fields
            .text("kind", "package")
            .text("title", module.title.as_str())
            .text("format", format.name());
        let id = match self.contents {
            Contents::Whole => module.id.as_str(),
            Contents::Module(_) => "",
        };
        fields.text("module", id);
        fields.address("start", Address::between("", &module.home));
        Page {
            url: Arc::from(path),
            template: "package.html",
            fields,
        }
    }

    /// Returns what tells packages of different curricula apart.
    fn identifier(&self) -> &str {
        let setting = &self.survey.setting;
        let configured = setting.config.packages.identifier.as_deref();
        let address = setting.settings.base_url.as_ref();
        configured
            .or_else(|| address.map(Address::as_str))
            .unwrap_or(&setting.settings.title)
    }
}
