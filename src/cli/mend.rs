//! `throughline check --fix`: makes the changes that findings carry.
//!
//! A change that would bring an error or a warning which is not there now is left out, and said.

use super::Stop;
use super::arguments::{Check, Global, Manner};
use super::moves::Bench;
use super::terminal::Terminal;
use crate::model::finding::Fix;
use crate::model::visible::visible_line;
use crate::model::{Finding, LineIndex};
use crate::moves::plan::{Change, Desk, Mend};
use crate::report::words::counted;

/// Mends what can be mended without anybody deciding, or shows how.
///
/// # Errors
///
/// When a file cannot be changed; then nothing has changed.
pub fn mend(
    findings: &[Finding],
    options: &Check,
    global: &Global,
    terminal: &Terminal,
) -> Result<(), Stop> {
    let manner = Manner {
        dry_run: options.dry_run,
        baselines: options.baseline.iter().cloned().collect(),
        as_of: options.scope.as_of,
    };
    let bench = Bench::new(global, &manner)?;
    let desk = &bench.desk;
    let (mends, elsewhere) = mends(findings, desk);
    for finding in elsewhere {
        let Finding { file, place, .. } = finding;
        terminal.say(&format!(
            "left as it is: {file}:{}: only files in modules/ are changed",
            place.line
        ));
    }
    if mends.is_empty() {
        terminal.say("nothing can be mended without anybody deciding");
        return Ok(());
    }
    let (mends, refused) = without_harm(mends, desk);
    for mend in &refused {
        terminal.say(&format!(
            "left as it is, since another finding would come of it: {}",
            told(mend, desk)
        ));
    }
    if mends.is_empty() {
        return Ok(());
    }
    if !options.dry_run {
        for mend in &mends {
            terminal.say(&told(mend, desk));
        }
    }
    let said = format!("{} mended", counted(mends.len(), "finding"));
    let change = Change {
        mends,
        ..Change::default()
    };
    bench.make(&change, &said, terminal).map(drop)
}

/// Returns the changes that findings carry, each once, and the findings about files that are not changed.
fn mends<'f>(findings: &'f [Finding], desk: &Desk) -> (Vec<Mend>, Vec<&'f Finding>) {
    let (mut mends, mut elsewhere): (Vec<Mend>, Vec<&Finding>) = (Vec::new(), Vec::new());
    for finding in findings {
        let Some(fix) = &finding.fix else {
            continue;
        };
        let path = finding.file.strip_prefix("modules/");
        let Some(path) = path.filter(|path| desk.text(path).is_some()) else {
            elsewhere.push(finding);
            continue;
        };
        mends.push(Mend {
            path: path.to_owned(),
            fix: (**fix).clone(),
        });
    }
    // Several findings may be about one definition of a link.
    mends.sort_by(|a, b| (&a.path, a.fix.start, a.fix.end).cmp(&(&b.path, b.fix.start, b.fix.end)));
    mends.dedup_by(|next, mend| next.path == mend.path && next.fix.start < mend.fix.end);
    (mends, elsewhere)
}

/// Divides changes into those that can be made together, and those that would bring findings.
fn without_harm(mends: Vec<Mend>, desk: &Desk) -> (Vec<Mend>, Vec<Mend>) {
    let (mut made, mut refused) = (Vec::new(), Vec::new());
    // Halves of what cannot be made as a whole, the first on top.
    let mut waiting = vec![mends];
    while let Some(mut some) = waiting.pop() {
        let change = Change {
            mends: made.iter().chain(&some).cloned().collect(),
            ..Change::default()
        };
        if desk.plan(&change).is_ok() {
            made.append(&mut some);
        } else if some.len() == 1 {
            refused.append(&mut some);
        } else {
            let rest = some.split_off(some.len() / 2);
            waiting.extend([rest, some]);
        }
    }
    (made, refused)
}

/// Says where what becomes of what.
fn told(mend: &Mend, desk: &Desk) -> String {
    let Mend { path, fix } = mend;
    let Fix { start, end, text } = fix;
    let before = desk.text(path).unwrap_or_default();
    let former = before.get(*start as usize..*end as usize).unwrap_or("");
    let line = LineIndex::new(&before).line(*start as usize);
    format!(
        "modules/{path}:{line}: `{}` becomes `{}`",
        visible_line(former),
        visible_line(text)
    )
}
