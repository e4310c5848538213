//! Code blocks that were meant as blocks, and fences that were never closed.

use super::Slip;
use crate::model::blocks::BlockKind;
use crate::model::text::quoted;

/// Returns the language that the words behind a code fence name: without attributes, of whatever dialect.
pub(crate) fn language(info: &str) -> &str {
    let word = info.trim_start_matches(['{', '.', ' ']);
    let ends = |c: char| c.is_whitespace() || ",[](){}=:\"'`<>".contains(c);
    let end = word.find(ends).unwrap_or(word.len());
    if word[end..].starts_with('=') {
        return "";
    }
    &word[..end]
}

/// Returns what a fenced code block was meant to be; `block` is its source, `info` what stands behind its fence.
pub(crate) fn fenced(block: &str, info: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    let first = block.lines().next().unwrap_or("").trim_end();
    let name = language(info);
    if BlockKind::named(name).is_some() {
        let message = format!("a code fence named `{name}` is code, and no block");
        let help = format!("write `::: {name}` before the text, and `:::` behind it");
        slips.push(Slip::new(0..first.len(), message, help));
    }
    let mark = first.chars().next().unwrap_or('`');
    let fence: String = first.chars().take_while(|c| *c == mark).collect();
    let last = block.lines().skip(1).last().unwrap_or("");
    let last = last.trim_start_matches([' ', '\t', '>']).trim_end();
    if !(last.starts_with(&fence) && last.chars().all(|c| c == mark)) {
        let message = "this code fence is never closed: all that follows is code";
        let marks = if mark == '~' { "tildes" } else { "backticks" };
        let help = format!("end it with a line of {} {marks}", fence.len());
        slips.push(Slip::new(0..first.len(), message, help));
    }
    let mut lines = block.split_inclusive('\n');
    let mut at = lines.next().map_or(0, str::len);
    for line in lines {
        let code = line.trim();
        if is_include(code) {
            let message = format!(
                "`{}` stands in the code as it is: nothing is put in its place",
                quoted(code)
            );
            let start = at + line.len() - line.trim_start().len();
            let help = "write here what it stands for";
            slips.push(Slip::new(start..start + code.len(), message, help));
            break;
        }
        at += line.len();
    }
    slips
}

/// Returns whether a line of code is what mdBook puts a file in the place of.
fn is_include(line: &str) -> bool {
    let inner = line
        .strip_prefix("{{#")
        .and_then(|line| line.strip_suffix("}}"));
    inner.is_some_and(|inner| inner.contains("include ") || inner.starts_with("playground "))
}

/// Returns what an indented code block was meant to be; `block` is its source.
pub(crate) fn indented(block: &str) -> Option<Slip> {
    let mut at = 0;
    for line in block.split_inclusive('\n') {
        let code = line.trim();
        let name = code.trim_start_matches(':').trim_start();
        let name = name.split([' ', '[', '{']).next().unwrap_or("");
        if code.starts_with(":::") && BlockKind::named(name).is_some() {
            let start = at + line.len() - line.trim_start().len();
            let message = format!("this `{name}` is read as code: its line is indented");
            let help = "begin the line at the margin, or in a list where the item's text begins";
            return Some(Slip::new(start..start + code.len(), message, help));
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_words_without_attributes() {
        for (info, expected) in [
            ("rust", "rust"),
            ("rust,ignore", "rust"),
            ("info[string]", "info"),
            ("{.python .input}", "python"),
            ("{note} Title", "note"),
            ("js{1,3}", "js"),
            ("ts:line-numbers", "ts"),
            ("title=\"x\"", ""),
            ("c++", "c++"),
            ("c#", "c#"),
            ("asp.net x=1", "asp.net"),
            ("", ""),
        ] {
            assert_eq!(language(info), expected, "{info}");
        }
    }

    #[test]
    fn code_that_was_meant_otherwise_is_told_from_code() {
        let found = |block: &str, info: &str| -> Vec<String> {
            let slips = fenced(block, info).into_iter();
            slips
                .map(|slip| format!("{}: {}; {}", &block[slip.range], slip.message, slip.help))
                .collect()
        };
        for (block, info, expected) in [
            (
                "```\na\n",
                "",
                "```: this code fence is never closed: all that follows is code; end it with a line of 3 backticks",
            ),
            ("~~~~\na\n~~~\n", "", "end it with a line of 4 tildes"),
            ("```", "", "never closed"),
            (
                "```activity\nx\n```\n",
                "activity",
                "write `::: activity` before",
            ),
            (
                "```{note} T\nx\n```\n",
                "{note} T",
                "write `::: note` before",
            ),
            (
                "```rust\n{{#include a.rs:1:3}}\n```",
                "rust",
                "{{#include a.rs:1:3}}: `{{#include a.rs:1:3}}` stands in the code",
            ),
            (
                "```\n  {{#rustdoc_include a.rs}}\n```",
                "",
                "{{#rustdoc_include a.rs}}: ",
            ),
        ] {
            let found = found(block, info).join("\n");
            assert!(found.contains(expected), "{block}: {found}");
        }
        for (block, info) in [
            ("```\na\n```", ""),
            ("```rust\n```\n", "rust"),
            ("~~~\n```\n~~~~\n", ""),
            ("```\n> a\n> ```\n", ""),
            ("```\n{{ a }}\n{{#if b}}\n```", ""),
        ] {
            assert_eq!(found(block, info), [""; 0], "{block}");
        }
    }

    #[test]
    fn indented_blocks_are_told_from_code() {
        let block = "\tx\n\t::: tip [A]\n\ty\n";
        let slip = indented(block).expect("it is one");
        assert_eq!(&block[slip.range], "::: tip [A]");
        for block in [
            "    let x;\n",
            "    :::\n",
            "    ::: nothing\n",
            "    a::: tip\n",
        ] {
            assert_eq!(indented(block), None, "{block}");
        }
    }
}
