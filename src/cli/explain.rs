//! `throughline explain`.

use std::fmt::Write;

use super::arguments::Explain;
use super::terminal::Terminal;
use super::{Outcome, Stop};
use crate::model::Rule;
use crate::model::nearness::did_you_mean;

/// Prints the page about a rule, or the list of all rules.
///
/// # Errors
///
/// When no rule has this name.
pub fn explain(options: &Explain, terminal: &Terminal) -> Result<Outcome, Stop> {
    let Some(name) = &options.rule else {
        return terminal.print(&list());
    };
    match Rule::named(name) {
        Some(rule) => terminal.print(&format!(
            "{}\n\nSeverity: {}, unless `[checks]` in config.toml sets another.\n",
            rule.explanation().trim_end(),
            rule.default_severity().name()
        )),
        None => {
            let help = did_you_mean(name, Rule::ALL.iter().map(|rule| rule.name()))
                .unwrap_or_else(|| "run `throughline explain` for the list of rules".into());
            Err(Stop(format!("no rule is called `{name}`\n  help: {help}")))
        }
    }
}

fn list() -> String {
    let width = Rule::ALL
        .iter()
        .map(|rule| rule.name().len())
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for rule in Rule::ALL {
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{:width$}  {:7}  {}",
            rule.name(),
            rule.default_severity().name(),
            rule.summary()
        );
    }
    text.push_str("\nRun `throughline explain RULE` for an example of the fault and its mend.\n");
    text
}
