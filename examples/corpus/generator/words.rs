//! The vocabulary: some 3,000 English words and names, the frequent ones first.
//!
//! In: the short lists below. Out: them with their forms, and with compounds and names of places for the long tail that real text has.

use std::collections::HashSet;

use super::random::{Random, Zipf};

/// A verb in the forms that the sentences need.
#[derive(Debug)]
pub struct Verb {
    /// As in "to pay".
    pub base: String,
    /// As in "she pays".
    pub third: String,
    /// As in "paying".
    pub gerund: String,
}

/// A noun in both numbers.
#[derive(Debug)]
pub struct Noun {
    /// One of them.
    pub one: String,
    /// Several of them.
    pub many: String,
}

/// Words of one class with their frequencies.
#[derive(Debug)]
pub struct Class<W> {
    words: Vec<W>,
    zipf: Zipf,
}

impl<W> Class<W> {
    fn new(words: Vec<W>) -> Self {
        let zipf = Zipf::new(words.len());
        Self { words, zipf }
    }

    /// Returns a word, the first ones most often.
    pub fn draw(&self, random: &mut Random) -> &W {
        &self.words[self.zipf.draw(random)]
    }

    /// Returns the word at a position, counted round and round.
    pub fn at(&self, position: usize) -> &W {
        &self.words[position % self.words.len()]
    }

    /// Returns how many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }
}

/// All words by class.
#[derive(Debug)]
pub struct Vocabulary {
    /// Things and persons.
    pub nouns: Class<Noun>,
    /// Regular transitive verbs.
    pub verbs: Class<Verb>,
    /// Adjectives.
    pub adjectives: Class<String>,
    /// Adverbs of manner.
    pub adverbs: Class<String>,
    /// Names of persons and places.
    pub names: Class<String>,
}

impl Vocabulary {
    /// Puts all words together.
    pub fn new() -> Self {
        let adjectives = distinct(ADJECTIVES);
        let mut nouns: Vec<String> = distinct(NOUNS).into_iter().map(str::to_owned).collect();
        for second in COMPOUND_ENDS.split_whitespace() {
            nouns.extend(
                COMPOUND_STARTS
                    .split_whitespace()
                    .map(|first| format!("{first}{second}")),
            );
        }
        Self {
            nouns: Class::new(nouns.into_iter().map(noun).collect()),
            verbs: Class::new(distinct(VERBS).into_iter().map(verb).collect()),
            adverbs: Class::new(adjectives.iter().map(|word| adverb(word)).collect()),
            adjectives: Class::new(
                (adjectives.iter().map(|word| (*word).to_owned()))
                    .chain(adjectives.iter().rev().map(|word| format!("non-{word}")))
                    .collect(),
            ),
            names: Class::new(
                PLACE_ENDS
                    .split_whitespace()
                    .flat_map(|end| {
                        PLACE_STARTS
                            .split_whitespace()
                            .map(move |start| format!("{start}{end}"))
                    })
                    .collect(),
            ),
        }
    }
}

/// Returns the words of a list, each once: titles must not be made twice.
fn distinct(list: &'static str) -> Vec<&'static str> {
    let mut seen = HashSet::new();
    list.split_whitespace()
        .filter(|word| seen.insert(*word))
        .collect()
}

fn noun(one: String) -> Noun {
    let many = match one.strip_suffix('y') {
        _ if one.ends_with("child") => format!("{one}ren"),
        _ if one == "quiz" => "quizzes".to_owned(),
        Some(stem) if !ends_in_vowel(stem) => format!("{stem}ies"),
        _ if hisses(&one) => format!("{one}es"),
        _ => format!("{one}s"),
    };
    Noun { one, many }
}

fn verb(base: &str) -> Verb {
    let third = match base.strip_suffix('y') {
        Some(stem) if !ends_in_vowel(stem) => format!("{stem}ies"),
        _ if hisses(base) => format!("{base}es"),
        _ => format!("{base}s"),
    };
    let gerund = match base.strip_suffix('e') {
        Some(stem) if !stem.ends_with('e') => format!("{stem}ing"),
        _ => format!("{base}ing"),
    };
    Verb {
        base: base.to_owned(),
        third,
        gerund,
    }
}

fn adverb(adjective: &str) -> String {
    match adjective.strip_suffix('y') {
        Some(stem) => format!("{stem}ily"),
        None => match adjective.strip_suffix("le") {
            Some(stem) => format!("{stem}ly"),
            None => format!("{adjective}ly"),
        },
    }
}

fn ends_in_vowel(stem: &str) -> bool {
    stem.ends_with(['a', 'e', 'i', 'o', 'u'])
}

fn hisses(word: &str) -> bool {
    ["s", "x", "ch", "sh"].iter().any(|end| word.ends_with(end))
}

const NOUNS: &str = "case call customer parent child payment letter caseworker amount question decision team day week \
    change record answer rule date family note year month home account number form figure word reason step step-parent \
    sum bill rent job wage employer school house phone voice name address line list page message visit appointment \
    manager colleague lesson module example practice page office desk screen system process service agency charge fee \
    method schedule balance total share rate band percentage calculation estimate variation review outcome notice \
    complaint apology appeal tribunal court order deduction benefit pension credit debt arrear instalment budget cost \
    saving bank card receipt statement document certificate proof copy signature detail fact event circumstance \
    situation problem issue concern risk danger worry feeling fear anger silence pause tone sentence paragraph summary \
    plan goal aim task action choice option route path way point moment hour minute morning afternoon evening weekend \
    holiday birthday term season night shift break meeting session group class trainer coach facilitator learner \
    mentor leader director minister department government council charity helpline adviser solicitor doctor nurse \
    counsellor interpreter translator teacher neighbour friend relative grandparent brother sister partner husband \
    adult person household carer guardian witness visitor stranger village city street road garden kitchen table chair \
    door window key lock car bus train ticket journey distance map sign light heater blanket coat shoe meal breakfast \
    dinner lunch bottle cup plate toy book pencil paper folder drawer box parcel stamp envelope post mailbox inbox \
    keyboard laptop tablet camera picture photo video recording password code security barrier limit threshold standard \
    policy procedure guideline instruction template leaflet poster website link section chapter title heading glossary \
    index topic subject theme thread pattern trend statistic survey report finding result measure score grade test quiz \
    exercise activity scenario role character story narrative history background context purpose principle value duty \
    right responsibility obligation promise agreement contract clause condition exception exemption penalty sanction \
    interest loss gain increase decrease shortfall surplus margin average median range scale level layer stage phase \
    cycle loop sequence series pair half quarter third portion piece item entry row column cell label tag marker flag \
    reminder alarm alert warning hint clue sample draft version edition revision correction error mistake gap delay \
    absence illness injury accident emergency crisis shock grief relief comfort kindness respect dignity trust patience \
    skill talent habit routine custom tradition culture faith language accent dialect gesture signal symbol icon";

const VERBS: &str = "explain check record need ask use help show offer change agree review support answer call \
    pay report confirm describe follow include consider reach receive keep discuss suggest complete prepare return \
    protect accept update notice remember repeat start close open provide require \
    allow expect manage measure calculate compare estimate mention name list count collect request \
    question challenge refuse reject approve assess examine inspect verify test correct repair adjust reduce increase \
    extend shorten limit cover cross join attach enclose address sort file store print copy mark note \
    highlight underline summarise outline introduce present deliver practise rehearse observe coach guide train teach \
    remind warn alert assure thank greet welcome visit contact telephone text email invite attend postpone \
    arrange organise coordinate share divide combine connect link match balance settle resolve recover restore \
    replace remove delete avoid prevent delay enforce enable affect influence reflect reveal conceal mislead \
    respect value appreciate acknowledge recognise understand interpret translate transcribe clarify simplify";

const ADJECTIVES: &str = "new same clear last next different first whole right early late short long weekly monthly annual \
    current recent historic usual normal regular careful patient calm kind honest fair plain simple direct polite formal \
    warm quiet sudden slow quick rapid exact rough common rare special separate joint shared single double full partial \
    complete final initial secure private public open closed correct wrong accurate likely certain doubtful possible \
    practical useful helpful harmful difficult hard gentle firm strict flexible firsthand local national regional urban \
    rural distant near frequent constant steady stable fragile vulnerable anxious hopeful angry sad tired busy ready \
    willing reluctant able available absent present previous earlier original additional further extra minor major \
    serious mild severe urgent gradual temporary permanent legal financial personal professional medical social mental \
    physical digital manual written spoken visual verbal silent obvious hidden apparent evident relevant suitable \
    appropriate reasonable sensible consistent reliable independent responsible accountable confident capable";

const COMPOUND_STARTS: &str =
    "case work time call home hand life day over under out back side head pay book";
const COMPOUND_ENDS: &str =
    "line load note sheet list room point mark keeper holder place board file desk turn day hold";

const PLACE_STARTS: &str = "Har Thorn Ash Bram Col Dun El Fair Gran Hol Kes Lang Mar Nor Oak Pem Quar Rad Sel Tar Ul Ven \
    Wal Yar Brad Crew Stan Wex Hart Glen";
const PLACE_ENDS: &str = "ton ley ford ham wick by field worth dale stead mouth combe more side well bridge thorpe hurst \
    minster gate port bury cross holm moor";
