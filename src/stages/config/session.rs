//! Reads `[session]`: when sessions begin, and when they rest.

use crate::model::config::Sessions;
use crate::model::text::quoted;
use crate::stages::parse::table::Reader;

/// Minutes of the longest lunch that a run sheet plans.
const LONGEST_LUNCH: u32 = 180;

/// Reads when sessions begin, and when they rest.
pub(super) fn read(top: &mut Reader<'_, '_, '_>, sessions: &mut Sessions) {
    let Some((table, place)) = top.table("session") else {
        return;
    };
    let mut session = Reader::new(table, place, top.file());
    if let Some(start) = clock(&mut session, "start").flatten() {
        sessions.start = start;
    }
    if let Some(lunch) = clock(&mut session, "lunch") {
        sessions.lunch = lunch;
    }
    if let Some(minutes) = session.number("lunch_minutes") {
        sessions.lunch_minutes = minutes.min(LONGEST_LUNCH);
    }
    session.finish();
}

/// Returns a time of day in minutes since midnight; nothing where it is written as an empty text.
fn clock(session: &mut Reader<'_, '_, '_>, key: &'static str) -> Option<Option<u32>> {
    let written = session.placed_text(key)?;
    if written.value.is_empty() {
        return Some(None);
    }
    let minutes = written.value.split_once(':').and_then(|(hours, minutes)| {
        let part = |text: &str, below: u32| {
            let number = text.parse::<u32>().ok().filter(|number| *number < below);
            number.filter(|_| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit()))
        };
        Some(part(hours, 24)? * 60 + part(minutes, 60)?)
    });
    if minutes.is_none() {
        let message = format!("`{key}` cannot be `{}`", quoted(&written.value));
        let help = "write a time of day as \"09:30\"".to_owned();
        let rule = session.file().rule;
        session
            .file()
            .report(rule, written.place, message, Some(help));
    }
    Some(minutes)
}

#[cfg(test)]
mod tests {
    use camino::Utf8Path;

    use crate::model::config::Sessions;

    fn read(lines: &str) -> Result<Sessions, String> {
        let text = format!("[session]\n{lines}\n");
        let read = super::super::parse(Utf8Path::new("config.toml"), &text);
        read.map(|read| read.value.sessions)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn times_are_of_a_day_and_an_empty_lunch_is_none() {
        let usual = Sessions::default();
        let cases = [
            ("", usual),
            (
                "start = \"08:05\"",
                Sessions {
                    start: 485,
                    ..usual
                },
            ),
            ("start = \"\"", usual),
            (
                "lunch = \"\"",
                Sessions {
                    lunch: None,
                    ..usual
                },
            ),
            (
                "lunch = \"13:00\"\nlunch_minutes = 45",
                Sessions {
                    lunch: Some(780),
                    lunch_minutes: 45,
                    ..usual
                },
            ),
        ];
        for (lines, expected) in cases {
            assert_eq!(read(lines), Ok(expected), "{lines}");
        }
        for lines in [
            "start = \"9:30\"",
            "start = \"24:00\"",
            "lunch = \"noon\"",
            "lunch = \"12:60\"",
            "lunch = \"+1:30\"",
        ] {
            let said = read(lines).expect_err(lines);
            assert!(
                said.contains("write a time of day as \"09:30\""),
                "{lines}: {said}"
            );
        }
    }
}
