//! The files of a site and of its reports, each made when it is asked for.

use std::borrow::Cow;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::approved::as_approved;
use super::setting::Setting;
use super::survey::Survey;
use crate::model::address::Address;
use crate::model::config::Edition;
use crate::model::listing::files;
use crate::model::output::{Content, Output, Streamed};
use crate::model::page::Page;
use crate::model::scope::Scope;
use crate::model::search::Layout;
use crate::model::site::{File, THEME_FOLDER, Thing};
use crate::model::sources::Asset;
use crate::report::basis::Basis;
use crate::report::list::Readers;
use crate::report::places::{Around, Places};
use crate::report::site::Reports;
use crate::report::write::html::Style;
use crate::stages::plan::{self, Index, Names, Pages, Shared};
use crate::stages::render::{RenderError, Renderer};

/// The files of a scope, before any of them is made.
#[derive(Debug)]
pub struct Outline {
    scope: Scope,
    names: Names,
    files: Arc<[File]>,
    search: Index,
}

impl Outline {
    /// Lists the files that a scope of a survey has.
    pub fn new(survey: &Survey, scope: Scope) -> Self {
        let features = survey.features();
        Self {
            names: Names::new(&survey.curriculum, &survey.setting.settings),
            files: files(&survey.curriculum, &survey.setting.theme, features, &scope).into(),
            search: Index::new(Layout::new(&survey.curriculum, &scope)),
            scope,
        }
    }

    /// Returns the files.
    pub fn files(&self) -> &Arc<[File]> {
        &self.files
    }

    /// Returns what plans its pages, of what many of them share.
    pub fn pages<'s>(&'s self, survey: &'s Survey, shared: &'s Shared) -> Pages<'s> {
        Pages {
            curriculum: &survey.curriculum,
            coverage: &survey.coverage,
            dealing: &survey.dealing,
            settings: &survey.setting.settings,
            strings: &survey.setting.theme.strings,
            shared,
            names: &self.names,
            scope: &self.scope,
            files: &self.files,
            search: &self.search,
        }
    }

    /// Returns the assets that are copied: the path of each in the site, and its path from the root.
    pub(super) fn copies(&self, survey: &Survey) -> Vec<(Arc<str>, String)> {
        let assets = self.files.iter().filter_map(|file| match file.thing {
            Thing::Asset(index) => Some((&file.url, &survey.curriculum.assets[index as usize])),
            _ => None,
        });
        assets
            // What is made of a file's text is made again, and not copied.
            .filter(|(_, placed)| !is_made(&placed.asset))
            .map(|(url, placed)| (Arc::clone(url), placed.asset.path.from_root().to_owned()))
            .collect()
    }
}

/// A theme's templates, compiled for a scope, and what many pages share.
#[derive(Debug)]
pub struct Press {
    renderer: Renderer,
    shared: Shared,
}

impl Press {
    /// Compiles the templates, and renders the card of every signpost, once for all pages.
    ///
    /// # Errors
    ///
    /// When a template is not valid, or the card's fails.
    pub fn new(survey: &Survey, scope: &Scope) -> Result<Self, RenderError> {
        let Setting {
            settings, theme, ..
        } = &survey.setting;
        let registers = &survey.curriculum.registers;
        let renderer = Renderer::new(theme, settings, scope)?;
        let mut shared = Shared::new(&registers.topics, &theme.strings, &settings.language);
        for signpost in &registers.signposts {
            for (level, list) in [
                (3, &mut shared.cards_in_lessons),
                (2, &mut shared.cards_in_directory),
            ] {
                let fields = plan::signpost_fields(signpost, level, settings, &theme.strings);
                list.push(renderer.fragment("signpost.html", "signpost", &fields)?);
            }
        }
        Ok(Self { renderer, shared })
    }

    /// Renders a page.
    ///
    /// # Errors
    ///
    /// When its template fails.
    pub fn render(&self, page: &Page<'_>) -> Result<Vec<u8>, RenderError> {
        self.renderer.render(page)
    }
}

/// The files of a scope, each made when it is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Outputs<'s> {
    /// What they are made from.
    pub survey: &'s Survey,
    /// Which there are.
    pub outline: &'s Outline,
    /// What makes pages.
    pub press: &'s Press,
}

impl<'s> Outputs<'s> {
    /// Returns what plans pages.
    pub fn pages(&self) -> Pages<'s> {
        self.outline.pages(self.survey, &self.press.shared)
    }

    /// Makes a file of the list. A folder is not made but filled, and gives nothing.
    ///
    /// # Errors
    ///
    /// When a template fails.
    pub fn make(&self, file: &File) -> Result<Option<Content>, RenderError> {
        let pages = self.pages();
        match file.thing {
            Thing::Page(subject) => {
                let html = self.press.render(&pages.page(&file.url, subject))?;
                Ok(Some(bytes(html)))
            }
            _ => Ok(other(file, &pages, self.survey)),
        }
    }
}

/// Returns whether a file is made of what it holds.
fn is_made(asset: &Asset) -> bool {
    asset
        .svg
        .as_ref()
        .is_some_and(|svg| plan::stands_apart(svg))
}

/// Returns a large drawing with the theme's colours in it; nothing of any other file.
fn drawing(asset: &Asset, survey: &Survey) -> Option<String> {
    let svg = asset.svg.as_ref().filter(|svg| plan::stands_apart(svg))?;
    let sheet = survey.setting.theme.files.get(SHEET)?;
    plan::drawing_file(svg.text(), sheet)
}

/// The theme's stylesheet with its colours.
const SHEET: &str = "site.css";

/// Makes a file of the list that is no page; nothing of a page or a folder.
pub fn other(file: &File, pages: &Pages<'_>, survey: &Survey) -> Option<Content> {
    let text = |text: String| bytes(text.into_bytes());
    match file.thing {
        Thing::Page(_) | Thing::Reports => None,
        Thing::ThemeFile => {
            let name = file.url.strip_prefix(THEME_FOLDER)?;
            survey
                .setting
                .theme
                .files
                .get(name)
                .cloned()
                .map(Content::Bytes)
        }
        Thing::Asset(index) => {
            let asset = &survey.curriculum.assets[index as usize].asset;
            let copied = || Content::Copy(asset.path.from_root().to_owned());
            Some(drawing(asset, survey).map_or_else(copied, text))
        }
        Thing::Sitemap => pages.sitemap().map(text),
        Thing::Search(file) => Some(text(pages.search_script(file))),
    }
}

fn bytes(bytes: Vec<u8>) -> Content {
    Content::Bytes(Cow::Owned(bytes))
}

/// For whom reports are made, and for which place.
pub(super) struct Reporting<'s> {
    survey: &'s Survey,
    /// Whose links and signposts are listed.
    edition: Edition,
    readers: Readers,
    /// What leads from them to the top of the site.
    to_site: &'s str,
    style: Style,
}

impl<'s> Reporting<'s> {
    /// The reports in their own folder, for reviewers: each page can be sent on as it is.
    pub(super) fn in_a_folder(survey: &'s Survey, to_site: &'s str) -> Self {
        Self {
            survey,
            edition: Edition::Facilitator,
            readers: Readers::Reviewers,
            to_site,
            style: Style::Inside,
        }
    }

    /// The reports in the preview, whose policy lets no style stand in a page.
    fn in_the_preview(survey: &'s Survey, to_site: &'s str) -> Self {
        Self {
            style: Style::Beside,
            ..Self::in_a_folder(survey, to_site)
        }
    }

    /// The reports that are published with the site: what its edition shows, for whoever reads it.
    pub(super) fn published(survey: &'s Survey) -> Self {
        Self {
            survey,
            edition: survey.setting.settings.edition,
            readers: Readers::Everyone,
            to_site: "../",
            style: Style::Beside,
        }
    }

    /// Makes the files, as many at once as there are cores, and gives each away as soon as it is made.
    pub(super) fn put<E: Send>(
        &self,
        put: impl Fn(&Streamed<'_>) -> Result<(), E> + Sync + Send,
    ) -> Result<(), E> {
        let approved = match self.readers {
            Readers::Reviewers => as_approved(self.survey),
            Readers::Everyone => Vec::new(),
        };
        let basis = Basis {
            edition: self.edition,
            ..self.survey.basis()
        };
        let around = around(self.survey, Some(self.to_site));
        let places = Places::new(&self.survey.curriculum, around);
        let reports = Reports::new(&basis, self.readers, &approved);
        let files = reports.site(&basis, &places, self.style);
        files.par_iter().try_for_each(put)
    }

    /// Makes the files.
    fn outputs(&self) -> Vec<Output> {
        let made = Mutex::new(Vec::new());
        let put = |file: &Streamed<'_>| -> io::Result<()> {
            let mut bytes = Vec::new();
            (file.write)(&mut bytes)?;
            made.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(Output {
                    path: Arc::clone(&file.path),
                    content: Content::Bytes(Cow::Owned(bytes)),
                });
            Ok(())
        };
        self.put(put).expect("writing to memory never fails");
        made.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns what is around the reports of a survey; `to_site` leads from them to the top of the site, where anything does.
pub fn around<'s>(survey: &'s Survey, to_site: Option<&'s str>) -> Around<'s> {
    Around {
        title: &survey.setting.settings.title,
        language: survey.setting.settings.language.tag(),
        to_site,
        base_url: survey
            .setting
            .settings
            .base_url
            .as_ref()
            .map_or("", Address::as_str),
        as_of: survey.setting.settings.as_of,
    }
}

/// Makes the reports that are published with the site.
pub fn published_reports(survey: &Survey) -> Vec<Output> {
    Reporting::published(survey).outputs()
}

/// Makes the reports for the preview; `to_site` leads from them to the top of the site.
pub fn reports(survey: &Survey, to_site: &str) -> Vec<Output> {
    Reporting::in_the_preview(survey, to_site).outputs()
}
