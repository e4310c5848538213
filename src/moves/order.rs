//! What is to move, and where everything goes then.
//!
//! In: an order, and what is there. Out: the entries that move, those among them that make room or close a gap; or why nothing does. Knows names and numbers alone:
//! what the pages say of each other is looked at afterwards.

use super::moved::{Moved, Seat};
use super::refusal::Refusal;
use super::tree::{Kind, Tree, translation};
use crate::model::nearness::{Names, question};
use crate::model::path::{collision_key, joined, split, unsafe_reason};
use crate::model::slug::split_number;

/// What is to move. Paths are below `modules/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// Something gets another path, whose number is a place among its new neighbours.
    Move {
        /// Where it stands.
        from: String,
        /// Where it shall stand; with a final `/`, the folder that it goes into.
        to: String,
    },
    /// Two things change places.
    Swap(String, String),
    /// The entries of a folder are numbered without gaps.
    Renumber(String),
    /// Room is made for a new entry.
    Insert {
        /// The folder that it comes to.
        folder: String,
        /// Its place.
        number: u64,
        /// Its name, without a number.
        name: String,
    },
}

impl Order {
    /// Returns the entries that move.
    ///
    /// # Errors
    ///
    /// When something is not there, stands in the way, or has no place.
    pub fn arranged(&self, tree: &Tree) -> Result<Moved, Refusal> {
        let mut moved = self.originals(tree)?;
        take_translations_along(&mut moved, tree)?;
        Ok(moved)
    }

    /// Returns the entries that move, without the translations of pages.
    fn originals(&self, tree: &Tree) -> Result<Moved, Refusal> {
        match self {
            Self::Move { from, to } => moving(from, to, tree),
            Self::Swap(one, other) => swapping(one, other, tree),
            Self::Renumber(folder) => renumbering(folder, tree),
            Self::Insert {
                folder,
                number,
                name,
            } => {
                let mut shelf = tree.shelf(folder);
                shelf.put(*number, name);
                let mut moved = Moved::default();
                let others = shelf.names().filter(|(other, _)| other != name);
                for (other, called) in others {
                    moved.put(&joined(folder, other), folder, &called);
                }
                if let Some(entry) = self.inserted(tree) {
                    moved.seat(&entry, Seat::At(*number));
                }
                Ok(moved)
            }
        }
    }

    /// Returns the path of the entry that room is made for.
    pub fn inserted(&self, tree: &Tree) -> Option<String> {
        let Self::Insert {
            folder,
            number,
            name,
        } = self
        else {
            return None;
        };
        Some(joined(folder, &tree.shelf(folder).named(*number, name)))
    }
}

/// Lets translations stand beside their originals.
fn take_translations_along(moved: &mut Moved, tree: &Tree) -> Result<(), Refusal> {
    let originals: Vec<String> = moved.entries().map(|(path, _)| path.to_owned()).collect();
    for original in &originals {
        let Some((folder, name)) = moved.place(original) else {
            continue;
        };
        let (folder, name) = (folder.to_owned(), name.to_owned());
        for (beside, tag) in tree.translations(original) {
            let path = joined(split(original).0, beside);
            if moved.place(&path).is_some() {
                continue;
            }
            moved.put(&path, &folder, &translation(&name, tag));
            let now = moved.path(&path);
            let mut others = tree.names(&folder).map(|name| joined(&folder, name));
            if let Some(other) = others.find(|other| *other != path && moved.path(other) == now) {
                let what = format!(
                    "`modules/{path}` is a translation and goes along, and `modules/{other}` stands where it goes to"
                );
                return Err(Refusal::new(what));
            }
        }
    }
    Ok(())
}

fn moving(from: &str, to: &str, tree: &Tree) -> Result<Moved, Refusal> {
    let kind = found(from, tree)?;
    let (old_folder, old_name) = split(from);
    let into = to.ends_with('/') || to.is_empty();
    let is_file = matches!(kind, Kind::Lesson | Kind::Asset);
    let to = to.trim_end_matches('/');
    let (folder, name) = if into || (is_file && tree.is_folder(to)) {
        (to, old_name)
    } else {
        split(to)
    };
    let target = joined(folder, name);
    check_kind(kind, (from, old_name), (folder, name))?;
    check_free(from, &target, tree)?;
    check_folder(kind, folder, tree)?;
    if folder == from || folder.starts_with(&format!("{from}/")) {
        let what = format!("`modules/{from}` cannot move into itself");
        return Err(Refusal::new(what));
    }
    let mut moved = Moved::default();
    let (old_number, new_number) = (split_number(old_name).0, split_number(name).0);
    let keeps_place = old_folder == folder && old_number == new_number;
    if !kind.has_place() || keeps_place {
        moved.put(from, folder, name);
        return Ok(moved);
    }
    if let Some(number) = new_number {
        moved.seat(from, Seat::At(number));
    }
    let mut left = tree.shelf(old_folder);
    let mut called = name.to_owned();
    left.take(old_name);
    if old_folder == folder {
        if let Some(number) = new_number {
            called = left.named(number, name);
            left.put(number, name);
        }
    } else if let Some(number) = new_number {
        let mut reached = tree.shelf(folder);
        called = reached.named(number, name);
        reached.put(number, name);
        for (other, called) in reached.names().filter(|(other, _)| *other != name) {
            moved.put(&joined(folder, other), folder, &called);
        }
    }
    for (other, called) in left.names().filter(|(other, _)| *other != name) {
        moved.put(&joined(old_folder, other), old_folder, &called);
    }
    moved.put(from, folder, &called);
    Ok(moved)
}

fn swapping(one: &str, other: &str, tree: &Tree) -> Result<Moved, Refusal> {
    let kinds = (found(one, tree)?, found(other, tree)?);
    if one == other {
        return Err(Refusal::new(format!(
            "`modules/{one}` cannot change places with itself"
        )));
    }
    let ((folder, name), (other_folder, other_name)) = (split(one), split(other));
    if (kinds.0 == Kind::Module) != (kinds.1 == Kind::Module) {
        let what = format!(
            "`modules/{one}` is {}, and `modules/{other}` is {}",
            kinds.0.name(),
            kinds.1.name()
        );
        return Err(Refusal::new(what).help("swap two modules, or two lessons or units"));
    }
    for (inner, outer) in [(one, other), (other, one)] {
        if inner.starts_with(&format!("{outer}/")) {
            let what = format!("`modules/{inner}` stands in `modules/{outer}`");
            return Err(Refusal::new(what).help("swap two that stand beside each other"));
        }
    }
    let place = |path: &str, name: &str| {
        let number = split_number(name).0;
        if number.is_none() && !tree.is_listed(path) {
            return Err(
                Refusal::new(format!("`modules/{path}` has no number, and so no place"))
                    .help("give it one: `throughline mv` takes a number in the new name"),
            );
        }
        Ok(number)
    };
    let (number, other_number) = (place(one, name)?, place(other, other_name)?);
    // What takes the place of something without a number has none, since a list gives the place.
    let called = |folder: &str, number: Option<u64>, name: &str| match number {
        Some(number) => tree.shelf(folder).named(number, name),
        None => split_number(name).1.to_owned(),
    };
    let mut moved = Moved::default();
    moved.put(one, other_folder, &called(other_folder, other_number, name));
    moved.put(other, folder, &called(folder, number, other_name));
    moved.seat(one, Seat::Of(other.to_owned()));
    moved.seat(other, Seat::Of(one.to_owned()));
    Ok(moved)
}

fn renumbering(folder: &str, tree: &Tree) -> Result<Moved, Refusal> {
    if !tree.is_folder(folder) {
        let Some(kind) = tree.kind(folder) else {
            return Err(missing(folder, tree));
        };
        let what = format!(
            "`modules/{folder}` is {}, and holds nothing to number",
            kind.name()
        );
        let around = joined("modules", split(folder).0);
        let help = format!(
            "number what stands beside it: `throughline renumber {}`",
            around.trim_end_matches('/')
        );
        return Err(Refusal::new(what).help(help));
    }
    let mut shelf = tree.shelf(folder);
    let is_numbered = |name: &&str| split_number(name).0.is_some();
    let names: Vec<&str> = tree
        .in_order(folder)
        .into_iter()
        .filter(is_numbered)
        .collect();
    shelf.renumber(&names);
    let mut moved = Moved::default();
    for (name, called) in shelf.names() {
        moved.put(&joined(folder, name), folder, &called);
    }
    Ok(moved)
}

/// Returns what stands at a path that is to move.
fn found(path: &str, tree: &Tree) -> Result<Kind, Refusal> {
    let kind = tree.kind(path).ok_or_else(|| missing(path, tree))?;
    if kind == Kind::Register {
        let what = format!("`modules/{path}` is a register, and stays where it is");
        return Err(Refusal::new(what));
    }
    if kind == Kind::Index {
        let what = format!("`modules/{path}` is the page of its folder, and moves with it");
        let folder = split(path).0;
        return Err(Refusal::new(what).help(format!("move `modules/{folder}`")));
    }
    Ok(kind)
}

fn missing(path: &str, tree: &Tree) -> Refusal {
    let what = format!("there is nothing at `modules/{path}`");
    // Names are compared inside the right folder first: a slip is seldom in both parts.
    let (folder, name) = split(path);
    let beside = Names::new(tree.names(folder));
    let near = beside.nearest(name).map(|near| joined(folder, near));
    let anywhere = Names::new(tree.paths());
    let near = near.or_else(|| anywhere.nearest(path).map(ToOwned::to_owned));
    let refusal = Refusal::new(what);
    match near {
        Some(near) => refusal.help(question(&format!("modules/{near}"))),
        None => refusal,
    }
}

/// Refuses a name that nothing, or nothing of this kind, may have.
fn check_kind(
    kind: Kind,
    (from, old_name): (&str, &str),
    (folder, name): (&str, &str),
) -> Result<(), Refusal> {
    let target = joined(folder, name);
    if let Some(reason) = unsafe_reason(&target) {
        let what = format!("nothing can stand at `modules/{target}`: {reason}");
        return Err(Refusal::new(what));
    }
    if name.starts_with(['.', '#']) || name.ends_with('~') {
        let what = format!("`{name}` is a name that every curriculum leaves out");
        return Err(Refusal::new(what));
    }
    let ending = |name: &str| {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending);
        ending.unwrap_or("").to_lowercase()
    };
    let is_file = matches!(kind, Kind::Lesson | Kind::Asset);
    if is_file && ending(old_name) != ending(name) {
        let what = format!(
            "`modules/{from}` is {}, and `{name}` names another kind",
            kind.name()
        );
        return Err(Refusal::new(what).help(format!("write `{name}.{}`", ending(old_name))));
    }
    if !is_file && ending(name) == "md" {
        let what = format!(
            "`modules/{from}` is {}, and `{name}` names a lesson",
            kind.name()
        );
        return Err(Refusal::new(what).help("leave out the ending"));
    }
    if name == "index.md" {
        let what = "`index.md` is the page of a folder, and no lesson's name";
        return Err(Refusal::new(what).help("name the lesson after what it teaches"));
    }
    if kind == Kind::Lesson && folder.is_empty() {
        let what = format!("a lesson stands in a module, and `modules/{name}` is in none");
        return Err(Refusal::new(what).help(format!("write `modules/MODULE/{name}`")));
    }
    if folder.is_empty() && ending(name) == "toml" {
        let what = format!("`modules/{name}` would be a register");
        return Err(Refusal::new(what));
    }
    Ok(())
}

/// Refuses a path where something stands, or that some system takes for the former one.
fn check_free(from: &str, target: &str, tree: &Tree) -> Result<(), Refusal> {
    if from == target {
        return Err(Refusal::new(format!("`modules/{from}` is there already")));
    }
    if collision_key(from) == collision_key(target) {
        let what = format!(
            "`modules/{from}` and `modules/{target}` differ in case or form alone, and some systems take them for one file"
        );
        return Err(Refusal::new(what).help(
            "addresses are in lower case anyway; to rename the file, go by way of another name",
        ));
    }
    let (folder, name) = split(target);
    match tree.like(folder, name) {
        Some(other) => Err(Refusal::new(format!(
            "`modules/{}` exists already",
            joined(folder, other)
        ))
        .help(
            "name it otherwise: a number alone makes room, and the rest of a name is one thing's",
        )),
        None => Ok(()),
    }
}

fn check_folder(kind: Kind, folder: &str, tree: &Tree) -> Result<(), Refusal> {
    if tree.is_folder(folder) || matches!(kind, Kind::Asset | Kind::Folder) {
        return Ok(());
    }
    let refusal = Refusal::new(format!("there is no folder `modules/{folder}`"))
        .help("`throughline new module` makes one");
    let folders: Vec<&str> = tree.paths().filter(|path| tree.is_folder(path)).collect();
    Err(refusal.near(folder, folders.into_iter()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::path::SourcePath;
    use crate::model::sources::{Asset, Document, Sources};

    fn tree() -> Tree {
        let paths = [
            "01-calls/index.md",
            "01-calls/01-a.md",
            "01-calls/02-b.md",
            "01-calls/03-c.md",
            "01-calls/images/x.svg",
            "02-money/index.md",
            "02-money/01-d.md",
            "02-money/02-unit/index.md",
            "02-money/02-unit/01-e.md",
            "02-money/notes.md",
            "03-help/index.md",
        ];
        let mut sources = Sources::default();
        for path in paths {
            let path = SourcePath::new(path);
            if path.name().ends_with(".md") {
                sources.documents.push(Document {
                    path,
                    text: "".into(),
                });
            } else {
                sources.assets.push(Asset {
                    path,
                    size: 0,
                    svg: None,
                });
            }
        }
        Tree::of(&sources)
    }

    fn moves(order: &Order) -> Vec<(String, String)> {
        let moved = order.arranged(&tree()).expect("it can be done");
        let entries = moved.entries();
        entries.map(|(from, to)| (from.to_owned(), to)).collect()
    }

    fn order(from: &str, to: &str) -> Order {
        Order::Move {
            from: from.into(),
            to: to.into(),
        }
    }

    #[test]
    fn a_number_is_a_place() {
        for (order, expected) in [
            (
                order("03-help", "01-help"),
                &[
                    ("01-calls", "02-calls"),
                    ("02-money", "03-money"),
                    ("03-help", "01-help"),
                ][..],
            ),
            (
                order("01-calls/01-a.md", "01-calls/3-a.md"),
                &[
                    ("01-calls/01-a.md", "01-calls/03-a.md"),
                    ("01-calls/02-b.md", "01-calls/01-b.md"),
                    ("01-calls/03-c.md", "01-calls/02-c.md"),
                ],
            ),
            (
                order("01-calls/02-b.md", "02-money"),
                &[
                    ("01-calls/02-b.md", "02-money/02-b.md"),
                    ("01-calls/03-c.md", "01-calls/02-c.md"),
                    ("02-money/02-unit", "02-money/03-unit"),
                ],
            ),
            (
                order("02-money/02-unit", "02-unit"),
                &[
                    ("02-money", "03-money"),
                    ("02-money/02-unit", "02-unit"),
                    ("03-help", "04-help"),
                ],
            ),
            (
                order("02-money/notes.md", "02-money/papers.md"),
                &[("02-money/notes.md", "02-money/papers.md")],
            ),
            (
                Order::Swap("01-calls/03-c.md".into(), "02-money/01-d.md".into()),
                &[
                    ("01-calls/03-c.md", "02-money/01-c.md"),
                    ("02-money/01-d.md", "01-calls/03-d.md"),
                ],
            ),
            (
                Order::Insert {
                    folder: "".into(),
                    number: 2,
                    name: "new".into(),
                },
                &[("02-money", "03-money"), ("03-help", "04-help")],
            ),
        ] {
            let found = moves(&order);
            let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (&**a, &**b)).collect();
            assert_eq!(found, expected, "{order:?}");
        }
    }

    #[test]
    fn what_cannot_be_is_refused_with_its_reason() {
        for (from, to, expected) in [
            (
                "01-cals",
                "04-x",
                "there is nothing at `modules/01-cals`\n  help: did you mean `modules/01-calls`?",
            ),
            (
                "01-calls/01-a.md",
                "02-money/notes.md",
                "`modules/02-money/notes.md` exists already",
            ),
            (
                "01-calls/01-a.md",
                "01-calls/01-a.md",
                "`modules/01-calls/01-a.md` is there already",
            ),
            (
                "01-calls/01-a.md",
                "01-calls/01-A.md",
                "differ in case or form alone",
            ),
            (
                "01-calls/01-a.md",
                "01-calls/01-z",
                "names another kind\n  help: write `01-z.md`",
            ),
            (
                "01-calls/01-a.md",
                "01-calls/index.md",
                "is the page of a folder",
            ),
            (
                "01-calls/index.md",
                "01-calls/02-x.md",
                "moves with it\n  help: move `modules/01-calls`",
            ),
            ("01-calls/01-a.md", "01-a.md", "a lesson stands in a module"),
            (
                "01-calls/01-a.md",
                "02-mony/01-a.md",
                "no folder `modules/02-mony`\n  help: did you mean `02-money`?",
            ),
            ("01-calls", "02-money/../../x", "it leads out of its folder"),
            ("01-calls", "nul", "it is a name that Windows reserves"),
            ("01-calls", "#calls", "leaves out"),
            (
                "02-money",
                "02-money/02-unit/01-money",
                "cannot move into itself",
            ),
            ("02-money", "02-money.md", "names a lesson"),
        ] {
            let refused = order(from, to).arranged(&tree()).expect_err(to).to_string();
            assert!(refused.contains(expected), "{from} {to}: {refused}");
        }
        for (one, other, expected) in [
            ("01-calls", "02-money/02-unit", "is a module, and"),
            ("02-money/01-d.md", "02-money/notes.md", "has no number"),
            ("02-money/02-unit", "02-money/02-unit/01-e.md", "stands in"),
            ("01-calls", "01-calls", "with itself"),
        ] {
            let order = Order::Swap(one.into(), other.into());
            let refused = order.arranged(&tree()).expect_err(other).to_string();
            assert!(refused.contains(expected), "{one} {other}: {refused}");
        }
    }
}
