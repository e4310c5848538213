//! Issues fingerprints anew in the register of sign-offs: reviewer and day stay.

use std::collections::HashMap;

use toml_edit::{ArrayOfTables, Document, Item, Value};

use crate::model::edits::Edits;
use crate::model::written::as_toml;

/// Notes the new fingerprints of pages, which are named as the register names them.
pub fn renew(register: &str, fingerprints: &HashMap<String, String>, edits: &mut Edits) {
    let Ok(document) = Document::parse(register) else {
        return;
    };
    let tables = document.get("review").and_then(Item::as_array_of_tables);
    for table in tables.into_iter().flat_map(ArrayOfTables::iter) {
        let text = |key: &str| table.get(key).and_then(Item::as_str);
        let now = text("path").and_then(|path| fingerprints.get(path));
        let span = table
            .get("fingerprint")
            .and_then(Item::as_value)
            .and_then(Value::span);
        if let (Some(now), Some(span)) = (now, span) {
            edits.replace(span, as_toml(now));
        }
    }
}
