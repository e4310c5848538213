//! What people see, as whole strings, and that nothing they are shown can do harm.

use std::sync::Arc;

use proptest::prelude::*;

use super::super::sample::{self, place};
use super::*;
use crate::model::{Place, Rule};

fn shown(findings: &[Finding], source: &str) -> String {
    let lookup = |_: &str| Some(Arc::from(source));
    let screen = Screen {
        paint: Paint::Plain,
        width: None,
        source: &lookup,
    };
    human(&sample::report(findings), &screen)
}

/// Returns one finding as shown, without the closing line.
fn one(source: &str, place: Place) -> String {
    let finding = Finding::new(Rule::BrokenLink, "a.md", place, "no such lesson");
    let text = shown(&[finding], source);
    let (finding, _) = text.split_once("\n\n").expect("a blank line follows");
    finding.to_owned()
}

#[test]
fn errors_come_first_and_infos_last() {
    let findings = sample::findings();
    let screen = Screen {
        paint: Paint::Plain,
        width: None,
        source: &sample::source,
    };
    assert_eq!(
        human(&sample::report(&findings), &screen),
        r#"error[broken-link]: no lesson or file at `../02-income/03-two-views.md`
 --> modules/03-debt/04-hardship.md:3:9
  |
3 | See the [viewpoints](views.md#worked).
  |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: did you mean `../02-income/03-two-viewpoints.md`?

warning[unclosed-block]: this `activity` is never closed
 --> modules/03-debt/04-hardship.md:5:1
  |
5 | / ::: activity
6 | | Try it.
  | |_______^
  |
  = help: close it with a line of `:::`

error[unknown-key]: unknown key `naem` <100%>
                    in {topic}
--> modules/topics, "new".toml:2:1
 = help: did you mean `name`?

info[orphan-lesson]: no other lesson links here
 --> modules/01-telephony/02-time.md:1:1
  |
1 | +++
  | ^

error: 2 errors, 1 warning (and 1 info) in 12 lessons
"#
    );
}

#[test]
fn the_closing_line_counts_what_there_is() {
    for (errors, warnings, infos, expected) in [
        (0, 0, 0, "12 lessons in 3 modules: no findings"),
        (0, 0, 3, "info: 3 infos in 12 lessons"),
        (0, 1, 0, "warning: 1 warning in 12 lessons"),
        (0, 2, 1, "warning: 2 warnings (and 1 info) in 12 lessons"),
        (1, 0, 0, "error: 1 error in 12 lessons"),
        (1, 0, 2, "error: 1 error (and 2 infos) in 12 lessons"),
        (
            2,
            1,
            3,
            "error: 2 errors, 1 warning (and 3 infos) in 12 lessons",
        ),
    ] {
        let summary = Summary {
            errors,
            warnings,
            infos,
            ..sample::report(&[]).summary()
        };
        assert_eq!(closing_line(&summary, &Renderer::plain()), expected);
    }
    let single = Summary {
        lessons: 1,
        modules: 1,
        ..sample::report(&[]).summary()
    };
    assert_eq!(
        closing_line(&single, &Renderer::plain()),
        "1 lesson in 1 module: no findings"
    );
}

#[test]
fn carets_stand_under_wide_narrow_and_tabbed_characters() {
    for (source, place, line, carets) in [
        ("Sŵn [a](b)", place(1, 5, 1, 11), "Sŵn [a](b)", "    ^^^^^^"),
        (
            "漢字 [a](b)",
            place(1, 4, 1, 10),
            "漢字 [a](b)",
            "     ^^^^^^",
        ),
        ("👩 x", place(1, 3, 1, 4), "👩 x", "   ^"),
        ("\tx\ty", place(1, 4, 1, 5), "    x    y", "         ^"),
        ("a\u{1b}\u{202e}b", place(1, 4, 1, 5), "a␛\u{fffd}b", "   ^"),
        ("abc", place(1, 4, 1, 4), "abc", "   ^"),
    ] {
        let column = place.column;
        assert_eq!(
            one(source, place),
            format!(
                "error[broken-link]: no such lesson\n --> a.md:1:{column}\n  |\n1 | {line}\n  | {carets}"
            ),
            "{source:?}"
        );
    }
}

#[test]
fn a_long_place_shows_its_start_and_its_end() {
    let source: String = (1..=40).map(|line| format!("line {line}\n")).collect();
    assert_eq!(
        one(&source, place(2, 1, 40, 1)),
        "\
error[broken-link]: no such lesson
  --> a.md:2:1
   |
 2 | / line 2
 3 | | line 3
 4 | | line 4
 5 | | line 5
...  |
38 | | line 38
39 | | line 39
   | |_______^"
    );
}

#[test]
fn a_long_line_is_shown_around_its_place() {
    let source = format!("{}[here](x.md){}", "wörd ".repeat(80), " more".repeat(80));
    let text = one(&source, place(1, 401, 1, 413));
    let lines: Vec<_> = text.lines().collect();
    let at = lines[3].find("[here](x.md)").expect("the place is shown");
    let carets = lines[4].find('^').expect("carets are shown");
    assert_eq!(
        lines[3][..at].chars().count(),
        lines[4][..carets].chars().count(),
        "{text}"
    );
    assert!(lines[3].chars().count() <= 140, "{text}");
    assert_eq!(lines[1], " --> a.md:1:401");
}

#[test]
fn a_place_that_is_gone_is_named_without_a_snippet() {
    assert_eq!(
        one("one line\n", place(14, 9, 14, 20)),
        "error[broken-link]: no such lesson\n--> a.md:14:9"
    );
}

#[test]
fn nothing_that_is_quoted_can_steer_a_terminal() {
    let hostile = "\u{1b}]0;x\u{7}\u{9b}31m\u{202e}\r";
    let finding = Finding::new(
        Rule::BrokenLink,
        format!("a\n{hostile}.md"),
        place(1, 1, 1, 3),
        hostile,
    )
    .help(hostile);
    assert_eq!(
        shown(&[finding], &format!("{hostile}x\n")),
        "\
error[broken-link]: ␛]0;x␇\u{fffd}31m\u{fffd}␍
 --> a␊␛]0;x␇\u{fffd}31m\u{fffd}␍.md:1:1
  |
1 | ␛]0;x␇\u{fffd}31m\u{fffd}␍x
  | ^^
  |
  = help: ␛]0;x␇\u{fffd}31m\u{fffd}␍

error: 1 error in 12 lessons
"
    );
}

#[test]
fn colours_change_nothing_but_colours() {
    let findings = sample::findings();
    let report = sample::report(&findings);
    let text = |paint| {
        let screen = Screen {
            paint,
            width: None,
            source: &sample::source,
        };
        human(&report, &screen)
    };
    let coloured = text(Paint::Coloured);
    assert!(coloured.contains("\u{1b}["), "{coloured:?}");
    let mut bare = String::new();
    for (index, part) in coloured.split("\u{1b}[").enumerate() {
        let rest = part.split_once('m').map_or(part, |(_, rest)| rest);
        bare.push_str(if index == 0 { part } else { rest });
    }
    assert_eq!(bare, text(Paint::Plain));
}

proptest! {
    #[test]
    fn any_place_in_any_text_is_shown_harmlessly(
        source in "([a-zŵ漢👩 \t\r\n\u{0}-\u{1f}\u{7f}-\u{9f}\u{200b}-\u{206f}/:{}\\[\\]]|\r\n|\n){0,60}",
        message in "[a-z\u{0}-\u{9f}\u{2028}-\u{202e}]{0,12}",
        lines in (0_u32..9, 0_u32..9),
        columns in (0_u32..20, 0_u32..20),
        width in proptest::option::of(0_usize..60),
    ) {
        let place = place(lines.0, columns.0, lines.1, columns.1);
        let finding = Finding::new(Rule::BrokenLink, message.clone(), place, message.clone()).help(message);
        let lookup = |_: &str| Some(Arc::from(source.as_str()));
        let screen = Screen { paint: Paint::Plain, width, source: &lookup };
        let text = human(&sample::report(&[finding]), &screen);
        prop_assert!(
            text.chars().all(|character| character == '\n' || !character.is_control() || character == '\t'),
            "{text:?}"
        );
        prop_assert!(text.contains(&format!(":{}:", place.line)), "{text:?}");
    }

    #[test]
    fn every_place_of_a_text_is_quoted_with_its_own_column(
        source in "([a-zŵ漢👩 \t\u{1b}\u{202e}]|\r\n|\n){1,60}",
        range in (0_usize..200, 0_usize..200),
    ) {
        let lines = LineIndex::new(&source);
        let place = lines.place(&(range.0.min(range.1)..range.0.max(range.1)));
        let quote = Quote::of(&source, &lines, place);
        if let Some(quote) = quote {
            let shown = quote.text[..quote.marked.start].chars().count() as u32 + 1;
            // The end of a line with CR LF may be meant before or after the CR, which is not shown.
            let after_return = lines.offset(place.line, place.column) == lines.line_range(place.line).end;
            prop_assert!(shown == place.column || after_return && shown + 1 == place.column);
        } else {
            let first = lines.line_range(place.line).start;
            let last = lines.offset(place.end_line, place.end_column);
            prop_assert_eq!(source[first..last.max(first)].trim(), "", "{:?}", place);
        }
    }
}
