//! Findings as JUnit XML, for systems that show test results.
//!
//! In: a report. Out: one suite per file, one case per finding. Errors fail their case; the rest is its output, so that a run is red exactly
//! when `check` fails. A clean report is one case that passed, since many systems take an empty file for a failure.

use crate::model::text::is_unseen;
use crate::model::{Finding, Severity};

use super::report::Report;
use crate::report::words::counted;

/// Writes findings as JUnit XML.
pub fn junit(report: &Report<'_>) -> String {
    let summary = report.summary();
    let (tests, suites) = if report.findings.is_empty() {
        (1, clean_suite(report))
    } else {
        let suites = report
            .findings
            .chunk_by(|one, next| one.file == next.file)
            .map(|in_file| suite(in_file, report))
            .collect();
        (report.findings.len(), suites)
    };
    let failures = summary.errors;
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"throughline\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" time=\"0\">\n\
         {suites}</testsuites>\n"
    )
}

/// Returns the suite of one file's findings, of which there is at least one.
fn suite(findings: &[Finding], report: &Report<'_>) -> String {
    let file = findings.first().map_or("", |first| first.file.as_str());
    let failures = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .count();
    let cases: String = findings.iter().map(case).collect();
    let counts = Counts {
        tests: findings.len(),
        failures,
    };
    element(file, &counts, report) + &cases + "  </testsuite>\n"
}

fn clean_suite(report: &Report<'_>) -> String {
    let lessons = counted(report.lessons, "lesson");
    let modules = counted(report.modules, "module");
    let counts = Counts {
        tests: 1,
        failures: 0,
    };
    element("throughline", &counts, report)
        + &format!(
            "    <testcase classname=\"throughline\" name=\"check\" time=\"0\">\n      \
             <system-out>{lessons} in {modules}: no findings</system-out>\n    \
             </testcase>\n  </testsuite>\n"
        )
}

struct Counts {
    tests: usize,
    failures: usize,
}

/// Returns the start tag of a suite.
fn element(name: &str, counts: &Counts, report: &Report<'_>) -> String {
    let name = escape(name);
    let as_of = report.as_of;
    let Counts { tests, failures } = counts;
    format!(
        "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" \
         skipped=\"0\" timestamp=\"{as_of}T00:00:00\" time=\"0\">\n"
    )
}

fn case(finding: &Finding) -> String {
    let file = escape(&finding.file);
    let rule = finding.rule.name();
    let (line, column) = (finding.place.line, finding.place.column);
    let severity = finding.severity.name();
    let message = escape(&finding.message);
    let help = finding
        .help
        .as_ref()
        .map_or_else(String::new, |help| format!("\nhelp: {}", escape(help)));
    let text = format!("{severity}[{rule}]: {message}\n{file}:{line}:{column}{help}");
    let outcome = match finding.severity {
        Severity::Error => {
            format!("<failure type=\"{rule}\" message=\"{message}\">{text}</failure>")
        }
        Severity::Warning | Severity::Info => format!("<system-out>{text}</system-out>"),
    };
    format!(
        "    <testcase classname=\"{file}\" name=\"{rule} at {line}:{column}\" file=\"{file}\" \
         line=\"{line}\" time=\"0\">\n      {outcome}\n    </testcase>\n"
    )
}

/// Escapes text for element content and attribute values alike.
///
/// Characters that XML 1.0 cannot hold, the other control characters, and what turns text unseen are dropped: <https://www.w3.org/TR/xml/#charsets>.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // Written as references, or an attribute would turn them into spaces.
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            _ if character.is_control() || is_unseen(character) => {}
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn errors_fail_and_the_rest_is_output() {
        let findings = sample::findings();
        assert_eq!(
            junit(&sample::report(&findings)),
            r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="throughline" tests="4" failures="2" errors="0" time="0">
  <testsuite name="modules/01-telephony/02-time.md" tests="1" failures="0" errors="0" skipped="0" timestamp="2026-11-21T00:00:00" time="0">
    <testcase classname="modules/01-telephony/02-time.md" name="orphan-lesson at 1:1" file="modules/01-telephony/02-time.md" line="1" time="0">
      <system-out>info[orphan-lesson]: no other lesson links here
modules/01-telephony/02-time.md:1:1</system-out>
    </testcase>
  </testsuite>
  <testsuite name="modules/03-debt/04-hardship.md" tests="2" failures="1" errors="0" skipped="0" timestamp="2026-11-21T00:00:00" time="0">
    <testcase classname="modules/03-debt/04-hardship.md" name="broken-link at 3:9" file="modules/03-debt/04-hardship.md" line="3" time="0">
      <failure type="broken-link" message="no lesson or file at `../02-income/03-two-views.md`">error[broken-link]: no lesson or file at `../02-income/03-two-views.md`
modules/03-debt/04-hardship.md:3:9
help: did you mean `../02-income/03-two-viewpoints.md`?</failure>
    </testcase>
    <testcase classname="modules/03-debt/04-hardship.md" name="unclosed-block at 5:1" file="modules/03-debt/04-hardship.md" line="5" time="0">
      <system-out>warning[unclosed-block]: this `activity` is never closed
modules/03-debt/04-hardship.md:5:1
help: close it with a line of `:::`</system-out>
    </testcase>
  </testsuite>
  <testsuite name="modules/topics, &quot;new&quot;.toml" tests="1" failures="1" errors="0" skipped="0" timestamp="2026-11-21T00:00:00" time="0">
    <testcase classname="modules/topics, &quot;new&quot;.toml" name="unknown-key at 2:1" file="modules/topics, &quot;new&quot;.toml" line="2" time="0">
      <failure type="unknown-key" message="unknown key `naem` &lt;100%&gt;&#10;in {topic}">error[unknown-key]: unknown key `naem` &lt;100%&gt;&#10;in {topic}
modules/topics, &quot;new&quot;.toml:2:1
help: did you mean `name`?</failure>
    </testcase>
  </testsuite>
</testsuites>
"#
        );
    }

    #[test]
    fn a_clean_report_is_one_case_that_passed() {
        assert_eq!(
            junit(&sample::report(&[])),
            r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="throughline" tests="1" failures="0" errors="0" time="0">
  <testsuite name="throughline" tests="1" failures="0" errors="0" skipped="0" timestamp="2026-11-21T00:00:00" time="0">
    <testcase classname="throughline" name="check" time="0">
      <system-out>12 lessons in 3 modules: no findings</system-out>
    </testcase>
  </testsuite>
</testsuites>
"#
        );
    }

    #[test]
    fn text_is_escaped_and_what_xml_cannot_hold_is_dropped() {
        for (text, expected) in [
            (
                "a & b < c > \"d\" 'e'",
                "a &amp; b &lt; c &gt; &quot;d&quot; 'e'",
            ),
            ("]]>", "]]&gt;"),
            ("\u{1b}[31m\0\u{7f}\u{9b}\u{ffff}x\u{202e}y", "[31mxy"),
            ("a\r\nb\tŵ👩", "a&#10;b&#9;ŵ👩"),
        ] {
            assert_eq!(escape(text), expected, "{text:?}");
        }
    }
}
