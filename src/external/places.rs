//! Gathers every place of a curriculum that leads to another site.
//!
//! In: the curriculum. Out: places in reading order: links and images of lessons, and web addresses in front matter and registers.

use url::Url;

use crate::model::curriculum::{DocumentId, Target};
use crate::model::{Curriculum, Place};

/// A place that leads to another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lead {
    /// Path from the root.
    pub file: String,
    pub place: Place,
    /// The address as written.
    pub written: Box<str>,
    /// What is asked for; nothing where what is written is no address.
    pub url: Option<Url>,
}

/// Returns all places that lead to other sites.
pub(super) fn leads(curriculum: &Curriculum) -> Vec<Lead> {
    let mut leads = Vec::new();
    for (index, document) in curriculum.documents.iter().enumerate() {
        let file = document.lesson.path.from_root();
        for address in &document.lesson.front.addresses {
            leads.extend(lead(file, address.place, &address.value));
        }
        for (link, resolved) in curriculum.links(DocumentId(index as u32)) {
            if resolved.target == Target::External {
                leads.extend(lead(file, link.place, &link.target));
            }
        }
    }
    for (file, address) in &curriculum.registers.addresses {
        leads.extend(lead(file, address.place, &address.value));
    }
    leads
}

/// Returns a place that leads to a web page; nothing for mail, telephones and the like.
fn lead(file: &str, place: Place, written: &str) -> Option<Lead> {
    let url = Url::parse(written).ok();
    if url
        .as_ref()
        .is_some_and(|url| !matches!(url.scheme(), "http" | "https"))
    {
        return None;
    }
    Some(Lead {
        file: file.to_owned(),
        place,
        written: written.into(),
        url: url.map(|mut url| {
            url.set_fragment(None);
            url
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_pages_are_asked_for_without_their_fragment() {
        for (written, expected) in [
            ("https://a.org/b#c", Some("https://a.org/b")),
            ("HTTP://A.org", Some("http://a.org/")),
            ("https://0x7f.1/", Some("https://127.0.0.1/")),
            (
                "https://tŷ.example/ŵ",
                Some("https://xn--t-foa.example/%C5%B5"),
            ),
            ("https://", None),
            ("https://a b/", None),
        ] {
            let lead = lead("a.md", Place::START, written).expect("it leads to another site");
            assert_eq!(lead.url.as_ref().map(Url::as_str), expected, "{written}");
        }
        for other in ["mailto:a@b.org", "tel:999"] {
            assert_eq!(lead("a.md", Place::START, other), None, "{other}");
        }
    }
}
