//! One parsed Markdown file: its facts, its plain text, and its body.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::address::{Address, Contact};
use super::blocks::{BlockKind, Depth, Outcome};
use super::body::Body;
use super::finding::Ignore;
use super::path::SourcePath;
use super::registers::{Placed, SignpostId, TermId, TopicId};
use super::review::Meaning;
use super::{Finding, Place};

/// Everything that parsing knows about a Markdown file.
///
/// Facts stand in source order. Offsets into `text` are bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// Path below `modules/`.
    pub path: SourcePath,
    /// What the front matter says.
    pub front: FrontMatter,
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Blocks in order of their openings.
    pub blocks: Vec<Block>,
    /// Links and images that the author wrote.
    pub links: Vec<Link>,
    /// Topic names in prose.
    pub mentions: Vec<Mention>,
    /// Words that the house language avoids, outside quotations and code.
    pub wordings: Vec<Wording>,
    /// Telephone numbers outside code.
    pub telephones: Vec<Placed<Box<str>>>,
    /// What a reviewer of this file signs off, where one has or is about to.
    pub meaning: Option<Meaning>,
    /// Ids that a link's `#anchor` may name: of headings, blocks and footnotes.
    pub anchors: HashSet<Arc<str>>,
    /// Those of them that only the facilitator edition shows. In the learner edition they are no anchors.
    pub facilitator_anchors: HashSet<Arc<str>>,
    /// Lines that silence findings.
    pub ignores: Vec<Ignore>,
    /// Plain text: one line per paragraph, cell or heading.
    pub text: String,
    /// The page's content.
    pub body: Body,
    /// Words of the plain text.
    pub words: u32,
    /// What is wrong with this file alone.
    pub findings: Vec<Finding>,
}

/// What stands between the `+++` lines.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FrontMatter {
    /// The page's title; empty where it is missing.
    pub title: String,
    /// One sentence about the page.
    pub summary: String,
    /// What learners will be able to do: of a module.
    pub outcomes: Vec<String>,
    /// Whether everybody takes the module.
    pub mandatory: bool,
    /// Who keeps it right.
    pub owner: String,
    /// When it was last reviewed.
    pub last_reviewed_on: Option<Date>,
    /// How long a review holds, such as "6 months".
    pub review_in: Option<Placed<String>>,
    /// Where its facts come from.
    pub sources: Vec<Contact>,
    /// Whether it stays out of the site.
    pub draft: bool,
    /// Minutes that a lesson takes.
    pub minutes: Option<u32>,
    /// Lessons to read before, as links.
    pub prerequisites: Vec<Placed<String>>,
    /// What readers are told before distressing material.
    pub content_note: String,
    /// Name in the site's address, instead of the file's.
    pub slug: Option<Placed<String>>,
    /// Old addresses that lead here.
    pub aliases: Vec<Placed<String>>,
    /// Where "exit this page" leads: of a module.
    pub exit: Option<Address>,
    /// Web addresses in it.
    pub addresses: Vec<Placed<Box<str>>>,
    /// Where the front matter stands, for findings about the whole of it.
    pub place: Option<Place>,
}

/// A heading; with what follows it, a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: Arc<str>,
    /// Plain text.
    pub title: Box<str>,
    /// Topics that the section teaches.
    pub topics: Vec<TopicId>,
    /// Claims that the section is evidence for.
    pub claims: Vec<Placed<Box<str>>>,
    /// Where it stands.
    pub place: Place,
    /// Where its own text starts in the lesson's text.
    pub text_start: u32,
    /// Where its section's text starts.
    pub text_end: u32,
    /// Whether only the facilitator edition shows it.
    pub facilitator: bool,
}

/// A `:::` block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its kind.
    pub kind: BlockKind,
    /// Its anchor.
    pub id: Arc<str>,
    /// Plain text of the title; empty where there is none.
    pub title: Box<str>,
    /// Topics that it carries.
    pub topics: Vec<TopicId>,
    /// Claims that it is evidence for.
    pub claims: Vec<Placed<Box<str>>>,
    /// Signposts that it shows.
    pub signposts: Vec<SignpostId>,
    /// Minutes that it takes.
    pub minutes: Option<u32>,
    /// Anchor of what readers may go on with instead: of a content note.
    pub skip: Option<Placed<Box<str>>>,
    /// How good it is: of a choice, or of a step that ends its scenario.
    pub outcome: Option<Outcome>,
    /// Position of the step that it leads to: of a choice.
    pub next: Option<u32>,
    /// The opening line.
    pub place: Place,
    /// Index of the heading whose section it stands in.
    pub section: Option<u32>,
    /// Where its text starts in the lesson's text.
    pub text_start: u32,
    /// Where its text ends.
    pub text_end: u32,
    /// Whether only the facilitator edition shows it.
    pub facilitator: bool,
}

/// What a link was written to lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// A lesson, an anchor or a file.
    Document,
    /// An image.
    Image,
    /// `[[topic]]`.
    Topic,
    /// `[[signpost:id]]`.
    Signpost,
    /// Another site, `mailto:` or `tel:`.
    External,
}

/// A link or image that the author wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it was written to lead to.
    pub kind: LinkKind,
    /// The target as written.
    pub target: Box<str>,
    /// An image's text alternative.
    pub alt: Box<str>,
    /// An image's title.
    pub title: Box<str>,
    /// The whole link.
    pub place: Place,
    /// Where its words start in the lesson's text.
    pub text_start: u32,
    /// Where its words end.
    pub text_end: u32,
    /// Index of the heading whose section it stands in.
    pub section: Option<u32>,
    /// Number of the anchor `t-<topic>-<n>` of a topic link; 0 for other links.
    pub anchor: u32,
    /// Whether only the facilitator edition shows it.
    pub facilitator: bool,
}

/// A topic's name in prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The topic.
    pub topic: TopicId,
    /// Where the name stands.
    pub place: Place,
    /// Where the name starts in the lesson's text.
    pub text_start: u32,
    /// Where the name ends.
    pub text_end: u32,
    /// Index of the heading whose section it stands in.
    pub section: Option<u32>,
    /// Number of its anchor `t-<topic>-<n>` where it is linked, otherwise 0.
    pub anchor: u32,
    /// Whether it counts: names of topics that are not distinctive count only as links.
    pub counts: bool,
}

/// Words that the house language avoids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The register's entry.
    pub term: TermId,
    /// The words as they are written here.
    pub words: Box<str>,
    /// Where they stand.
    pub place: Place,
}

/// Words that people read in a minute: slower than a novel, since training is read to be used.
const WORDS_PER_MINUTE: u32 = 180;

impl Lesson {
    /// Returns the minutes that the lesson takes: what its author says, or else its reading time and its blocks' minutes.
    pub fn minutes(&self) -> u32 {
        self.front.minutes.unwrap_or_else(|| {
            let blocks = self.blocks.iter().filter(|block| !block.facilitator);
            let doing = blocks
                .filter_map(|block| block.minutes)
                .fold(0, u32::saturating_add);
            let reading = self.words.div_ceil(WORDS_PER_MINUTE).max(1);
            reading.saturating_add(doing)
        })
    }

    /// Returns the sentence of the lesson's text around a range.
    ///
    /// A sentence ends at `.`, `!` or `?` before a space, or at the end of its paragraph.
    pub fn sentence(&self, start: u32, end: u32) -> std::ops::Range<usize> {
        sentence_around(&self.text, start as usize..end as usize)
    }

    /// Returns the first sentence of a stretch of text that is longer than a word or two.
    pub fn first_sentence(&self, start: u32, end: u32) -> &str {
        let text = &self.text[start as usize..end as usize];
        let line = text
            .lines()
            .find(|line| line.len() > 12 && !line.ends_with(':'))
            .or_else(|| text.lines().find(|line| line.len() > 12))
            .unwrap_or_else(|| text.lines().next().unwrap_or(""));
        line[sentence_around(line, 0..0)].trim()
    }

    /// Returns the first sentence of what a block holds below its title; the title where it holds nothing else.
    pub fn block_sentence<'l>(&'l self, block: &'l Block) -> &'l str {
        let text = &self.text[block.text_start as usize..block.text_end as usize];
        let held = text
            .strip_prefix(&*block.title)
            .unwrap_or(text)
            .trim_start();
        if held.is_empty() {
            return &block.title;
        }
        self.first_sentence(block.text_end - held.len() as u32, block.text_end)
    }

    /// Returns the anchor of the section with this heading index.
    pub fn section_anchor(&self, section: Option<u32>) -> &str {
        section.map_or("", |index| &self.headings[index as usize].id)
    }

    /// Returns the title of the section with this heading index.
    pub fn section_title(&self, section: Option<u32>) -> &str {
        section.map_or("", |index| &self.headings[index as usize].title)
    }

    /// Returns the depth that each topic carried by a heading has.
    pub const HEADING_DEPTH: Depth = Depth::Introduced;
}

/// Bytes that a sentence may have before or behind the words that it is asked for; what is longer is cut.
const LONGEST_SENTENCE: usize = 500;

fn sentence_around(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let bytes = text.as_bytes();
    let mut earliest = range.start.saturating_sub(LONGEST_SENTENCE);
    while !text.is_char_boundary(earliest) {
        earliest += 1;
    }
    let mut latest = (range.end + LONGEST_SENTENCE).min(text.len());
    while !text.is_char_boundary(latest) {
        latest -= 1;
    }
    let line_start = memchr::memrchr(b'\n', &bytes[earliest..range.start])
        .map_or(earliest, |at| earliest + at + 1);
    let line_end =
        memchr::memchr(b'\n', &bytes[range.end..latest]).map_or(latest, |at| range.end + at);
    let mut start = line_start;
    for at in memchr::memchr3_iter(b'.', b'!', b'?', &bytes[line_start..range.start]) {
        let after = line_start + at + 1;
        if after < range.start && bytes[after] == b' ' {
            start = after + 1;
        }
    }
    let mut end = line_end;
    for at in memchr::memchr3_iter(b'.', b'!', b'?', &bytes[range.end..line_end]) {
        let after = range.end + at + 1;
        if after >= line_end || bytes[after] == b' ' {
            end = after;
            break;
        }
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_full_stops_and_paragraphs() {
        let text = "One. Two is £3.50 here! Three\nFour? Five";
        for (word, expected) in [
            ("One", "One."),
            ("3.50", "Two is £3.50 here!"),
            ("Three", "Three"),
            ("Four", "Four?"),
            ("Five", "Five"),
        ] {
            let start = text.find(word).expect("word stands in the text");
            let range = sentence_around(text, start..start + word.len());
            assert_eq!(&text[range], expected, "{word}");
        }
    }
}
