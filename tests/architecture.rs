//! Reads the `use` lines and holds the code to one direction: model, then stages in their order, then report, pipeline and command line.

use std::fs;
use std::path::{Path, PathBuf};

/// The stages in the order in which they run; one may import those before it.
///
/// `config` and `theme` read what stages are given beside the sources; `config` reads TOML as `parse` does.
const STAGES: [&str; 12] = [
    "discover", "parse", "config", "theme", "link", "cover", "deal", "review", "settle", "plan",
    "render", "write",
];

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// Returns the modules of this crate that a file names: `crate::a::b` as `a::b`.
fn named_modules(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("the file can be read");
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or("");
    code.match_indices("crate::")
        .map(|(at, mark)| {
            code[at + mark.len()..]
                .chars()
                .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':'))
                .collect()
        })
        .collect()
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Returns the files below a folder of the source, each with its path there, with `/`.
fn files_below(folder: &str) -> Vec<(String, PathBuf)> {
    let folder = source().join(folder);
    let mut files = Vec::new();
    rust_files(&folder, &mut files);
    let named = files.into_iter().map(|file| {
        let path = file.strip_prefix(&folder).expect("it stands below");
        (path.to_string_lossy().replace('\\', "/"), file)
    });
    named.collect()
}

#[test]
fn the_model_knows_no_stage_and_stages_know_neither_reports_nor_the_command_line() {
    let mut faults = Vec::new();
    for (path, file) in &files_below("") {
        let forbidden: &[&str] = match path.split('/').next() {
            Some("model") => &[
                "language", "stages", "report", "pipeline", "external", "watch", "cli",
            ],
            Some("language") => &["stages", "report", "pipeline", "external", "watch", "cli"],
            Some("stages") => &["report", "pipeline", "external", "watch", "cli"],
            Some("report") => &["pipeline", "external", "watch", "cli"],
            Some("pipeline") => &["external", "watch", "cli"],
            // A course of another tool becomes files, whatever is made of them.
            Some("import") => &["stages", "report", "pipeline", "external", "watch", "cli"],
            Some("moves") => &["external", "watch", "cli"],
            Some("external") => &["stages", "report", "pipeline", "watch", "cli"],
            Some("watch") => &["external", "cli"],
            _ => &[],
        };
        for named in named_modules(file) {
            let top = named.split("::").next().unwrap_or("");
            if forbidden.contains(&top) {
                faults.push(format!("src/{path} imports crate::{named}"));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_stage_imports_no_later_one() {
    let mut faults = Vec::new();
    for (path, file) in &files_below("stages") {
        let own = path
            .split('/')
            .next()
            .unwrap_or("")
            .trim_end_matches(".rs")
            .to_owned();
        if own == "mod" {
            continue;
        }
        let position = STAGES.iter().position(|stage| *stage == own);
        let Some(position) = position else {
            faults.push(format!(
                "src/stages/{path}: add the stage to the order in this test"
            ));
            continue;
        };
        for named in named_modules(file) {
            let mut parts = named.split("::");
            if parts.next() != Some("stages") {
                continue;
            }
            let other = parts.next().unwrap_or("");
            let later = STAGES.iter().position(|stage| *stage == other);
            if later.is_some_and(|later| later > position) {
                faults.push(format!(
                    "src/stages/{path} imports the later stage `{other}`"
                ));
            }
        }
        let text = fs::read_to_string(file).expect("the file can be read");
        for (number, line) in text.lines().enumerate() {
            let Some(rest) = line.trim().strip_prefix("use super::super::").or_else(|| {
                let direct = path.matches('/').count() == 0 || path.ends_with("/mod.rs");
                line.trim().strip_prefix("use super::").filter(|_| direct)
            }) else {
                continue;
            };
            let other = rest.split("::").next().unwrap_or("").trim_end_matches(';');
            let later = STAGES.iter().position(|stage| *stage == other);
            if later.is_some_and(|later| later > position) {
                faults.push(format!(
                    "src/stages/{path}:{} imports the later stage `{other}`",
                    number + 1
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn only_the_named_places_touch_the_disk() {
    let allowed = [
        "stages/discover/",
        "stages/config.rs",
        "stages/theme/mod.rs",
        "stages/write/",
        "external/cache.rs",
        "import/source.rs",
        "moves/disk.rs",
        "cli/",
        "watch/",
        "main.rs",
    ];
    let mut faults = Vec::new();
    for (path, file) in &files_below("") {
        // Tests read what they please.
        let is_test = path.ends_with("tests.rs") || path.contains("/tests/");
        if is_test || allowed.iter().any(|prefix| path.starts_with(prefix)) {
            continue;
        }
        let text = fs::read_to_string(file).expect("the file can be read");
        let code = text.split("#[cfg(test)]").next().unwrap_or("");
        if code.contains("std::fs") || code.contains("File::open") {
            faults.push(format!("src/{path} touches the disk"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Whoever makes connections: asking other sites, and the preview. Only `check --external` leads to the first.
#[test]
fn only_the_named_places_touch_the_network() {
    let marks = [
        ("ureq", &["external/client.rs"][..]),
        ("rustls", &["external/client.rs"]),
        ("TcpStream", &["watch/"]),
        ("TcpListener", &["watch/"]),
        ("UdpSocket", &["watch/"]),
        ("ToSocketAddrs", &["external/addresses.rs"]),
        ("to_socket_addrs", &["external/addresses.rs"]),
        ("std::net", &["external/", "watch/"]),
        ("crate::external", &["cli/external.rs"]),
    ];
    let mut faults = Vec::new();
    for (path, file) in &files_below("") {
        let text = fs::read_to_string(file).expect("the file can be read");
        let code = text.split("#[cfg(test)]").next().unwrap_or("");
        for (mark, allowed) in marks {
            let is_allowed = allowed.iter().any(|prefix| path.starts_with(prefix));
            if !is_allowed && code.contains(mark) {
                faults.push(format!("src/{path} names {mark}"));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// A file of the source, and what it imports.
struct Imports {
    /// Its module, such as `stages::parse::inline`.
    module: String,
    paths: Vec<String>,
    /// Names that it has from elsewhere, and hands on to whoever imports them from it.
    handed_on: Vec<(String, String)>,
}

/// Returns the paths of a `use` item, with everything in braces written out.
fn expanded(item: &str) -> Vec<String> {
    let Some((before, rest)) = item.split_once('{') else {
        let path = item.split(" as ").next().unwrap_or("").trim();
        return vec![path.to_owned()];
    };
    let inner = rest.rsplit_once('}').map_or(rest, |(inner, _)| inner);
    let (mut depth, mut from, mut parts) = (0, 0, Vec::new());
    for (at, c) in inner.char_indices().chain([(inner.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inner[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    let parts = parts
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts
        .flat_map(expanded)
        .map(|path| format!("{}{path}", before.trim()))
        .collect()
}

/// Reads the paths that a file names, outside its tests.
fn imports(file: &Path) -> Imports {
    let text = fs::read_to_string(file).expect("the file can be read");
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or("");
    let code: String = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let named = file
        .strip_prefix(source())
        .expect("below src")
        .with_extension("");
    let module = named.to_string_lossy().replace(['/', '\\'], "::");
    let module = module.trim_end_matches("::mod").to_owned();
    let mut paths = Vec::new();
    let mut handed_on = Vec::new();
    let mut own = String::new();
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':');
    let mut rest = &*code;
    while let Some(at) = rest.find("use ") {
        let (before, item) = rest.split_at(at);
        own.push_str(before);
        let (item, after) = item[4..].split_once(';').unwrap_or((&item[4..], ""));
        if !before.ends_with(is_word) {
            for path in expanded(item) {
                let name = path.rsplit("::").next().unwrap_or("").to_owned();
                handed_on.push((name, path));
            }
        }
        rest = after;
    }
    own.push_str(rest);
    let words: Vec<&str> = own.split(|c| !is_word(c)).collect();
    let is_used = |name: &str| {
        let at_start = |word: &&str| word.split("::").next() == Some(name);
        words.iter().any(at_start)
    };
    // What a folder's `mod.rs` hands on and does not use itself is not its business.
    let is_folder = file.ends_with("mod.rs");
    let used = handed_on
        .iter()
        .filter(|(name, _)| !is_folder || is_used(name));
    paths.extend(used.map(|(_, path)| path.clone()));
    let written = words
        .iter()
        .filter(|word| word.contains("::") && !word.ends_with("::"));
    paths.extend(written.map(|word| (*word).to_owned()));
    Imports {
        module,
        paths,
        handed_on,
    }
}

/// Returns the module that a path leads to, seen from a file: the longest part of it that is a file, or the one that this has the next name from.
fn module_of(path: &str, from: &str, files: &[Imports]) -> Option<usize> {
    let mut base: Vec<&str> = from.split("::").collect();
    let mut parts = path.split("::").peekable();
    match parts.peek() {
        Some(&"crate") => {
            parts.next();
            base.clear();
        }
        Some(&"self") => {
            parts.next();
        }
        Some(&"super") => {
            while parts.next_if_eq(&"super").is_some() {
                base.pop();
            }
        }
        _ => {}
    }
    base.extend(parts);
    let (length, found) = (1..=base.len()).rev().find_map(|length| {
        let module = base[..length].join("::");
        let found = files.iter().position(|file| file.module == module)?;
        Some((length, found))
    })?;
    let next = base.get(length);
    let file = &files[found];
    let handed = next.and_then(|next| file.handed_on.iter().find(|(name, _)| name == next));
    match handed {
        Some((_, path)) if file.module != from => module_of(path, &file.module, files),
        _ => Some(found),
    }
}

/// Returns the modules that lead back to themselves below a folder, each with one it imports on the way.
fn circles(folder: &Path) -> Vec<String> {
    let mut paths = Vec::new();
    rust_files(folder, &mut paths);
    // Files of tests alone import whatever they test.
    paths.retain(|path| !path.to_string_lossy().ends_with("tests.rs"));
    let files: Vec<Imports> = paths.iter().map(|path| imports(path)).collect();
    let edges: Vec<Vec<usize>> = files
        .iter()
        .enumerate()
        .map(|(own, file)| {
            let named = file.paths.iter();
            let named = named.filter_map(|path| module_of(path, &file.module, &files));
            named.filter(|other| *other != own).collect()
        })
        .collect();
    let reaches = |from: usize, to: usize| {
        let mut seen = vec![false; files.len()];
        let mut open = vec![from];
        while let Some(at) = open.pop() {
            if at == to {
                return true;
            }
            if !std::mem::replace(&mut seen[at], true) {
                open.extend(&edges[at]);
            }
        }
        false
    };
    let mut found = Vec::new();
    for (own, named) in edges.iter().enumerate() {
        for other in named {
            if reaches(*other, own) {
                found.push(format!(
                    "{} and {}",
                    files[own].module, files[*other].module
                ));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

#[test]
fn files_import_each_other_in_no_circle() {
    let found = circles(&source());
    assert!(found.is_empty(), "{found:#?}");
}

/// What the program writes as HTML a theme can style by its classes alone: it is told of every one.
#[test]
fn every_class_that_the_program_writes_is_promised_to_themes() {
    let promised = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/themes.md"))
        .expect("it can be read");
    let promised: Vec<&str> = promised
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
        .collect();
    let mut files = Vec::new();
    for stage in ["parse", "plan"] {
        rust_files(&source().join("stages").join(stage), &mut files);
    }
    let mut written = 0;
    let mut faults = Vec::new();
    for file in &files {
        let text = fs::read_to_string(file).expect("the file can be read");
        let code = text.split("#[cfg(test)]").next().unwrap_or("");
        let lists = code.match_indices("class=\\\"").map(|(at, mark)| {
            let rest = &code[at + mark.len()..];
            // A list of classes ends where its quotation mark, the literal or a gap of a format begins.
            &rest[..rest.find(['\\', '"', '{']).unwrap_or(rest.len())]
        });
        for class in lists.flat_map(str::split_ascii_whitespace) {
            written += 1;
            // `block-` goes on with the name of a block.
            let is_promised =
                |word: &&str| *word == class || class.ends_with('-') && word.starts_with(class);
            if !promised.iter().any(is_promised) {
                faults.push(format!("{}: {class}", file.display()));
            }
        }
    }
    assert!(written > 30, "only {written} classes were found");
    assert!(
        faults.is_empty(),
        "docs/themes.md is silent about {faults:#?}"
    );
}

#[test]
fn imports_are_read_as_the_compiler_reads_them() {
    assert_eq!(
        expanded("super::a::{self, b::{C, d}, E as F}"),
        [
            "super::a::self",
            "super::a::b::C",
            "super::a::b::d",
            "super::a::E"
        ]
    );
    let file = |module: &str, handed_on: &[(&str, &str)]| Imports {
        module: module.into(),
        paths: Vec::new(),
        handed_on: handed_on
            .iter()
            .map(|(name, path)| ((*name).to_owned(), (*path).to_owned()))
            .collect(),
    };
    let files = [
        file("s::a", &[("Y", "b::Y"), ("Z", "super::c::Z")]),
        file("s::a::b", &[]),
        file("s::c", &[]),
    ];
    for (path, from, expected) in [
        ("super::b::X", "s::a::d", Some(1)),
        ("super::super::c::X", "s::a::b", Some(2)),
        ("super::X", "s::a::b", Some(0)),
        ("crate::s::c", "s::a::b", Some(2)),
        ("b::X", "s::a", Some(1)),
        ("std::fs", "s::c", Some(2)),
        ("super::Y", "s::a::d", Some(1)),
        ("crate::s::a::Z", "s::c", Some(2)),
        ("crate::other", "s::c", None),
    ] {
        assert_eq!(
            module_of(path, from, &files),
            expected,
            "{path} from {from}"
        );
    }
}

/// Returns the paths that a page of the documentation names in backticks: with a slash in them, up to what stands for a name.
fn named_paths(page: &str) -> Vec<String> {
    let in_backticks = page.split('`').skip(1).step_by(2);
    let paths =
        in_backticks.filter(|words| words.contains('/') && !words.contains([' ', '*', '(']));
    let known = paths.map(|path| match path.split_once('<') {
        Some((before, _)) => before.rsplit_once('/').map_or("", |(folder, _)| folder),
        None => path,
    });
    known
        .map(|path| path.trim_end_matches('/').to_owned())
        .collect()
}

#[test]
fn files_that_the_architecture_names_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/architecture.md")).expect("the page can be read");
    // Folders that a sentence about them has named before.
    let around = [
        "",
        "src",
        "src/stages/parse",
        "src/import",
        "src/report",
        "src/stages",
    ];
    let mut missing = named_paths(&page);
    assert!(missing.len() > 20, "{missing:#?}");
    missing.retain(|path| {
        !around
            .iter()
            .any(|folder| root.join(folder).join(path).exists())
    });
    assert!(missing.is_empty(), "{missing:#?}");
}
