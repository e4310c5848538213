//! The command itself: what it asks, what it says, and that nothing else asks anybody.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use jiff::Timestamp;
use throughline::external::cache::Cache;
use throughline::external::{Asker, check};
use throughline::model::Rule;
use throughline::stages::settle;

use super::server::{Lab, Request, Server, answer};
use super::support::{run_on as throughline, text, write};
use super::{curriculum, hurried, surveyed};

#[test]
fn nothing_is_asked_without_being_told_to_and_this_machine_never() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener
        .set_nonblocking(true)
        .expect("it can wait for nobody");
    let url = format!(
        "http://{}/page",
        listener.local_addr().expect("it is bound")
    );
    let folder = curriculum(&format!(
        "The [charter]({url}), ![a picture]({url}.png) and <{url}>.\n"
    ));
    let root = folder.path();
    write(
        root,
        "modules/signposts.toml",
        format!("[[signpost]]\nid = \"a\"\nname = \"A\"\nweb = \"{url}\"\n"),
    );
    write(
        root,
        "config.toml",
        "title = \"T\"\n[checks]\nremote-image = \"off\"\n",
    );
    for (arguments, expected) in [
        (&["check"][..], 0),
        (&["build"], 0),
        (&["build", "--strict"], 0),
        (&["report", "links"], 0),
        (&["report", "signposts"], 0),
        (&["review", "status"], 0),
        (&["check", "--external"], 0),
        (&["check", "--external", "--format", "json"], 0),
    ] {
        let output = throughline(root, arguments);
        let stderr = text(&output.stderr);
        assert_eq!(
            output.status.code(),
            Some(expected),
            "{arguments:?}: {stderr}"
        );
        let accepted: std::io::Result<(TcpStream, _)> = listener.accept();
        assert!(accepted.is_err(), "{arguments:?} asks {url}");
    }
}

#[test]
fn findings_say_where_the_page_is_named_and_what_to_do() {
    let folder = curriculum("See [the intranet](http://127.0.0.1:9/procedures).\n");
    let output = throughline(folder.path(), &["check", "--external"]);
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    for words in [
        "info[external-link-unchecked]: `http://127.0.0.1:9/procedures` could not be checked: it stands on this machine or in a private network, which is never asked",
        "modules/01-calls/01-first.md:4:5",
        "help: say in the text where readers outside that network find it",
    ] {
        assert!(stdout.contains(words), "{words}\n{stdout}");
    }
    for words in [
        "asking for 1 page of 1 other site",
        "pages of other sites: 0 there, 0 not there, 1 could not be checked",
    ] {
        assert!(stderr.contains(words), "{words}\n{stderr}");
    }
    let output = throughline(folder.path(), &["check", "--external"]);
    let stderr = text(&output.stderr);
    assert!(
        stderr.contains("asking no other site; 1 answer known from before"),
        "{stderr}"
    );
    let output = throughline(folder.path(), &["check", "--external", "--quiet"]);
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn a_damaged_cache_is_said_and_made_anew() {
    let folder = curriculum("See [the intranet](http://127.0.0.1:9/).\n");
    let cache = folder.path().join(".throughline-links.json");
    fs::write(&cache, "{ damaged").expect("written");
    let output = throughline(folder.path(), &["check", "--external"]);
    let stderr = text(&output.stderr);
    assert!(
        stderr.contains("warning: ") && stderr.contains("holds no answers of other sites"),
        "{stderr}"
    );
    let text = fs::read_to_string(&cache).expect("it is made anew");
    assert!(text.contains("\"http://127.0.0.1:9/\""), "{text}");
}

fn missing(_: &Request, stream: &mut TcpStream) -> std::io::Result<()> {
    answer(stream, 404, "")
}

#[test]
fn ignores_and_severities_hold_for_other_sites_too() {
    let server = Server::start(missing);
    let folder = curriculum(
        "<!-- throughline-ignore external-link-broken: opens in March -->\nSee [a](http://a.test/a).\n\nSee [b](http://a.test/b).\n\n<!-- throughline-ignore external-link-unchecked: answers people only -->\nNothing.\n\n<!-- throughline-ignore external-link-broken -->\nSee [c](http://a.test/c).\n",
    );
    let root = folder.path();
    let settled = |expected: &[(&str, u32)]| {
        let mut survey = surveyed(root);
        let asker = Asker::new(Arc::new(Lab::of(&server, &["a.test"])), hurried());
        let mut cache = Cache::new(Timestamp::now());
        let found = check(&survey.curriculum, &asker, &mut cache, &|_| {}).findings;
        settle::settle_more(
            found,
            &mut survey.findings,
            &survey.curriculum,
            &survey.setting.config,
        );
        let standing: Vec<(&str, u32)> = survey
            .findings
            .iter()
            .map(|finding| (finding.rule.name(), finding.place.line))
            .collect();
        assert_eq!(standing, expected);
        survey.findings
    };
    settled(&[
        ("external-link-broken", 7),
        ("unused-ignore", 12),
        ("external-link-broken", 13),
    ]);
    write(
        root,
        "config.toml",
        "title = \"T\"\n[checks]\nexternal-link-broken = \"info\"\n",
    );
    let findings = settled(&[
        ("external-link-broken", 7),
        ("unused-ignore", 12),
        ("external-link-broken", 13),
    ]);
    assert_eq!(findings[0].severity.name(), "info");
    write(
        root,
        "config.toml",
        "title = \"T\"\n[checks]\nexternal-link-broken = \"off\"\n",
    );
    settled(&[]);
}

#[test]
fn rules_that_need_the_network_say_so() {
    let rules: Vec<&str> = Rule::ALL
        .iter()
        .filter(|rule| rule.needs_network())
        .map(|rule| rule.name())
        .collect();
    assert_eq!(rules, ["external-link-broken", "external-link-unchecked"]);
    for rule in rules {
        let folder = curriculum("Nothing.\n");
        let output = throughline(folder.path(), &["explain", rule]);
        assert!(text(&output.stdout).contains("check --external"), "{rule}");
    }
}
