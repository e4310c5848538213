//! Runs the stages in their order: `survey` up to the findings, `build` to the written site.

use std::borrow::Cow;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;
use rayon::prelude::*;

use crate::model::config::{Config, Edition};
use crate::model::coverage::Coverage;
use crate::model::curriculum::{Curriculum, ModuleId, Role};
use crate::model::output::{Content, Output};
use crate::model::page::Fields;
use crate::model::registers::Signpost;
use crate::model::theme::{Strings, Theme};
use crate::model::{Finding, Severity, Staged};
use crate::report::Basis;
use crate::report::html::{Around, Lists, Places, Reports};
use crate::stages::link::Drafts;
use crate::stages::plan::{Cards, Pages, Settings, Subject};
use crate::stages::render::{RenderError, Renderer};
use crate::stages::{config, cover, discover, link, parse, plan, review, settle, theme, write};

/// What a run was asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// The folder with `config.toml`, `modules/` and `themes/`.
    pub root: Utf8PathBuf,
    /// The configuration file.
    pub config: Utf8PathBuf,
    /// Output folder instead of the configured one.
    pub output: Option<Utf8PathBuf>,
    /// Address instead of the configured one.
    pub base_url: Option<String>,
    /// The edition.
    pub edition: Edition,
    /// Whether drafts are built.
    pub drafts: Drafts,
    /// What counts as today.
    pub as_of: Date,
}

/// Why the tool could not work. Faults of the content are findings, not failures.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] config::ConfigError),
    /// The sources.
    #[error(transparent)]
    Discover(#[from] discover::DiscoverError),
    /// The theme.
    #[error(transparent)]
    Theme(#[from] theme::ThemeError),
    /// A template.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The output.
    #[error(transparent)]
    Write(#[from] write::WriteError),
}

/// A curriculum with everything that was found out about it.
#[derive(Debug)]
pub struct Survey {
    /// The configuration.
    pub config: Config,
    /// What the site is called and how it is built.
    pub settings: Settings,
    /// The theme.
    pub theme: Theme,
    /// The graph.
    pub curriculum: Curriculum,
    /// Topics against modules.
    pub coverage: Coverage,
    /// The findings that stand, in reading order.
    pub findings: Vec<Finding>,
}

impl Survey {
    /// Returns what reports are made from.
    pub fn basis(&self) -> Basis<'_> {
        Basis {
            curriculum: &self.curriculum,
            coverage: &self.coverage,
            findings: &self.findings,
            as_of: self.settings.as_of,
            edition: Edition::Facilitator,
        }
    }

    /// Returns how many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    }

    /// Returns how many lessons the curriculum has.
    pub fn lessons(&self) -> usize {
        self.curriculum
            .documents
            .iter()
            .filter(|document| document.role == Role::Lesson)
            .count()
    }
}

/// What a build did.
#[derive(Debug)]
pub struct Built {
    /// What became of the output folder.
    pub written: write::Written,
    /// Whether the reports were written too.
    pub reports: bool,
}

/// Everything that is known before the lessons are held against each other.
#[derive(Debug, Clone)]
pub struct Groundwork {
    /// The configuration.
    pub config: Config,
    /// What the site is called and how it is built.
    pub settings: Settings,
    /// The theme.
    pub theme: Theme,
    /// What the lessons were parsed with.
    pub context: Arc<parse::Context>,
    /// The lessons.
    pub lessons: parse::Lessons,
    /// What was found wrong so far, apart from what stands in the lessons.
    pub findings: Vec<Finding>,
    /// How many links in the file system were followed.
    pub links: usize,
}

/// What was found out about each lesson the last time, for runs that follow each other. It changes no result.
#[derive(Debug, Default)]
pub struct Memory {
    linking: link::Memory,
    reviewing: review::Memory,
}

/// Reads a curriculum and finds out everything about it. Writes nothing.
///
/// # Errors
///
/// When something that the tool needs cannot be read.
pub fn survey(request: &Request) -> Result<Survey, Failure> {
    Ok(conclude(prepare(request, &parse::anew)?, request, None))
}

/// Reads and parses a curriculum: all that touches the disk, and all that is done file by file.
///
/// # Errors
///
/// When something that the tool needs cannot be read.
pub fn prepare(request: &Request, recall: &parse::Recall<'_>) -> Result<Groundwork, Failure> {
    let Staged {
        value: config,
        mut findings,
    } = config::read(&request.config)?;
    let settings = settings(&config, request);
    let theme = theme::theme(&request.root, &config.theme)?;
    let sources = discover::discover(&request.root)?;
    findings.extend(sources.findings);
    let sources = sources.value;
    let registers = parse::registers(&sources.registers);
    findings.extend(registers.findings);
    let context = Arc::new(parse::Context::new(
        Arc::new(registers.value),
        theme.strings.clone(),
        request.edition,
        config.raw_html,
    ));
    let links = sources.links;
    let lessons = parse::parse(sources, &context, recall);
    Ok(Groundwork {
        config,
        settings,
        theme,
        context,
        lessons,
        findings,
        links,
    })
}

/// Holds the lessons against each other: links, threads, coverage, and the findings that stand.
pub fn conclude(groundwork: Groundwork, request: &Request, memory: Option<&mut Memory>) -> Survey {
    let (linking, reviewing) = memory.map_or((None, None), |memory| {
        (Some(&mut memory.linking), Some(&mut memory.reviewing))
    });
    let Groundwork {
        config,
        settings,
        theme,
        lessons,
        mut findings,
        ..
    } = groundwork;
    let linked = link::link(lessons, request.drafts, linking);
    findings.extend(linked.findings);
    let curriculum = linked.value;
    let coverage = cover::cover(&curriculum);
    findings.extend(review::review(
        &curriculum,
        &coverage,
        request.as_of,
        reviewing,
    ));
    let findings = settle::settle(findings, &curriculum, &config);
    Survey {
        config,
        settings,
        theme,
        curriculum,
        coverage,
        findings,
    }
}

fn settings(config: &Config, request: &Request) -> Settings {
    Settings {
        title: config.title.clone(),
        description: config.description.clone(),
        language: config.language.clone(),
        base_url: request
            .base_url
            .clone()
            .map_or_else(|| config.base_url.clone(), config::base_url),
        edition: request.edition,
        search: config.search,
        print: config.print,
        accessibility: config.accessibility.clone(),
        as_of: request.as_of,
    }
}

/// Writes the site and the reports of a survey.
///
/// # Errors
///
/// When a template fails or the output cannot be written; the former site stays.
pub fn build(
    request: &Request,
    survey: &Survey,
    progress: &(dyn Fn(Step) + Sync),
) -> Result<Built, Failure> {
    let site = site_folder(request, survey);
    let reports = reports_folder(request, survey);
    write::check(&site)?;
    if survey.config.reports {
        write::check(&reports)?;
    }
    let renderer = Renderer::new(&survey.theme, &survey.settings)?;
    let cards = cards(survey, &renderer)?;
    let subjects = plan::subjects(&survey.curriculum, &survey.settings);
    let pages = pages(survey, &cards, &subjects);
    let staging = write::Staging::begin(&site)?;
    progress(Step::Start(pages.subjects().len() as u64));
    let (rendered, copied) = rayon::join(
        || write_pages(&pages, &renderer, &staging, progress),
        || {
            others(survey, &pages)
                .par_iter()
                .try_for_each(|output| staging.put(output))
        },
    );
    rendered?;
    copied?;
    if survey.config.publish_reports {
        put_reports(survey, &published(survey), "../", |output| {
            let path = format!("reports/{}", output.path).into();
            staging.put(&Output { path, ..output })
        })?;
    }
    let written = staging.finish()?;
    if survey.config.reports {
        let to_site = write::link_between(&reports, &site)?;
        let staging = write::Staging::begin(&reports)?;
        put_reports(survey, &survey.basis(), &to_site, |output| {
            staging.put(&output)
        })?;
        staging.finish()?;
    }
    progress(Step::End);
    Ok(Built {
        written,
        reports: survey.config.reports,
    })
}

/// Makes the files of the reports, as many at once as there are cores, and gives each away as soon as it is made; `to_site` leads from them to
/// the top of the site.
fn put_reports<E: Send>(
    survey: &Survey,
    basis: &Basis<'_>,
    to_site: &str,
    put: impl Fn(Output) -> Result<(), E> + Sync,
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
    files.par_iter().try_for_each(|make| put(make()))
}

/// Returns what the reports that are published with the site are made from: what its edition shows.
fn published(survey: &Survey) -> Basis<'_> {
    Basis {
        edition: survey.settings.edition,
        ..survey.basis()
    }
}

/// Plans the pages of a survey.
pub fn pages<'s>(
    survey: &'s Survey,
    cards: &'s Cards,
    subjects: &'s [(Arc<str>, Subject)],
) -> Pages<'s> {
    Pages {
        curriculum: &survey.curriculum,
        coverage: &survey.coverage,
        settings: &survey.settings,
        strings: &survey.theme.strings,
        cards,
        subjects,
    }
}

/// Makes the reports that are published with the site.
pub fn published_reports(survey: &Survey) -> Vec<Output> {
    all_reports(survey, &published(survey), "../")
}

/// Makes the reports; `to_site` leads from them to the top of the site.
pub fn reports(survey: &Survey, to_site: &str) -> Vec<Output> {
    all_reports(survey, &survey.basis(), to_site)
}

fn all_reports(survey: &Survey, basis: &Basis<'_>, to_site: &str) -> Vec<Output> {
    let made = Mutex::new(Vec::new());
    let put = |output| {
        made.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(output);
        Ok::<_, Infallible>(())
    };
    match put_reports(survey, basis, to_site, put) {
        Ok(()) => made.into_inner().unwrap_or_else(PoisonError::into_inner),
        Err(never) => match never {},
    }
}

/// How far a build has come.
#[derive(Debug, Clone, Copy)]
pub enum Step {
    /// So many pages are to come.
    Start(u64),
    /// One page is done.
    Page,
    /// All is written.
    End,
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

/// Returns the files of the site that are not pages.
pub fn others(survey: &Survey, pages: &Pages<'_>) -> Vec<Output> {
    let mut outputs: Vec<Output> = survey
        .theme
        .files
        .iter()
        .map(|(path, bytes)| Output {
            path: format!("assets/{path}").into(),
            content: Content::Bytes(bytes.clone()),
        })
        .collect();
    for placed in survey.curriculum.assets.iter().filter(|placed| placed.used) {
        outputs.push(Output {
            path: Arc::clone(&placed.url),
            content: Content::Copy(placed.asset.path.from_root()),
        });
    }
    let mut text = |path: String, text: String| {
        outputs.push(Output {
            path: path.into(),
            content: Content::Bytes(Cow::Owned(text.into_bytes())),
        });
    };
    if let Some(sitemap) = pages.sitemap() {
        text("sitemap.xml".into(), sitemap);
    }
    if survey.settings.search {
        text("search/index.js".into(), pages.search_manifest());
        let scripts: Vec<(String, String)> = (0..survey.curriculum.modules.len() as u32)
            .into_par_iter()
            .map(|index| pages.search_file(ModuleId(index)))
            .collect();
        for (path, js) in scripts {
            text(path, js);
        }
    }
    outputs
}

/// Renders the card of every signpost, once for all pages.
///
/// # Errors
///
/// When the card's template fails.
pub fn cards(survey: &Survey, renderer: &Renderer) -> Result<Cards, RenderError> {
    let mut cards = Cards::default();
    for signpost in &survey.curriculum.registers.signposts {
        for (level, list) in [(3, &mut cards.in_lessons), (2, &mut cards.in_directory)] {
            let fields = card(
                signpost,
                level,
                survey.settings.as_of,
                &survey.theme.strings,
            );
            list.push(renderer.fragment("signpost.html", "signpost", &fields)?);
        }
    }
    Ok(cards)
}

fn card(signpost: &Signpost, level: u64, as_of: Date, strings: &Strings) -> Fields {
    plan::signpost_fields(signpost, level, as_of, strings)
}

fn site_folder(request: &Request, survey: &Survey) -> write::Destination {
    let folder = request
        .output
        .clone()
        .unwrap_or_else(|| survey.config.output_dir.as_str().into());
    destination(request, folder, &survey.config.reports_dir)
}

fn reports_folder(request: &Request, survey: &Survey) -> write::Destination {
    let other = request
        .output
        .clone()
        .unwrap_or_else(|| survey.config.output_dir.as_str().into());
    destination(
        request,
        survey.config.reports_dir.as_str().into(),
        other.as_str(),
    )
}

fn destination(request: &Request, folder: Utf8PathBuf, other: &str) -> write::Destination {
    write::Destination {
        root: request.root.clone(),
        folder,
        apart: [
            "modules".into(),
            "themes".into(),
            request.config.clone(),
            Utf8Path::new(other).to_owned(),
        ]
        .into_iter()
        .collect(),
        survives: write::Survives::default(),
    }
}
