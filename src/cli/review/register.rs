//! The register of sign-offs, `reviews.toml`: read, and written anew as a whole.

use std::collections::BTreeMap;

use camino::Utf8Path;

use crate::cli::{Stop, files};
use crate::model::Register;
use crate::model::review::SignOff;
use crate::model::sources::RegisterSources;
use crate::stages::parse;

/// Reads the sign-offs by path. A register with a fault is not written over: its entries would be lost.
pub fn read(path: &Utf8Path) -> Result<BTreeMap<String, SignOff>, Stop> {
    let text = match files::read(path, files::LARGEST_REGISTER) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(Stop(format!("cannot read `{path}`: {error}"))),
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let read = parse::registers(&RegisterSources::default().with(Register::Reviews, text));
    if let Some(fault) = read.findings.first() {
        return Err(Stop(format!(
            "{}:{}: {}\n  help: mend the register before signing off: it would be written anew",
            fault.file, fault.place.line, fault.message
        )));
    }
    let sign_offs = read.value.sign_offs.into_iter();
    Ok(sign_offs
        .map(|sign_off| (sign_off.path.clone(), sign_off))
        .collect())
}

/// Returns the register's text.
pub fn text<'s>(sign_offs: impl Iterator<Item = &'s SignOff>) -> String {
    let mut text = String::from(
        "# Who approved which page as it stood when. Written by `throughline review approve`, which keeps no comments.\n",
    );
    let quoted = |text: &str| toml::Value::from(text).to_string();
    for sign_off in sign_offs {
        text.push_str(&format!(
            "\n[[review]]\npath = {}\nfingerprint = \"{}\"\nreviewer = {}\napproved_on = {}\n",
            quoted(&sign_off.path),
            sign_off.fingerprint,
            quoted(&sign_off.reviewer),
            sign_off.approved_on
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::review::Meaning;

    #[test]
    fn the_register_is_read_as_it_is_written() {
        let empty = Meaning::of("").0.map(|byte| format!("{byte:02x}")).concat();
        let sign_off = SignOff {
            path: "01-calls/02 \"quoted\".md".into(),
            fingerprint: [empty.as_str(); 3]
                .join("-")
                .parse()
                .expect("it is a fingerprint"),
            reviewer: "Siân O'Neill".into(),
            approved_on: date(2026, 11, 21),
        };
        let written = text(std::iter::once(&sign_off));
        let read =
            parse::registers(&RegisterSources::default().with(Register::Reviews, written.as_str()));
        assert!(read.findings.is_empty(), "{:?}", read.findings);
        assert_eq!(read.value.sign_offs, [sign_off]);
    }
}
