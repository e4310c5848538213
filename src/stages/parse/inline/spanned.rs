//! Writes spans of words, and reads what braces give to links and images.

use std::iter::Peekable;
use std::ops::Range;
use std::slice::Iter;
use std::sync::Arc;

use super::super::given::{Carrier, Given, Identity, Name, is_unsigned};
use super::super::notes::Quoting;
use super::super::sheet::Sheet;
use super::super::source::attributes::attributes;
use super::pieces::Found;
use super::spans::Mark;
use crate::model::attributes::{Key, OF_SPANS, PLAIN};
use crate::model::audience::Audience;
use crate::model::foreign::Foreign;
use crate::model::lesson::Span;
use crate::model::stretches::Part;

/// The spans of a run while it is written.
pub(super) struct Spans<'m> {
    marks: Peekable<Iter<'m, (usize, Mark)>>,
    open: Vec<OpenSpan>,
}

/// A span that is open.
struct OpenSpan {
    foreign: Foreign,
    /// Where its words stand in the lesson's text: known before they are written.
    words: Range<u32>,
    /// Its stretch and who reads what is around it, where it is for editors alone.
    editorial: Option<(u32, Audience)>,
}

impl<'m> Spans<'m> {
    /// Starts before the first event of a run.
    pub fn of(marks: &'m [(usize, Mark)]) -> Self {
        Self {
            marks: marks.iter().peekable(),
            open: Vec::new(),
        }
    }

    /// Opens and closes spans at an event; returns the list of what the event is given, where it starts a link or image.
    pub fn pass(
        &mut self,
        sheet: &mut Sheet<'_>,
        event: usize,
        found: &Found,
    ) -> Option<&'m Range<usize>> {
        let mut given = None;
        while let Some((_, mark)) = self.marks.next_if(|(at, _)| *at == event) {
            match mark {
                Mark::Open { list, whole } => {
                    let words = found.bound(event)..found.bound(self.end());
                    let words = words.start as u32..words.end as u32;
                    self.open.push(open(sheet, list, whole, words));
                }
                Mark::Close => {
                    if let Some(span) = self.open.pop() {
                        close(sheet, &span);
                    }
                }
                Mark::Given(list) => given = Some(list),
            }
        }
        given
    }

    /// Passes what stands inside an image, whose words are written as they are.
    pub fn skip_to(&mut self, event: usize) {
        while self.marks.next_if(|(at, _)| *at <= event).is_some() {}
    }

    /// Returns the event that ends the span that begins with the mark just passed.
    fn end(&self) -> usize {
        let mut depth = 1;
        for (event, mark) in self.marks.clone() {
            match mark {
                Mark::Open { .. } => depth += 1,
                Mark::Close => depth -= 1,
                Mark::Given(_) => {}
            }
            if depth == 0 {
                return *event;
            }
        }
        0
    }
}

/// Reads what braces give to a link or an image.
pub(super) fn given_to(
    sheet: &mut Sheet<'_>,
    list: Option<&Range<usize>>,
    name: &'static str,
    keys: &'static [Key],
) -> Given {
    let Some(list) = list else {
        return Given::default();
    };
    let carrier = Carrier {
        name: Name::Words(name),
        keys: (keys, &[]),
        id: Identity::None,
    };
    let list = attributes(sheet.source.slice(list), list.start);
    Given::read(sheet, carrier, &list)
}

fn open(
    sheet: &mut Sheet<'_>,
    list: &Range<usize>,
    whole: &Range<usize>,
    words: Range<u32>,
) -> OpenSpan {
    let keys: &[Key] = if sheet.around.is_local() {
        &PLAIN
    } else {
        &OF_SPANS
    };
    let carrier = Carrier {
        name: Name::Words("a span"),
        keys: (keys, &[]),
        id: Identity::Own,
    };
    let list = attributes(sheet.source.slice(list), list.start);
    let given = Given::read(sheet, carrier, &list);
    // What is for editors alone goes as a whole; brackets that say nothing else go from around their words.
    if given.editorial {
        let at = sheet.source.at(whole);
        sheet.notes.unsigned(at);
    } else if list.iter().all(|attribute| is_unsigned(attribute.key)) {
        let Range { start, end } = *whole;
        let behind = sheet.source.slice(whole).rfind("]{").unwrap_or(0);
        for range in [start..start + 1, start + behind..end] {
            let at = sheet.source.at(&range);
            sheet.notes.unsigned(at);
        }
    }
    let editorial = given.editorial.then(|| {
        let stretch = sheet.ink.begin(Part::Editorial, Audience::Editors, None);
        (stretch, sheet.around.enter(Audience::Editors))
    });
    let id: Arc<str> = match &given.id {
        Some((id, range)) => sheet.claim_given(id, range),
        None => "".into(),
    };
    let ink = &mut sheet.ink;
    ink.push("<span");
    if !id.is_empty() {
        ink.push(" id=\"");
        ink.push_value(&id);
        ink.push("\"");
    }
    if given.editorial {
        ink.push(" class=\"editorial\"");
    }
    ink.push_foreign(&given.foreign);
    ink.push(">");
    if !id.is_empty() || !given.claims.is_empty() || given.quote.is_some() {
        let span = Span {
            id,
            claims: given.claims,
            quote: None,
            place: sheet.source.place(whole),
            section: sheet.notes.section(),
            inside: sheet.around.block(),
            text_start: words.start,
            text_end: words.end,
            audience: sheet.around.audience(),
        };
        let span = sheet.notes.span(span);
        sheet.notes.want_quote(Quoting::Span(span), given.quote);
    }
    OpenSpan {
        foreign: given.foreign,
        words,
        editorial,
    }
}

fn close(sheet: &mut Sheet<'_>, span: &OpenSpan) {
    sheet.ink.push("</span>");
    sheet.notes.foreign(span.words.clone(), &span.foreign);
    if let Some((stretch, outside)) = span.editorial {
        sheet.ink.end(stretch);
        sheet.ink.set_text(stretch, span.words.clone());
        sheet.around.leave(outside);
    }
}
