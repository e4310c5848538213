//! What is known of characters and scripts whatever the language: what belongs to a word, what nobody sees, and which way lines run.
//!
//! In: characters, or a language tag. Out: yes or no. Knows no language by name, apart from those that are written from right to left.

use unicode_normalization::char::is_combining_mark;

/// Returns whether a character belongs to a word. A mark belongs to the letter that it stands on.
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    // The apostrophe that Unicode counts among the letters is compared as any other.
    (c.is_alphanumeric() && c != '\u{2bc}') || is_combining_mark(c)
}

/// Returns whether a character belongs to the one before it: a mark on it, or something that nobody sees.
pub(super) fn continues(c: char) -> bool {
    !c.is_ascii() && (is_hidden(c) || is_combining_mark(c))
}

/// Returns whether nobody sees a character: it says where a word may be broken, how letters join, or which way they run.
pub(super) fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
    )
}

/// Returns whether a character is of a script that puts no space between words: there a name may stand between any two characters.
pub fn is_continuous(c: char) -> bool {
    matches!(
        c,
        // Thai and Lao, Burmese, Khmer.
        '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            // Tai Le, New Tai Lue, signs of Khmer, Tai Tham.
            | '\u{1950}'..='\u{19ff}'
            | '\u{1a20}'..='\u{1aaf}'
            // Hiragana, katakana, bopomofo; Han, also its extensions and forms for compatibility.
            | '\u{3005}'..='\u{3007}'
            | '\u{3040}'..='\u{312f}'
            | '\u{31a0}'..='\u{31bf}'
            | '\u{31f0}'..='\u{31ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            // Javanese, more Burmese, Tai Viet.
            | '\u{a980}'..='\u{a9ff}'
            | '\u{aa60}'..='\u{aadf}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ff9f}'
            | '\u{1b000}'..='\u{1b16f}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

/// Returns whether lines of a language run from right to left; its tag may name the script.
pub(super) fn is_right_to_left(tag: &str) -> bool {
    const SCRIPTS: [&str; 12] = [
        "adlm", "arab", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa", "yezi",
        "aran",
    ];
    const LANGUAGES: [&str; 18] = [
        "ar", "arc", "arz", "ckb", "dv", "fa", "glk", "he", "ks", "lrc", "mzn", "nqo", "pnb", "ps",
        "sd", "ug", "ur", "yi",
    ];
    let tag = tag.to_ascii_lowercase();
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or("");
    // A script is four letters long, and stands before all else but extensions of the language.
    match parts
        .take_while(|part| part.len() > 1)
        .find(|part| is_script(part))
    {
        Some(script) => SCRIPTS.contains(&script),
        None => LANGUAGES.contains(&language),
    }
}

fn is_script(part: &str) -> bool {
    part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_of_a_tag_says_which_way_lines_run_and_else_its_language() {
        for (tag, expected) in [
            ("ar", true),
            ("he-IL", true),
            ("UR-pk", true),
            ("az-Arab", true),
            ("az", false),
            ("ku-Arab-IQ", true),
            ("ar-Latn", false),
            ("pa-Arab", true),
            ("en", false),
            ("cy", false),
            ("en-x-arab", false),
        ] {
            assert_eq!(is_right_to_left(tag), expected, "{tag}");
        }
    }

    #[test]
    fn marks_and_hidden_characters_belong_to_what_stands_before_them() {
        for (c, expected) in [
            ('\u{301}', true),
            ('\u{ad}', true),
            ('\u{200d}', true),
            ('\u{fe0f}', true),
            ('ิ', true),
            ('a', false),
            ('é', false),
            ('\u{a0}', false),
            ('-', false),
        ] {
            assert_eq!(continues(c), expected, "{c:?}");
        }
    }
}
