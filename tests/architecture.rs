//! Reads the `use` lines and holds the code to one direction: model, then stages in their order, then report, pipeline and command line.

use std::fs;
use std::path::{Path, PathBuf};

/// The stages in the order in which they run; one may import those before it.
///
/// `config` and `theme` read what stages are given beside the sources; `config` reads TOML as `parse` does.
const STAGES: [&str; 11] = [
    "discover", "parse", "config", "theme", "link", "cover", "review", "settle", "plan", "render",
    "write",
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

#[test]
fn the_model_knows_no_stage_and_stages_know_neither_reports_nor_the_command_line() {
    let mut files = Vec::new();
    rust_files(&source(), &mut files);
    let mut faults = Vec::new();
    for file in &files {
        let path = file
            .strip_prefix(source())
            .expect("below src")
            .to_string_lossy()
            .replace('\\', "/");
        let forbidden: &[&str] = match path.split('/').next() {
            Some("model") => &["stages", "report", "pipeline", "external", "watch", "cli"],
            Some("stages") => &["report", "pipeline", "external", "watch", "cli"],
            Some("report") => &["pipeline", "external", "watch", "cli"],
            Some("pipeline") => &["external", "watch", "cli"],
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
    let mut files = Vec::new();
    rust_files(&source().join("stages"), &mut files);
    let mut faults = Vec::new();
    for file in &files {
        let path = file
            .strip_prefix(source().join("stages"))
            .expect("below stages");
        let path = path.to_string_lossy().replace('\\', "/");
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
        "stages/theme.rs",
        "stages/write/",
        "external/cache.rs",
        "cli/",
        "watch/",
        "main.rs",
    ];
    let mut files = Vec::new();
    rust_files(&source(), &mut files);
    let mut faults = Vec::new();
    for file in &files {
        let path = file
            .strip_prefix(source())
            .expect("below src")
            .to_string_lossy()
            .replace('\\', "/");
        if allowed.iter().any(|prefix| path.starts_with(prefix)) {
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
    let mut files = Vec::new();
    rust_files(&source(), &mut files);
    let mut faults = Vec::new();
    for file in &files {
        let path = file
            .strip_prefix(source())
            .expect("below src")
            .to_string_lossy()
            .replace('\\', "/");
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
