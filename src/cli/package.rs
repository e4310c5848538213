//! `throughline package`: ZIPs for learning platforms.

use std::collections::BTreeSet;
use std::time::Instant;

use camino::{Utf8Path, Utf8PathBuf};

use super::arguments::{Global, Leaving, Package as Options};
use super::files::{self, absolute};
use super::terminal::{Talk, Terminal};
use super::{Outcome, Stop, baseline, leave, request, signals};
use crate::model::nearness::did_you_mean;
use crate::model::scope::Beyond;
use crate::model::{Finding, Severity};
use crate::package::{Contents, Format, Inspection, Made, Making, is_own, too_large};
use crate::pipeline::{Request, Run, Survey};
use crate::report::words::counted;
use crate::stages::settle::settle_more;

/// Where packages go below the root, if nobody asks for another folder.
const USUAL: &str = "packages";

/// Checks the curriculum, and writes packages of it.
///
/// # Errors
///
/// When the tool cannot work, a module does not exist, or something else stands where a package goes.
pub fn package(options: &Options, global: &Global, terminal: &Terminal) -> Result<Outcome, Stop> {
    let started = Instant::now();
    let run = signals::Run::new("every former package stays");
    run.end_on_signals(terminal);
    let request = request(global, &options.scope)?;
    let mut survey = Run::of(&request).survey()?;
    // A page with all lessons once more would be most of what a package weighs; each lesson can be printed.
    survey.setting.settings.print = false;
    let order = Order::of(options, &request, &survey)?;
    order.check_places(&survey)?;
    order.inspect(&mut survey);
    if let Some(path) = &options.baseline {
        let findings = std::mem::take(&mut survey.findings);
        let held = baseline::hold(path, &request.root, findings, terminal)?;
        survey.findings = held.with_known();
    }
    let fails = |survey: &Survey| {
        survey.count(Severity::Error) > 0 || (options.strict && survey.count(Severity::Warning) > 0)
    };
    let mut files = Vec::new();
    if !fails(&survey) {
        files = order.make(&survey)?;
        order.weigh(&files, &mut survey);
    }
    let pressing = survey.count(Severity::Error) + survey.count(Severity::Warning);
    if pressing > 0 || terminal.talk == Talk::Much {
        terminal.show_findings(&request.root, &survey);
    }
    if fails(&survey) {
        terminal.say("nothing was written: former packages stay as they were");
        return Ok(Outcome::Findings);
    }
    leave(survey);
    order.write(&files, &run)?;
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    terminal.say(&format!(
        "{} in `{}`: {} KB, in {:.2} s",
        counted(files.len(), "package"),
        order.folder,
        bytes.div_ceil(1000),
        started.elapsed().as_secs_f64(),
    ));
    Ok(Outcome::Clean)
}

/// What was ordered.
struct Order {
    /// What the folder counts from: the root, or the current folder for one that was asked for.
    from: Utf8PathBuf,
    /// Where the packages go.
    folder: Utf8PathBuf,
    contents: Vec<Contents>,
    formats: Vec<Format>,
    beyond: Beyond,
    /// The configuration's file, as findings name it.
    config: String,
}

impl Order {
    fn of(options: &Options, request: &Request, survey: &Survey) -> Result<Self, Stop> {
        let mut formats = options.formats.clone();
        let mut seen = Vec::new();
        formats.retain(|format| {
            let is_new = !seen.contains(format);
            seen.push(*format);
            is_new
        });
        let (from, folder) = match &options.output_dir {
            Some(asked) => (Utf8PathBuf::new(), asked.clone()),
            None => (request.root.clone(), USUAL.into()),
        };
        refuse_held(&from.join(&folder), &folder, request, survey)?;
        Ok(Self {
            from,
            folder,
            contents: contents(options, survey)?,
            formats,
            beyond: beyond(options.beyond, survey)?,
            config: request.config.file_name().unwrap_or("config.toml").into(),
        })
    }

    fn path(&self, survey: &Survey, contents: Contents, format: Format) -> Utf8PathBuf {
        let edition = survey.setting.settings.edition;
        let name = contents.file_name(&survey.curriculum, edition, format);
        self.folder.join(name)
    }

    /// Refuses places where something stands that is no package.
    fn check_places(&self, survey: &Survey) -> Result<(), Stop> {
        for contents in &self.contents {
            for format in &self.formats {
                let path = self.path(survey, *contents, *format);
                let is_package = |path: &Utf8Path| std::fs::File::open(path).map(is_own);
                files::check_own(&self.from.join(path), is_package, "a package")?;
            }
        }
        Ok(())
    }

    /// Adds what stands in the way of these packages to what was found.
    fn inspect(&self, survey: &mut Survey) {
        let inspection = Inspection {
            survey,
            contents: &self.contents,
            formats: &self.formats,
            config: &self.config,
        };
        let found = inspection.findings();
        add(found, survey);
    }

    fn make(&self, survey: &Survey) -> Result<Vec<(Utf8PathBuf, Vec<u8>)>, Stop> {
        let identifier = &survey.setting.config.packages.identifier;
        if self.formats.contains(&Format::Cmi5) && identifier.is_none() {
            return Err(Stop(
                "cmi5 cannot do without `identifier`, whatever `[checks]` says of `package-setting`\n  help: write an address below one that you control below `[package]` in config.toml".into(),
            ));
        }
        let making = Making {
            survey,
            beyond: &self.beyond,
            formats: &self.formats,
        };
        let made = making.make(&self.contents)?.into_iter();
        let placed = made.map(
            |Made {
                 contents,
                 format,
                 bytes,
             }| { (self.path(survey, contents, format), bytes) },
        );
        Ok(placed.collect())
    }

    /// Adds what is too large to what was found.
    fn weigh(&self, files: &[(Utf8PathBuf, Vec<u8>)], survey: &mut Survey) {
        let found = files.iter();
        let found =
            found.filter_map(|(path, bytes)| too_large(path.as_str(), bytes.len(), &self.config));
        add(found.collect(), survey);
    }

    fn write(&self, files: &[(Utf8PathBuf, Vec<u8>)], run: &signals::Run) -> Result<(), Stop> {
        let folder = self.from.join(&self.folder);
        std::fs::create_dir_all(&folder)
            .map_err(|error| Stop(format!("cannot make the folder `{}`: {error}", self.folder)))?;
        let files: Vec<_> = files
            .iter()
            .map(|(path, bytes)| (self.from.join(path), bytes.as_slice()))
            .collect();
        files::replace_all(&files, run)
    }
}

fn add(found: Vec<Finding>, survey: &mut Survey) {
    settle_more(
        found,
        &mut survey.findings,
        &survey.curriculum,
        &survey.setting.config,
    );
}

/// Refuses a folder of sources, where packages would be taken for the author's files, and one that a build writes as a whole; it is told as it was asked for.
fn refuse_held(
    folder: &Utf8Path,
    asked: &Utf8Path,
    request: &Request,
    survey: &Survey,
) -> Result<(), Stop> {
    let config = &survey.setting.config;
    let (site, reports) = (request.site_folder(config), request.reports_folder(config));
    let folder = absolute(folder)?;
    for (held, what) in [
        (Utf8Path::new("modules"), "sources"),
        (Utf8Path::new("themes"), "sources"),
        (&site, "the site: the next build would find them in its way"),
        (
            &reports,
            "the reports: the next build would find them in its way",
        ),
    ] {
        if folder.starts_with(absolute(&request.root.join(held))?) {
            return Err(Stop(format!(
                "packages cannot go into `{asked}`, which holds {what}\n  help: leave out `--output-dir`, or name another folder"
            )));
        }
    }
    Ok(())
}

/// Returns what each package holds.
fn contents(options: &Options, survey: &Survey) -> Result<Vec<Contents>, Stop> {
    let curriculum = &survey.curriculum;
    if curriculum.modules.is_empty() {
        return Err(Stop(
            "there is no module to package\n  help: make one with `throughline new module TITLE`"
                .into(),
        ));
    }
    if options.whole {
        return Ok(vec![Contents::Whole]);
    }
    if options.modules.is_empty() {
        let all = curriculum.numbered_modules();
        return Ok(all.map(|(id, _)| Contents::Module(id)).collect());
    }
    let mut found = BTreeSet::new();
    for wanted in &options.modules {
        let mut all = curriculum.numbered_modules();
        let module = all.find(|(_, module)| module.name == *wanted || module.folder == *wanted);
        let Some((id, _)) = module else {
            let names = curriculum.modules.iter().map(|module| module.name.as_str());
            let help = did_you_mean(wanted, names.clone()).unwrap_or_else(|| {
                let names: Vec<&str> = names.collect();
                format!("modules are {}", names.join(", "))
            });
            return Err(Stop(format!(
                "there is no module `{wanted}`\n  help: {help}"
            )));
        };
        found.insert(id);
    }
    Ok(found.into_iter().map(Contents::Module).collect())
}

/// Returns what becomes of links that lead out of a package.
fn beyond(wanted: Option<Leaving>, survey: &Survey) -> Result<Beyond, Stop> {
    let address = survey.setting.settings.base_url.clone();
    match (wanted, address) {
        (Some(Leaving::Include), _) => Ok(Beyond::Include),
        (Some(Leaving::Text), _) | (None, None) => Ok(Beyond::Text),
        (Some(Leaving::Link) | None, Some(address)) => Ok(Beyond::Link(address)),
        (Some(Leaving::Link), None) => Err(Stop(
            "links can lead to the site only where its address is known\n  help: set `base_url` in config.toml, or use `--beyond text`".into(),
        )),
    }
}
