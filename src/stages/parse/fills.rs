//! Knows which `local` blocks are filled in, and reports texts that no block asks for.

use std::collections::HashSet;

use super::context::Context;
use super::source::Source;
use super::source::opening::read_opening;
use crate::model::blocks::BlockKind;
use crate::model::nearness::{Names, question};
use crate::model::path::SourcePath;
use crate::model::slug::folder_slug;
use crate::model::sources::Fill;
use crate::model::{Finding, Lesson, Place, Rule};

/// What fills a block: where its opening line starts, and the text. Its places are those of that line.
pub(super) type Filled<'s> = (usize, Source<'s>);

/// Returns what fills the blocks of a file.
pub(super) fn fills<'s>(
    path: &SourcePath,
    context: &'s Context,
    source: &Source<'s>,
) -> Vec<Filled<'s>> {
    if context.local.is_empty() {
        return Vec::new();
    }
    let filled = |fence: &std::ops::Range<usize>| {
        let line = source.slice(fence).trim_start_matches(':');
        let opening = read_opening(line, fence.end - line.len());
        let is_local = opening.name == BlockKind::Local.name();
        let id = opening.attributes.iter().find(|one| one.key == "#")?.value;
        let fill = context.local.iter().find(|fill| is_for(fill, path, id));
        let fill = fill.filter(|_| is_local)?;
        Some((fence.start, source.value(&fill.text, source.in_file(fence))))
    };
    source.fences().iter().filter_map(filled).collect()
}

fn is_for(fill: &Fill, path: &SourcePath, id: &str) -> bool {
    fill.id == id && fill.module == module_of(path)
}

/// Returns the name of the module that a file stands in.
fn module_of(path: &SourcePath) -> String {
    folder_slug(
        path.as_str()
            .split_once('/')
            .map_or("", |(module, _)| module),
    )
}

/// Reports texts whose block is not there.
pub(super) fn unused<'l>(
    context: &Context,
    lessons: impl Iterator<Item = &'l Lesson>,
) -> Vec<Finding> {
    if context.local.is_empty() {
        return Vec::new();
    }
    let slots: HashSet<(String, &str)> = lessons
        .flat_map(|lesson| {
            let local = lesson.blocks.iter();
            let local = local.filter(|block| block.kind == BlockKind::Local);
            local.map(|block| (module_of(&lesson.path), &*block.id))
        })
        .collect();
    let has_slot = |fill: &&Fill| slots.contains(&(fill.module.clone(), fill.id.as_str()));
    let unused = context.local.iter().filter(|fill| !has_slot(fill));
    let finding = |fill: &Fill| {
        let Fill { module, id, .. } = fill;
        let near = slots.iter().filter(|(of, _)| of == module);
        let names = Names::new(near.map(|(_, id)| *id));
        let help = names.nearest(id).map(question);
        Finding::new(
            Rule::UnknownBlock,
            fill.path.as_str(),
            Place::START,
            format!("no `local` block of the module `{module}` has the id `{id}`"),
        )
        .help(help.unwrap_or_else(|| {
            "name the file after such a block: `local/<module>/<id>.md`".to_owned()
        }))
    };
    unused.map(finding).collect()
}
