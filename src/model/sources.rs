//! The files of a curriculum as they were found: text and names, nothing interpreted.

use std::sync::{Arc, OnceLock};

use camino::Utf8PathBuf;

use super::path::{INDEX, README, SourcePath};
use super::register::Register;

/// What the `discover` stage found under the root, in reading order.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Markdown files in reading order: folder by folder, each `index.md` first.
    pub documents: Vec<Document>,
    /// Every other file below `modules/`, registers excepted.
    pub assets: Vec<Asset>,
    /// Folders directly below `modules/` in reading order: the modules' names as on disk.
    pub modules: Vec<String>,
    /// The registers that exist.
    pub registers: RegisterSources,
    /// What teams have written for `local` blocks, where somebody asks for it.
    pub local: Vec<Fill>,
    /// Where the links in the file system lead that were followed, or would be if something were there: what lies behind one changes under another name.
    pub links: Vec<Utf8PathBuf>,
}

/// A Markdown file.
#[derive(Debug, Clone)]
pub struct Document {
    /// Path below `modules/`.
    pub path: SourcePath,
    /// The file's text.
    pub text: Arc<str>,
}

/// What a team has written for a `local` block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fill {
    /// The name of the module whose block it is for.
    pub module: String,
    /// The block's id.
    pub id: String,
    /// Path from the root, as findings name it.
    pub path: String,
    /// The file's text.
    pub text: Arc<str>,
}

/// A file that is copied when a lesson refers to it.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Path below `modules/`.
    pub path: SourcePath,
    /// Size in bytes.
    pub size: u64,
    /// What an SVG image holds.
    pub svg: Option<Arc<Svg>>,
}

/// An SVG image: a small one is drawn into the page, and a large one is a file with colours of its own.
#[derive(Debug)]
pub struct Svg {
    text: Box<str>,
    /// Whether it is made of known shapes alone, found out when somebody first asks.
    simple: OnceLock<bool>,
}

/// Bytes of the largest drawing that is part of every page that shows it.
const LARGEST_IN_PAGES: usize = 50 * 1024;

impl Svg {
    /// Takes the text of a file.
    pub fn new(text: &str) -> Self {
        Self {
            text: text.into(),
            simple: OnceLock::new(),
        }
    }

    /// Returns the text of the file.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns whether it is too large to stand in pages.
    pub fn stands_apart(&self) -> bool {
        self.text.len() > LARGEST_IN_PAGES
    }

    /// Returns whether `judge` finds that it is made of known shapes alone; asked once.
    pub fn is_simple(&self, judge: impl FnOnce(&str) -> bool) -> bool {
        *self.simple.get_or_init(|| judge(&self.text))
    }
}

impl Sources {
    /// Makes each `README.md` the page of its folder where that has no `index.md`, and puts it before what else stands there. Files come in reading order.
    pub fn find_pages_of_folders(&mut self) {
        let is_readme = |document: &Document| document.path.name() == README;
        let readmes = self.documents.iter().enumerate();
        let readmes = readmes.filter(|(_, document)| is_readme(document));
        let readmes: Vec<usize> = readmes.map(|(index, _)| index).collect();
        for index in readmes {
            let path = &self.documents[index].path;
            let folder = match path.folder() {
                "" => String::new(),
                folder => format!("{folder}/"),
            };
            let before = self.documents[..index].iter().rev();
            let others = before.take_while(|other| other.path.as_str().starts_with(&folder));
            let first = index - others.count();
            let has_page = self.documents[first].path.as_str() == format!("{folder}{INDEX}");
            let path = path.as_str();
            self.documents[index].path = match has_page {
                true => SourcePath::new(path),
                false => SourcePath::page_of_folder(path),
            };
            if !has_page {
                self.documents[first..=index].rotate_right(1);
            }
        }
    }
}

/// The texts of the registers; one that does not exist has none.
#[derive(Debug, Clone, Default)]
pub struct RegisterSources([Option<Arc<str>>; Register::ALL.len()]);

impl RegisterSources {
    /// Gathers the registers.
    ///
    /// # Errors
    ///
    /// When one cannot be read.
    pub fn by_name<E>(
        mut read: impl FnMut(Register) -> Result<Option<Arc<str>>, E>,
    ) -> Result<Self, E> {
        let mut registers = Self::default();
        for register in Register::ALL {
            registers.0[register as usize] = read(register)?;
        }
        Ok(registers)
    }

    /// Returns them with a text for one.
    #[must_use]
    pub fn with(mut self, register: Register, text: impl Into<Arc<str>>) -> Self {
        self.set(register, text.into());
        self
    }

    /// Gives one its text.
    pub fn set(&mut self, register: Register, text: Arc<str>) {
        self.0[register as usize] = Some(text);
    }

    /// Returns the text of one.
    pub fn text(&self, register: Register) -> Option<&Arc<str>> {
        self.0[register as usize].as_ref()
    }

    /// Returns those that exist, each with its text.
    pub fn iter(&self) -> impl Iterator<Item = (Register, &Arc<str>)> {
        let all = Register::ALL.into_iter();
        all.filter_map(|register| Some((register, self.text(register)?)))
    }
}
