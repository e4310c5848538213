//! What a search knows of English.
//!
//! Patterns are regular expressions of ECMAScript over folded words: lower case, without apostrophes, one space between words, `cannot` as `cant`,
//! `does not` as `doesnt`. Their sentences stand in `tests/browser/search/crisis.json`; a pattern is added with those that it is for, and with those that it must
//! leave alone.

use crate::language::search::Search;

/// The table.
pub(super) const SEARCH: Search = Search {
    ignored: &[
        "a", "about", "after", "again", "all", "also", "am", "an", "and", "another", "any", "are", "arent", "as", "ask", "at", "be", "because", "been", "before", "being", "between", "both", "but", "by", "can", "cant", "could", "couldnt", "did", "didnt", "do", "does", "doesnt", "doing", "done", "dont", "each", "even", "for", "from", "get", "gets", "getting", "give", "given", "gives", "go", "going", "got", "had", "has", "hasnt", "have", "havent", "having", "he", "her", "hers", "hes", "him", "his", "how", "i", "id", "if", "ill", "im", "in", "into", "is", "isnt", "it", "its", "ive", "just", "know", "let", "lets", "make", "makes", "me", "must", "my", "need", "needs", "no", "not", "now", "of", "on", "or", "our", "out", "please", "really", "said", "say", "saying", "says", "she", "shell", "shes", "should", "shouldnt", "so", "some", "somebody", "someone", "something", "still", "such", "take", "tell", "than", "that", "thats", "the", "their", "them", "then", "there", "theres", "they", "theyre", "theyve", "thing", "things", "this", "to", "too", "up", "us", "very", "want", "wanted", "wants", "was", "wasnt", "we", "were", "werent", "what", "whats", "when", "where", "which", "while", "who", "whom", "whos", "why", "will", "with", "wont", "would", "wouldnt", "you", "your", "youre",
    ],
    endings: &[
        "nesses", "ments", "ingly", "ness", "ment", "ings", "edly", "ions", "ion", "ers", "ies",
        "ied", "ing", "ely", "est", "es", "ed", "er", "ly", "y", "e", "s",
    ],
    joined: &[
        (r"\bcan ?not\b", "cant"),
        (r"\b(do|does|did|would) not\b", "$1nt"),
    ],
    parts: &[
        (
            "self",
            "(?:(?:my|your|him|her|them|our|one)(?:self|selves|sel?f)|(?:him|her|my|them) sel(?:f|ves)|hisself|theirself|thereself|urself|meself)",
        ),
        ("own", "(?:my|his|her|their|your|thier|ones)"),
        ("person", "(?:him|her|me|them|us|you|my|his)"),
        ("pills", "(?:pills?|tablets|meds|medication|paracetamol)"),
    ],
    crisis: &[
        r"\b(?:sui?ci?d|suiside|sucid|suicde|unalive)\w*",
        r"\b(?:kill|hang|hung|drown|shoot|poison|harm|hurt|cut|starv|burn|topp?)(?:e|ed|s|ing|ting)? {self}\b(?! up)|\b(?:do|doing|done) {self} in\b",
        r"\bself ?(?:harm|injur|inflict)\w*",
        r"\b(?:end|ending|ended|take|taking|took|taken|finish|finishing) (?:{own} (?:own )?(?:life|lives)|own life|{self} (?:off|out))\b",
        r"\b(?:end|ending|ended) it(?: all)?(?: (?:now|tonight|today))?$|\b(?:end|ending) it all\b",
        r"\b(?:wants?|wanting|wanted|wish|wishes|wished|going|ready|rather|gonna|wanna|hope|hopes|planning|tried|trying|try) (?:(?:to|he|she|i|they|that|was|were|be) ){0,3}(?:die|dead)\b|\bbetter off (?:dead|without {person})\b",
        r"\bno (?:point|reason) (?:(?:to|in|of|with|me|him|her|them|my|his|being|keep|even|trying|anything|it|this|any|going) ){0,4}(?:living|live|life|being here|be here|carrying on|carry on|going on|go on|going|any ?more|on|here|alive)\b",
        r"\bnothing (?:left )?to live for\b|\blife (?:is|isnt|s) (?:not )?(?:worth|over|pointless)\b|\bnot worth living\b",
        r"\b(?:wont|will not|not going to|not gonna) be (?:here|around) (?:to|when|any ?more|much longer|tomorrow|by|next|long)\b(?! (?:no |work|office|shift|monday|tuesday|wednesday|thursday|friday|lunch))",
        r"\boverdos\w*|\b(?:took|taken|takes?|taking|swallow\w*) (?:all|too many|lots|loads|a lot) (?:of )?(?:(?:my|his|her|their|the|these) )?{pills}\b|\b(?:took|taken|swallow\w*) (?:(?:some|my|his|her|their|the|these) )?{pills}\b(?! (?:for|this|in the|at|with))",
        r"\b(?:jump|jumping|jumps|jumped|walk|walking|step|stepping|throw|throwing) (?:{self} )?(?:off|from|in front of|under|into) (?:a |the |an )?(?:bridge|train|bus|car|lorry|truck|traffic|roof|building|cliff|platform|moving)\b|\b(?:going|threaten\w*|wants?|about) to jump$",
        r"\b(?:say|says|saying|said) (?:a |his |her |their )?(?:final )?goodbye to (?:the |my |his |her |their )?(?:kids|children|everyone|family|world)\b|\bhad enough of (?:life|living)\b",
        r"\bcant go on(?: like this| any ?more| living)?$|\bcant take (?:it|this|any) ?(?:any ?)?more$|\bcant cope(?: like this| any ?more)?$",
        r"\b(?:cut|cutting|slit|slitting) {own} wrists?\b|\bwish(?:es|ed)? (?:i|he|she|they) (?:wasnt|werent) (?:here|alive)\b|\bsleep and (?:not|never) wake\b",
        r"\b(?:no|any|a|another|only) (?:other )?way out$|\bcant see a (?:way|future)\b",
        r"\b(?:{pills}|rope|noose|razor|blade|gun) (?:ready|in {own} hand|beside|next to)\b|\bhas (?:{pills}|a rope|a noose)\b|\b(?:on|at) (?:a|the) (?:bridge|ledge|roof|cliff|tracks|train tracks|motorway bridge)\b(?! (?:project|job|site|team|toll|road|works?))|\bplan(?:s|ned|ning)? to (?:die|end)\b",
        r"\b(?:nobody|no one|noone|wont|wouldnt|never) (?:would |will |ll |d )?(?:even )?(?:miss|notice) {person}\b",
        r"\b(?:wants?|wanted|wish|wishes) (?:it|this|everything|life) (?:all )?to (?:stop|end|be over)\b|\b(?:not|wont) (?:be|being|wake) (?:around|up) ?(?:tomorrow|any ?more|much longer|for long)?$",
        r"\brather (?:be )?dead\b|\bgive up on (?:life|living)\b|\b(?:want|wants|wanted|wish|wishes) to disappear\b|\b(?:hates?|sick of|tired of|done with|finished with) (?:being alive|living|life)\b",
        r"\b(?:dont|doesnt|didnt|no longer) (?:really )?(?:wants?|wanted|wish|wishes|care|see) ?(?:to )?(?:be (?:here|alive)|live(?! (?:with|in|at|near|there|together|here))|go on|wake up|carry on)\b|\bnot wanting to (?:live(?! (?:with|in|at|near))|be (?:here|alive)|wake up)\b",
    ],
    danger: &[
        r"\b(?:going|threaten\w*|gonna|said|says|will|hell|wants?|try|trying|tried|threats?) (?:\w+ ){0,2}(?:kill|stab|shoot|strangle) (?:{person}|the (?:kids|children|mother|mum|dad|baby))\b(?! ?sel)",
        r"\b(?:hitting|beating|attacking|strangling|stabbing|choking|hits?|strangle[sd]?) (?:him|her|me|them|the (?:kids|children|baby|mother|dad))\b",
        r"\b(?:breaking in|broken in|at (?:the|my|his|her) door|outside (?:my|his|her|the) (?:house|home|door|flat)|(?:has|got) a (?:knife|gun)|locked {person} in)\b",
        r"\bdeath threat\w*|\bthreat(?:s|ened|ening)? to (?:(?:her|his|their|my) )?(?:kill|life)\b",
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignored_words_are_in_the_order_in_which_they_are_looked_up() {
        assert!(SEARCH.ignored.is_sorted());
    }

    #[test]
    fn every_part_of_a_pattern_is_there() {
        for pattern in SEARCH.crisis.iter().chain(SEARCH.danger) {
            for (position, _) in pattern.match_indices('{') {
                let name = pattern[position + 1..].split('}').next().unwrap_or("");
                let counts = name.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
                let known = SEARCH.parts.iter().any(|(part, _)| *part == name);
                assert!(counts || known, "{{{name}}} in {pattern}");
            }
        }
    }
}
