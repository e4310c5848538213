//! Reports images that take long to load.

use crate::model::curriculum::{Document, Target};
use crate::model::lesson::LinkKind;
use crate::model::{Curriculum, Finding, Rule};

/// Bytes of the largest image that every reader of a page can be made to load.
const LARGEST: u64 = 1 << 20;

/// Reports each large image where it is first shown.
pub fn review(curriculum: &Curriculum, findings: &mut Vec<Finding>) {
    let assets = curriculum.assets.iter();
    let mut large: Vec<bool> = assets.map(|placed| placed.asset.size > LARGEST).collect();
    if !large.contains(&true) {
        return;
    }
    for document in &curriculum.documents {
        review_document(document, curriculum, &mut large, findings);
    }
}

fn review_document(
    document: &Document,
    curriculum: &Curriculum,
    large: &mut [bool],
    findings: &mut Vec<Finding>,
) {
    let lesson = &document.lesson;
    for (link, resolved) in lesson.links.iter().zip(&*document.links) {
        let (LinkKind::Image, Target::Asset(index)) = (link.kind, resolved.target) else {
            continue;
        };
        if !std::mem::take(&mut large[index as usize]) {
            continue;
        }
        let asset = &curriculum.assets[index as usize].asset;
        let message = format!(
            "this image has {:.1} MiB, and every reader of the page loads it",
            asset.size as f64 / LARGEST as f64
        );
        findings.push(
            Finding::new(Rule::LargeImage, lesson.path.from_root(), link.place, message).help(
                "make it smaller than 1 MiB: 2,000 pixels are enough for any screen, and WebP or JPEG for photographs",
            ),
        );
    }
}
