//! What people read about a curriculum: findings and reports.

pub mod baseline;
pub mod findings;
pub mod reviews;
