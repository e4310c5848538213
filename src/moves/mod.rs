//! Moves things and mends what names them: files and folders, and ids of the registers.
//!
//! An [`order::Order`] becomes a [`moved::Moved`], which says where every file goes; a [`plan::Desk`] works out what that does to every text, and refuses what would
//! leave a fault behind. Both are pure. [`disk`] makes the change: all of it, or nothing.

pub mod compare;
pub mod diff;
pub mod disk;
pub mod front;
pub mod moved;
pub mod order;
pub mod plan;
pub mod refusal;
pub mod registers;
pub mod rename;
pub mod sign_offs;
pub mod targets;
pub mod tree;
