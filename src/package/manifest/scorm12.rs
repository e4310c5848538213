//! `imsmanifest.xml` of SCORM 1.2: IMS Content Packaging 1.1.2 with ADL's additions.
//!
//! `adlcp:masteryscore` is never written: with it Moodle fails a learner who is halfway through.

use super::lom::{About, IMS, write};
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
        ("xmlns", "http://www.imsproject.org/xsd/imscp_rootv1p1p2"),
        ("xmlns:adlcp", "http://www.adlnet.org/xsd/adlcp_rootv1p2"),
        (
            "xmlns:imsmd",
            "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1",
        ),
    ];
    xml.element("manifest", &root, |xml| {
        xml.element("metadata", &[], |xml| {
            xml.text("schema", &[], "ADL SCORM");
            xml.text("schemaversion", &[], "1.2");
            write(
                xml,
                &IMS,
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
                xml.element("metadata", &[], |xml| write(xml, &IMS, &about));
            }
        });
    }
}

fn resources(xml: &mut Xml, subject: &Subject<'_>) {
    for (module, start) in subject.course.modules.iter().zip(subject.starts) {
        let id = format!("resource-{}", module.id);
        let attributes = [
            ("identifier", &*id),
            ("type", "webcontent"),
            ("adlcp:scormtype", "sco"),
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
        ("adlcp:scormtype", "asset"),
    ];
    xml.element("resource", &attributes, |xml| {
        for file in subject.files {
            xml.empty("file", &[("href", &relative("", file))]);
        }
    });
}
