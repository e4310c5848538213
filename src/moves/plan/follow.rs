//! Lets go along what belongs to something that moves, and rewrites what names it: links, images, prerequisites, registers, and ids that are called otherwise.
//!
//! In: where everything goes, and the id that becomes another. Out: files that move too, and edits.

use std::collections::HashMap;

use super::super::refusal::Refusal;
use super::super::registers::Followed;
use super::super::rename::{Former, Rename};
use super::super::targets::target;
use super::desk::Published;
use super::work::Work;
use crate::model::Place;
use crate::model::curriculum::Target;
use crate::model::edits::Edits;
use crate::model::lesson::LinkKind;
use crate::model::path::{joined, split};
use crate::model::slug::folder_slug;
use crate::model::written::as_toml;

impl Work<'_> {
    /// Lets files that stand beside a page, and that it and its translations alone show, go along into another folder.
    pub(super) fn take_assets_along(&mut self) {
        let curriculum = &self.desk.before.curriculum;
        let mut users: HashMap<u32, Vec<&str>> = HashMap::new();
        for document in &curriculum.documents {
            for resolved in &*document.links {
                if let Target::Asset(asset) = resolved.target {
                    let path = document.lesson.path.as_str();
                    let users = users.entry(asset).or_default();
                    if !users.contains(&path) {
                        users.push(path);
                    }
                }
            }
        }
        for (index, placed) in (0..).zip(&curriculum.assets) {
            let Some((user, others)) = users.get(&index).and_then(|users| users.split_first())
            else {
                continue;
            };
            let asset = placed.asset.path.as_str();
            let (folder, now) = (split(user).0, self.moved.path(user));
            let new_folder = split(&now).0;
            let goes_along = |other: &&str| {
                split(other).0 == folder && split(&self.moved.path(other)).0 == new_folder
            };
            if !others.iter().all(goes_along) {
                continue;
            }
            let below = asset.strip_prefix(&format!("{folder}/"));
            if let Some(below) = below.filter(|_| self.moved.path(folder) != new_folder) {
                // Folders are named as they stand before: this one is where the page goes.
                let (inner, name) = split(below);
                let Some(target) = self.former(new_folder) else {
                    continue;
                };
                let target = joined(&target, inner).trim_end_matches('/').to_owned();
                if self.desk.tree.like(&target, name).is_none() {
                    self.moved.put(asset, &target, name);
                }
            }
        }
    }

    /// Returns the path that a folder has before it moves.
    fn former(&self, folder: &str) -> Option<String> {
        let tree = &self.desk.tree;
        let mut folders = tree.paths().filter(|path| tree.is_folder(path));
        let found = folders.find(|path| self.moved.path(path) == folder);
        found.map(ToOwned::to_owned)
    }

    /// Rewrites links, images and prerequisites so that they lead to where they led.
    pub(super) fn follow_links(&mut self) -> Result<(), Refusal> {
        if self.moved.is_empty() {
            return Ok(());
        }
        for document in &self.desk.before.curriculum.documents {
            let lesson = &document.lesson;
            let page = lesson.path.as_str();
            for link in &lesson.links {
                let is_path = matches!(link.kind, LinkKind::Document | LinkKind::Image);
                let now = is_path.then(|| target(page, &link.target, &self.moved));
                match (now.flatten(), link.at) {
                    (None, _) => {}
                    (Some(now), Some((start, end))) => {
                        let edits = self.edits(page);
                        edits.replace(start as usize..end as usize, now);
                    }
                    (Some(now), None) => return Err(unreachable(page, link.place, &now)),
                }
            }
            for prerequisite in &lesson.front.prerequisites {
                let now = target(page, &prerequisite.value, &self.moved);
                if let (Some(now), Some((start, end))) = (now, prerequisite.at) {
                    let edits = self.edits(page);
                    edits.replace(start as usize..end as usize, as_toml(&now));
                }
            }
        }
        Ok(())
    }

    /// Rewrites paths and names of modules in the registers.
    pub(super) fn follow_registers(&mut self) {
        if self.moved.is_empty() {
            return;
        }
        let modules = self.desk.before.curriculum.modules.iter();
        let modules = modules.filter_map(|module| {
            let now = self.moved.path(&module.folder);
            let name = folder_slug(&now);
            let is_new = name != module.name && !now.contains('/');
            is_new.then(|| (module.name.clone(), name))
        });
        let moved = self.moved.clone();
        let followed = Followed {
            tree: &self.desk.tree,
            moved: &moved,
            modules: modules.collect(),
        };
        for (name, text) in &self.desk.tables {
            let mut edits = Edits::default();
            followed.follow(text, &mut edits);
            if !edits.is_empty() {
                self.edits.insert(name.clone(), edits);
            }
        }
    }

    /// Writes the new id wherever the former one is named.
    pub(super) fn rename(&mut self, rename: &Rename) {
        for document in &self.desk.before.curriculum.documents {
            let page = document.lesson.path.as_str();
            if let Some(text) = self.desk.text(page) {
                let places = rename.in_lesson(&document.lesson, &text);
                for (start, end) in places {
                    self.edits(page)
                        .replace(start as usize..end as usize, rename.to.clone());
                }
            }
        }
        for (name, text) in &self.desk.tables {
            let mut edits = self.edits.remove(name).unwrap_or_default();
            let former = match (&self.desk.published, rename.address()) {
                (Published::Site(files), Some(url)) if !files.contains(&url) => Former::Forgotten,
                _ => Former::Kept,
            };
            rename.in_register(name, text, former, &mut edits);
            if !edits.is_empty() {
                self.edits.insert(name.clone(), edits);
            }
        }
    }
}

fn unreachable(page: &str, place: Place, now: &str) -> Refusal {
    Refusal::new(format!(
        "modules/{page}:{}: this link cannot be changed where it stands, and must lead to `{now}`",
        place.line
    ))
    .help("write it on one line as `[words](path)`, and move again")
}
