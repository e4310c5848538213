//! The verbs: six stages from a folder of Markdown to a site, in one direction.
//!
//! ```text
//! 1 discover   folder        -> Sources      reads the disk
//! 2 parse      Sources       -> Lessons      per file, pure, in parallel
//! 3 link       Lessons       -> Curriculum   the graph: addresses, links, threads
//! 4 plan       Curriculum    -> Pages        each made when it is asked for
//! 5 render     Page + Theme  -> HTML         per page, pure, in parallel
//! 6 write      outputs       -> folder       swaps the finished site in
//! ```
//!
//! `config` and `theme` read what the stages are given beside the sources. `cover` holds topics against modules, `deal` deals the options of questions, `review` holds the whole
//! curriculum against the registers and the day, and `settle` decides which findings stand. A stage imports no later one: a test reads the `use` lines.

pub mod config;
pub mod cover;
pub mod deal;
pub mod discover;
pub mod link;
pub mod parse;
pub mod plan;
pub mod render;
pub mod review;
pub mod settle;
pub mod theme;
pub mod write;
