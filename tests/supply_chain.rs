//! Holds what is built into the program to `deny.toml`, with nothing but cargo; `cargo deny check` reads the same list. Holds the project's own folder to what
//! its authors wrote: the work of others comes from packages, which are locked.

#![allow(clippy::unwrap_used, reason = "tests read files and run cargo")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use walkdir::WalkDir;

/// A file that others wrote and that stands in the project's folder.
struct Copied {
    path: &'static str,
    /// As SPDX writes it.
    licence: &'static str,
    /// Where it is from, with its version.
    source: &'static str,
}

/// Everything of that kind. None is needed: what tests read of others is in packages.
const COPIED: [Copied; 0] = [];

/// What a file says or is called that others wrote.
const MARKS: [&str; 8] = [
    "copyright (c)",
    "copyright \u{a9}",
    "all rights reserved",
    "spdx-license-identifier",
    "@license",
    "json-schema.org/draft",
    "creativecommons.org/licenses",
    "targetnamespace=",
];
const COPIED_KINDS: [&str; 9] = [
    ".min.js", ".min.css", ".woff", ".woff2", ".ttf", ".otf", ".xsd", ".dtd", ".wasm",
];

fn toml_file(path: &str) -> toml::Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(path).unwrap().parse().unwrap()
}

fn texts(value: &toml::Value) -> BTreeSet<String> {
    let list = value.as_array().unwrap().iter();
    list.map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// Returns name and licence of every package that is built on this machine, for the program and for its tests.
fn licences() -> Vec<(String, String)> {
    let version = Command::new("rustc").arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(["--filter-platform", host.unwrap()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |package: &Value, key: &str| package[key].as_str().unwrap_or("").to_owned();
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages
        .map(|package| (text(package, "name"), text(package, "license")))
        .collect()
}

/// Returns whether a licence expression can be met with the allowed ones, and notes which of them it names.
///
/// Reads what the packages write: names with `OR`, the older `/`, `AND` and brackets; `AND` binds more closely.
fn is_met(expression: &str, allowed: &BTreeSet<String>, named: &mut BTreeSet<String>) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace(" WITH ", "+WITH+");
    let words: Vec<String> = spaced
        .split_whitespace()
        .map(|word| word.replace("+WITH+", " WITH "))
        .collect();
    let mut rest = words.as_slice();
    let met = alternatives(&mut rest, allowed, named);
    assert!(rest.is_empty(), "cannot read the licence `{expression}`");
    met
}

fn alternatives(
    rest: &mut &[String],
    allowed: &BTreeSet<String>,
    named: &mut BTreeSet<String>,
) -> bool {
    let mut met = all_of(rest, allowed, named);
    while rest.first().is_some_and(|word| word == "OR") {
        *rest = &rest[1..];
        met |= all_of(rest, allowed, named);
    }
    met
}

fn all_of(rest: &mut &[String], allowed: &BTreeSet<String>, named: &mut BTreeSet<String>) -> bool {
    let mut met = one(rest, allowed, named);
    while rest.first().is_some_and(|word| word == "AND") {
        *rest = &rest[1..];
        met &= one(rest, allowed, named);
    }
    met
}

fn one(rest: &mut &[String], allowed: &BTreeSet<String>, named: &mut BTreeSet<String>) -> bool {
    let Some((word, after)) = rest.split_first() else {
        return false;
    };
    *rest = after;
    if word == "(" {
        let met = alternatives(rest, allowed, named);
        assert_eq!(rest.first().map(String::as_str), Some(")"));
        *rest = &rest[1..];
        return met;
    }
    named.insert(word.clone());
    allowed.contains(word)
}

#[test]
fn licence_expressions_are_read_as_they_are_meant() {
    let allowed =
        BTreeSet::from(["MIT", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"].map(String::from));
    for (expression, met) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("MIT OR GPL-3.0", true),
        ("GPL-3.0/MIT", true),
        ("MIT AND GPL-3.0", false),
        ("(GPL-3.0 OR MIT) AND Unicode-3.0", true),
        ("(MIT OR GPL-3.0) AND GPL-3.0", false),
        ("GPL-3.0 OR MIT AND Unicode-3.0", true),
        ("Apache-2.0 WITH LLVM-exception OR GPL-3.0", true),
        ("Apache-2.0", false),
        ("", false),
    ] {
        assert_eq!(
            is_met(expression, &allowed, &mut BTreeSet::new()),
            met,
            "{expression}"
        );
    }
}

#[test]
fn every_licence_is_allowed_and_every_allowed_one_is_there() {
    let rules = toml_file("deny.toml")["licenses"].clone();
    let allowed = texts(&rules["allow"]);
    let exceptions: BTreeMap<&str, BTreeSet<String>> = rules["exceptions"]
        .as_array()
        .expect("exceptions are a list")
        .iter()
        .map(|exception| {
            let package = exception["crate"].as_str().expect("a package is a text");
            (package, texts(&exception["allow"]))
        })
        .collect();
    let mut named = BTreeSet::new();
    let mut faults = Vec::new();
    let mut excepted = BTreeSet::new();
    for (package, licence) in licences() {
        let own = exceptions.get_key_value(package.as_str());
        let for_it = own.map_or_else(|| allowed.clone(), |(_, own)| &allowed | own);
        if !is_met(&licence, &for_it, &mut named) {
            faults.push(format!("{package}: `{licence}`"));
        }
        excepted.extend(own.map(|(package, _)| *package));
    }
    assert!(
        excepted.iter().eq(exceptions.keys()),
        "exceptions without their package: {exceptions:?}"
    );
    assert!(faults.is_empty(), "not allowed by deny.toml: {faults:#?}");
    let unused: Vec<_> = allowed.difference(&named).collect();
    assert!(
        unused.is_empty(),
        "no package has these licences: {unused:?}"
    );
}

#[test]
fn every_package_comes_from_the_one_registry_and_none_is_banned() {
    let deny = toml_file("deny.toml");
    let registries = texts(&deny["sources"]["allow-registry"]);
    let banned = texts(&deny["bans"]["deny"]);
    for file in ["Cargo.lock", "fuzz/Cargo.lock"] {
        let lock = toml_file(file);
        for package in lock["package"].as_array().unwrap() {
            let name = package["name"].as_str().unwrap();
            assert!(!banned.contains(name), "{file}: {name}");
            let Some(source) = package.get("source") else {
                assert!(
                    name.starts_with("throughline"),
                    "{file}: {name} stands in a folder of its own"
                );
                continue;
            };
            let registry = source.as_str().unwrap().strip_prefix("registry+");
            assert!(
                registry.is_some_and(|registry| registries.contains(registry)),
                "{file}: {name} comes from {source}"
            );
            assert!(
                package.get("checksum").is_some(),
                "{file}: {name} has no checksum"
            );
        }
    }
}

#[test]
fn unsafe_code_stays_forbidden_and_sums_are_checked() {
    let cargo = toml_file("Cargo.toml");
    assert_eq!(
        cargo["lints"]["rust"]["unsafe_code"].as_str(),
        Some("forbid")
    );
    assert_eq!(
        cargo["profile"]["release"]["overflow-checks"].as_bool(),
        Some(true)
    );
    let fuzz = &toml_file("fuzz/Cargo.toml")["profile"]["release"];
    for check in ["overflow-checks", "debug-assertions"] {
        assert_eq!(fuzz[check].as_bool(), Some(true), "{check}");
    }
}

/// Returns the project's files of a kind of others', without what is made or fetched, and without the curriculum, which quotes its sources.
fn files_with_marks_of_others() -> BTreeSet<String> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = WalkDir::new(top).into_iter().filter_entry(|entry| {
        let name = entry.file_name().to_string_lossy();
        let made = ["target", "node_modules", "public", "reports", "packages"];
        let is_hidden = entry.depth() == 1 && name.starts_with('.');
        let is_apart = entry.depth() == 1 && matches!(&*name, "modules" | "LICENSE");
        !(made.contains(&&*name) && entry.file_type().is_dir() || is_hidden || is_apart)
    });
    let files = own.map(Result::unwrap).filter(|entry| {
        // This file names the marks, and the lock names the licences of packages.
        let named = [file!(), "tests/browser/package-lock.json"];
        entry.file_type().is_file() && !named.iter().any(|own| entry.path() == top.join(own))
    });
    files
        .filter(|entry| {
            let name = entry.file_name().to_string_lossy().to_lowercase();
            let bytes = fs::read(entry.path()).unwrap();
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            COPIED_KINDS.iter().any(|kind| name.ends_with(kind))
                || name.split('.').next() == Some("notice")
                || MARKS.iter().any(|mark| text.contains(mark))
        })
        .map(|entry| {
            let path = entry.path().strip_prefix(top).unwrap();
            path.to_string_lossy().replace('\\', "/")
        })
        .collect()
}

#[test]
fn what_others_wrote_comes_from_packages_or_is_named_here() {
    let named: BTreeSet<String> = COPIED.iter().map(|copied| copied.path.to_owned()).collect();
    assert_eq!(files_with_marks_of_others(), named);
    for Copied {
        path,
        licence,
        source,
    } in COPIED
    {
        assert!(!licence.is_empty() && !source.is_empty(), "{path}");
    }
}

#[test]
fn packages_of_the_browser_tests_are_locked_by_their_content() {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/package-lock.json");
    let lock: Value = serde_json::from_slice(&fs::read(lock).unwrap()).unwrap();
    let packages = lock["packages"].as_object().unwrap();
    assert!(packages.len() > 1);
    for (path, package) in packages.iter().filter(|(path, _)| !path.is_empty()) {
        let digest = package["integrity"].as_str().unwrap_or_default();
        assert!(digest.starts_with("sha512-"), "{path} has no digest");
        // An address would bind everybody to one registry.
        assert!(package.get("resolved").is_none(), "{path}");
    }
}
