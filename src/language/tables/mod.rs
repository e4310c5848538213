//! The languages of which the program knows something: one file each, with a table named `GRAMMAR`.

use super::grammar::Grammar;

macro_rules! languages {
    ($($name:ident)*) => {
        $(mod $name;)*

        /// Their tables.
        pub(super) const KNOWN: &[&Grammar] = &[$(&$name::GRAMMAR),*];
    };
}

languages! {
    english
}
