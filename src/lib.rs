//! Builds a training curriculum from folders of Markdown into a cross-linked static site, and knows where every recurring topic is mentioned,
//! introduced, practised and assessed.
//!
//! [`model`] holds the nouns, [`language`] what depends on the language of a curriculum, [`stages`] the verbs in the order in which they run, [`report`] what people read about a curriculum, [`pipeline`] runs
//! the stages, [`package`] makes ZIPs for learning platforms of what they found, and [`watch`] runs them again at every change. `docs/architecture.md` draws the whole.

pub mod cli;
pub mod external;
pub mod history;
pub mod import;
pub mod language;
pub mod model;
pub mod moves;
pub mod package;
pub mod pipeline;
pub mod report;
pub mod stages;
pub mod watch;
