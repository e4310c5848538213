//! This repository's own curriculum is put in another order: one command each, no finding, and every old address leads on.

use std::collections::BTreeSet;

use super::site::Site;

const DAY: &str = "2026-11-28";

/// Builds a copy of the curriculum, changes it, and builds it again.
struct Changed {
    site: Site,
    before: BTreeSet<String>,
}

impl Changed {
    fn by(arguments: &[&str]) -> Self {
        let site = Site::of_this_repository();
        let build = ["build", "-q", "--no-reports", "--as-of", DAY];
        site.does(&build);
        let pages = |site: &Site| -> BTreeSet<String> {
            let files = site.files("public").into_keys();
            files.filter(|path| path.ends_with(".html")).collect()
        };
        let before = pages(&site);
        site.does(&[arguments, &["--as-of", DAY]].concat());
        let said = site.run(&["check", "-q", "--strict", "--as-of", DAY]);
        assert_eq!(said.code, Some(0), "{}", said.out);
        assert!(said.out.contains("no findings"), "{}", said.out);
        site.does(&build);
        let after = pages(&site);
        let dead: Vec<&String> = before.difference(&after).collect();
        assert!(dead.is_empty(), "dead addresses: {dead:?}");
        Self { site, before }
    }

    fn redirects(&self, from: &str, to: &str) {
        assert!(self.before.contains(from), "{from}");
        let page = self.site.text(&format!("public/{from}"));
        assert!(
            page.contains("http-equiv=\"refresh\""),
            "{from} is no redirect"
        );
        assert!(page.contains(to), "{from} does not lead to {to}");
    }
}

#[test]
fn a_module_comes_in_at_the_third_place() {
    let site = Site::of_this_repository();
    site.does(&["new", "module", "Extra things", "--at", "3"]);
    let said = site.does(&["check", "-q", "--strict", "--as-of", DAY]);
    assert!(said.out.contains("no findings"), "{}", said.out);
    let extra = site.text("modules/03-extra-things/index.md");
    assert!(extra.contains("draft = true"), "{extra}");
    let moved = site.text("modules/04-debt-negotiation/index.md");
    assert!(moved.contains("title = "), "{moved}");
    site.does(&["mv", "modules/03-extra-things", "modules/01-extra-things"]);
    let said = site.does(&["check", "-q", "--strict", "--as-of", DAY]);
    assert!(said.out.contains("no findings"), "{}", said.out);
}

#[test]
fn two_lessons_change_places() {
    let changed = Changed::by(&[
        "mv",
        "--swap",
        "modules/02-income/02-historic-current-tolerance.md",
        "modules/02-income/04-sensitive-conversation.md",
    ]);
    let files = changed.site.files("modules/02-income");
    assert!(files.contains_key("04-historic-current-tolerance.md"));
    assert!(files.contains_key("02-sensitive-conversation.md"));
}

#[test]
fn a_lesson_goes_to_another_module() {
    let changed = Changed::by(&[
        "mv",
        "modules/01-telephony/04-empathy.md",
        "modules/07-vulnerable-customers/02-empathy.md",
    ]);
    changed.redirects(
        "telephony/empathy.html",
        "vulnerable-customers/empathy.html",
    );
    let files = changed.site.files("modules/01-telephony");
    assert!(files.contains_key("05-practice.md"), "the gap is closed");
}

#[test]
fn a_module_gets_another_name() {
    let changed = Changed::by(&["mv", "modules/02-income", "modules/02-earnings"]);
    changed.redirects("income/index.html", "earnings/index.html");
    changed.redirects("income/print.html", "earnings/index.html");
    changed.redirects("income/practice.html", "earnings/practice.html");
    let topics = changed.site.text("modules/topics.toml");
    assert!(topics.contains("home = \"02-earnings/"), "homes follow");
    assert!(!topics.contains("\"income\""), "requirements follow");
}
