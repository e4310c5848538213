//! What the stage promises, tried in temporary folders.
#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

mod carrying;
mod kills;
mod outputs;
mod recovering;
mod refusals;
mod together;
mod unchanged;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use tempfile::TempDir;

use super::{Destination, Interrupt, Survives, WriteError, Written};
use crate::model::output::{Content, Output};

/// Every file below a folder with its content; links as `-> target`, folders as their paths with a final `/`.
type Listing = BTreeMap<String, String>;

/// A temporary root with `modules/`, `config.toml` and an output folder `public`.
struct Scene {
    _temporary: TempDir,
    root: Utf8PathBuf,
}

impl Scene {
    fn new() -> Self {
        let temporary = TempDir::new().unwrap();
        let root = Utf8PathBuf::from_path_buf(temporary.path().canonicalize().unwrap()).unwrap();
        fs::create_dir(root.join("modules")).unwrap();
        fs::write(root.join("config.toml"), "").unwrap();
        Self {
            _temporary: temporary,
            root,
        }
    }

    /// A scene in which a site has been built.
    fn with_site(files: &[(&str, &str)]) -> Self {
        let scene = Self::new();
        scene.build(files).unwrap();
        scene
    }

    fn destination(&self) -> Destination {
        destination(&self.root)
    }

    fn site(&self) -> Utf8PathBuf {
        self.root.join("public")
    }

    fn staging(&self) -> Utf8PathBuf {
        self.root.join(".throughline-public.new")
    }

    fn former(&self) -> Utf8PathBuf {
        self.root.join(".throughline-public.old")
    }

    fn build(&self, files: &[(&str, &str)]) -> Result<Written, WriteError> {
        super::write(&self.destination(), &texts(files))
    }

    /// What the output folder holds, without the manifest.
    fn pages(&self) -> Listing {
        let mut pages = listing(&self.site());
        pages.remove(super::manifest::NAME);
        pages.retain(|path, _| !path.ends_with('/'));
        pages
    }

    /// Names that begin as those of our own files do, beside the output folder.
    fn leftovers(&self) -> Vec<String> {
        let names = fs::read_dir(&self.root)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names
            .filter(|name| name.starts_with(".throughline"))
            .collect();
        names.sort_unstable();
        if cfg!(not(unix)) {
            names.retain(|name| !name.ends_with(".lock"));
        }
        names
    }

    fn file(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn destination(root: &Utf8Path) -> Destination {
    Destination {
        root: root.to_owned(),
        folder: "public".into(),
        apart: ["modules", "themes", "config.toml"]
            .map(Into::into)
            .to_vec(),
        survives: Survives::Kill,
        interrupt: Interrupt::default(),
    }
}

fn texts(files: &[(&str, &str)]) -> Vec<Output> {
    files.iter().map(|(path, text)| bytes(path, text)).collect()
}

fn bytes(path: &str, text: &str) -> Output {
    Output {
        path: path.into(),
        content: Content::Bytes(Cow::Owned(text.as_bytes().to_vec())),
    }
}

fn asset(path: &str, source: &str) -> Output {
    Output {
        path: path.into(),
        content: Content::Copy(source.to_owned()),
    }
}

fn listing(folder: &Utf8Path) -> Listing {
    fn collect(folder: &Utf8Path, below: &str, out: &mut Listing) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{below}{name}");
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                out.insert(format!("{path}/"), String::new());
                collect(&folder.join(name), &format!("{path}/"), out);
            } else if kind.is_symlink() {
                out.insert(
                    path,
                    format!("-> {}", fs::read_link(entry.path()).unwrap().display()),
                );
            } else {
                out.insert(
                    path,
                    String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned(),
                );
            }
        }
    }
    let mut out = Listing::new();
    collect(folder, "", &mut out);
    out
}

fn pages(files: &[(&str, &str)]) -> Listing {
    files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

#[cfg(unix)]
fn inode(path: &Utf8Path) -> u64 {
    std::os::unix::fs::MetadataExt::ino(&fs::symlink_metadata(path).unwrap())
}
