//! Makes sources of files that stand elsewhere than on this disk: of an earlier version of a curriculum.
//!
//! In: paths below `modules/`, and the bytes of what a curriculum reads. Out: the same `Sources` that the folder would have given. Opens nothing.

use std::sync::Arc;

use super::names::{
    DEEPEST, compare_names, compare_paths, is_left_out, is_lesson, is_register, misnamed,
};
use super::text::{LARGEST_TEXT, text_of};
use crate::model::path::SourcePath;
use crate::model::sources::{Asset, Document, RegisterSources, Sources};
use crate::model::{Finding, Register, Staged};

/// A file as it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Path below `modules/`, with `/`.
    pub path: String,
    /// What it holds, where a curriculum reads that.
    pub bytes: Option<Vec<u8>>,
}

/// Returns whether a curriculum reads the text of a file; of others it needs to know no more than that they are there.
pub fn is_read(path: &str) -> bool {
    let path = SourcePath::new(path);
    is_lesson(&path) || is_register(&path)
}

/// Makes sources of files.
pub fn given(files: Vec<Given>) -> Staged<Sources> {
    let is_kept = |file: &Given| {
        let names = || file.path.split('/');
        !names().any(is_left_out)
            && names().count() <= DEEPEST
            && misnamed(&SourcePath::new(&file.path)).is_none()
    };
    let mut files: Vec<Given> = files.into_iter().filter(is_kept).collect();
    files.sort_by(|a, b| compare_paths(&a.path, &b.path));
    let mut findings = Vec::new();
    let mut sources = Sources::default();
    let mut registers: Vec<(String, Arc<str>)> = Vec::new();
    for Given { path, bytes } in files {
        let path = SourcePath::new(&path);
        let size = bytes.as_ref().map_or(0, |bytes| bytes.len() as u64);
        let text = bytes.map(|bytes| text(bytes, &path, &mut findings));
        match text {
            Some(text) if is_lesson(&path) => {
                let module = path.as_str().split_once('/').map(|(module, _)| module);
                if let Some(module) = module
                    && sources.modules.last().is_none_or(|last| last != module)
                {
                    sources.modules.push(module.to_owned());
                }
                sources.documents.push(Document { path, text });
            }
            Some(text) => registers.push((path.as_str().to_owned(), text)),
            None => sources.assets.push(Asset {
                path,
                size,
                svg: None,
            }),
        }
    }
    let named = |register: Register| -> Result<_, std::convert::Infallible> {
        let found = registers.iter().find(|(path, _)| path == register.name());
        Ok(found.map(|(_, text)| Arc::clone(text)))
    };
    let Ok(named) = RegisterSources::by_name(named);
    sources.registers = named;
    sources.find_pages_of_folders();
    Staged {
        value: sources,
        findings,
    }
}

/// Lays a text over what stands on the disk, as if it had been saved there: a file that is not there yet comes to be.
pub fn lay_over(sources: &mut Sources, findings: &mut Vec<Finding>, path: &SourcePath, text: &str) {
    if path.as_str().split('/').any(is_left_out) || misnamed(path).is_some() {
        return;
    }
    findings.retain(|finding| finding.file != path.from_root());
    let text = text_of(text.to_owned().into_bytes(), path.from_root(), findings);
    if let Some(register) = Register::named(path.as_str()) {
        sources.registers.set(register, Arc::clone(&text));
    }
    if !is_lesson(path) {
        return;
    }
    let mut documents = sources.documents.iter_mut();
    match documents.find(|document| document.path == *path) {
        Some(document) => document.text = text,
        None => {
            let path = path.clone();
            sources.documents.push(Document { path, text });
            let paths =
                |a: &Document, b: &Document| compare_paths(a.path.as_str(), b.path.as_str());
            sources.documents.sort_by(paths);
            sources.find_pages_of_folders();
        }
    }
    if let Some((module, _)) = path.as_str().split_once('/')
        && let Err(between) = sources
            .modules
            .binary_search_by(|known| compare_names(known, module))
    {
        sources.modules.insert(between, module.to_owned());
    }
}

fn text(bytes: Vec<u8>, path: &SourcePath, findings: &mut Vec<Finding>) -> Arc<str> {
    if bytes.len() as u64 > LARGEST_TEXT {
        return "".into();
    }
    text_of(bytes, path.from_root(), findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stages::discover::discover;

    fn listed(sources: &Sources) -> Vec<String> {
        let documents = sources.documents.iter();
        let documents =
            documents.map(|document| format!("{} {}", document.path.as_str(), document.text));
        let assets = sources.assets.iter();
        let assets = assets.map(|asset| asset.path.as_str().to_owned());
        let modules = sources.modules.iter().cloned();
        let terms = sources
            .registers
            .text(Register::Terms)
            .map(ToString::to_string);
        documents
            .chain(assets)
            .chain(modules)
            .chain(terms)
            .collect()
    }

    #[test]
    fn sources_are_those_that_the_folder_would_give() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let root = camino::Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
        let paths = [
            "02-b/10-z.md",
            "02-b/2-y.md",
            "02-b/index.md",
            "02-b/03-unit/01-in.md",
            "02-b/03-unit/images/a.png",
            "a.md",
            "01-a/x.MD",
            "01-a/.hidden.md",
            "01-a/#x#",
            "03-only-files/a.pdf",
            "index.md",
            "terms.toml",
            "people.toml",
            "Topics.toml",
            "02-b/INDEX.MD",
            "02-b/x.markdown",
            "02-b/README.md",
            "04-c/README.md",
            "04-c/01-x.md",
            ".git/x.md",
        ];
        let mut files = Vec::new();
        for path in paths {
            let full = root.join("modules").join(path);
            let text = format!("# text of {path}\n");
            std::fs::create_dir_all(full.parent().expect("it stands in a folder")).expect("made");
            std::fs::write(&full, &text).expect("written");
            files.push(Given {
                path: path.to_owned(),
                bytes: is_read(path).then(|| text.into_bytes()),
            });
        }
        let there = discover(root).expect("the folder can be read").value;
        assert_eq!(listed(&given(files).value), listed(&there));
        assert!(there.documents.len() == 9, "{:?}", listed(&there));
    }
}
