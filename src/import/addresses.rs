//! Keeps the addresses that pages had: they become `aliases`, unless something else has them now.

use std::collections::HashSet;

use super::course::{Course, Format};
use super::formats::folder::{index_rank, stem};
use super::front::Matter;
use super::layout::Placed;
use super::value::Value;
use crate::model::path::{collision_key, joined, unsafe_reason};
use crate::model::site::PAGES_OF_A_MODULE;
use crate::model::slug::{file_slug, folder_slug, slug as heading_slug, split_number};

/// Pages and folders that the site makes itself.
const OWN: [&str; 13] = [
    "index.html",
    "404.html",
    "accessibility.html",
    "map.html",
    "revise.html",
    "search.html",
    "signposts.html",
    "sitemap.xml",
    "topics/",
    "assets/",
    "search/",
    "reports/",
    "progress.html",
];

/// Addresses that are taken.
#[derive(Debug, Default)]
pub struct Addresses(HashSet<String>);

impl Addresses {
    /// Notes the addresses of all pages here.
    pub fn of(placed: &[Placed]) -> Self {
        let mut taken = Self::default();
        for page in placed {
            taken
                .0
                .insert(collision_key(&address_here(&page.target)).into_owned());
            let module = page.target.split('/').next().unwrap_or("");
            for own in PAGES_OF_A_MODULE {
                let own = format!("{}/{own}.html", folder_slug(module));
                taken.0.insert(collision_key(&own).into_owned());
            }
        }
        taken
    }

    /// Takes the last part of a lesson's address.
    ///
    /// # Errors
    ///
    /// Why it can be none: something else has the address, or it is more than one part of a path.
    pub fn slug(&mut self, slug: &str, target: &str) -> Result<String, &'static str> {
        if target.ends_with("index.md") {
            return Err("its page is that of a module or unit, which is called like its folder");
        }
        if slug != heading_slug(slug) {
            return Err("it is not words with hyphens between them");
        }
        let here = address_here(target);
        let folder = here.rsplit_once('/').map_or("", |(folder, _)| folder);
        let address = joined(folder, &format!("{slug}.html"));
        if unsafe_reason(&address).is_some() {
            return Err("not every system knows such a name");
        }
        let is_new = address == here || self.0.insert(collision_key(&address).into_owned());
        match is_new {
            true => Ok(slug.to_owned()),
            false => Err("another page has that address"),
        }
    }

    /// Takes an old address for an alias; nothing where something else has it, or it is none.
    pub fn take(&mut self, old: &str) -> Option<String> {
        let old = old.split(['#', '?']).next().unwrap_or("");
        let path = old.trim_start_matches('/');
        let file = match path.strip_suffix('/') {
            Some(folder) => format!("{folder}/index.html"),
            None if path.ends_with(".html") => path.to_owned(),
            None => format!("{path}.html"),
        };
        let own = OWN
            .iter()
            .any(|own| file == *own || (own.ends_with('/') && file.starts_with(own)));
        let free = !path.is_empty() && !own && unsafe_reason(&file).is_none();
        (free && self.0.insert(collision_key(&file).into_owned())).then(|| path.to_owned())
    }
}

/// Returns the address that a lesson has here.
pub fn address_here(target: &str) -> String {
    let (folder, name) = target.rsplit_once('/').unwrap_or(("", target));
    let mut address = String::new();
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        address.push_str(&folder_slug(part));
        address.push('/');
    }
    let name = if name == "index.md" {
        "index".to_owned()
    } else {
        file_slug(name)
    };
    format!("{address}{name}.html")
}

/// Returns the addresses that a page had, the likeliest first.
pub fn addresses_of(page: &str, matter: &Matter, course: &Course, format: Format) -> Vec<String> {
    // What was never published has no address.
    if format.is_draft(page) {
        return Vec::new();
    }
    let below = page
        .strip_prefix(&course.content)
        .unwrap_or(page)
        .trim_start_matches('/');
    let below = stem(below);
    let folder = below.rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_index = index_rank(page).is_some();
    let mut found: Vec<String> = ["permalink", "url"]
        .iter()
        .filter_map(|key| {
            let (_, value) = matter.extra.iter().find(|(name, _)| name == key)?;
            value.text().filter(|address| address.starts_with('/'))
        })
        .collect();
    let slug = matter.slug.as_deref().map(|slug| slug.trim_matches('/'));
    match format {
        // Nobody knows where its pages were, unless they say so themselves.
        Format::Folder => {
            let slug = slug.filter(|slug| *slug != heading_slug(slug));
            found.extend(slug.map(|slug| match slug.contains('/') {
                true => slug.to_owned(),
                false => joined(folder, slug),
            }));
        }
        Format::MdBook => found.push(if is_index {
            joined(folder, "index.html")
        } else {
            format!("{below}.html")
        }),
        Format::Jekyll => {
            let below = below.trim_start_matches('_');
            let name = below.rsplit('/').next().unwrap_or(below);
            if let (Some(day), Some(title)) = (name.get(..10), name.get(11..))
                && day.parse::<jiff::civil::Date>().is_ok()
            {
                let title = slug.unwrap_or(title);
                found.push(format!("{}/{title}.html", day.replace('-', "/")));
            }
            found.push(if is_index {
                joined(folder, "index.html")
            } else {
                format!("{below}.html")
            });
        }
        Format::Sandpaper => {
            let name = below.rsplit('/').next().unwrap_or(below);
            found.push(format!("{name}.html"));
            found.push(format!("{name}/"));
            found.push(format!("{name}/index.html"));
        }
        Format::MkDocs => found.push(if is_index {
            joined(folder, "")
        } else {
            format!("{below}/")
        }),
        Format::Hugo => {
            let lower = below.to_lowercase().replace(' ', "-");
            let folder = folder.to_lowercase();
            found.push(match &matter.slug {
                _ if is_index => joined(&folder, ""),
                Some(slug) if slug.starts_with('/') => format!("{}/", slug.trim_matches('/')),
                Some(slug) => joined(&folder, &format!("{}/", slug.trim_matches('/'))),
                None => format!("{lower}/"),
            });
        }
        Format::Docusaurus => found.push(docusaurus(page, below, matter)),
    }
    found.retain(|address| !address.trim_matches('/').is_empty());
    found
}

/// Returns the address that Docusaurus gives a page; `below` is where it stands below the content folder, without its ending.
fn docusaurus(page: &str, below: &str, matter: &Matter) -> String {
    let folder = below.rsplit_once('/').map_or("", |(folder, _)| folder);
    let plain = |path: &str| {
        let parts = path.split('/').map(|part| split_number(part).1);
        parts.collect::<Vec<_>>().join("/")
    };
    let id = matter
        .extra
        .iter()
        .find(|(key, _)| key == "id")
        .and_then(|(_, value)| Value::text(value));
    match (&matter.slug, id) {
        (Some(slug), _) if slug.starts_with('/') => format!("docs{slug}/"),
        (Some(slug), _) => joined("docs", &joined(&plain(folder), &format!("{slug}/"))),
        (None, _) if index_rank(page).is_some() => joined("docs", &joined(&plain(folder), "")),
        (None, Some(id)) => joined("docs", &joined(&plain(folder), &format!("{id}/"))),
        (None, None) => format!("docs/{}/", plain(below)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tool_gave_its_own_addresses() {
        let course = Course {
            content: "docs".into(),
            ..Course::default()
        };
        for (format, page, expected) in [
            (Format::MdBook, "docs/a/b.md", "a/b.html"),
            (Format::MdBook, "docs/a/README.md", "a/index.html"),
            (Format::MkDocs, "docs/a/b.md", "a/b/"),
            (Format::Docusaurus, "docs/01-a/02-b.md", "docs/a/b/"),
            (Format::Hugo, "docs/A/My page.md", "a/my-page/"),
            (
                Format::Jekyll,
                "docs/_posts/2020-01-02-x.md",
                "2020/01/02/x.html",
            ),
            (Format::Sandpaper, "episodes/03-x.md", "03-x.html"),
        ] {
            let found = addresses_of(page, &Matter::default(), &course, format);
            assert_eq!(
                found.first().map(String::as_str),
                Some(expected),
                "{format:?} {page}"
            );
        }
    }

    #[test]
    fn a_slug_is_one_part_of_an_address_that_nothing_else_has() {
        let lesson = |target: &str| Placed {
            source: None,
            target: target.into(),
            title: None,
            summary: None,
            folder: None,
        };
        let mut addresses = Addresses::of(&[lesson("01-a/01-b.md"), lesson("01-a/02-c.md")]);
        for (slug, target, expected) in [
            ("b", "01-a/01-b.md", true),
            ("c", "01-a/01-b.md", false),
            ("2-new", "01-a/01-b.md", true),
            ("2-new", "01-a/02-c.md", false),
            ("2-new", "02-z/02-c.md", true),
            ("print", "01-a/02-c.md", false),
            ("tŷ", "01-a/02-c.md", true),
            ("Not a slug!", "01-a/02-c.md", false),
            ("/x/y", "01-a/02-c.md", false),
            ("con", "01-a/02-c.md", false),
            ("x", "01-a/index.md", false),
        ] {
            assert_eq!(
                addresses.slug(slug, target).is_ok(),
                expected,
                "{slug} {target}"
            );
        }
    }

    #[test]
    fn an_address_that_is_taken_is_no_alias() {
        let placed = [Placed {
            source: None,
            target: "01-a/01-b.md".into(),
            title: None,
            summary: None,
            folder: None,
        }];
        let mut addresses = Addresses::of(&placed);
        for (old, expected) in [
            ("a/b.html", None),
            ("A/B", None),
            ("old/", Some("old/")),
            ("old/index.html", None),
            ("topics/x.html", None),
            ("../x", None),
            ("a/print.html", None),
            ("a/projector", None),
        ] {
            assert_eq!(addresses.take(old).as_deref(), expected, "{old}");
        }
    }
}
