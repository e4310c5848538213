//! In which order learners see the options of questions and the choices of scenarios.
//!
//! An option is its written number, wherever it is dealt: a dealing says only which one is shown at whose place.

use std::collections::HashMap;

use super::curriculum::DocumentId;

/// What is shown at whose place, in all documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dealing {
    /// For each document the places whose option or choice is another's, in their order: the stretch that is written there, and the one that is shown.
    /// Empty where everything is shown as it is written.
    documents: Vec<Vec<(u32, u32)>>,
}

impl Dealing {
    /// Takes what is shown at whose place in each document, in any order.
    pub fn new(mut documents: Vec<Vec<(u32, u32)>>) -> Self {
        for places in &mut documents {
            places.sort_unstable();
        }
        Self { documents }
    }

    /// Returns the stretch that is shown at the place of another one; nothing where that is not dealt.
    pub fn at(&self, document: DocumentId, place: u32) -> Option<u32> {
        let places = self.documents.get(document.0 as usize)?;
        let index = places
            .binary_search_by_key(&place, |(place, _)| *place)
            .ok()?;
        Some(places[index].1)
    }

    /// Brings what is written in one order into the order in which it is shown; `stretch` says where each is written.
    pub fn shown<T>(
        &self,
        document: DocumentId,
        written: Vec<T>,
        stretch: impl Fn(&T) -> u32,
    ) -> Vec<T> {
        let dealt = self.documents.get(document.0 as usize);
        if dealt.is_none_or(Vec::is_empty) {
            return written;
        }
        let places = written.iter().map(&stretch).enumerate();
        let place_of: HashMap<u32, usize> = places
            .map(|(number, place)| (self.at(document, place).unwrap_or(place), number))
            .collect();
        let mut shown = written;
        shown.sort_by_key(|thing| place_of.get(&stretch(thing)).copied());
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dealt_stands_at_its_new_place_and_all_else_at_its_own() {
        let dealing = Dealing::new(vec![Vec::new(), vec![(9, 4), (4, 7), (7, 9)]]);
        let shown = |document, written: &[u32]| {
            dealing.shown(DocumentId(document), written.to_vec(), |stretch| *stretch)
        };
        assert_eq!(shown(1, &[4, 7, 9]), [7, 9, 4]);
        assert_eq!(shown(1, &[1, 2]), [1, 2]);
        assert_eq!(shown(0, &[4, 7, 9]), [4, 7, 9]);
        assert_eq!(shown(5, &[4, 7, 9]), [4, 7, 9]);
    }
}
