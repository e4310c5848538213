//! What names of folders, files and entries can be: made of the titles that people give them, so that nothing is refused later.
//!
//! In: a title or an id. Out: a name that stands in the site on every system, or why there is none.

use super::path::unsafe_reason;
use super::site::PAGES_OF_A_MODULE;
use super::slug::{file_slug, slug};

/// What a name is made for. Its word stands before a name that is taken: `module-con`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// The folder of a module.
    Module,
    /// The file of a lesson.
    Lesson,
    /// The id of a topic.
    Topic,
    /// The id of an entry of any register, which may become a file's name.
    Entry,
}

/// The folder of the topics' pages.
const TOPICS: &str = "topics";

impl Naming {
    /// Returns the name that is made of a title.
    ///
    /// # Errors
    ///
    /// When none can be: why.
    pub fn of(self, title: &str) -> Result<String, &'static str> {
        let name = file_slug(title);
        if name.is_empty() {
            return Err("it has neither letters nor digits");
        }
        let is_taken = match self {
            Self::Module => name == TOPICS,
            Self::Lesson => PAGES_OF_A_MODULE.contains(&name.as_str()),
            Self::Topic | Self::Entry => !is_entry_id(&name),
        };
        if !is_taken && unsafe_reason(&name).is_none() {
            return Ok(name);
        }
        let kind = match self {
            Self::Module => "module",
            Self::Lesson => "lesson",
            Self::Topic => "topic",
            Self::Entry => "the",
        };
        let name = format!("{kind}-{}", name.replace('_', "-"));
        match unsafe_reason(&name) {
            Some(reason) => Err(reason),
            None => Ok(name),
        }
    }
}

/// Returns whether a text can be the id of an entry: letters that are not upper case, digits and hyphens, since it may become a file's name.
///
/// Letters of scripts that have no case are as good as small ones.
pub fn is_entry_id(text: &str) -> bool {
    !text.is_empty() && !text.contains('_') && slug(text) == text && unsafe_reason(text).is_none()
}

/// Returns an id like a text that can be none, as help suggests it.
pub fn id_like(text: &str) -> String {
    Naming::Entry
        .of(text)
        .unwrap_or_else(|_| "short-name".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_what_addresses_can_be_in_every_script() {
        for id in ["empathy", "01-x", "tŷ", "傾聴", "日本-語", "हिन्दी", "3d"] {
            assert!(is_entry_id(id), "{id}");
        }
        for id in [
            "",
            "Empathy",
            "a_b",
            "a b",
            "con",
            "aux",
            "a/b",
            "a.b",
            "a#b",
            "!",
            "a\u{200b}b",
        ] {
            assert!(!is_entry_id(id), "{id:?}");
        }
    }

    #[test]
    fn what_is_suggested_can_be_an_id() {
        let long = "a".repeat(300);
        for text in ["Con", "aux", "Two words", "a_b", "!!!", "", "傾聴!", &long] {
            let like = id_like(text);
            assert!(is_entry_id(&like), "{text}: {like}");
        }
    }

    #[test]
    fn names_of_new_files_are_none_that_are_taken_or_refused() {
        for (naming, title, expected) in [
            (Naming::Module, "CON", Ok("module-con")),
            (Naming::Module, "Topics", Ok("module-topics")),
            (Naming::Module, "Print", Ok("print")),
            (Naming::Lesson, "Con", Ok("lesson-con")),
            (Naming::Lesson, "Print", Ok("lesson-print")),
            (Naming::Lesson, "Topics", Ok("topics")),
            (Naming::Entry, "Con", Ok("the-con")),
            (Naming::Topic, "Con", Ok("topic-con")),
            (Naming::Topic, "Double booking", Ok("double-booking")),
            (Naming::Topic, "傾聴", Ok("傾聴")),
            (Naming::Entry, "!", Err("it has neither letters nor digits")),
        ] {
            let name = naming.of(title);
            assert_eq!(
                name.as_deref().map_err(|reason| *reason),
                expected,
                "{title}"
            );
        }
        assert!(Naming::Lesson.of(&"a".repeat(300)).is_err());
    }
}
