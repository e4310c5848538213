//! Finds how pages read when somebody signed them off: in the newest revision that git has of them in which they mean what was signed off.
//!
//! In: a survey. Out: the pages that have changed since, then and now. Where no page has, git is not asked at all.

use std::collections::HashSet;
use std::sync::Arc;

use super::survey::Survey;
use crate::history::{Blobs, GitError, Repository};
use crate::model::path::SourcePath;
use crate::model::review::{ReviewState, SignOff};
use crate::model::sources::Document;
use crate::model::{Lesson, Registers};
use crate::report::approved::{AsApproved, Then};
use crate::report::snapshot::{Section, about, sections_signed};
use crate::stages::parse::{self, Context, Scratch};
use crate::stages::review::sign_off::states;

/// Returns every page that has changed since it was signed off, in reading order.
pub fn as_approved(survey: &Survey) -> Vec<AsApproved> {
    let curriculum = &survey.curriculum;
    let suspect = states(curriculum)
        .into_iter()
        .filter_map(|(id, state)| match state {
            ReviewState::Suspect(sign_off, _) => Some((&curriculum.document(id).lesson, sign_off)),
            _ => None,
        });
    let suspect: Vec<_> = suspect.collect();
    if suspect.is_empty() {
        return Vec::new();
    }
    let mut past = Past::open(survey);
    let page = |(lesson, sign_off): (&Arc<Lesson>, &SignOff)| AsApproved {
        path: sign_off.path.clone(),
        then: match &mut past {
            Ok(past) => past
                .then(sign_off)
                .unwrap_or_else(|error| Err(told(&error))),
            Err(error) => Err(told(error)),
        },
        now: owned(lesson, &curriculum.registers),
    };
    suspect.into_iter().map(page).collect()
}

/// Returns the first line of an error: what to do about it is for a command line.
fn told(error: &GitError) -> String {
    let text = error.to_string();
    text.lines().next().unwrap_or_default().to_owned()
}

/// What git has, and what it takes to read lessons of it.
struct Past {
    repository: Repository,
    blobs: Blobs,
    context: Context,
    scratch: Scratch,
}

impl Past {
    fn open(survey: &Survey) -> Result<Self, GitError> {
        let repository = Repository::around(&survey.setting.root)?;
        Ok(Self {
            blobs: repository.blobs()?,
            repository,
            context: Context::new(
                Arc::clone(&survey.curriculum.registers),
                survey.setting.settings.language.clone(),
                survey.setting.config.raw_html,
            ),
            scratch: Scratch::default(),
        })
    }

    /// Returns how a page read when it was signed off, or why that cannot be told.
    fn then(&mut self, sign_off: &SignOff) -> Result<Result<Then, String>, GitError> {
        let from_root = format!("modules/{}", sign_off.path);
        let file = self.repository.path(&from_root);
        let mut seen = HashSet::new();
        for commit in self.repository.commits_of(&from_root)? {
            let Some(bytes) = self.blobs.read(&format!("{}:{file}", commit.id))? else {
                continue;
            };
            if !seen.insert(blake3::hash(&bytes)) {
                continue;
            }
            let Ok(text) = String::from_utf8(bytes) else {
                continue;
            };
            let document = Document {
                path: SourcePath::new(&sign_off.path),
                text: text.trim_start_matches('\u{feff}').into(),
            };
            let lesson = parse::for_sign_off(&document, &self.context, &mut self.scratch);
            if lesson
                .meaning
                .is_some_and(|words| sign_off.fingerprint.is_of(words))
            {
                return Ok(Ok(Then {
                    revision: commit.short().to_owned(),
                    day: commit.day,
                    sections: owned(&lesson, &self.context.registers),
                }));
            }
        }
        let reason = if self.repository.is_shallow() {
            "this clone has only its last commits, and none of them reads as it was signed off (`git fetch --unshallow`, or `fetch-depth: 0`)"
        } else {
            "no revision that git has reads as it was signed off"
        };
        Ok(Err(reason.to_owned()))
    }
}

fn owned(lesson: &Lesson, registers: &Registers) -> Vec<Section<'static>> {
    let mut all = vec![about(&lesson.front)];
    all.extend(
        sections_signed(lesson, registers)
            .into_iter()
            .map(Section::into_owned),
    );
    all
}
