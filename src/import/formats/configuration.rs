//! Reads the configuration in YAML by which a tool orders its pages.

use super::super::course::Course;
use super::super::source::Source;
use super::super::value::{self, Value};

/// Returns what a configuration says. One that cannot be read is a fault of the course, whose order is then that of the files' names.
pub fn configuration(source: &Source, file: &str, course: &mut Course) -> Option<Value> {
    let text = source.text(file).ok()?;
    match value::yaml(&text) {
        Ok(config) => Some(config),
        Err(fault) => {
            let message = format!(
                "the configuration cannot be read, so the order is that of the files' names: {}",
                fault.message
            );
            course.fault(file, fault.line, message);
            None
        }
    }
}
