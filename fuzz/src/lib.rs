//! The checks of `../tests/invariants`, for the fuzz targets.

#[path = "../../tests/invariants/mod.rs"]
pub mod invariants;
