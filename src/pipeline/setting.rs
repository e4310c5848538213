//! What a curriculum is made with, beside its files.

use std::sync::Arc;

use camino::Utf8PathBuf;

use super::request::Request;
use crate::language::Language;
use crate::model::config::Config;
use crate::model::theme::Theme;
use crate::stages::plan::Settings;

/// The configuration, and what follows from it. Copies share the theme, which holds fonts and images.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The folder with `config.toml` and `modules/`.
    pub root: Utf8PathBuf,
    /// The configuration.
    pub config: Config,
    /// What the site is called and how it is built.
    pub settings: Settings,
    /// The theme.
    pub theme: Arc<Theme>,
}

impl Setting {
    /// Returns what a configuration and a request say together.
    pub fn new(config: Config, theme: Arc<Theme>, request: &Request) -> Self {
        Self {
            root: request.root.clone(),
            settings: settings(&config, request),
            config,
            theme,
        }
    }
}

fn settings(config: &Config, request: &Request) -> Settings {
    Settings {
        title: config.title.clone(),
        description: config.description.clone(),
        language: Language::of(&config.language),
        base_url: request.base_url.clone().or_else(|| config.base_url.clone()),
        edition: request.edition,
        search: config.search,
        print: config.print,
        accessibility: config.accessibility.clone(),
        site: config.site.clone(),
        sessions: config.sessions,
        as_of: request.as_of,
    }
}
