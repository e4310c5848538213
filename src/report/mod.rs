//! What people read about a curriculum: findings and the reviewers' reports.
//!
//! In: what a survey found out. Out: one typed value for each report, which says as data what it holds (`data`, `table`, `cell`), and writers that know formats and no
//! report (`write`). Nothing here reads or writes a file.
//!
//! A new report is one file beside these, and a line in `list`.

pub mod approved;
pub mod baseline;
pub mod basis;
pub mod cell;
pub mod change;
pub mod changes;
pub mod commitments;
pub mod coverage;
pub mod data;
mod escaped;
pub mod findings;
pub mod freshness;
pub mod links;
pub mod list;
pub mod overview;
pub mod pack;
pub mod passages;
pub mod paths;
pub mod places;
pub mod questions;
pub mod reviews;
pub mod search;
pub mod signposts;
pub mod site;
pub mod snapshot;
pub mod table;
pub mod topics;
pub mod words;
pub mod write;
