//! The stages up to the findings, one after the other.
//!
//! In: sources and a setting. Out: lessons, each from its own file alone; then a survey, for which they are held against each other. Reads no files.

use std::sync::Arc;

use camino::Utf8PathBuf;

use super::clock::Clock;
use super::recipe::Recipe;
use super::renames::{Since, Then};
use super::request::Request;
use super::setting::Setting;
use super::survey::Survey;
use crate::model::site::REPORTS_FOLDER;
use crate::model::sources::Sources;
use crate::model::{Finding, Staged};
use crate::stages::{cover, deal, link, parse, review, settle};

/// What a survey is made of.
#[derive(Debug, Clone)]
pub struct Read {
    /// The configuration, and what follows from it.
    pub setting: Setting,
    /// The files.
    pub sources: Sources,
    /// What was found wrong so far.
    pub findings: Vec<Finding>,
    /// What outputs are made from, where that was asked for.
    pub recipe: Option<Recipe>,
    /// How long that took.
    pub clock: Clock,
}

impl Read {
    /// Puts other sources in the place of those that were read; `renamed` says what a file is called there, by its path from the root.
    #[must_use]
    pub fn with(self, sources: Sources, renamed: &dyn Fn(&str) -> String) -> Self {
        let mut findings = self.findings;
        for finding in &mut findings {
            finding.file = renamed(&finding.file);
        }
        Self {
            sources,
            findings,
            ..self
        }
    }

    /// Finds out everything about what was read, or about other sources in its place.
    pub fn survey(self, request: &Request, recall: &parse::Recall<'_>) -> Survey {
        Groundwork::lay(self, recall).conclude(request, Beside::default())
    }
}

/// Everything that is known before the lessons are held against each other.
#[derive(Debug, Clone)]
pub struct Groundwork {
    /// The configuration, and what follows from it.
    pub setting: Setting,
    /// What the lessons were parsed with.
    pub context: Arc<parse::Context>,
    /// The lessons.
    pub lessons: parse::Lessons,
    /// What was found wrong so far, apart from what stands in the lessons.
    pub findings: Vec<Finding>,
    /// Where the links in the file system lead.
    pub links: Vec<Utf8PathBuf>,
    /// What outputs are made from, where that was asked for.
    pub recipe: Option<Recipe>,
    /// How long that took.
    pub clock: Clock,
}

/// What was found out about each lesson the last time, for runs that follow each other. It changes no result.
#[derive(Debug, Default)]
pub struct Memory {
    linking: link::Memory,
    reviewing: review::Memory,
}

/// What is known beside the files.
#[derive(Default)]
pub struct Beside<'b> {
    /// What was found out the last time.
    pub memory: Option<&'b mut Memory>,
    /// What stood there before; where that is not known, nobody is told what was renamed.
    pub(super) then: Option<Then<'b>>,
}

impl Groundwork {
    /// Parses everything, file by file.
    pub fn lay(read: Read, recall: &parse::Recall<'_>) -> Self {
        let Read {
            setting,
            mut sources,
            mut findings,
            recipe,
            mut clock,
        } = read;
        let Staged {
            value: registers,
            findings: in_registers,
        } = parse::registers(&sources.registers);
        findings.extend(in_registers);
        let context = parse::Context::new(
            Arc::new(registers),
            setting.settings.language.clone(),
            setting.config.raw_html,
        );
        let context = Arc::new(context.filled_in(std::mem::take(&mut sources.local)));
        findings.extend(parse::name_clashes(&context));
        let links = std::mem::take(&mut sources.links);
        let lessons = parse::parse(sources, &context, recall);
        clock.lap("parsing");
        Self {
            setting,
            context,
            lessons,
            findings,
            links,
            recipe,
            clock,
        }
    }

    /// Holds the lessons against each other: links, threads, coverage, and the findings that stand.
    pub fn conclude(self, request: &Request, beside: Beside<'_>) -> Survey {
        let (linking, reviewing) = beside.memory.map_or((None, None), |memory| {
            (Some(&mut memory.linking), Some(&mut memory.reviewing))
        });
        let Self {
            setting,
            context,
            lessons,
            mut findings,
            recipe,
            mut clock,
            ..
        } = self;
        findings.extend(parse::unused_fills(&context, &lessons));
        let since = beside.then;
        let since = since.map(|then| Since::new(then, &lessons.lessons, &context));
        let renames: &dyn link::Renames = match &since {
            Some(since) => since,
            None => &link::NoRenames,
        };
        let selection = link::Selection {
            drafts: request.drafts,
            edition: request.edition,
        };
        let linked = link::link(lessons, selection, renames, linking);
        findings.extend(linked.findings);
        let curriculum = linked.value;
        clock.lap("linking");
        findings.extend(link::among_theme_files(&curriculum, &setting.theme));
        if setting.config.publish_reports {
            findings.extend(link::among_reports(
                &curriculum,
                request.edition,
                REPORTS_FOLDER,
            ));
        }
        let coverage = cover::cover(&curriculum);
        let dealing = deal::deal(&curriculum, setting.config.order);
        let subject = review::Subject {
            curriculum: &curriculum,
            coverage: &coverage,
            dealing: &dealing,
            language: &setting.config.language,
            as_of: request.as_of,
        };
        findings.extend(review::review(&subject, reviewing));
        let config = request.config.file_name().unwrap_or("config.toml");
        let days = setting.config.days.iter();
        findings.extend(days.filter_map(|day| review::doubtful(day, config, request.as_of)));
        let findings = settle::settle(findings, &curriculum, &setting.config);
        clock.lap("reviewing");
        Survey {
            setting,
            curriculum,
            coverage,
            dealing,
            findings,
            recipe,
            clock,
        }
    }
}
