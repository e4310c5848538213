//! Digests the program's own sources, so that a site that another build of the program has made is never taken for this one's.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for path in ["Cargo.toml", "build.rs", "src", "themes/default"] {
        println!("cargo::rerun-if-changed={path}");
        add(Path::new(path), &mut hasher)?;
    }
    println!(
        "cargo::rustc-env=THROUGHLINE_SOURCES={:016x}",
        hasher.finish()
    );
    Ok(())
}

fn add(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    if path.is_dir() {
        let mut entries: Vec<_> = fs::read_dir(path)?.collect::<Result<_, _>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            entry.file_name().hash(hasher);
            add(&entry.path(), hasher)?;
        }
    } else {
        fs::read(path)?.hash(hasher);
    }
    Ok(())
}
