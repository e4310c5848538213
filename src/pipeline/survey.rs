//! A curriculum with everything that was found out about it.

use super::clock::Clock;
use super::recipe::Recipe;
use super::setting::Setting;
use crate::model::config::Edition;
use crate::model::coverage::Coverage;
use crate::model::curriculum::{Curriculum, Role};
use crate::model::dealing::Dealing;
use crate::model::listing::Features;
use crate::model::{Finding, Severity};
use crate::report::basis::Basis;

/// A curriculum with everything that was found out about it.
#[derive(Debug, Clone)]
pub struct Survey {
    /// The configuration, and what follows from it.
    pub setting: Setting,
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
            language: &self.setting.settings.language,
            dealing: &self.dealing,
            findings: &self.findings,
            as_of: self.setting.settings.as_of,
            edition: Edition::Facilitator,
        }
    }

    /// Returns what decides which files its outputs have.
    pub fn features(&self) -> Features {
        Features {
            edition: self.setting.settings.edition,
            facilitators: self.setting.settings.edition == Edition::Facilitator,
            search: self.setting.settings.search,
            print: self.setting.settings.print,
            // What facilitators know is not for those who search.
            sitemap: self.setting.settings.base_url.is_some()
                && self.setting.settings.edition == Edition::Learner,
            reports: self.setting.config.publish_reports,
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
