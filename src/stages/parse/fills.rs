//! Knows which `local` blocks are filled in, and reports texts that no block asks for and blocks that no text can fill.

use std::collections::HashSet;

use super::context::Context;
use super::given::Ranged;
use super::sheet::Sheet;
use super::source::Source;
use super::source::opening::{Opening, read_opening};
use crate::model::blocks::BlockKind;
use crate::model::nearness::{Names, question};
use crate::model::path::{SourcePath, unsafe_reason};
use crate::model::slug::{folder_slug, slug};
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
    fill.id == id && fill.module == module_of(path.as_str())
}

/// Returns the name of the module that a file stands in, by its path below `modules/`; empty where it stands in none.
fn module_of(path: &str) -> String {
    folder_slug(path.split_once('/').map_or("", |(module, _)| module))
}

/// Reports a block that no file can fill, since the file's path is made of the module and the block's id.
pub(super) fn check_slot(sheet: &mut Sheet<'_>, id: Option<&Ranged>, opening: &Opening<'_>) {
    let file = sheet.source.file;
    let module = module_of(file.strip_prefix("modules/").unwrap_or(file));
    if module.is_empty() {
        let message = "`local` stands outside a module, so that no file can fill it";
        let help = "move it into a lesson: `local/<module>/<id>.md` fills it";
        let at = &opening.name_range;
        sheet.report(Rule::UnknownBlock, at, message.into(), Some(help.into()));
        return;
    }
    let (range, message, wanted) = match id {
        None => {
            let message = "this `local` block has no id, so that no file can fill it".into();
            (&opening.name_range, message, slug(opening.title))
        }
        Some((id, range)) => {
            let name = format!("{id}.md");
            let reason = if id.contains('/') {
                Some("it holds a slash")
            } else {
                unsafe_reason(&name)
            };
            let Some(reason) = reason else {
                return;
            };
            let message = format!("no file can be called like the id `{id}`: {reason}");
            (range, message, slug(id))
        }
    };
    let help = format!(
        "write `{{#id}}` behind its title, such as `{{#{}}}`: `local/{module}/<id>.md` fills it",
        if unsafe_reason(&wanted).is_some() {
            "your-team"
        } else {
            &wanted
        }
    );
    sheet.report(Rule::UnknownAttribute, range, message, Some(help));
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
            local.map(|block| (module_of(lesson.path.as_str()), &*block.id))
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
