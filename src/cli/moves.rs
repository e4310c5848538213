//! `throughline mv`, `rename`, `renumber`, and room for what comes new.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::arguments::{Global, Manner, Mv, Rename as RenameOptions, Renumber};
use super::terminal::Terminal;
use super::{Outcome, Stop, baseline, files, root};
use crate::moves::order::Order;
use crate::moves::plan::{Change, Desk, Plan, Published};
use crate::moves::rename::{Rename, what};
use crate::moves::{diff, disk};
use crate::pipeline::{Request, Run, today};
use crate::report::words::counted;
use crate::stages::write;

/// Moves a file or folder, or lets two change places.
///
/// # Errors
///
/// When it cannot be done without leaving a fault behind; then nothing has changed.
pub fn mv(options: &Mv, global: &Global, terminal: &Terminal) -> Result<Outcome, Stop> {
    let bench = Bench::new(global, &options.manner)?;
    let old = bench.below_modules(&options.old)?;
    let new = bench.below_modules(&options.new)?;
    let order = if options.swap {
        Order::Swap(old.clone(), trimmed(&new))
    } else {
        Order::Move {
            from: trimmed(&old),
            to: new.clone(),
        }
    };
    let moved = order.arranged(bench.desk.tree())?;
    let to = moved.path(&trimmed(&old));
    let said = if options.swap {
        format!("`modules/{old}` and `modules/{new}` have changed places")
    } else {
        format!("`modules/{}` is `modules/{to}` now", trimmed(&old))
    };
    let change = Change {
        moved,
        ..Change::default()
    };
    bench.make(&change, &said, terminal)
}

/// Gives an entry of a register another id.
///
/// # Errors
///
/// As [`mv`] says.
pub fn rename(
    options: &RenameOptions,
    global: &Global,
    terminal: &Terminal,
) -> Result<Outcome, Stop> {
    let bench = Bench::new(global, &options.manner)?;
    let registers = &bench.desk.curriculum().registers;
    let renamed = Rename::new(options.kind, (&options.old, &options.new), registers)?;
    let said = format!(
        "the {} `{}` is called `{}` now",
        what(renamed.kind),
        renamed.from,
        renamed.to
    );
    let change = Change {
        renamed: Some(renamed),
        ..Change::default()
    };
    bench.make(&change, &said, terminal)
}

/// Numbers the entries of a folder without gaps.
///
/// # Errors
///
/// As [`mv`] says.
pub fn renumber(options: &Renumber, global: &Global, terminal: &Terminal) -> Result<Outcome, Stop> {
    let bench = Bench::new(global, &options.manner)?;
    let folder = match &options.folder {
        Some(folder) => trimmed(&bench.below_modules(folder)?),
        None => String::new(),
    };
    let moved = Order::Renumber(folder.clone()).arranged(bench.desk.tree())?;
    let shown = format!("modules/{folder}");
    let shown = shown.trim_end_matches('/');
    if moved.is_empty() {
        terminal.say(&format!("`{shown}` is numbered without gaps already"));
        return Ok(Outcome::Clean);
    }
    let change = Change {
        moved,
        ..Change::default()
    };
    bench.make(&change, &format!("`{shown}` is numbered anew"), terminal)
}

/// Something new that is to come to a folder.
pub struct Planned {
    /// The folder below `modules/`; empty for a module.
    pub folder: String,
    /// Its name without a number.
    pub name: String,
    /// Its page below the entry: `index.md` in a module, nothing for a lesson.
    pub page: Option<&'static str>,
    /// The page's text.
    pub text: String,
}

/// Makes room for something new and writes it; what would bring findings comes as a draft.
///
/// # Errors
///
/// As [`mv`] says.
pub fn insert(
    new: &Planned,
    number: u64,
    (global, manner): (&Global, &Manner),
    terminal: &Terminal,
) -> Result<Outcome, Stop> {
    let bench = Bench::new(global, manner)?;
    let order = Order::Insert {
        folder: new.folder.clone(),
        number,
        name: new.name.clone(),
    };
    let moved = order.arranged(bench.desk.tree())?;
    let entry = order.inserted(bench.desk.tree()).unwrap_or_default();
    // The folder that it comes to has its own name still: only its entries move.
    let page = match new.page {
        Some(page) => format!("{entry}/{page}"),
        None => entry,
    };
    let with = |text: String| Change {
        moved: moved.clone(),
        created: vec![(page.clone(), text)],
        ..Change::default()
    };
    let change = with(new.text.clone());
    if bench.desk.plan(&change).is_ok() {
        return bench.make(&change, &format!("`modules/{page}` is new"), terminal);
    }
    let draft = new.text.replacen("+++\n", "+++\ndraft = true\n", 1);
    let said = format!(
        "`modules/{page}` is new, and a draft: the register asks for what it does not have yet; remove `draft = true` when it does"
    );
    bench.make(&with(draft), &said, terminal)
}

/// A curriculum that is ready to be changed.
pub(super) struct Bench<'m> {
    root: Utf8PathBuf,
    pub desk: Desk,
    manner: &'m Manner,
}

impl<'m> Bench<'m> {
    /// Reads a curriculum.
    pub fn new(global: &Global, manner: &'m Manner) -> Result<Self, Stop> {
        let root = root(global)?;
        let as_of = manner.as_of.unwrap_or_else(today);
        let mut request = Request::new(root.clone(), as_of);
        if let Some(config) = &global.config {
            request.config.clone_from(config);
        }
        let read = Run::of(&request).read()?;
        let site = root.join(request.site_folder(&read.setting.config));
        let published = write::published(&site).map_or(Published::All, Published::Site);
        let tables = disk::tables(&root)?;
        Ok(Self {
            desk: Desk::new(request, read, tables, published),
            root,
            manner,
        })
    }

    /// Makes a change, or shows it.
    pub fn make(&self, change: &Change, said: &str, terminal: &Terminal) -> Result<Outcome, Stop> {
        let baselines = self
            .manner
            .baselines
            .iter()
            .map(|path| baseline::read(path));
        let change = Change {
            baselines: baselines.collect::<Result<_, _>>()?,
            ..change.clone()
        };
        let plan = self.desk.plan(&change)?;
        if self.manner.dry_run {
            terminal.print(&diff::shown(&plan))?;
            terminal.say("this is what would change; nothing was changed");
            return Ok(Outcome::Clean);
        }
        disk::make(&self.root, &plan)?;
        for (path, baseline) in self.manner.baselines.iter().zip(&plan.baselines) {
            files::replace(path, baseline.to_json())?;
        }
        terminal.say(&format!("{said}{}", counts(&plan)));
        Ok(Outcome::Clean)
    }

    /// Returns a path below `modules/`; one that is given with a final `/` keeps it.
    fn below_modules(&self, path: &Utf8Path) -> Result<String, Stop> {
        let written = path.as_str();
        let end = if written.ends_with('/') { "/" } else { "" };
        let outside = || Stop(format!("`{path}` stands outside `{}/modules`", self.root));
        if let Some(below) = written.strip_prefix("@/") {
            return Ok(below.to_owned());
        }
        let modules = lexical(&absolute(&self.root.join("modules"))?).ok_or_else(outside)?;
        let whole = lexical(&absolute(path)?).ok_or_else(outside)?;
        if let Ok(below) = whole.strip_prefix(&modules) {
            return Ok(format!("{below}{end}"));
        }
        if path.is_absolute() {
            return Err(outside());
        }
        // From the root, or from `modules/` itself.
        let path = lexical(path).ok_or_else(outside)?;
        let below = path.strip_prefix("modules").unwrap_or(&path);
        Ok(format!("{below}{end}"))
    }
}

/// Returns an absolute path.
fn absolute(path: &Utf8Path) -> Result<Utf8PathBuf, Stop> {
    camino::absolute_utf8(path).map_err(|error| Stop(format!("cannot read `{path}`: {error}")))
}

/// Takes `.` and `..` out of a path; nothing where it leads out of where it begins.
fn lexical(path: &Utf8Path) -> Option<Utf8PathBuf> {
    let mut out = Utf8PathBuf::new();
    for part in path.components() {
        match part {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => {
                if !out.pop() {
                    return None;
                }
            }
            part => out.push(part.as_str()),
        }
    }
    Some(out)
}

fn trimmed(path: &str) -> String {
    path.trim_end_matches('/').to_owned()
}

/// Says how much a plan changes.
fn counts(plan: &Plan) -> String {
    let is_register = |path: &str| path.ends_with(".toml");
    let registers = plan
        .texts
        .iter()
        .filter(|changed| is_register(&changed.path));
    let registers = registers.count();
    let mut parts = Vec::new();
    for (count, what) in [
        (plan.renames.len(), "new name"),
        (plan.texts.len() - registers, "changed page"),
        (registers, "changed register"),
        (plan.kept_sign_offs, "renewed sign-off"),
    ] {
        if count > 0 {
            parts.push(counted(count, what));
        }
    }
    if parts.is_empty() {
        String::new()
    } else {
        format!(": {}", parts.join(", "))
    }
}
