//! The filters by which templates write the noun behind a number: `{{ page.minutes }} {{ page.minutes | minutes }}`.
//!
//! In: a number. Out: the words that a language puts behind that number. There is a filter for each noun, since what an argument of a filter costs would be
//! most of it.

use tera::{Kwargs, State, Tera};

use crate::language::Language;
use crate::model::theme::Strings;

/// The filter that writes a length of time: `{{ page.minutes | time }}`.
const TIME: &str = "time";

/// The nouns: each filter is called like the theme's words for many.
const NOUNS: [&str; 3] = ["lessons", "minutes", "places"];

/// Adds the filters; they must be there before the templates are.
pub(super) fn register(tera: &mut Tera, language: &Language, strings: &Strings) {
    for noun in NOUNS {
        let (language, strings) = (language.clone(), strings.clone());
        let counted = move |number: u64, _: Kwargs, _: &State<'_>| {
            tera::Value::from(language.counted(number, noun, &strings))
        };
        tera.register_filter(noun, counted);
    }
    let (language, strings) = (language.clone(), strings.clone());
    let time = move |minutes: u64, _: Kwargs, _: &State<'_>| {
        tera::Value::from(language.time(minutes, &strings))
    };
    tera.register_filter(TIME, time);
}
