//! The HTML of a lesson, with slots for what is not the lesson's to say: where others stand, and how the site puts things.

use super::registers::TopicId;
use super::words::Word;

/// HTML with slots.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    /// Everything else.
    pub html: String,
    /// In order of their offsets.
    pub slots: Vec<Slot>,
}

/// A place in the HTML that is filled in when a page is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Byte offset in the HTML.
    pub at: u32,
    /// What goes there.
    pub what: SlotKind,
}

/// What goes into a slot. Whoever else stands in the lesson is named by position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotKind {
    /// The opening tag of a link: `lesson.links[n]`. One that leads nowhere is its words alone.
    Link(u32),
    /// What ends the link that was opened last.
    LinkEnd,
    /// An image inside text: `lesson.links[n]`.
    Image(u32),
    /// An image that stands alone: `lesson.links[n]`.
    Figure(u32),
    /// The address of a topic's page, at the place of the anchor with this number.
    Topic(TopicId, u32),
    /// The cards of the signposts that `lesson.blocks[n]` shows.
    Signposts(u32),
    /// The number of the footnote that `lesson.references[n]` names, as a link to it.
    Footnote(u32),
    /// A word of the interface.
    Word(Word),
    /// What scripts read about the question `lesson.blocks[n]`, as attributes of its form.
    Question(u32),
    /// Says that several options of the question `lesson.blocks[n]` are right, where they are.
    ChooseAll(u32),
    /// The kind of input that its options are.
    Input(u32),
    /// A length of time in minutes.
    Minutes(u32),
    /// What the step is called that the choice `lesson.blocks[n]` leads to, behind the word that leads there.
    NextStep(u32),
}
