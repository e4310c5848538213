//! Writes the site and the reports of a survey, as far as they have changed.

use std::borrow::Cow;
use std::sync::Arc;

use camino::Utf8Path;
use rayon::prelude::*;

use super::outputs::{PUBLISHED_REPORTS, Reporting, copies, names, others, pages};
use super::{Clock, Failure, Reports, Request, Survey, shared};
use crate::model::output::{Content, Output};
use crate::stages::plan::Pages;
use crate::stages::render::Renderer;
use crate::stages::{plan, write};

/// What a build did.
#[derive(Debug)]
pub struct Built {
    /// What became of the output folder.
    pub written: write::Written,
    /// What became of the reports.
    pub reports: Reports,
    /// How long it took, from reading to writing.
    pub clock: Clock,
}

/// How far a build has come.
#[derive(Debug, Clone, Copy)]
pub enum Step {
    /// So many pages are to come.
    Start(u64),
    /// One page is done.
    Page,
}

/// Writes the site and the reports of a survey. Afterwards its lessons may have no HTML any more.
///
/// # Errors
///
/// When a template fails or one of the outputs cannot be written; the former site and reports stay.
pub fn build(
    request: &Request,
    survey: &mut Survey,
    progress: &(dyn Fn(Step) + Sync),
) -> Result<Built, Failure> {
    let folder = request.site_folder(&survey.config);
    let reports_dir = request.reports_folder(&survey.config);
    let site = destination(request, &folder, &reports_dir);
    let reports = destination(request, &reports_dir, &folder);
    let what = request.reports(&survey.config);
    write::check(&site)?;
    let staging = write::Staging::begin(&site)?;
    // Where the reports cannot be written, nobody should wait for the site to be made.
    let for_reports = if what == Reports::Written {
        write::check(&reports)?;
        Some(write::Staging::begin(&reports)?)
    } else {
        None
    };
    let mut ready = vec![make_site(staging, survey, progress)?];
    survey.clock.lap("site");
    if let Some(staging) = for_reports {
        let to_site = write::link_between(&reports, &site)?;
        // Reports name places and quote sentences: the pages' HTML has done its work.
        survey.curriculum.drop_bodies();
        ready.push(make_reports(staging, survey, &to_site)?);
        survey.clock.lap("reports");
    }
    let mut written = write::put_in_place(ready)?;
    survey.clock.lap("swapping");
    let written = written.swap_remove(0);
    Ok(Built {
        written,
        reports: what,
        clock: survey.clock.clone(),
    })
}

/// Makes the site beside its place, unless the former one was made from the same.
fn make_site(
    mut staging: write::Staging,
    survey: &Survey,
    progress: &(dyn Fn(Step) + Sync),
) -> Result<write::Ready, Failure> {
    if let Some(recipe) = survey.recipe
        && let Some(unchanged) = staging.made_from(recipe.digest(), &copies(survey))?
    {
        return Ok(staging.as_it_was(unchanged));
    }
    let subjects = plan::subjects(&survey.curriculum, &survey.settings);
    progress(Step::Start(subjects.len() as u64));
    let renderer = Renderer::new(&survey.theme, &survey.settings)?;
    let shared = shared(survey, &renderer)?;
    let names = names(survey);
    let pages = pages(survey, &shared, &names, &subjects);
    let (rendered, put) = rayon::join(
        || write_pages(&pages, &renderer, &staging, progress),
        || {
            others(survey, &pages)
                .par_iter()
                .try_for_each(|make| staging.put(&make()))
        },
    );
    rendered?;
    put?;
    if survey.config.publish_reports {
        Reporting::published(survey).put(|file| {
            staging.put_streamed(&format!("{PUBLISHED_REPORTS}{}", file.path), &file.write)
        })?;
    }
    Ok(staging.complete()?)
}

/// Makes the reports beside their place, unless the former ones were made from the same.
fn make_reports(
    mut staging: write::Staging,
    survey: &Survey,
    to_site: &str,
) -> Result<write::Ready, Failure> {
    if let Some(recipe) = survey.recipe
        && let Some(unchanged) = staging.made_from(recipe.with(to_site).digest(), &[])?
    {
        return Ok(staging.as_it_was(unchanged));
    }
    Reporting::in_a_folder(survey, to_site)
        .put(|file| staging.put_streamed(&file.path, &file.write))?;
    Ok(staging.complete()?)
}

fn write_pages(
    pages: &Pages<'_>,
    renderer: &Renderer,
    staging: &write::Staging,
    progress: &(dyn Fn(Step) + Sync),
) -> Result<(), Failure> {
    pages.subjects().par_iter().try_for_each(|(url, subject)| {
        let html = renderer.render(&pages.page(url, *subject))?;
        staging.put(&Output {
            path: Arc::clone(url),
            content: Content::Bytes(Cow::Owned(html)),
        })?;
        progress(Step::Page);
        Ok(())
    })
}

/// Returns where one of the two outputs goes; `other` is where the other one does.
fn destination(request: &Request, folder: &Utf8Path, other: &Utf8Path) -> write::Destination {
    write::Destination {
        root: request.root.clone(),
        folder: folder.to_owned(),
        apart: [
            "modules".into(),
            "themes".into(),
            request.config.clone(),
            other.to_owned(),
        ]
        .into_iter()
        .collect(),
        survives: write::Survives::default(),
        interrupt: request.interrupt.clone(),
    }
}
