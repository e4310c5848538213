//! Reads from the graph what a package records.

use std::collections::BTreeSet;

use super::contents::Contents;
use super::course::{Course, LessonEntry, ModuleEntry, QuestionEntry, ScenarioEntry, TopicEntry};
use super::keys::{Keys, digest, mark};
use super::names::ascii;
use super::plain::{plain, shortened};
use crate::model::config::Edition;
use crate::model::curriculum::{Curriculum, Document, DocumentId, Module, Role};
use crate::model::lesson::{Block, Lesson};
use crate::model::practice::{Question, Scenario};
use crate::model::registers::TopicId;
use crate::model::site::HOME;
use crate::model::stretches::Part;
use crate::stages::plan::Settings;

/// The folder of the site's pages in a package, with its final `/`.
pub const SITE: &str = "site/";

/// Characters of the longest text of a question that a platform is told.
const LONGEST_STEM: usize = 500;

/// Characters of the longest id of a question; SCORM 1.2 allows 255.
const LONGEST_ID: usize = 200;

/// Returns the questions of a lesson that an edition shows and that can be answered.
pub fn questions(lesson: &Lesson, edition: Edition) -> impl Iterator<Item = Question<'_>> {
    let all = lesson.questions();
    let shown = all.filter(move |question| question.block().audience.is_in(edition));
    shown.filter(|question| question.block().right > 0)
}

fn scenarios(lesson: &Lesson, edition: Edition) -> impl Iterator<Item = Scenario<'_>> {
    let all = lesson.scenarios();
    all.filter(move |scenario| scenario.block().audience.is_in(edition))
}

/// Reads what a package records.
pub fn course(curriculum: &Curriculum, settings: &Settings, contents: Contents) -> Course {
    let mut gathering = Gathering {
        curriculum,
        edition: settings.edition,
        keys: Keys::default(),
        topics: BTreeSet::new(),
    };
    let held = contents.modules(curriculum);
    let held = held.iter().map(|id| curriculum.module(*id));
    let mut modules: Vec<ModuleEntry> = held.map(|module| gathering.module(module)).collect();
    // What others have now is known first: nothing may be taken for what it was elsewhere.
    for lesson in modules.iter_mut().flat_map(|module| &mut module.lessons) {
        add_former(lesson, &gathering.keys);
    }
    let topics = &curriculum.registers.topics;
    let topics = gathering.topics.iter().map(|id| &topics[id.0 as usize]);
    let topics = topics.map(|topic| TopicEntry {
        id: topic.id.clone(),
        name: plain(&topic.name),
        definition: plain(&topic.definition),
    });
    let topics = topics.collect();
    let (title, description, home) = match (contents, modules.first()) {
        (Contents::Module(_), Some(module)) => (
            module.title.clone(),
            module.description.clone(),
            module.home.clone(),
        ),
        _ => (
            plain(&settings.title),
            plain(&settings.description),
            [SITE, HOME].concat(),
        ),
    };
    Course {
        title,
        description,
        home,
        modules,
        topics,
    }
}

/// Notes the keys of a lesson, and of what stands in it, under the addresses that it had.
fn add_former(lesson: &mut LessonEntry, keys: &Keys) {
    let LessonEntry {
        aliases,
        former,
        questions,
        scenarios,
        ..
    } = lesson;
    let under = |id: &str| keys.former(aliases.iter().map(String::as_str), id);
    *former = under("");
    for question in questions {
        question.former = under(&question.id);
    }
    for scenario in scenarios {
        scenario.former = under(&scenario.id);
    }
}

/// What is read for a package.
struct Gathering<'c> {
    curriculum: &'c Curriculum,
    edition: Edition,
    keys: Keys,
    topics: BTreeSet<TopicId>,
}

impl<'c> Gathering<'c> {
    fn module(&mut self, module: &'c Module) -> ModuleEntry {
        let curriculum = self.curriculum;
        let index = module.index.map(|id| &*curriculum.document(id).lesson);
        let all = module.documents.clone().map(DocumentId);
        let all = all.map(|id| curriculum.document(id));
        let counts = |document: &&Document| match document.role {
            Role::Lesson => true,
            // The page of a unit counts where there is something to do on it.
            Role::Unit => self.has_practice(&document.lesson),
            Role::Home | Role::Module => false,
        };
        let counted: Vec<&Document> = all.filter(counts).collect();
        let lessons: Vec<LessonEntry> = counted
            .into_iter()
            .map(|document| self.lesson(document))
            .collect();
        let minutes = lessons.iter().map(|lesson| lesson.minutes);
        ModuleEntry {
            id: ascii(&module.name).into_owned(),
            title: plain(&module.title),
            home: [SITE, &ascii(&module.url)].concat(),
            description: index.map_or_else(String::new, description),
            minutes: minutes.fold(0, u32::saturating_add),
            lessons,
        }
    }

    fn has_practice(&self, lesson: &Lesson) -> bool {
        questions(lesson, self.edition).next().is_some()
            || scenarios(lesson, self.edition).next().is_some()
    }

    fn lesson(&mut self, document: &'c Document) -> LessonEntry {
        let lesson = &*document.lesson;
        let address = &*document.url;
        let key = self.keys.claim(address, "");
        let questions = questions(lesson, self.edition);
        let questions: Vec<Question<'_>> = questions.collect();
        let scenarios: Vec<Scenario<'_>> = scenarios(lesson, self.edition).collect();
        LessonEntry {
            key,
            former: Vec::new(),
            address: ascii(address).into_owned(),
            aliases: document
                .aliases
                .iter()
                .map(|alias| alias.url.to_string())
                .collect(),
            title: plain(&lesson.front.title),
            minutes: lesson.minutes(self.edition),
            questions: questions
                .into_iter()
                .map(|question| self.question((lesson, address), question))
                .collect(),
            scenarios: scenarios
                .into_iter()
                .map(|scenario| self.scenario(address, scenario))
                .collect(),
        }
    }

    fn question(
        &mut self,
        (lesson, address): (&Lesson, &str),
        question: Question<'_>,
    ) -> QuestionEntry {
        let block = question.block();
        self.topics.extend(&block.topics);
        let digest = question.digest();
        let key = self.keys.claim(address, &block.id);
        let offers: Vec<_> = question.offers().collect();
        let right = offers.iter().filter(|offer| offer.right);
        let stem = plain(&question.stem());
        let topics = block.topics.iter();
        let topics = topics.map(|topic| &self.curriculum.registers.topics[topic.0 as usize].id);
        QuestionEntry {
            former: Vec::new(),
            id: block.id.to_string(),
            digest: mark(&digest),
            options6: digest.to_hex()[..6].to_owned(),
            text: match &*stem {
                "" => plain(&block.title),
                stem => shortened(stem, LONGEST_STEM),
            },
            title: plain(&block.title),
            options: offers.len() as u32,
            choices: offers
                .iter()
                .map(|offer| plain(&lesson.line(&offer.words)))
                .collect(),
            right: right.map(|offer| offer.number).collect(),
            topics: topics.cloned().collect(),
            interaction: interaction(address, &block.id),
            key,
        }
    }

    fn scenario(&mut self, address: &str, scenario: Scenario<'_>) -> ScenarioEntry {
        let steps = scenario.steps();
        let number = |to: &Block| {
            let mut places = steps.iter();
            places.position(|step| step.block.is_some_and(|block| std::ptr::eq(block, to)))
        };
        let way = |next: Option<&Block>| {
            next.and_then(number)
                .and_then(|number| i32::try_from(number).ok())
                .unwrap_or(-1)
        };
        let id = &scenario.block().id;
        ScenarioEntry {
            key: self.keys.claim(address, id),
            former: Vec::new(),
            id: id.to_string(),
            ways: steps
                .iter()
                .map(|step| step.choices.iter().map(|choice| way(choice.next)).collect())
                .collect(),
        }
    }
}

/// Returns what platforms know a question by, such as `income.practice.q-450`: that depends on nothing else in the package, so that it stays when lessons come.
///
/// One that is not what its author wrote ends with a digest of that, so that no two become one.
fn interaction(address: &str, id: &str) -> String {
    let address = address.strip_suffix(".html").unwrap_or(address);
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let written = format!("{address}/{id}");
    let is_whole = written.chars().all(|c| fits(c) || c == '/') && !id.contains('/');
    let name = written.replace('/', ".");
    if is_whole && name.len() <= LONGEST_ID {
        return name;
    }
    let mut name = name.replace(|c| !fits(c) && c != '.', "-");
    let own = digest(address, id);
    name.truncate(LONGEST_ID - own.len() - 1);
    format!("{name}.{own}")
}

/// Returns what a module's learners will be able to do, or else what it is about.
fn description(lesson: &Lesson) -> String {
    let outcomes = lesson.stretches.iter();
    let outcomes = outcomes.filter(|stretch| stretch.part == Part::Outcome);
    let outcomes = outcomes.map(|stretch| {
        let text = &lesson.text[stretch.text.start as usize..stretch.text.end as usize];
        plain(text).trim_end_matches('.').to_owned()
    });
    let outcomes: Vec<String> = outcomes.filter(|outcome| !outcome.is_empty()).collect();
    if outcomes.is_empty() {
        return plain(&lesson.front.summary);
    }
    format!("{}.", outcomes.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_platforms_know_a_question_by_is_its_own() {
        for (address, id, expected) in [
            ("income/practice.html", "q-450", "income.practice.q-450"),
            ("one/tŷ.html", "q", "one.t-.q."),
            ("one/tô.html", "q", "one.t-.q."),
            ("one/v1.2.html", "q", "one.v1.2.q."),
            ("one/v1/2.html", "q", "one.v1.2.q"),
            ("one/a b.html", "q", "one.a-b.q."),
        ] {
            let found = interaction(address, id);
            let is_whole = !expected.ends_with('.');
            let digest = found
                .strip_prefix(expected)
                .unwrap_or_else(|| panic!("{address}: {found}"));
            assert_eq!(digest.is_empty(), is_whole, "{address}: {found}");
            assert!(found.is_ascii(), "{found}");
        }
        assert_ne!(
            interaction("one/tŷ.html", "q"),
            interaction("one/tô.html", "q")
        );
        let long = "x".repeat(LONGEST_ID);
        assert_eq!(interaction(&long, "q").len(), LONGEST_ID);
        assert_ne!(interaction(&long, "q"), interaction(&long, "r"));
    }
}
