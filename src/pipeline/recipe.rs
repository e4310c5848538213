//! What a site and its reports are made from, as one digest.
//!
//! In: everything that a build reads, apart from the files that it copies. Out: a digest. The same digest means the same bytes, so a build whose
//! former site carries it has nothing to do.

use blake3::{Hash, Hasher};
use rayon::prelude::*;

use super::setting::Setting;
use crate::model::sources::Sources;
use crate::stages::link::Drafts;

/// The digest of what outputs are made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipe(Hash);

impl Recipe {
    /// Digests what a build has read, and the program itself.
    pub(super) fn new(setting: &Setting, drafts: Drafts, sources: &Sources) -> Self {
        let Setting {
            // Where it stands changes nothing of what is made.
            root: _,
            config,
            settings,
            theme,
        } = setting;
        let mut recipe = Ingredients::new();
        recipe.add(env!("THROUGHLINE_SOURCES"));
        recipe.add(&format!("{:?}", (config, settings, drafts, &theme.strings)));
        for (name, text) in &theme.templates {
            recipe.add(name).add(text);
        }
        for (name, bytes) in &theme.files {
            recipe.add(name).add_bytes(bytes);
        }
        // Taken apart, so that a new field cannot be forgotten here.
        let Sources {
            documents,
            assets,
            modules,
            registers,
            local,
            links: _,
        } = sources;
        for (register, text) in registers.iter() {
            recipe.add(register.name()).add(text);
        }
        for fill in local {
            recipe.add(&fill.path).add(&fill.text);
        }
        for module in modules {
            recipe.add(module);
        }
        for asset in assets {
            recipe.add(asset.path.as_str()).add(&asset.size.to_string());
            recipe.add(asset.svg.as_ref().map_or("", |svg| svg.text()));
        }
        let texts: Vec<Hash> = documents
            .par_iter()
            .map(|document| blake3::hash(document.text.as_bytes()))
            .collect();
        for (document, text) in documents.iter().zip(texts) {
            recipe
                .add(document.path.as_str())
                .add_bytes(text.as_bytes());
        }
        Self(recipe.0.finalize())
    }

    /// Returns the digest of this and something more.
    pub(super) fn with(self, more: &str) -> Self {
        let mut recipe = Ingredients::new();
        recipe.add_bytes(self.0.as_bytes()).add(more);
        Self(recipe.0.finalize())
    }

    /// Returns the digest.
    pub fn digest(self) -> Hash {
        self.0
    }
}

/// Texts, each with its length before it, so that no two lists of them look alike.
struct Ingredients(Hasher);

impl Ingredients {
    fn new() -> Self {
        Self(Hasher::new())
    }

    fn add(&mut self, text: &str) -> &mut Self {
        self.add_bytes(text.as_bytes())
    }

    fn add_bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }
}
