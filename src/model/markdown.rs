//! Which Markdown lessons are written in.

use pulldown_cmark::Options;

/// Returns what the parser reads beside CommonMark; heading attributes and fences are our own.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}
