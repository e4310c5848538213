//! One look at a curriculum on the disk.

use std::sync::Arc;

use super::clock::Clock;
use super::failure::Failure;
use super::groundwork::{Beside, Groundwork, Read};
use super::recipe::Recipe;
use super::renames::{Former, Then};
use super::request::{Local, Request};
use super::setting::Setting;
use super::survey::Survey;
use crate::model::Staged;
use crate::model::path::SourcePath;
use crate::model::sources::Document;
use crate::stages::{config, discover, parse, theme};

/// What is done with what a run finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// It is told.
    Telling,
    /// Outputs are made of it, unless those that are there were made from the same.
    Building,
}

/// One look at a curriculum. Writes nothing.
#[derive(Clone, Copy)]
pub struct Run<'r> {
    request: &'r Request,
    recall: &'r parse::Recall<'r>,
    purpose: Purpose,
}

impl<'r> Run<'r> {
    /// Looks at what a request names, and remembers nothing.
    pub fn of(request: &'r Request) -> Self {
        Self {
            request,
            recall: &parse::anew,
            purpose: Purpose::Telling,
        }
    }

    /// Digests what is read too, for a [`build`](super::build()) that need not make again what is there, and what each page means, which it notes.
    #[must_use]
    pub fn for_a_build(self) -> Self {
        Self {
            recall: &parse::for_sign_off,
            purpose: Purpose::Building,
            ..self
        }
    }

    /// Says how texts become lessons.
    #[must_use]
    pub fn parsing(self, recall: &'r parse::Recall<'r>) -> Self {
        Self { recall, ..self }
    }

    /// Reads what a survey is made of.
    ///
    /// # Errors
    ///
    /// When something that the tool needs cannot be read.
    pub fn read(self) -> Result<Read, Failure> {
        read(self.request)
    }

    /// Finds out everything about the curriculum.
    ///
    /// # Errors
    ///
    /// When something that the tool needs cannot be read.
    pub fn survey(self) -> Result<Survey, Failure> {
        let mut read = read(self.request)?;
        if self.purpose == Purpose::Building {
            let recipe = Recipe::new(&read.setting, self.request.drafts, &read.sources);
            read.recipe = Some(recipe);
        }
        let former = Former::of(self.request, &read.setting.config);
        let texts = |path: &SourcePath| text(self.request, path);
        let beside = Beside {
            memory: None,
            then: Some(Then {
                former: &former,
                texts: &texts,
            }),
        };
        Ok(Groundwork::lay(read, self.recall).conclude(self.request, beside))
    }
}

/// Returns the text of a page as it stands on the disk.
pub(super) fn text(request: &Request, path: &SourcePath) -> Option<Document> {
    let read = discover::reread(&request.root, path).ok().flatten();
    read.map(|read| read.value)
}

/// Reads what stands on the disk.
///
/// # Errors
///
/// When something that the tool needs cannot be read.
pub(super) fn read(request: &Request) -> Result<Read, Failure> {
    let mut clock = Clock::start();
    let Staged {
        value: config,
        mut findings,
    } = config::read(&request.config)?;
    let Staged {
        value: mut theme,
        findings: in_theme,
    } = theme::theme(&request.root, &config.theme)?;
    findings.extend(in_theme);
    theme::wear(&mut theme, &request.root, &config.site)?;
    let mut sources = discover::discover(&request.root)?;
    findings.extend(sources.findings);
    if request.local == Local::FilledIn {
        let local = discover::local(&request.root)?;
        sources.value.local = local.value;
        findings.extend(local.findings);
    }
    clock.lap("reading");
    Ok(Read {
        setting: Setting::new(config, Arc::new(theme), request),
        sources: sources.value,
        findings,
        recipe: None,
        clock,
    })
}
