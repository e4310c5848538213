//! Runs the stages in their order: `survey` up to the findings, `build` to the written site.

mod build;
mod clock;
mod earlier;
mod outputs;
mod recipe;

use std::sync::Arc;

use camino::Utf8PathBuf;
use jiff::civil::Date;

use crate::language::Language;
use crate::model::address::Address;
use crate::model::config::{Config, Edition};
use crate::model::coverage::Coverage;
use crate::model::curriculum::{Curriculum, Role};
use crate::model::dealing::Dealing;
use crate::model::listing::Features;
use crate::model::site::REPORTS_FOLDER;
use crate::model::sources::Sources;
use crate::model::theme::Theme;
use crate::model::{Finding, Severity, Staged};
use crate::report::basis::Basis;
use crate::stages::link::Drafts;
use crate::stages::plan::Settings;
use crate::stages::render::RenderError;
use crate::stages::write::Interrupt;
use crate::stages::{config, cover, deal, discover, link, parse, review, settle, theme, write};

pub use build::{Built, Step, build};
pub use clock::Clock;
pub use earlier::{Earlier, at_revision, in_folder};
pub use outputs::{Outline, Outputs, Press, around, other, published_reports, reports};
pub use recipe::Recipe;

/// What a run was asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// The folder with `config.toml`, `modules/` and `themes/`.
    pub root: Utf8PathBuf,
    /// The configuration file.
    pub config: Utf8PathBuf,
    /// Output folder instead of the configured one.
    pub output: Option<Utf8PathBuf>,
    /// Where the reports go.
    pub reports_to: ReportsTo,
    /// Address instead of the configured one.
    pub base_url: Option<Address>,
    /// The edition.
    pub edition: Edition,
    /// Whether drafts are built.
    pub drafts: Drafts,
    /// What counts as today.
    pub as_of: Date,
    /// Whether somebody wants a build to end.
    pub interrupt: Interrupt,
}

/// Where a build writes the reports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ReportsTo {
    /// Into the configured folder, with the configured site.
    #[default]
    Usual,
    /// Into this folder, wherever the site goes.
    Folder(Utf8PathBuf),
    /// Nowhere.
    Nowhere,
}

impl Request {
    /// Asks for the learner edition of the curriculum in a folder, with all as its `config.toml` has it and without drafts.
    pub fn new(root: Utf8PathBuf, as_of: Date) -> Self {
        Self {
            config: root.join("config.toml"),
            root,
            output: None,
            reports_to: ReportsTo::default(),
            base_url: None,
            edition: Edition::Learner,
            drafts: Drafts::LeaveOut,
            as_of,
            interrupt: Interrupt::default(),
        }
    }

    /// Returns the site's folder: the one that was asked for, or the configured one.
    pub fn site_folder(&self, config: &Config) -> Utf8PathBuf {
        self.output
            .clone()
            .unwrap_or_else(|| config.output_dir.as_str().into())
    }

    /// Returns the reports' folder: the one that was asked for, or the configured one.
    pub fn reports_folder(&self, config: &Config) -> Utf8PathBuf {
        match &self.reports_to {
            ReportsTo::Folder(folder) => folder.clone(),
            ReportsTo::Usual | ReportsTo::Nowhere => config.reports_dir.as_str().into(),
        }
    }

    /// Returns what becomes of the reports.
    ///
    /// They lead to the configured site: a site that goes elsewhere, or is for others, must not turn their links to it, unless they are asked for too.
    pub fn reports(&self, config: &Config) -> Reports {
        match self.reports_to {
            ReportsTo::Folder(_) => return Reports::Written,
            ReportsTo::Nowhere => return Reports::Off,
            ReportsTo::Usual => {}
        }
        let configured = self.root.join(&config.output_dir);
        if !config.reports {
            Reports::Off
        } else if self.root.join(self.site_folder(config)) == configured {
            Reports::Written
        } else {
            Reports::LeftAlone
        }
    }
}

/// What a build does with the reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reports {
    /// It writes them.
    Written,
    /// It leaves them as they are, since its site is not the one that they lead to.
    LeftAlone,
    /// The curriculum wants none.
    Off,
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
    /// Which option stands at whose place.
    pub dealing: Dealing,
    /// The findings that stand, in reading order.
    pub findings: Vec<Finding>,
    /// What the outputs are made from, where that was asked for.
    pub recipe: Option<Recipe>,
    /// How long that took.
    pub clock: Clock,
}

impl Survey {
    /// Returns what reports are made from.
    pub fn basis(&self) -> Basis<'_> {
        Basis {
            curriculum: &self.curriculum,
            coverage: &self.coverage,
            language: &self.settings.language,
            dealing: &self.dealing,
            findings: &self.findings,
            as_of: self.settings.as_of,
            edition: Edition::Facilitator,
        }
    }

    /// Returns what decides which files its outputs have.
    pub fn features(&self) -> Features {
        Features {
            edition: self.settings.edition,
            search: self.settings.search,
            print: self.settings.print,
            sitemap: self.settings.base_url.is_some(),
            reports: self.config.publish_reports,
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
    /// How long that took.
    pub clock: Clock,
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

/// Does what [`survey`] does, and digests what was read: for a [`build`] that need not make again what is there.
///
/// # Errors
///
/// When something that the tool needs cannot be read.
pub fn survey_for_build(request: &Request) -> Result<Survey, Failure> {
    let read = read(request)?;
    let recipe = Recipe::new(
        &read.config,
        &read.settings,
        request.drafts,
        &read.theme,
        &read.sources,
    );
    let groundwork = parse_all(read, &parse::anew);
    Ok(Survey {
        recipe: Some(recipe),
        ..conclude(groundwork, request, None)
    })
}

/// Reads and parses a curriculum: all that touches the disk, and all that is done file by file.
///
/// # Errors
///
/// When something that the tool needs cannot be read.
pub fn prepare(request: &Request, recall: &parse::Recall<'_>) -> Result<Groundwork, Failure> {
    Ok(parse_all(read(request)?, recall))
}

/// What stands on the disk.
struct Read {
    config: Config,
    settings: Settings,
    theme: Theme,
    sources: Sources,
    findings: Vec<Finding>,
    clock: Clock,
}

fn read(request: &Request) -> Result<Read, Failure> {
    let mut clock = Clock::start();
    let Staged {
        value: config,
        mut findings,
    } = config::read(&request.config)?;
    let settings = settings(&config, request);
    let theme = theme::theme(&request.root, &config.theme)?;
    let sources = discover::discover(&request.root)?;
    findings.extend(sources.findings);
    clock.lap("reading");
    Ok(Read {
        config,
        settings,
        theme,
        sources: sources.value,
        findings,
        clock,
    })
}

fn parse_all(read: Read, recall: &parse::Recall<'_>) -> Groundwork {
    let Read {
        config,
        settings,
        theme,
        sources,
        mut findings,
        mut clock,
    } = read;
    let registers = parse::registers(&sources.registers);
    findings.extend(registers.findings);
    let context = Arc::new(parse::Context::new(
        Arc::new(registers.value),
        settings.language.clone(),
        config.raw_html,
    ));
    findings.extend(parse::name_clashes(&context));
    let links = sources.links;
    let lessons = parse::parse(sources, &context, recall);
    clock.lap("parsing");
    Groundwork {
        config,
        settings,
        theme,
        context,
        lessons,
        findings,
        links,
        clock,
    }
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
        mut clock,
        ..
    } = groundwork;
    let linked = link::link(lessons, request.drafts, request.edition, linking);
    findings.extend(linked.findings);
    let curriculum = linked.value;
    clock.lap("linking");
    findings.extend(link::among_theme_files(&curriculum, &theme));
    if config.publish_reports {
        findings.extend(link::among_reports(
            &curriculum,
            request.edition,
            REPORTS_FOLDER,
        ));
    }
    let coverage = cover::cover(&curriculum);
    let dealing = deal::deal(&curriculum, config.order);
    let subject = review::Subject {
        curriculum: &curriculum,
        coverage: &coverage,
        dealing: &dealing,
        as_of: request.as_of,
    };
    findings.extend(review::review(&subject, reviewing));
    let findings = settle::settle(findings, &curriculum, &config);
    clock.lap("reviewing");
    Survey {
        config,
        settings,
        theme,
        curriculum,
        coverage,
        dealing,
        findings,
        recipe: None,
        clock,
    }
}

fn settings(config: &Config, request: &Request) -> Settings {
    Settings {
        title: config.title.clone(),
        description: config.description.clone(),
        language: Language::of(&config.language),
        base_url: request.base_url.clone().or_else(|| config.base_url.clone()),
        edition: request.edition,
        search: config.search,
        print: config.print,
        accessibility: config.accessibility.clone(),
        as_of: request.as_of,
    }
}
