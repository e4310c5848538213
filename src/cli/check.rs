//! `throughline check`.

use super::arguments::{Check, Global};
use super::external::add_external;
use super::mend::mend;
use super::terminal::{Talk, Terminal};
use super::{Outcome, Stop, baseline, leave, request};
use crate::model::Severity;
use crate::pipeline::Run;
use crate::report::findings::Format;

/// Reports findings on standard output. Writes nothing, unless mends, a baseline or the answers of other sites are asked for.
///
/// # Errors
///
/// When the tool cannot work.
pub fn check(options: &Check, global: &Global, terminal: &Terminal) -> Result<Outcome, Stop> {
    let request = request(global, &options.scope)?;
    let mut survey = Run::of(&request).survey()?;
    if options.fix {
        let mut findings = std::mem::take(&mut survey.findings);
        if let Some(path) = &options.baseline {
            findings = baseline::held(path, &request.root, findings)?.new;
        }
        mend(&findings, options, global, terminal)?;
        survey = Run::of(&request).survey()?;
    }
    if options.external {
        add_external(&mut survey, &request.root, terminal);
    }
    if let Some(path) = &options.write_baseline {
        return baseline::write(path, &request.root, &survey.findings, terminal);
    }
    if let Some(path) = &options.baseline {
        let findings = std::mem::take(&mut survey.findings);
        survey.findings = baseline::hold(path, &request.root, findings, terminal)?.new;
    }
    let text = terminal.findings(&request.root, &survey, options.format);
    if options.format == Format::Human {
        terminal.print_painted(&text)?;
    } else {
        terminal.print(&text)?;
    }
    if terminal.talk == Talk::Much {
        terminal.say(&survey.clock.to_string());
    }
    let fails = survey.count(Severity::Error) > 0
        || (options.strict && survey.count(Severity::Warning) > 0);
    leave(survey);
    Ok(if fails {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}
