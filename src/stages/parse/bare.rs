//! Finds addresses that stand bare in a text: of pages, with `https://` or from `www.` on, and of mailboxes.
//!
//! In: a text. Out: where each address stands, without the marks of the sentence around it. Where it leads is for the caller to check.

use std::ops::Range;

use crate::model::address::Address;
use crate::model::bytes;

/// What an address begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `https://` or `http://`.
    Whole,
    /// `www.`.
    Host,
    /// The name of a mailbox, or `mailto:` before it.
    Mailbox,
}

/// An address in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bare {
    pub form: Form,
    pub range: Range<usize>,
}

impl Bare {
    /// Returns where it leads; nothing where it is no address after all.
    pub fn address(&self, text: &str) -> Option<Address> {
        let written = &text[self.range.clone()];
        match self.form {
            Form::Whole => Address::elsewhere(written).ok(),
            Form::Host => Address::web(written).ok(),
            Form::Mailbox => {
                Address::mailbox(written.strip_prefix("mailto:").unwrap_or(written)).ok()
            }
        }
    }
}

/// Returns whether a text may hold an address at all.
pub(super) fn may_hold(text: &str) -> bool {
    let holds = |mark: &str| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some();
    holds("://") || memchr::memchr(b'@', text.as_bytes()).is_some() || holds("www.")
}

/// Returns the addresses in a text, in its order.
pub(super) fn addresses(text: &str) -> Vec<Bare> {
    let bytes = text.as_bytes();
    let whole = bytes::places(bytes, b"://").filter_map(|at| whole(text, at));
    let hosts = bytes::places(bytes, b"www.").filter_map(|at| host(text, at));
    let mailboxes = memchr::memchr_iter(b'@', bytes).filter_map(|at| mailbox(text, at));
    let mut found: Vec<Bare> = whole.chain(hosts).chain(mailboxes).collect();
    found.sort_by_key(|bare| (bare.range.start, bare.range.end));
    // What stands inside another address is a part of it.
    let mut end = 0;
    found.retain(|bare| {
        let is_apart = bare.range.start >= end;
        if is_apart {
            end = bare.range.end;
        }
        is_apart
    });
    found
}

/// Returns the address whose `://` stands at a place.
fn whole(text: &str, at: usize) -> Option<Bare> {
    let is_scheme = |scheme: &&str| {
        let start = at.checked_sub(scheme.len());
        let written = start.and_then(|start| text.get(start..at));
        written.is_some_and(|written| written.eq_ignore_ascii_case(scheme))
    };
    let scheme = ["https", "http"].into_iter().find(is_scheme)?;
    let start = at - scheme.len();
    let length = length(&text[start..]);
    (stands_apart(text, start) && length > scheme.len() + 3).then_some(Bare {
        form: Form::Whole,
        range: start..start + length,
    })
}

/// Returns the address that begins with the `www.` at a place.
fn host(text: &str, at: usize) -> Option<Bare> {
    let length = length(&text[at..]);
    let behind = text[at..at + length].strip_prefix("www.")?;
    let begins = behind.starts_with(char::is_alphanumeric);
    (begins && stands_apart(text, at)).then_some(Bare {
        form: Form::Host,
        range: at..at + length,
    })
}

/// Returns the mailbox whose `@` stands at a place.
fn mailbox(text: &str, at: usize) -> Option<Bare> {
    let is_in_name = |c: char| c.is_ascii_alphanumeric() || "._+-".contains(c);
    let is_in_host = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let name = text[..at].trim_end_matches(is_in_name).len();
    let behind = &text[at + 1..];
    let host = &behind[..behind.find(|c| !is_in_host(c)).unwrap_or(behind.len())];
    let host = host.trim_end_matches('.');
    let last = host.rsplit_once('.').map_or("", |(_, last)| last);
    let is_host = !last.is_empty()
        && last.bytes().all(|byte| byte.is_ascii_alphabetic())
        && host.split('.').all(|part| !part.is_empty());
    // `git@host.org:path` is no mailbox, and neither is the name in front of a host and a path.
    let rest = &behind[host.len()..];
    let goes_on = rest
        .strip_prefix([':', '/', '@'])
        .is_some_and(|rest| rest.starts_with(|c: char| !c.is_whitespace()));
    if name == at || !is_host || goes_on {
        return None;
    }
    let start = text[..name].strip_suffix("mailto:").map_or(name, str::len);
    stands_apart(text, start).then_some(Bare {
        form: Form::Mailbox,
        range: start..at + 1 + host.len(),
    })
}

/// Returns whether what begins at a place is no part of a longer word.
fn stands_apart(text: &str, start: usize) -> bool {
    let before = text[..start].chars().next_back();
    before.is_none_or(|c| !c.is_alphanumeric() && !"/@:.-_=&?".contains(c))
}

/// Bytes of the longest address: browsers and servers take few longer ones, and a text of nothing else would be looked through again and again.
const LONGEST: usize = 2048;

/// Returns the length of the address at the start of a text.
fn length(text: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || "<>\"`|\\^{}“”„«»".contains(c);
    let mut near = text.char_indices().take_while(|(at, _)| *at < LONGEST);
    let end = match near.find(|(_, c)| ends(*c)) {
        Some((end, _)) => end,
        None if text.len() <= LONGEST => text.len(),
        None => return 0,
    };
    // What goes on in braces is a pattern of addresses: it leads nowhere.
    if text[end..].starts_with('{') {
        return 0;
    }
    without_marks(&text[..end]).len()
}

/// Takes off what belongs to the sentence: marks, and brackets that were opened before the address.
fn without_marks(mut address: &str) -> &str {
    let count = |mark: char| address.matches(mark).count();
    let mut round = count(')').saturating_sub(count('('));
    let mut square = count(']').saturating_sub(count('['));
    while let Some(last) = address.chars().next_back() {
        match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | '’' => {}
            ')' if round > 0 => round -= 1,
            ']' if square > 0 => square -= 1,
            _ => break,
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_prose_end_where_the_sentence_goes_on() {
        let long = format!("https://a.org/{}", "a".repeat(LONGEST));
        for (words, expected) in [
            ("https://a.org/b", vec!["https://a.org/b"]),
            (
                "Read at https://a.org/b?c=d, and (http://e.org).",
                vec!["https://a.org/b?c=d", "http://e.org"],
            ),
            (
                "https://a.org/b_(c) and https://a.org/d).",
                vec!["https://a.org/b_(c)", "https://a.org/d"],
            ),
            ("xhttps://a.org ftp://a.org https:// a.org", vec![]),
            ("“https://a.org/ŵ”!", vec!["https://a.org/ŵ"]),
            ("HTTPS://A.org.", vec!["HTTPS://A.org"]),
            (
                "www.a.org, (www.b.org/c). www. x www.",
                vec!["www.a.org", "www.b.org/c"],
            ),
            ("https://www.a.org/@b.c", vec!["https://www.a.org/@b.c"]),
            ("https://a.org/users/{id}", vec![]),
            (
                "a.b+c@d.org, mailto:e@f.co.uk; g@h",
                vec!["a.b+c@d.org", "mailto:e@f.co.uk"],
            ),
            ("git@a.org:b/c user@a.org/x @a.org a@b.1 a@b..org", vec![]),
            ("a/b@c.org awww.a.org", vec![]),
            (&long, vec![]),
        ] {
            let found = addresses(words);
            let found: Vec<&str> = found
                .iter()
                .map(|bare| &words[bare.range.clone()])
                .collect();
            assert_eq!(found, expected, "{words}");
        }
    }

    #[test]
    fn addresses_lead_where_browsers_go() {
        for (text, expected) in [
            ("www.a.org/b", Some("https://www.a.org/b")),
            ("a@b.org", Some("mailto:a@b.org")),
            ("mailto:a@b.org", Some("mailto:a@b.org")),
            ("http://a.org", Some("http://a.org")),
            ("https://[::1", None),
        ] {
            let found = addresses(text);
            let address = found[0].address(text);
            assert_eq!(address.as_ref().map(Address::as_str), expected, "{text}");
        }
    }
}
