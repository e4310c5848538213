//! Runs the stages in their order: a [`Run`] up to the findings, [`build`] to the written site, and the [`Desk`] again and again while somebody writes.

mod approved;
mod build;
mod clock;
mod desk;
mod earlier;
mod failure;
mod groundwork;
mod memo;
mod outputs;
mod recipe;
mod renames;
mod request;
mod run;
mod setting;
mod survey;
mod today;

pub use approved::as_approved;
pub use build::{Built, Step, build};
pub use clock::Clock;
pub use desk::{Desk, Found};
pub use earlier::{Earlier, at_revision, in_folder};
pub use failure::Failure;
pub use groundwork::{Beside, Groundwork, Memory, Read};
pub use outputs::{Outline, Outputs, Press, around, other, published_reports, reports};
pub use recipe::Recipe;
pub use request::{Local, Reports, ReportsTo, Request};
pub use run::Run;
pub use setting::Setting;
pub use survey::Survey;
pub use today::today;
