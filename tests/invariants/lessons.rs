//! Whatever a lesson says, its facts stand inside it, its slots fit, and its HTML is well formed.

use throughline::model::audience::{Medium, Showing};
use throughline::model::blocks::BlockKind;
use throughline::model::body::{Slot, SlotKind};
use throughline::model::config::Edition;
use throughline::model::stretches::{Part, Piece, Stretch, pieces};
use throughline::model::{Lesson, Place, Registers};
use throughline::stages::review::sign_off::fingerprint;
use throughline::stages::{discover, parse};

use super::curriculum::{CONTEXTS, document};
use super::html;
use super::places::{assert_inside, assert_range, assert_sound};

/// Parses a file as a lesson, with and without HTML of its own, and checks what comes of it in both editions.
pub fn hold(data: &[u8]) {
    let text = discover::text_of(data.to_vec(), "modules/a/b.md", &mut Vec::new());
    let document = document("a/b.md", text);
    for context in &*CONTEXTS {
        let lesson = parse::for_sign_off(&document, context, &mut parse::Scratch::default());
        assert_well_formed(&lesson, &document.text, &context.registers);
    }
}

/// Panics where a lesson's facts do not fit its text.
pub fn assert_well_formed(lesson: &Lesson, source: &str, registers: &Registers) {
    for finding in &lesson.findings {
        assert_sound(finding, source);
    }
    assert_facts(lesson, source);
    assert_sentences(lesson);
    assert_blocks_nest(lesson);
    assert_stretches(lesson);
    assert_practice(lesson);
    for edition in [Edition::Learner, Edition::Facilitator] {
        for medium in [Medium::Screen, Medium::Paper] {
            let page = Showing { edition, medium };
            html::ids(&html::tags(&filled(lesson, page)));
        }
        lesson.minutes(edition);
    }
    assert_eq!(lesson.words(Edition::Facilitator), lesson.words);
    assert!(lesson.words(Edition::Learner) <= lesson.words);
    fingerprint(lesson, registers);
}

fn assert_facts(lesson: &Lesson, source: &str) {
    let text = &lesson.text;
    for heading in &lesson.headings {
        assert_inside(heading.place, source, "heading");
        assert_range((heading.text_start, heading.text_end), text, "heading");
        assert!((1..=6).contains(&heading.level));
        let seen = lesson.anchors.get(&heading.id);
        assert_eq!(seen, Some(&heading.audience), "{heading:?}");
    }
    let stands = |place: Place, (start, end): (u32, u32), section: Option<u32>, what: &str| {
        assert_inside(place, source, what);
        assert_range((start, end), text, what);
        lesson.section_title(section);
    };
    for span in &lesson.spans {
        let range = (span.text_start, span.text_end);
        stands(span.place, range, span.section, "span");
        assert!(span.id.is_empty() || lesson.anchors.get(&span.id) == Some(&span.audience));
        assert!(
            span.inside
                .is_none_or(|block| lesson.blocks.len() > block as usize)
        );
    }
    for words in lesson.foreign.within(&(0..text.len() as u32)) {
        assert_range((words.start, words.end), text, "foreign words");
    }
    let quotes = lesson.headings.iter().map(|heading| &heading.quote);
    let quotes = quotes.chain(lesson.blocks.iter().map(|block| &block.quote));
    for quote in quotes
        .chain(lesson.spans.iter().map(|span| &span.quote))
        .flatten()
    {
        stands(
            quote.place,
            (quote.text_start, quote.text_end),
            None,
            "quote",
        );
    }
    for block in &lesson.blocks {
        let range = (block.text_start, block.text_end);
        stands(block.place, range, block.section, "block");
        let seen = lesson.anchors.get(&block.id);
        assert_eq!(seen, Some(&block.audience), "{block:?}");
    }
    for link in &lesson.links {
        let range = (link.text_start, link.text_end);
        stands(link.place, range, link.section, "link");
        if let Some(at) = link.at {
            assert_range(at, source, "target");
            let written = &source[at.0 as usize..at.1 as usize];
            // What is written with escapes or entities reads otherwise.
            let is_plain = !written.contains(['\\', '&', '\0']);
            assert!(!is_plain || written == &*link.target, "{written}: {link:?}");
        }
    }
    for named in &lesson.named {
        assert_range(named.at, source, "named");
    }
    for mention in &lesson.mentions {
        let range = (mention.text_start, mention.text_end);
        stands(mention.place, range, mention.section, "mention");
    }
    for wording in &lesson.wordings {
        assert_inside(wording.place, source, "wording");
    }
    for telephone in &lesson.telephones {
        assert_inside(telephone.place, source, "telephone number");
    }
    for ignore in &lesson.ignores {
        assert_inside(ignore.place, source, "ignore");
        assert!(ignore.lines.0 <= ignore.lines.1, "{ignore:?}");
    }
    let links = lesson.links.iter().map(|link| link.text_start);
    assert!(links.is_sorted(), "links stand in the order of the text");
    let in_order = |starts: Vec<(u32, u32)>| starts.is_sorted();
    let places = lesson.headings.iter().map(|heading| heading.place);
    assert!(in_order(
        places.map(|place| (place.line, place.column)).collect()
    ));
    let places = lesson.blocks.iter().map(|block| block.place);
    assert!(in_order(
        places.map(|place| (place.line, place.column)).collect()
    ));
}

/// Asks for every sentence that reports and topic pages show.
fn assert_sentences(lesson: &Lesson) {
    for mention in &lesson.mentions {
        let sentence = lesson.sentence(mention.text_start, mention.text_end);
        assert!(sentence.start <= mention.text_start as usize);
        assert!(sentence.end >= mention.text_end as usize);
    }
    for edition in [Edition::Learner, Edition::Facilitator] {
        for block in &lesson.blocks {
            lesson.block_sentence(block, edition);
        }
        for index in 0..lesson.headings.len() {
            lesson.first_sentence(lesson.section(index), edition);
        }
    }
}

/// Panics where a stretch is not whole: HTML that is well formed, lines of text, and nothing of another stretch.
fn assert_stretches(lesson: &Lesson) {
    let body = &lesson.body;
    let mut open: Vec<&Stretch> = Vec::new();
    for stretch in &lesson.stretches {
        let html = stretch.html.start as usize..stretch.html.end as usize;
        html::tags(&body.html[html.clone()]);
        assert_range(
            (stretch.text.start, stretch.text.end),
            &lesson.text,
            "stretch",
        );
        // Words in a line have no text; whatever has some is made of whole lines.
        let is_in_line = stretch.part == Part::Editorial && stretch.text.is_empty();
        for at in [stretch.text.start, stretch.text.end] {
            if is_in_line {
                break;
            }
            let before = &lesson.text[..at as usize];
            assert!(
                before.is_empty() || before.ends_with('\n'),
                "{stretch:?} cuts a line"
            );
        }
        for slot in &body.slots[stretch.slots.start as usize..stretch.slots.end as usize] {
            assert!(
                (html.start..=html.end).contains(&(slot.at as usize)),
                "{slot:?}"
            );
        }
        let is_inside = |inner: &Stretch, outer: &Stretch| {
            let ranges = [
                (&inner.html, &outer.html),
                (&inner.slots, &outer.slots),
                (&inner.text, &outer.text),
            ];
            ranges
                .iter()
                .all(|(inner, outer)| outer.start <= inner.start && inner.end <= outer.end)
        };
        while open
            .last()
            .is_some_and(|outer| outer.html.end <= stretch.html.start)
        {
            open.pop();
        }
        if let Some(outer) = open.last() {
            assert!(
                is_inside(stretch, outer),
                "{stretch:?} leads out of {outer:?}"
            );
        }
        open.push(stretch);
    }
    for footnote in &lesson.footnotes {
        assert_eq!(lesson.stretches[*footnote as usize].part, Part::Footnote);
    }
    for reference in &lesson.references {
        assert!(
            reference
                .footnote
                .is_none_or(|note| lesson.footnotes.len() > note as usize)
        );
    }
}

/// Panics where options or choices are lost between what is noted and what is read.
fn assert_practice(lesson: &Lesson) {
    let offers: usize = lesson
        .questions()
        .map(|question| question.offers().count())
        .sum();
    let is_option = |stretch: &&Stretch| matches!(stretch.part, Part::Option { .. });
    assert_eq!(offers, lesson.stretches.iter().filter(is_option).count());
    for question in lesson.questions() {
        for (number, offer) in (1..).zip(question.offers()) {
            assert_eq!(offer.number, number);
            assert!(offer.words.end <= offer.stretch.text.end);
        }
    }
    for scenario in lesson.scenarios() {
        for choice in scenario.steps().iter().flat_map(|step| &step.choices) {
            assert!(choice.next.is_none_or(|next| next.kind == BlockKind::Step));
        }
    }
}

/// Panics where two blocks overlap and neither holds the other.
fn assert_blocks_nest(lesson: &Lesson) {
    let mut open: Vec<(u32, u32)> = Vec::new();
    for block in &lesson.blocks {
        let range = (block.text_start, block.text_end);
        while open.last().is_some_and(|outer| outer.1 <= range.0) {
            open.pop();
        }
        if let Some(outer) = open.last() {
            assert!(range.1 <= outer.1, "{block:?} leads out of {outer:?}");
        }
        open.push(range);
    }
}

/// Returns a lesson's HTML as a page has it, with its slots filled; panics where one stands where it cannot.
fn filled(lesson: &Lesson, page: Showing) -> String {
    let mut out = String::new();
    let whole = Piece {
        html: 0..lesson.body.html.len() as u32,
        slots: 0..lesson.body.slots.len() as u32,
    };
    fill(lesson, in_place(&whole, &lesson.stretches, page), &mut out);
    for position in &lesson.footnotes {
        let position = *position as usize;
        let stretch = &lesson.stretches[position];
        if stretch.audience.is_on(page) {
            let whole = Piece {
                html: stretch.html.clone(),
                slots: stretch.slots.clone(),
            };
            out.push_str("<li>");
            fill(
                lesson,
                in_place(&whole, &lesson.stretches[position + 1..], page),
                &mut out,
            );
            out.push_str("</li>");
        }
    }
    out
}

/// Returns the pieces of HTML that a page has in place.
fn in_place(whole: &Piece, inner: &[Stretch], page: Showing) -> impl Iterator<Item = Piece> {
    let is_gone = move |_: usize, stretch: &Stretch| !stretch.is_in_place(page);
    pieces(whole, inner, is_gone).map(|cut| cut.piece)
}

fn fill(lesson: &Lesson, pieces: impl Iterator<Item = Piece>, out: &mut String) {
    let body = &lesson.body;
    let text = |from: usize, to: usize| {
        let text = body.html.get(from..to);
        text.expect("slots stand in their order, between characters")
    };
    for piece in pieces {
        let mut from = piece.html.start as usize;
        for slot in &body.slots[piece.slots.start as usize..piece.slots.end as usize] {
            out.push_str(text(from, slot.at as usize));
            from = slot.at as usize;
            fill_slot(lesson, slot, out);
        }
        out.push_str(text(from, piece.html.end as usize));
    }
}

fn fill_slot(lesson: &Lesson, slot: &Slot, out: &mut String) {
    match slot.what {
        SlotKind::Link(index) => {
            assert!(lesson.links.len() > index as usize);
            out.push_str("<a href=\"#\">");
        }
        SlotKind::LinkEnd => out.push_str("</a>"),
        SlotKind::Topic(..) => {
            assert!(
                out.ends_with("href=\""),
                "{slot:?} in {:?}",
                lesson.body.html
            );
        }
        SlotKind::Image(index) => {
            assert!(lesson.links.len() > index as usize);
            out.push_str("<img />");
        }
        SlotKind::Figure(index) => {
            assert!(lesson.links.len() > index as usize);
            out.push_str("<figure></figure>");
        }
        SlotKind::Signposts(block) => {
            assert!(lesson.blocks.len() > block as usize);
            out.push_str("<section></section>");
        }
        SlotKind::Footnote(reference) => {
            assert!(lesson.references.len() > reference as usize);
            out.push_str("<sup></sup>");
        }
        SlotKind::Input(question) => {
            let block = &lesson.blocks[question as usize];
            assert_eq!(block.kind, BlockKind::Question);
            assert!(out.ends_with('"'), "{slot:?} in {:?}", lesson.body.html);
            out.push_str(&block.right.to_string());
        }
        SlotKind::Question(question) => {
            assert_eq!(lesson.blocks[question as usize].kind, BlockKind::Question);
            out.push_str(" data-select=\"one\"");
        }
        SlotKind::ChooseAll(question) => {
            assert_eq!(lesson.blocks[question as usize].kind, BlockKind::Question);
            out.push_str("<p></p>");
        }
        SlotKind::Word(word) => out.push_str(word.key()),
        SlotKind::Minutes(minutes) => out.push_str(&minutes.to_string()),
        SlotKind::NextStep(choice) => {
            let next = lesson.blocks[choice as usize].next;
            assert!(next.is_none_or(|step| lesson.blocks.len() > step as usize));
        }
    }
}
