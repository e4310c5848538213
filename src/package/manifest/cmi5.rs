//! `cmi5.xml`: the course structure of [cmi5](https://aicc.github.io/CMI-5_Spec_Current/).

use super::super::iri::topic_iri;
use super::subject::Subject;
use super::xml::Xml;
use crate::model::path::relative;

/// Writes the course structure.
pub(super) fn manifest(subject: &Subject<'_>) -> Vec<u8> {
    let mut xml = Xml::new();
    let namespace = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd";
    let course = subject.course;
    xml.element("courseStructure", &[("xmlns", namespace)], |xml| {
        let id = format!("{}packages/{}", subject.identifier, subject.name);
        xml.element("course", &[("id", &id)], |xml| {
            about(xml, subject, (&course.title, &course.description));
        });
        if !course.topics.is_empty() {
            xml.element("objectives", &[], |xml| {
                for topic in &course.topics {
                    let id = topic_iri(subject.identifier, &topic.id);
                    xml.element("objective", &[("id", &id)], |xml| {
                        about(xml, subject, (&topic.name, &topic.definition));
                    });
                }
            });
        }
        for number in 0..course.modules.len() {
            block(xml, subject, number);
        }
    });
    xml.end()
}

/// Writes a module: a block with the one unit that a platform launches.
fn block(xml: &mut Xml, subject: &Subject<'_>, number: usize) {
    let module = &subject.course.modules[number];
    let id = format!("{}modules/{}", subject.identifier, module.id);
    let words = (&*module.title, &*module.description);
    let objectives = |xml: &mut Xml| {
        let topics = subject.course.topics.iter();
        let mut own = topics.filter(|topic| module.assesses(&topic.id)).peekable();
        if own.peek().is_none() {
            return;
        }
        xml.element("objectives", &[], |xml| {
            for topic in own {
                let id = topic_iri(subject.identifier, &topic.id);
                xml.empty("objective", &[("idref", &id)]);
            }
        });
    };
    xml.element("block", &[("id", &id)], |xml| {
        about(xml, subject, words);
        let unit = format!("{id}/unit");
        let mastery = subject
            .mastery
            .map(|mastery| format!("{:.2}", f64::from(mastery) / 100.0));
        let move_on = match mastery {
            Some(_) => "CompletedAndPassed",
            None => "Completed",
        };
        let mut attributes = vec![
            ("id", &*unit),
            ("launchMethod", "AnyWindow"),
            ("moveOn", move_on),
        ];
        if let Some(mastery) = &mastery {
            attributes.push(("masteryScore", mastery));
        }
        xml.element("au", &attributes, |xml| {
            about(xml, subject, words);
            objectives(xml);
            xml.text("url", &[], &relative("", &subject.starts[number]));
        });
    });
}

/// Writes a title and a description, which must not be missing.
fn about(xml: &mut Xml, subject: &Subject<'_>, (title, description): (&str, &str)) {
    let description = match description {
        "" => title,
        description => description,
    };
    for (name, text) in [("title", title), ("description", description)] {
        xml.element(name, &[], |xml| {
            xml.text("langstring", &[("lang", subject.language)], text);
        });
    }
}
