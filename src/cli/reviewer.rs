//! Who signs off or has checked something.

use clap::Args;

use super::Stop;

/// Who answers for it when nobody is named.
const REVIEWER: &str = "THROUGHLINE_REVIEWER";

/// Who signs off or has checked something.
#[derive(Debug, Args)]
pub struct Reviewer {
    /// Who it was [default: the environment variable THROUGHLINE_REVIEWER]
    #[arg(long, visible_alias = "by", value_name = "NAME")]
    reviewer: Option<String>,
}

/// Returns the name, with single spaces.
///
/// # Errors
///
/// When nobody is named.
pub fn named(reviewer: &Reviewer) -> Result<String, Stop> {
    let name = match &reviewer.reviewer {
        Some(name) => name.clone(),
        None => std::env::var(REVIEWER).unwrap_or_default(),
    };
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(Stop(format!(
            "nobody is named who signs off\n  help: add `--reviewer \"Your Name\"`, or set {REVIEWER}"
        )));
    }
    Ok(name)
}
