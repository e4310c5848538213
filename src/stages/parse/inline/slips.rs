//! Reports what was probably meant as markup in a run of inline content.

use std::ops::Range;

use super::super::meant::Slip;
use super::super::meant::lines::{self, Line, Within};
use super::super::meant::words::{Read, Suspects};
use super::super::sheet::Sheet;
use super::pieces::{Found, Piece, Run, covered, source_of};

/// Reports it.
pub(super) fn report(sheet: &mut Sheet<'_>, kind: Run, suspects: Suspects, found: &Found) {
    let Some(run) = found.text() else {
        return;
    };
    let read = Read {
        registers: &sheet.context.registers,
        audience: sheet.around.audience(),
    };
    let mut slips = suspects.meant(&sheet.ink.text()[run.clone()], &read);
    for slip in &mut slips {
        slip.range = run.start + slip.range.start..run.start + slip.range.end;
    }
    if matches!(kind, Run::Text | Run::Label) {
        slips.extend(line(sheet, &found.pieces));
    }
    for slip in slips {
        let pieces = covered(&found.pieces, &slip.range);
        if is_plain(sheet, pieces, &slip.range) {
            let range = source_of(pieces, &slip.range);
            let as_read = &sheet.ink.text()[slip.range.clone()];
            let write = slip.write.filter(|_| sheet.source.says(&range, as_read));
            let write = write.map(|(_, write)| {
                // Whoever copied one item of a list copied all.
                let rest = found
                    .pieces
                    .last()
                    .map_or(range.end, |last| last.source.end);
                let rest = range.start..rest.max(range.end);
                match lines::items(sheet.source.slice(&rest)) {
                    Some(items) => (rest, items),
                    None => (range.clone(), write),
                }
            });
            sheet.slip(Slip {
                range,
                write,
                ..slip
            });
        }
    }
}

/// Returns the first line of a run that was meant otherwise: those below it mostly are what it is.
fn line(sheet: &Sheet<'_>, pieces: &[Piece]) -> Option<Slip> {
    let text = sheet.ink.text();
    let mut begins = true;
    for (index, piece) in pieces.iter().enumerate() {
        let is_first = std::mem::replace(&mut begins, ends_line(sheet, piece));
        // What is looked at begins with none of the letters and digits that nearly all lines begin with.
        let first = text.as_bytes()[piece.text.start..piece.text.end].first();
        // Behind a colon it is a definition, which is looked at as such.
        let before = piece.source.start.checked_sub(1);
        let is_defined = before.is_some_and(|at| sheet.source.markdown.as_bytes()[at] == b':');
        if !is_first || is_defined || first.is_none_or(u8::is_ascii_alphanumeric) {
            continue;
        }
        let line = line_at(sheet, pieces, index);
        let after = pieces.partition_point(|piece| piece.text.end <= line.end);
        let next = line_at(sheet, pieces, after + 1);
        let meant = lines::meant(Line {
            text: &text[line.clone()],
            next: &text[next],
            within: match sheet.around.quote() {
                Some(quote) if !quote.alert => Within::Quotation,
                _ => Within::Page,
            },
        });
        if let Some(slip) = meant {
            let range = line.start + slip.range.start..line.start + slip.range.end;
            return Some(Slip { range, ..slip });
        }
    }
    None
}

/// Returns the text of the line that begins with a piece.
fn line_at(sheet: &Sheet<'_>, pieces: &[Piece], index: usize) -> Range<usize> {
    let Some(rest) = pieces.get(index..).filter(|rest| !rest.is_empty()) else {
        return 0..0;
    };
    let end = rest.iter().find(|piece| ends_line(sheet, piece));
    let last = rest[rest.len() - 1].text.end;
    rest[0].text.start..end.map_or(last, |end| end.text.start)
}

fn ends_line(sheet: &Sheet<'_>, piece: &Piece) -> bool {
    !piece.exact && !piece.code && sheet.source.slice(&piece.source).contains('\n')
}

/// Returns whether a stretch is text as it was written: no code, no link, and nothing of it is escaped.
fn is_plain(sheet: &Sheet<'_>, pieces: &[Piece], range: &Range<usize>) -> bool {
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
        return false;
    };
    let markdown = sheet.source.markdown;
    let start = source_of(pieces, range).start;
    let is_escaped = |between: Range<usize>| {
        let between = markdown.get(between);
        between.is_some_and(|between| between.contains('\\'))
    };
    [first, last]
        .iter()
        .all(|piece| piece.searchable && piece.exact)
        && !is_escaped(start.saturating_sub(1)..start)
        && !pieces
            .windows(2)
            .any(|pair| is_escaped(pair[0].source.end..pair[1].source.start))
}
