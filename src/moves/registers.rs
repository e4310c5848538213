//! Follows what moves in the registers, and leaves every other byte of them as it is.
//!
//! In: the text of a TOML file that stands in `modules/`. Out: its changes. Any text that is the path of something that moves is one of it, whichever file it stands in:
//! also a file that only its authors' own checks read.

use std::collections::HashMap;

use toml_edit::{Document, Item, TableLike, Value};

use super::moved::Moved;
use super::tree::Tree;
use crate::model::edits::Edits;
use crate::model::slug::split_number;
use crate::model::written::as_toml;

/// Where everything goes, and which modules are called otherwise then.
#[derive(Debug)]
pub struct Followed<'m> {
    /// What is there.
    pub tree: &'m Tree,
    /// Where it goes.
    pub moved: &'m Moved,
    /// Names of modules before and after, as the registers name them.
    pub modules: HashMap<String, String>,
}

/// Keys whose texts name modules.
const MODULES: [&str; 6] = [
    "module",
    "modules",
    "mentioned",
    "introduced",
    "practised",
    "assessed",
];

/// Keys whose texts name pages, also without their ending.
const PAGES: [&str; 5] = ["home", "lesson", "lessons", "path", "to"];

impl Followed<'_> {
    /// Notes what changes in a register. One that is no TOML stays as it is: what is wrong with it is a finding.
    pub fn follow(&self, register: &str, edits: &mut Edits) {
        if let Ok(document) = Document::parse(register) {
            self.table(document.as_table(), edits);
        }
    }

    fn table(&self, table: &dyn TableLike, edits: &mut Edits) {
        for (key, item) in table.iter() {
            match item {
                Item::Value(value) => self.value(key, value, edits),
                Item::Table(inner) => self.table(inner, edits),
                Item::ArrayOfTables(tables) => {
                    for inner in tables {
                        self.table(inner, edits);
                    }
                }
                Item::None => {}
            }
        }
    }

    fn value(&self, key: &str, value: &Value, edits: &mut Edits) {
        match value {
            Value::String(text) => {
                if let (Some(now), Some(span)) = (self.text(key, text.value()), text.span()) {
                    edits.replace(span, as_toml(&now));
                }
            }
            Value::Array(list) => {
                for value in list {
                    self.value(key, value, edits);
                }
            }
            Value::InlineTable(table) => self.table(table, edits),
            _ => {}
        }
    }

    /// Returns what a text becomes; nothing where it stays.
    fn text(&self, key: &str, text: &str) -> Option<String> {
        if MODULES.contains(&key)
            && let Some(name) = self.modules.get(text)
        {
            return Some(name.clone());
        }
        let start = ["modules/", "@/"]
            .into_iter()
            .find(|prefix| text.starts_with(prefix))
            .map_or(0, str::len);
        let end = text.find('#').unwrap_or(text.len());
        let path = text.get(start..end)?;
        let now = self.path(key, path)?;
        Some(format!("{}{now}{}", &text[..start], &text[end..]))
    }

    fn path(&self, key: &str, path: &str) -> Option<String> {
        let known = |path: &str| self.tree.kind(path).is_some();
        // A word is a path only where one is asked for, or where it has the number of a folder.
        let is_meant = path.contains('/')
            || MODULES.contains(&key)
            || PAGES.contains(&key)
            || split_number(path).0.is_some();
        if !is_meant {
            return None;
        }
        if known(path) {
            return Some(self.moved.path(path)).filter(|now| now != path);
        }
        let with_ending = format!("{path}.md");
        let now = known(&with_ending).then(|| self.moved.path(&with_ending))?;
        let now = now.strip_suffix(".md")?;
        (now != path).then(|| now.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::path::SourcePath;
    use crate::model::sources::{Document as Page, Sources};

    #[test]
    fn paths_and_names_follow_and_the_rest_stays() {
        let mut sources = Sources::default();
        for path in ["01-calls/index.md", "01-calls/02-b.md", "money/index.md"] {
            let path = SourcePath::new(path);
            sources.documents.push(Page {
                path,
                text: "".into(),
            });
        }
        let tree = Tree::of(&sources);
        let mut moved = Moved::default();
        moved.put("01-calls", "", "02-phone");
        moved.put("money", "", "cash");
        let followed = Followed {
            tree: &tree,
            moved: &moved,
            modules: [("calls", "phone"), ("money", "cash")]
                .map(|(from, to)| (from.to_owned(), to.to_owned()))
                .into(),
        };
        let register = "# one\n[[topic]]\nid = \"money\" # stays\naliases = [\"calls\"]\nhome = '01-calls/02-b.md#x' # two\n[topic.requires]\nintroduced = [\n  \"calls\", # three\n  \"01-calls\",\n  \"every-module\",\n]\n[[topic.exempt]]\nmodule = \"money\"\n[[other]]\nx = { lesson = \"@/01-calls/02-b\", y = \"modules/01-calls/02-b.md\" }\n[[path]]\nid = \"calls\"\nmodules = [\"calls\", \"every-module\"]\nlessons = [\"01-calls/02-b.md\"]\n";
        let expected = "# one\n[[topic]]\nid = \"money\" # stays\naliases = [\"calls\"]\nhome = \"02-phone/02-b.md#x\" # two\n[topic.requires]\nintroduced = [\n  \"phone\", # three\n  \"02-phone\",\n  \"every-module\",\n]\n[[topic.exempt]]\nmodule = \"cash\"\n[[other]]\nx = { lesson = \"@/02-phone/02-b\", y = \"modules/02-phone/02-b.md\" }\n[[path]]\nid = \"calls\"\nmodules = [\"phone\", \"every-module\"]\nlessons = [\"02-phone/02-b.md\"]\n";
        let mut edits = Edits::default();
        followed.follow(register, &mut edits);
        assert_eq!(edits.apply(register), expected);
        let mut none = Edits::default();
        followed.follow("[[topic\n", &mut none);
        assert!(none.is_empty());
    }
}
