//! Places and offsets must stand inside their file.

use throughline::model::{Finding, Place};

/// Panics where a place is not one of the text: line and column from 1, the end not before the start.
pub fn assert_inside(place: Place, text: &str, what: &str) {
    let columns = |line: u32| {
        let line = text.split('\n').nth(line as usize - 1);
        line.map(|line| line.chars().count() as u32 + 1)
    };
    for (line, column) in [
        (place.line, place.column),
        (place.end_line, place.end_column),
    ] {
        assert!(line > 0 && column > 0, "{what}: {place:?} counts from 1");
        assert!(
            columns(line).is_some_and(|last| column <= last),
            "{what}: {place:?} is past the end"
        );
    }
    assert!(
        (place.line, place.column) <= (place.end_line, place.end_column),
        "{what}: {place:?} ends before it starts"
    );
}

/// Panics where a finding has no place in its file, or says nothing.
pub fn assert_sound(finding: &Finding, text: &str) {
    assert_inside(finding.place, text, &format!("{finding:?}"));
    assert!(!finding.message.trim().is_empty(), "{finding:?}");
}

/// Panics where a range is not one of the text, or cuts a character.
pub fn assert_range(range: (u32, u32), text: &str, what: &str) {
    let (start, end) = (range.0 as usize, range.1 as usize);
    assert!(
        start <= end && text.is_char_boundary(start) && text.is_char_boundary(end),
        "{what}: {range:?} is no range of {text:?}"
    );
}
