//! Remembers parsed lessons, so that only what has changed is parsed again.
//!
//! A lesson is known by its path, the hash of its text and the digest of everything else that parsing sees. Nothing is ever taken for unchanged
//! because of its time stamp.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use blake3::Hash;

use crate::model::Lesson;
use crate::model::path::SourcePath;
use crate::model::sources::Document;
use crate::stages::parse::{self, Context, Scratch};

/// The lessons of the last look at the curriculum.
#[derive(Debug, Default)]
pub struct Memo {
    lessons: HashMap<SourcePath, Remembered>,
}

/// A parsed lesson and the hash of the text that it was parsed from.
#[derive(Debug, Clone)]
struct Remembered {
    text: Hash,
    context: Hash,
    lesson: Arc<Lesson>,
}

impl Memo {
    /// Returns the hash of the text that a lesson was last parsed from.
    pub fn text_of(&self, path: &SourcePath) -> Option<Hash> {
        self.lessons.get(path).map(|known| known.text)
    }

    /// Returns the lessons with the hashes of their texts, in no order.
    pub fn texts(&self) -> impl Iterator<Item = (&SourcePath, Hash)> {
        self.lessons.iter().map(|(path, known)| (path, known.text))
    }

    /// Returns whether a path is a lesson or a folder of lessons.
    pub fn knows(&self, path: &str) -> bool {
        self.lessons.keys().any(|known| {
            let rest = known.as_str().strip_prefix(path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    /// Parses a lesson, and remembers it.
    pub fn parse(&mut self, document: &Document, context: &Context) -> Arc<Lesson> {
        let known = Remembered {
            text: blake3::hash(document.text.as_bytes()),
            context: context.digest(),
            lesson: parse::anew(document, context, &mut Scratch::default()),
        };
        let lesson = Arc::clone(&known.lesson);
        self.lessons.insert(document.path.clone(), known);
        lesson
    }
}

/// A look at the whole curriculum: takes lessons from the former memo, and makes the next one.
#[derive(Debug)]
pub struct Recollection<'m> {
    former: &'m Memo,
    context: OnceLock<Hash>,
    seen: Mutex<HashMap<SourcePath, Remembered>>,
}

impl<'m> Recollection<'m> {
    /// Starts a look.
    pub fn of(former: &'m Memo) -> Self {
        Self {
            former,
            context: OnceLock::new(),
            seen: Mutex::default(),
        }
    }

    /// Returns a lesson, parsed only where that is needed.
    pub fn lesson(
        &self,
        document: &Document,
        context: &Context,
        scratch: &mut Scratch,
    ) -> Arc<Lesson> {
        let digest = *self.context.get_or_init(|| context.digest());
        let text = blake3::hash(document.text.as_bytes());
        let known = self.former.lessons.get(&document.path);
        let is_same = |known: &&Remembered| {
            let is_index = known.lesson.path.is_index();
            known.text == text && known.context == digest && is_index == document.path.is_index()
        };
        let found = match known.filter(is_same) {
            Some(known) => known.clone(),
            None => Remembered {
                text,
                context: digest,
                lesson: parse::anew(document, context, scratch),
            },
        };
        let lesson = Arc::clone(&found.lesson);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.insert(document.path.clone(), found);
        lesson
    }

    /// Ends the look: what was not seen is forgotten.
    pub fn end(self) -> Memo {
        Memo {
            lessons: self
                .seen
                .into_inner()
                .unwrap_or_else(PoisonError::into_inner),
        }
    }
}
