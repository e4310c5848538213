//! `throughline pack`: one file for whoever asks what the training says, and does not have the curriculum.

use std::io::{self, Read};

use camino::Utf8Path;

use super::arguments::{Global, Pack as Options};
use super::files;
use super::since::since;
use super::terminal::Terminal;
use super::{Outcome, Stop, request};
use crate::model::nearness::did_you_mean;
use crate::pipeline::{self, Request, Run, Survey};
use crate::report::changes::{CHANGES, ChangesReport, Comparison};
use crate::report::data::Report;
use crate::report::list::Name;
use crate::report::pack::{FIRST_COLUMNS, Pack, Subjects};
use crate::report::places::Places;
use crate::report::snapshot::Snapshot;
use crate::report::write::{GENERATOR, KEYWORD, Packaging, pack as write};

/// Bytes at the start of a file in which it says what wrote it.
const OPENING: u64 = 2_000;

/// Writes a pack.
///
/// # Errors
///
/// When the tool cannot work, a register does not have what is asked for, or something else stands at the path.
pub fn pack(options: &Options, global: &Global, terminal: &Terminal) -> Result<Outcome, Stop> {
    let path = &options.output;
    let packaging = packaging(path)?;
    if options.bom && packaging != Packaging::Csv {
        return Err(Stop(
            "only CSV begins with a mark\n  help: leave out `--bom`, or name a file that ends with `.csv`".into(),
        ));
    }
    files::check_own(path, |path| is_pack(path, packaging), "a pack")?;
    let request = request(global, &options.scope)?;
    let survey = Run::of(&request).survey()?;
    let bytes = packed(options, packaging, &request, &survey)?;
    files::replace(path, bytes)?;
    terminal.say(&format!("as of {}: `{path}`", request.as_of));
    Ok(Outcome::Clean)
}

/// Tells by its name what kind of file is wanted.
fn packaging(path: &Utf8Path) -> Result<Packaging, Stop> {
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    let all = Packaging::ALL;
    if let Some((_, packaging)) = all.iter().find(|(known, _)| *known == ending) {
        return Ok(*packaging);
    }
    let help = did_you_mean(&ending, all.iter().map(|(known, _)| *known));
    let help =
        help.unwrap_or_else(|| "end its name with `.html`, `.docx`, `.xlsx` or `.csv`".into());
    Err(Stop(format!(
        "a pack is no `{}` file\n  help: {help}",
        path.file_name().unwrap_or_default()
    )))
}

fn packed(
    options: &Options,
    packaging: Packaging,
    request: &Request,
    survey: &Survey,
) -> Result<Vec<u8>, Stop> {
    let basis = survey.basis();
    if let Some(earlier) = &options.subject.since {
        let since = since(earlier, request, &survey.setting.theme)?;
        let comparison = Comparison::new(since.snapshot(), Snapshot::new(&basis));
        let changes = ChangesReport::new(&comparison, &since.side);
        return written((Name::Changes, &changes), options, packaging, survey);
    }
    let asked = &options.subject;
    let (name, subjects) = if !asked.topics.is_empty() {
        (Name::Coverage, Subjects::Topics(&asked.topics))
    } else if !asked.commitments.is_empty() {
        (Name::Commitments, Subjects::Commitments(&asked.commitments))
    } else {
        (Name::Commitments, Subjects::Claims(&asked.claims))
    };
    let pack = Pack::new(&basis, subjects)?;
    written((name, &pack), options, packaging, survey)
}

fn written(
    report: (Name, &dyn Report),
    options: &Options,
    packaging: Packaging,
    survey: &Survey,
) -> Result<Vec<u8>, Stop> {
    // The file goes to others: a link works for them only where the site has an address.
    let to_site = survey.setting.settings.base_url.as_ref();
    let to_site = to_site.map(|address| address.as_str());
    let places = Places::new(&survey.curriculum, pipeline::around(survey, to_site));
    let mark = if options.bom { "\u{feff}" } else { "" };
    let mut bytes = mark.as_bytes().to_vec();
    write(report, packaging, &places, &mut bytes)
        .map_err(|error| Stop(format!("cannot write the pack: {error}")))?;
    Ok(bytes)
}

/// Returns whether a file is a pack of this kind.
fn is_pack(path: &Utf8Path, packaging: Packaging) -> io::Result<bool> {
    match packaging {
        Packaging::Html => {
            let program = GENERATOR.split(' ').next().unwrap_or_default();
            let mark = format!("<meta name=\"generator\" content=\"{program} ");
            Ok(opening(path)?.contains(&mark))
        }
        Packaging::Csv => {
            let opening = opening(path)?;
            let head = opening.trim_start_matches('\u{feff}');
            let starts = |columns: &[&str]| head.starts_with(&columns.join(","));
            Ok(starts(FIRST_COLUMNS) || starts(CHANGES))
        }
        Packaging::Docx | Packaging::Xlsx => Ok(is_own_archive(path)),
    }
}

fn opening(path: &Utf8Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?
        .take(OPENING)
        .read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Returns whether a file is an archive that says in its properties that this program wrote it. What cannot be read as one is somebody else's.
fn is_own_archive(path: &Utf8Path) -> bool {
    let Ok(file) = std::fs::File::open(path) else {
        return false;
    };
    let Ok(mut archive) = zip::ZipArchive::new(file) else {
        return false;
    };
    let Ok(properties) = archive.by_name("docProps/core.xml") else {
        return false;
    };
    let mut text = Vec::new();
    let read = properties.take(OPENING).read_to_end(&mut text);
    read.is_ok() && String::from_utf8_lossy(&text).contains(&format!("<cp:keywords>{KEYWORD}<"))
}
