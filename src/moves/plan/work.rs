//! A change while it is worked out: where everything goes, what is put into which text, and the curriculum as it stands afterwards.
//!
//! In: a desk and a change. Out: the sources and the survey of afterwards, and the plan. Which texts have to change others find out, and note it here.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

use super::super::moved::Moved;
use super::change::{Change, Changed, Mend, Plan};
use super::desk::Desk;
use crate::model::edits::Edits;
use crate::model::path::SourcePath;
use crate::model::sources::{self, RegisterSources, Sources};
use crate::pipeline::{Request, Survey};
use crate::report::baseline::Baseline;
use crate::stages::discover::compare_paths;
use crate::stages::link::Drafts;
use crate::stages::parse;

/// A change while it is worked out.
pub(super) struct Work<'d> {
    pub(super) desk: &'d Desk,
    pub(super) moved: Moved,
    /// By the paths that files have before.
    pub(super) edits: BTreeMap<String, Edits>,
}

impl<'d> Work<'d> {
    pub(super) fn new(desk: &'d Desk, moved: Moved) -> Self {
        Self {
            desk,
            moved,
            edits: BTreeMap::new(),
        }
    }

    /// Returns what is put into a text, to put more into it.
    pub(super) fn edits(&mut self, path: &str) -> &mut Edits {
        self.edits.entry(path.to_owned()).or_default()
    }

    /// Puts in what mends findings.
    pub(super) fn mend(&mut self, mends: &[Mend]) {
        for Mend { path, fix } in mends {
            let range = fix.start as usize..fix.end as usize;
            self.edits(path).replace(range, fix.text.clone());
        }
    }

    /// Returns the sources as they are afterwards.
    fn sources(&self, change: &Change) -> Sources {
        let before = &self.desk.read.sources;
        let now = |path: &SourcePath| SourcePath::new(&self.moved.path(path.as_str()));
        let text = |path: &str, text: &Arc<str>| match self.edits.get(path) {
            Some(edits) if !edits.is_empty() => edits.apply(text).into(),
            _ => Arc::clone(text),
        };
        let moved = before.documents.iter().map(|document| sources::Document {
            path: now(&document.path),
            text: text(document.path.as_str(), &document.text),
        });
        let created = change.created.iter().map(|(path, text)| sources::Document {
            path: SourcePath::new(path),
            text: text.as_str().into(),
        });
        let mut documents: Vec<sources::Document> = moved.chain(created).collect();
        documents.sort_by(|a, b| compare_paths(a.path.as_str(), b.path.as_str()));
        let mut assets = before.assets.clone();
        for asset in &mut assets {
            asset.path = now(&asset.path);
        }
        assets.sort_by(|a, b| compare_paths(a.path.as_str(), b.path.as_str()));
        let folders = documents.iter().filter_map(|document| {
            let (module, _) = document.path.as_str().split_once('/')?;
            Some(module.to_owned())
        });
        let mut modules: Vec<String> = folders.collect();
        modules.dedup();
        let registers = RegisterSources::by_name(|register| {
            let name = register.name();
            let table = self.desk.tables.get(name);
            Ok::<_, Infallible>(table.map(|table| text(name, table)))
        });
        let Ok(registers) = registers;
        let mut sources = Sources {
            local: Vec::new(),
            documents,
            assets,
            modules,
            registers,
            links: before.links.clone(),
        };
        sources.find_pages_of_folders();
        sources
    }

    /// Finds out about the curriculum as it is afterwards.
    pub(super) fn survey(&self, change: &Change, drafts: Drafts) -> Survey {
        let request = Request {
            drafts,
            ..self.desk.request.clone()
        };
        let renamed = |file: &str| self.file(file);
        let read = self.desk.read.clone();
        let read = read.with(self.sources(change), &renamed);
        read.survey(&request, &parse::for_sign_off)
    }

    /// Returns the path of a file afterwards, from the root.
    pub(super) fn file(&self, file: &str) -> String {
        match file.strip_prefix("modules/") {
            Some(path) => format!("modules/{}", self.moved.path(path)),
            None => file.to_owned(),
        }
    }

    /// Returns what the change does.
    pub(super) fn plan(
        self,
        change: &Change,
        kept_sign_offs: usize,
        baselines: Vec<Baseline>,
    ) -> Plan {
        let entries = self.moved.entries();
        let renames = entries.map(|(from, to)| (from.to_owned(), to)).collect();
        let texts = self.edits.iter().filter_map(|(path, edits)| {
            let before = self.desk.text(path)?;
            let after = edits.apply(&before);
            (after != *before).then(|| Changed {
                now: self.moved.path(path),
                path: path.clone(),
                before,
                after,
            })
        });
        Plan {
            renames,
            texts: texts.collect(),
            created: change.created.clone(),
            kept_sign_offs,
            baselines,
        }
    }
}
