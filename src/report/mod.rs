//! What people read about a curriculum: findings and reports.

pub mod findings;
