//! `imsmanifest.xml` of SCORM 2004, 4th edition: IMS Content Packaging 1.1.4 with ADL's additions and Simple Sequencing.
//!
//! No score that a platform should measure is written: a platform that measures by itself fails learners who are halfway through.

use super::lom::{About, IEEE, write};
use super::subject::Subject;
use super::xml::Xml;
use crate::model::path::relative;

/// Writes the manifest.
pub(super) fn manifest(subject: &Subject<'_>) -> Vec<u8> {
    let mut xml = Xml::new();
    let id = subject.id();
    let root = [
        ("identifier", &*id),
        ("version", "1.1"),
        ("xmlns", "http://www.imsglobal.org/xsd/imscp_v1p1"),
        ("xmlns:adlcp", "http://www.adlnet.org/xsd/adlcp_v1p3"),
        ("xmlns:imsss", "http://www.imsglobal.org/xsd/imsss"),
        ("xmlns:lom", "http://ltsc.ieee.org/xsd/LOM"),
    ];
    xml.element("manifest", &root, |xml| {
        xml.element("metadata", &[], |xml| {
            xml.text("schema", &[], "ADL SCORM");
            xml.text("schemaversion", &[], "2004 4th Edition");
            write(
                xml,
                &IEEE,
                &About::of_course(subject.course, subject.language),
            );
        });
        xml.element("organizations", &[("default", "organization")], |xml| {
            xml.element("organization", &[("identifier", "organization")], |xml| {
                organization(xml, subject);
            });
        });
        xml.element("resources", &[], |xml| resources(xml, subject));
    });
    xml.end()
}

fn organization(xml: &mut Xml, subject: &Subject<'_>) {
    xml.text("title", &[], &subject.course.title);
    for module in &subject.course.modules {
        let item = format!("item-{}", module.id);
        let resource = format!("resource-{}", module.id);
        let attributes = [
            ("identifier", &*item),
            ("identifierref", &*resource),
            ("isvisible", "true"),
        ];
        xml.element("item", &attributes, |xml| {
            xml.text("title", &[], &module.title);
            if subject.course.modules.len() > 1 {
                let about = About::of_module(module, subject.language);
                xml.element("metadata", &[], |xml| write(xml, &IEEE, &about));
            }
            // What the package says of completion and success holds; what it does not say is not made up.
            xml.element("imsss:sequencing", &[], |xml| {
                let controls = [
                    ("completionSetByContent", "true"),
                    ("objectiveSetByContent", "true"),
                ];
                xml.empty("imsss:deliveryControls", &controls);
            });
        });
    }
    xml.element("imsss:sequencing", &[], |xml| {
        xml.empty("imsss:controlMode", &[("choice", "true"), ("flow", "true")]);
    });
}

fn resources(xml: &mut Xml, subject: &Subject<'_>) {
    for (module, start) in subject.course.modules.iter().zip(subject.starts) {
        let id = format!("resource-{}", module.id);
        let attributes = [
            ("identifier", &*id),
            ("type", "webcontent"),
            ("adlcp:scormType", "sco"),
            ("href", start),
        ];
        xml.element("resource", &attributes, |xml| {
            xml.empty("file", &[("href", start)]);
            xml.empty("dependency", &[("identifierref", "files")]);
        });
    }
    let attributes = [
        ("identifier", "files"),
        ("type", "webcontent"),
        ("adlcp:scormType", "asset"),
    ];
    xml.element("resource", &attributes, |xml| {
        for file in subject.files {
            xml.empty("file", &[("href", &relative("", file))]);
        }
    });
}
