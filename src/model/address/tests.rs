//! What passes the gate, and what does not.

use super::*;

/// Addresses that nothing of ours may lead to, wherever they are written.
const BAD: [&str; 22] = [
    "javascript:alert(1)",
    " javascript:1",
    "JavaScript:1",
    "java\tscript:1",
    "java\nscript:1",
    "\u{1}javascript:1",
    "vbscript:x",
    "data:text/html,<script>1</script>",
    "file:///etc/passwd",
    "blob:https://example.org/x",
    "ftp://example.org/",
    "//host/share",
    "\\\\host\\share",
    "/x",
    "../x",
    "x",
    "",
    "https:",
    "https:///",
    "https:\\\\example.org",
    "ht\ttps://example.org",
    "https://exa\u{202e}mple.org",
];

#[test]
fn what_runs_opens_or_leads_nowhere_passes_no_gate() {
    for bad in BAD {
        for (gate, passed) in [
            ("elsewhere", Address::elsewhere(bad).ok()),
            ("web", Address::web(bad).ok()),
            ("mailbox", Address::mailbox(bad).ok()),
            ("telephone", Address::telephone(bad)),
            ("source", Address::source(bad).ok().flatten()),
            ("top", Address::top(bad).ok()),
        ] {
            assert_eq!(passed, None, "{bad:?} passes `{gate}`");
        }
    }
}

#[test]
fn addresses_of_other_sites_stay_as_they_are_written() {
    for good in [
        "https://www.bbc.co.uk/weather",
        "HTTP://Example.org:8080/a?b=c&d#e",
        "https://tŷ.example/ŵ",
        "https://[2001:db8::1]/",
        "mailto:a@example.org?subject=x",
        "tel:+441234567890",
    ] {
        let found = Address::elsewhere(good).map(|address| address.0);
        assert_eq!(found.as_deref(), Ok(good));
    }
    let spaced = Address::elsewhere(" https://a.org/b c ").map(|address| address.0);
    assert_eq!(spaced.as_deref(), Ok("https://a.org/b%20c"));
}

#[test]
fn a_web_address_may_begin_with_its_host() {
    for (written, expected) in [
        ("www.example.org", Ok("https://www.example.org")),
        (" example.org/a?b#c ", Ok("https://example.org/a?b#c")),
        ("example.org:8080/a", Ok("https://example.org:8080/a")),
        ("http://example.org", Ok("http://example.org")),
        ("https:/example.org", Err(Fault::Damaged)),
        ("mailto:a@b.org", Err(Fault::NoPage("mailto".into()))),
        ("tel:123", Err(Fault::NoPage("tel".into()))),
        ("none", Err(Fault::NoScheme)),
        ("see example.org", Err(Fault::NoScheme)),
        ("//example.org", Err(Fault::NoScheme)),
        ("example.org, or ring", Err(Fault::NoScheme)),
    ] {
        let found = Address::web(written).map(|address| address.0);
        assert_eq!(found, expected.map(ToOwned::to_owned), "{written}");
    }
}

#[test]
fn a_mailbox_is_one_and_nothing_more() {
    let found = Address::mailbox("help@example.org").map(|address| address.0);
    assert_eq!(found.as_deref(), Ok("mailto:help@example.org"));
    for bad in [
        "help",
        "help@",
        "@example.org",
        "help@example",
        "help@example.org?bcc=all@example.org",
        "a@b.org,c@d.org",
        "a@b.org c@d.org",
        "a@b@c.org",
        "mailto:a@b.org",
        "a%0d@b.org",
    ] {
        assert_eq!(Address::mailbox(bad), Err(Fault::Mailbox), "{bad}");
    }
}

#[test]
fn what_may_be_a_mailbox_or_a_form_says_so_where_it_is_neither() {
    for (written, expected) in [
        ("help@example.org", Ok("mailto:help@example.org")),
        ("example.org/form", Ok("https://example.org/form")),
        ("https://example.org/a@b", Ok("https://example.org/a@b")),
        ("nope", Err(Fault::NeitherMailboxNorWeb)),
        ("mailto:", Err(Fault::NeitherMailboxNorWeb)),
        ("help@", Err(Fault::Mailbox)),
        ("mailto:help@example.org", Err(Fault::Mailbox)),
    ] {
        let found = Address::mailbox_or_web(written);
        let found = found.as_ref().map(Address::as_str).map_err(Clone::clone);
        assert_eq!(found, expected, "{written}");
    }
    let help = Fault::NeitherMailboxNorWeb.help("nope");
    assert!(
        help.contains("help@example.org") && help.contains("https://"),
        "{help}"
    );
}

#[test]
fn numbers_ring_and_words_do_not() {
    for (written, expected) in [
        ("116 123", Some("tel:116123")),
        ("+44 (0)20-79", Some("tel:+4402079")),
        ("0800 123 (option 2)", None),
        ("12", None),
    ] {
        let found = Address::telephone(written).map(|address| address.0);
        assert_eq!(found.as_deref(), expected, "{written}");
    }
}

#[test]
fn sources_are_text_unless_they_have_the_form_of_an_address() {
    for (written, expected) in [
        ("https://example.org/a", Ok(Some("https://example.org/a"))),
        ("Charter, 2024", Ok(None)),
        ("Hansard: 14 December", Ok(None)),
        ("HL123:4", Ok(None)),
        ("example.org (undated)", Ok(None)),
        ("see https://example.org/", Ok(None)),
        ("javascript:1", Err(Fault::Scheme("javascript".into()))),
        ("gopher://example.org", Err(Fault::Scheme("gopher".into()))),
        ("//example.org", Err(Fault::NoScheme)),
    ] {
        let found = Address::source(written).map(|found| found.map(|address| address.0));
        assert_eq!(found, expected.map(|found| found.map(ToOwned::to_owned)));
    }
}

#[test]
fn the_top_of_a_site_is_a_folder_that_is_safe_to_print() {
    for (written, expected) in [
        ("https://example.org", Ok("https://example.org/")),
        ("https://example.org/a", Ok("https://example.org/a/")),
        ("http://localhost:8080/", Ok("http://localhost:8080/")),
        ("https://tŷ.example/", Ok("https://xn--t-foa.example/")),
        (
            "https://example.org/\"><script>'&",
            Ok("https://example.org/%22%3E%3Cscript%3E%27%26/"),
        ),
        ("https://example.org/?x=", Err(Fault::Behind)),
        ("https://example.org/#x", Err(Fault::Behind)),
        ("https://me:word@example.org/", Err(Fault::Credentials)),
        ("example.org", Err(Fault::NoScheme)),
        ("example.org:443/x", Err(Fault::NoScheme)),
    ] {
        let found = Address::top(written).map(|address| address.0);
        assert_eq!(found, expected.map(ToOwned::to_owned), "{written}");
    }
}

#[test]
fn help_names_the_address_that_was_meant() {
    for (written, expected) in [
        ("www.example.org/a", "write `https://www.example.org/a`"),
        ("//example.org/a", "write `https://example.org/a`"),
        ("https:/example.org", "write `https://example.org`"),
        ("http:/example.org", "write `http://example.org`"),
        (
            "x",
            "write the whole address, such as `https://www.example.org/`",
        ),
        (
            "1.5",
            "write the whole address, such as `https://www.example.org/`",
        ),
    ] {
        let fault = Address::elsewhere(written).expect_err("it is no address");
        assert_eq!(fault.help(written), expected, "{written}");
    }
}

#[test]
fn links_between_pages_never_look_like_a_scheme() {
    for (from, to, place, expected) in [
        ("a/b.html", "a/c.html", "", "c.html"),
        ("a/b.html", "a/b.html", "", "b.html"),
        ("a/b.html", "a/b.html", "x", "#x"),
        ("a/b.html", "c.html", "t-e-1", "../c.html#t-e-1"),
        (
            "a/b.html",
            "a/javascript:alert(1).html",
            "",
            "javascript%3Aalert(1).html",
        ),
    ] {
        assert_eq!(Address::to_place(from, to, place).0, expected);
    }
}
