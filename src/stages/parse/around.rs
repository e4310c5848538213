//! What stands around the text at hand, as far as the text depends on it.

use crate::model::audience::Audience;

/// Quotations, columns and blocks that are open.
#[derive(Debug)]
pub(crate) struct Around {
    quotes: Vec<Quote>,
    /// Whether the column at hand shows what to avoid.
    in_avoided_column: bool,
    /// Who sees what is being read.
    audience: Audience,
    /// Position of the innermost block that is open.
    block: Option<u32>,
    /// Whether a team has written what is being read: it bears out nothing.
    in_local: bool,
}

/// An open quotation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quote {
    /// Whether topic names in it are left alone.
    pub ignored: bool,
    /// Whether it is a callout written as a GitHub alert.
    pub alert: bool,
}

impl Around {
    /// Starts with nothing around.
    pub fn nothing() -> Self {
        Self {
            quotes: Vec::new(),
            in_avoided_column: false,
            audience: Audience::Everybody,
            block: None,
            in_local: false,
        }
    }

    /// Opens a quotation.
    pub fn open_quote(&mut self, quote: Quote) {
        self.quotes.push(quote);
    }

    /// Closes the innermost quotation.
    pub fn close_quote(&mut self) -> Option<Quote> {
        self.quotes.pop()
    }

    /// Returns the innermost quotation.
    pub fn quote(&self) -> Option<&Quote> {
        self.quotes.last()
    }

    /// Returns how many quotations are open.
    pub fn quotes(&self) -> usize {
        self.quotes.len()
    }

    /// Enters a cell of a column that shows what to avoid.
    pub fn enter_avoided_column(&mut self) {
        self.in_avoided_column = true;
    }

    /// Leaves a cell.
    pub fn leave_column(&mut self) {
        self.in_avoided_column = false;
    }

    /// Enters a block that is written for some; returns who sees what is around it.
    pub fn enter(&mut self, audience: Audience) -> Audience {
        std::mem::replace(&mut self.audience, audience)
    }

    /// Leaves such a block.
    pub fn leave(&mut self, outside: Audience) {
        self.audience = outside;
    }

    /// Enters what a team has written.
    pub fn enter_local(&mut self) {
        self.in_local = true;
    }

    /// Leaves it.
    pub fn leave_local(&mut self) {
        self.in_local = false;
    }

    /// Returns whether a team has written what is being read.
    pub fn is_local(&self) -> bool {
        self.in_local
    }

    /// Enters a block; returns the one around it.
    pub fn enter_block(&mut self, block: Option<u32>) -> Option<u32> {
        std::mem::replace(&mut self.block, block)
    }

    /// Returns the position of the innermost block that is open.
    pub fn block(&self) -> Option<u32> {
        self.block
    }

    /// Returns who sees what is being read.
    pub fn audience(&self) -> Audience {
        self.audience
    }

    /// Returns whether names of topics count here: for learners, in what is the curriculum's own, and not in quotations that are marked.
    pub fn takes_names(&self) -> bool {
        self.audience == Audience::Everybody
            && !self.in_local
            && !self.quotes.iter().any(|quote| quote.ignored)
    }

    /// Returns whether words to avoid count here: quotations and columns of what to avoid keep theirs.
    pub fn avoids_words(&self) -> bool {
        let keeps = |quote: &Quote| !quote.alert || quote.ignored;
        !self.in_avoided_column && !self.quotes.iter().any(keeps)
    }
}
