//! What the options of all commands ask for.

use camino::{Utf8Path, Utf8PathBuf};

use super::arguments::{Global, Scope};
use super::outcome::Stop;
use crate::pipeline::{Local, Request, Survey, today};
use crate::stages::config::find_root;
use crate::stages::link::Drafts;

/// Returns the root that the options name, or the nearest one upward.
pub fn root(global: &Global) -> Result<Utf8PathBuf, Stop> {
    if let Some(root) = &global.root {
        return Ok(root.clone());
    }
    let here = std::env::current_dir()?;
    let here = Utf8PathBuf::from_path_buf(here)
        .map_err(|path| Stop(format!("the path `{}` is not UTF-8", path.display())))?;
    if let Some(config) = &global.config {
        let folder = here.join(config).parent().map(Utf8Path::to_owned);
        return Ok(folder.unwrap_or(here));
    }
    Ok(find_root(&here)?)
}

/// Returns a folder of the command line, which counts from the current folder, so that it is that one wherever the root is.
pub fn from_here(folder: &Utf8Path) -> Result<Utf8PathBuf, Stop> {
    camino::absolute_utf8(folder)
        .map_err(|error| Stop(format!("`{folder}` cannot be a folder: {error}")))
}

/// Leaves a survey to the end of the process: giving a large one back piece by piece takes longer than what is left to do.
pub fn leave(survey: Survey) {
    std::mem::forget(survey);
}

/// Gathers what a run is asked for.
pub fn request(global: &Global, scope: &Scope) -> Result<Request, Stop> {
    let as_of = scope.as_of.unwrap_or_else(today);
    let mut request = Request::new(root(global)?, as_of);
    if let Some(config) = &global.config {
        request.config.clone_from(config);
    }
    request.edition = scope.edition;
    if scope.drafts {
        request.drafts = Drafts::Include;
    }
    if scope.local {
        request.local = Local::FilledIn;
    }
    Ok(request)
}
