//! Reads what people with one role take.

use super::entry::{id, required};
use crate::model::registers::LearningPath;
use crate::model::{Place, Rule};
use crate::stages::parse::table::Reader;

pub(super) fn learning_path(reader: &mut Reader<'_, '_, '_>) -> Option<LearningPath> {
    let id = id(reader);
    let name = reader.required_title("name");
    let serves = reader.passage("for");
    let modules = reader.texts("modules");
    let lessons = reader.texts("lessons");
    let (id, name) = (id?, name?);
    if modules.is_empty() && lessons.is_empty() {
        let message = format!("the path `{}` takes no module", id.value);
        let help = "add `modules = [\"...\"]`, or `modules = \"every-module\"`";
        reader
            .file()
            .report(Rule::InvalidRegister, id.place, message, Some(help.into()));
    }
    Some(LearningPath {
        id: id.value,
        place: id.place,
        name: name.value,
        serves,
        modules: required(modules),
        lessons,
    })
}

/// Returns every id that one of them has or had, with its place.
pub(super) fn ids(paths: &[LearningPath]) -> impl Iterator<Item = (&str, Place)> {
    paths.iter().map(|path| (path.id.as_str(), path.place))
}
