//! Keeps the lists by which folders say in which order things stand, `order = [...]`.
//!
//! In: where everything goes, and the places that were asked for. Out: edits in the front matter of the folders' pages.

use super::super::front::List;
use super::super::moved::Seat;
use super::super::tree::Kind;
use super::work::Work;
use crate::model::lesson::Lesson;
use crate::model::path::{join, split};
use crate::model::registers::Placed;
use crate::model::written::as_toml;

impl Work<'_> {
    /// Lets the pages of folders that say in which order things stand name them as they are called afterwards, each at its place; what comes from elsewhere and
    /// was given no place stands last.
    pub(super) fn follow_orders(&mut self) {
        if self.moved.is_empty() {
            return;
        }
        for document in &self.desk.before.curriculum.documents {
            let lesson = &document.lesson;
            let Some(text) = self.desk.text(lesson.path.as_str()) else {
                continue;
            };
            let order = &lesson.front.order;
            if order.is_empty() {
                continue;
            }
            let slots = self.slots(lesson);
            let come = self.newcomers(lesson);
            let edits = self
                .edits
                .entry(lesson.path.as_str().to_owned())
                .or_default();
            if come.is_empty() && slots.iter().all(Option::is_some) {
                for (name, entry) in order.iter().zip(slots.into_iter().flatten()) {
                    let is_new = name.value.trim_end_matches('/') != entry.trim_end_matches('/');
                    if let Some((start, end)) = name.at.filter(|_| is_new) {
                        edits.replace(start as usize..end as usize, as_toml(&entry));
                    }
                }
                continue;
            }
            let mut list: Vec<String> = slots.into_iter().flatten().collect();
            for (place, entry) in come {
                list.insert(place.min(list.len()), entry);
            }
            let former = order.iter().map(|name| name.value.clone());
            let former: Vec<String> = former.collect();
            List::of(&text, "order").change(&former, &list, edits);
        }
    }

    /// Returns what stands afterwards where each name of an order stands; nothing where that has left.
    fn slots(&self, page: &Lesson) -> Vec<Option<String>> {
        let (folder, moved) = (page.path.folder(), &self.moved);
        let taker = |path: &str| {
            let mut seats = moved.seats();
            seats.find_map(|(taker, seat)| (*seat == Seat::Of(path.to_owned())).then_some(taker))
        };
        let has_seat = |path: &str| moved.seats().any(|(seated, _)| seated == path);
        let slot = |name: &Placed<String>| {
            let path = join(folder, &name.value)?;
            let entry = match taker(&path) {
                Some(taker) => taker,
                None if has_seat(&path) => return None,
                None => &path,
            };
            let now = moved.path(entry);
            let (new_folder, new_name) = split(&now);
            if new_folder != moved.path(folder) {
                return None;
            }
            let own = page.front.order.iter().find(|other| {
                let path = join(folder, &other.value);
                path.as_deref() == Some(entry)
            });
            let has_slash = match own {
                Some(own) => own.value.ends_with('/'),
                None => self.desk.tree.is_folder(entry),
            };
            Some(format!("{new_name}{}", if has_slash { "/" } else { "" }))
        };
        page.front.order.iter().map(slot).collect()
    }

    /// Returns what comes into the order of a page that no slot of it had, with the index that it gets: first what was given a place, then the others.
    fn newcomers(&self, page: &Lesson) -> Vec<(usize, String)> {
        let (folder, moved) = (page.path.folder(), &self.moved);
        let now = moved.path(folder);
        let here = |path: &str| {
            let to = moved.path(path);
            let (to, name) = split(&to);
            (to == now).then(|| name.to_owned())
        };
        let seated = moved.seats().filter_map(|(path, seat)| {
            let (Seat::At(number), Some(name)) = (seat, here(path)) else {
                return None;
            };
            let kind = self.desk.tree.kind(path);
            let is_file = kind.map_or(name.ends_with(".md"), |kind| kind == Kind::Lesson);
            let slash = if is_file { "" } else { "/" };
            let index = usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
            Some((index, format!("{name}{slash}")))
        });
        let others = moved.entries().filter_map(|(from, _)| {
            let has_place = self.desk.tree.has_place(from);
            let has_seat = moved.seats().any(|(path, _)| path == from);
            let comes = has_place && !has_seat && split(from).0 != folder;
            comes.then(|| here(from)).flatten()
        });
        seated
            .chain(others.map(|name| (usize::MAX, name)))
            .collect()
    }
}
