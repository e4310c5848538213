//! The files of a site and of its reports, each made when it is asked for.

use std::borrow::Cow;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::Survey;
use crate::model::curriculum::ModuleId;
use crate::model::output::{Content, Deferred, Output, Streamed};
use crate::report::Basis;
use crate::report::html::{Around, Lists, Places, Reports};
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

/// Makes the files of the reports, as many at once as there are cores, and gives each away as soon as it is made; `to_site` leads from them to
/// the top of the site.
pub(super) fn put_reports<E: Send>(
    survey: &Survey,
    basis: &Basis<'_>,
    to_site: &str,
    put: impl Fn(&Streamed<'_>) -> Result<(), E> + Sync + Send,
) -> Result<(), E> {
    let around = Around {
        title: &survey.settings.title,
        language: &survey.settings.language,
        to_site,
        as_of: survey.settings.as_of,
    };
    let places = Places::new(basis.curriculum, around, Lists::OwnPages);
    let reports = Reports::new(basis);
    let files = reports.site(basis, &places);
    files.par_iter().try_for_each(put)
}

/// Returns what the reports that are published with the site are made from: what its edition shows.
fn published(survey: &Survey) -> Basis<'_> {
    Basis {
        edition: survey.settings.edition,
        ..survey.basis()
    }
}

/// Makes the reports that are published with the site and gives each away.
pub(super) fn put_published_reports<E: Send>(
    survey: &Survey,
    put: impl Fn(&Streamed<'_>) -> Result<(), E> + Sync + Send,
) -> Result<(), E> {
    put_reports(survey, &published(survey), "../", put)
}

/// Makes the reports that are published with the site.
pub fn published_reports(survey: &Survey) -> Vec<Output> {
    gather(|put| put_published_reports(survey, put))
}

/// Makes the reports; `to_site` leads from them to the top of the site.
pub fn reports(survey: &Survey, to_site: &str) -> Vec<Output> {
    gather(|put| put_reports(survey, &survey.basis(), to_site, put))
}

/// Returns what is given away.
fn gather(
    give: impl FnOnce(&(dyn Fn(&Streamed<'_>) -> io::Result<()> + Sync + Send)) -> io::Result<()>,
) -> Vec<Output> {
    let given = Mutex::new(Vec::new());
    let put = |file: &Streamed<'_>| {
        let mut bytes = Vec::new();
        (file.write)(&mut bytes)?;
        let output = Output {
            path: Arc::clone(&file.path),
            content: Content::Bytes(Cow::Owned(bytes)),
        };
        given
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(output);
        Ok(())
    };
    give(&put).expect("writing to memory never fails");
    given.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the assets that are copied into the site: the path of each there, and its path from the root.
pub(super) fn copies(survey: &Survey) -> Vec<(Arc<str>, String)> {
    let used = survey.curriculum.assets.iter().filter(|placed| placed.used);
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
            let fields = plan::signpost_fields(
                signpost,
                level,
                survey.settings.as_of,
                &survey.theme.strings,
            );
            list.push(renderer.fragment("signpost.html", "signpost", &fields)?);
        }
    }
    Ok(shared)
}
