//! What stands in the way of packages: findings that only whoever packages needs.

use super::contents::Contents;
use super::course::Course;
use super::format::Format;
use super::gather::{course, questions};
use crate::model::curriculum::{DocumentId, Module, ModuleId};
use crate::model::practice::Question;
use crate::model::{Finding, Place, Rule};
use crate::pipeline::Survey;

/// Options of a question that SCORM 1.2 can tell apart: one letter or digit each.
const MOST_OPTIONS: u32 = 26;

/// Bytes of the largest file that PHP takes from a browser where nobody has set another limit.
const MOST_BYTES: usize = 2 << 20;

/// What is about to be packaged.
#[derive(Debug, Clone, Copy)]
pub struct Inspection<'s> {
    /// The curriculum.
    pub survey: &'s Survey,
    /// What the packages hold.
    pub contents: &'s [Contents],
    /// Their formats.
    pub formats: &'s [Format],
    /// The configuration's file, as findings name it.
    pub config: &'s str,
}

impl Inspection<'_> {
    /// Returns what is wrong with the packages before they are made.
    pub fn findings(&self) -> Vec<Finding> {
        let curriculum = &self.survey.curriculum;
        let settings = &self.survey.setting.settings;
        let mut findings = Vec::new();
        findings.extend(self.without_identifier());
        findings.extend(self.names());
        let mut modules: Vec<ModuleId> = Vec::new();
        for contents in self.contents {
            let course = course(curriculum, settings, *contents);
            findings.extend(self.without_room(*contents, &course));
            modules.extend(contents.modules(curriculum));
        }
        modules.sort_unstable();
        modules.dedup();
        for id in modules {
            self.inspect_module(curriculum.module(id), &mut findings);
        }
        findings
    }

    fn in_config(&self, rule: Rule, place: Place, message: String) -> Finding {
        Finding::new(rule, self.config, place, message)
    }

    fn without_identifier(&self) -> Option<Finding> {
        let packages = &self.survey.setting.config.packages;
        if packages.identifier.is_some() || !self.formats.contains(&Format::Cmi5) {
            return None;
        }
        let message =
            "cmi5 names a course and all that is in it by IRIs, and `identifier` is missing";
        let help = "write an address below one that you control, such as `identifier = \"https://example.org/training/\"`, below `[package]`";
        let finding = self.in_config(Rule::PackageSetting, packages.place, message.into());
        Some(finding.help(help))
    }

    /// Reports what gives files of a package names that are not ASCII and cannot be others there.
    fn names(&self) -> Vec<Finding> {
        let registers = &self.survey.curriculum.registers;
        let topics = registers.topics.iter().filter(|topic| !topic.id.is_ascii());
        let topics = topics.map(|topic| {
            let message = format!(
                "the page of the topic `{}` has a name that is not ASCII, which platforms garble",
                topic.id
            );
            let help = format!(
                "give it another id: `throughline rename topic {} ...`",
                topic.id
            );
            Finding::new(
                Rule::PackageName,
                "modules/topics.toml",
                topic.place,
                message,
            )
            .help(help)
        });
        let theme = &self.survey.setting.theme;
        let files = theme.files.keys().chain(theme.package.keys());
        let files = files.filter(|name| !name.is_ascii()).map(|name| {
            let message = format!(
                "the theme's file `{name}` has a name that is not ASCII, which platforms garble"
            );
            let help = "give it a name of English letters, digits and hyphens";
            self.in_config(Rule::PackageName, Place::START, message)
                .help(help)
        });
        topics.chain(files).collect()
    }

    /// Reports formats that cannot keep what a learner may do in a package.
    fn without_room(&self, contents: Contents, course: &Course) -> Vec<Finding> {
        let most = course.most_state();
        let formats = self.formats.iter().filter(|format| most > format.room());
        let what = match contents {
            Contents::Module(_) => {
                format!("the module `{}`", contents.name(&self.survey.curriculum))
            }
            Contents::Whole => "the whole curriculum".to_owned(),
        };
        let more = Format::ALL.iter().find(|format| most <= format.room());
        let formats = formats.map(|format| {
            let message = format!(
                "what a learner does in {what} takes up to {most} characters, and {} keeps {}",
                format.name(),
                format.room()
            );
            let help = match (contents, more) {
                (Contents::Whole, None) => "package single modules, without `--whole`".to_owned(),
                (Contents::Whole, Some(more)) => format!(
                    "package single modules, without `--whole`, or use `--format {}`",
                    more.name()
                ),
                (Contents::Module(_), Some(more)) => format!("use `--format {}`", more.name()),
                (Contents::Module(_), None) => "divide the module".to_owned(),
            };
            let finding = match contents {
                Contents::Module(id) => self.in_module(id, message),
                Contents::Whole => self.in_config(Rule::PackageState, Place::START, message),
            };
            finding.help(help)
        });
        formats.collect()
    }

    /// Returns a finding about a module, on its first page.
    fn in_module(&self, id: ModuleId, message: String) -> Finding {
        let curriculum = &self.survey.curriculum;
        let module = curriculum.module(id);
        let first = module.index.unwrap_or(DocumentId(module.documents.start));
        let file = curriculum.document(first).lesson.path.from_root();
        Finding::new(Rule::PackageState, file, Place::START, message)
    }

    fn inspect_module(&self, module: &Module, findings: &mut Vec<Finding>) {
        let mut count = 0;
        for id in module.documents.clone().map(DocumentId) {
            let lesson = &self.survey.curriculum.document(id).lesson;
            let file = lesson.path.from_root();
            for question in questions(lesson, self.survey.setting.settings.edition) {
                count += 1;
                findings.extend(without_id(file, question));
                findings.extend(with_many_options(file, question));
            }
        }
        let mastery = self.survey.setting.config.packages.mastery;
        if let Some(mastery) = mastery.filter(|_| count == 0) {
            let message = format!(
                "`mastery` is set, and the module `{}` has no question by which anybody could pass",
                module.name
            );
            let help = "ask a question in it, package the other modules with `--module`, or remove `mastery`";
            let finding = self.in_config(Rule::PackageSetting, mastery.place, message);
            findings.push(finding.help(help));
        }
    }
}

fn without_id(file: &str, question: Question<'_>) -> Option<Finding> {
    let block = question.block();
    if block.is_named {
        return None;
    }
    let message = "this question has no id of its own: when others come before it, platforms drop its answers";
    let help = "give it one that stays: `::: question {#its-id}`";
    Some(Finding::new(Rule::QuestionWithoutId, file, block.place, message).help(help))
}

fn with_many_options(file: &str, question: Question<'_>) -> Option<Finding> {
    let options = question.offers().count() as u32;
    if options <= MOST_OPTIONS {
        return None;
    }
    let message =
        format!("this question has {options} options, and platforms tell {MOST_OPTIONS} apart");
    let help = "ask several questions";
    let place = question.block().place;
    Some(Finding::new(Rule::PackageState, file, place, message).help(help))
}

/// Reports a package that is larger than what many platforms take.
pub fn too_large(file: &str, bytes: usize, config: &str) -> Option<Finding> {
    if bytes <= MOST_BYTES {
        return None;
    }
    let message = format!(
        "`{file}` has {:.1} MB, and many platforms take no file above 2 MB",
        bytes as f64 / f64::from(1 << 20)
    );
    let help = "package single modules, use `--beyond text` or `--beyond link`, or have the platform's limit raised (PHP: `upload_max_filesize`)";
    Some(Finding::new(Rule::PackageSize, config, Place::START, message).help(help))
}
