//! Finds what each path of the register takes.
//!
//! In: what there is to be named, and the register. Out: modules and pages of every path. Where there is no register, one path takes everything.

use std::collections::BTreeMap;

use super::named::Known;
use crate::model::curriculum::{
    Document, DocumentId, Extent, Module, ModuleId, Role, TakenModule, TakenPath,
};
use crate::model::registers::{LearningPath, Registers, Required};
use crate::model::{Finding, Register};

const FILE: &str = Register::Paths.path();

/// Returns what each path takes, and reports what it names that does not exist.
pub fn find(
    known: &Known<'_>,
    (documents, modules): (&[Document], &[Module]),
    registers: &Registers,
    findings: &mut Vec<Finding>,
) -> Vec<TakenPath> {
    let order = Order { documents, modules };
    if registers.paths.is_empty() {
        let every = order.every_module();
        return vec![order.taken(every)];
    }
    let paths = registers.paths.iter();
    paths
        .map(|path| order.taken(picked(known, &order, path, findings)))
        .collect()
}

/// For each module that a path takes, the lessons that stand for all of it; nothing for a whole module.
type Picked = BTreeMap<ModuleId, Option<Vec<DocumentId>>>;

fn picked(
    known: &Known<'_>,
    order: &Order<'_>,
    path: &LearningPath,
    findings: &mut Vec<Finding>,
) -> Picked {
    let mut picked = match &path.modules {
        Required::EveryModule => order.every_module(),
        Required::Modules(list) => {
            let mut picked = Picked::new();
            for name in list {
                match known.module(FILE, name) {
                    Ok(module) => drop(picked.insert(module, None)),
                    Err(finding) => findings.push(*finding),
                }
            }
            picked
        }
    };
    for lesson in &path.lessons {
        let role = format!("for the path `{}`", path.id);
        match known.document(FILE, lesson, &role) {
            Ok(id) => {
                // A page beside the modules belongs to nobody's path, and to everybody.
                if let Some(module) = order.documents[id.0 as usize].module {
                    let lessons = picked.entry(module).or_default();
                    lessons.get_or_insert_default().push(id);
                }
            }
            Err(finding) => findings.push(*finding),
        }
    }
    picked
}

/// Everything in reading order.
struct Order<'o> {
    documents: &'o [Document],
    modules: &'o [Module],
}

impl Order<'_> {
    fn every_module(&self) -> Picked {
        let ids = (0..).map(ModuleId).zip(self.modules);
        ids.map(|(id, _)| (id, None)).collect()
    }

    fn taken(&self, picked: Picked) -> TakenPath {
        let mut path = TakenPath::default();
        for (module, lessons) in picked {
            let pages = self.modules[module.0 as usize].documents.clone();
            let pages = pages.map(DocumentId);
            let extent = match lessons {
                None => {
                    path.documents.extend(pages);
                    Extent::Whole
                }
                Some(lessons) => {
                    path.documents
                        .extend(pages.filter(|id| self.goes_with(*id, &lessons)));
                    Extent::Part
                }
            };
            path.modules.push(TakenModule { module, extent });
        }
        path
    }

    /// Returns whether a page of a module is one of some lessons, or introduces one of them.
    fn goes_with(&self, id: DocumentId, lessons: &[DocumentId]) -> bool {
        let document = &self.documents[id.0 as usize];
        let path = |id: DocumentId| &self.documents[id.0 as usize].lesson.path;
        lessons.contains(&id)
            || (document.role != Role::Lesson
                && lessons.iter().any(|lesson| {
                    let folder = path(id).folder();
                    let below = path(*lesson).as_str().strip_prefix(folder);
                    below.is_some_and(|rest| rest.starts_with('/'))
                }))
    }
}
