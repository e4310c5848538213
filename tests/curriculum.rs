//! Holds this repository's own curriculum to what its authors agreed on. (What every curriculum must keep to is in the program's rules.)

#[path = "curriculum/blueprint.rs"]
mod blueprint;
#[path = "curriculum/people.rs"]
mod people;
mod support;

use std::fs;
use std::path::{Path, PathBuf};

fn modules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("modules")
}

/// A page of the curriculum: its path below `modules/`, with `/`, and its whole text.
struct Page {
    path: String,
    text: String,
}

impl Page {
    fn is_lesson(&self) -> bool {
        !self.path.ends_with("index.md")
    }
}

fn pages() -> Vec<Page> {
    let root = modules();
    let mut pages = Vec::new();
    for page in support::pages(&root) {
        let below = page.strip_prefix(&root).expect("below modules");
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        pages.push(Page {
            path: parts.join("/"),
            text: fs::read_to_string(&page).expect("a page is UTF-8"),
        });
    }
    assert!(pages.len() > 12, "the curriculum was not found");
    pages
}
