//! Resolves every link between documents, down to the anchor.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::addresses::{Aliases, alias_path};
use super::renames::Renames;
use super::suggestions::{Meant, Missing, Suggestions, Wanted};
use crate::model::address::{self, leads_elsewhere, scheme};
use crate::model::audience::Audience;
use crate::model::curriculum::{Document, DocumentId, LinkStatus, PlacedAsset, Resolved, Target};
use crate::model::finding::Fix;
use crate::model::lesson::{Link, LinkKind};
use crate::model::path::{SourcePath, join};
use crate::model::slug::id;
use crate::model::written::{as_address, as_target, as_toml};
use crate::model::{Finding, Lesson, Place, Registers, Rule};

/// What resolving needs to know about the whole curriculum.
pub struct Resolver<'r> {
    documents: &'r [Document],
    registers: &'r Registers,
    aliases: &'r Aliases,
    /// Paths of lessons that are left out.
    drafts: HashSet<&'r str>,
    by_path: &'r Paths,
    assets_by_path: HashMap<&'r str, u32>,
    suggestions: Suggestions<'r>,
}

/// What was found out about one document's links.
#[derive(Debug, Clone)]
pub struct Found {
    pub links: Arc<[Resolved]>,
    pub prerequisites: Arc<[DocumentId]>,
    pub findings: Arc<[Finding]>,
}

impl Found {
    /// Returns whether a page is missing: what became of it depends on more than the paths and anchors of now.
    pub fn misses_a_page(&self) -> bool {
        let mut findings = self.findings.iter();
        findings.any(|finding| finding.rule == Rule::BrokenLink)
    }
}

/// The documents by their paths.
pub type Paths = HashMap<SourcePath, DocumentId>;

const NOWHERE: Resolved = Resolved {
    status: LinkStatus::Broken,
    target: Target::Nowhere,
};

/// Where a link stands, and who sees it.
#[derive(Clone, Copy)]
struct Written {
    place: Place,
    audience: Audience,
    target: Form,
}

/// How a target is written, and where, in bytes.
#[derive(Clone, Copy)]
enum Form {
    /// As that of a link.
    Link(Option<(u32, u32)>),
    /// As a value of TOML.
    Toml(Option<(u32, u32)>),
}

impl Form {
    /// Returns what puts another target in the place of this one.
    fn fix(self, target: Option<&str>) -> Option<Fix> {
        let target = target?;
        match self {
            Self::Link(at) if leads_elsewhere(target) => Fix::at(at, as_address(target)),
            Self::Link(at) => Fix::at(at, as_target(target, "")),
            Self::Toml(at) => Fix::at(at, as_toml(target)),
        }
    }
}

/// A link's target taken apart and joined to the folder of its document.
struct Address<'t> {
    /// Path below `modules/`.
    path: Cow<'t, str>,
    /// The id behind `#`; empty where it has none.
    anchor: Cow<'t, str>,
}

impl Address<'_> {
    /// Says what to write where a target is a host without its scheme.
    fn host(target: &str) -> Option<Meant> {
        let web = address::Address::web(target).ok();
        let web = web.filter(|_| target.starts_with("www."))?;
        Some(Meant {
            help: format!("write `{web}`"),
            write: Some(web.to_string()),
        })
    }
}

impl<'r> Resolver<'r> {
    /// Indexes assets by path; documents are indexed already.
    pub fn new(
        (documents, by_path): (&'r [Document], &'r Paths),
        assets: &'r [PlacedAsset],
        registers: &'r Registers,
        aliases: &'r Aliases,
        (drafts, renames): (&'r [Arc<Lesson>], &'r dyn Renames),
    ) -> Self {
        let assets_by_path = assets
            .iter()
            .enumerate()
            .map(|(index, placed)| (placed.asset.path.as_str(), index as u32))
            .collect();
        Self {
            documents,
            registers,
            aliases,
            drafts: drafts.iter().map(|draft| draft.path.as_str()).collect(),
            by_path,
            assets_by_path,
            suggestions: Suggestions::new(documents, assets, renames),
        }
    }

    /// Resolves all links and prerequisites of a document.
    pub fn resolve(&self, document: &Document) -> Found {
        let lesson = &document.lesson;
        let mut findings = Vec::new();
        let links = lesson
            .links
            .iter()
            .map(|link| self.resolve_link(lesson, link, &mut findings))
            .collect();
        let prerequisites = lesson
            .front
            .prerequisites
            .iter()
            .filter_map(|prerequisite| {
                let resolved = self.document_link(
                    lesson,
                    &prerequisite.value,
                    Written {
                        place: prerequisite.place,
                        audience: Audience::Everybody,
                        target: Form::Toml(prerequisite.at),
                    },
                    &mut findings,
                );
                match resolved.target {
                    Target::Document(id) => Some(id),
                    _ => None,
                }
            })
            .collect();
        self.check_skips(lesson, &mut findings);
        Found {
            links,
            prerequisites,
            findings: findings.into(),
        }
    }

    /// Reports content notes whose way round leads nowhere.
    fn check_skips(&self, lesson: &Lesson, findings: &mut Vec<Finding>) {
        for block in &lesson.blocks {
            let Some(skip) = &block.skip else {
                continue;
            };
            match lesson.anchors.get(&*skip.value) {
                Some(seen) if block.audience.reads(*seen) => {}
                Some(_) => findings.push(hidden_anchor(lesson, &skip.value, skip.place)),
                None => {
                    let finding = missing_anchor(lesson, lesson, &skip.value, skip.place);
                    let own = self.by_path.get(lesson.path.as_str());
                    let help = own.map(|id| self.suggestions.anchor(*id, &skip.value).help);
                    findings.push(finding.maybe_help(help));
                }
            }
        }
    }

    fn resolve_link(&self, lesson: &Lesson, link: &Link, findings: &mut Vec<Finding>) -> Resolved {
        match link.kind {
            LinkKind::External => Resolved {
                status: LinkStatus::Unchecked,
                target: Target::External,
            },
            LinkKind::Topic => match self.registers.topic(&link.target) {
                Some(topic) => ok(Target::Topic(topic)),
                None => UNKNOWN,
            },
            LinkKind::Signpost => match self.registers.signpost(&link.target) {
                Some(signpost) => ok(Target::Signpost(signpost)),
                None => UNKNOWN,
            },
            LinkKind::Image if scheme(&link.target).is_some() => Resolved {
                status: LinkStatus::Unchecked,
                target: Target::External,
            },
            LinkKind::Image => self.image(lesson, link, findings),
            LinkKind::Document => {
                let written = Written {
                    place: link.place,
                    audience: link.audience,
                    target: Form::Link(link.at),
                };
                self.document_link(lesson, &link.target, written, findings)
            }
        }
    }

    fn image(&self, lesson: &Lesson, link: &Link, findings: &mut Vec<Finding>) -> Resolved {
        let written = Written {
            place: link.place,
            audience: link.audience,
            target: Form::Link(link.at),
        };
        let Some(address) = self.address(lesson, &link.target, written, findings) else {
            return NOWHERE;
        };
        if let Some(asset) = self.assets_by_path.get(&*address.path) {
            return ok(Target::Asset(*asset));
        }
        let message = format!("no image at `{}`", link.target);
        let missing = Missing {
            target: &link.target,
            path: &address.path,
            anchor: "",
            wanted: Wanted::File,
        };
        let meant = self.suggestions.path(lesson, missing);
        let finding = Finding::new(
            Rule::MissingAsset,
            lesson.path.from_root(),
            link.place,
            message,
        );
        let otherwise = "add the file, or correct its path";
        findings.push(mended(finding, meant, written.target, otherwise));
        NOWHERE
    }

    fn document_link(
        &self,
        lesson: &Lesson,
        target: &str,
        written: Written,
        findings: &mut Vec<Finding>,
    ) -> Resolved {
        let Some(address) = self.address(lesson, target, written, findings) else {
            return NOWHERE;
        };
        let index = || format!("{}/index.md", address.path);
        let found = self
            .by_path
            .get(&*address.path)
            .or_else(|| self.by_path.get(index().trim_start_matches('/')));
        if let Some(id) = found {
            return self.anchored(lesson, (*id, &address.anchor, target), written, findings);
        }
        if let Some(asset) = self.assets_by_path.get(&*address.path) {
            return ok(Target::Asset(*asset));
        }
        if let Some(id) = alias_path(&address.path)
            .ok()
            .and_then(|path| self.aliases.get(&*path))
        {
            let found = self.anchored(lesson, (*id, &address.anchor, target), written, findings);
            let status = match found.status {
                LinkStatus::Ok => LinkStatus::Redirected,
                status => status,
            };
            return Resolved { status, ..found };
        }
        findings.push(self.nothing_there(lesson, target, &address, written));
        NOWHERE
    }

    fn anchored(
        &self,
        lesson: &Lesson,
        (id, anchor, written_target): (DocumentId, &str, &str),
        written: Written,
        findings: &mut Vec<Finding>,
    ) -> Resolved {
        let target = &self.documents[id.0 as usize].lesson;
        if anchor.is_empty() {
            return ok(Target::Document(id));
        }
        findings.push(match target.anchors.get(anchor) {
            Some(seen) if written.audience.reads(*seen) => return ok(Target::Document(id)),
            Some(_) => hidden_anchor(lesson, anchor, written.place),
            None => {
                let meant = self.suggestions.anchor(id, anchor);
                let path = written_target.split('#').next().unwrap_or("");
                let whole = meant.write.map(|anchor| format!("{path}{anchor}"));
                missing_anchor(lesson, target, anchor, written.place)
                    .help(meant.help)
                    .maybe_fix(written.target.fix(whole.as_deref()))
            }
        });
        Resolved {
            status: LinkStatus::Broken,
            target: Target::Document(id),
        }
    }

    /// Takes a target apart; one that leads out of the curriculum's folder is a finding.
    fn address<'t>(
        &self,
        lesson: &'t Lesson,
        target: &'t str,
        written: Written,
        findings: &mut Vec<Finding>,
    ) -> Option<Address<'t>> {
        let (path, _) = target.split_once('#').unwrap_or((target, ""));
        let anchor = fragment(target);
        let path = decode(path.split('?').next().unwrap_or(""));
        let finding = |rule, message: String| {
            Finding::new(rule, lesson.path.from_root(), written.place, message)
        };
        let mut refuse = |rule, message: String, help: &str| {
            findings.push(finding(rule, message).help(help));
            None
        };
        if path.contains('\0') || path.contains('\\') {
            let message = format!("`{target}` holds a character that no path of the site can hold");
            return refuse(Rule::UnsafeLink, message, "write paths with `/`");
        }
        let joined = if path.is_empty() {
            Some(lesson.path.as_str().into())
        } else if let Some(rest) = path.strip_prefix("@/") {
            join("", rest).map(Cow::Owned)
        } else if path.starts_with('/') {
            let message =
                format!("`{target}` starts at the root of a server, where this site may not stand");
            let meant = self.path_from_top(lesson, &path, &anchor);
            let otherwise =
                "write the path from this file, or from the modules folder as `@/folder/lesson.md`";
            let finding = finding(Rule::BrokenLink, message);
            findings.push(mended(finding, meant, written.target, otherwise));
            return None;
        } else {
            join(lesson.path.folder(), &path).map(Cow::Owned)
        };
        match joined {
            Some(path) => Some(Address { path, anchor }),
            None => refuse(
                Rule::UnsafeLink,
                format!("`{target}` leads out of the modules folder"),
                "link to files inside the modules folder only",
            ),
        }
    }

    fn nothing_there(
        &self,
        lesson: &Lesson,
        target: &str,
        address: &Address<'_>,
        written: Written,
    ) -> Finding {
        let place = written.place;
        let file = lesson.path.from_root();
        if self.drafts.contains(&*address.path) {
            return Finding::new(
                Rule::BrokenLink,
                file,
                place,
                format!("the lesson at `{target}` is a draft"),
            )
            .help("publish the draft, remove the link, or build with `--drafts`");
        }
        let extension = address
            .path
            .rsplit('/')
            .next()
            .and_then(|name| name.rsplit_once('.'));
        let is_file = extension.is_some_and(|(_, extension)| !matches!(extension, "md" | "html"));
        if let Some(first) = self.suggestions.first_in(lesson, &address.path) {
            let message = format!("the folder `{target}` has no `index.md`, so it has no page");
            return Finding::new(Rule::BrokenLink, file, place, message).help(format!(
                "add one, or link to a lesson in it, such as `{first}`"
            ));
        }
        let (rule, message) = if is_file {
            (Rule::MissingAsset, format!("no file at `{target}`"))
        } else {
            (Rule::BrokenLink, format!("no lesson or file at `{target}`"))
        };
        let missing = Missing {
            target,
            path: &address.path,
            anchor: &address.anchor,
            wanted: if is_file { Wanted::File } else { Wanted::Page },
        };
        let host = Address::host(target);
        let meant = host.or_else(|| self.suggestions.path(lesson, missing));
        let finding = Finding::new(rule, file, place, message);
        let otherwise = "correct the path, or remove the link";
        mended(finding, meant, written.target, otherwise)
    }

    /// Says what to write instead of a path from the root of a server: only what is there.
    fn path_from_top(&self, lesson: &Lesson, path: &str, anchor: &str) -> Option<Meant> {
        let below = path.trim_matches('/');
        let index = format!("{below}/index.md");
        let is_there = self.by_path.contains_key(below)
            || self.by_path.contains_key(index.trim_start_matches('/'))
            || self.assets_by_path.contains_key(below);
        if is_there {
            let anchor = if anchor.is_empty() {
                ""
            } else {
                &format!("#{anchor}")
            };
            let whole = format!("@{path}{anchor}");
            return Some(Meant {
                help: format!("write `{whole}` to start at the modules folder"),
                write: Some(whole),
            });
        }
        let name = below.rsplit('/').next().unwrap_or("");
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let missing = Missing {
            target: path,
            path: below,
            anchor,
            wanted: if matches!(ending, "" | "md" | "html") {
                Wanted::Page
            } else {
                Wanted::File
            },
        };
        self.suggestions.path(lesson, missing)
    }
}

/// Says what was meant by the target of a link, or else what to do.
fn mended(finding: Finding, meant: Option<Meant>, target: Form, otherwise: &str) -> Finding {
    let Some(Meant { help, write }) = meant else {
        return finding.help(otherwise);
    };
    finding.help(help).maybe_fix(target.fix(write.as_deref()))
}

fn hidden_anchor(lesson: &Lesson, anchor: &str, place: Place) -> Finding {
    Finding::new(
        Rule::BrokenAnchor,
        lesson.path.from_root(),
        place,
        format!("`#{anchor}` stands in a `facilitator` block, which learners do not see"),
    )
    .help("link to a heading or block outside of it")
}

fn missing_anchor(lesson: &Lesson, target: &Lesson, anchor: &str, place: Place) -> Finding {
    let message = if target.path == lesson.path {
        format!("no heading or block `#{anchor}` in this file")
    } else {
        format!("no heading or block `#{anchor}` in `{}`", target.path)
    };
    Finding::new(Rule::BrokenAnchor, lesson.path.from_root(), place, message)
}

const UNKNOWN: Resolved = Resolved {
    status: LinkStatus::Unknown,
    target: Target::Nowhere,
};

fn ok(target: Target) -> Resolved {
    Resolved {
        status: LinkStatus::Ok,
        target,
    }
}

/// Returns the id that a link names behind `#`; empty where it names none.
pub(crate) fn fragment(target: &str) -> Cow<'_, str> {
    let (_, written) = target.split_once('#').unwrap_or((target, ""));
    match decode(written) {
        Cow::Borrowed(written) => id(written),
        Cow::Owned(decoded) => id(&decoded).into_owned().into(),
    }
}

/// Decodes `%41`; what is not valid stays as it is.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return text.into();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digit = |offset: usize| {
            bytes
                .get(at + offset)
                .and_then(|byte| char::from(*byte).to_digit(16))
        };
        match (bytes[at], digit(1), digit(2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).map_or_else(|_| text.into(), Cow::Owned)
}
