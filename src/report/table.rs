//! Tables of typed cells, whose rows are made one by one while they are written: those of a large curriculum never stand in memory as a whole.

use std::borrow::Cow;
use std::io;

use super::cell::{Cell, Line, Spot};

/// Rows under columns; the first cell of a row says what the row is about.
pub struct Table<'a> {
    /// What the table shows, where its heading does not say it.
    pub caption: Cow<'a, str>,
    /// The columns.
    pub columns: Vec<Column<'a>>,
    /// How the rows are laid out where lines are short.
    pub layout: Layout,
    /// The rows.
    pub rows: Rows<'a>,
}

impl<'a> Table<'a> {
    /// Makes a table of columns that line up.
    pub fn new<C: Into<Column<'a>>>(columns: impl IntoIterator<Item = C>, rows: Rows<'a>) -> Self {
        Self {
            caption: "".into(),
            columns: columns.into_iter().map(Into::into).collect(),
            layout: Layout::Columns,
            rows,
        }
    }
}

/// How rows are laid out where lines are short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layout {
    /// In columns.
    Columns,
    /// Each row in lines of its own: its cells are whole sentences.
    Entries,
    /// In columns of narrow cells, of which there are as many as the curriculum has modules.
    Matrix,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column<'a> {
    /// Its name where there is little room.
    pub short: Cow<'a, str>,
    /// Its name where there is much.
    pub long: Line<'a>,
}

impl<'a> From<&'a str> for Column<'a> {
    fn from(name: &'a str) -> Self {
        (name, name).into()
    }
}

impl<'a> From<(&'a str, &'a str)> for Column<'a> {
    fn from((short, long): (&'a str, &'a str)) -> Self {
        Self {
            short: short.into(),
            long: long.into(),
        }
    }
}

/// Rows under the names of columns, for programs.
pub struct Sheet<'a> {
    /// The names of the columns.
    pub columns: &'static [&'static str],
    /// The rows, each with a cell for every column.
    pub rows: Rows<'a>,
}

/// What takes rows.
pub type Put<'p> = dyn FnMut(Row<'_>) -> io::Result<()> + 'p;

type Making<'a> = dyn Fn(&mut Put<'_>) -> io::Result<()> + Send + Sync + 'a;

/// Rows that are made as they are written.
pub struct Rows<'a>(Box<Making<'a>>);

impl<'a> Rows<'a> {
    /// Takes what makes the rows: it gives each away, and stops at the first error.
    pub fn new(make: impl Fn(&mut Put<'_>) -> io::Result<()> + Send + Sync + 'a) -> Self {
        Self(Box::new(make))
    }

    /// Takes things, and what makes the cells of a row of each.
    pub fn of<T: Sync, const N: usize>(
        things: &'a [T],
        cells: impl Fn(&'a T) -> [Cell<'a>; N] + Send + Sync + 'a,
    ) -> Self {
        Self::new(move |put| {
            things
                .iter()
                .try_for_each(|thing| put(Row::of(&cells(thing))))
        })
    }

    /// Gives each row away.
    ///
    /// # Errors
    ///
    /// When a row cannot be taken.
    pub fn each(&self, put: &mut Put<'_>) -> io::Result<()> {
        (self.0)(put)
    }

    /// Returns whether there are none. Makes no more than one.
    pub fn is_empty(&self) -> bool {
        self.each(&mut |_| Err(io::ErrorKind::Other.into())).is_ok()
    }
}

/// A row.
#[derive(Debug, Clone, Copy)]
pub struct Row<'r> {
    /// Its anchor; empty where nothing leads to it.
    pub id: &'r str,
    /// The place that it tells of.
    pub at: Option<Spot<'r>>,
    /// Its cells, one for each column.
    pub cells: &'r [Cell<'r>],
}

impl<'r> Row<'r> {
    /// Makes a row of cells.
    pub const fn of(cells: &'r [Cell<'r>]) -> Self {
        Self {
            id: "",
            at: None,
            cells,
        }
    }

    /// Adds the place that the row tells of.
    pub const fn at(self, spot: Spot<'r>) -> Self {
        Self {
            at: Some(spot),
            ..self
        }
    }

    /// Adds an anchor.
    pub const fn with_id(self, id: &'r str) -> Self {
        Self { id, ..self }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn rows_know_whether_there_are_any_without_making_them_all() {
        let made = AtomicUsize::new(0);
        let rows = Rows::new(|put| {
            for number in 0..1_000 {
                made.fetch_add(1, Ordering::Relaxed);
                put(Row::of(&[Cell::Number(number)]))?;
            }
            Ok(())
        });
        assert!(!rows.is_empty());
        assert_eq!(made.load(Ordering::Relaxed), 1);
        assert!(Rows::new(|_| Ok(())).is_empty());
    }
}
