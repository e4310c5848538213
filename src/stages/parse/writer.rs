//! What every room for blocks works with.

use super::inline::{Prose, Run};
use super::sheet::Sheet;
use super::walk::Walk;

/// The events to come, the sheet that is written on, and who writes text on it.
pub(crate) struct Writer<'w, 'e> {
    pub walk: Walk<'w, 'e>,
    pub sheet: &'w mut Sheet<'e>,
    pub prose: &'w mut Prose,
}

impl Writer<'_, '_> {
    /// Writes the inline content to come, and ends its line of the plain text.
    pub fn write(&mut self, kind: Run) {
        self.prose.write(self.sheet, self.walk.run(), kind);
        self.sheet.ink.end_line();
    }
}
