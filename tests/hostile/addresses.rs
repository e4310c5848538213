//! Addresses that run something, open a file of the reader's, or lead where nobody looks: wherever they may be written, none becomes a link.

use super::folder::Folder;

/// What no `href` or `src` may hold, as TOML writes it.
const BAD: [&str; 12] = [
    "javascript:alert(1)",
    " javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "java\\tscript:alert(1)",
    "\\u0001javascript:alert(1)",
    "vbscript:x",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
    "//host/share",
    "https:///",
    "https://example.org/\\u202e",
    "https:example.org",
];

/// What is no address at all: text where text may stand, and nothing to lead to elsewhere.
const NONE: [&str; 4] = ["x", "../x", "/x", "\\\\\\\\host\\\\share"];

/// Where an address may be written: the file, what stands before it and behind it.
const PLACES: [(&str, &str, &str); 6] = [
    (
        "modules/01-a/index.md",
        "+++\ntitle = \"A\"\nexit = \"",
        "\"\n+++\n\nText.\n",
    ),
    (
        "modules/signposts.toml",
        "[[signpost]]\nid = \"s\"\nweb = \"",
        "\"\nname = \"S\"\nfor = \"all\"\nlast_verified_on = 2026-11-01\n",
    ),
    (
        "modules/signposts.toml",
        "[[signpost]]\nid = \"s\"\nemail = \"",
        "\"\nname = \"S\"\nfor = \"all\"\nlast_verified_on = 2026-11-01\n",
    ),
    (
        "modules/signposts.toml",
        "[[signpost]]\nid = \"s\"\nsource = \"",
        "\"\nname = \"S\"\nfor = \"all\"\nlast_verified_on = 2026-11-01\n",
    ),
    (
        "modules/commitments.toml",
        "[[commitment]]\nid = \"a\"\nsource = \"",
        "\"\n",
    ),
    (
        "modules/01-a/index.md",
        "+++\ntitle = \"A\"\nsources = [\"",
        "\"]\n+++\n\nText.\n",
    ),
];

/// Returns whether a place is one where whatever has not the form of an address is text.
fn takes_text(before: &str) -> bool {
    before.contains("source")
}

#[test]
fn what_is_no_good_address_is_a_finding_wherever_it_stands() {
    for (file, before, behind) in PLACES {
        let none = NONE.iter().filter(|_| !takes_text(before));
        for bad in BAD.iter().chain(none) {
            let folder = Folder::new();
            folder.write(file, format!("{before}{bad}{behind}"));
            let findings = folder.findings();
            let place = format!(" {file}:3:");
            assert!(
                findings.iter().any(|finding| {
                    finding.starts_with("unsafe-link") && finding.contains(&place)
                        // The form of an address is lost with the character that cannot be seen.
                        || finding.starts_with("invalid-text") && finding.contains(&place)
                }),
                "{file} {before:?} {bad:?}: {findings:#?}"
            );
            assert_eq!(folder.run(&["build", "-q"]).code, 1, "{before:?} {bad:?}");
        }
    }
}

#[test]
fn no_page_leads_there_even_where_the_rules_are_off() {
    for bad in BAD.iter().chain(&NONE) {
        let folder = Folder::new();
        folder.write(
            "config.toml",
            format!("title = \"T\"\nbase_url = \"{bad}\"\n[checks]\nunsafe-link = \"off\"\ninvalid-text = \"off\"\nbroken-link = \"off\"\nmissing-asset = \"off\"\nunsafe-path = \"off\"\n"),
        );
        folder.write("modules/signposts.toml", format!("[[signpost]]\nid = \"s\"\nname = \"S\"\nfor = \"all\"\nphone = \"{bad}\"\nemail = \"{bad}\"\nweb = \"{bad}\"\nsource = \"{bad}\"\nurgent = true\n"));
        folder.write("modules/commitments.toml", format!("[[commitment]]\nid = \"a\"\nsource = \"{bad}\"\n[[commitment.claim]]\nid = \"A1\"\ntext = \"t\"\n"));
        folder.write("modules/01-a/index.md", format!("+++\ntitle = \"A\"\nexit = \"{bad}\"\nsources = [\"{bad}\"]\n+++\n\n::: signposts {{ids=s}}\n:::\n"));
        folder.write("modules/01-a/01-b.md", format!("+++\ntitle = \"B\"\nslug = \"{bad}\"\naliases = [\"{bad}\"]\ncontent_note = \"c\"\n+++\n\n[x](<{bad}>) ![x](<{bad}>)\n"));
        folder.write(
            "modules/01-a/javascript:alert(1).png",
            "a file whose name looks like a scheme",
        );
        folder.write(
            "modules/01-a/02-c.md",
            "+++\ntitle = \"C\"\n+++\n\n[x](<./javascript:alert(1).png>)\n",
        );
        let ran = folder.run(&["build", "-q"]);
        assert_eq!(ran.code, 0, "{bad:?}: {}", ran.stderr);
        for page in [
            "index.html",
            "a/index.html",
            "a/b.html",
            "a/c.html",
            "a/print.html",
            "signposts.html",
            "404.html",
        ] {
            let path = folder.path("public").join(page);
            let Ok(html) = std::fs::read_to_string(path) else {
                continue;
            };
            for link in links(&html) {
                assert!(!is_dangerous(link), "{bad:?}: {link:?} in {page}");
            }
        }
    }
}

/// Returns the values of attributes that a browser follows.
fn links(html: &str) -> impl Iterator<Item = &str> {
    ["href=\"", "src=\"", "action=\"", "url="]
        .into_iter()
        .flat_map(move |mark| html.split(mark).skip(1))
        .map(|rest| rest.split('"').next().unwrap_or(""))
}

/// Returns whether a link leaves the site by anything but the schemes that are allowed.
fn is_dangerous(link: &str) -> bool {
    let leaves = link.split_once(':').is_some_and(|(name, _)| {
        name.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
            && !["http", "https", "mailto", "tel"].contains(&name)
    });
    leaves || link.starts_with("//") || link.starts_with('\\') || link.contains('\t')
}

#[test]
fn the_sites_own_address_is_held_to_it() {
    for (bad, why) in [
        ("javascript:alert(1)", "the scheme `javascript:`"),
        ("//example.org", "`https://`"),
        ("example.org", "write `https://example.org`"),
        ("https://example.org/?x=1", "neither `?` nor `#`"),
        ("https://example.org/#x", "neither `?` nor `#`"),
        ("https://me:secret@example.org/", "a name or a password"),
        ("https://", "no whole address"),
        ("mailto:a@example.org", "the scheme `mailto:`"),
    ] {
        let folder = Folder::new();
        let ran = folder.run(&["build", "-q", "-u", bad]);
        assert_eq!(ran.code, 2, "{bad}");
        ran.assert_says(why);
        assert!(!folder.has_site(), "{bad}");
        folder.write(
            "config.toml",
            format!("title = \"T\"\nbase_url = \"{bad}\"\n"),
        );
        let findings = folder.findings();
        assert!(
            findings[0].starts_with("unsafe-link config.toml:2:12: `base_url` cannot be"),
            "{bad}: {findings:#?}"
        );
        folder.run(&["check"]).assert_says(why);
    }
}

#[test]
fn the_sites_own_address_is_escaped_wherever_it_is_printed() {
    let folder = Folder::new();
    folder.lesson("Text.");
    let hostile = "https://example.org/\"><script>alert('1')</script>&amp;/";
    let ran = folder.run(&["build", "-q", "-u", hostile]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for page in ["index.html", "404.html", "a/b.html", "sitemap.xml"] {
        let text = folder.page(page);
        assert!(text.contains("https://example.org/%22"), "{page}: {text}");
        assert!(
            !text.contains("<script>") && !text.contains("'1'"),
            "{page}"
        );
    }
    let report = folder.run(&["report", "links", "--format", "html"]).stdout;
    assert!(!report.contains("<script>"), "{report}");
}
