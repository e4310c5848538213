//! What a package is made of: which modules, for whom, and what becomes of links that lead out of it.

use crate::model::config::Edition;
use crate::model::curriculum::{Curriculum, ModuleId};
use crate::model::scope::{Beyond, Scope};

use super::format::Format;
use super::names::ascii;

/// Which modules a package holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Contents {
    /// One.
    Module(ModuleId),
    /// All of them, in one course.
    Whole,
}

impl Contents {
    /// Returns the modules.
    pub fn modules(self, curriculum: &Curriculum) -> Vec<ModuleId> {
        match self {
            Self::Module(id) => vec![id],
            Self::Whole => curriculum.numbered_modules().map(|(id, _)| id).collect(),
        }
    }

    /// Returns the name by which files and platforms know it.
    pub fn name(self, curriculum: &Curriculum) -> String {
        match self {
            Self::Module(id) => ascii(&curriculum.module(id).name).into_owned(),
            Self::Whole => "whole".into(),
        }
    }

    /// Returns the part of the site that it holds.
    pub fn scope(self, curriculum: &Curriculum, beyond: Beyond) -> Scope {
        Scope::package(curriculum, &self.modules(curriculum), beyond)
    }

    /// Returns the name of its ZIP. The facilitator edition has a name of its own, so that it never takes a learner's place.
    pub fn file_name(self, curriculum: &Curriculum, edition: Edition, format: Format) -> String {
        let edition = match edition {
            Edition::Learner => "",
            Edition::Facilitator => "-facilitator",
        };
        format!("{}{edition}-{}.zip", self.name(curriculum), format.name())
    }
}
