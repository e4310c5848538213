//! Whatever front matter, registers and the configuration say, every finding has its place, and the stages go on with the rest.

use camino::Utf8Path;
use throughline::model::Register;
use throughline::model::sources::RegisterSources;
use throughline::stages::{config, discover, parse};

use super::curriculum::{CONTEXTS, document, sources, survey};
use super::lessons::assert_well_formed;
use super::places::assert_sound;

/// Lessons that speak of what the seeds' registers hold.
const LESSONS: [(&str, &str); 3] = [
    (
        "01-a/index.md",
        "+++\ntitle = \"A\"\n+++\n\nEmpathy, a policy and the welfare of the child; absent parent, 116 123.\n",
    ),
    (
        "01-a/01-b.md",
        "+++\ntitle = \"B\"\n+++\n\n## Seeing {topics=empathy claims=A9}\n\n[[empathy]] [[signpost:samaritans]]\n\n::: question {topics=empathy}\nWhy?\n\n- [x] Yes\n- [ ] No\n:::\n",
    ),
    (
        "02-c/index.md",
        "+++\ntitle = \"C\"\n+++\n\n::: signposts {ids=samaritans}\n:::\n",
    ),
];

/// Reads a text as front matter, as the configuration and as every register.
pub fn hold(data: &[u8]) {
    let text = discover::text_of(data.to_vec(), "modules/a/b.md", &mut Vec::new());
    for path in ["a/index.md", "a/b.md"] {
        let document = document(path, format!("+++\n{text}\n+++\n\nText.\n"));
        let lesson = parse::anew(&document, &CONTEXTS[0], &mut parse::Scratch::default());
        assert_well_formed(&lesson, &document.text, &CONTEXTS[0].registers);
    }
    if let Ok(read) = config::parse(Utf8Path::new("config.toml"), &text) {
        for finding in &read.findings {
            assert_sound(finding, &text);
        }
    }
    let mut registers = RegisterSources::default();
    for register in Register::ALL {
        registers.set(register, text.clone());
    }
    for finding in &parse::registers(&registers).findings {
        assert_sound(finding, &text);
    }
    let lessons = LESSONS.map(|(path, text)| document(path, text));
    let survey = survey(sources(lessons.to_vec(), Vec::new(), registers));
    for finding in &survey.findings {
        let lesson = LESSONS
            .iter()
            .find(|(path, _)| finding.file.strip_prefix("modules/") == Some(path));
        assert_sound(finding, lesson.map_or(&*text, |(_, text)| text));
    }
}
