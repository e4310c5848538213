//! Reads `config.toml`.
//!
//! In: the file. Out: a `Config`. A key that does not exist or a rule that does not exist is a finding; a file that is not TOML or has values of the
//! wrong kind stops the tool, since nothing that follows could be trusted.

mod session;

use camino::{Utf8Path, Utf8PathBuf};
use toml::de::DeValue;

use super::discover::report_hidden_characters;
use super::parse::table::{Reader, TomlFile};
use crate::model::address::Address;
use crate::model::brand::{Colour, LEAST_CONTRAST, Tint, Tone};
use crate::model::config::{
    AccessibilityCheck, Completion, Config, Mastery, Order, Packages, RawHtml, Score, Site,
};
use crate::model::nearness::did_you_mean;
use crate::model::text::{is_unseen, quoted};
use crate::model::{Finding, LineIndex, Place, Rule, Severity, Staged};

/// Bytes of the largest configuration.
const LARGEST: u64 = 1 << 20;

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// No folder upward has a `config.toml`.
    #[error(
        "no `config.toml` in `{0}` or any folder above it\n  help: run `throughline init` to start a curriculum, or name its folder with `--root`"
    )]
    Missing(Utf8PathBuf),
    /// The file cannot be read.
    #[error("cannot read `{path}`: {source}")]
    Unreadable {
        /// The file.
        path: Utf8PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not a configuration.
    #[error("{path}:{line}:{column}: {message}")]
    Invalid {
        /// The file.
        path: Utf8PathBuf,
        /// From 1.
        line: u32,
        /// From 1.
        column: u32,
        /// What is wrong.
        message: String,
    },
}

/// Returns the nearest folder upward that has a `config.toml`.
///
/// # Errors
///
/// When there is none.
pub fn find_root(from: &Utf8Path) -> Result<Utf8PathBuf, ConfigError> {
    from.ancestors()
        .find(|folder| folder.join("config.toml").is_file())
        .map(Utf8Path::to_owned)
        .ok_or_else(|| ConfigError::Missing(from.to_owned()))
}

/// Reads the configuration file.
///
/// # Errors
///
/// When it cannot be read, is not TOML, or has a value of the wrong kind.
pub fn read(path: &Utf8Path) -> Result<Staged<Config>, ConfigError> {
    let text = read_text(path).map_err(|source| ConfigError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut config = parse(path, text)?;
    config.findings.extend(misnamed(path));
    Ok(config)
}

/// Reports files beside the configuration that differ from its name in upper and lower case alone: one of the two was meant to be read.
fn misnamed(path: &Utf8Path) -> Vec<Finding> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Vec::new();
    };
    let folder = if folder.as_str().is_empty() {
        Utf8Path::new(".")
    } else {
        folder
    };
    let Ok(entries) = folder.read_dir_utf8() else {
        return Vec::new();
    };
    let names = entries.flatten().map(|entry| entry.file_name().to_owned());
    let mut names: Vec<String> = names
        .filter(|other| other != name && other.eq_ignore_ascii_case(name))
        .collect();
    // On a file system that takes them for one, there is one.
    names.retain(|other| folder.join(other).is_file() && has_entry(folder, name));
    names.sort();
    let finding = |other: String| {
        let message = format!("nothing reads `{other}`: the configuration is `{name}`");
        let help = format!("put what holds into `{name}`, and delete the other file");
        Finding::new(Rule::DoubtfulName, other, Place::START, message).help(help)
    };
    names.into_iter().map(finding).collect()
}

/// Returns whether a folder has an entry of just this name.
fn has_entry(folder: &Utf8Path, name: &str) -> bool {
    let entries = folder.read_dir_utf8();
    entries.is_ok_and(|entries| entries.flatten().any(|entry| entry.file_name() == name))
}

/// Reads a regular file of a size that a configuration can have.
fn read_text(path: &Utf8Path) -> std::io::Result<String> {
    let found = std::fs::metadata(path)?;
    if !found.is_file() {
        return Err(std::io::Error::other("it is no regular file"));
    }
    if found.len() > LARGEST {
        let limit = LARGEST >> 20;
        return Err(std::io::Error::other(format!(
            "it is larger than {limit} MiB"
        )));
    }
    std::fs::read_to_string(path)
}

/// Reads the configuration from a text without byte-order mark; `path` is named in what is wrong with it.
///
/// # Errors
///
/// When it is not TOML, or has a value of the wrong kind.
pub fn parse(path: &Utf8Path, text: &str) -> Result<Staged<Config>, ConfigError> {
    let lines = LineIndex::new(text);
    let shown = path.file_name().unwrap_or("config.toml");
    let mut file = TomlFile::new((shown, &lines), 0, Rule::InvalidFrontMatter);
    let table = file.parse(text);
    let mut config = read_table(Reader::new(&table, Place::START, &mut file));
    let fatal = file
        .findings
        .iter()
        .find(|finding| finding.rule == Rule::InvalidFrontMatter);
    if let Some(finding) = fatal {
        return Err(ConfigError::Invalid {
            path: path.to_owned(),
            line: finding.place.line,
            column: finding.place.column,
            message: match &finding.help {
                Some(help) => format!("{}\n  help: {help}", finding.message),
                None => finding.message.clone(),
            },
        });
    }
    config.days = file.days;
    let mut findings = file.findings;
    report_hidden_characters(text, shown, &mut findings);
    Ok(Staged {
        value: config,
        findings,
    })
}

fn read_table(mut top: Reader<'_, '_, '_>) -> Config {
    let mut config = Config::default();
    set_text(&mut config.title, top.title("title"));
    set_text(&mut config.description, top.text("description"));
    read_language(&mut top, &mut config);
    let base_url = top.contact("base_url", |url| Address::top(url).map(Some));
    config.base_url = base_url.address;
    set_text(&mut config.theme, top.text("theme"));
    set_text(&mut config.output_dir, top.text("output_dir"));
    set_text(&mut config.reports_dir, top.text("reports_dir"));
    if let Some((table, place)) = top.table("reports") {
        let mut reports = Reader::new(table, place, top.file());
        config.reports = reports.flag("enabled").unwrap_or(true);
        config.publish_reports = reports.flag("publish").unwrap_or(false);
        reports.finish();
    }
    if let Some((table, place)) = top.table("markdown") {
        let mut markdown = Reader::new(table, place, top.file());
        config.raw_html =
            markdown.choice("html", &[("off", RawHtml::Text), ("safe", RawHtml::Safe)]);
        markdown.finish();
    }
    if let Some((table, place)) = top.table("questions") {
        let mut questions = Reader::new(table, place, top.file());
        let orders = [("written", Order::Written), ("shuffled", Order::Shuffled)];
        config.order = questions.choice("order", &orders);
        questions.finish();
    }
    if let Some((table, place)) = top.table("site") {
        let mut site = Reader::new(table, place, top.file()).called("site");
        config.search = site.flag("search").unwrap_or(true);
        config.print = site.flag("print").unwrap_or(true);
        read_site(&mut site, &mut config.site);
        site.finish();
    }
    if let Some((table, place)) = top.table("feedback") {
        let mut feedback = Reader::new(table, place, top.file());
        let to = feedback.contact("to", |to| Address::mailbox_or_web(to).map(Some));
        config.site.feedback = to.address;
        feedback.finish();
    }
    if let Some((table, place)) = top.table("accessibility") {
        let mut record = Reader::new(table, place, top.file()).called("accessibility");
        config.accessibility.prepared_on = record.past_day("prepared_on");
        for (table, place) in record.tables("checks") {
            let mut check = Reader::new(table, place, record.file());
            config.accessibility.checks.push(AccessibilityCheck {
                title: check.text("title"),
                result: check.text("result"),
                on: check.past_day("on"),
            });
            check.finish();
        }
        record.finish();
    }
    session::read(&mut top, &mut config.sessions);
    read_packages(&mut top, &mut config.packages);
    read_checks(&mut top, &mut config);
    top.allow("extra");
    top.finish();
    config
}

/// Reads what an organisation makes its own.
fn read_site(site: &mut Reader<'_, '_, '_>, own: &mut Site) {
    own.logo = Some(site.text("logo")).filter(|logo| !logo.is_empty());
    own.footer = site.text("footer");
    own.support = site.text("support");
    let web = |address: &str| Address::web(address).map(Some);
    own.exit = site.contact("exit", web).address;
    own.learner = site.contact("learner", web).address;
    own.facilitator = site.contact("facilitator", web).address;
    let Some((table, place)) = site.table("colours") else {
        return;
    };
    let mut colours = Reader::new(table, place, site.file());
    for tone in Tone::ALL {
        let written = colours.texts(tone.name());
        let Some(first) = written.first() else {
            continue;
        };
        let place = first.place;
        let read: Vec<Option<Colour>> = written
            .iter()
            .map(|text| Colour::parse(&text.value))
            .collect();
        let (Some(Some(light)), true) = (read.first(), read.len() <= 2 && !read.contains(&None))
        else {
            let message = format!("`{}` is no colour, or no pair of colours", tone.name());
            let help = "write \"#0a5a64\", or [\"#0a5a64\", \"#76d3d3\"] for light and dark";
            let rule = colours.file().rule;
            colours
                .file()
                .report(rule, place, message, Some(help.into()));
            continue;
        };
        let tint = Tint::new(tone, *light, read.get(1).copied().flatten());
        for (colour, better, contrast) in tint.faults() {
            let message = format!(
                "`{}` has a contrast of {contrast:.1} to 1 with what it stands on",
                colour.css()
            );
            let help = format!(
                "text needs {LEAST_CONTRAST} to 1, which `{}` has",
                better.css()
            );
            colours
                .file()
                .report(Rule::LowContrast, place, message, Some(help));
        }
        own.colours.push(tint);
    }
    colours.finish();
}

/// Reads what packages for learning platforms are made with.
fn read_packages(top: &mut Reader<'_, '_, '_>, packages: &mut Packages) {
    let Some((table, place)) = top.table("package") else {
        return;
    };
    packages.place = place;
    let mut package = Reader::new(table, place, top.file());
    let completions = [
        ("answered", Completion::Answered),
        ("done", Completion::Done),
    ];
    packages.completion = package.choice("completion", &completions);
    let scores = [
        ("best", Score::Best),
        ("first", Score::First),
        ("last", Score::Last),
    ];
    packages.score = package.choice("score", &scores);
    if let Some(written) = package.placed_text("identifier") {
        packages.identifier = identifier(&written.value);
        if packages.identifier.is_none() {
            let message = format!("`identifier` cannot be `{}`", quoted(&written.value));
            let help = "write an address below one that you control, such as `https://example.org/training/`; nothing needs to be there";
            package.file().report(
                Rule::PackageSetting,
                written.place,
                message,
                Some(help.into()),
            );
        }
    }
    let mastery = package.placed_number("mastery");
    packages.mastery = mastery.map(|(percent, place)| Mastery {
        percent: percent.min(100),
        place,
    });
    if let Some((percent, place)) = mastery.filter(|(percent, _)| *percent > 100) {
        let message = format!("`mastery` is {percent}, and of a hundred");
        let help = "write a number from 0 to 100, or leave it out: then nobody passes or fails";
        package
            .file()
            .report(Rule::PackageSetting, place, message, Some(help.into()));
    }
    package.finish();
}

/// Returns an IRI as others are put behind it; nothing for what is none.
fn identifier(written: &str) -> Option<String> {
    let written = written.trim();
    let (scheme, rest) = written.split_once(':')?;
    let is_known = ["http", "https", "urn", "tag"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known));
    let has_gaps = written
        .chars()
        .any(|c| c.is_whitespace() || c.is_control() || is_unseen(c) || "<>\"{}|\\^`".contains(c));
    let is_web = scheme.to_ascii_lowercase().starts_with("http");
    let is_complete = if is_web {
        Address::web(written).is_ok() && rest.starts_with("//") && !rest.contains('?')
    } else {
        rest.contains(':') || rest.contains(',')
    };
    if !is_known || has_gaps || !is_complete {
        return None;
    }
    let is_open = written.ends_with(['/', '#', ':']);
    Some(if is_open {
        written.to_owned()
    } else {
        let mark = if is_web { '/' } else { ':' };
        format!("{written}{mark}")
    })
}

fn read_language(top: &mut Reader<'_, '_, '_>, config: &mut Config) {
    let Some(text) = top
        .placed_text("language")
        .filter(|text| !text.value.is_empty())
    else {
        return;
    };
    match text.value.parse() {
        Ok(tag) => config.language = tag,
        Err(error) => {
            let rule = top.file().rule;
            let help =
                "write the tag of a language, such as \"en\", \"cy\" or \"pt-BR\"".to_owned();
            top.file()
                .report(rule, text.place, error.to_string(), Some(help));
        }
    }
}

fn set_text(target: &mut String, text: String) {
    if !text.is_empty() {
        *target = text;
    }
}

fn read_checks(top: &mut Reader<'_, '_, '_>, config: &mut Config) {
    let Some((table, _)) = top.table("checks") else {
        return;
    };
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in entries {
        let name = key.get_ref();
        let Some(rule) = Rule::named(name) else {
            let place = top.file().place(key.span());
            let help = did_you_mean(name, Rule::ALL.iter().map(|rule| rule.name()));
            top.file().report(
                Rule::UnknownRule,
                place,
                format!("no rule is called `{name}`"),
                help.or(Some(
                    "run `throughline explain` for the list of rules".into(),
                )),
            );
            continue;
        };
        let severity = match value.get_ref() {
            DeValue::String(text) => severity_named(text),
            _ => None,
        };
        match severity {
            Some(severity) => {
                config.checks.insert(rule, severity);
            }
            None => {
                let place = top.file().place(value.span());
                let rule = top.file().rule;
                top.file().report(
                    rule,
                    place,
                    format!("`{name}` must be \"error\", \"warning\", \"info\" or \"off\""),
                    Some(format!("write `{name} = \"warning\"`, or another of them")),
                );
            }
        }
    }
}

fn severity_named(name: &str) -> Option<Option<Severity>> {
    match name {
        "error" => Some(Some(Severity::Error)),
        "warning" => Some(Some(Severity::Warning)),
        "info" => Some(Some(Severity::Info)),
        "off" => Some(None),
        _ => None,
    }
}

/// Returns a finding for a rule that somebody named and that does not exist.
pub fn unknown_rule(file: &str, place: Place, name: &str) -> Finding {
    let help = did_you_mean(name, Rule::ALL.iter().map(|rule| rule.name()));
    Finding::new(
        Rule::UnknownRule,
        file,
        place,
        format!("no rule is called `{name}`"),
    )
    .maybe_help(help.or(Some(
        "run `throughline explain` for the list of rules".into(),
    )))
}
