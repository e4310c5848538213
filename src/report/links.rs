//! The link report: every link that an author wrote, what became of it, and which lessons nothing leads to.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Serialize;

use super::html::{self, Fragment, Places};
use super::screen::push_section;
use super::{Basis, Report, SCHEMA, Sheet, counted};
use crate::model::curriculum::{DocumentId, LinkStatus, Resolved, Role, Target};
use crate::model::lesson::{Link, LinkKind};
use crate::model::{Place, Rule};

/// All links.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinksReport<'c> {
    /// Version of these fields.
    pub schema: u32,
    /// What counted as today.
    pub as_of: String,
    /// The numbers.
    pub summary: LinksSummary,
    /// The links in reading order.
    pub links: Vec<LinkRow<'c>>,
    /// The lessons in reading order.
    pub lessons: Vec<LessonLinks<'c>>,
    /// Lessons that no other page links to.
    pub orphans: Vec<&'c str>,
}

/// The numbers of the links.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct LinksSummary {
    /// All links: the sum of the next five.
    pub links: usize,
    /// Their target exists.
    pub ok: usize,
    /// Their target does not exist.
    pub broken: usize,
    /// They name an old address.
    pub redirected: usize,
    /// They name a topic or signpost that the register does not have.
    pub unknown: usize,
    /// They lead to other sites.
    pub unchecked: usize,
    /// Lessons that no other page links to.
    pub orphans: usize,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkRow<'c> {
    /// Path from the root.
    pub file: &'c str,
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode characters, from 1.
    pub column: u32,
    /// The target as written.
    pub target: &'c str,
    /// `internal`, `anchor` (a lesson's place behind `#`), `asset`, `external`, `topic` or `signpost`.
    pub kind: &'static str,
    /// `ok`, `broken`, `redirected`, `unknown` or `unchecked`.
    pub status: &'static str,
    /// Where it leads: a path from the root with its anchor, the id of a topic or signpost, or another site's address.
    pub resolved: Option<Cow<'c, str>>,
    /// Why the status is not `ok`.
    pub reason: Option<&'c str>,
}

/// How a lesson is linked with other pages of lessons and modules.
///
/// Links in a facilitator's notes, and links that are broken, do not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LessonLinks<'c> {
    /// Path from the root.
    pub file: &'c str,
    /// Links in other files that lead here.
    pub inbound: usize,
    /// Links here that lead to other files.
    pub outbound: usize,
}

/// Rules whose findings say why a link leads nowhere.
const LINK_RULES: [Rule; 6] = [
    Rule::BrokenLink,
    Rule::BrokenAnchor,
    Rule::MissingAsset,
    Rule::UnsafeLink,
    Rule::UnknownTopic,
    Rule::UnknownSignpost,
];

type Reasons<'a> = HashMap<(&'a str, Place), &'a str>;

impl<'c> LinksReport<'c> {
    /// Makes the report.
    pub fn new(basis: &Basis<'c>) -> Self {
        let reasons: Reasons<'c> = basis
            .findings
            .iter()
            .filter(|finding| LINK_RULES.contains(&finding.rule))
            .map(|finding| {
                (
                    (finding.file.as_str(), finding.place),
                    finding.message.as_str(),
                )
            })
            .collect();
        let links: Vec<LinkRow<'c>> = documents(basis)
            .flat_map(|id| {
                let links = basis.curriculum.links(id);
                let reasons = &reasons;
                let listed = links.filter(|(link, _)| basis.lists(link.facilitator));
                listed.map(move |(link, resolved)| row(basis, id, (link, resolved), reasons))
            })
            .collect();
        let lessons = lessons(basis);
        let orphans: Vec<&'c str> = lessons
            .iter()
            .filter(|lesson| lesson.inbound == 0)
            .map(|lesson| lesson.file)
            .collect();
        let count = |status: LinkStatus| {
            links
                .iter()
                .filter(|link| link.status == status.name())
                .count()
        };
        Self {
            schema: SCHEMA,
            as_of: basis.as_of.to_string(),
            summary: LinksSummary {
                links: links.len(),
                ok: count(LinkStatus::Ok),
                broken: count(LinkStatus::Broken),
                redirected: count(LinkStatus::Redirected),
                unknown: count(LinkStatus::Unknown),
                unchecked: count(LinkStatus::Unchecked),
                orphans: orphans.len(),
            },
            links,
            lessons,
            orphans,
        }
    }

    /// Returns the links that somebody should mend.
    pub fn faulty(&self) -> impl Iterator<Item = &LinkRow<'c>> {
        self.links
            .iter()
            .filter(|link| matches!(link.status, "broken" | "unknown" | "redirected"))
    }
}

fn documents(basis: &Basis<'_>) -> impl Iterator<Item = DocumentId> + use<> {
    (0..basis.curriculum.documents.len() as u32).map(DocumentId)
}

fn row<'c>(
    basis: &Basis<'c>,
    id: DocumentId,
    (link, resolved): (&'c Link, Resolved),
    reasons: &Reasons<'c>,
) -> LinkRow<'c> {
    let file = basis.file(id);
    let leads_to = leads_to(basis, link, resolved);
    let found = reasons.get(&(file, link.place)).copied();
    let reason = match resolved.status {
        LinkStatus::Ok => None,
        LinkStatus::Broken => Some(found.unwrap_or("nothing stands at this address")),
        LinkStatus::Unknown => Some(found.unwrap_or("the register has no such id")),
        LinkStatus::Redirected => Some("this is an old address of the lesson"),
        LinkStatus::Unchecked => Some("links to other sites are not followed"),
    };
    LinkRow {
        line: link.place.line,
        column: link.place.column,
        target: &link.target,
        kind: kind(link, resolved),
        status: resolved.status.name(),
        resolved: leads_to,
        reason,
        file,
    }
}

fn kind(link: &Link, resolved: Resolved) -> &'static str {
    match (link.kind, resolved.target) {
        (LinkKind::Topic, _) => "topic",
        (LinkKind::Signpost, _) => "signpost",
        (LinkKind::External, _) | (_, Target::External) => "external",
        (LinkKind::Image, _) | (_, Target::Asset(_)) => "asset",
        (LinkKind::Document, target) => {
            let (path, anchor) = link.target.split_once('#').unwrap_or((&link.target, ""));
            if target == Target::Nowhere && names_a_file(path) {
                "asset"
            } else if anchor.is_empty() {
                "internal"
            } else {
                "anchor"
            }
        }
    }
}

/// Returns whether a path ends like a file that is no page.
fn names_a_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.')
        .is_some_and(|(_, extension)| !extension.is_empty() && !matches!(extension, "md" | "html"))
}

fn leads_to<'c>(basis: &Basis<'c>, link: &'c Link, resolved: Resolved) -> Option<Cow<'c, str>> {
    if matches!(resolved.status, LinkStatus::Broken | LinkStatus::Unknown) {
        return None;
    }
    let curriculum = basis.curriculum;
    match resolved.target {
        Target::Document(id) => {
            let path = basis.file(id);
            let anchor = link.target.split_once('#').map_or("", |(_, anchor)| anchor);
            Some(if anchor.is_empty() {
                path.into()
            } else {
                [path, "#", anchor].concat().into()
            })
        }
        Target::Asset(index) => {
            let path = curriculum.assets[index as usize].asset.path.from_root();
            Some(path.into())
        }
        Target::Topic(id) => Some((&*curriculum.registers.topics[id.0 as usize].id).into()),
        Target::Signpost(id) => Some((&*curriculum.registers.signposts[id.0 as usize].id).into()),
        Target::External => Some((&*link.target).into()),
        Target::Nowhere => None,
    }
}

fn lessons<'c>(basis: &Basis<'c>) -> Vec<LessonLinks<'c>> {
    let mut inbound = vec![0; basis.curriculum.documents.len()];
    let mut outbound = vec![0; basis.curriculum.documents.len()];
    for from in documents(basis) {
        for (link, resolved) in basis.curriculum.links(from) {
            let Target::Document(to) = resolved.target else {
                continue;
            };
            if to != from && !link.facilitator && resolved.status != LinkStatus::Broken {
                inbound[to.0 as usize] += 1;
                outbound[from.0 as usize] += 1;
            }
        }
    }
    documents(basis)
        .filter(|id| basis.curriculum.document(*id).role == Role::Lesson)
        .map(|id| LessonLinks {
            file: basis.file(id),
            inbound: inbound[id.0 as usize],
            outbound: outbound[id.0 as usize],
        })
        .collect()
}

impl Report for LinksReport<'_> {
    const NAME: &'static str = "links";

    fn sheet(&self) -> Sheet<'_> {
        let rows = self.links.iter().map(|link| {
            vec![
                link.file.into(),
                link.line.to_string().into(),
                link.column.to_string().into(),
                link.target.into(),
                link.kind.into(),
                link.status.into(),
                link.resolved.as_deref().unwrap_or_default().into(),
                link.reason.unwrap_or_default().into(),
            ]
        });
        Sheet {
            columns: vec![
                "file", "line", "column", "target", "kind", "status", "resolved", "reason",
            ],
            rows: Box::new(rows),
        }
    }

    fn table(&self) -> String {
        let LinksSummary {
            links,
            ok,
            broken,
            redirected,
            unknown,
            unchecked,
            orphans,
        } = self.summary;
        let mut out = format!(
            "Links as of {}: {}, {ok} ok, {broken} broken, {redirected} redirected, {unknown} unknown, {unchecked} to other sites; {} that nothing links to\n",
            self.as_of,
            counted(links, "link"),
            counted(orphans, "lesson"),
        );
        let faulty: Vec<Vec<String>> = self
            .faulty()
            .map(|link| {
                vec![
                    format!("{}:{}:{}", link.file, link.line, link.column),
                    link.status.to_owned(),
                    link.target.to_owned(),
                    link.reason.unwrap_or_default().to_owned(),
                ]
            })
            .collect();
        push_section(
            &mut out,
            "Links to mend",
            &["place", "status", "target", "reason"],
            &faulty,
        );
        let lessons: Vec<Vec<String>> = self
            .lessons
            .iter()
            .map(|lesson| {
                vec![
                    lesson.file.to_owned(),
                    lesson.inbound.to_string(),
                    lesson.outbound.to_string(),
                ]
            })
            .collect();
        push_section(&mut out, "Lessons", &["lesson", "in", "out"], &lessons);
        let orphans: Vec<Vec<String>> = self
            .orphans
            .iter()
            .map(|file| vec![(*file).to_owned()])
            .collect();
        push_section(&mut out, "Nothing links to", &["lesson"], &orphans);
        out
    }

    fn fragment(&self, places: &Places<'_>) -> Fragment {
        html::links::fragment(self, places)
    }
}
