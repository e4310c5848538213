//! Writes a lesson: an introduction, objectives, sections with lists and tables, and teaching blocks.
//!
//! In: which lesson. Out: its file's text, of about as many words as were asked for, with five links to other lessons.

use super::front_matter::front_matter;
use super::names::{Book, LessonKey};
use super::page::{Page, Part};
use super::random::Random;
use super::registers::{CLAIMS, SIGNPOSTS};
use super::{Variant, purpose};

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
        introduced: Vec::new(),
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
    /// Topics introduced so far: only these are practised and assessed.
    introduced: Vec<usize>,
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

    /// Draws topics for a heading or block that introduces them: now and then none, often one or two.
    fn introduce(&mut self, most: usize) -> Vec<usize> {
        let mut topics = Vec::with_capacity(most);
        if self.introduced.is_empty() {
            // A lesson introduces the topics whose home it is before everything else.
            topics.extend(self.page.book.topics_at_home(self.page.key));
        }
        for _ in 0..self.page.random.between(0, most) {
            let topic = self
                .page
                .book
                .draw_topic(self.page.key.module, &mut self.page.random);
            if !topics.contains(&topic) {
                topics.push(topic);
            }
        }
        self.introduced.extend(&topics);
        topics
    }

    /// Draws topics for a block that practises or assesses them: those whose home is here, and some others that were introduced.
    fn apply(&mut self) -> Vec<usize> {
        let mut topics: Vec<usize> = self.page.book.topics_at_home(self.page.key).collect();
        for _ in 0..self.page.random.between(0, 2) {
            let chosen = self.page.random.below(self.introduced.len().max(1));
            if let Some(topic) = self.introduced.get(chosen).copied()
                && !topics.contains(&topic)
            {
                topics.push(topic);
            }
        }
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
        let topics = self.introduce(2);
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
        let topics = self.introduce(if number == 0 { 2 } else { 1 });
        let claim = self.page.random.below(CLAIMS);
        let is_evidence = self.page.random.chance(2);
        let part = Part {
            title: &title,
            id: anchor.as_deref(),
            topics: &topics,
            claims: if is_evidence { claim..claim + 1 } else { 0..0 },
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
        let topics = self.introduce(2);
        let part = Part {
            title: &title,
            id: anchor.as_deref(),
            topics: &topics,
            claims: 0..0,
        };
        self.page.open("example", &part);
        self.page.sentences(2);
        self.page.end_paragraph();
        self.page.close();
    }

    fn activity(&mut self) {
        let title = self.page.title();
        let topics = self.apply();
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
        let topics = self.apply();
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
        let topics = self.introduce(2);
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
