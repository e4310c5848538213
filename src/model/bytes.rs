//! Quick looks at many bytes.
//!
//! The loops here go through whole chunks without stopping, so that the compiler can look at sixteen bytes or more in one instruction.

/// Bytes that are looked at together.
const CHUNK: usize = 64;

/// Returns whether any byte is of a kind.
pub(crate) fn any(bytes: &[u8], is: impl Fn(u8) -> bool + Copy) -> bool {
    bytes.chunks(CHUNK).any(|chunk| count_in(chunk, is) > 0)
}

/// Returns how many bytes are of a kind.
pub(crate) fn count(bytes: &[u8], is: impl Fn(u8) -> bool + Copy) -> usize {
    let counts = bytes.chunks(CHUNK).map(|chunk| count_in(chunk, is));
    counts.map(usize::from).sum()
}

/// Counts in bytes so few that a byte can hold their number.
fn count_in(chunk: &[u8], is: impl Fn(u8) -> bool) -> u8 {
    let one_by_one = |count: u8, byte: &u8| count.wrapping_add(u8::from(is(*byte)));
    chunk.iter().fold(0, one_by_one)
}

/// Returns the number of words between ASCII white space.
pub(crate) fn words(text: &str) -> usize {
    let mut words = 0;
    let mut in_word = 0;
    for (_, letters) in masks(text.as_bytes(), |byte| !byte.is_ascii_whitespace()) {
        words += (letters & !(letters << 1 | in_word)).count_ones() as usize;
        in_word = letters >> 63;
    }
    words
}

/// Yields for every 64 bytes the offset of the first, and which of them are of a kind: the first in the lowest bit.
pub(crate) fn masks(
    bytes: &[u8],
    is: impl Fn(u8) -> bool + Copy,
) -> impl Iterator<Item = (usize, u64)> {
    (0..bytes.len()).step_by(CHUNK).map(move |at| {
        let chunk = &bytes[at..];
        let mask = match chunk.first_chunk() {
            Some(chunk) => mask(*chunk, is),
            None => {
                let mut filled = [0; CHUNK];
                filled[..chunk.len()].copy_from_slice(chunk);
                mask(filled, is) & !(u64::MAX << chunk.len())
            }
        };
        (at, mask)
    })
}

/// Yields the places of the ones in a mask, from the lowest.
pub(crate) fn ones(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = mask.trailing_zeros();
        mask &= mask.wrapping_sub(1);
        (place < u64::BITS).then_some(place as usize)
    })
}

/// Yields the places where a mark stands.
///
/// To look for its first byte alone takes less in a short text than to prepare a search for all of them.
pub(crate) fn places<'b, const N: usize>(
    bytes: &'b [u8],
    mark: &'b [u8; N],
) -> impl Iterator<Item = usize> + 'b {
    memchr::memchr_iter(mark[0], bytes).filter(move |at| bytes[*at..].starts_with(mark))
}

fn mask(mut flags: [u8; CHUNK], is: impl Fn(u8) -> bool) -> u64 {
    for byte in &mut flags {
        *byte = u8::from(is(*byte));
    }
    let (eights, _) = flags.as_chunks::<8>();
    eights.iter().rev().fold(0, |mask, eight| {
        // The factor moves the lowest bit of each byte to a place of its own in the highest byte.
        let bits = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        mask << 8 | bits
    })
}

/// Returns the start of a text, of at most so many bytes and ending between two characters.
pub fn start_of(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_found_wherever_they_stand() {
        for length in [1, 63, 64, 65, 130] {
            for at in 0..length {
                let mut bytes = vec![b'a'; length];
                assert!(!any(&bytes, |byte| byte == b'b'));
                bytes[at] = b'b';
                assert!(any(&bytes, |byte| byte == b'b'), "{at} of {length}");
                assert_eq!(count(&bytes, |byte| byte == b'a'), length - 1);
                let found: Vec<usize> = masks(&bytes, |byte| byte == b'b')
                    .flat_map(|(start, mask)| ones(mask).map(move |place| start + place))
                    .collect();
                assert_eq!(found, [at], "{at} of {length}");
                let others = masks(&bytes, |byte| byte != b'b');
                let others: u32 = others.map(|(_, mask)| mask.count_ones()).sum();
                assert_eq!(others as usize, length - 1, "{at} of {length}");
            }
        }
        assert!(!any(b"", |_| true) && masks(b"", |_| true).next().is_none());
    }

    #[test]
    fn marks_are_found_where_the_whole_of_them_stands() {
        for (text, expected) in [
            ("", &[][..]),
            ("www", &[]),
            ("wwww.a", &[1]),
            ("www.www.", &[0, 4]),
            ("ŵwww.", &[2]),
        ] {
            let found: Vec<usize> = places(text.as_bytes(), b"www.").collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn words_are_counted_as_the_standard_library_splits_them() {
        for text in ["", " ", "a", " a", "a ", "a\n\tbc  d\u{a0}e", "ŵ ŷ\r\n"] {
            for times in [1, 20, 70] {
                let text = text.repeat(times);
                let expected = text.split_ascii_whitespace().count();
                assert_eq!(words(&text), expected, "{text:?}");
            }
        }
    }
}
