//! What the registers say, and where lessons bear it out.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::words::Words;
use crate::model::evidence::EvidenceDepth;
use crate::model::registers::{self, Required, Signpost, Standing};
use crate::report::basis::Basis;
use crate::report::cell::Spot;
use crate::report::commitments::CommitmentsReport;
use crate::report::signposts::SignpostsReport;

/// A topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic<'c> {
    /// Its id.
    pub id: Words<'c>,
    /// Its name.
    pub name: Words<'c>,
    /// Its other names.
    pub aliases: Vec<Words<'c>>,
    /// What it means.
    pub definition: Words<'c>,
    /// The lesson that teaches it fully, as the register has it.
    pub home: Words<'c>,
    /// What is required of which modules, a depth at a time.
    pub requires: Vec<Words<'c>>,
    /// Which modules need not, and why.
    pub exempt: Vec<Words<'c>>,
    /// What its page begins with. Nothing where the snapshot is older than this.
    #[serde(default)]
    pub in_short: Option<Words<'c>>,
}

/// A claim of a public statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim<'c> {
    /// Its id.
    pub id: Words<'c>,
    /// The statement's id.
    pub commitment: Words<'c>,
    /// What is claimed.
    pub text: Words<'c>,
    /// Whether it holds.
    pub status: Standing,
    /// Whether its statement holds. Nothing where the snapshot is older than this, as for the next two.
    #[serde(default)]
    pub statement: Option<Standing>,
    /// How deep it is to be borne out; empty where nothing is said.
    #[serde(default)]
    pub expects: Option<Words<'c>>,
    /// What to know about it; empty where nothing is said.
    #[serde(default)]
    pub note: Option<Words<'c>>,
    /// Where lessons bear it out.
    pub evidence: Vec<Evidence<'c>>,
}

/// A place that bears out a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence<'c> {
    /// Path from the root.
    pub file: Words<'c>,
    /// Line, from 1.
    pub line: u32,
    /// Anchor in the page.
    pub anchor: Words<'c>,
    /// The heading that it is, or stands under.
    pub heading: Words<'c>,
    /// Its sentence.
    pub text: Words<'c>,
}

impl Evidence<'_> {
    /// Returns where it stands.
    pub fn spot(&self) -> Spot<'_> {
        Spot::line(&self.file, self.line, &self.anchor)
    }
}

/// A support service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service<'c> {
    /// Its id.
    pub id: Words<'c>,
    /// Its name.
    pub name: Words<'c>,
    /// What else the register says of it, by key; what it does not say is left out.
    pub details: Vec<(Words<'c>, Words<'c>)>,
    /// The pages that show it, each once.
    pub pages: Vec<Words<'c>>,
}

/// Returns all topics.
pub fn topics<'c>(basis: &Basis<'c>) -> Vec<Topic<'c>> {
    let all = basis.curriculum.registers.topics.iter();
    all.map(|topic| Topic {
        id: topic.id.as_str().into(),
        name: topic.name.as_str().into(),
        aliases: topic
            .aliases
            .iter()
            .map(|alias| alias.value.as_str().into())
            .collect(),
        definition: topic.definition.as_str().into(),
        home: topic.home.as_ref().map_or("", |home| &home.value).into(),
        requires: topic
            .requires
            .iter()
            .map(|(depth, required)| {
                let modules = match required {
                    Required::EveryModule => "every module".to_owned(),
                    Required::Modules(list) => names(list),
                };
                format!("{}: {modules}", depth.name()).into()
            })
            .chain(
                topic.requires_on.iter().map(|(depth, path)| {
                    format!("{}: the path {}", depth.name(), path.value).into()
                }),
            )
            .collect(),
        exempt: topic
            .exempt
            .iter()
            .map(|exemption| format!("{}: {}", exemption.module.value, exemption.reason).into())
            .collect(),
        in_short: Some(topic.in_short.as_str().into()),
    })
    .collect()
}

fn names(list: &[registers::Placed<String>]) -> String {
    let names: Vec<&str> = list.iter().map(|module| module.value.as_str()).collect();
    names.join(", ")
}

/// Returns all claims with their evidence.
pub fn claims<'c>(basis: &Basis<'c>) -> Vec<Claim<'c>> {
    let report = CommitmentsReport::new(basis);
    let all = report.commitments.into_iter();
    all.flat_map(|commitment| {
        let (id, statement) = (commitment.id, commitment.status);
        commitment.claims.into_iter().map(move |claim| Claim {
            id: claim.id.into(),
            commitment: id.into(),
            text: claim.text.into(),
            status: claim.status,
            statement: Some(statement),
            expects: Some(claim.expects.map_or("", EvidenceDepth::name).into()),
            note: Some(claim.note.into()),
            evidence: claim
                .evidence
                .into_iter()
                .map(|evidence| Evidence {
                    file: evidence.file.into(),
                    line: evidence.line,
                    anchor: evidence.anchor.into(),
                    heading: evidence.heading.into(),
                    text: evidence.quote,
                })
                .collect(),
        })
    })
    .collect()
}

/// Returns all services.
pub fn services<'c>(basis: &Basis<'c>) -> Vec<Service<'c>> {
    let shown = SignpostsReport::new(basis).signposts.into_iter();
    let mut shown: HashMap<&str, Vec<Words<'c>>> = shown
        .map(|row| {
            let mut pages: Vec<Words<'c>> =
                row.used.iter().map(|place| place.file.into()).collect();
            pages.dedup();
            (row.id, pages)
        })
        .collect();
    let all = basis.curriculum.registers.signposts.iter();
    all.map(|signpost| Service {
        id: signpost.id.as_str().into(),
        name: signpost.name.as_str().into(),
        details: details(signpost),
        pages: shown.remove(signpost.id.as_str()).unwrap_or_default(),
    })
    .collect()
}

fn details(signpost: &Signpost) -> Vec<(Words<'_>, Words<'_>)> {
    let nations = signpost.nations.join(", ");
    let verified = signpost.last_verified_on.map(|date| date.to_string());
    let review_in = signpost
        .review_in
        .as_ref()
        .map_or("", |length| &length.value);
    let all: [(&'static str, Words<'_>); 17] = [
        ("for", signpost.serves.as_str().into()),
        ("nations", nations.into()),
        ("phone", (&*signpost.phone).into()),
        ("text", signpost.text.as_str().into()),
        ("relay", signpost.relay.as_str().into()),
        ("email", (&*signpost.email).into()),
        ("web", (&*signpost.web).into()),
        ("hours", signpost.hours.as_str().into()),
        ("cost", signpost.cost.as_str().into()),
        ("urgent", if signpost.urgent { "yes" } else { "" }.into()),
        ("note", signpost.note.as_str().into()),
        ("owner", signpost.owner.as_str().into()),
        ("permanent", signpost.permanent.as_str().into()),
        ("review_in", review_in.into()),
        ("source", (&*signpost.source).into()),
        ("verified_by", signpost.verified_by.as_str().into()),
        ("last_verified_on", verified.unwrap_or_default().into()),
    ];
    let said = all.into_iter().filter(|(_, value)| !value.is_empty());
    said.map(|(key, value)| (key.into(), value)).collect()
}
