//! The files of a site and of its reports, each made when it is asked for.

use std::borrow::Cow;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::Survey;
use crate::model::address::Address;
use crate::model::config::Edition;
use crate::model::curriculum::ModuleId;
use crate::model::output::{Content, Deferred, Output, Streamed};
use crate::report::basis::Basis;
use crate::report::list::Readers;
use crate::report::places::{Around, Places};
use crate::report::site::Reports;
use crate::report::write::html::Style;
use crate::stages::plan::{self, Names, Pages, Shared, Subject};
use crate::stages::render::{RenderError, Renderer};

/// Where in the site its reports are published.
pub const PUBLISHED_REPORTS: &str = "reports/";

/// Plans the pages of a survey.
pub fn pages<'s>(
    survey: &'s Survey,
    shared: &'s Shared,
    names: &'s Names,
    subjects: &'s [(Arc<str>, Subject)],
) -> Pages<'s> {
    Pages {
        curriculum: &survey.curriculum,
        coverage: &survey.coverage,
        settings: &survey.settings,
        strings: &survey.theme.strings,
        shared,
        names,
        subjects,
    }
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
            edition: survey.settings.edition,
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
        let basis = Basis {
            edition: self.edition,
            ..self.survey.basis()
        };
        let around = around(self.survey, self.to_site);
        let places = Places::new(&self.survey.curriculum, around);
        let reports = Reports::new(&basis, self.readers);
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

/// Returns what is around the reports of a survey; `to_site` leads from them to the top of the site.
pub fn around<'s>(survey: &'s Survey, to_site: &'s str) -> Around<'s> {
    Around {
        title: &survey.settings.title,
        language: survey.settings.language.tag(),
        to_site,
        base_url: survey
            .settings
            .base_url
            .as_ref()
            .map_or("", Address::as_str),
        as_of: survey.settings.as_of,
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

/// Returns the assets that are copied into the site: the path of each there, and its path from the root.
pub(super) fn copies(survey: &Survey) -> Vec<(Arc<str>, String)> {
    let assets = survey.curriculum.assets.iter();
    let used = assets.filter(|placed| placed.is_in(survey.settings.edition));
    used.map(|placed| {
        (
            Arc::clone(&placed.url),
            placed.asset.path.from_root().to_owned(),
        )
    })
    .collect()
}

/// Returns the files of the site that are not pages.
pub fn others<'s>(survey: &'s Survey, pages: &'s Pages<'_>) -> Vec<Deferred<'s>> {
    let mut files: Vec<Deferred<'s>> = Vec::new();
    for (path, bytes) in &survey.theme.files {
        files.push(Box::new(move || Output {
            path: format!("assets/{path}").into(),
            content: Content::Bytes(bytes.clone()),
        }));
    }
    for (path, source) in copies(survey) {
        files.push(Box::new(move || Output {
            path: Arc::clone(&path),
            content: Content::Copy(source.clone()),
        }));
    }
    if let Some(sitemap) = pages.sitemap() {
        files.push(Box::new(move || text("sitemap.xml", sitemap.clone())));
    }
    if survey.settings.search {
        files.push(Box::new(|| {
            text("search/index.js", pages.search_manifest())
        }));
        for index in 0..survey.curriculum.modules.len() as u32 {
            files.push(Box::new(move || {
                let (path, js) = pages.search_file(ModuleId(index));
                text(&path, js)
            }));
        }
    }
    files
}

fn text(path: &str, text: String) -> Output {
    Output {
        path: path.into(),
        content: Content::Bytes(Cow::Owned(text.into_bytes())),
    }
}

/// Writes how pages name the documents of a survey.
pub fn names(survey: &Survey) -> Names {
    Names::new(&survey.curriculum, &survey.settings)
}

/// Renders the card of every signpost, once for all pages.
///
/// # Errors
///
/// When the card's template fails.
pub fn shared(survey: &Survey, renderer: &Renderer) -> Result<Shared, RenderError> {
    let mut shared = Shared::new(&survey.curriculum.registers.topics, &survey.theme.strings);
    for signpost in &survey.curriculum.registers.signposts {
        for (level, list) in [
            (3, &mut shared.cards_in_lessons),
            (2, &mut shared.cards_in_directory),
        ] {
            let fields =
                plan::signpost_fields(signpost, level, &survey.settings, &survey.theme.strings);
            list.push(renderer.fragment("signpost.html", "signpost", &fields)?);
        }
    }
    Ok(shared)
}
