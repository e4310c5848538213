//! Random moves, swaps and numberings: none leaves a finding behind, and each can be undone.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};

use camino::Utf8PathBuf;
use jiff::civil::date;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestCaseError, TestRunner};
use throughline::model::path::relative;
use throughline::model::slug::split_number;
use throughline::moves::disk;
use throughline::moves::order::Order;
use throughline::moves::plan::{Change, Desk, Published};
use throughline::moves::tree::Tree;
use throughline::pipeline::{Request, Run};

use super::site::{Files, Site};

/// A curriculum of modules with so many lessons each, that name each other in every way.
fn curriculum(lessons: &[usize]) -> Site {
    let site = Site::of(&[("config.toml", "title = \"Training\"\n")]);
    let paths: Vec<String> = lessons
        .iter()
        .enumerate()
        .flat_map(|(module, count)| {
            let folder = format!("{:02}-m{module}", module + 1);
            let unit = (count % 2 == 0).then(|| format!("{folder}/{:02}-u{module}", count + 1));
            let own = (0..*count).map(move |n| format!("{folder}/{:02}-l{module}{n}.md", n + 1));
            if let Some(unit) = &unit {
                let index = format!("+++\ntitle = \"U{module}\"\n+++\nHere.\n");
                site.write(&format!("modules/{unit}/index.md"), &index);
            }
            // No two pages are called alike: a name that is taken is refused.
            let inner = unit
                .into_iter()
                .map(move |unit| format!("{unit}/01-i{module}.md"));
            own.chain(inner)
        })
        .collect();
    let mut topics = String::new();
    for (at, path) in paths.iter().enumerate() {
        let next = &paths[(at + 1) % paths.len()];
        let far = &paths[(at * 7 + 3) % paths.len()];
        // Links are written as short as they can be: what is longer is not written so again.
        let to_next = relative(path, next);
        let to_far = relative(path, far);
        let dot = relative(path, "dot.svg");
        let text = format!(
            "+++\ntitle = \"L{at}\"\n+++\n## Part {{#part topics=t{at}}}\n\nGo [on]({to_next}#part) or [far](@/{far}), or [there][d]. ![A dot]({dot})\n\n[d]: <{to_far}> \"Far\"\n"
        );
        site.write(&format!("modules/{path}"), &text);
        topics.push_str(&format!(
            "[[topic]]\nid = \"t{at}\"\nname = \"Zyx{at}q\"\nhome = \"{path}\"\n\n"
        ));
    }
    for (module, _) in lessons.iter().enumerate() {
        let text = format!("+++\ntitle = \"M{module}\"\n+++\nHere.\n");
        site.write(
            &format!("modules/{:02}-m{module}/index.md", module + 1),
            &text,
        );
    }
    site.write("modules/topics.toml", &topics);
    site.write(
        "modules/dot.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>Dot</title></svg>\n",
    );
    site
}

fn desk(site: &Site, published: &Published) -> Desk {
    let root = Utf8PathBuf::from_path_buf(site.root().to_owned()).expect("UTF-8");
    let request = Request::new(root.clone(), date(2026, 11, 28));
    let read = Run::of(&request).read().expect("it can be read");
    let tables = disk::tables(&root).expect("they can be read");
    Desk::new(request, read, tables, published.clone())
}

/// Makes a change where it can be made; returns whether it was.
fn make(site: &Site, order: &Order, published: &Published) -> bool {
    let desk = desk(site, published);
    let Ok(moved) = order.arranged(desk.tree()) else {
        return false;
    };
    let change = Change {
        moved,
        ..Change::default()
    };
    // Nothing here is required of a module, so that no place is better than another.
    let plan = desk
        .plan(&change)
        .unwrap_or_else(|refusal| panic!("{order:?}: {refusal}"));
    let root = Utf8PathBuf::from_path_buf(site.root().to_owned()).expect("UTF-8");
    disk::make(&root, &plan).unwrap_or_else(|error| panic!("{order:?}: {error}"));
    true
}

/// Returns the entries that can move, in a fixed order.
fn entries(site: &Site) -> Vec<String> {
    let desk = desk(site, &Published::All);
    let tree = desk.tree();
    let placed = tree
        .paths()
        .filter(|path| tree.kind(path).is_some_and(|kind| kind.has_place()));
    let mut placed: Vec<String> = placed.map(ToOwned::to_owned).collect();
    placed.sort();
    placed
}

/// Returns what differs between two states of the files.
fn difference(one: &Files, other: &Files) -> String {
    let mut text = String::new();
    for (path, content) in one
        .iter()
        .filter(|(path, content)| other.get(*path) != Some(content))
    {
        text.push_str(&format!("-{path}: {}\n", String::from_utf8_lossy(content)));
    }
    for (path, content) in other
        .iter()
        .filter(|(path, content)| one.get(*path) != Some(content))
    {
        text.push_str(&format!("+{path}: {}\n", String::from_utf8_lossy(content)));
    }
    text
}

/// Chooses a change.
fn chosen(site: &Site, (what, one, other, number): (u8, usize, usize, u64)) -> Order {
    let entries = entries(site);
    let (one, other) = (
        &entries[one % entries.len()],
        &entries[other % entries.len()],
    );
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let folder = |path: &str| {
        path.rsplit_once('/')
            .map_or("", |(folder, _)| folder)
            .to_owned()
    };
    let bare = |name: String| {
        name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-')
            .to_owned()
    };
    match what % 3 {
        0 => {
            let to = format!("{}/{number:02}-{}", folder(other), bare(name(one)));
            let to = to.trim_start_matches('/').to_owned();
            Order::Move {
                from: one.clone(),
                to,
            }
        }
        1 => Order::Swap(one.clone(), other.clone()),
        _ => Order::Renumber(folder(one)),
    }
}

/// Returns whether a move puts something where a number was free before others.
fn fills_a_gap(tree: &Tree, order: &Order) -> bool {
    let Order::Move { from, to } = order else {
        return false;
    };
    let split = |path: &str| {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        (folder.to_owned(), name.to_owned())
    };
    let ((old_folder, old_name), (folder, name)) = (split(from), split(to));
    let mut shelf = tree.shelf(&folder);
    if old_folder == folder {
        shelf.take(&old_name);
    }
    let number = |name: &str| split_number(name).0;
    let taken: HashSet<u64> = shelf
        .names()
        .filter_map(|(_, name)| number(&name))
        .collect();
    let place = number(&name).expect("it is given one");
    let free = (place..).find(|place| !taken.contains(place));
    free.is_some_and(|free| taken.contains(&(free + 1)))
}

/// Sequences for each seed.
const CASES: u32 = 6;

/// A change: its kind, two entries, and a number.
type Step = (u8, usize, usize, u64);

/// Returns the seeds to try: those that somebody names (`THROUGHLINE_SEEDS=7` or `=1..300`), or else one that is always the same and two that never are.
fn seeds() -> Vec<u64> {
    let Ok(named) = std::env::var("THROUGHLINE_SEEDS") else {
        let random = || RandomState::new().hash_one(0);
        return vec![2026, random(), random()];
    };
    let number = |text: &str| text.parse().expect("a seed is a number");
    match named.split_once("..") {
        Some((first, end)) => (number(first)..number(end)).collect(),
        None => vec![number(&named)],
    }
}

#[test]
fn moves_leave_no_finding_and_can_be_undone() {
    for seed in seeds() {
        let mut runner = TestRunner::new(ProptestConfig {
            cases: CASES,
            failure_persistence: None,
            rng_seed: RngSeed::Fixed(seed),
            ..ProptestConfig::default()
        });
        let sequences = (
            prop::collection::vec(1_usize..4, 2..4),
            prop::collection::vec((0_u8..3, 0_usize..40, 0_usize..40, 1_u64..4), 1..5),
        );
        let held = runner.run(&sequences, |(lessons, steps)| hold(&lessons, steps));
        held.unwrap_or_else(|error| panic!("THROUGHLINE_SEEDS={seed}: {error}"));
    }
}

/// Makes changes one after the other, each of them there, back, and there again.
fn hold(lessons: &[usize], steps: Vec<Step>) -> Result<(), TestCaseError> {
    let site = curriculum(lessons);
    let urls = desk(&site, &Published::All);
    let urls = urls.curriculum().documents.iter();
    let urls = urls.map(|document| document.url.to_string());
    let published = Published::Site(urls.collect::<HashSet<String>>());
    for step in steps {
        let before = site.files("modules");
        let order = chosen(&site, step);
        let tree_before = desk(&site, &published);
        let moved = order.arranged(tree_before.tree());
        if !make(&site, &order, &published) {
            prop_assert!(
                site.files("modules") == before,
                "{:?} changed something",
                order
            );
            continue;
        }
        let moved = moved.expect("it was made");
        let here = |path: &str| moved.path(path);
        let back = match &order {
            Order::Move { from, .. } => {
                // The folder that it came from may have moved itself.
                let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
                let name = from.rsplit('/').next().unwrap_or_default();
                let to = format!("{}/{name}", here(folder));
                Some(Order::Move {
                    from: here(from),
                    to: to.trim_start_matches('/').to_owned(),
                })
            }
            Order::Swap(one, other) => Some(Order::Swap(here(one), here(other))),
            _ => None,
        };
        // A gap between numbers that something fills is gone: whatever leaves later, those behind it move up.
        let Some(back) = back.filter(|_| !fills_a_gap(tree_before.tree(), &order)) else {
            continue;
        };
        let after = site.files("modules");
        prop_assert!(
            make(&site, &back, &published),
            "{:?} after {:?}",
            back,
            order
        );
        let again = site.files("modules");
        prop_assert!(
            again == before,
            "{:?} does not undo {:?}: {}",
            back,
            order,
            difference(&before, &again)
        );
        // And on from there.
        prop_assert!(make(&site, &order, &published));
        prop_assert!(
            site.files("modules") == after,
            "{:?} is not the same again",
            order
        );
    }
    Ok(())
}
