//! Reads a topic.

use super::entry::{first_line, former, former_ids, id, required};
use crate::model::blocks::Depth;
use crate::model::registers::{Exemption, LinkPolicy, Placed, Required, Topic};
use crate::model::text::quoted;
use crate::model::{Place, Rule};
use crate::stages::parse::table::Reader;

/// What stands before the id of a path in a list of modules.
const PATH: &str = "path:";

/// What is asked of modules for a topic, and on which paths.
type Asked = (Vec<(Depth, Required)>, Vec<(Depth, Placed<String>)>);

pub(super) fn topic(reader: &mut Reader<'_, '_, '_>) -> Option<Topic> {
    let id = id(reader);
    let former_ids = former_ids(reader);
    let name = reader.required_title("name");
    let aliases = reader.titles("aliases");
    let said = reader.titles("said");
    let definition = reader.passage("definition");
    let in_short = reader.passage("in_short");
    let home = reader.placed_text("home");
    let link = reader.choice(
        "link",
        &[
            ("first-per-section", LinkPolicy::FirstPerSection),
            ("first-per-lesson", LinkPolicy::FirstPerLesson),
            ("never", LinkPolicy::Never),
        ],
    );
    let distinctive = reader.flag("distinctive").unwrap_or(true);
    let case_sensitive = reader.flag("case_sensitive").unwrap_or(false);
    let sensitive = reader.flag("sensitive").unwrap_or(false);
    let (requires, requires_on) = requires(reader);
    let exempt = exemptions(reader);
    let (id, name) = (id?, name?);
    Some(Topic {
        id: id.value,
        place: id.place,
        name: name.value,
        name_place: name.place,
        former_ids,
        aliases,
        said,
        definition,
        in_short,
        home,
        link,
        distinctive,
        case_sensitive,
        sensitive,
        requires,
        requires_on,
        exempt,
    })
}

fn requires(reader: &mut Reader<'_, '_, '_>) -> Asked {
    let (mut of_modules, mut on_paths) = (Vec::new(), Vec::new());
    let Some((table, place)) = reader.table("requires") else {
        return (of_modules, on_paths);
    };
    let mut inner = Reader::new(table, place, reader.file());
    for depth in Depth::ALL {
        let mut modules = Vec::new();
        for named in inner.texts(depth.name()) {
            match named.value.strip_prefix(PATH) {
                Some(id) => {
                    let value = id.trim().to_owned();
                    on_paths.push((depth, Placed { value, ..named }));
                }
                None => modules.push(named),
            }
        }
        if !modules.is_empty() {
            of_modules.push((depth, required(modules)));
        }
    }
    inner.finish();
    (of_modules, on_paths)
}

fn exemptions(reader: &mut Reader<'_, '_, '_>) -> Vec<Exemption> {
    let mut exemptions = Vec::new();
    for (table, place) in reader.tables("exempt") {
        let mut inner = Reader::new(table, first_line(place), reader.file());
        let module = inner.required_text("module");
        let reason = inner.required_text("reason");
        let depths = depths(&mut inner);
        inner.finish();
        if let (Some(module), Some(reason)) = (module, reason) {
            exemptions.push(Exemption {
                module,
                reason: reason.value,
                depths,
            });
        }
    }
    exemptions
}

/// Reads a list of depths.
fn depths(reader: &mut Reader<'_, '_, '_>) -> Vec<Depth> {
    let mut depths = Vec::new();
    for name in reader.texts("depths") {
        match Depth::ALL
            .into_iter()
            .find(|depth| depth.name() == name.value)
        {
            Some(depth) => depths.push(depth),
            None => {
                let message = format!("`depths` cannot be `{}`", quoted(&name.value));
                let names = Depth::ALL.map(|depth| format!("`{}`", depth.name()));
                let help = format!("it is a list of {}", names.join(", "));
                reader
                    .file()
                    .report(Rule::InvalidRegister, name.place, message, Some(help));
            }
        }
    }
    depths
}

/// Returns every id that one of them has or had, with its place.
pub(super) fn ids(topics: &[Topic]) -> impl Iterator<Item = (&str, Place)> {
    topics
        .iter()
        .map(|topic| (topic.id.as_str(), topic.place))
        .chain(former(topics.iter().map(|topic| &topic.former_ids)))
}
