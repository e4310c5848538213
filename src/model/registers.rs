//! The registers: topics, signposts, commitments, terms and paths, and the sign-offs of reviewers.

use std::collections::HashMap;
use std::sync::OnceLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Place;
use super::address::Contact;
use super::blocks::Depth;
use super::days::{Day, due};
use super::evidence_depth::EvidenceDepth;
use super::finding::Ignore;
use super::nearness::{Names, Near};
use super::passage::Passage;
pub use super::place::Placed;
use super::review::SignOff;

/// Position of a topic in the register, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TopicId(pub u32);

/// Position of a signpost in the register, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SignpostId(pub u32);

/// Position of a path in the register, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathId(pub u32);

/// Position of an entry of the house language in its register, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub u32);

/// All registers together.
#[derive(Debug, Clone, Default)]
pub struct Registers {
    /// `topics.toml`, in its order.
    pub topics: Vec<Topic>,
    /// `signposts.toml`, in its order.
    pub signposts: Vec<Signpost>,
    /// `commitments.toml`, in its order.
    pub commitments: Vec<Commitment>,
    /// `terms.toml`, in its order.
    pub terms: Vec<Term>,
    /// `answers.toml`, in its order.
    pub answers: Vec<Answer>,
    /// `paths.toml`, in its order.
    pub paths: Vec<LearningPath>,
    /// `reviews.toml`, in its order.
    pub sign_offs: Vec<SignOff>,
    /// Comments in the registers that silence findings, by file name.
    pub ignores: Vec<(&'static str, Vec<Ignore>)>,
    /// Web addresses in the registers, each with its file from the root.
    pub addresses: Vec<(&'static str, Placed<Box<str>>)>,
    /// Days in the registers, each with its file from the root.
    pub days: Vec<(&'static str, Placed<Day>)>,
    topic_ids: HashMap<String, TopicId>,
    signpost_ids: HashMap<String, SignpostId>,
    claim_ids: HashMap<String, (u32, u32)>,
    near: Ready,
}

/// The registers' ids, made ready when somebody first mistypes one.
#[derive(Debug, Clone, Default)]
struct Ready {
    topics: OnceLock<Names>,
    signposts: OnceLock<Names>,
    claims: OnceLock<Names>,
}

impl Registers {
    /// Notes the ids of what has been put into them; where one stands twice the first one holds.
    #[must_use]
    pub fn indexed(mut self) -> Self {
        for (index, topic) in self.topics.iter().enumerate() {
            let ids = self.topic_ids.entry(topic.id.clone());
            ids.or_insert(TopicId(index as u32));
        }
        for (index, signpost) in self.signposts.iter().enumerate() {
            let ids = self.signpost_ids.entry(signpost.id.clone());
            ids.or_insert(SignpostId(index as u32));
        }
        for (index, commitment) in self.commitments.iter().enumerate() {
            for (position, claim) in commitment.claims.iter().enumerate() {
                let ids = self.claim_ids.entry(claim.id.clone());
                ids.or_insert((index as u32, position as u32));
            }
        }
        self
    }

    /// Returns the topic with this id.
    pub fn topic(&self, id: &str) -> Option<TopicId> {
        self.topic_ids.get(id).copied()
    }

    /// Returns the signpost with this id.
    pub fn signpost(&self, id: &str) -> Option<SignpostId> {
        self.signpost_ids.get(id).copied()
    }

    /// Returns the claim with this id, and the commitment that makes it.
    pub fn claim(&self, id: &str) -> Option<(&Commitment, &Claim)> {
        let (commitment, claim) = *self.claim_ids.get(id)?;
        let commitment = &self.commitments[commitment as usize];
        Some((commitment, &commitment.claims[claim as usize]))
    }

    /// Returns the path with this id.
    pub fn path(&self, id: &str) -> Option<PathId> {
        let found = self.paths.iter().position(|path| path.id == id)?;
        Some(PathId(found as u32))
    }

    /// Returns the id of the topic that has this name, however its letters are written.
    pub fn topic_named(&self, name: &str) -> Option<&str> {
        let name = name.to_lowercase();
        let mut all = self.topics.iter();
        let topic = all.find(|topic| topic.name.to_lowercase() == name)?;
        Some(&topic.id)
    }

    /// Returns the id of the topic that was meant by a mistyped one.
    pub fn topic_like(&self, id: &str) -> Option<Near<'_>> {
        let ids = || self.topics.iter().map(|topic| topic.id.as_str());
        let mut all = self.topics.iter();
        if let Some(topic) = all.find(|topic| is_among(id, &topic.former_ids)) {
            return Some(certain(&topic.id));
        }
        like(&self.near.topics, id, ids).or_else(|| only_with(ids(), id).map(uncertain))
    }

    /// Returns the id of the signpost that was meant by a mistyped one.
    pub fn signpost_like(&self, id: &str) -> Option<Near<'_>> {
        let ids = || self.signposts.iter().map(|signpost| signpost.id.as_str());
        let mut all = self.signposts.iter();
        if let Some(signpost) = all.find(|signpost| is_among(id, &signpost.former_ids)) {
            return Some(certain(&signpost.id));
        }
        like(&self.near.signposts, id, ids).or_else(|| only_with(ids(), id).map(uncertain))
    }

    /// Returns the id of the claim that was meant by a mistyped one.
    pub fn claim_like(&self, id: &str) -> Option<Near<'_>> {
        let claims = || {
            self.commitments
                .iter()
                .flat_map(|commitment| &commitment.claims)
        };
        if let Some(claim) = claims().find(|claim| is_among(id, &claim.former_ids)) {
            return Some(certain(&claim.id));
        }
        like(&self.near.claims, id, || {
            claims().map(|claim| claim.id.as_str())
        })
    }
}

fn is_among(id: &str, former: &[Placed<String>]) -> bool {
    former.iter().any(|former| former.value == id)
}

fn certain(name: &str) -> Near<'_> {
    Near {
        name,
        is_certain: true,
    }
}

fn uncertain(name: &str) -> Near<'_> {
    Near {
        name,
        is_certain: false,
    }
}

/// Returns the only id in which all words of another one stand: `active-listening` for `listening`.
fn only_with<'r>(ids: impl Iterator<Item = &'r str>, id: &str) -> Option<&'r str> {
    let words = || id.split('-').filter(|word| word.len() > 3);
    words().next()?;
    let has_all = |other: &&str| words().all(|word| other.split('-').any(|part| part == word));
    let mut found = ids.filter(has_all);
    found.next().filter(|_| found.next().is_none())
}

/// Returns the nearest of some ids, which are made ready once.
fn like<'r, I: Iterator<Item = &'r str>>(
    names: &'r OnceLock<Names>,
    id: &str,
    ids: impl Fn() -> I,
) -> Option<Near<'r>> {
    names.get_or_init(|| Names::new(ids())).near(id)
}

/// When the names of a topic in prose become links to its page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkPolicy {
    /// At the first mention in each section.
    #[default]
    FirstPerSection,
    /// At the first mention in each lesson.
    FirstPerLesson,
    /// Never.
    Never,
}

impl LinkPolicy {
    /// Returns the name as it stands in the register.
    pub const fn name(self) -> &'static str {
        match self {
            Self::FirstPerSection => "first-per-section",
            Self::FirstPerLesson => "first-per-lesson",
            Self::Never => "never",
        }
    }
}

/// The modules that a requirement or a path names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Required {
    /// `"every-module"`.
    EveryModule,
    /// A list of modules, by name.
    Modules(Vec<Placed<String>>),
}

/// A recurring subject.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Topic {
    /// Stable id, also the name of its page.
    pub id: String,
    /// Where the id stands in the register.
    pub place: Place,
    /// The name that people use.
    pub name: String,
    /// Where the name stands in the register.
    pub name_place: Place,
    /// Ids that it had before: their pages lead to its own.
    pub former_ids: Vec<Placed<String>>,
    /// Other names that stand in prose.
    pub aliases: Vec<Placed<String>>,
    /// What people say who mean it; found by the search, and nowhere else.
    pub said: Vec<Placed<String>>,
    /// What it means, in a sentence.
    pub definition: Passage,
    /// The answer in a few sentences, for who wants to know only that.
    pub in_short: Passage,
    /// The lesson that teaches it fully: path below `modules/`.
    pub home: Option<Placed<String>>,
    /// When its names become links.
    pub link: LinkPolicy,
    /// Whether its names alone count as mentions.
    pub distinctive: bool,
    /// Whether its names match only as they are written.
    pub case_sensitive: bool,
    /// Whether lessons that treat it need a content note.
    pub sensitive: bool,
    /// What the curriculum must do with it, by depth.
    pub requires: Vec<(Depth, Required)>,
    /// The paths on which it must reach a depth, by their ids.
    pub requires_on: Vec<(Depth, Placed<String>)>,
    /// Modules that need not meet the requirements, each with its reason.
    pub exempt: Vec<Exemption>,
}

/// What people with one role take of the curriculum.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LearningPath {
    /// Stable id.
    pub id: String,
    /// Where the id stands in the register.
    pub place: Place,
    /// What it is called.
    pub name: String,
    /// Whom it is for.
    pub serves: Passage,
    /// The modules that it takes.
    pub modules: Required,
    /// Lessons that stand for all those of their module: paths below `modules/`.
    pub lessons: Vec<Placed<String>>,
}

/// What the search answers at once to words that people use.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Answer {
    /// Stable id.
    pub id: String,
    /// Where the id stands in the register.
    pub place: Place,
    /// How urgent it is.
    pub kind: AnswerKind,
    /// What people say who need it.
    pub words: Vec<Placed<String>>,
    /// The lesson, with `#section`, that answers: path below `modules/`.
    pub to: Placed<String>,
    /// Other lessons, written in the same way.
    pub also: Vec<Placed<String>>,
    /// The answer in a sentence or two.
    pub text: Passage,
}

/// How urgent an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AnswerKind {
    /// Somebody wants to know.
    Answer,
    /// Somebody has been told of harm.
    Disclosure,
    /// A life may be at risk.
    Crisis,
}

impl AnswerKind {
    /// Every kind, with its name in the register.
    pub const NAMED: [(&'static str, Self); 3] = [
        ("answer", Self::Answer),
        ("disclosure", Self::Disclosure),
        ("crisis", Self::Crisis),
    ];

    /// Returns the name in the register.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Disclosure => "disclosure",
            Self::Crisis => "crisis",
        }
    }
}

/// Says that a module need not treat a topic.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Exemption {
    /// The module's name.
    pub module: Placed<String>,
    /// Why.
    pub reason: String,
    /// The depths that it need not reach; empty for all.
    pub depths: Vec<Depth>,
}

/// A support service.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Signpost {
    /// Stable id.
    pub id: String,
    /// Where the id stands in the register.
    pub place: Option<Place>,
    /// Ids that it had before: links to them lead to it.
    pub former_ids: Vec<Placed<String>>,
    /// The service's name.
    pub name: String,
    /// Whom it is for.
    pub serves: Passage,
    /// Where it works.
    pub nations: Vec<String>,
    /// Telephone number as people read it.
    pub phone: Contact,
    /// How to text it.
    pub text: Passage,
    /// How to reach it by relay.
    pub relay: Passage,
    /// E-mail address.
    pub email: Contact,
    /// Web address as people read it.
    pub web: Contact,
    /// Opening hours.
    pub hours: Passage,
    /// What a call costs.
    pub cost: Passage,
    /// Whether it is for danger or crisis.
    pub urgent: bool,
    /// What to know before use.
    pub note: Passage,
    /// When somebody last checked the details.
    pub last_verified_on: Option<Date>,
    /// How long a check holds, such as "6 months".
    pub review_in: Option<Placed<String>>,
    /// Where the details come from.
    pub source: Contact,
    /// Who keeps the details right; empty where nobody is named.
    pub owner: String,
    /// Who last checked the details.
    pub verified_by: String,
    /// Why the details need no check; empty where they do.
    pub permanent: String,
}

impl Signpost {
    /// Returns the day by which its details must be verified again; nothing where they never were.
    ///
    /// Without a `review_in` a check holds for six months.
    pub fn due(&self) -> Option<Date> {
        due(
            self.last_verified_on?,
            self.review_in.as_ref().map(|review| review.value.as_str()),
        )
    }
}

/// Whether a statement or claim still holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// It holds.
    #[default]
    Current,
    /// Something else has taken its place.
    Superseded,
    /// It was taken back.
    Withdrawn,
}

impl Standing {
    /// Returns the name as it stands in the register.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Superseded => "superseded",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A public statement about what the training contains.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Commitment {
    /// Stable id.
    pub id: String,
    /// Where the id stands in the register.
    pub place: Place,
    /// What it is called.
    pub title: String,
    /// Who said it, or where.
    pub body: String,
    /// When it was asked.
    pub asked_on: Option<Date>,
    /// When it was answered.
    pub answered_on: Option<Date>,
    /// Where it can be read.
    pub source: Contact,
    /// Whether it holds.
    pub status: Standing,
    /// What it says, point by point.
    pub claims: Vec<Claim>,
}

/// One point of a commitment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Claim {
    /// Stable id, unique in the register.
    pub id: String,
    /// Where the id stands in the register.
    pub place: Place,
    /// Ids that it had before.
    pub former_ids: Vec<Placed<String>>,
    /// What is claimed.
    pub text: String,
    /// Whether it holds.
    pub status: Standing,
    /// How deep the training is to bear it out; nothing where the register does not say.
    pub expects: Option<EvidenceDepth>,
    /// What to know about it.
    pub note: String,
}

/// A rule of the house language.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    /// Where the entry stands in the register.
    pub place: Place,
    /// What is not to be written.
    pub avoid: Vec<Placed<String>>,
    /// What to write instead.
    pub instead: String,
    /// Severity that this entry sets.
    pub severity: Option<super::Severity>,
    /// Why.
    pub reason: String,
    /// From when the words are retired.
    pub retired_on: Option<Date>,
    /// What took their place.
    pub successor: String,
}
