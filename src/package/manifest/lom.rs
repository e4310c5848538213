//! What catalogues say of a package or a module: title, what it is about, and how long it takes (IEEE LOM, in the form of each version of SCORM).

use super::super::course::{Course, ModuleEntry};
use super::super::plain::shortened;
use super::xml::Xml;

/// Characters of the longest description that SCORM 1.2 allows.
const LONGEST_DESCRIPTION: usize = 1_000;

/// What is said.
pub(super) struct About<'a> {
    pub title: &'a str,
    pub description: &'a str,
    pub minutes: u32,
    pub language: &'a str,
}

impl<'a> About<'a> {
    /// Says what a module is about.
    pub fn of_module(module: &'a ModuleEntry, language: &'a str) -> Self {
        Self {
            title: &module.title,
            description: &module.description,
            minutes: module.minutes,
            language,
        }
    }

    /// Says what a course is about.
    pub fn of_course(course: &'a Course, language: &'a str) -> Self {
        Self {
            title: &course.title,
            description: &course.description,
            minutes: course.minutes(),
            language,
        }
    }
}

/// The names of elements, which each version writes its own way.
pub(super) struct Names {
    pub prefix: &'static str,
    pub string: &'static str,
    pub language: &'static str,
    pub time: [&'static str; 2],
}

/// SCORM 1.2.
pub(super) const IMS: Names = Names {
    prefix: "imsmd",
    string: "langstring",
    language: "xml:lang",
    time: ["typicallearningtime", "datetime"],
};

/// SCORM 2004.
pub(super) const IEEE: Names = Names {
    prefix: "lom",
    string: "string",
    language: "language",
    time: ["typicalLearningTime", "duration"],
};

/// Writes what is said.
pub(super) fn write(xml: &mut Xml, names: &Names, about: &About<'_>) {
    let name = |local: &str| format!("{}:{local}", names.prefix);
    let string = |xml: &mut Xml, element: &str, text: &str| {
        xml.element(&name(element), &[], |xml| {
            xml.text(
                &name(names.string),
                &[(names.language, about.language)],
                text,
            );
        });
    };
    xml.element(&name("lom"), &[], |xml| {
        xml.element(&name("general"), &[], |xml| {
            string(xml, "title", about.title);
            xml.text(&name("language"), &[], about.language);
            if !about.description.is_empty() {
                let description = shortened(about.description, LONGEST_DESCRIPTION);
                string(xml, "description", &description);
            }
        });
        if about.minutes > 0 {
            let [time, duration] = names.time;
            xml.element(&name("educational"), &[], |xml| {
                xml.element(&name(time), &[], |xml| {
                    xml.text(&name(duration), &[], &iso_duration(about.minutes));
                });
            });
        }
    });
}

/// Returns a length of time as ISO 8601 has it.
fn iso_duration(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("PT{minutes}M"),
        (hours, 0) => format!("PT{hours}H"),
        (hours, minutes) => format!("PT{hours}H{minutes}M"),
    }
}

#[cfg(test)]
mod tests {
    use super::iso_duration;

    #[test]
    fn times_have_no_empty_parts() {
        for (minutes, expected) in [(5, "PT5M"), (60, "PT1H"), (260, "PT4H20M")] {
            assert_eq!(iso_duration(minutes), expected);
        }
    }
}
