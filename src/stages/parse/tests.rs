//! Shows what lessons know about themselves: their questions and scenarios, and who sees which part.

use std::sync::Arc;

use super::{Context, Scratch, anew};
use crate::language::Language;
use crate::model::audience::Audience;
use crate::model::blocks::{BlockKind, Outcome};
use crate::model::config::{Edition, RawHtml};
use crate::model::path::SourcePath;
use crate::model::sources::Document;
use crate::model::stretches::{Part, Reading, read_pieces, unread};
use crate::model::{LanguageTag, Lesson, Registers};

fn parsed(markdown: &str) -> Arc<Lesson> {
    let language = Language::of(&LanguageTag::default());
    let context = Context::new(Arc::new(Registers::default()), language, RawHtml::Text);
    let document = Document {
        path: SourcePath::new("01-calls/01-a.md"),
        text: format!("+++\ntitle = \"A\"\n+++\n{markdown}").into(),
    };
    anew(&document, &context, &mut Scratch::default())
}

fn text(lesson: &Lesson, reading: Reading) -> String {
    let unread = unread(&lesson.stretches, reading);
    let pieces = read_pieces(0..lesson.text.len() as u32, unread);
    pieces.map(|piece| &lesson.text[piece]).collect()
}

#[test]
fn images_and_links_stand_in_the_order_of_the_text() {
    let lesson = parsed(
        "One ![A](a.svg) two [three](b.md), ![B *b*](b.svg)\\\n![C](c.svg)[four](c.md) [![D](d.svg)](d.md) five",
    );
    let found = lesson.links.iter().map(|link| {
        let behind = &lesson.text[link.text_start as usize..];
        (
            link.target.as_ref(),
            behind.split_whitespace().next().unwrap_or(""),
        )
    });
    let found: Vec<(&str, &str)> = found.collect();
    assert_eq!(
        found,
        [
            ("a.svg", "two"),
            ("b.md", "three,"),
            ("b.svg", "four"),
            ("c.svg", "four"),
            ("c.md", "four"),
            ("d.md", "five"),
            ("d.svg", "five"),
        ]
    );
    assert!(lesson.links.is_sorted_by_key(|link| link.text_start));
}

const QUESTION: &str = "\
::: question [Whose income counts?] {#q}
Think of *both* homes.

- [ ] The receiving parent's

  No: gross income of the other parent.

  ::: facilitator
  Many choose this one.
  :::
- [x] The paying parent's
- Nobody's
  ::: hint
  Read on.
  :::

::: solution
The paying parent's.
:::
:::
";

#[test]
fn a_question_knows_its_options() {
    let lesson = parsed(QUESTION);
    let questions: Vec<_> = lesson.questions().collect();
    assert_eq!(questions.len(), 1);
    assert_eq!(&*questions[0].block().id, "q");
    let words =
        |range: std::ops::Range<u32>| lesson.text[range.start as usize..range.end as usize].trim();
    let offers: Vec<_> = questions[0]
        .offers()
        .map(|offer| {
            (
                offer.number,
                offer.right,
                words(offer.words),
                offer.feedback.map(words),
            )
        })
        .collect();
    assert_eq!(
        offers,
        [
            (
                1,
                false,
                "The receiving parent's",
                Some("No: gross income of the other parent.\nMany choose this one.")
            ),
            (2, true, "The paying parent's", None),
            (3, false, "Nobody's", Some("Read on.")),
        ]
    );
    for offer in questions[0].offers() {
        let html =
            &lesson.body.html[offer.stretch.html.start as usize..offer.stretch.html.end as usize];
        assert!(html.starts_with("<div class=\"option\">"), "{html}");
        assert!(
            html.contains(&format!("value=\"{}\"", offer.number)),
            "{html}"
        );
        assert!(html.ends_with("</details></div>\n"), "{html}");
    }
}

#[test]
fn options_of_a_question_stand_side_by_side() {
    let lesson = parsed(QUESTION);
    for question in lesson.questions() {
        let offers: Vec<_> = question.offers().map(|offer| offer.stretch).collect();
        for pair in offers.windows(2) {
            assert_eq!(
                pair[0].html.end, pair[1].html.start,
                "they can change places"
            );
            assert_eq!(pair[0].slots.end, pair[1].slots.start);
            assert_eq!(pair[0].text.end, pair[1].text.start);
        }
    }
}

#[test]
fn each_reader_reads_what_is_theirs() {
    let lesson = parsed(QUESTION);
    for (reading, gone, kept) in [
        (
            Reading::Page(Edition::Learner),
            vec!["Many choose"],
            vec!["gross income", "Read on.", "The paying parent's."],
        ),
        (
            Reading::Page(Edition::Facilitator),
            vec![],
            vec!["Many choose", "The paying parent's."],
        ),
        (
            Reading::Search(Edition::Learner),
            vec!["Many choose", "gross income", "The paying parent's."],
            vec!["Whose income", "both homes", "Nobody's"],
        ),
        (
            Reading::Search(Edition::Facilitator),
            vec![],
            vec!["Many choose", "gross income"],
        ),
    ] {
        let text = text(&lesson, reading);
        for words in gone {
            assert!(!text.contains(words), "{reading:?}: {words:?} in {text:?}");
        }
        for words in kept {
            assert!(
                text.contains(words),
                "{reading:?}: no {words:?} in {text:?}"
            );
        }
    }
    let all = lesson.words(Edition::Facilitator);
    assert_eq!(
        lesson.words(Edition::Learner),
        all - 4,
        "Many choose this one"
    );
}

const SCENARIO: &str = "\
::: scenario [A late payment] {#late}
::: step [The call] {#call}
::: choice [Promise a date] {outcome=poor next=#promised}
Sam writes it down.
:::
::: choice [Say what you know] {outcome=best next=#debrief}
:::
::: scenario [Inside]
::: choice [Answer] {next=#call}
:::
:::
:::
::: step [The date passes] {#promised}
::: choice [Start again] {next=#call}
:::
:::
::: step [Debrief] {#debrief}
:::
:::
";

#[test]
fn a_scenario_knows_its_steps_and_choices() {
    let lesson = parsed(SCENARIO);
    let scenarios: Vec<_> = lesson.scenarios().collect();
    let shown = |index: usize| -> Vec<_> {
        let steps = scenarios[index].steps().into_iter();
        steps
            .map(|step| {
                let title = step.block.map_or("", |block| &block.title).to_owned();
                let choices = step.choices.iter().map(|choice| {
                    let next = choice.next.map_or("", |next| &next.title).to_owned();
                    (choice.block.title.to_string(), choice.outcome, next)
                });
                (title, choices.collect::<Vec<_>>())
            })
            .collect()
    };
    let choice = |title: &str, outcome, next: &str| (title.to_owned(), outcome, next.to_owned());
    assert_eq!(
        shown(0),
        [
            (
                "The call".to_owned(),
                vec![
                    choice("Promise a date", Some(Outcome::Poor), "The date passes"),
                    choice("Say what you know", Some(Outcome::Best), "Debrief"),
                ]
            ),
            (
                "The date passes".to_owned(),
                vec![choice("Start again", None, "The call")]
            ),
            ("Debrief".to_owned(), vec![]),
        ]
    );
    assert_eq!(
        shown(1),
        [(String::new(), vec![choice("Answer", None, "")])],
        "a scenario's choices lead to its own steps alone"
    );
}

#[test]
fn blocks_know_the_block_around_them() {
    let lesson = parsed(
        "::: activity\n::: hint\nH\n:::\n::: unknown\n::: note\nN\n:::\n:::\n:::\n::: tip\nT\n:::\n",
    );
    let inside: Vec<_> = lesson
        .blocks
        .iter()
        .map(|block| (block.kind, block.inside))
        .collect();
    assert_eq!(
        inside,
        [
            (BlockKind::Activity, None),
            (BlockKind::Hint, Some(0)),
            (BlockKind::Note, Some(0)),
            (BlockKind::Tip, None),
        ]
    );
}

#[test]
fn what_follows_notes_belongs_to_the_section_before_them() {
    let lesson = parsed(
        "## Calls\n\n::: facilitator\n## Answers {#answers}\n\nSecret.[^n]\n:::\n\nSee [it](x.md).\n\n[^n]: Theirs, with [a link](y.md).\n",
    );
    let audiences: Vec<_> = lesson
        .headings
        .iter()
        .map(|heading| heading.audience)
        .collect();
    assert_eq!(audiences, [Audience::Everybody, Audience::Facilitators]);
    let links: Vec<_> = lesson
        .links
        .iter()
        .map(|link| (&*link.target, link.section, link.audience))
        .collect();
    assert_eq!(
        links,
        [
            ("x.md", Some(0), Audience::Everybody),
            ("y.md", Some(0), Audience::Facilitators),
        ],
        "a footnote that only notes name is theirs"
    );
    assert_eq!(lesson.section(0).end as usize, lesson.text.len());
    let parts: Vec<_> = lesson
        .stretches
        .iter()
        .map(|stretch| (stretch.part, stretch.audience))
        .collect();
    assert_eq!(
        parts,
        [
            (Part::Notes, Audience::Facilitators),
            (Part::Footnote, Audience::Facilitators),
        ]
    );
}

#[test]
fn a_choice_for_everybody_leads_to_no_step_for_some() {
    let lesson = parsed(
        "::: scenario\n::: step [A]\n::: choice [B] {next=#c}\n:::\n:::\n::: facilitator\n::: step [C] {#c}\n:::\n:::\n:::\n",
    );
    let found: Vec<_> = lesson
        .findings
        .iter()
        .map(|finding| finding.message.as_str())
        .collect();
    let expected = "the step `#c` stands in a `facilitator` block, which learners do not see";
    assert_eq!(found, [expected]);
    assert!(lesson.blocks.iter().all(|block| block.next.is_none()));
}

#[test]
fn targets_and_ids_know_where_they_stand() {
    let markdown = "\
## One {#one topics=a,b claims=\"A1, A2\"}

[x](y.md \"t\") ![alt][z] [[signpost:signpost|help]] [[topic]] <https://example.org/> [&amp;](a&amp;b.md)

| a | b |
| - | - |
| [[topic\\|words]] | [x](<c d.md>) |

::: signposts {ids=samaritans}
:::

[z]: images/z.svg
";
    let lesson = parsed(markdown);
    let source = format!("+++\ntitle = \"A\"\n+++\n{markdown}");
    let slice = |at: (u32, u32)| &source[at.0 as usize..at.1 as usize];
    let targets: Vec<_> = lesson.links.iter().map(|link| link.at.map(slice)).collect();
    assert_eq!(
        targets,
        [
            Some("y.md"),
            Some("images/z.svg"),
            Some("signpost"),
            Some("topic"),
            None,
            Some("a&amp;b.md"),
            Some("topic"),
            Some("c d.md"),
        ]
    );
    let ids: Vec<_> = lesson.named.iter().map(|named| slice(named.at)).collect();
    assert_eq!(ids, ["a", "b", "A1", "A2", "samaritans"]);
}
