//! Writes raw HTML inside text.

use std::ops::Range;

use super::super::sheet::Sheet;
use super::comments;
use crate::model::Rule;
use crate::model::config::RawHtml;

/// Writes a piece of HTML.
pub(super) fn write(sheet: &mut Sheet<'_>, html: &str, range: &Range<usize>) {
    if comments::take(sheet, html, range, None) {
        return;
    }
    match sheet.context.raw_html {
        RawHtml::Verbatim | RawHtml::Safe => sheet.ink.push(html),
        RawHtml::Text => {
            report(sheet, range);
            sheet.ink.push_text(html);
        }
    }
}

/// Says that raw HTML is shown as text.
pub(crate) fn report(sheet: &mut Sheet<'_>, range: &Range<usize>) {
    sheet.report(
        Rule::RawHtml,
        range,
        "raw HTML is shown as text".into(),
        Some(
            "write it in Markdown, or in backticks when it is meant to be seen; `[markdown] html = \"safe\"` in config.toml lets what can do no harm stay"
                .into(),
        ),
    );
}
