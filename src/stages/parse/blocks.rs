//! Opens and closes `:::` blocks: reads what their opening lines say, and keeps what is open.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::attributes::{Attribute, items};
use super::document::{Located, Writer};
use super::footnotes::Mark;
use super::headings::Carried;
use super::opening::{Opening, read_opening};
use super::questions::Question;
use super::scenarios::Scenario;
use crate::model::Rule;
use crate::model::blocks::BlockKind;
use crate::model::config::Edition;
use crate::model::finding::did_you_mean;
use crate::model::lesson::Block;
use crate::model::registers::{Placed, SignpostId};
use crate::model::slug::slug;

/// A block that has been opened and not yet closed.
#[derive(Debug)]
pub(super) struct OpenBlock {
    /// `None` where the name is unknown: the content is kept.
    pub kind: Option<BlockKind>,
    /// Index in `lesson.blocks`.
    pub index: Option<usize>,
    /// How many Markdown containers were open around it.
    pub depth: usize,
    /// The opening line.
    pub range: Range<usize>,
    /// What closes its HTML.
    pub closing: Cow<'static, str>,
    /// How much there was before it, where only facilitators see it.
    before: Option<Before>,
    /// Whether its list of choices is open.
    choices_open: bool,
    pub question: Option<Question>,
    pub scenario: Option<Scenario>,
}

/// How much had been written and noted before a block.
#[derive(Debug)]
struct Before {
    html: usize,
    slots: usize,
    text: usize,
    anchors: usize,
    footnotes: Mark,
}

/// What the attributes of one block say beyond what every block carries.
#[derive(Default)]
pub(super) struct Own {
    pub minutes: Option<u32>,
    pub signposts: Vec<SignpostId>,
    pub outcome: Option<&'static str>,
    pub next: Option<(String, Range<usize>)>,
    pub skip: Option<(String, Range<usize>)>,
}

/// More blocks inside each other than this are refused: nobody can follow them.
const DEEPEST: usize = 32;

impl Writer<'_> {
    /// Reads a `:::` line.
    pub fn fence(&mut self, fence: Range<usize>, events: &[Located<'_>]) {
        let source = self.source;
        let line = &source[fence.clone()];
        let after = line.trim_start_matches(':');
        if after.trim().is_empty() {
            self.close_at_fence(&fence);
            return;
        }
        let start = fence.start + line.len() - after.len();
        let opening = read_opening(after, start);
        if self.open.len() >= DEEPEST {
            self.report(
                Rule::UnclosedBlock,
                &fence,
                format!("more than {DEEPEST} blocks stand inside each other here"),
                Some("close the blocks before".into()),
            );
            return;
        }
        self.open_block(&opening, fence, events);
    }

    fn open_block(&mut self, opening: &Opening<'_>, fence: Range<usize>, events: &[Located<'_>]) {
        let Some(kind) = BlockKind::named(opening.name) else {
            self.report_unknown_block(opening);
            self.open
                .push(OpenBlock::new(None, self.depth, fence, "</div>\n"));
            self.push("<div>\n");
            return;
        };
        if !opening.rest.is_empty() {
            let rest = self.source[opening.rest.clone()].trim().to_owned();
            self.report(
                Rule::UnknownAttribute,
                &opening.rest,
                format!(
                    "cannot read `{rest}` on the opening line of `{}`",
                    kind.name()
                ),
                Some("write `::: name [Title] {#id key=value}`".into()),
            );
        }
        self.check_surroundings(kind, opening);
        self.settle_choices(kind == BlockKind::Choice);
        let mut carried = Carried::default();
        let mut own = Own::default();
        for attribute in &opening.attributes {
            if !self.carry(attribute, &mut carried) && !self.own(kind, attribute, &mut own) {
                let carrier = format!("`{}`", kind.name());
                self.report_unknown_attribute(attribute, &carrier, &kind.attributes());
            }
        }
        let title_end = opening.title_start + opening.title.len();
        self.note_plain_words(opening.title_start + self.base..title_end + self.base);
        let mut block = OpenBlock::new(Some(kind), self.depth, fence.clone(), "");
        if kind == BlockKind::Facilitator {
            block.before = Some(Before {
                html: self.out.html.len(),
                slots: self.out.slots.len(),
                text: self.lesson.text.len(),
                anchors: self.start_hiding(),
                footnotes: self.footnotes.mark(),
            });
        }
        let id = self.block_id(kind, opening, carried.id.take());
        let facilitator = kind == BlockKind::Facilitator || self.in_facilitator();
        block.index = Some(self.lesson.blocks.len());
        let place = self.place(&fence);
        let section = self.section();
        self.end_line();
        let text_start = self.text_len();
        self.lesson.blocks.push(Block {
            kind,
            id: Arc::clone(&id),
            title: opening.title.into(),
            topics: carried.topics,
            claims: carried.claims,
            signposts: own.signposts.clone(),
            minutes: own.minutes,
            skip: own.skip.as_ref().map(|(id, range)| Placed {
                value: id.as_str().into(),
                place: self.place(range),
            }),
            place,
            section,
            text_start,
            text_end: text_start,
            facilitator,
        });
        if !opening.title.is_empty() && !matches!(kind, BlockKind::Hint | BlockKind::Solution) {
            self.lesson.text.push_str(opening.title);
            self.end_line();
        }
        match kind {
            BlockKind::Question => block.question = Some(self.read_question(events)),
            BlockKind::Scenario => {
                block.scenario = Some(Scenario {
                    titles: self.step_titles(&fence),
                    steps: Vec::new(),
                });
            }
            BlockKind::Step => self.add_step(&id, &fence, own.outcome.is_some()),
            BlockKind::Choice => self.add_choice(opening, own.next.clone(), &fence),
            _ => {}
        }
        block.closing = self.write_opening(kind, &id, opening.title, &own);
        self.open.push(block);
        if kind == BlockKind::Question {
            self.write_stem(events);
        }
    }

    fn report_unknown_block(&mut self, opening: &Opening<'_>) {
        let names = BlockKind::ALL.map(BlockKind::name);
        let help = did_you_mean(opening.name, names)
            .unwrap_or_else(|| format!("blocks are {}", names.join(", ")));
        self.report(
            Rule::UnknownBlock,
            &opening.name_range,
            format!("no block is called `{}`", opening.name),
            Some(help),
        );
    }

    /// Reports a block that has no meaning where it stands, such as a choice outside a scenario.
    fn check_surroundings(&mut self, kind: BlockKind, opening: &Opening<'_>) {
        let wanted = kind.inside();
        let inside = |block: &OpenBlock| block.kind.is_none_or(|kind| wanted.contains(&kind));
        if wanted.is_empty() || self.open.iter().any(inside) {
            return;
        }
        let names: Vec<String> = wanted
            .iter()
            .map(|kind| format!("`{}`", kind.name()))
            .collect();
        self.report(
            Rule::UnknownBlock,
            &opening.name_range,
            format!("`{}` stands outside {}", kind.name(), names.join(" or ")),
            Some(format!("move it inside {}", names.join(" or "))),
        );
    }

    fn own(&mut self, kind: BlockKind, attribute: &Attribute<'_>, own: &mut Own) -> bool {
        if !kind.attributes().contains(&attribute.key) {
            return false;
        }
        match attribute.key {
            "minutes" => match attribute.value.parse() {
                Ok(minutes) => own.minutes = Some(minutes),
                Err(_) => self.report_value(attribute, "a whole number of minutes"),
            },
            "outcome" => match attribute.value {
                "best" => own.outcome = Some("best"),
                "good" => own.outcome = Some("good"),
                "poor" => own.outcome = Some("poor"),
                _ => self.report_value(attribute, "`best`, `good` or `poor`"),
            },
            "next" => match attribute.value.strip_prefix('#') {
                Some(id) if !id.is_empty() => {
                    own.next = Some((id.to_owned(), attribute.value_range.clone()));
                }
                _ => self.report_value(attribute, "the id of a step, such as `#start`"),
            },
            "skip" => match attribute.value.strip_prefix('#') {
                Some(id) if !id.is_empty() => {
                    own.skip = Some((id.to_owned(), attribute.value_range.clone()));
                }
                _ => self.report_value(attribute, "the id of a section, such as `#next-steps`"),
            },
            "ids" => self.signpost_ids(attribute, own),
            _ => return false,
        }
        true
    }

    fn report_value(&mut self, attribute: &Attribute<'_>, expected: &str) {
        self.report(
            Rule::UnknownAttribute,
            &attribute.range,
            format!("`{}` cannot be `{}`", attribute.key, attribute.value),
            Some(format!("it is {expected}")),
        );
    }

    fn signpost_ids(&mut self, attribute: &Attribute<'_>, own: &mut Own) {
        let registers = Arc::clone(&self.context.registers);
        for (id, range) in items(attribute) {
            if let Some(signpost) = registers.signpost(id) {
                own.signposts.push(signpost);
                continue;
            }
            let help = did_you_mean(id, registers.signposts.iter().map(|s| s.id.as_str()));
            self.report(
                Rule::UnknownSignpost,
                &range,
                format!("no signpost `{id}` in the register"),
                help.or(Some("add it to modules/signposts.toml".into())),
            );
        }
    }

    fn block_id(
        &mut self,
        kind: BlockKind,
        opening: &Opening<'_>,
        given: Option<(String, Range<usize>)>,
    ) -> Arc<str> {
        if let Some((id, range)) = given {
            return self.claim_given_id(&id, &range);
        }
        let wanted = match kind {
            BlockKind::Step if !opening.title.is_empty() => slug(opening.title),
            _ => {
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
                [name, "-", &number.to_string()].concat()
            }
        };
        self.claim_id(&wanted)
    }

    /// Opens or closes the list around the choices of the innermost step.
    fn settle_choices(&mut self, choice_comes: bool) {
        let html = match self.open.last_mut() {
            Some(block) if choice_comes != block.choices_open => {
                block.choices_open = choice_comes;
                if choice_comes {
                    "<ul class=\"choices\">\n"
                } else {
                    "</ul>\n"
                }
            }
            _ => return,
        };
        self.push(html);
    }

    /// Closes the list of choices before anything but a choice comes.
    pub fn end_choices(&mut self) {
        if self.open.last().is_some_and(|block| block.choices_open) {
            self.settle_choices(false);
        }
    }

    fn close_at_fence(&mut self, fence: &Range<usize>) {
        match self.open.last() {
            Some(block) if block.depth == self.depth => self.close_block(),
            Some(_) => self.report(
                Rule::UnclosedBlock,
                fence,
                "this line closes a block that was opened outside this list or quotation".into(),
                Some("indent the opening and the closing line alike".into()),
            ),
            None => self.report(
                Rule::UnclosedBlock,
                fence,
                "this line closes a block, and none is open".into(),
                Some("remove it, or open a block with `::: name` before it".into()),
            ),
        }
    }

    fn close_block(&mut self) {
        self.end_choices();
        let Some(block) = self.open.pop() else {
            return;
        };
        self.end_line();
        self.push(&block.closing);
        let text_end = self.text_len();
        if let Some(index) = block.index {
            self.lesson.blocks[index].text_end = text_end;
        }
        if let Some(question) = &block.question {
            self.check_question(question, &block.range);
        }
        if let Some(scenario) = &block.scenario {
            self.check_scenario(scenario, &block.range);
        }
        if let Some(before) = &block.before {
            self.hide_anchors(before.anchors);
            if self.context.edition == Edition::Learner {
                self.leave_out(before, block.index);
            }
        }
    }

    /// Takes back what has been written since a block was opened.
    fn leave_out(&mut self, before: &Before, first_block: Option<usize>) {
        self.out.html.truncate(before.html);
        self.out.slots.truncate(before.slots);
        self.lesson.text.truncate(before.text);
        self.footnotes.leave_out(before.footnotes);
        self.forget_text_after(before.text as u32, first_block);
    }

    /// Moves facts about text that this edition leaves out to where that text would have stood.
    fn forget_text_after(&mut self, end: u32, first_block: Option<usize>) {
        let clamp = |offset: &mut u32| *offset = (*offset).min(end);
        for block in &mut self.lesson.blocks[first_block.unwrap_or(0)..] {
            clamp(&mut block.text_start);
            clamp(&mut block.text_end);
        }
        for link in self.lesson.links.iter_mut().filter(|link| link.facilitator) {
            clamp(&mut link.text_start);
            clamp(&mut link.text_end);
        }
        for heading in self
            .lesson
            .headings
            .iter_mut()
            .filter(|heading| heading.facilitator)
        {
            clamp(&mut heading.text_start);
            clamp(&mut heading.text_end);
        }
        self.lesson.exempt.retain(|(_, until)| *until <= end);
    }

    /// Closes blocks that were opened deeper inside the Markdown than the container that ends now.
    pub fn close_blocks_deeper_than(&mut self, depth: usize) {
        while self
            .open
            .last()
            .is_some_and(|block| depth > 0 && block.depth >= depth)
        {
            self.report_innermost();
            self.close_block();
        }
    }

    /// Reports and closes every block that is open at the end of the file.
    pub fn report_unclosed(&mut self) {
        while !self.open.is_empty() {
            self.report_innermost();
            self.close_block();
        }
    }

    fn report_innermost(&mut self) {
        let Some(block) = self.open.last() else {
            return;
        };
        let range = block.range.clone();
        let name = block.kind.map_or("unknown", BlockKind::name);
        self.report(
            Rule::UnclosedBlock,
            &range,
            format!("this `{name}` block is never closed"),
            Some("end it with a line `:::`".into()),
        );
    }
}

impl OpenBlock {
    fn new(
        kind: Option<BlockKind>,
        depth: usize,
        range: Range<usize>,
        closing: &'static str,
    ) -> Self {
        Self {
            kind,
            index: None,
            depth,
            range,
            closing: Cow::Borrowed(closing),
            before: None,
            choices_open: false,
            question: None,
            scenario: None,
        }
    }

    pub fn is_titled(&self) -> bool {
        !matches!(
            self.kind,
            None | Some(
                BlockKind::Note
                    | BlockKind::Tip
                    | BlockKind::Caution
                    | BlockKind::Important
                    | BlockKind::Hint
                    | BlockKind::Solution
                    | BlockKind::Choice
                    | BlockKind::Signposts
            )
        )
    }
}
