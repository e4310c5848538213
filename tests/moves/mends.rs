//! `throughline check --fix`: what is mended, what is left, and that the findings say the same beforehand.

use serde_json::Value;

use super::site::Site;

const FILES: [(&str, &str); 9] = [
    ("config.toml", "title = \"Training\"\n"),
    (
        "modules/topics.toml",
        "[[topic]]\nid = \"empathy\"\nname = \"Empathy\"\ndefiniton = \"To feel with.\"\nhome = \"01-calls/01-listning.md\"\n",
    ),
    (
        "modules/index.md",
        "+++\ntitle = \"Home\"\n+++\nStart with [calls](01-calls/index.md).\n",
    ),
    (
        "modules/01-calls/index.md",
        "+++\ntitle = \"Calls\"\n+++\nGo to [listening](01-listening.md) and [ends](02-ends.md).\n",
    ),
    (
        "modules/01-calls/01-listening.md",
        "+++\ntitle = \"Listening\"\nsumary = \"Ears.\"\n+++\n## Ears {topics=empaty}\n\nBack to [the ends](02-Ends.md) or [é](02-ends.md#a-good-ende), [x](/01-calls/02-ends.md), [a site](www.example.org/a) and [[empthy]].\n",
    ),
    (
        "modules/01-calls/02-ends.md",
        "\u{feff}+++\r\ntitle = \"Ends\"\r\nprerequisites = [\"01-listeming.md\"]\r\n+++\r\n## A good end\r\n\r\n• one\r\n• two\r\n\r\nSee [listening] (01-listening.md) and [a guide](my guide.md).\r\n\r\n## Step 1\r\n\r\nAs in [the second step](#step-2) and [ears](01-listening.md#erz).\r\n",
    ),
    (
        "modules/01-calls/my guide.md",
        "+++\ntitle = \"Guide\"\n+++\nSee [a case](cafe.md) and [nothing] (nowhere-at-all.md).\n",
    ),
    (
        "modules/01-calls/case.md",
        "+++\ntitle = \"Case\"\n+++\nOne.\n",
    ),
    (
        "modules/01-calls/cane.md",
        "+++\ntitle = \"Cane\"\n+++\nTwo.\n",
    ),
];

#[test]
fn what_can_only_be_meant_one_way_is_mended() {
    let site = Site::of(&FILES);
    let before = site.files("modules");
    let shown = site.run(&["check", "-q", "--fix", "--dry-run"]);
    assert_eq!(site.files("modules"), before, "a dry run changes nothing");
    assert!(
        shown.out.contains("+definition = \"To feel with.\""),
        "{}",
        shown.out
    );
    let said = site.run(&["check", "--fix"]);
    assert_eq!(
        site.text("modules/topics.toml"),
        "[[topic]]\nid = \"empathy\"\nname = \"Empathy\"\ndefinition = \"To feel with.\"\nhome = \"01-calls/01-listening.md\"\n"
    );
    assert_eq!(
        site.text("modules/01-calls/01-listening.md"),
        "+++\ntitle = \"Listening\"\nsummary = \"Ears.\"\n+++\n## Ears {topics=empathy}\n\nBack to [the ends](02-ends.md) or [é](02-ends.md#a-good-end), [x](@/01-calls/02-ends.md), [a site](https://www.example.org/a) and [[empathy]].\n"
    );
    assert_eq!(
        site.text("modules/01-calls/02-ends.md"),
        "\u{feff}+++\r\ntitle = \"Ends\"\r\nprerequisites = [\"01-listening.md\"]\r\n+++\r\n## A good end\r\n\r\n- one\r\n- two\r\n\r\nSee [listening](01-listening.md) and [a guide](<my guide.md>).\r\n\r\n## Step 1\r\n\r\nAs in [the second step](#step-2) and [ears](01-listening.md#erz).\r\n"
    );
    let guide = site.text("modules/01-calls/my guide.md");
    assert!(guide.contains("[a case](cafe.md)"), "case or cane: {guide}");
    assert!(guide.contains("[nothing] (nowhere-at-all.md)"), "{guide}");
    for words in [
        "modules/01-calls/01-listening.md:5: `empaty` becomes `empathy`",
        "left as it is, since another finding would come of it: modules/01-calls/my guide.md:4:",
    ] {
        assert!(said.err.contains(words), "{words}: {}", said.err);
    }
    assert_eq!(said.code, Some(1), "what is left is shown: {}", said.out);
    assert!(said.out.contains("`#step-2`"), "{}", said.out);
}

/// A folder is one name to mistake for another, however many lessons it holds.
#[test]
fn a_folder_in_an_order_is_mended() {
    let calls = "modules/calls/README.md";
    let site = Site::of(&[
        ("config.toml", "title = \"Training\"\n"),
        (
            calls,
            "+++\ntitle = \"Calls\"\norder = [\"mony/\", \"listening.md\"]\n+++\nGo to [listening](listening.md).\n",
        ),
        (
            "modules/calls/listening.md",
            "+++\ntitle = \"Listening\"\n+++\nOne.\n",
        ),
        (
            "modules/calls/money/owing.md",
            "+++\ntitle = \"Owing\"\n+++\nTwo.\n",
        ),
        (
            "modules/calls/money/paying.md",
            "+++\ntitle = \"Paying\"\n+++\nThree.\n",
        ),
    ]);
    site.run(&["check", "--fix"]);
    assert_eq!(
        site.text(calls),
        "+++\ntitle = \"Calls\"\norder = [\"money\", \"listening.md\"]\n+++\nGo to [listening](listening.md).\n"
    );
}

#[test]
fn findings_say_in_bytes_what_mends_them() {
    let site = Site::of(&FILES);
    let said = site.run(&["check", "--format", "json"]);
    let report: Value = serde_json::from_str(&said.out).expect("it is JSON");
    let findings = report["findings"].as_array().expect("it has findings");
    let (mut some, mut none) = (0, 0);
    for finding in findings {
        let fix = finding.get("fix").expect("every finding has the key");
        if fix.is_null() {
            none += 1;
            continue;
        }
        some += 1;
        assert_eq!(fix["file"], finding["file"]);
        let text = site.text(fix["file"].as_str().expect("a path"));
        let text = text.trim_start_matches('\u{feff}');
        let at = |key: &str| fix[key].as_u64().expect("an offset") as usize;
        let former = &text[at("start")..at("end")];
        let new = fix["text"].as_str().expect("a text");
        assert_ne!(former, new, "{finding}");
    }
    assert!(some > 10 && none > 1, "{some} and {none}: {}", said.out);
}

#[test]
fn pages_that_stood_as_approved_still_do() {
    let site = Site::of(&FILES);
    let lesson = "modules/01-calls/03-links.md";
    let text = "+++\ntitle = \"Links\"\n+++\n## Ears {topics=empaty}\n\nBack to [listening](01-listenning.md).\n";
    site.write(lesson, text);
    site.run(&[
        "review",
        "approve",
        lesson,
        "--by",
        "R. Reviewer",
        "--as-of",
        "2026-11-01",
    ]);
    let before = site.text("modules/reviews.toml");
    assert!(before.contains("R. Reviewer"), "{before}");
    site.run(&["check", "--fix"]);
    assert_ne!(site.text("modules/reviews.toml"), before, "issued anew");
    let status = site.run(&["review", "status", "--format", "json"]);
    let pages: Value = serde_json::from_str(&status.out).expect("it is JSON");
    let page = pages["reviews"].as_array().into_iter().flatten();
    let page: Vec<&Value> = page.filter(|page| page["file"] == lesson).collect();
    assert_eq!(page.len(), 1, "{}", status.out);
    assert_eq!(page[0]["state"], "approved", "{}", status.out);
}

#[test]
fn a_mend_keeps_what_is_no_slip() {
    let site = Site::of(&FILES);
    let lesson = "modules/01-calls/03-slips.md";
    let page = |body: &str| format!("+++\ntitle = \"Slips\"\n+++\n{body}");
    let body = "See [a](@/01-calls/02-endz.md#a-good-end), [b](https:/example.org/a?b=1&c=2), [c](http:/example.org), [d](www.example.org/?a=1&b=2), [e] and ![A face](@/01-calls/fase.png).\n\n[e]: https:/example.org/e\n\n::: activty [Try]\nOne.\n:::\n";
    site.write(lesson, &page(body));
    site.write("modules/01-calls/face.png", "");
    let signposts = "[[signpost]]\nid = \"line\"\nname = \"Line\"\nowner = \"R\"\nverified_on = 2026-11-01\nweb = \"https:/example.org/\"\n";
    site.write("modules/signposts.toml", signposts);
    let said = site.run(&["check", "--fix"]);
    let mended = "See [a](@/01-calls/02-ends.md#a-good-end), [b](https://example.org/a?b=1&c=2), [c](http://example.org), [d](https://www.example.org/?a=1&b=2), [e] and ![A face](@/01-calls/face.png).\n\n[e]: https://example.org/e\n\n::: activity [Try]\nOne.\n:::\n";
    assert_eq!(site.text(lesson), page(mended), "{}", said.err);
    let mended = signposts.replace("https:/e", "https://e");
    assert_eq!(site.text("modules/signposts.toml"), mended);
}
