//! What all registers have in common: entries that are read one by one, ids, and lists of modules.

use std::collections::HashMap;

use crate::model::days::Day;
use crate::model::naming::{id_like, is_entry_id};
use crate::model::registers::{Placed, Required};
use crate::model::text::quoted;
use crate::model::{Finding, LineIndex, Place, Register, Rule};
use crate::stages::parse::table::{Reader, TomlFile};
use crate::stages::parse::web::addresses;

/// What is found in the registers beside their entries.
#[derive(Default)]
pub(super) struct Found {
    pub(super) findings: Vec<Finding>,
    pub(super) addresses: Vec<(&'static str, Placed<Box<str>>)>,
    pub(super) days: Vec<(&'static str, Placed<Day>)>,
}

/// Reads the entries of a register.
pub(super) fn read<T>(
    (register, text): (Register, &str),
    entry: impl Fn(&mut Reader<'_, '_, '_>) -> Option<T>,
    found: &mut Found,
) -> Vec<T> {
    let file = register.path();
    let lines = LineIndex::new(text);
    let mut toml = TomlFile::new((file, &lines), 0, Rule::InvalidRegister);
    let table = toml.parse(text);
    let mut top = Reader::new(&table, Place::START, &mut toml);
    let tables = top.tables(register.entry());
    top.finish();
    let mut entries = Vec::with_capacity(tables.len());
    for (table, place) in tables {
        let mut reader = Reader::new(table, first_line(place), &mut toml).called(register.entry());
        let value = entry(&mut reader);
        reader.finish();
        entries.extend(value);
    }
    found.addresses.extend(
        addresses(&table, text, &[])
            .into_iter()
            .map(|(address, range)| {
                let value = address.into();
                let place = toml.place(range);
                let at = None;
                (file, Placed { value, place, at })
            }),
    );
    let days = toml.days.drain(..);
    found.days.extend(days.map(|day| (file, day)));
    found.findings.append(&mut toml.findings);
    entries
}

/// Shortens the place of a table to the line where it starts.
pub(super) fn first_line(place: Place) -> Place {
    Place {
        end_line: place.line,
        end_column: if place.end_line == place.line {
            place.end_column
        } else {
            place.column
        },
        ..place
    }
}

/// Reports ids that two entries have, each but the first.
pub(super) fn report_duplicates<'r>(
    register: Register,
    ids: impl Iterator<Item = (&'r str, Place)>,
    findings: &mut Vec<Finding>,
) {
    let mut first: HashMap<&str, Place> = HashMap::new();
    for (id, place) in ids {
        if let Some(before) = first.get(id) {
            findings.push(
                Finding::new(
                    Rule::DuplicateId,
                    register.path(),
                    place,
                    format!("the id `{id}` is given twice"),
                )
                .help(format!("it stands first on line {}", before.line)),
            );
        } else {
            first.insert(id, place);
        }
    }
}

/// Returns ids that entries had before, each with its place: nothing else may have them.
pub(super) fn former<'r>(
    ids: impl Iterator<Item = &'r Vec<Placed<String>>>,
) -> impl Iterator<Item = (&'r str, Place)> {
    ids.flatten().map(|id| (id.value.as_str(), id.place))
}

/// Reads an id: lower-case letters, digits and hyphens, since it becomes a file name.
pub(super) fn id(reader: &mut Reader<'_, '_, '_>) -> Option<Placed<String>> {
    let id = reader.required_text("id")?;
    check_id(reader, id)
}

/// Reads ids that an entry had before.
pub(super) fn former_ids(reader: &mut Reader<'_, '_, '_>) -> Vec<Placed<String>> {
    let ids = reader.titles("former_ids");
    ids.into_iter()
        .filter_map(|id| check_id(reader, id))
        .collect()
}

fn check_id(reader: &mut Reader<'_, '_, '_>, id: Placed<String>) -> Option<Placed<String>> {
    if is_entry_id(&id.value) {
        return Some(id);
    }
    let message = format!("`{}` cannot be an id", quoted(&id.value));
    let like = id_like(&id.value);
    let help = format!("use lower-case letters, digits and hyphens, such as `{like}`");
    reader
        .file()
        .report(Rule::InvalidRegister, id.place, message, Some(help));
    None
}

/// Stands for all modules in a list of them.
const EVERY_MODULE: &str = "every-module";

/// Returns the modules that a list names.
pub(super) fn required(list: Vec<Placed<String>>) -> Required {
    if list.iter().any(|module| module.value == EVERY_MODULE) {
        Required::EveryModule
    } else {
        Required::Modules(list)
    }
}
