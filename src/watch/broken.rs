//! Why no site could be made.

use crate::model::Finding;
use crate::pipeline::Failure;

/// Why no site could be made.
#[derive(Debug)]
pub struct Broken {
    /// What failed.
    pub failure: Failure,
    /// What was found out about the sources before that.
    pub findings: Option<Vec<Finding>>,
}

impl<F: Into<Failure>> From<F> for Broken {
    fn from(failure: F) -> Self {
        Self {
            failure: failure.into(),
            findings: None,
        }
    }
}
