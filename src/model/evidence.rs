//! Evidence for claims: which places of a lesson bear a claim out, how deep, and which only say where its limits are.

use super::Place;
use super::audience::Audience;
use super::blocks::BlockKind;
pub use super::evidence_depth::EvidenceDepth;
use super::lesson::Lesson;
use super::registers::Placed;

/// What carries a claim: its position among the lesson's headings, blocks or spans of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// A heading, for its section.
    Heading(u32),
    /// A block.
    Block(u32),
    /// Words in a line.
    Span(u32),
}

/// What a place is worth to a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// It bears the claim out.
    Evidence(EvidenceDepth),
    /// It says what the training does not show: an `unpublished` block.
    Limit,
    /// Learners do not see it.
    Nothing,
}

/// A claim where a lesson carries it.
#[derive(Debug, Clone, Copy)]
pub struct Carried<'l> {
    /// The claim as it is named there.
    pub claim: &'l Placed<Box<str>>,
    /// What carries it.
    pub carrier: Carrier,
    /// What that is worth.
    pub worth: Worth,
}

impl Lesson {
    /// Returns every claim that the lesson carries: on headings, then on blocks, then on words.
    pub fn carried(&self) -> impl Iterator<Item = Carried<'_>> {
        let headings = (0..).zip(&self.headings).flat_map(|(index, heading)| {
            let worth = match heading.audience {
                Audience::Everybody => Worth::Evidence(EvidenceDepth::Said),
                _ => Worth::Nothing,
            };
            let carrier = Carrier::Heading(index);
            heading.claims.iter().map(move |claim| Carried {
                claim,
                carrier,
                worth,
            })
        });
        let blocks = (0..).zip(&self.blocks);
        let blocks = blocks.filter(|(_, block)| !block.claims.is_empty());
        let blocks = blocks.flat_map(|(index, block)| {
            let worth = self.worth(index);
            let carrier = Carrier::Block(index);
            block.claims.iter().map(move |claim| Carried {
                claim,
                carrier,
                worth,
            })
        });
        let spans = (0..).zip(&self.spans);
        let spans = spans.filter(|(_, span)| !span.claims.is_empty());
        let spans = spans.flat_map(|(index, span)| {
            let worth = match (span.audience, span.inside) {
                (Audience::Everybody, Some(block)) => self.worth(block),
                (Audience::Everybody, None) => Worth::Evidence(EvidenceDepth::Said),
                _ => Worth::Nothing,
            };
            let carrier = Carrier::Span(index);
            span.claims.iter().map(move |claim| Carried {
                claim,
                carrier,
                worth,
            })
        });
        headings.chain(blocks).chain(spans)
    }

    /// Returns where something stands that carries a claim.
    pub fn place_of(&self, carrier: Carrier) -> Place {
        match carrier {
            Carrier::Heading(index) => self.headings[index as usize].place,
            Carrier::Block(index) => self.blocks[index as usize].place,
            Carrier::Span(index) => self.spans[index as usize].place,
        }
    }

    /// Returns the anchor of something that carries a claim.
    pub fn anchor_of(&self, carrier: Carrier) -> &str {
        match carrier {
            Carrier::Heading(index) => &self.headings[index as usize].id,
            Carrier::Block(index) => &self.blocks[index as usize].id,
            Carrier::Span(index) => {
                let span = &self.spans[index as usize];
                // Without an anchor of its own, its section is where it can be found.
                match &*span.id {
                    "" => self.section_anchor(span.section),
                    id => id,
                }
            }
        }
    }

    /// Returns what a block, or words right in it, are worth to a claim.
    fn worth(&self, block: u32) -> Worth {
        if self.blocks[block as usize].audience != Audience::Everybody {
            return Worth::Nothing;
        }
        let kind = |block: u32| self.blocks[block as usize].kind;
        let is_unpublished = |block: u32| kind(block) == BlockKind::Unpublished;
        if is_unpublished(block) || self.around(block).any(is_unpublished) {
            return Worth::Limit;
        }
        Worth::Evidence(match kind(block) {
            BlockKind::Choice | BlockKind::Step | BlockKind::Hint | BlockKind::Solution => {
                let mut around = self.around(block).map(kind);
                around.find_map(practises).unwrap_or(EvidenceDepth::Said)
            }
            kind => practises(kind).unwrap_or(EvidenceDepth::Said),
        })
    }
}

/// Returns the depth of a block in which learners do something.
const fn practises(kind: BlockKind) -> Option<EvidenceDepth> {
    match kind {
        BlockKind::Activity | BlockKind::Discussion | BlockKind::Scenario => {
            Some(EvidenceDepth::Practised)
        }
        BlockKind::Question => Some(EvidenceDepth::Assessed),
        _ => None,
    }
}
