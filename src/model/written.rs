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

/// Returns a text as TOML has it, between quotation marks.
pub fn as_toml(text: &str) -> String {
    toml::Value::from(text).to_string()
}
