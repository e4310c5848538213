//! Writes a lesson: an introduction, objectives, sections with lists and tables, and teaching blocks.
//!
//! In: which lesson. Out: its file's text, of about as many words as were asked for, with five links to other lessons.

use std::fmt::Write as _;

use super::names::{Book, LessonKey};
use super::page::{Page, Part};
use super::random::Random;
use super::registers::{CLAIMS, SIGNPOSTS};
use super::{Format, Taxonomy, Variant, purpose};

/// Links to other lessons in each lesson.
const LINKS: usize = 5;

/// Returns the text of a lesson's file.
pub fn lesson(book: &Book, variant: Variant, key: LessonKey) -> String {
    let random = Random::stream(book.size.seed, book.number(key), purpose::LESSON);
    let mut page = Page::new(book, variant, key, random);
    let mut writer = Lesson {
        page: &mut page,
        links: 0,
        sections: 0,
    };
    writer.write();
    let mut text = front_matter(&page);
    text.push_str(page.out.trim_end());
    text.push('\n');
    text
}

struct Lesson<'p, 'b> {
    page: &'p mut Page<'b>,
    /// Links written so far.
    links: usize,
    /// Sections written so far.
    sections: usize,
}

impl Lesson<'_, '_> {
    fn write(&mut self) {
        let words = self.page.book.size.words;
        self.paragraph();
        if !self.is_short() {
            self.objectives();
        }
        while self.sections == 0 || self.page.words + self.words_to_come() < words {
            self.section();
        }
        self.activity();
        self.question();
        self.page.heading(2, &Part::titled("Before you go on"));
        while self.links < LINKS {
            self.paragraph_around_link();
        }
        self.page.sentences(1);
        self.page.end_paragraph();
        if !self.is_short() {
            self.keypoints();
        }
    }

    /// Returns whether the lesson has no room for everything: it will be of about 300 words at least.
    const fn is_short(&self) -> bool {
        self.page.book.size.words < 450
    }

    /// Returns about how many words the blocks after the sections will take.
    const fn words_to_come(&self) -> usize {
        215 + (LINKS - self.links) * 22
    }

    /// Topics that a block or heading carries: now and then none, often one or two.
    fn topics(&mut self, most: usize) -> Vec<usize> {
        let count = self.page.random.between(0, most);
        let mut topics = Vec::with_capacity(count);
        for _ in 0..count {
            let topic = self
                .page
                .book
                .draw_topic(self.page.key.module, &mut self.page.random);
            if !topics.contains(&topic) {
                topics.push(topic);
            }
        }
        topics
    }

    /// Like `topics`, with those first that have their home here: a home teaches, practises and assesses its topics.
    fn topics_of_home(&mut self) -> Vec<usize> {
        let mut topics: Vec<usize> = self.page.book.topics_at_home(self.page.key).collect();
        topics.extend(
            self.topics(2)
                .into_iter()
                .filter(|topic| !topics.contains(topic))
                .collect::<Vec<_>>(),
        );
        topics
    }

    fn paragraph(&mut self) {
        let count = if self.is_short() {
            1
        } else {
            self.page.random.between(2, 4)
        };
        self.page.sentences(count);
        self.page.end_paragraph();
    }

    fn paragraph_around_link(&mut self) {
        if self.is_short() {
            self.link_sentence();
            self.page.end_paragraph();
            return;
        }
        if self.page.random.chance(40) {
            self.page.sentence();
        }
        self.link_sentence();
        if self.page.random.chance(50) {
            self.page.sentence();
        }
        self.page.end_paragraph();
    }

    /// Writes one of the five links in a sentence of its own.
    fn link_sentence(&mut self) {
        let Page { book, key, .. } = *self.page;
        let size = &book.size;
        let random = &mut self.page.random;
        let neighbour = LessonKey {
            lesson: (key.lesson + 1) % size.lessons,
            ..key
        };
        let in_module = LessonKey {
            lesson: random.below(size.lessons),
            ..key
        };
        let anywhere = LessonKey {
            module: random.below(size.modules),
            lesson: random.below(size.lessons),
        };
        let (before, after) = random.pick(&[
            &("For more on this, read", "before the next call."),
            &("The same steps come back in", "with other figures."),
            &("Compare it with", "and note the differences."),
            &("You have met this in", "already."),
        ]);
        self.page.word(before);
        match self.links {
            0 => self.page.link_to_lesson(neighbour, None),
            1 => self
                .page
                .link_to_lesson(in_module, Some(&book.anchor(in_module, 0))),
            2 => self.page.link_to_lesson(anywhere, None),
            3 => self
                .page
                .link_to_lesson(anywhere, Some(&book.anchor(anywhere, 1))),
            _ => self.page.link_to_module(anywhere.module),
        }
        self.page.word(after);
        self.links += 1;
    }

    fn objectives(&mut self) {
        let topics = self.topics(2);
        self.page.open(
            "objectives",
            &Part {
                topics: &topics,
                ..Part::titled("")
            },
        );
        self.list("- ", 3);
        self.page.close();
    }

    fn section(&mut self) {
        let number = self.sections;
        self.sections += 1;
        let title = self.page.title();
        let anchor = match number {
            0 => Some(self.page.book.anchor(self.page.key, 0)),
            _ => self
                .page
                .random
                .chance(30)
                .then(|| format!("section-{}", number + 1)),
        };
        let topics = if number == 0 {
            self.topics_of_home()
        } else {
            self.topics(1)
        };
        let claim = self
            .page
            .random
            .chance(2)
            .then(|| self.page.random.below(CLAIMS));
        let part = Part {
            title: &title,
            id: anchor.as_deref(),
            topics: &topics,
            claim,
        };
        // Every third section is below the one before it.
        self.page
            .heading(if number % 3 == 2 { 3 } else { 2 }, &part);
        self.paragraph();
        match number % 4 {
            0 => {
                self.topic_paragraph();
                self.list("- ", 4);
                self.example(number);
            }
            1 => self.table(),
            2 => self.signpost_paragraph(),
            _ => self.list("1. ", 3),
        }
        if self.links < LINKS - 1 {
            self.paragraph_around_link();
        }
        if self.page.random.chance(40) {
            self.paragraph();
        }
    }

    fn topic_paragraph(&mut self) {
        let topic = self
            .page
            .book
            .draw_topic(self.page.key.module, &mut self.page.random);
        self.page.word("This belongs to");
        self.page.link_to_topic(topic);
        self.page.word("as much as to the case at hand.");
        self.page.sentences(1);
        self.page.end_paragraph();
    }

    fn signpost_paragraph(&mut self) {
        let (id, name) = SIGNPOSTS[self.page.random.below(SIGNPOSTS.len())];
        self.page.word("If it is safe to do so, offer");
        self.page.link_to_signpost(id, name);
        self.page.word("and say what it costs. The rule itself is on [GOV.UK](https://www.gov.uk/child-maintenance).");
        self.page.sentences(1);
        self.page.end_paragraph();
    }

    fn list(&mut self, marker: &str, items: usize) {
        let items = self.page.random.between(items, items + 2);
        for item in 0..items {
            if item > 0 {
                self.page.end_line();
            }
            self.page.out.push_str(marker);
            let start = self.page.begin();
            self.page.clause();
            self.page.capitalise(start);
        }
        self.page.end_paragraph();
    }

    fn table(&mut self) {
        self.page.word("| What happens | When | What you say |");
        self.page.end_line();
        self.page.out.push_str("| --- | ---: | --- |");
        for _ in 0..self.page.random.between(3, 5) {
            self.page.end_line();
            self.page.out.push('|');
            self.page.thing();
            self.page.out.push_str(" |");
            let (days, pounds) = (
                self.page.random.between(2, 60),
                self.page.random.between(5, 400),
            );
            self.page.word(&if days % 2 == 0 {
                format!("{days} days")
            } else {
                format!("£{pounds}.50")
            });
            self.page.out.push_str(" |");
            self.page.clause();
            self.page.out.push_str(" |");
        }
        self.page.end_paragraph();
    }

    fn example(&mut self, number: usize) {
        let title = self.page.title();
        let anchor = (number == 0).then(|| self.page.book.anchor(self.page.key, 1));
        let topics = self.topics(2);
        let part = Part {
            title: &title,
            id: anchor.as_deref(),
            topics: &topics,
            claim: None,
        };
        self.page.open("example", &part);
        self.page.sentences(2);
        self.page.end_paragraph();
        self.page.close();
    }

    fn activity(&mut self) {
        let title = self.page.title();
        let topics = self.topics_of_home();
        self.page.open(
            "activity",
            &Part {
                id: Some("try-it"),
                topics: &topics,
                ..Part::titled(&title)
            },
        );
        self.page.sentences(2);
        self.page.end_paragraph();
        for kind in ["hint", "solution"] {
            self.page.open(kind, &Part::titled(""));
            self.page.sentences(1);
            self.page.end_paragraph();
            self.page.close();
        }
        self.page.close();
    }

    fn question(&mut self) {
        let title = self.page.title();
        let topics = self.topics_of_home();
        self.page.open(
            "question",
            &Part {
                topics: &topics,
                ..Part::titled(&title)
            },
        );
        self.page.word("What would you do first, and why?");
        self.page.sentences(1);
        self.page.end_paragraph();
        let right = self.page.random.below(3);
        for option in 0..3 {
            self.page
                .out
                .push_str(if option == right { "- [x] " } else { "- [ ] " });
            let start = self.page.begin();
            self.page.clause();
            self.page.capitalise(start);
            self.page.out.push_str("\n\n  ");
            self.page.word(if option == right {
                "Right."
            } else {
                "Not quite."
            });
            self.page.sentence();
            self.page.end_line();
        }
        self.page.out.push('\n');
        self.page.close();
    }

    fn keypoints(&mut self) {
        let topics = self.topics(2);
        self.page.open(
            "keypoints",
            &Part {
                topics: &topics,
                ..Part::titled("")
            },
        );
        self.list("- ", 3);
        self.page.close();
    }
}

fn front_matter(page: &Page<'_>) -> String {
    let Page {
        book, key, variant, ..
    } = *page;
    let mut random = Random::stream(book.size.seed, book.number(key), purpose::FRONT_MATTER);
    let title = book.lesson_title(key);
    let summary = format!(
        "How to go about {} with care, step by step.",
        title.to_lowercase()
    );
    let (minutes, month, day) = (
        random.between(5, 40),
        random.between(1, 10),
        random.between(1, 28),
    );
    let reviewed = format!("2026-{month:02}-{day:02}");
    let owner = format!("{} learning team", book.module_title(key.module));
    let topics: Vec<String> = page
        .topics
        .iter()
        .map(|topic| format!("\"{}\"", book.topics[*topic].name))
        .collect();
    let topics = topics.join(", ");
    let mut text = format!("+++\ntitle = \"{title}\"\n");
    // Writing to a String cannot fail.
    let _ = match variant.format {
        Format::Throughline => {
            let before = LessonKey {
                lesson: key.lesson.saturating_sub(1),
                ..key
            };
            if key.lesson > 0 && random.chance(50) {
                let _ = writeln!(
                    text,
                    "prerequisites = [\"{}.md\"]",
                    book.lesson_stem(before)
                );
            }
            write!(
                text,
                "summary = \"{summary}\"\nminutes = {minutes}\nowner = \"{owner}\"\nlast_reviewed_on = {reviewed}\nreview_in = \"12 months\"\n"
            )
        }
        Format::Zola => {
            let weight = key.lesson + 1;
            let _ = writeln!(
                text,
                "description = \"{summary}\"\nweight = {weight}\nupdated = {reviewed}"
            );
            if variant.taxonomy == Taxonomy::On {
                let _ = writeln!(text, "[taxonomies]\ntopics = [{topics}]");
            }
            writeln!(text, "[extra]\nminutes = {minutes}\nowner = \"{owner}\"")
        }
        Format::Hugo => {
            let weight = key.lesson + 1;
            let _ = writeln!(
                text,
                "description = \"{summary}\"\nweight = {weight}\nlastmod = {reviewed}"
            );
            if variant.taxonomy == Taxonomy::On {
                let _ = writeln!(text, "topics = [{topics}]");
            }
            writeln!(text, "[params]\nminutes = {minutes}\nowner = \"{owner}\"")
        }
    };
    text.push_str("+++\n\n");
    text
}
