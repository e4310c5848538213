//! The registers' files, as findings name them.

pub const TOPICS: &str = "modules/topics.toml";
pub const SIGNPOSTS: &str = "modules/signposts.toml";
pub const COMMITMENTS: &str = "modules/commitments.toml";
pub const PATHS: &str = "modules/paths.toml";
