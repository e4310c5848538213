//! Why something is not moved.

use crate::model::nearness::did_you_mean;

/// Why something is not moved, and what helps. Nothing has been changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}{}", behind(.help))]
pub struct Refusal {
    what: String,
    help: Option<String>,
}

fn behind(help: &Option<String>) -> String {
    help.as_ref()
        .map_or_else(String::new, |help| format!("\n  help: {help}"))
}

impl Refusal {
    /// Says why.
    pub fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            help: None,
        }
    }

    /// Adds what helps.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the nearest of some names, where one is near.
    #[must_use]
    pub fn near<'n>(mut self, name: &str, names: impl Iterator<Item = &'n str>) -> Self {
        self.help = did_you_mean(name, names).or(self.help);
        self
    }
}
