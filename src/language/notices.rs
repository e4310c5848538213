//! Sentences that say something about a text and not about its subject, and sentences that ask somebody to do something: reports quote neither the one as
//! evidence nor leave out the other. What only tells of others, or leans on the sentence before, is quoted last.

use super::Language;
use super::comparison::form;

impl Language {
    /// Returns whether a sentence is a notice about the text, such as that somebody in it is fictional.
    pub fn is_notice(&self, sentence: &str) -> bool {
        says_any(sentence, self.notices())
    }

    /// Returns whether a sentence only tells what others have said of its subject: "the written answer says ...".
    pub fn is_echo(&self, sentence: &str) -> bool {
        says_any(sentence, self.echoes())
    }

    /// Returns whether a sentence says little without the one before it: "Then it ...".
    pub fn leans(&self, sentence: &str) -> bool {
        let leaning = self.leaning();
        !leaning.is_empty() && begins_with_any(&form(sentence), leaning)
    }

    /// Returns whether a sentence asks somebody to do something: it begins so, or goes on so after its first comma, as in "With your coach, write ...".
    pub fn sets_a_task(&self, sentence: &str) -> bool {
        let tasks = self.tasks();
        if tasks.is_empty() {
            return false;
        }
        let sentence = form(sentence);
        let rest = sentence.split_once(", ").map(|(_, rest)| rest);
        let mut starts = [Some(&*sentence), rest].into_iter().flatten();
        starts.any(|start| begins_with_any(start, tasks))
    }
}

fn says_any(sentence: &str, phrases: &[&str]) -> bool {
    if phrases.is_empty() {
        return false;
    }
    let sentence = form(sentence);
    phrases.iter().any(|phrase| sentence.contains(phrase))
}

/// Returns whether a form begins with one of some words, and these end there.
fn begins_with_any(form: &str, words: &[&str]) -> bool {
    let start = form.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut rests = words.iter().filter_map(|word| start.strip_prefix(word));
    rests.any(|rest| !rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LanguageTag;

    fn english() -> Language {
        Language::of(&"en-GB".parse::<LanguageTag>().unwrap_or_default())
    }

    #[test]
    fn notices_say_something_about_the_text() {
        for (sentence, expected) in [
            ("Tegan Sample is fictional.", true),
            ("Romy Pretend and Jude Madeup are fictional.", true),
            ("The official version is internal.", true),
            (
                "These impact notes are invented, and say what the caseworker felt.",
                true,
            ),
            (
                "For each of three invented case notes, say which duty slipped.",
                false,
            ),
            ("Ask for their summary before you go on.", false),
        ] {
            assert_eq!(english().is_notice(sentence), expected, "{sentence}");
        }
        let other = Language::of(&"cy".parse::<LanguageTag>().unwrap_or_default());
        assert!(!other.is_notice("Tegan Sample is fictional."));
    }

    #[test]
    fn tasks_begin_with_what_is_to_be_done() {
        for (sentence, expected) in [
            ("Write one opening line for each parent.", true),
            ("In pairs, name a feeling before any figure.", true),
            ("With your coach, choose one call.", true),
            ("Sorting comes first.", false),
            ("Bobbie is a paying parent with two children.", false),
            ("Hal owes £720.", false),
        ] {
            assert_eq!(english().sets_a_task(sentence), expected, "{sentence}");
        }
    }

    #[test]
    fn echoes_tell_what_others_said_and_some_sentences_lean_on_others() {
        for (sentence, is_echo, leans) in [
            (
                "The written answer of 14 December 2023 says so.",
                true,
                false,
            ),
            ("It is promoted for reporting changes.", false, true),
            ("Thereafter, ask once.", false, false),
            ("An answer of three parts ends on a date.", false, false),
        ] {
            assert_eq!(english().is_echo(sentence), is_echo, "{sentence}");
            assert_eq!(english().leans(sentence), leans, "{sentence}");
        }
    }
}
