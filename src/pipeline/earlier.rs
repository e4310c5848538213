//! Surveys a curriculum as it was at another time, or is in another folder.
//!
//! In: its files, and the request and theme of the curriculum that it is compared with. Out: a survey. Nothing of it is written, and its faults are counted,
//! never fatal: what was wrong once cannot be mended any more.

use std::sync::Arc;

use camino::Utf8Path;

use super::clock::Clock;
use super::failure::Failure;
use super::groundwork::{Beside, Groundwork, Read};
use super::request::Request;
use super::setting::Setting;
use super::survey::Survey;
use crate::history::Past;
use crate::model::config::Config;
use crate::model::theme::Theme;
use crate::model::{Sources, Staged};
use crate::stages::{config, discover, parse};

/// A curriculum that another one is compared with.
#[derive(Debug)]
pub struct Earlier {
    /// What was found out about it.
    pub survey: Survey,
    /// How many of its files were left out, and whether it had no configuration that could be read.
    pub unread: usize,
}

/// Surveys what stood at a revision.
pub fn at_revision(past: Past, request: &Request, theme: &Arc<Theme>) -> Earlier {
    let path = Utf8Path::new("config.toml");
    let config = past.config.and_then(|bytes| {
        let text = String::from_utf8(bytes).ok()?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        config::parse(path, text).ok()
    });
    let mut earlier = survey(config, discover::given(past.files), request, theme);
    earlier.unread += past.left_out;
    earlier
}

/// Surveys what stands in a folder.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn in_folder(
    folder: &Utf8Path,
    request: &Request,
    theme: &Arc<Theme>,
) -> Result<Earlier, Failure> {
    let config = config::read(&folder.join("config.toml")).ok();
    let sources = discover::discover(folder)?;
    Ok(survey(config, sources, request, theme))
}

/// Surveys sources; without a configuration, with the usual one.
fn survey(
    config: Option<Staged<Config>>,
    sources: Staged<Sources>,
    request: &Request,
    theme: &Arc<Theme>,
) -> Earlier {
    let unread = usize::from(config.is_none());
    let (config, mut findings) =
        config.map_or_else(Default::default, |config| (config.value, config.findings));
    findings.extend(sources.findings);
    let read = Read {
        setting: Setting::new(config, Arc::clone(theme), request),
        sources: sources.value,
        findings,
        recipe: None,
        clock: Clock::start(),
    };
    let survey = Groundwork::lay(read, &parse::anew).conclude(request, Beside::default());
    Earlier { survey, unread }
}
