//! The pages that every site has: home, signposts, search, accessibility, redirects; and the sitemap.

use std::fmt::Write;
use std::sync::Arc;

use jiff::civil::Date;

use super::said;
use super::{Pages, Settings};
use crate::model::curriculum::{DocumentId, Role};
use crate::model::page::{Data, Fields, Page};
use crate::model::registers::Signpost;
use crate::model::site::{Subject, Thing};
use crate::model::theme::Strings;

impl<'c> Pages<'c> {
    /// Makes the start page.
    pub(super) fn home(&self, url: &Arc<str>) -> Page<'c> {
        let home = self
            .curriculum
            .documents
            .first()
            .filter(|document| document.role == Role::Home);
        let title = home.map_or("", |home| &home.lesson.front.title);
        let title = if title.is_empty() {
            &self.settings.title
        } else {
            title
        };
        let mut fields = self.common(url, "home", title, &self.settings.description);
        // The introduction to the whole curriculum would lead a package's readers to what they do not have.
        let body =
            (home.is_some() && self.holds(DocumentId(0))).then(|| self.body(DocumentId(0), url));
        fields.html("body", body.unwrap_or_default());
        let minutes = self
            .modules()
            .map(|(_, module)| self.minutes_of(module))
            .fold(0, u32::saturating_add);
        fields.number("minutes", minutes);
        let all = (0..).map(DocumentId).zip(&self.curriculum.documents);
        let lessons = all.filter(|(id, document)| document.role == Role::Lesson && self.holds(*id));
        fields.number("lessons", lessons.count() as u64);
        let fronts = self.modules().map(|(_, module)| module.index);
        let everyone = fronts.map(|index| {
            index.is_some_and(|index| self.curriculum.document(index).lesson.front.mandatory)
        });
        // Where everyone takes every module, that is said once.
        fields.flag(
            "everyone",
            everyone.collect::<Vec<_>>().iter().all(|is| *is),
        );
        let modules = self
            .modules()
            .map(|(id, module)| {
                let front = module
                    .index
                    .map(|index| &self.curriculum.document(index).lesson.front);
                let mut entry = self.link(url, Subject::Module(id), &module.title);
                entry
                    .number("number", module.number)
                    .set(
                        "summary",
                        front.map_or("".into(), |front| self.said(&front.summary)),
                    )
                    .number("minutes", self.minutes_of(module))
                    .number("lessons", self.curriculum.lessons_of(module).count() as u64)
                    .flag("mandatory", front.is_some_and(|front| front.mandatory));
                entry.text("routes", self.routes_of_module(id));
                entry.into()
            })
            .collect();
        fields.list("modules", modules);
        self.add_routes(&mut fields);
        fields.list("route_lists", self.route_lists(url));
        Page {
            url: Arc::clone(url),
            template: "home.html",
            fields,
        }
    }

    /// Makes the directory of support services.
    pub(super) fn signposts(&self, url: &Arc<str>) -> Page<'c> {
        let mut fields = self.common(url, "signposts", self.strings.get("signposts"), "");
        fields.list("breadcrumbs", vec![self.home_crumb(url)]);
        let mut nations: Vec<String> = Vec::new();
        let signposts = self
            .curriculum
            .registers
            .signposts
            .iter()
            .zip(&self.shared.cards_in_directory)
            .map(|(signpost, card)| {
                let mut entry = Fields::new();
                let own = nation_names(signpost, self.strings);
                for nation in &own {
                    if !nations.contains(nation) {
                        nations.push(nation.clone());
                    }
                }
                entry
                    .text("id", signpost.id.as_str())
                    .text("name", signpost.name.as_str())
                    .set("for", self.said(&signpost.serves))
                    .flag("urgent", signpost.urgent)
                    .html("card", &**card)
                    .list(
                        "former_ids",
                        signpost
                            .former_ids
                            .iter()
                            .map(|id| id.value.as_str().into())
                            .collect(),
                    )
                    .list("nations", own.into_iter().map(Data::from).collect());
                entry.into()
            })
            .collect();
        nations.sort_by_cached_key(|nation| self.settings.language.sort_key(nation));
        fields
            .list("signposts", signposts)
            .list("nations", nations.into_iter().map(Data::from).collect());
        Page {
            url: Arc::clone(url),
            template: "signposts.html",
            fields,
        }
    }

    /// Makes the accessibility page: what was checked, as the configuration records it.
    pub(super) fn accessibility(&self, url: &Arc<str>) -> Page<'c> {
        let mut page = self.plain(url, "accessibility.html", "accessibility", "accessibility");
        let record = &self.settings.accessibility;
        let written = |date: Option<Date>| date.map(|date| self.long_date(date));
        let checks = record.checks.iter().map(|check| {
            let mut fields = Fields::new();
            fields
                .text("title", check.title.as_str())
                .text("result", check.result.as_str())
                .text("on", written(check.on).unwrap_or_default());
            fields.into()
        });
        let prepared_on = written(record.prepared_on).unwrap_or_default();
        page.fields
            .list("checks", checks.collect())
            .text("prepared_on", prepared_on);
        page
    }

    /// Makes a page of which the theme knows everything but the title.
    pub(super) fn plain(
        &self,
        url: &Arc<str>,
        template: &'static str,
        kind: &'static str,
        title: &'static str,
    ) -> Page<'c> {
        let mut fields = self.common(url, kind, self.strings.get(title), "");
        if kind == "not-found" {
            // It is shown at whatever address somebody asked for: only a whole address leads anywhere from there.
            fields.flag("anywhere", self.settings.base_url.is_some());
        } else {
            fields.list("breadcrumbs", vec![self.home_crumb(url)]);
        }
        Page {
            url: Arc::clone(url),
            template,
            fields,
        }
    }

    /// Makes the page at an old address.
    pub(super) fn redirect(&self, url: &Arc<str>, to: Subject) -> Page<'c> {
        let mut fields = Fields::new();
        fields
            .text("kind", "redirect")
            .text("title", self.title_of(to))
            .text("path", self.address(url))
            .address("target", self.inside_link(url, to));
        self.add_canonical(&mut fields, &to.path(self.curriculum));
        Page {
            url: Arc::clone(url),
            template: "redirect.html",
            fields,
        }
    }

    /// Returns when a page was last reviewed, where its lesson says so.
    fn reviewed_on(&self, subject: Subject) -> Option<Date> {
        let document = match subject {
            Subject::Lesson(id) => id,
            Subject::Module(id) => self.curriculum.module(id).index?,
            _ => return None,
        };
        let lesson = &self.curriculum.document(document).lesson;
        lesson.front.last_reviewed_on
    }

    /// Returns what the page is called that an old address leads to.
    fn title_of(&self, subject: Subject) -> &'c str {
        match subject {
            Subject::Topic(id) => &self.curriculum.registers.topics[id.0 as usize].name,
            Subject::Lesson(id) => self.title(self.curriculum.document(id)),
            Subject::Module(id) => &self.curriculum.module(id).title,
            _ => &self.settings.title,
        }
    }

    /// Returns the sitemap, for sites that have an address.
    pub fn sitemap(&self) -> Option<String> {
        let top = self.settings.base_url.as_ref()?;
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
        );
        for file in self.files {
            let Thing::Page(subject) = file.thing else {
                continue;
            };
            if subject.is_for_search_engines() {
                let mut address = String::new();
                super::push_text(&mut address, top.below(&file.url).as_str());
                // Writing to a String cannot fail.
                let _ = write!(xml, "<url><loc>{address}</loc>");
                if let Some(date) = self.reviewed_on(subject) {
                    let _ = write!(xml, "<lastmod>{date}</lastmod>");
                }
                xml.push_str("</url>\n");
            }
        }
        xml.push_str("</urlset>\n");
        Some(xml)
    }
}

/// Returns what a signpost's card shows.
///
/// A service that nobody has verified says so, and one whose check has run out by today says that too; one that needs no check says nothing.
pub fn signpost_fields<'c>(
    signpost: &'c Signpost,
    level: u64,
    settings: &Settings,
    strings: &'c Strings,
) -> Fields<'c> {
    let (mut fields, language) = (Fields::new(), &settings.language);
    fields
        .text("id", signpost.id.as_str())
        .text("name", signpost.name.as_str())
        .set("for", said(&signpost.serves, language))
        .text("phone", &*signpost.phone)
        .set("text", said(&signpost.text, language))
        .set("relay", said(&signpost.relay, language))
        .text("email", &*signpost.email)
        .text("web", &*signpost.web)
        .set("hours", said(&signpost.hours, language))
        .set("cost", said(&signpost.cost, language))
        .set("note", said(&signpost.note, language))
        .flag("urgent", signpost.urgent)
        .number("level", level);
    for (key, contact) in [
        ("phone_href", &signpost.phone),
        ("email_href", &signpost.email),
        ("web_href", &signpost.web),
    ] {
        fields.maybe_address(key, contact.address.as_ref());
    }
    fields.list(
        "nations",
        nation_names(signpost, strings)
            .into_iter()
            .map(Data::from)
            .collect(),
    );
    let verified = signpost.last_verified_on;
    let verified = verified.map(|date| language.long_date(date, strings));
    fields.text("verified", verified.unwrap_or_default());
    let status = match signpost.due() {
        _ if !signpost.permanent.is_empty() => "permanent",
        None => "unverified",
        Some(due) if due < settings.as_of => "overdue",
        Some(_) => "verified",
    };
    fields.text("status", status);
    fields
}

/// Returns the names of the nations that a service covers.
fn nation_names(signpost: &Signpost, strings: &Strings) -> Vec<String> {
    signpost
        .nations
        .iter()
        .map(|nation| {
            let key = nation.to_lowercase().replace([' ', '-'], "_");
            let name = strings.get(&key);
            if name == key {
                nation.clone()
            } else {
                name.to_owned()
            }
        })
        .collect()
}
