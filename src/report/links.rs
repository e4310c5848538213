//! The link report: every link that an author wrote, what became of it, and which lessons nothing leads to.

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::civil::Date;
use serde::Serialize;

use super::basis::Basis;
use super::cell::{Cell, Spot, Status, Tone};
use super::data::{Document, Extent, Overview, Report, SCHEMA, Section, Task};
use super::table::{Row, Rows, Sheet, Table};
use super::words::counted;
use crate::model::audience::Audience;
use crate::model::curriculum::{DocumentId, LinkStatus, Resolved, Role, Target};
use crate::model::lesson::{Link, LinkKind};
use crate::model::{Place, Rule};

/// All links.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinksReport<'c> {
    /// Version of these fields.
    pub schema: u32,
    /// What counted as today.
    pub as_of: Date,
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
    /// What became of it.
    pub status: LinkStatus,
    /// Where it leads: a path from the root with its anchor, the id of a topic or signpost, or another site's address.
    pub resolved: Option<Cow<'c, str>>,
    /// Why the status is not `ok`.
    pub reason: Option<&'c str>,
    /// Anchor of the section that it stands in.
    #[serde(skip)]
    pub anchor: &'c str,
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

/// Links that pages list; where there are more, they are in the CSV and JSON alone.
const MOST: usize = 5_000;

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
        let links: Vec<LinkRow<'c>> = basis
            .documents()
            .flat_map(|id| {
                let links = basis.curriculum.links(id);
                let reasons = &reasons;
                let listed = links.filter(|(link, _)| basis.lists(link.audience));
                listed.map(move |(link, resolved)| row(basis, id, (link, resolved), reasons))
            })
            .collect();
        let lessons = lessons(basis);
        let orphans: Vec<&'c str> = lessons
            .iter()
            .filter(|lesson| lesson.inbound == 0)
            .map(|lesson| lesson.file)
            .collect();
        let count = |status: LinkStatus| links.iter().filter(|link| link.status == status).count();
        Self {
            schema: SCHEMA,
            as_of: basis.as_of,
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
        self.links.iter().filter(|link| {
            matches!(
                link.status,
                LinkStatus::Broken | LinkStatus::Unknown | LinkStatus::Redirected
            )
        })
    }
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
        status: resolved.status,
        resolved: leads_to,
        reason,
        anchor: basis
            .curriculum
            .document(id)
            .lesson
            .section_anchor(link.section),
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
    for from in basis.documents() {
        for (link, resolved) in basis.curriculum.links(from) {
            let Target::Document(to) = resolved.target else {
                continue;
            };
            if to != from
                && link.audience == Audience::Everybody
                && resolved.status != LinkStatus::Broken
            {
                inbound[to.0 as usize] += 1;
                outbound[from.0 as usize] += 1;
            }
        }
    }
    basis
        .documents()
        .filter(|id| basis.curriculum.document(*id).role == Role::Lesson)
        .map(|id| LessonLinks {
            file: basis.file(id),
            inbound: inbound[id.0 as usize],
            outbound: outbound[id.0 as usize],
        })
        .collect()
}

impl LinkRow<'_> {
    fn spot(&self) -> Spot<'_> {
        Spot {
            file: self.file,
            line: self.line,
            column: self.column,
            anchor: self.anchor,
        }
    }
}

impl From<LinkStatus> for Status<'_> {
    fn from(status: LinkStatus) -> Self {
        let tone = match status {
            LinkStatus::Ok => Tone::Good,
            LinkStatus::Broken | LinkStatus::Unknown => Tone::Poor,
            LinkStatus::Redirected => Tone::Fair,
            LinkStatus::Unchecked => Tone::Plain,
        };
        Status::new(status.name(), tone)
    }
}

impl Report for LinksReport<'_> {
    fn document(&self, extent: Extent) -> Document<'_> {
        let LinksSummary {
            links,
            ok,
            broken,
            redirected,
            unknown,
            unchecked,
            orphans,
        } = self.summary;
        let mut sections = vec![self.to_mend(), self.between_lessons(), self.unlinked()];
        if extent == Extent::Full {
            sections.push(self.all());
        }
        Document {
            subject: "Links",
            title: "Links".into(),
            since: None,
            lede: format!(
                "{}, {ok} ok, {broken} broken, {redirected} redirected, {unknown} unknown, {unchecked} to other sites; {} that nothing links to",
                counted(links, "link"),
                counted(orphans, "lesson"),
            ),
            remarks: Vec::new(),
            sections,
        }
    }

    fn sheet(&self) -> Sheet<'_> {
        Sheet {
            columns: &[
                "file", "line", "column", "target", "kind", "status", "resolved", "reason",
            ],
            rows: Rows::new(|put| {
                for link in &self.links {
                    let cells = [
                        Cell::text(link.file),
                        Cell::number(link.line),
                        Cell::number(link.column),
                        Cell::text(link.target),
                        Cell::text(link.kind),
                        Cell::status(link.status),
                        Cell::text(link.resolved.as_deref().unwrap_or_default()),
                        Cell::text(link.reason.unwrap_or_default()),
                    ];
                    put(Row::of(&cells).at(link.spot()))?;
                }
                Ok(())
            }),
        }
    }

    fn overview(&self) -> Overview<'_> {
        Overview {
            tasks: vec![Task {
                number: self.summary.broken + self.summary.unknown,
                noun: "broken link",
                rest: "",
                anchor: "to-mend",
            }],
            ..Overview::default()
        }
    }
}

impl LinksReport<'_> {
    fn to_mend(&self) -> Section<'_> {
        let columns = [
            ("place", "Place"),
            ("status", "Status"),
            ("target", "Target"),
            ("reason", "Reason"),
        ];
        let rows = Rows::new(|put| {
            for link in self.faulty() {
                put(Row::of(&[
                    Cell::Place(link.spot()),
                    Cell::status(link.status),
                    Cell::Code(link.target),
                    Cell::text(link.reason.unwrap_or_default()),
                ]))?;
            }
            Ok(())
        });
        Section {
            without: "There are none.",
            ..Section::new("to-mend", "Links to mend", Table::new(columns, rows))
        }
    }

    fn between_lessons(&self) -> Section<'_> {
        let columns = [
            ("lesson", "Lesson"),
            ("in", "Links here from elsewhere"),
            ("out", "Links from here to elsewhere"),
        ];
        let rows = Rows::of(&self.lessons, |lesson| {
            [
                Cell::Place(Spot::file(lesson.file)),
                Cell::Number(lesson.inbound),
                Cell::Number(lesson.outbound),
            ]
        });
        Section::new("lessons", "Lessons", Table::new(columns, rows))
    }

    fn unlinked(&self) -> Section<'_> {
        let rows = Rows::of(&self.orphans, |file| [Cell::Place(Spot::file(file))]);
        let table = Table::new([("lesson", "Lesson")], rows);
        Section {
            without: "There are none.",
            ..Section::new("orphans", "Nothing links to", table)
        }
    }

    fn all(&self) -> Section<'_> {
        let listed: &[LinkRow<'_>] = if self.links.len() > MOST {
            &[]
        } else {
            &self.links
        };
        let rows = Rows::of(listed, move |link| {
            [
                Cell::Place(link.spot()),
                Cell::Code(link.target),
                Cell::text(link.kind),
                Cell::status(link.status),
                Cell::Code(link.resolved.as_deref().or(link.reason).unwrap_or_default()),
            ]
        });
        let columns = ["Place", "Target", "Kind", "Status", "Leads to"];
        Section {
            without: "There are too many for one page: they are in the CSV and JSON of this report.",
            ..Section::new("all", "All links", Table::new(columns, rows))
        }
    }
}
