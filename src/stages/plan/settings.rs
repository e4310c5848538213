//! What the site is called and how it is built.

use crate::language::Language;
use crate::model::address::Address;
use crate::model::config::{Accessibility, Edition, Sessions, Site};

/// What the site is called and how it is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The site's name.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// Language of the content.
    pub language: Language,
    /// Absolute address of the site's top with a final `/`.
    pub base_url: Option<Address>,
    /// The edition.
    pub edition: Edition,
    /// Whether there is a search index.
    pub search: bool,
    /// Whether modules have a page for print.
    pub print: bool,
    /// What the accessibility page says was checked.
    pub accessibility: Accessibility,
    /// What an organisation makes its own.
    pub site: Site,
    /// When sessions begin, and when they rest.
    pub sessions: Sessions,
    /// What counts as today.
    pub as_of: jiff::civil::Date,
}
