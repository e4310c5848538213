//! Whatever a lesson says, its facts stand inside it, its slots fit, and its HTML is well formed.

use throughline::model::body::SlotKind;
use throughline::model::review::Fingerprint;
use throughline::model::{Lesson, Place, Registers};
use throughline::stages::{discover, parse};

use super::curriculum::{CONTEXTS, document};
use super::html;
use super::places::{assert_inside, assert_range, assert_sound};

/// Parses a file as a lesson in both editions, with and without HTML of its own, and checks what comes of it.
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
    html::ids(&html::tags(&filled(lesson)));
    Fingerprint::of(lesson, registers);
    lesson.minutes();
}

fn assert_facts(lesson: &Lesson, source: &str) {
    let text = &lesson.text;
    for heading in &lesson.headings {
        assert_inside(heading.place, source, "heading");
        assert_range((heading.text_start, heading.text_end), text, "heading");
        assert!((1..=6).contains(&heading.level));
        let hidden = lesson.facilitator_anchors.contains(&heading.id);
        assert_eq!(hidden, heading.facilitator, "{heading:?}");
        assert!(
            hidden || lesson.anchors.contains(&heading.id),
            "{heading:?}"
        );
    }
    let stands = |place: Place, (start, end): (u32, u32), section: Option<u32>, what: &str| {
        assert_inside(place, source, what);
        assert_range((start, end), text, what);
        lesson.section_title(section);
    };
    for block in &lesson.blocks {
        let range = (block.text_start, block.text_end);
        stands(block.place, range, block.section, "block");
    }
    for link in &lesson.links {
        let range = (link.text_start, link.text_end);
        stands(link.place, range, link.section, "link");
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
    for block in &lesson.blocks {
        lesson.block_sentence(block);
    }
    let ends = lesson.headings.iter().skip(1).map(|next| next.text_start);
    let ends = ends.chain([lesson.text.len() as u32]);
    for (heading, end) in lesson.headings.iter().zip(ends) {
        lesson.first_sentence(heading.text_end.min(end), end);
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

/// Returns a lesson's HTML with its slots filled; panics where one stands where it cannot.
fn filled(lesson: &Lesson) -> String {
    let body = &lesson.body;
    let mut out = String::with_capacity(body.html.len());
    let mut from = 0;
    for slot in &body.slots {
        let at = slot.at as usize;
        assert!(from <= at, "{slot:?} stands before the one before it");
        out.push_str(
            body.html
                .get(from..at)
                .expect("slots stand between characters"),
        );
        from = at;
        match &slot.what {
            SlotKind::Link(index) => {
                assert!(out.ends_with("<a"), "{slot:?} in {:?}", body.html);
                assert!(lesson.links.len() > *index as usize);
                out.push_str(" href=\"#\"");
            }
            SlotKind::Topic(..) => assert!(out.ends_with("href=\""), "{slot:?} in {:?}", body.html),
            SlotKind::Image(index) => {
                assert!(lesson.links.len() > *index as usize);
                out.push_str("<img />");
            }
            SlotKind::Figure(index) => {
                assert!(lesson.links.len() > *index as usize);
                out.push_str("<figure></figure>");
            }
            SlotKind::Signposts(block) => {
                assert!(lesson.blocks.len() > *block as usize);
                out.push_str("<section></section>");
            }
            SlotKind::Word(word) => out.push_str(word.key()),
            SlotKind::Minutes(minutes) => out.push_str(&minutes.to_string()),
            SlotKind::NextStep(choice) => {
                let next = lesson.blocks[*choice as usize].next;
                assert!(next.is_none_or(|step| lesson.blocks.len() > step as usize));
            }
        }
    }
    out.push_str(&body.html[from..]);
    out
}
