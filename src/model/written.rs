//! How texts are written into files: as the target of a link, and as a value of TOML.

use std::fmt::Write as _;

/// Returns a text as the target of a link, with percent signs for what cannot stand there and for `more`; letters of every script stay.
pub fn as_target(text: &str, more: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let is_odd = c.is_whitespace() || c.is_control() || "()<>\\&\"".contains(c);
        if is_odd || more.contains(c) {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Returns the address of another site as the target of a link: a server may tell `&` from `%26`, so that stays.
pub fn as_address(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('&');
    out.push_str(&as_target(parts.next().unwrap_or(""), ""));
    for part in parts {
        // As `&copy;` it would be read as one character.
        let name = part
            .split(';')
            .next()
            .filter(|name| name.len() < part.len());
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '#';
        let is_entity = name.is_some_and(|name| !name.is_empty() && name.chars().all(is_part));
        out.push_str(if is_entity { "&amp;" } else { "&" });
        out.push_str(&as_target(part, ""));
    }
    out
}

/// Returns a text as TOML has it, between quotation marks.
pub fn as_toml(text: &str) -> String {
    toml::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_servers_tell_apart() {
        for (address, expected) in [
            ("https://a.org/b?c=d&e=f", "https://a.org/b?c=d&e=f"),
            (
                "https://a.org/?b&copy;=c&;",
                "https://a.org/?b&amp;copy;=c&;",
            ),
            ("https://a.org/b_(c)", "https://a.org/b_%28c%29"),
        ] {
            assert_eq!(as_address(address), expected);
        }
    }
}
