//! Opens and closes `:::` blocks: reads what their opening lines say, and keeps what is open.

use std::ops::Range;
use std::sync::Arc;

use super::super::fills::check_slot;
use super::super::given::{Carrier, Given, Identity, Name};
use super::super::ink::Ink;
use super::super::inline::words;
use super::super::notes::Quoting;
use super::super::sheet::Sheet;
use super::super::source::attributes::looks_like_attributes;
use super::super::source::opening::{Opening, read_opening};
use super::super::writer::Writer;
use super::markup::{self, Closing, Opened};
use super::questions::Question;
use super::scenarios::{Scenario, check_choice};
use crate::model::Rule;
use crate::model::attributes::PLAIN;
use crate::model::audience::Audience;
use crate::model::blocks::BlockKind;
use crate::model::foreign::Foreign;
use crate::model::lesson::Block;
use crate::model::nearness::Names;
use crate::model::registers::Placed;
use crate::model::slug::slug;
use crate::model::stretches::Part;
use crate::model::text::quoted;

/// The blocks that are open, outermost first.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    open: Vec<OpenBlock>,
    /// How many blocks of each name have been numbered.
    counts: Vec<(&'static str, u32)>,
}

/// A block that has been opened and not yet closed.
#[derive(Debug)]
struct OpenBlock {
    /// `None` where the name is unknown: the content is kept.
    kind: Option<BlockKind>,
    /// Its position among the lesson's blocks.
    index: Option<u32>,
    /// How many Markdown containers were open around it.
    depth: usize,
    /// The opening line.
    range: Range<usize>,
    /// What closes its HTML.
    closing: Closing,
    /// Its stretch, where it may be left out.
    stretch: Option<u32>,
    /// The stretch of its content without its title, where that is read by fewer.
    content: Option<u32>,
    /// What goes on behind it, where it is written for some alone.
    outside: Option<Outside>,
    /// The block around it, to go back to.
    inside: Option<Option<u32>>,
    /// What language it is in.
    foreign: Foreign,
    /// What was said of the page's language around it, where it is in one of its own.
    page: Option<Option<Foreign>>,
    /// Whether its list of choices is open.
    choices_open: bool,
    question: Option<Question>,
    scenario: Option<Scenario>,
}

/// Who reads what is around a block, and in which section they are.
#[derive(Debug)]
struct Outside {
    audience: Audience,
    section: Option<u32>,
}

/// More blocks inside each other than this are refused: nobody can follow them.
const DEEPEST: usize = 32;

impl Blocks {
    /// Reads a `:::` line.
    pub fn fence(&mut self, writer: &mut Writer<'_, '_>, fence: Range<usize>) {
        let depth = writer.walk.depth();
        if let Some(question) = self.asked(depth + 1) {
            question.pass_fence();
        }
        let sheet = &mut *writer.sheet;
        let line = sheet.source.slice(&fence);
        let after = line.trim_start_matches(':');
        if after.trim().is_empty() {
            self.close_at(writer, &fence);
        } else if self.open.len() >= DEEPEST {
            sheet.report(
                Rule::UnclosedBlock,
                &fence,
                format!("more than {DEEPEST} blocks stand inside each other here"),
                Some("close the blocks before".into()),
            );
        } else {
            let opening = read_opening(after, fence.end - after.len());
            let kind = BlockKind::named(opening.name).or_else(|| meant(writer.sheet, &opening));
            match kind {
                Some(kind) => self.open(writer, kind, &opening, fence),
                None => self.open_unknown(writer, fence),
            }
        }
    }

    fn open_unknown(&mut self, writer: &mut Writer<'_, '_>, fence: Range<usize>) {
        self.open.push(OpenBlock {
            closing: Closing::html("</div>\n"),
            ..OpenBlock::new(None, writer.walk.depth(), fence)
        });
        writer.sheet.ink.push("<div>\n");
    }

    fn open(
        &mut self,
        writer: &mut Writer<'_, '_>,
        kind: BlockKind,
        opening: &Opening<'_>,
        fence: Range<usize>,
    ) {
        let Writer { walk, sheet, .. } = writer;
        self.check_line(sheet, kind, opening);
        match kind {
            BlockKind::Choice => self.begin_choices(&mut sheet.ink),
            _ => self.end_choices(&mut sheet.ink),
        }
        let mut given = read_attributes(sheet, kind, opening);
        let title = read_title(sheet, opening);
        let title_range = opening.title_start..opening.title_start + opening.title.len();
        let mut block = OpenBlock::new(Some(kind), walk.depth(), fence.clone());
        block.begin(sheet, kind);
        words::note_plain(sheet, sheet.source.in_file(&title_range));
        let id = match given.id.clone() {
            Some((id, range)) => sheet.claim_given(&id, &range),
            None => sheet.claim(&self.own_id(kind, opening)),
        };
        sheet.ink.end_line();
        let index = note(sheet, kind, (opening, &fence, &id), (&mut given, &title));
        sheet
            .notes
            .want_quote(Quoting::Block(index), given.quote.take());
        block.index = Some(index);
        block.inside = Some(sheet.around.enter_block(Some(index)));
        // Where a title is the page's own word as a rule, it is no part of the text.
        let says_title = !matches!(kind.part(), Some((Part::Hint | Part::Solution, _)));
        if !opening.title.is_empty() && says_title {
            let start = sheet.ink.text_len();
            sheet.ink.say(opening.title);
            let whole = start..sheet.ink.text_len();
            sheet.notes.foreign(whole, &title);
            sheet.ink.end_line();
        }
        match kind {
            BlockKind::Scenario => block.scenario = Some(Scenario::default()),
            BlockKind::Choice => check_choice(sheet, opening, &fence),
            BlockKind::Local => check_slot(sheet, given.id.as_ref(), opening),
            _ => {}
        }
        if let Some(scenario) = self.scenario() {
            match kind {
                BlockKind::Step => scenario.add_step(index, &id, &fence, given.outcome),
                BlockKind::Choice => scenario.add_choice(index, &fence, given.next.clone()),
                _ => {}
            }
        }
        let opened = Opened {
            kind,
            index,
            choice_number: self
                .scenario()
                .map_or(0, |scenario| scenario.choice_number()),
            id: &id,
            title: opening.title,
            title_foreign: &title,
            titled_around: self.open.iter().filter(|block| block.is_titled()).count(),
            given: &given,
        };
        if !given.foreign.is_nothing() {
            let page = sheet.context.language.among(&given.foreign);
            block.page = Some(sheet.ink.enter(Some(page)));
        }
        block.foreign = given.foreign.clone();
        block.closing = markup::open(sheet, &opened);
        if kind == BlockKind::Choice {
            let audience = sheet.around.audience();
            let content = sheet.ink.begin(Part::Consequence, audience, Some(index));
            block.content = Some(content);
        }
        if kind == BlockKind::Question {
            block.question = Some(Question::open(writer, index, &id));
        }
        self.open.push(block);
    }

    /// Reports what cannot be read on an opening line, and a block that has no meaning where it stands, such as a choice outside a scenario.
    fn check_line(&self, sheet: &mut Sheet<'_>, kind: BlockKind, opening: &Opening<'_>) {
        let name = kind.name();
        if !opening.rest.is_empty() {
            let rest = sheet.source.slice(&opening.rest).trim();
            let list = rest.strip_prefix('{').unwrap_or(rest);
            sheet.report(
                Rule::UnknownAttribute,
                &opening.rest,
                format!("cannot read `{rest}` on the opening line of `{name}`"),
                Some(match looks_like_attributes(list) {
                    true => format!("write `{{{}}}`", quoted(list)),
                    false => "write `::: name [Title] {#id key=value}`".into(),
                }),
            );
        }
        let wanted = kind.inside();
        let inside = |block: &OpenBlock| block.kind.is_none_or(|kind| wanted.contains(&kind));
        if wanted.is_empty() || self.open.iter().any(inside) {
            return;
        }
        let names: Vec<String> = wanted
            .iter()
            .map(|kind| format!("`{}`", kind.name()))
            .collect();
        let names = names.join(" or ");
        sheet.report(
            Rule::UnknownBlock,
            &opening.name_range,
            format!("`{name}` stands outside {names}"),
            Some(format!("move it inside {names}")),
        );
    }

    /// Returns the id of a block whose author gave none.
    fn own_id(&mut self, kind: BlockKind, opening: &Opening<'_>) -> String {
        if kind == BlockKind::Step && !opening.title.is_empty() {
            return slug(opening.title);
        }
        let name = kind.name();
        let number = match self.counts.iter_mut().find(|(counted, _)| *counted == name) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                self.counts.push((name, 1));
                1
            }
        };
        [name, "-", itoa::Buffer::new().format(number)].concat()
    }

    /// Returns the innermost scenario.
    fn scenario(&mut self) -> Option<&mut Scenario> {
        let open = self.open.iter_mut().rev();
        open.into_iter().find_map(|block| block.scenario.as_mut())
    }

    /// Returns the question whose list of options may have begun: the innermost block, and right inside it.
    pub fn asked(&mut self, depth: usize) -> Option<&mut Question> {
        let block = self.open.last_mut()?;
        block.question.as_mut().filter(|_| block.depth + 1 == depth)
    }

    /// Returns the question that is open as the innermost block.
    pub fn question(&mut self) -> Option<&mut Question> {
        self.open.last_mut()?.question.as_mut()
    }

    /// Opens the list around the choices of the innermost step.
    fn begin_choices(&mut self, ink: &mut Ink) {
        if let Some(block) = self.open.last_mut()
            && !std::mem::replace(&mut block.choices_open, true)
        {
            ink.push("<ul class=\"choices\">\n");
        }
    }

    /// Closes the list of choices before anything but a choice comes.
    pub fn end_choices(&mut self, ink: &mut Ink) {
        if let Some(block) = self.open.last_mut()
            && std::mem::take(&mut block.choices_open)
        {
            ink.push("</ul>\n");
        }
    }

    /// Says that the innermost block holds what a team has written for it, and needs no space for it.
    pub fn fill(&mut self) {
        if let Some(block) = self.open.last_mut() {
            block.closing = Closing::html("</section>\n");
        }
    }

    fn close_at(&mut self, writer: &mut Writer<'_, '_>, fence: &Range<usize>) {
        let (message, help) = match self.open.last() {
            Some(block) if block.depth == writer.walk.depth() => {
                let nobody_signs = [BlockKind::Editorial, BlockKind::Local].map(Some);
                if nobody_signs.contains(&block.kind) {
                    let at = writer.sheet.source.at(&(block.range.start..fence.end));
                    writer.sheet.notes.unsigned(at);
                }
                self.close(writer.sheet);
                return;
            }
            Some(_) => (
                "this line closes a block that was opened outside this list or quotation",
                "indent the opening and the closing line alike",
            ),
            None => (
                "this line closes a block, and none is open",
                "remove it, or open a block with `::: name` before it",
            ),
        };
        writer.sheet.report(
            Rule::UnclosedBlock,
            fence,
            message.into(),
            Some(help.into()),
        );
    }

    fn close(&mut self, sheet: &mut Sheet<'_>) {
        self.end_choices(&mut sheet.ink);
        let Some(block) = self.open.pop() else {
            return;
        };
        sheet.ink.end_line();
        if let Some(content) = block.content {
            sheet.ink.end(content);
        }
        block.closing.write(&mut sheet.ink);
        if let Some(page) = block.page {
            sheet.ink.enter(page);
        }
        if let Some(index) = block.index {
            let text = sheet.notes.end_block(index, sheet.ink.text_len());
            sheet.notes.foreign(text, &block.foreign);
        }
        if let Some(inside) = block.inside {
            sheet.around.enter_block(inside);
        }
        if let Some(question) = &block.question {
            question.end(sheet, &block.range);
        }
        if let Some(scenario) = &block.scenario {
            scenario.end(sheet, &block.range);
        }
        if let Some(stretch) = block.stretch {
            sheet.ink.end(stretch);
        }
        if let Some(outside) = block.outside {
            sheet.around.leave(outside.audience);
            sheet.notes.return_to(outside.section);
        }
    }

    /// Closes blocks that were opened deeper inside the Markdown than the container that ends now.
    pub fn close_deeper_than(&mut self, depth: usize, sheet: &mut Sheet<'_>) {
        while self.open.last().is_some_and(|block| block.depth >= depth) {
            self.report_innermost(sheet);
            self.close(sheet);
        }
    }

    fn report_innermost(&self, sheet: &mut Sheet<'_>) {
        if let Some(block) = self.open.last() {
            let name = block.kind.map_or("unknown", BlockKind::name);
            sheet.report(
                Rule::UnclosedBlock,
                &block.range,
                format!("this `{name}` block is never closed"),
                Some("end it with a line `:::`".into()),
            );
        }
    }
}

/// Reports the name of a block that no kind has; returns the kind that was meant, so that what it carries is not said to be missing as well.
fn meant(sheet: &mut Sheet<'_>, opening: &Opening<'_>) -> Option<BlockKind> {
    let names = BlockKind::ALL.map(BlockKind::name);
    let near = Names::new(names);
    let near = near.near(opening.name);
    let message = format!("no block is called `{}`", opening.name);
    let otherwise = format!("blocks are {}", names.join(", "));
    let unknown = (Rule::UnknownBlock, message);
    sheet.report_unknown(unknown, &opening.name_range, near, &otherwise);
    BlockKind::named(near?.name)
}

fn read_attributes(sheet: &mut Sheet<'_>, kind: BlockKind, opening: &Opening<'_>) -> Given {
    let carrier = Carrier {
        name: Name::Block(kind),
        keys: kind.attributes(),
        id: Identity::Own,
    };
    Given::read(sheet, carrier, &opening.attributes)
}

/// Reads what the title itself carries.
fn read_title(sheet: &mut Sheet<'_>, opening: &Opening<'_>) -> Foreign {
    let carrier = Carrier {
        name: Name::Words("a title"),
        keys: (&PLAIN, &[]),
        id: Identity::None,
    };
    Given::read(sheet, carrier, &opening.title_attributes).foreign
}

/// Notes a block that is opened here; returns its position among the lesson's blocks.
fn note(
    sheet: &mut Sheet<'_>,
    kind: BlockKind,
    (opening, fence, id): (&Opening<'_>, &Range<usize>, &Arc<str>),
    (given, title): (&mut Given, &Foreign),
) -> u32 {
    let text_start = sheet.ink.text_len();
    let section = sheet.notes.section();
    let source = sheet.source;
    sheet.notes.block(Block {
        kind,
        id: Arc::clone(id),
        is_named: given.id.is_some(),
        title: opening.title.into(),
        title_foreign: title.clone(),
        topics: std::mem::take(&mut given.topics),
        claims: std::mem::take(&mut given.claims),
        quote: None,
        foreign: given.foreign.clone(),
        signposts: given.signposts.clone(),
        minutes: given.minutes,
        materials: given.materials.clone(),
        group: given.group.clone(),
        order: given.order,
        right: 0,
        outcome: given.outcome,
        next: None,
        skip: given.skip.as_ref().map(|(id, range)| Placed {
            value: id.as_str().into(),
            place: source.place(range),
            at: None,
        }),
        place: source.place(fence),
        section,
        inside: sheet.around.block(),
        text_start,
        text_end: text_start,
        audience: sheet.around.audience(),
    })
}

impl OpenBlock {
    fn new(kind: Option<BlockKind>, depth: usize, range: Range<usize>) -> Self {
        Self {
            kind,
            index: None,
            depth,
            range,
            closing: Closing::default(),
            stretch: None,
            content: None,
            outside: None,
            inside: None,
            foreign: Foreign::default(),
            page: None,
            choices_open: false,
            question: None,
            scenario: None,
        }
    }

    /// Begins its stretch, where a block of its kind may be left out.
    fn begin(&mut self, sheet: &mut Sheet<'_>, kind: BlockKind) {
        let Some((part, audience)) = kind.part() else {
            return;
        };
        sheet.ink.end_line();
        if audience != Audience::Everybody {
            sheet.ink.begin_line();
            self.outside = Some(Outside {
                audience: sheet.around.enter(audience),
                section: sheet.notes.section(),
            });
        }
        let (audience, index) = (sheet.around.audience(), sheet.notes.next_block());
        self.stretch = Some(sheet.ink.begin(part, audience, Some(index)));
    }

    /// Returns whether it has a title as headings have one.
    fn is_titled(&self) -> bool {
        self.kind.is_some_and(BlockKind::is_titled)
    }
}
