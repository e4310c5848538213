//! A curriculum on disk, and the program run on it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use super::support::{copy, laid_out, run, text, write};

/// Files by their paths, and folders with a final `/`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A curriculum in a folder of its own.
pub struct Site {
    folder: tempfile::TempDir,
}

/// What a run of the program said.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Site {
    /// Lays files out.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let folder = laid_out(files);
        Self { folder }
    }

    /// Copies this repository's own curriculum.
    pub fn of_this_repository() -> Self {
        let site = Self::of(&[]);
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        copy(&root.join("modules"), &site.root().join("modules"));
        fs::copy(root.join("config.toml"), site.root().join("config.toml")).expect("copied");
        site
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, path: &str, text: &str) {
        write(self.root(), path, text);
    }

    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Returns every file below a folder with its content.
    pub fn files(&self, below: &str) -> Files {
        let top = self.root().join(below);
        let mut files = BTreeMap::new();
        for entry in WalkDir::new(&top) {
            let entry = entry.expect("the folder can be read");
            let path = entry.path().strip_prefix(&top).expect("it stands below");
            let path = path.to_string_lossy().replace('\\', "/");
            if entry.file_type().is_file() {
                files.insert(path, fs::read(entry.path()).expect("read"));
            } else if !path.is_empty() {
                files.insert(path + "/", Vec::new());
            }
        }
        files
    }

    /// Runs the program.
    pub fn run(&self, arguments: &[&str]) -> Said {
        let output = run(self.root(), arguments);
        Said {
            code: output.status.code(),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }

    /// Runs the program, which must do what it is asked for.
    pub fn does(&self, arguments: &[&str]) -> Said {
        let said = self.run(arguments);
        assert_eq!(said.code, Some(0), "{arguments:?}: {said:?}");
        said
    }

    /// Runs the program, which must refuse with a sentence and leave everything as it is.
    pub fn refuses(&self, arguments: &[&str], sentence: &str) {
        let before = self.files("");
        let said = self.run(arguments);
        assert_eq!(said.code, Some(2), "{arguments:?}: {said:?}");
        assert!(said.err.contains(sentence), "{arguments:?}: {}", said.err);
        assert!(
            self.files("") == before,
            "{arguments:?} has changed something"
        );
    }
}
