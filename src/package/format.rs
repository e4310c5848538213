//! The formats of packages, and what each lets a learning platform keep.

use serde::Serialize;

/// What a package says to a learning platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// SCORM 1.2: every platform plays it.
    Scorm12,
    /// SCORM 2004, 4th edition.
    Scorm2004,
    /// cmi5, which took the place of Tin Can packages: what happens goes to a store of records.
    Cmi5,
}

impl Format {
    /// Every format, the most common first.
    pub const ALL: [Self; 3] = [Self::Scorm12, Self::Scorm2004, Self::Cmi5];

    /// Returns the name as it stands on the command line and in the names of files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scorm12 => "scorm12",
            Self::Scorm2004 => "scorm2004",
            Self::Cmi5 => "cmi5",
        }
    }

    /// Returns the name of the file that tells a platform what a package holds.
    pub const fn manifest(self) -> &'static str {
        match self {
            Self::Scorm12 | Self::Scorm2004 => "imsmanifest.xml",
            Self::Cmi5 => "cmi5.xml",
        }
    }

    /// Returns the theme's script that speaks to platforms of this format.
    pub const fn binding(self) -> &'static str {
        match self {
            Self::Scorm12 | Self::Scorm2004 => "scorm.js",
            Self::Cmi5 => "cmi5.js",
        }
    }

    /// Returns how many characters a platform keeps of where a learner is: `cmi.suspend_data`, or a document of cmi5, whose last request a browser sends
    /// only below 64 KiB.
    pub const fn room(self) -> usize {
        match self {
            Self::Scorm12 => 4_096,
            Self::Scorm2004 | Self::Cmi5 => 64_000,
        }
    }
}
