//! Names of topics and words to avoid, as people write them.

use proptest::prelude::*;

use super::vocabulary::{Clash, Meant, Vocabulary, Wanted};
use super::{LONGEST_PHRASE, Language};
use crate::model::Place;
use crate::model::registers::{LinkPolicy, Placed, Term, TermId, Topic, TopicId};
use crate::model::slug::slug;

fn placed(words: &[&str]) -> Vec<Placed<String>> {
    let place = Place::START;
    let placed = |words: &&str| Placed {
        value: (*words).to_owned(),
        place,
        at: None,
    };
    words.iter().map(placed).collect()
}

fn topic(name: &str, aliases: &[&str]) -> Topic {
    Topic {
        id: slug(name),
        place: Place::START,
        name: name.into(),
        name_place: Place::START,
        aliases: placed(aliases),
        said: Vec::new(),
        former_ids: Vec::new(),
        definition: "".into(),
        in_short: "".into(),
        home: None,
        link: LinkPolicy::default(),
        distinctive: true,
        case_sensitive: false,
        sensitive: false,
        requires: Vec::new(),
        requires_on: Vec::new(),
        exempt: Vec::new(),
    }
}

fn cased(name: &str) -> Topic {
    Topic {
        case_sensitive: true,
        ..topic(name, &[])
    }
}

fn term(avoid: &[&str], instead: &str) -> Term {
    Term {
        place: Place::START,
        avoid: placed(avoid),
        instead: instead.into(),
        severity: None,
        reason: String::new(),
        retired_on: None,
        successor: String::new(),
    }
}

const BOTH: Wanted = Wanted {
    topics: true,
    terms: true,
};

fn vocabulary(tag: &str, topics: &[Topic], terms: &[Term]) -> Vocabulary {
    let language = Language::of(&tag.parse().expect("it is a tag"));
    Vocabulary::new(&language, topics, terms)
}

/// Returns what stands in a text: the positions in the registers, terms from 100 on, and the words.
fn found<'t>(vocabulary: &Vocabulary, text: &'t str, wanted: Wanted) -> Vec<(u32, &'t str)> {
    let mut found = Vec::new();
    vocabulary.find(text, wanted, |meant, range| {
        let index = match meant {
            Meant::Topic(topic) => topic.0,
            Meant::Term(term) => 100 + term.0,
        };
        found.push((index, &text[range]));
    });
    found
}

fn assert_found(vocabulary: &Vocabulary, table: &[(&str, &[(u32, &str)])]) {
    for (text, expected) in table {
        assert_eq!(found(vocabulary, text, BOTH), *expected, "{text:?}");
    }
}

#[test]
fn longest_whole_words_win_and_case_counts_only_where_asked() {
    let topics = [
        topic("Mental health", &["Tŷ Élan"]),
        topic("Mental health first aid", &[]),
        cased("STA"),
        topic("Policy", &["AI"]),
    ];
    assert_found(
        &vocabulary("en", &topics, &[]),
        &[
            ("Mental health matters", &[(0, "Mental health")]),
            ("MENTAL HEALTH first aider", &[(0, "MENTAL HEALTH")]),
            (
                "a mental health first aid kit",
                &[(1, "mental health first aid")],
            ),
            ("environmental health", &[]),
            ("sta STA STAs stas STAS", &[(2, "STA"), (2, "STAs")]),
            ("TŶ ÉLAN", &[(0, "TŶ ÉLAN")]),
            ("policies and policy", &[(3, "policies"), (3, "policy")]),
            ("mental healthy mental health", &[(0, "mental health")]),
            ("ask ai", &[(3, "ai")]),
            ("_policy policy_ policy", &[(3, "policy")]),
        ],
    );
}

#[test]
fn names_are_found_however_word_processors_write_them() {
    let topics = [
        topic("The child's needs", &[]),
        topic("Six-step model", &["Byw Heb Ofn: Tŷ"]),
        topic("Straße", &[]),
    ];
    assert_found(
        &vocabulary("en", &topics, &[]),
        &[
            ("the child’s needs", &[(0, "the child’s needs")]),
            (
                "The\u{a0}child's\u{202f}needs",
                &[(0, "The\u{a0}child's\u{202f}needs")],
            ),
            ("the  child's\nneeds", &[(0, "the  child's\nneeds")]),
            ("the child's ne\u{ad}eds", &[(0, "the child's ne\u{ad}eds")]),
            (
                "\u{ad}the child's needs\u{ad}\u{200b}!",
                &[(0, "the child's needs")],
            ),
            ("six\u{2010}step model", &[(1, "six\u{2010}step model")]),
            (
                "a SIX\u{2011}STEP\u{2009}models",
                &[(1, "SIX\u{2011}STEP\u{2009}models")],
            ),
            ("six step model", &[]),
            ("six–step model", &[]),
            ("Byw heb ofn: Ty\u{302}!", &[(1, "Byw heb ofn: Ty\u{302}")]),
            ("Byw heb ofn: Ty", &[]),
            (
                "STRASSE, strasse, straẞe",
                &[(2, "STRASSE"), (2, "strasse"), (2, "straẞe")],
            ),
        ],
    );
}

#[test]
fn a_mark_belongs_to_its_letter() {
    let topics = [topic("Ty", &[]), topic("cafe", &[])];
    assert_found(
        &vocabulary("en", &topics, &[]),
        &[
            ("ty\u{302} tŷ", &[]),
            ("cafe\u{301}", &[]),
            ("u\u{301}ty", &[]),
            ("cafe", &[(1, "cafe")]),
            ("cafe\u{fe0f}", &[(1, "cafe")]),
        ],
    );
}

#[test]
fn what_was_derived_never_beats_what_was_written() {
    let topics = [
        topic("Review", &[]),
        topic("Reviews", &[]),
        topic("RFI", &["FAQ", "SMS"]),
    ];
    assert_found(
        &vocabulary("en", &topics, &[]),
        &[
            ("review reviews", &[(0, "review"), (1, "reviews")]),
            (
                "RFIs, FAQs and SMSes",
                &[(2, "RFIs"), (2, "FAQs"), (2, "SMSes")],
            ),
            ("self-review", &[(0, "review")]),
            ("self-RFI self-RFIs self\u{2011}RFIs", &[(2, "RFI")]),
        ],
    );
}

#[test]
fn scripts_without_spaces_have_names_between_any_two_letters() {
    let topics = [
        topic("共感", &["ポリシー"]),
        topic("AI", &[]),
        topic("กฎ", &[]),
    ];
    assert_found(
        &vocabulary("ja", &topics, &[]),
        &[
            ("相手への共感が大切です", &[(0, "共感")]),
            ("このAIポリシーを", &[(1, "AI"), (0, "ポリシー")]),
            ("AIs", &[]),
            ("ตามกฎหมาย", &[(2, "กฎ")]),
            // A vowel sign makes another syllable of it.
            ("กฎุ", &[]),
        ],
    );
}

#[test]
fn a_language_without_a_table_makes_no_plurals() {
    let topics = [topic("policy", &[])];
    let text = "policies policy";
    assert_eq!(
        found(&vocabulary("tlh", &topics, &[]), text, BOTH),
        [(0, "policy")]
    );
    assert_eq!(
        found(&vocabulary("en-GB", &topics, &[]), text, BOTH),
        [(0, "policies"), (0, "policy")]
    );
}

#[test]
fn names_in_addresses_and_files_are_not_found() {
    let topics = [topic("Empathy", &["duty to report"]), topic("GOV.UK", &[])];
    assert_found(
        &vocabulary("en", &topics, &[term(&["absent"], "")]),
        &[
            ("see https://example.org/empathy/absent.", &[]),
            ("empathy@example.org, empathy", &[(0, "empathy")]),
            ("modules/empathy.md and the duty to report.pdf", &[]),
            ("empathy/absent", &[(0, "empathy"), (100, "absent")]),
            ("(gov.uk) www.gov.uk", &[(1, "gov.uk")]),
        ],
    );
}

#[test]
fn avoided_words_are_found_in_any_case_and_with_any_apostrophe() {
    let terms = [
        term(&["just", "there's nothing"], ""),
        term(&["just a call"], ""),
    ];
    assert_found(
        &vocabulary("en", &[], &terms),
        &[
            ("Just ring", &[(100, "Just")]),
            ("justice is unjust", &[]),
            ("it is just a call", &[(101, "just a call")]),
            ("There’s nothing", &[(100, "There’s nothing")]),
            ("there's\u{a0}nothing", &[(100, "there's\u{a0}nothing")]),
        ],
    );
}

#[test]
fn words_to_avoid_are_right_inside_what_their_entry_wants() {
    let terms = [
        term(
            &["parent", "care"],
            "paying parent or parent with care; care, nights",
        ),
        term(&["paying"], "payer"),
        term(&["CSA"], "CSA scheme"),
        term(&["CSA scheme rules"], ""),
    ];
    assert_found(
        &vocabulary("en", &[], &terms),
        &[
            ("a parent", &[(100, "parent")]),
            ("the paying\u{a0}PARENT", &[(101, "paying")]),
            ("parent with care, parent with", &[(100, "parent")]),
            ("parent with cares", &[(100, "parent")]),
            ("CSA, CSA scheme", &[(102, "CSA")]),
            ("CSA scheme rules", &[(103, "CSA scheme rules")]),
            ("care", &[(100, "care")]),
        ],
    );
}

#[test]
fn names_and_avoided_words_do_not_hide_each_other() {
    let topics = [topic("Just a call", &[])];
    let vocabulary = vocabulary("en", &topics, &[term(&["just", "call back"], "")]);
    let text = "just a call back";
    let (topic, just, back) = ((0, "just a call"), (100, "just"), (100, "call back"));
    assert_eq!(found(&vocabulary, text, BOTH), [topic, just, back]);
    let only = |topics, terms| found(&vocabulary, text, Wanted { topics, terms });
    assert_eq!(only(true, false), [topic]);
    assert_eq!(only(false, true), [just, back]);
    assert_eq!(only(false, false), []);
}

#[test]
fn empty_registers_and_names_hold_nothing_to_find() {
    assert_eq!(found(&vocabulary("en", &[], &[]), "anything", BOTH), []);
    let nameless = [topic("\u{ad}", &[" "])];
    assert_eq!(
        found(&vocabulary("en", &nameless, &[]), "any \u{ad} thing", BOTH),
        []
    );
}

#[test]
fn clashes_are_told_once() {
    let topics = [
        topic("Policy", &["rules"]),
        topic("Policies", &["POLICY"]),
        topic("Rule", &["rule"]),
        cased("STA"),
        topic("sta", &[]),
        cased("STA"),
        topic("day", &[]),
        topic("Day", &[]),
    ];
    let terms = [term(&["don't"], ""), term(&["don’t"], "")];
    let clash = |words: &str, is_derived, found, lost| Clash {
        words: words.into(),
        is_derived,
        found,
        lost,
    };
    let topic = |id| Meant::Topic(TopicId(id));
    let expected = [
        clash("Policies", true, topic(1), topic(0)),
        clash("POLICY", false, topic(0), topic(1)),
        clash("Rules", true, topic(0), topic(2)),
        clash("STA", false, topic(3), topic(5)),
        // Their plurals clash too, which says nothing new.
        clash("Day", false, topic(6), topic(7)),
        clash(
            "don’t",
            false,
            Meant::Term(TermId(0)),
            Meant::Term(TermId(1)),
        ),
    ];
    assert_eq!(vocabulary("en", &topics, &terms).clashes(), expected);
}

#[test]
fn long_names_are_not_looked_for_and_the_longest_are_read_once_for_each_word() {
    let words = |count: usize| vec!["a"; count].join(" ");
    let too_long = [topic(&words(10_000), &[]), topic("end", &[])];
    let vocabulary_of = |topics: &[Topic]| vocabulary("en", topics, &[term(&[&words(20_000)], "")]);
    let text = words(50_000) + " end";
    assert_eq!(found(&vocabulary_of(&too_long), &text, BOTH), [(1, "end")]);
    let longest = words(LONGEST_PHRASE / 2);
    assert_eq!(longest.len() + 1, LONGEST_PHRASE);
    let hits = found(&vocabulary_of(&[topic(&longest, &[])]), &text, BOTH);
    assert_eq!(hits.len(), 50_000 / (LONGEST_PHRASE / 2));
}

/// Words that are near each other in their forms, with everything that may stand between and in them.
const PIECES: [&str; 30] = [
    "empathy",
    "Empathy",
    "the",
    "duty",
    "of",
    "care",
    "RFI",
    "RFIs",
    "s",
    "a",
    "ﬁ",
    "fi",
    "Tŷ",
    "ty\u{302}",
    "共感",
    "AI",
    " ",
    "\u{a0}",
    "  ",
    "\n",
    "-",
    "\u{2011}",
    "'",
    "’",
    "\u{ad}",
    "\u{301}",
    "/",
    ".",
    "https://",
    "(",
];

fn tricky(pieces: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(&PIECES[..]), pieces)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    /// Looking at the beginnings of words alone leaves nothing out: what stands at any place of a text is found there, or something stands before it.
    #[test]
    fn whatever_stands_somewhere_is_found(
        names in proptest::collection::vec(tricky(1..4), 1..4),
        avoid in tricky(1..3),
        text in tricky(0..14),
    ) {
        let topics: Vec<Topic> = names.iter().map(|name| topic(name, &[])).collect();
        let vocabulary = vocabulary("en", &topics, &[term(&[&avoid], "")]);
        let mut found = Vec::new();
        vocabulary.find(&text, BOTH, |meant, range| found.push((meant, range)));
        for (meant, range) in vocabulary.everywhere(&text) {
            let is_topic = matches!(meant, Meant::Topic(_));
            let is_seen = found.iter().any(|(other, hit)| {
                matches!(other, Meant::Topic(_)) == is_topic && hit.start <= range.start && range.start < hit.end
            });
            prop_assert!(is_seen, "{meant:?} {range:?} of {text:?} among {found:?}");
        }
    }

    /// However a text is typed, the same names stand in it.
    #[test]
    fn spaces_apostrophes_and_hidden_characters_change_nothing(words in proptest::collection::vec(0_usize..6, 1..8)) {
        let topics = [topic("the child's needs", &[]), topic("child", &[]), topic("needs", &[])];
        let vocabulary = vocabulary("en", &topics, &[]);
        let write = |space: &str, apostrophe: &str, hidden: &str| {
            let words = words.iter().map(|word| match word {
                0 => "the".to_owned(),
                1 => format!("ch{hidden}ild"),
                2 => format!("child{apostrophe}s"),
                3 => format!("need{hidden}s"),
                4 => "x".to_owned(),
                _ => format!("{hidden}the"),
            });
            words.collect::<Vec<_>>().join(space)
        };
        let names = |text: &str| {
            let mut names = Vec::new();
            vocabulary.find(text, BOTH, |meant, _| names.push(meant));
            names
        };
        let plain = names(&write(" ", "'", ""));
        prop_assert_eq!(&names(&write("\u{a0}", "’", "\u{ad}")), &plain);
        prop_assert_eq!(&names(&write(" \u{202f}\n", "ʼ", "\u{200b}")), &plain);
    }
}
