//! Writes the site and the reports of a survey, as far as they have changed.

use std::sync::Arc;

use camino::Utf8Path;
use rayon::prelude::*;

use super::clock::Clock;
use super::failure::Failure;
use super::outputs::{Outline, Outputs, Press, Reporting};
use super::request::{Reports, Request};
use super::survey::Survey;
use crate::model::Lesson;
use crate::model::output::Output;
use crate::model::scope::Scope;
use crate::model::site::{File, Thing};
use crate::stages::write;

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
    let folder = request.site_folder(&survey.setting.config);
    let reports_dir = request.reports_folder(&survey.setting.config);
    let site = destination(request, &folder, &reports_dir);
    let reports = destination(request, &reports_dir, &folder);
    let what = request.reports(&survey.setting.config);
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
    let outline = Outline::new(survey, Scope::Site);
    staging.made_from_pages(pages(survey));
    if let Some(recipe) = survey.recipe
        && let Some(unchanged) = staging.made_from(recipe.digest(), &outline.copies(survey))?
    {
        return Ok(staging.as_it_was(unchanged));
    }
    let is_page = |file: &&File| matches!(file.thing, Thing::Page(_));
    let pages = outline.files().iter().filter(is_page).count();
    progress(Step::Start(pages as u64));
    let press = Press::new(survey, &Scope::Site)?;
    let outputs = Outputs {
        survey,
        outline: &outline,
        press: &press,
    };
    outline.files().par_iter().try_for_each(|file| {
        if file.thing == Thing::Reports {
            Reporting::published(survey).put(|report| {
                staging.put_streamed(&format!("{}{}", file.url, report.path), &report.write)
            })?;
        }
        if let Some(content) = outputs.make(file)? {
            staging.put(&Output {
                path: Arc::clone(&file.url),
                content,
            })?;
        }
        if is_page(&file) {
            progress(Step::Page);
        }
        Ok::<_, Failure>(())
    })?;
    Ok(staging.complete()?)
}

/// Returns what each page means, where that is known.
fn pages(survey: &Survey) -> Vec<write::Page> {
    let lessons = survey.curriculum.documents.iter();
    let lessons = lessons.map(|document| &document.lesson);
    let page = |lesson: &Arc<Lesson>| Some((lesson.path.as_str().into(), lesson.meaning?.second));
    lessons.filter_map(page).collect()
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
