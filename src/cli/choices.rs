//! Options whose value is one of a few names: each list of names is one table, for parsing, the help, completions and the message about another.

use std::ffi::OsStr;
use std::marker::PhantomData;

use clap::builder::{NonEmptyStringValueParser, PossibleValue, TypedValueParser};
use clap::{Arg, Command, Error};

use crate::model::config::Edition;
use crate::model::lesson::NamedKind;
use crate::model::nearness::did_you_mean;
use crate::package;
use crate::report::findings;
use crate::report::list::Name;
use crate::report::write::Format;

/// What is chosen by name.
pub trait Choice: Copy + Send + Sync + 'static {
    /// What the names are names of: "formats".
    const WHAT: &'static str;

    /// Returns every choice with its name, and what the help says of it.
    fn all() -> Vec<(&'static str, Self, &'static str)>;

    /// Returns what to write instead of a name that people know from elsewhere.
    fn instead(_name: &str) -> Option<&'static str> {
        None
    }
}

/// Reads the name of a choice.
#[derive(Debug, Clone)]
pub struct ByName<C>(PhantomData<C>);

/// Returns what reads the name of a choice.
pub const fn by_name<C: Choice>() -> ByName<C> {
    ByName(PhantomData)
}

impl<C: Choice> TypedValueParser for ByName<C> {
    type Value = C;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<C, Error> {
        let named = |name: String| {
            let all = C::all();
            let found = all.iter().find(|(known, ..)| *known == name);
            found.map(|(_, choice, _)| *choice).ok_or_else(|| {
                let names: Vec<&str> = all.iter().map(|(name, ..)| *name).collect();
                let instead = C::instead(&name).map(ToOwned::to_owned);
                let help = instead.or_else(|| did_you_mean(&name, names.iter().copied()));
                let help = help.map_or_else(String::new, |help| format!("\n  help: {help}"));
                format!("{} are {}{help}", C::WHAT, names.join(", "))
            })
        };
        let parser = NonEmptyStringValueParser::new().try_map(named);
        parser.parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let values = C::all().into_iter();
        Some(Box::new(
            values.map(|(name, _, help)| PossibleValue::new(name).help(help)),
        ))
    }
}

impl Choice for NamedKind {
    const WHAT: &'static str = "kinds";

    fn all() -> Vec<(&'static str, Self, &'static str)> {
        vec![
            ("topic", Self::Topic, "A topic of modules/topics.toml"),
            (
                "signpost",
                Self::Signpost,
                "A support service of modules/signposts.toml",
            ),
            ("claim", Self::Claim, "A claim of modules/commitments.toml"),
        ]
    }
}

impl Choice for Edition {
    const WHAT: &'static str = "editions";

    fn all() -> Vec<(&'static str, Self, &'static str)> {
        vec![
            (
                "learner",
                Self::Learner,
                "Everything but the facilitator's notes",
            ),
            (
                "facilitator",
                Self::Facilitator,
                "With facilitator notes, timings and model answers",
            ),
        ]
    }
}

impl Choice for package::Format {
    const WHAT: &'static str = "formats";

    fn all() -> Vec<(&'static str, Self, &'static str)> {
        vec![
            (
                "scorm12",
                Self::Scorm12,
                "SCORM 1.2, which every platform plays",
            ),
            ("scorm2004", Self::Scorm2004, "SCORM 2004, 4th edition"),
            (
                "cmi5",
                Self::Cmi5,
                "cmi5, for platforms with a store of records (LRS)",
            ),
        ]
    }

    fn instead(name: &str) -> Option<&'static str> {
        let is_xapi = ["xapi", "tincan", "tin-can"].contains(&&*name.to_ascii_lowercase());
        is_xapi.then_some("packages of xAPI alone (Tin Can) have given way to cmi5, which is xAPI: write `--format cmi5`")
    }
}

impl Choice for findings::Format {
    const WHAT: &'static str = "formats";

    fn all() -> Vec<(&'static str, Self, &'static str)> {
        vec![
            ("human", Self::Human, "For people at a terminal"),
            ("json", Self::Json, "For programs"),
            ("sarif", Self::Sarif, "For code scanning and editors"),
            ("junit", Self::Junit, "For systems that show test results"),
            ("github", Self::Github, "For GitHub Actions"),
        ]
    }
}

impl Choice for Format {
    const WHAT: &'static str = "formats";

    fn all() -> Vec<(&'static str, Self, &'static str)> {
        vec![
            ("table", Self::Table, "For people at a terminal"),
            ("json", Self::Json, "For programs"),
            ("csv", Self::Csv, "For spreadsheets"),
            (
                "html",
                Self::Html,
                "For browsers: one page that needs no other file",
            ),
            (
                "markdown",
                Self::Markdown,
                "For a mail, or a comment on a change",
            ),
        ]
    }
}

impl Choice for Name {
    const WHAT: &'static str = "reports";

    fn all() -> Vec<(&'static str, Self, &'static str)> {
        let all = Self::ALL.iter();
        all.map(|name| (name.id(), *name, name.about())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_name_is_answered_with_all_names() {
        let command = Command::new("throughline");
        let read = |name: &str| {
            by_name::<Format>()
                .parse_ref(&command, None, OsStr::new(name))
                .map_err(|error| error.to_string())
        };
        assert_eq!(read("csv"), Ok(Format::Csv));
        for name in ["yaml", "CSV", "", "table,csv"] {
            let refused = read(name).expect_err(name);
            assert!(
                name.is_empty() || refused.contains("formats are table, json, csv, html, markdown"),
                "{name}: {refused}"
            );
        }
    }
}
