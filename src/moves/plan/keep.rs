//! Keeps what people know of pages: addresses that would die become aliases, and sign-offs hold on where a page says the same.
//!
//! In: the curriculum before and afterwards. Out: edits in the front matter of pages and in the register of sign-offs.

use std::collections::{HashMap, HashSet};

use super::super::front::List;
use super::super::sign_offs;
use super::desk::addresses;
use super::work::Work;
use crate::model::curriculum::{Curriculum, Document};
use crate::model::review::Approval;
use crate::stages::link::alias_path;
use crate::stages::review::sign_off;

impl Work<'_> {
    /// Adds the addresses that die to the pages' aliases, and takes those out that pages have again.
    pub(super) fn keep_addresses(&mut self, after: &Curriculum) {
        let now = by_path(after);
        let addresses: HashSet<String> = after.documents.iter().flat_map(addresses).collect();
        let before = self.desk.before.curriculum.documents.iter();
        let former: HashSet<String> = before.flat_map(self::addresses).collect();
        let drafts = self.desk.drafts();
        for document in &self.desk.before.curriculum.documents {
            let page = document.lesson.path.as_str();
            let path = self.moved.path(page);
            let Some(moved) = now.get(path.as_str()) else {
                continue;
            };
            let aliases = &document.lesson.front.aliases;
            let leads = |alias: &str| alias_path(alias).unwrap_or_default();
            let has = |url: &str| aliases.iter().any(|alias| leads(&alias.value) == url);
            let mut come = Vec::new();
            if moved.url != document.url {
                let dies = |url: &String| !addresses.contains(url.as_str()) && !has(url);
                let known = self.desk.published(document, &drafts);
                come.extend(known.into_iter().filter(dies));
            }
            let is_page_again = |alias: &str| {
                let url = leads(alias);
                addresses.contains(&*url) && !former.contains(&*url)
            };
            let gone = aliases.iter().map(|alias| &alias.value);
            let gone: Vec<String> = gone.filter(|alias| is_page_again(alias)).cloned().collect();
            if let Some(text) = self.desk.text(page).filter(|_| come.len() + gone.len() > 0) {
                let list = List::of(&text, "aliases");
                list.change(&gone, &come, self.edits(page));
            }
        }
    }

    /// Issues anew the fingerprints of pages that stood as they were signed off and say the same now; returns how many.
    pub(super) fn keep_sign_offs(&mut self, after: &Curriculum) -> usize {
        let Some(register) = self.desk.tables.get("reviews.toml").cloned() else {
            return 0;
        };
        let now = by_path(after);
        let before = &self.desk.before.curriculum;
        let mut fingerprints: HashMap<String, String> = HashMap::new();
        for (id, state) in sign_off::states(before) {
            let lesson = &before.document(id).lesson;
            let path = self.moved.path(lesson.path.as_str());
            let Some(document) = now.get(path.as_str()) else {
                continue;
            };
            let says_the_same = document.lesson.text == lesson.text;
            let fingerprint = sign_off::fingerprint(&document.lesson, &after.registers);
            if let (Approval::Approved, true, Some(now), Some(signed)) = (
                state.approval(),
                says_the_same,
                fingerprint,
                state.sign_off(),
            ) {
                let recipe = signed.fingerprint.recipe;
                let held = sign_off::fingerprint_by(recipe, &document.lesson, &after.registers);
                if held != Some(signed.fingerprint) {
                    fingerprints.insert(lesson.path.as_str().to_owned(), now.to_string());
                }
            }
        }
        let count = fingerprints.len();
        sign_offs::renew(&register, &fingerprints, self.edits("reviews.toml"));
        count
    }
}

/// Returns every page by its path.
fn by_path(curriculum: &Curriculum) -> HashMap<&str, &Document> {
    let documents = curriculum.documents.iter();
    let by_path = documents.map(|document| (document.lesson.path.as_str(), document));
    by_path.collect()
}
