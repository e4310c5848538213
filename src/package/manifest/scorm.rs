//! `imsmanifest.xml` of both versions of SCORM: IMS Content Packaging with ADL's additions.
//!
//! Nothing that a platform should measure by itself is written, neither `adlcp:masteryscore` nor a score of Simple Sequencing: with it platforms fail learners
//! who are halfway through.

use super::lom::{About, IEEE, IMS, Names, write};
use super::subject::Subject;
use super::xml::{Attributes, Xml};
use crate::model::path::relative;

/// What a version writes its own way.
pub(super) struct Version {
    name: &'static str,
    namespaces: Attributes<'static>,
    /// The attribute that says what a resource is.
    kind: &'static str,
    catalogue: &'static Names,
    /// Whether Simple Sequencing says what is completed and passed.
    sequencing: bool,
}

/// SCORM 1.2, on Content Packaging 1.1.2.
pub(super) const V12: Version = Version {
    name: "1.2",
    namespaces: &[
        ("xmlns", "http://www.imsproject.org/xsd/imscp_rootv1p1p2"),
        ("xmlns:adlcp", "http://www.adlnet.org/xsd/adlcp_rootv1p2"),
        (
            "xmlns:imsmd",
            "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1",
        ),
    ],
    kind: "adlcp:scormtype",
    catalogue: &IMS,
    sequencing: false,
};

/// SCORM 2004, 4th edition, on Content Packaging 1.1.4.
pub(super) const V2004: Version = Version {
    name: "2004 4th Edition",
    namespaces: &[
        ("xmlns", "http://www.imsglobal.org/xsd/imscp_v1p1"),
        ("xmlns:adlcp", "http://www.adlnet.org/xsd/adlcp_v1p3"),
        ("xmlns:imsss", "http://www.imsglobal.org/xsd/imsss"),
        ("xmlns:lom", "http://ltsc.ieee.org/xsd/LOM"),
    ],
    kind: "adlcp:scormType",
    catalogue: &IEEE,
    sequencing: true,
};

/// Writes the manifest.
pub(super) fn manifest(version: &Version, subject: &Subject<'_>) -> Vec<u8> {
    let mut xml = Xml::new();
    let id = subject.id();
    let mut root = vec![("identifier", &*id), ("version", "1.1")];
    root.extend(version.namespaces);
    xml.element("manifest", &root, |xml| {
        xml.element("metadata", &[], |xml| {
            xml.text("schema", &[], "ADL SCORM");
            xml.text("schemaversion", &[], version.name);
            let about = About::of_course(subject.course, subject.language);
            write(xml, version.catalogue, &about);
        });
        xml.element("organizations", &[("default", "organization")], |xml| {
            xml.element("organization", &[("identifier", "organization")], |xml| {
                organization(xml, version, subject);
            });
        });
        xml.element("resources", &[], |xml| resources(xml, version, subject));
    });
    xml.end()
}

fn organization(xml: &mut Xml, version: &Version, subject: &Subject<'_>) {
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
                xml.element("metadata", &[], |xml| write(xml, version.catalogue, &about));
            }
            if version.sequencing {
                // What the package says of completion and success holds; what it does not say is not made up.
                xml.element("imsss:sequencing", &[], |xml| {
                    let controls = [
                        ("completionSetByContent", "true"),
                        ("objectiveSetByContent", "true"),
                    ];
                    xml.empty("imsss:deliveryControls", &controls);
                });
            }
        });
    }
    if version.sequencing {
        xml.element("imsss:sequencing", &[], |xml| {
            xml.empty("imsss:controlMode", &[("choice", "true"), ("flow", "true")]);
        });
    }
}

fn resources(xml: &mut Xml, version: &Version, subject: &Subject<'_>) {
    for (module, start) in subject.course.modules.iter().zip(subject.starts) {
        let id = format!("resource-{}", module.id);
        let attributes = [
            ("identifier", &*id),
            ("type", "webcontent"),
            (version.kind, "sco"),
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
        (version.kind, "asset"),
    ];
    xml.element("resource", &attributes, |xml| {
        for file in subject.files {
            xml.empty("file", &[("href", &relative("", file))]);
        }
    });
}
