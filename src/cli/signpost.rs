//! `throughline signpost`: writes into the register who has checked which service when.

use camino::Utf8Path;
use jiff::civil::Date;
use toml_edit::Document;

use super::amend::{changed, entries};
use super::arguments::{Global, Signpost, SignpostTask, SignpostVerify};
use super::files;
use super::reviewer::named;
use super::terminal::Terminal;
use super::{Outcome, Stop, root};
use crate::model::nearness::did_you_mean;
use crate::pipeline;
use crate::report::words::counted;

/// Runs `signpost`.
///
/// # Errors
///
/// When nobody is named, a service is not in the register, or the register cannot be read or written.
pub fn signpost(options: &Signpost, global: &Global, terminal: &Terminal) -> Result<Outcome, Stop> {
    match &options.what {
        SignpostTask::Verify(options) => verify(options, global, terminal),
    }
}

fn verify(options: &SignpostVerify, global: &Global, terminal: &Terminal) -> Result<Outcome, Stop> {
    let check = Check {
        by: named(&options.by)?,
        on: day(options)?,
    };
    let path = root(global)?.join("modules/signposts.toml");
    let text = files::read(&path, files::LARGEST_REGISTER)
        .map_err(|error| Stop(format!("cannot read `{path}`: {error}")))?;
    let verified = check.written(&text, &options.ids, &path)?;
    files::replace(&path, &verified)?;
    let mut ids = options.ids.clone();
    ids.sort_unstable();
    ids.dedup();
    terminal.say(&format!(
        "{} verified {} on {}: `{path}`",
        check.by,
        counted(ids.len(), "support service"),
        check.on
    ));
    Ok(Outcome::Clean)
}

/// Returns the day of the check. Nobody can have checked on a day that is still to come.
fn day(options: &SignpostVerify) -> Result<Date, Stop> {
    let today = options.as_of.unwrap_or_else(pipeline::today);
    match options.on {
        Some(day) if day > today => Err(Stop(format!(
            "nobody can have verified anything on {day}: today is {today}\n  help: name the day of the check with `--on`"
        ))),
        day => Ok(day.unwrap_or(today)),
    }
}

/// Who has checked when.
struct Check {
    by: String,
    on: Date,
}

impl Check {
    /// Returns the register with the check written into the entries with these ids.
    fn written(&self, register: &str, ids: &[String], path: &Utf8Path) -> Result<String, Stop> {
        // The mark that some editors set at the start is no TOML, and stays where it is.
        let (mark, text) = match register.strip_prefix('\u{feff}') {
            Some(text) => ("\u{feff}", text),
            None => ("", register),
        };
        let document = Document::parse(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let line = 1 + text[..at].matches('\n').count();
            Stop(format!(
                "{path}:{line}: this is not TOML: {}",
                error.message()
            ))
        })?;
        let entries = entries(&document, "signpost");
        let known: Vec<&str> = entries
            .iter()
            .filter_map(|entry| entry.text("id"))
            .collect();
        let by = toml::Value::from(self.by.as_str()).to_string();
        let on = self.on.to_string();
        let mut changes = Vec::new();
        for (index, id) in ids.iter().enumerate() {
            if ids[..index].contains(id) {
                continue;
            }
            // Where an id stands twice, which is a finding, the first one holds.
            let entry = entries.iter().find(|entry| entry.text("id") == Some(id));
            let Some(entry) = entry else {
                let help = did_you_mean(id, known.iter().copied())
                    .unwrap_or_else(|| "ids stand in modules/signposts.toml".into());
                return Err(Stop(format!(
                    "no support service is called `{id}`\n  help: {help}"
                )));
            };
            changes.extend(entry.set(text, "last_verified_on", &on));
            changes.extend(entry.set(text, "verified_by", &by));
        }
        Ok(mark.to_owned() + &changed(text, changes))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn written(register: &str, ids: &[&str]) -> Result<String, String> {
        let check = Check {
            by: "Siân \"S\" O'Neill".into(),
            on: date(2026, 11, 28),
        };
        let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        let written = check.written(register, &ids, Utf8Path::new("s.toml"));
        written.map_err(|stop| stop.0)
    }

    #[test]
    fn a_check_is_written_and_the_rest_stays() {
        let register = "\u{feff}# Services.\r\n[[signpost]]\r\nid = \"a\"\r\nlast_verified_on = 2026-01-01 # by phone\r\n\r\n[[signpost]]\r\nid = \"b\"\r\n";
        let expected = "\u{feff}# Services.\r\n[[signpost]]\r\nid = \"a\"\r\nlast_verified_on = 2026-11-28 # by phone\r\nverified_by = 'Siân \"S\" O''Neill'\r\n\r\n[[signpost]]\r\nid = \"b\"\r\n";
        let quoted = toml::Value::from("Siân \"S\" O'Neill").to_string();
        let expected = expected.replace("'Siân \"S\" O''Neill'", &quoted);
        assert_eq!(written(register, &["a", "a"]).as_deref(), Ok(&*expected));
        let again = written(&expected, &["a"]).expect("it is written again");
        assert_eq!(again, expected);
    }

    #[test]
    fn what_is_not_in_the_register_is_refused() {
        for (register, ids, expected) in [
            (
                "[[signpost]]\nid = \"samaritans\"\n",
                &["samaritans", "samaritan"][..],
                "no support service is called `samaritan`\n  help: did you mean `samaritans`?",
            ),
            (
                "",
                &["a"],
                "no support service is called `a`\n  help: ids stand in modules/signposts.toml",
            ),
            ("\n[[signpost\n", &["a"], "s.toml:2: this is not TOML: "),
        ] {
            let refused = written(register, ids).expect_err(register);
            assert!(refused.starts_with(expected), "{refused}");
        }
    }
}
