//! What a run is asked for.

use camino::Utf8PathBuf;
use jiff::civil::Date;

use crate::model::address::Address;
use crate::model::config::{Config, Edition};
use crate::stages::link::Drafts;
use crate::stages::write::{Interrupt, place};

/// What a run was asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// The folder with `config.toml`, `modules/` and `themes/`.
    pub root: Utf8PathBuf,
    /// The configuration file.
    pub config: Utf8PathBuf,
    /// Output folder instead of the configured one: absolute, or from the root.
    pub output: Option<Utf8PathBuf>,
    /// Where the reports go.
    pub reports_to: ReportsTo,
    /// Address instead of the configured one.
    pub base_url: Option<Address>,
    /// The edition.
    pub edition: Edition,
    /// Whether drafts are built.
    pub drafts: Drafts,
    /// Whether what teams have written is filled in.
    pub local: Local,
    /// What counts as today.
    pub as_of: Date,
    /// Whether somebody wants a build to end.
    pub interrupt: Interrupt,
}

/// What becomes of `local` blocks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Local {
    /// Each is a space to write in.
    #[default]
    Empty,
    /// Each has what the team has written for it.
    FilledIn,
}

/// Where a build writes the reports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ReportsTo {
    /// Into the configured folder, with the configured site.
    #[default]
    Usual,
    /// Into this folder, absolute or from the root, wherever the site goes.
    Folder(Utf8PathBuf),
    /// Nowhere.
    Nowhere,
}

impl Request {
    /// Asks for the learner edition of the curriculum in a folder, with all as its `config.toml` has it and without drafts.
    pub fn new(root: Utf8PathBuf, as_of: Date) -> Self {
        Self {
            config: root.join("config.toml"),
            root,
            output: None,
            reports_to: ReportsTo::default(),
            base_url: None,
            edition: Edition::Learner,
            drafts: Drafts::LeaveOut,
            local: Local::default(),
            as_of,
            interrupt: Interrupt::default(),
        }
    }

    /// Returns the site's folder: the one that was asked for, or the configured one.
    pub fn site_folder(&self, config: &Config) -> Utf8PathBuf {
        self.output
            .clone()
            .unwrap_or_else(|| config.output_dir.as_str().into())
    }

    /// Returns the reports' folder: the one that was asked for, or the configured one.
    pub fn reports_folder(&self, config: &Config) -> Utf8PathBuf {
        match &self.reports_to {
            ReportsTo::Folder(folder) => folder.clone(),
            ReportsTo::Usual | ReportsTo::Nowhere => config.reports_dir.as_str().into(),
        }
    }

    /// Returns what becomes of the reports.
    ///
    /// They lead to the configured site: a site that goes elsewhere, or is for others, must not turn their links to it, unless they are asked for too.
    pub fn reports(&self, config: &Config) -> Reports {
        match self.reports_to {
            ReportsTo::Folder(_) => return Reports::Written,
            ReportsTo::Nowhere => return Reports::Off,
            ReportsTo::Usual => {}
        }
        let is_configured = || {
            let folders = [self.site_folder(config), config.output_dir.as_str().into()];
            let [asked, configured] = folders.map(|folder| place(&self.root.join(folder)));
            asked == configured
        };
        if !config.reports {
            Reports::Off
        } else if is_configured() {
            Reports::Written
        } else {
            Reports::LeftAlone
        }
    }
}

/// What a build does with the reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reports {
    /// It writes them.
    Written,
    /// It leaves them as they are, since its site is not the one that they lead to.
    LeftAlone,
    /// The curriculum wants none.
    Off,
}
