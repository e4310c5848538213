//! What moves with a move, what is refused, and what stays as it is.

use super::site::Site;

const FILES: [(&str, &str); 13] = [
    ("config.toml", "title = \"Training\"\n"),
    (
        "modules/topics.toml",
        "# Kept.\n[[topic]]\nid = \"empathy\"\nname = \"Empathy\"\nhome = \"01-calls/01-listening.md\"\n[topic.requires]\nintroduced = [\"calls\", \"money\"] # kept\n[[topic.exempt]]\nmodule = \"money\"\nreason = \"Not yet.\"\n\n[[topic]]\nid = \"plain-words\"\nname = \"Plain words\"\nlink = \"never\"\ndistinctive = false\nhome = \"01-calls/02-plain.md\"\n",
    ),
    (
        "modules/people.toml",
        "[[person]]\nlessons = [\"01-calls/02-plain.md\"]\n",
    ),
    (
        "modules/index.md",
        "+++\ntitle = \"Home\"\n+++\nStart with [calls](01-calls/index.md) or [plain words](@/01-calls/02-plain.md#words).\n",
    ),
    (
        "modules/01-calls/index.md",
        "+++\ntitle = \"Calls\"\n+++\nStart with [plain words](02-plain.md).\n",
    ),
    (
        "modules/01-calls/01-listening.md",
        "+++\ntitle = \"Listening\"\n+++\n## Ears {topics=empathy}\n\nGo to [plain words](02-plain.md \"Words\") or [money][m] or [bills](../02-money/01-bills.md).\n\n[m]: <../02-money/>\n",
    ),
    (
        "modules/01-calls/02-plain.md",
        "\u{feff}+++\r\ntitle = \"Plain\"\r\nprerequisites = [\"01-listening.md\"]\r\n\r\n[extra]\r\nx = 1\r\n+++\r\n## Words {#words topics=plain-words}\r\n\r\n![A line](images/line.svg) and ![a dot](images/dot.svg), back to [listening](01-listening.md).\r\n",
    ),
    (
        "modules/01-calls/03-unit/index.md",
        "+++\ntitle = \"Unit\"\n+++\nSee ![a dot](../images/dot.svg).\n",
    ),
    (
        "modules/01-calls/03-unit/01-inner.md",
        "+++\ntitle = \"Inner\"\n+++\nUp to [plain words](../02-plain.md).\n",
    ),
    (
        "modules/01-calls/images/line.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>Line</title></svg>\n",
    ),
    (
        "modules/01-calls/images/dot.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>Dot</title></svg>\n",
    ),
    (
        "modules/02-money/index.md",
        "+++\ntitle = \"Money\"\n+++\nStart with [bills](01-bills.md).\n",
    ),
    (
        "modules/02-money/01-bills.md",
        "+++\ntitle = \"Bills\"\n+++\nBack to [the inner lesson](../01-calls/03-unit/01-inner.md).\n",
    ),
];

fn site() -> Site {
    let site = Site::of(&FILES);
    let said = site.does(&["check", "-q", "--strict"]);
    assert!(said.out.contains("no findings"), "{}", said.out);
    site
}

fn assert_clean(site: &Site) {
    let said = site.run(&["check", "-q", "--strict"]);
    assert!(said.out.contains("no findings"), "{}", said.out);
}

#[test]
fn a_lesson_takes_along_what_it_alone_shows() {
    let site = site();
    site.does(&[
        "mv",
        "modules/01-calls/02-plain.md",
        "modules/02-money/1-plain words.md",
    ]);
    assert_clean(&site);
    assert_eq!(
        site.text("modules/02-money/01-plain words.md"),
        "\u{feff}+++\r\ntitle = \"Plain\"\r\nprerequisites = [\"../01-calls/01-listening.md\"]\r\naliases = [\"calls/plain.html\"]\r\n\r\n[extra]\r\nx = 1\r\n+++\r\n## Words {#words topics=plain-words}\r\n\r\n![A line](images/line.svg) and ![a dot](../01-calls/images/dot.svg), back to [listening](../01-calls/01-listening.md).\r\n"
    );
    assert_eq!(
        site.text("modules/index.md"),
        "+++\ntitle = \"Home\"\n+++\nStart with [calls](01-calls/index.md) or [plain words](@/02-money/01-plain%20words.md#words).\n"
    );
    assert_eq!(
        site.text("modules/01-calls/01-listening.md"),
        "+++\ntitle = \"Listening\"\n+++\n## Ears {topics=empathy}\n\nGo to [plain words](../02-money/01-plain%20words.md \"Words\") or [money][m] or [bills](../02-money/02-bills.md).\n\n[m]: <../02-money/>\n"
    );
    assert_eq!(
        site.text("modules/01-calls/02-unit/01-inner.md"),
        "+++\ntitle = \"Inner\"\n+++\nUp to [plain words](../../02-money/01-plain%20words.md).\n"
    );
    assert_eq!(
        site.text("modules/people.toml"),
        "[[person]]\nlessons = [\"02-money/01-plain words.md\"]\n"
    );
    let files = site.files("modules");
    for path in ["02-money/images/line.svg", "01-calls/images/dot.svg"] {
        assert!(files.contains_key(path), "{path}: {:?}", files.keys());
    }
}

#[test]
fn translations_stand_beside_their_originals() {
    let site = site();
    for (path, title) in [
        ("modules/01-calls/02-plain.cy.md", "Plaen"),
        ("modules/01-calls/01-listening.cy.md", "Gwrando"),
    ] {
        let text = format!("+++\ntitle = \"{title}\"\n+++\n![A line](images/line.svg)\n");
        site.write(path, &text);
    }
    let names = |folder: &str| -> Vec<String> {
        let files = site.files(folder).into_keys();
        files
            .filter(|name| name.contains(".md") && !name.contains('/'))
            .collect()
    };
    site.does(&[
        "mv",
        "--swap",
        "modules/01-calls/01-listening.md",
        "modules/01-calls/02-plain.md",
    ]);
    let swapped = [
        "01-plain.cy.md",
        "01-plain.md",
        "02-listening.cy.md",
        "02-listening.md",
        "index.md",
    ];
    assert_eq!(names("modules/01-calls"), swapped);
    site.does(&[
        "mv",
        "modules/01-calls/01-plain.md",
        "modules/02-money/01-words.md",
    ]);
    let left = ["01-listening.cy.md", "01-listening.md", "index.md"];
    assert_eq!(
        names("modules/01-calls"),
        left,
        "what follows moves up with its translation"
    );
    let reached = ["01-words.cy.md", "01-words.md", "02-bills.md", "index.md"];
    assert_eq!(names("modules/02-money"), reached);
    site.does(&[
        "mv",
        "modules/01-calls/01-listening.cy.md",
        "modules/01-calls/01-hearing.fr.md",
    ]);
    let apart = ["01-hearing.fr.md", "01-listening.md", "index.md"];
    assert_eq!(
        names("modules/01-calls"),
        apart,
        "a translation may be moved alone"
    );
    site.write(
        "modules/02-money/03-words.cy.md",
        "+++\ntitle = \"Geiriau\"\n+++\n",
    );
    site.write("modules/02-money/notes.md", "+++\ntitle = \"Notes\"\n+++\n");
    site.write(
        "modules/02-money/notes.cy.md",
        "+++\ntitle = \"Nodiadau\"\n+++\n",
    );
    site.write(
        "modules/02-money/papers.cy.md",
        "+++\ntitle = \"Papurau\"\n+++\n",
    );
    site.refuses(
        &[
            "mv",
            "modules/02-money/notes.md",
            "modules/02-money/papers.md",
        ],
        "`modules/02-money/papers.cy.md` stands where it goes to",
    );
}

#[test]
fn a_module_moves_with_all_that_names_it() {
    let site = site();
    site.does(&["mv", "modules/02-money", "modules/1-cash"]);
    assert_clean(&site);
    let topics = site.text("modules/topics.toml");
    for line in [
        "# Kept.",
        "home = \"02-calls/01-listening.md\"",
        "introduced = [\"calls\", \"cash\"] # kept",
        "module = \"cash\"",
    ] {
        assert!(topics.contains(line), "{line}: {topics}");
    }
    let listening = site.text("modules/02-calls/01-listening.md");
    assert!(listening.contains("[m]: <../01-cash/>"), "{listening}");
    let money = site.text("modules/01-cash/index.md");
    assert!(
        money.contains("aliases = [\"money/index.html\", \"money/print.html\"]"),
        "{money}"
    );
}

#[test]
fn only_what_was_published_leaves_an_address_and_the_way_back_leaves_nothing() {
    let site = site();
    site.does(&["build", "-q"]);
    site.write(
        "modules/02-money/03-new.md",
        "+++\ntitle = \"New\"\n+++\nNew: [bills](01-bills.md).\n",
    );
    let before = site.files("modules");
    site.does(&["mv", "modules/02-money", "modules/01-cash"]);
    let bills = site.text("modules/01-cash/01-bills.md");
    assert!(
        bills.contains("aliases = [\"money/bills.html\"]"),
        "{bills}"
    );
    let new = site.text("modules/01-cash/03-new.md");
    assert!(!new.contains("aliases"), "{new}");
    site.does(&["mv", "modules/01-cash", "modules/02-money"]);
    assert!(
        site.files("modules") == before,
        "the way back leaves traces"
    );
}

#[test]
fn a_dry_run_shows_everything_and_changes_nothing() {
    let site = site();
    let before = site.files("");
    let said = site.does(&["mv", "--dry-run", "modules/02-money", "modules/01-money"]);
    assert!(site.files("") == before, "something has changed");
    for line in [
        "rename from modules/02-money\nrename to modules/01-money\n",
        "--- modules/01-calls/01-listening.md\n+++ modules/02-calls/01-listening.md\n",
        "-[m]: <../02-money/>\n+[m]: <../01-money/>\n",
    ] {
        assert!(said.out.contains(line), "{line}: {}", said.out);
    }
}

#[test]
fn what_cannot_be_done_is_refused_with_a_sentence() {
    let site = site();
    for (arguments, sentence) in [
        (
            &["mv", "modules/01-cals", "modules/03-x"][..],
            "there is nothing at `modules/01-cals`\n  help: did you mean `modules/01-calls`?",
        ),
        (
            &[
                "mv",
                "modules/01-calls/01-listening.md",
                "modules/02-money/01-bills.md",
            ],
            "`modules/02-money/01-bills.md` exists already",
        ),
        (&["mv", "modules/01-calls", "../x"], "`../x` stands outside"),
        (
            &["mv", "/etc/passwd", "modules/x.md"],
            "`/etc/passwd` stands outside",
        ),
        (
            &["mv", "modules/01-calls", "modules/01-CALLS"],
            "differ in case or form alone",
        ),
        (
            &[
                "mv",
                "modules/01-calls/01-listening.md",
                "modules/01-calls/index.md",
            ],
            "`index.md` is the page of a folder",
        ),
        (
            &[
                "mv",
                "modules/01-calls/01-listening.md",
                "modules/02-money/02-listening.md",
            ],
            "afterwards there would be findings that are not there now",
        ),
        (
            &[
                "mv",
                "--swap",
                "modules/01-calls",
                "modules/02-money/01-bills.md",
            ],
            "swap two modules, or two lessons or units",
        ),
        (
            &["renumber", "modules/01-calls/01-listening.md"],
            "`modules/01-calls/01-listening.md` is a lesson, and holds nothing to number\n  help: number what stands beside it: `throughline renumber modules/01-calls`",
        ),
        (
            &["mv", "modules/topics.toml", "modules/01-calls/topics.toml"],
            "`modules/topics.toml` is a register, and stays where it is",
        ),
        (
            &["renumber", "modules/nowhere"],
            "there is nothing at `modules/nowhere`",
        ),
        (
            &["rename", "topic", "empaty", "x"],
            "no topic is called `empaty`\n  help: did you mean `empathy`?",
        ),
        (
            &["rename", "topic", "empathy", "plain-words"],
            "the id `plain-words` is another topic's already",
        ),
        (
            &["rename", "topic", "empathy", "Em pathy"],
            "such as `em-pathy`",
        ),
        (&["rename", "thing", "a", "b"], "topic, signpost, claim"),
        (&["new", "module", "Calls", "--at", "1"], "exists already"),
        (&["new", "module", "X", "--at", "0"], "0 is not in 1..=9999"),
    ] {
        site.refuses(arguments, sentence);
    }
}

#[cfg(unix)]
#[test]
fn links_in_the_file_system_are_refused() {
    let site = site();
    let modules = site.root().join("modules");
    std::os::unix::fs::symlink("02-plain.md", modules.join("01-calls/04-link.md")).expect("linked");
    site.refuses(
        &["mv", "modules/01-calls", "modules/03-calls"],
        "04-link.md` is a symbolic link",
    );
    // What only changes its text must not be replaced either.
    site.refuses(
        &[
            "mv",
            "modules/01-calls/01-listening.md",
            "modules/01-calls/01-hearing.md",
        ],
        "04-link.md` is a symbolic link",
    );
}

#[cfg(unix)]
#[test]
fn a_step_that_fails_takes_the_others_back() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    let site = site();
    let money = site.root().join("modules/02-money");
    let before = site.files("");
    set_permissions(&money, Permissions::from_mode(0o555)).expect("set");
    // Nobody is kept from anything who is root.
    let is_kept = std::fs::write(money.join("probe"), "").is_err();
    let said = site.run(&[
        "mv",
        "modules/01-calls/02-plain.md",
        "modules/02-money/01-plain.md",
    ]);
    set_permissions(&money, Permissions::from_mode(0o755)).expect("set");
    if is_kept {
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(said.err.contains("nothing was changed"), "{}", said.err);
        assert!(site.files("") == before, "something has changed");
    }
}

#[test]
fn sign_offs_move_along() {
    let site = site();
    let approve = [
        "review",
        "approve",
        "--reviewer",
        "R",
        "--as-of",
        "2026-11-21",
    ];
    site.does(&[&approve[..], &["modules/01-calls", "modules/02-money"]].concat());
    site.does(&["mv", "modules/02-money", "modules/01-money"]);
    let said = site.does(&["review", "status"]);
    assert!(!said.out.contains("suspect  "), "{}", said.out);
    assert!(
        said.out.contains("7 approved, 0 suspect, 1 unreviewed"),
        "{}",
        said.out
    );
    let register = site.text("modules/reviews.toml");
    assert!(
        register.contains("path = \"01-money/01-bills.md\""),
        "{register}"
    );
}

#[test]
fn room_is_made_for_a_lesson_and_numbers_close_ranks() {
    let site = site();
    site.does(&["new", "lesson", "calls", "Silence", "--at", "2"]);
    assert_clean(&site);
    let files = site.files("modules/01-calls");
    for path in ["02-silence.md", "03-plain.md", "04-unit/01-inner.md"] {
        assert!(files.contains_key(path), "{path}: {:?}", files.keys());
    }
    std::fs::remove_file(site.root().join("modules/01-calls/02-silence.md")).expect("removed");
    site.does(&["renumber", "modules/01-calls"]);
    assert_clean(&site);
    let said = site.does(&["renumber"]);
    assert!(
        said.err.contains("numbered without gaps already"),
        "{}",
        said.err
    );
    assert!(site.files("modules/01-calls").contains_key("02-plain.md"));
}

#[test]
fn a_topic_is_made_of_its_name() {
    let site = site();
    site.does(&["new", "topic", "Double booking"]);
    let topics = site.text("modules/topics.toml");
    assert!(
        topics.contains("id = \"double-booking\"\nname = \"Double booking\"\n"),
        "{topics}"
    );
    site.does(&["new", "topic", "plain-speech"]);
    let topics = site.text("modules/topics.toml");
    assert!(topics.contains("name = \"Plain speech\""), "{topics}");
    site.refuses(&["new", "topic", "?!"], "no id can be made of `?!`");
}

#[test]
fn known_findings_stay_known() {
    let site = site();
    let text = "+++\ntitle = \"Bad\"\n+++\n[bills](01-bils.md), [calls](../01-calls/gone.md)\n";
    site.write("modules/02-money/02-bad.md", text);
    site.does(&["check", "-q", "--write-baseline", "known.json"]);
    site.does(&[
        "mv",
        "--baseline",
        "known.json",
        "modules/02-money/02-bad.md",
        "modules/01-calls/01-bad.md",
    ]);
    let bad = site.text("modules/01-calls/01-bad.md");
    assert!(
        bad.contains("[bills](../02-money/01-bils.md), [calls](gone.md)"),
        "{bad}"
    );
    let said = site.does(&["check", "-q", "--strict", "--baseline", "known.json"]);
    assert!(said.out.contains("no findings"), "{}", said.out);
    let known = site.text("known.json");
    assert!(!known.contains("02-money/02-bad.md"), "{known}");
}

#[test]
fn what_gets_another_id_keeps_the_former_one() {
    let site = site();
    site.write(
        "modules/signposts.toml",
        "[[signpost]]\nid = \"line\"\nname = \"The line\"\nowner = \"R\"\nphone = \"116 123\"\npermanent = \"a sample\"\n",
    );
    site.write(
        "modules/commitments.toml",
        "[[commitment]]\nid = \"A\"\n[[commitment.claim]]\nid = \"A1\"\ntext = \"Empathy is taught.\"\n",
    );
    let inner = "modules/01-calls/03-unit/01-inner.md";
    let text = "+++\ntitle = \"Inner\"\n+++\n## Try {claims=A1 topics=empathy}\n\nUp to [plain words](../02-plain.md), [[empathy]] and [[signpost:line]].\n\n::: signposts {ids=line}\n:::\n";
    site.write(inner, text);
    assert_clean(&site);
    site.does(&["build", "-q"]);
    for (what, from, to) in [
        ("topic", "empathy", "fellow-feeling"),
        ("signpost", "line", "helpline"),
        ("claim", "A1", "A9"),
    ] {
        site.does(&["rename", what, from, to]);
        assert_clean(&site);
    }
    let expected = text
        .replace("empathy", "fellow-feeling")
        .replace("signpost:line", "signpost:helpline")
        .replace("ids=line", "ids=helpline")
        .replace("A1", "A9");
    assert_eq!(site.text(inner), expected);
    for (register, line) in [
        ("topics", "former_ids = [\"empathy\"]"),
        ("signposts", "former_ids = [\"line\"]"),
        ("commitments", "former_ids = [\"A1\"]"),
    ] {
        let text = site.text(&format!("modules/{register}.toml"));
        assert!(text.contains(line), "{line}: {text}");
    }
    site.does(&["build", "-q"]);
    let old = site.text("public/topics/empathy.html");
    assert!(old.contains("fellow-feeling.html"), "{old}");
    let directory = site.text("public/signposts.html");
    assert!(
        directory.contains("id=\"line\""),
        "the old anchor: {directory}"
    );
}

#[test]
fn a_folder_that_gives_an_order_keeps_it() {
    let site = Site::of(&[
        ("config.toml", "title = \"Training\"\n"),
        (
            "modules/README.md",
            "+++\ntitle = \"Home\"\norder = [\"money/\", \"calls/\"] # kept\n+++\nStart with [money](money/) and [calls](calls/).\n",
        ),
        (
            "modules/calls/README.md",
            "+++\ntitle = \"Calls\"\norder = [\n  \"listening.md\", # first\n  \"ending.md\",\n  \"asking.md\",\n]\n+++\nStart with [listening](listening.md), [asking](asking.md), [ending](ending.md).\n",
        ),
        (
            "modules/calls/asking.md",
            "+++\ntitle = \"Asking\"\n+++\nBack to [the calls](README.md).\n",
        ),
        (
            "modules/calls/ending.md",
            "+++\ntitle = \"Ending\"\n+++\nTwo.\n",
        ),
        (
            "modules/calls/listening.md",
            "+++\ntitle = \"Listening\"\n+++\nThree.\n",
        ),
        (
            "modules/money/index.md",
            "+++\ntitle = \"Money\"\norder = [\"paying.md\"]\n+++\nGo to [paying](paying.md).\n",
        ),
        (
            "modules/money/paying.md",
            "+++\ntitle = \"Paying\"\n+++\nFour. See [calls](../calls/).\n",
        ),
    ]);
    assert_clean(&site);
    site.does(&["build", "-q"]);
    let text = |path: &str| site.text(path).replace('\n', " ");
    let home = text("public/index.html");
    let at = |words: &str| {
        home.find(words)
            .unwrap_or_else(|| panic!("{words}: {home}"))
    };
    assert!(at("money/index.html") < at("calls/index.html"), "{home}");
    let listening = text("public/calls/listening.html");
    assert!(
        listening.contains("ending.html"),
        "what comes next: {listening}"
    );
    assert!(!site.files("public").contains_key("calls/readme.html"));

    site.does(&["mv", "modules/calls/ending.md", "modules/calls/goodbye.md"]);
    assert_clean(&site);
    let calls = site.text("modules/calls/README.md");
    assert!(
        calls.contains(
            "order = [\n  \"listening.md\", # first\n  \"goodbye.md\",\n  \"asking.md\",\n]"
        ),
        "{calls}"
    );
    site.does(&["mv", "modules/calls/asking.md", "modules/money/"]);
    assert_clean(&site);
    let calls = site.text("modules/calls/README.md");
    assert!(
        calls.contains("order = [\"listening.md\", \"goodbye.md\"]"),
        "{calls}"
    );
    let money = site.text("modules/money/index.md");
    assert!(
        money.contains("order = [\"paying.md\", \"asking.md\"]"),
        "{money}"
    );
    site.does(&["mv", "modules/money", "modules/income"]);
    assert_clean(&site);
    let home = site.text("modules/README.md");
    assert!(
        home.contains("order = [\"income/\", \"calls/\"] # kept"),
        "{home}"
    );
    let said = site.run(&["check", "--format", "json"]);
    assert!(!said.out.contains("not-in-order"), "{}", said.out);
    site.refuses(
        &["mv", "modules/calls/README.md", "modules/calls/x.md"],
        "folder",
    );
}

/// Two modules with lists: one of names without numbers, one whose order is not that of its numbers.
fn listed() -> Site {
    let site = Site::of(&[
        ("config.toml", "title = \"Training\"\n"),
        (
            "modules/index.md",
            "+++\ntitle = \"Home\"\norder = [\"02-money/\", \"01-calls/\"]\n+++\nStart with [calls](01-calls/) or [money](02-money/).\n",
        ),
        (
            "modules/01-calls/index.md",
            "+++\ntitle = \"Calls\"\norder = [\n  \"c.md\", # first\n  \"a.md\",\n  \"unit/\",\n  \"b.md\",\n]\n+++\nSee [a](a.md), [b](b.md), [c](c.md) and [the unit](unit/).\n",
        ),
        (
            "modules/02-money/index.md",
            "+++\ntitle = \"Money\"\norder = [\"02-e.md\", \"01-d.md\"]\n+++\nSee [d](01-d.md) and [e](02-e.md).\n",
        ),
        (
            "modules/01-calls/unit/index.md",
            "+++\ntitle = \"Unit\"\n+++\nSee [f](f.md).\n",
        ),
    ]);
    for (path, title) in [
        ("01-calls/a.md", "A"),
        ("01-calls/b.md", "B"),
        ("01-calls/c.md", "C"),
        ("01-calls/unit/f.md", "F"),
        ("02-money/01-d.md", "D"),
        ("02-money/02-e.md", "E"),
    ] {
        let text = format!("+++\ntitle = \"{title}\"\n+++\nWords of {title}.\n");
        site.write(&format!("modules/{path}"), &text);
    }
    assert_clean(&site);
    // What was published is known from now on.
    site.does(&["build", "-q", "--no-reports"]);
    site
}

/// Returns the orders of the home page and of both modules, on a line each.
fn orders(site: &Site) -> [String; 3] {
    let files = site.files("modules");
    let find = |end: &str| {
        let mut paths = files.keys();
        let found = paths.find(|path| path.ends_with(end));
        found.expect("it is there").clone()
    };
    [
        "index.md".to_owned(),
        find("-calls/index.md"),
        find("-money/index.md"),
    ]
    .map(|path| {
        let text = site.text(&format!("modules/{path}"));
        let list = text.split_once("order = [").expect("it has one").1;
        let list = list.split_once(']').expect("it ends").0;
        let names = list.split('"').skip(1).step_by(2);
        names.collect::<Vec<_>>().join(" ")
    })
}

#[test]
fn what_changes_places_does_so_in_the_lists_too() {
    for (one, other, [home, calls, money]) in [
        (
            "01-calls/c.md",
            "01-calls/b.md",
            [
                "02-money/ 01-calls/",
                "b.md a.md unit/ c.md",
                "02-e.md 01-d.md",
            ],
        ),
        (
            "01-calls/unit",
            "01-calls/c.md",
            [
                "02-money/ 01-calls/",
                "unit/ a.md c.md b.md",
                "02-e.md 01-d.md",
            ],
        ),
        (
            "02-money/01-d.md",
            "02-money/02-e.md",
            [
                "02-money/ 01-calls/",
                "c.md a.md unit/ b.md",
                "02-d.md 01-e.md",
            ],
        ),
        (
            "01-calls/a.md",
            "02-money/02-e.md",
            [
                "02-money/ 01-calls/",
                "c.md e.md unit/ b.md",
                "02-a.md 01-d.md",
            ],
        ),
        (
            "01-calls",
            "02-money",
            [
                "02-calls/ 01-money/",
                "c.md a.md unit/ b.md",
                "02-e.md 01-d.md",
            ],
        ),
    ] {
        let site = listed();
        let before = site.files("modules");
        let path = |path: &str| format!("modules/{path}");
        site.does(&["mv", "--swap", &path(one), &path(other)]);
        assert_clean(&site);
        assert_eq!(orders(&site), [home, calls, money], "{one} and {other}");
        let names = site.files("modules").into_keys();
        let names: Vec<String> = names.collect();
        let back = |path: &str| {
            let slug = path.rsplit('/').next().expect("a name");
            let slug = slug.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
            let found = names.iter().find(|name| {
                let name = name.trim_end_matches('/').rsplit('/').next();
                name.is_some_and(|name| {
                    name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-') == slug
                })
            });
            format!(
                "modules/{}",
                found.expect("it is there").trim_end_matches('/')
            )
        };
        site.does(&["mv", "--swap", &back(one), &back(other)]);
        assert!(
            site.files("modules") == before,
            "{one} and {other} are where they were"
        );
    }
}

#[test]
fn a_number_is_a_place_in_a_list_too() {
    for (arguments, [home, calls, money]) in [
        (
            &["mv", "modules/01-calls/b.md", "modules/01-calls/02-b.md"][..],
            [
                "02-money/ 01-calls/",
                "c.md 02-b.md a.md unit/",
                "02-e.md 01-d.md",
            ],
        ),
        (
            &["mv", "modules/01-calls/a.md", "modules/02-money/01-a.md"],
            [
                "02-money/ 01-calls/",
                "c.md unit/ b.md",
                "01-a.md 03-e.md 02-d.md",
            ],
        ),
        (
            &["mv", "modules/02-money/01-d.md", "modules/01-calls/09-d.md"],
            [
                "02-money/ 01-calls/",
                "c.md a.md unit/ b.md 09-d.md",
                "01-e.md",
            ],
        ),
        (
            &["mv", "modules/01-calls/a.md", "modules/02-money/"],
            [
                "02-money/ 01-calls/",
                "c.md unit/ b.md",
                "02-e.md 01-d.md a.md",
            ],
        ),
        (
            &["mv", "modules/01-calls", "modules/02-calls"],
            [
                "01-money/ 02-calls/",
                "c.md a.md unit/ b.md",
                "02-e.md 01-d.md",
            ],
        ),
        (
            &["new", "module", "Help", "--at", "1"],
            [
                "01-help/ 03-money/ 02-calls/",
                "c.md a.md unit/ b.md",
                "02-e.md 01-d.md",
            ],
        ),
        (
            &["new", "lesson", "calls", "Help", "--at", "2"],
            [
                "02-money/ 01-calls/",
                "c.md 02-help.md a.md unit/ b.md",
                "02-e.md 01-d.md",
            ],
        ),
    ] {
        let site = listed();
        site.does(arguments);
        assert_eq!(orders(&site), [home, calls, money], "{arguments:?}");
        let said = site.run(&["check", "-q"]);
        assert!(!said.out.contains("order"), "{arguments:?}: {}", said.out);
    }
}
