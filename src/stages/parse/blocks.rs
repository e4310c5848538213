//! Opens and closes `:::` blocks: reads their opening lines and writes the HTML around what they hold.

use std::ops::Range;

use super::attributes::{Attribute, attributes, items};
use super::document::{Located, Writer};
use super::headings::Carried;
use super::questions::Question;
use crate::model::Rule;
use crate::model::blocks::BlockKind;
use crate::model::config::Edition;
use crate::model::finding::did_you_mean;
use crate::model::lesson::{Block, SlotKind};
use crate::model::path::slug;
use crate::model::registers::{Placed, SignpostId};

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
    pub closing: String,
    /// Lengths of HTML, slots and text before it, to take back what an edition leaves out.
    before: Option<(usize, usize, usize)>,
    /// Whether its list of choices is open.
    choices_open: bool,
    pub question: Option<Question>,
    pub scenario: Option<Scenario>,
}

/// The stations of a scenario while it is being read.
#[derive(Debug, Default)]
pub(super) struct Scenario {
    /// Titles of the steps to come, by id.
    titles: Vec<(String, String)>,
    steps: Vec<Step>,
}

#[derive(Debug)]
struct Step {
    id: String,
    range: Range<usize>,
    ends: bool,
    choices: u32,
    next: Vec<(String, Range<usize>)>,
}

/// The opening line of a block, taken apart.
struct Opening<'l> {
    name: &'l str,
    name_range: Range<usize>,
    title: &'l str,
    title_start: usize,
    attributes: Vec<Attribute<'l>>,
    rest: Range<usize>,
}

/// What the attributes of one block say beyond what every block carries.
#[derive(Default)]
struct Own {
    minutes: Option<u32>,
    signposts: Vec<SignpostId>,
    outcome: Option<&'static str>,
    next: Option<(String, Range<usize>)>,
    skip: Option<(String, Range<usize>)>,
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
        let known = kind.attributes();
        for attribute in &opening.attributes {
            if !self.carry(attribute, &mut carried) && !self.own(kind, attribute, &mut own) {
                let carrier = format!("`{}`", kind.name());
                self.report_unknown_attribute(attribute, &carrier, &known);
            }
        }
        let title_end = opening.title_start + opening.title.len();
        self.note_plain_words(opening.title_start + self.base..title_end + self.base);
        let id = self.block_id(kind, opening, carried.id.take());
        let mut block = OpenBlock::new(Some(kind), self.depth, fence.clone(), "");
        if kind == BlockKind::Facilitator && self.context.edition == Edition::Learner {
            block.before = Some((
                self.out.html.len(),
                self.out.slots.len(),
                self.lesson.text.len(),
            ));
        }
        let facilitator = kind == BlockKind::Facilitator || self.in_facilitator();
        block.index = Some(self.lesson.blocks.len());
        let place = self.place(&fence);
        let section = self.section();
        self.end_line();
        let text_start = self.text_len();
        self.lesson.blocks.push(Block {
            kind,
            id: id.clone(),
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
        let registers = std::sync::Arc::clone(&self.context.registers);
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
    ) -> Box<str> {
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
                format!("{name}-{number}")
            }
        };
        self.claim_id(&wanted)
    }

    /// Writes what stands before a block's content; returns what stands behind it.
    fn write_opening(&mut self, kind: BlockKind, id: &str, title: &str, own: &Own) -> String {
        match kind {
            BlockKind::Note | BlockKind::Tip | BlockKind::Caution | BlockKind::Important => {
                self.open_callout(kind.name(), title, Some(id));
                "</div>\n".into()
            }
            BlockKind::Hint | BlockKind::Solution => {
                let word = self.context.strings.get(kind.name()).to_owned();
                let name = kind.name();
                self.push(&format!("<details class=\"reveal reveal-{name}\" id=\""));
                self.push_value(id);
                self.push("\"><summary>");
                self.push_text(if title.is_empty() { &word } else { title });
                self.push("</summary><div class=\"reveal-body\">\n");
                "</div></details>\n".into()
            }
            BlockKind::Signposts => {
                self.push("<div class=\"signposts\" id=\"");
                self.push_value(id);
                self.push("\">\n");
                self.slot(SlotKind::Signposts(own.signposts.clone().into()));
                "</div>\n".into()
            }
            BlockKind::Step => {
                self.push("<section class=\"step\" id=\"");
                self.push_value(id);
                self.push("\" aria-labelledby=\"");
                self.push_value(id);
                self.push("-title\">\n");
                self.write_title("step-title", id, "", title);
                "</section>\n".into()
            }
            BlockKind::Choice => self.open_choice(title, own),
            _ => {
                self.open_section(kind, id, title, own);
                let mut closing = String::new();
                if kind == BlockKind::ContentNote && !own.signposts.is_empty() {
                    closing.push_str("</div>\n");
                }
                closing.push_str("</section>\n");
                closing
            }
        }
    }

    fn open_section(&mut self, kind: BlockKind, id: &str, title: &str, own: &Own) {
        self.push("<section class=\"block block-");
        self.push(kind.name());
        self.push("\" id=\"");
        self.push_value(id);
        self.push("\" aria-labelledby=\"");
        self.push_value(id);
        self.push(if kind == BlockKind::Scenario {
            "-title\" data-scenario>\n"
        } else {
            "-title\">\n"
        });
        let key = kind.name().replace('-', "_");
        let word = self.context.strings.get(&key).to_owned();
        self.write_title("block-title", id, &word, title);
        if let Some(minutes) = own.minutes {
            let word = self
                .context
                .strings
                .get(if minutes == 1 { "minute" } else { "minutes" });
            let html = format!("<p class=\"block-minutes\">{minutes} {word}</p>\n");
            self.push(&html);
        }
        if kind == BlockKind::ContentNote {
            self.open_content_note(id, own);
        }
    }

    /// Writes the way round the section that a content note stands before.
    fn open_content_note(&mut self, _id: &str, own: &Own) {
        if let Some((skip, _)) = &own.skip {
            self.push("<p class=\"content-note-skip\"><a href=\"#");
            self.push_value(skip);
            self.push("\">");
            let word = self.context.strings.get("skip_block").to_owned();
            self.push_text(&word);
            self.push("</a></p>\n");
        }
        if !own.signposts.is_empty() {
            self.push("<div class=\"signposts\">\n");
            self.slot(SlotKind::Signposts(own.signposts.clone().into()));
            self.push("</div>\n<div>\n");
        }
    }

    /// Writes a block's title one level below the heading above it.
    fn write_title(&mut self, class: &str, id: &str, kind: &str, title: &str) {
        let above = self
            .lesson
            .headings
            .last()
            .map_or(1, |heading| heading.level);
        let around = self.open.iter().filter(|block| block.is_titled()).count();
        let level = (above as usize + 1 + around).min(6);
        self.push(&format!("<h{level} class=\"{class}\" id=\""));
        self.push_value(id);
        self.push("-title\">");
        if !kind.is_empty() {
            self.push("<span class=\"block-kind\">");
            self.push_text(kind);
            self.push(if title.is_empty() {
                "</span>"
            } else {
                "</span> "
            });
        }
        self.push_text(title);
        self.push(&format!("</h{level}>\n"));
    }

    /// Opens a callout; GitHub's alerts use it too.
    pub fn open_callout(&mut self, name: &str, title: &str, id: Option<&str>) {
        self.push(&format!(
            "<div class=\"callout callout-{name}\" role=\"note\""
        ));
        if let Some(id) = id {
            self.push(" id=\"");
            self.push_value(id);
            self.push("\"");
        }
        self.push(">\n<p class=\"callout-title\">");
        let word = self.context.strings.get(name).to_owned();
        self.push_text(if title.is_empty() { &word } else { title });
        self.push("</p>\n");
    }

    fn open_choice(&mut self, title: &str, own: &Own) -> String {
        let outcome = own.outcome.unwrap_or("");
        self.push("<li class=\"choice\"><details data-outcome=\"");
        self.push(outcome);
        self.push("\"><summary>");
        self.push_text(title);
        self.push("</summary><div class=\"consequence\">\n");
        if !outcome.is_empty() {
            let word = self
                .context
                .strings
                .get(&format!("outcome_{outcome}"))
                .to_owned();
            self.push(&format!("<p class=\"outcome outcome-{outcome}\">"));
            self.push_text(&word);
            self.push("</p>\n");
        }
        let mut closing = String::new();
        if let Some((next, _)) = &own.next {
            let go_on = self.context.strings.get("choice_continue");
            let title = self.scenario().map_or("", |scenario| scenario.title(next));
            closing.push_str("<p class=\"choice-next\"><a href=\"#");
            let _ = pulldown_cmark_escape::escape_html(&mut closing, next);
            closing.push_str("\">");
            let _ = pulldown_cmark_escape::escape_html_body_text(&mut closing, go_on);
            if !title.is_empty() {
                closing.push_str(": ");
                let _ = pulldown_cmark_escape::escape_html_body_text(&mut closing, title);
            }
            closing.push_str("</a></p>\n");
        }
        closing.push_str("</div></details></li>\n");
        closing
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
        if let Some((html, slots, text)) = block.before {
            self.out.html.truncate(html);
            self.out.slots.truncate(slots);
            self.lesson.text.truncate(text);
            self.forget_text_after(text as u32, block.index);
        }
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

    fn scenario(&self) -> Option<&Scenario> {
        self.open
            .iter()
            .rev()
            .find_map(|block| block.scenario.as_ref())
    }

    fn scenario_mut(&mut self) -> Option<&mut Scenario> {
        self.open
            .iter_mut()
            .rev()
            .find_map(|block| block.scenario.as_mut())
    }

    /// Returns ids and titles of the steps behind a scenario's opening line.
    fn step_titles(&self, fence: &Range<usize>) -> Vec<(String, String)> {
        let from = self
            .masked
            .fences
            .partition_point(|other| other.start <= fence.start);
        let mut titles = Vec::new();
        for other in &self.masked.fences[from..] {
            let line = self.source[other.clone()].trim_start_matches(':');
            let opening = read_opening(line, other.end - line.len());
            if opening.name == "scenario" {
                break;
            }
            if opening.name == "step" {
                let id = opening
                    .attributes
                    .iter()
                    .find(|attribute| attribute.key == "#")
                    .map_or_else(
                        || slug(opening.title),
                        |attribute| attribute.value.to_owned(),
                    );
                titles.push((id, opening.title.to_owned()));
            }
        }
        titles
    }

    fn add_step(&mut self, id: &str, range: &Range<usize>, ends: bool) {
        let step = Step {
            id: id.to_owned(),
            range: range.clone(),
            ends,
            choices: 0,
            next: Vec::new(),
        };
        if let Some(scenario) = self.scenario_mut() {
            scenario.steps.push(step);
        }
    }

    fn add_choice(
        &mut self,
        opening: &Opening<'_>,
        next: Option<(String, Range<usize>)>,
        fence: &Range<usize>,
    ) {
        if opening.title.is_empty() {
            self.report(
                Rule::UnknownAttribute,
                fence,
                "this choice has no title to choose it by".into(),
                Some("write `::: choice [What the learner does] {outcome=good}`".into()),
            );
        }
        let Some(scenario) = self.scenario_mut() else {
            return;
        };
        if scenario.steps.is_empty() {
            // Choices that stand in the scenario itself belong to a first step without a name.
            scenario.steps.push(Step {
                id: String::new(),
                range: fence.clone(),
                ends: false,
                choices: 0,
                next: Vec::new(),
            });
        }
        if let Some(step) = scenario.steps.last_mut() {
            step.choices += 1;
            step.next.extend(next);
        }
    }

    /// Reports choices that lead nowhere, steps that nothing leads to, and steps that offer no way on.
    fn check_scenario(&mut self, scenario: &Scenario, range: &Range<usize>) {
        if scenario.steps.iter().all(|step| step.choices == 0) {
            self.report(
                Rule::ScenarioDeadEnd,
                range,
                "this scenario offers no choice".into(),
                Some("add a `choice` block to its first step".into()),
            );
            return;
        }
        let ids: Vec<&str> = scenario.steps.iter().map(|step| step.id.as_str()).collect();
        let last = scenario.steps.len() - 1;
        for (index, step) in scenario.steps.iter().enumerate() {
            for (next, range) in &step.next {
                if !ids.contains(&next.as_str()) {
                    let help = did_you_mean(next, ids.iter().copied())
                        .unwrap_or_else(|| format!("add `::: step [...] {{#{next}}}`"));
                    self.report(
                        Rule::ScenarioDeadEnd,
                        range,
                        format!("no step `#{next}` in this scenario"),
                        Some(help),
                    );
                }
            }
            if step.choices == 0 && !step.ends && index != last {
                self.report(
                    Rule::ScenarioDeadEnd,
                    &step.range,
                    format!("the step `{}` offers no choice", step.id),
                    Some(
                        "add a `choice`, or mark an ending with `outcome=best`, `good` or `poor`"
                            .into(),
                    ),
                );
            }
        }
        for step in scenario.unreachable() {
            self.report(
                Rule::ScenarioDeadEnd,
                &step.range,
                format!("no choice leads to the step `{}`", step.id),
                Some(format!(
                    "add `next=#{}` to a choice, or remove the step",
                    step.id
                )),
            );
        }
    }
}

impl Scenario {
    fn title(&self, id: &str) -> &str {
        self.titles
            .iter()
            .find(|(known, _)| known == id)
            .map_or("", |(_, title)| title)
    }

    /// Returns the steps that cannot be reached; a last step without choices is the debrief that every path may end in.
    fn unreachable(&self) -> Vec<&Step> {
        let mut reached = vec![false; self.steps.len()];
        let mut open = vec![0];
        while let Some(index) = open.pop() {
            if std::mem::replace(&mut reached[index], true) {
                continue;
            }
            for (next, _) in &self.steps[index].next {
                open.extend(self.steps.iter().position(|step| step.id == *next));
            }
        }
        let last = self.steps.len() - 1;
        self.steps
            .iter()
            .enumerate()
            .filter(|(index, step)| !reached[*index] && !(*index == last && step.choices == 0))
            .map(|(_, step)| step)
            .collect()
    }
}

impl OpenBlock {
    fn new(kind: Option<BlockKind>, depth: usize, range: Range<usize>, closing: &str) -> Self {
        Self {
            kind,
            index: None,
            depth,
            range,
            closing: closing.into(),
            before: None,
            choices_open: false,
            question: None,
            scenario: None,
        }
    }

    fn is_titled(&self) -> bool {
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

/// Takes an opening line apart: name, `[title]`, `{attributes}`, and what is left over.
fn read_opening(line: &str, start: usize) -> Opening<'_> {
    let lead = line.len() - line.trim_start().len();
    let body = line[lead..].trim_end();
    let base = start + lead;
    let name_length = body
        .find(|c: char| c.is_whitespace() || c == '[' || c == '{')
        .unwrap_or(body.len());
    let mut at = name_length;
    let mut title = "";
    let mut title_start = base;
    let mut list = Vec::new();
    at += space(&body[at..]);
    if body[at..].starts_with('[')
        && let Some(length) = balanced(&body[at..])
    {
        let inner = &body[at + 1..at + length - 1];
        title = inner.trim();
        title_start = base + at + 1 + space(inner);
        at += length;
        at += space(&body[at..]);
    }
    if body[at..].starts_with('{')
        && let Some(close) = body.rfind('}').filter(|close| *close > at)
    {
        list = attributes(&body[at + 1..close], base + at + 1);
        at = close + 1;
        at += space(&body[at..]);
    }
    Opening {
        name: &body[..name_length],
        name_range: base..base + name_length,
        title,
        title_start,
        attributes: list,
        rest: base + at..base + body.len(),
    }
}

fn space(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Returns the length of the bracketed text at the start, brackets included.
fn balanced(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opening_lines_are_taken_apart() {
        for (line, name, title, keys, rest) in [
            (
                " activity [A [b] c] {#x minutes=10}",
                "activity",
                "A [b] c",
                2,
                "",
            ),
            ("note", "note", "", 0, ""),
            (" note Some title", "note", "", 0, "Some title"),
            (" example{topics=a}", "example", "", 1, ""),
            (" tip [never closed", "tip", "", 0, "[never closed"),
        ] {
            let opening = read_opening(line, 0);
            assert_eq!(opening.name, name, "{line}");
            assert_eq!(opening.title, title, "{line}");
            assert_eq!(opening.attributes.len(), keys, "{line}");
            assert_eq!(&line[opening.rest.clone()], rest, "{line}");
        }
    }
}
