//! What a link says after its page, or what it leads to, has moved.

use super::moved::Moved;
use crate::model::path::join;
use crate::model::written::as_target;
use crate::stages::link::decode;

/// Returns the target of a link that stands in the page at `page`, as it must be written after everything has moved; nothing where it leads there as it is.
pub fn target(page: &str, target: &str, moved: &Moved) -> Option<String> {
    let end = target.find(['#', '?']).unwrap_or(target.len());
    let (path, behind) = target.split_at(end);
    let path = decode(path);
    if path.is_empty() || path.starts_with('/') || path.contains(['\0', '\\']) {
        return None;
    }
    let folder = |page: &str| {
        page.rsplit_once('/')
            .map_or("", |(folder, _)| folder)
            .to_owned()
    };
    let to = if let Some(below) = path.strip_prefix("@/") {
        let from = join("", below)?;
        let to = moved.path(&from);
        if to == from {
            return None;
        }
        format!("@/{to}")
    } else {
        let former = folder(page);
        let from = join(&former, &path)?;
        let to = moved.path(&from);
        let now = folder(&moved.path(page));
        let shortest = relative(&now, &to);
        if *path == relative(&former, &from) {
            if *path == shortest {
                return None;
            }
            shortest
        } else if join(&now, &path).as_deref() == Some(&*to) {
            return None;
        } else {
            by_the_same_way((&former, &now, levels(&path)), &to, moved).unwrap_or(shortest)
        }
    };
    let slash = if path.ends_with('/') && !to.ends_with('/') {
        "/"
    } else {
        ""
    };
    Some(as_target(&to, "%?#") + slash + &as_target(behind, ""))
}

/// Returns how many folders a path climbs at its start.
fn levels(path: &str) -> usize {
    path.split('/').take_while(|part| *part == "..").count()
}

/// Returns the path to a file by the folder to which the author climbed, where it is still as many levels above and the file still stands in it.
fn by_the_same_way(
    (former, now, levels): (&str, &str, usize),
    to: &str,
    moved: &Moved,
) -> Option<String> {
    let above = |folder: &str| {
        (0..levels).try_fold(folder.to_owned(), |folder, _| {
            let is_top = folder.is_empty();
            let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
            (!is_top).then(|| above.to_owned())
        })
    };
    let base = above(now)?;
    if moved.path(&above(former)?) != base {
        return None;
    }
    let rest = if base.is_empty() {
        to
    } else {
        to.strip_prefix(&base)?.strip_prefix('/')?
    };
    Some("../".repeat(levels) + &with_no_scheme(rest, levels))
}

/// Marks a path as one where it looks like an address with a scheme.
fn with_no_scheme(path: &str, levels: usize) -> String {
    let looks_so = levels == 0
        && path
            .split('/')
            .next()
            .is_some_and(|first| first.contains(':'));
    if looks_so {
        format!("./{path}")
    } else {
        path.to_owned()
    }
}

/// Returns the path from a folder to a file.
fn relative(folder: &str, to: &str) -> String {
    let mut folders: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let mut parts: Vec<&str> = to.split('/').collect();
    // The last part is the file's own name, whatever the folder is called.
    while parts.len() > 1 && folders.first() == parts.first() {
        folders.remove(0);
        parts.remove(0);
    }
    let levels = folders.len();
    "../".repeat(levels) + &with_no_scheme(&parts.join("/"), levels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_follow_what_moves() {
        let mut moved = Moved::default();
        moved.put("02-money", "", "03-money");
        moved.put("01-calls/02-b.md", "02-money", "01-b.md");
        moved.put("01-calls/tŷ (a).md", "01-calls", "tŷ 50%.md");
        for (page, written, expected) in [
            (
                "01-calls/01-a.md",
                "02-b.md#x",
                Some("../03-money/01-b.md#x"),
            ),
            ("01-calls/01-a.md", "../02-money/", Some("../03-money/")),
            ("01-calls/01-a.md", "../02-money", Some("../03-money")),
            (
                "01-calls/01-a.md",
                "@/02-money/x.md?y#z",
                Some("@/03-money/x.md?y#z"),
            ),
            ("01-calls/01-a.md", "01-c.md", None),
            ("01-calls/01-a.md", "#here", None),
            (
                "01-calls/01-a.md",
                "t%C5%B7%20(a).md",
                Some("tŷ%2050%25.md"),
            ),
            ("01-calls/02-b.md", "01-a.md", Some("../01-calls/01-a.md")),
            ("01-calls/02-b.md", "../02-money/x.md", Some("x.md")),
            ("01-calls/02-b.md", "../02-money/", Some("../03-money/")),
            (
                "01-calls/02-b.md",
                "images/a.svg",
                Some("../01-calls/images/a.svg"),
            ),
            ("01-calls/02-b.md", "@/01-calls/01-a.md", None),
            ("01-calls/02-b.md", "../../out.md", None),
            ("02-money/x.md", "y.md", None),
            (
                "02-money/x.md",
                "../02-money/y.md",
                Some("../03-money/y.md"),
            ),
            ("index.md", "02-money/x.md", Some("03-money/x.md")),
        ] {
            let found = target(page, written, &moved);
            assert_eq!(found.as_deref(), expected, "{page}: {written}");
        }
    }
}
