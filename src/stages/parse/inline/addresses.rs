//! Finds addresses that stand bare in a run of inline content: they become links, as on code hosts.

use std::ops::Range;

use super::super::bare;
use super::super::sheet::Sheet;
use super::names::{Linked, To};
use super::pieces::{Found, Piece, covered, source_of};

/// Adds the addresses in a run to what becomes a link in it.
///
/// What stands in code or in a link stays as it is, and so does an address whose beginning is escaped.
pub(super) fn add(sheet: &Sheet<'_>, found: &Found, linked: &mut Vec<Linked>) {
    let Some(run) = found.text() else {
        return;
    };
    let names = linked.len();
    let text = &sheet.ink.text()[run.clone()];
    for bare in bare::addresses(text) {
        let hit = run.start + bare.range.start..run.start + bare.range.end;
        let pieces = covered(&found.pieces, &hit);
        let is_prose = pieces
            .iter()
            .all(|piece| piece.searchable && piece.group == pieces[0].group);
        let is_named = |name: &Linked| name.text.start < hit.end && hit.start < name.text.end;
        if !is_prose || begins_escaped(sheet, pieces, &hit) || linked[..names].iter().any(is_named)
        {
            continue;
        }
        if let Some(address) = bare.address(text) {
            let source = source_of(pieces, &hit);
            linked.push(Linked {
                text: hit,
                to: To::Address(address.as_str().into(), source),
            });
        }
    }
    linked.sort_by_key(|link| link.text.start);
}

/// Bytes of the longest beginning of an address: of `https://`.
const BEGINNING: usize = 8;

/// Returns whether a backslash stands in the beginning of an address, or before it.
fn begins_escaped(sheet: &Sheet<'_>, pieces: &[Piece], hit: &Range<usize>) -> bool {
    let start = source_of(pieces, hit).start;
    let before = sheet.source.markdown.as_bytes();
    let is_escaped = start.checked_sub(1).map(|at| before[at]) == Some(b'\\');
    let mut joints = pieces.windows(2);
    is_escaped
        || joints.any(|pair| {
            let is_early = pair[1].text.start < hit.start + BEGINNING;
            is_early && pair[0].source.end != pair[1].source.start
        })
}
