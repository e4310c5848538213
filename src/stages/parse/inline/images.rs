//! Reads the images of a file.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::given::Given;
use super::super::sheet::Sheet;
use super::super::source::Source;
use super::super::source::attributes::list_at;
use super::super::walk::Located;
use super::links::{Written, refuse, target_at};
use super::pieces::Run;
use crate::model::Rule;
use crate::model::address::{Address, Fault, leads_elsewhere, scheme};
use crate::model::body::SlotKind;
use crate::model::foreign::Foreign;
use crate::model::lesson::{Link, LinkKind, Look};
use crate::model::text::quoted;

/// Returns whether a run is one image and nothing else but what it carries in braces.
pub(crate) fn is_alone(source: &Source<'_>, run: &[Located<'_>]) -> bool {
    if !matches!(run.first(), Some((Event::Start(Tag::Image { .. }), _))) {
        return false;
    }
    let end = end_of(run, 0);
    let (image, last) = (&run[end].1, &run[run.len() - 1].1);
    let list = list_at(source.markdown, image.end).map(|list| list.end + 1);
    end == run.len() - 1 || list == Some(last.end)
}

/// Writes an image, which stands at an offset of the lesson's text.
pub(super) fn write(
    sheet: &mut Sheet<'_>,
    (image, at): (&[Located<'_>], usize),
    kind: Run,
    given: Given,
) {
    let Some((
        Event::Start(Tag::Image {
            link_type,
            dest_url,
            title,
            id,
        }),
        range,
    )) = image.first()
    else {
        return;
    };
    let written = Written {
        link_type: *link_type,
        target: dest_url,
        label: id,
        title,
        range: range.clone(),
        words: at..at,
        is_code: false,
        is_empty: false,
        given: Foreign::default(),
    };
    note(sheet, &written, alt_text(image), (kind, given));
}

/// Returns the event at the end of the image that starts at an event.
pub(super) fn end_of(run: &[Located<'_>], index: usize) -> usize {
    let mut depth = 0;
    for (at, (event, _)) in run.iter().enumerate().skip(index) {
        match event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    run.len().saturating_sub(1)
}

/// Returns the text alternative of an image.
fn alt_text(image: &[Located<'_>]) -> String {
    let mut alt = String::new();
    for (event, _) in image {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            _ => {}
        }
    }
    alt
}

/// Notes an image and leaves a slot for it.
fn note(sheet: &mut Sheet<'_>, image: &Written<'_>, alt: String, (kind, given): (Run, Given)) {
    let (is_given, alt) = (given.alt.is_some(), given.alt.unwrap_or(alt));
    // `{alt=""}` says that it is there for its looks alone.
    if alt.trim().is_empty() && !is_given {
        sheet.report(
            Rule::ImageWithoutAlt,
            &image.range,
            "this image has no text alternative".into(),
            Some("say between the square brackets what the image shows".into()),
        );
    }
    if !sheet.is_verbatim()
        && let Err(fault) = check_target(sheet, image)
    {
        refuse(sheet, image, &fault);
        sheet.ink.push_text(&alt);
        return;
    }
    let section = sheet.notes.section();
    let index = sheet.notes.link(Link {
        kind: LinkKind::Image,
        target: image.target.into(),
        alt: alt.into(),
        title: image.title.into(),
        look: Look {
            foreign: given.foreign,
            width: given.width,
            height: given.height,
        }
        .if_said(),
        place: sheet.source.place(&image.range),
        text_start: image.words.start as u32,
        text_end: image.words.end as u32,
        section,
        anchor: 0,
        audience: sheet.around.audience(),
        at: target_at(sheet, LinkKind::Image, image),
    });
    sheet.ink.slot(if kind == Run::Figure {
        SlotKind::Figure(index)
    } else {
        SlotKind::Image(index)
    });
}

/// Says whether an image may be shown; one of another site may, and is a finding.
fn check_target(sheet: &mut Sheet<'_>, image: &Written<'_>) -> Result<(), Fault> {
    match scheme(image.target) {
        Some(name) if name == "mailto" || name == "tel" => return Err(Fault::Scheme(name)),
        _ if !leads_elsewhere(image.target) => return Ok(()),
        _ => {}
    }
    Address::elsewhere(image.target)?;
    let address = quoted(image.target);
    let message = format!("this image is loaded from another site: `{address}`");
    let help = "keep the file beside the lesson: the site asks no other one for anything";
    sheet.report(Rule::RemoteImage, &image.range, message, Some(help.into()));
    Ok(())
}
