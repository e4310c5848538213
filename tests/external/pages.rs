//! What is said of pages that are there, are not, or do not tell.

use std::io::{self, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use throughline::external::Manners;

use super::server::{Lab, Request, Server, answer};
use super::{asked, curriculum, hurried, messages, said, write};

fn site(request: &Request, stream: &mut TcpStream) -> io::Result<()> {
    let is_head = request.method == "HEAD";
    match request.path.as_str() {
        "/ok" => answer(stream, 200, ""),
        "/missing" => answer(stream, 404, ""),
        "/gone" => answer(stream, 410, ""),
        "/members" => answer(stream, 401, ""),
        "/people" => answer(stream, 403, ""),
        "/no-head" => answer(stream, if is_head { 405 } else { 206 }, ""),
        "/head-lies" => answer(stream, if is_head { 404 } else { 200 }, ""),
        "/empty" => answer(stream, if is_head { 501 } else { 416 }, ""),
        "/head-hangs-up" if is_head => Ok(()),
        "/head-hangs-up" => answer(stream, 200, ""),
        "/busy" => answer(stream, 429, "Retry-After: 6\r\n"),
        "/recovers" if request.before < 2 => answer(stream, 503, "Retry-After: 0\r\n"),
        "/recovers" => answer(stream, 200, ""),
        "/down" => answer(stream, 502, ""),
        "/moved" => answer(stream, 301, "Location: ok?a=b#c\r\n"),
        "/ok?a=b" => answer(stream, 200, ""),
        "/moved-away" => answer(stream, 302, "Location: /gone\r\n"),
        "/nowhere" => answer(stream, 302, ""),
        "/loop" => answer(stream, 307, "Location: /loop\r\n"),
        "/not-modified" => answer(stream, 304, ""),
        "/garbage" => stream.write_all(b"220 mail.test ESMTP\r\n"),
        "/hangs-up" => Ok(()),
        "/headers" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
            let line = format!("X-Filler: {}\r\n", "x".repeat(1000));
            for _ in 0..200 {
                stream.write_all(line.as_bytes())?;
            }
            stream.write_all(b"\r\n")
        }
        _ => answer(stream, 500, ""),
    }
}

#[test]
fn broken_is_kept_apart_from_what_could_not_be_checked() {
    let server = Server::start(site);
    let broken = |rest: &str| format!("external-link-broken: `http://a.test/{rest}");
    let unchecked = |path: &str, rest: &str| {
        format!("external-link-unchecked: `http://a.test/{path}` could not be checked: it {rest}")
    };
    for (path, expected, requests) in [
        ("/ok", None, vec!["HEAD"]),
        (
            "/missing",
            Some(broken("missing` answers 404 (not found)")),
            vec!["HEAD", "GET"],
        ),
        (
            "/gone",
            Some(broken("gone` answers 410 (gone)")),
            vec!["HEAD", "GET"],
        ),
        (
            "/members",
            Some(unchecked("members", "answers 401 (it wants a sign-in)")),
            vec!["HEAD", "GET"],
        ),
        (
            "/people",
            Some(unchecked("people", "answers 403 (it refuses this program)")),
            vec!["HEAD", "GET"],
        ),
        ("/no-head", None, vec!["HEAD", "GET"]),
        ("/head-lies", None, vec!["HEAD", "GET"]),
        ("/empty", None, vec!["HEAD", "GET"]),
        ("/head-hangs-up", None, vec!["HEAD", "GET"]),
        (
            "/busy",
            Some(unchecked("busy", "answers 429 (too many requests)")),
            vec!["HEAD"],
        ),
        ("/recovers", None, vec!["HEAD", "GET", "GET"]),
        (
            "/down",
            Some(unchecked("down", "answers 502 (it is out of order)")),
            vec!["HEAD", "GET", "GET"],
        ),
        ("/moved#d", None, vec!["HEAD", "HEAD"]),
        (
            "/moved-away",
            Some(broken(
                "moved-away` redirects to `http://a.test/gone`, which answers 410 (gone)",
            )),
            vec!["HEAD", "HEAD", "GET"],
        ),
        (
            "/nowhere",
            Some(unchecked("nowhere", "redirects to no address")),
            vec!["HEAD"],
        ),
        (
            "/loop",
            Some(unchecked("loop", "is one redirect too many")),
            vec!["HEAD"; 6],
        ),
        (
            "/not-modified",
            Some(unchecked("not-modified", "answers 304")),
            vec!["HEAD", "GET"],
        ),
        (
            "/garbage",
            Some(unchecked(
                "garbage",
                "answers with something other than HTTP",
            )),
            vec!["HEAD"],
        ),
        (
            "/hangs-up",
            Some(unchecked(
                "hangs-up",
                "takes no connection, or breaks it off",
            )),
            vec!["HEAD", "GET", "GET"],
        ),
        (
            "/headers",
            Some(unchecked("headers", "answers with headers that do not end")),
            vec!["HEAD"],
        ),
    ] {
        let before = server.requests().len();
        let found = said(&[path], Lab::of(&server, &["a.test"]));
        assert_eq!(found, Vec::from_iter(expected), "{path}");
        let methods: Vec<String> = server.requests()[before..]
            .iter()
            .map(|request| request.split(' ').next().unwrap_or_default().to_owned())
            .collect();
        assert_eq!(methods, requests, "{path}");
    }
}

#[test]
fn hosts_that_do_not_exist_and_addresses_that_are_none_are_broken() {
    let server = Server::start(site);
    let folder = curriculum("[a](http://lost.test/)\n");
    // Links that are no address are findings without asking anybody; in prose they are not.
    write(
        folder.path(),
        "modules/commitments.toml",
        "[[commitment]]\nid = \"a\"\n[[commitment.claim]]\nid = \"A1\"\ntext = \"Read https://[a and https://b:x/.\"\n",
    );
    let checked = asked(folder.path(), Lab::of(&server, &[]), hurried());
    assert_eq!(
        messages(&checked),
        [
            "`http://lost.test/` names a host that does not exist",
            "`https://[a` is no address that can be asked for",
            "`https://b:x/` is no address that can be asked for",
        ]
    );
    assert!(
        checked
            .findings
            .iter()
            .all(|finding| finding.rule.name() == "external-link-broken")
    );
    assert_eq!((checked.broken, server.connections()), (1, 0));
}

#[test]
fn a_site_that_speaks_no_tls_could_not_be_checked() {
    let server = Server::start(site);
    let folder = curriculum("[a](https://a.test/ok)\n");
    let manners = Manners {
        request: Duration::from_millis(300),
        ..hurried()
    };
    let checked = asked(folder.path(), Lab::of(&server, &["a.test"]), manners);
    assert_eq!((checked.broken, checked.unchecked), (0, 1));
}

#[test]
fn every_page_is_asked_for_once_and_found_at_every_place() {
    let server = Server::start(site);
    let folder = curriculum(
        "[a](http://a.test/missing), [b](http://a.test/missing#x) and ![c](http://a.test/missing)\n\n<http://A.test/missing>\n",
    );
    let root = folder.path();
    write(
        root,
        "modules/signposts.toml",
        "[[signpost]]\nid = \"a\"\nname = \"A\"\nweb = \"http://a.test/missing\"\nsource = \"Read at http://a.test/missing, 2026\"\n",
    );
    write(
        root,
        "modules/commitments.toml",
        "[[commitment]]\nid = \"A\"\nsource = \"http://a.test/missing\"\n[[commitment.claim]]\nid = \"A1\"\ntext = \"See http://a.test/missing.\"\n",
    );
    write(
        root,
        "modules/01-calls/02-second.md",
        "+++\ntitle = \"Second\"\nsources = [\"The charter, http://a.test/missing\"]\n[extra]\nours = \"http://a.test/never\"\n+++\nNothing.\n",
    );
    let checked = asked(root, Lab::of(&server, &["a.test"]), hurried());
    let places: Vec<String> = checked
        .findings
        .iter()
        .map(|finding| {
            format!(
                "{}:{}:{}",
                finding.file, finding.place.line, finding.place.column
            )
        })
        .collect();
    assert_eq!(
        places,
        [
            "modules/01-calls/01-first.md:4:1",
            "modules/01-calls/01-first.md:4:29",
            "modules/01-calls/01-first.md:4:62",
            "modules/01-calls/01-first.md:6:1",
            "modules/01-calls/02-second.md:3:26",
            "modules/signposts.toml:4:8",
            "modules/signposts.toml:5:19",
            "modules/commitments.toml:3:11",
            "modules/commitments.toml:6:13",
        ]
    );
    assert_eq!(server.requests(), ["HEAD /missing", "GET /missing"]);
    let log = server.log();
    let agent = concat!("throughline/", env!("CARGO_PKG_VERSION"));
    assert!(
        log[0].headers["user-agent"].starts_with(agent),
        "{:?}",
        log[0].headers
    );
    assert_eq!(log[1].headers["range"], "bytes=0-0");
    for name in ["cookie", "authorization", "referer"] {
        assert!(
            log.iter()
                .all(|request| !request.headers.contains_key(name)),
            "{name}"
        );
    }
}

/// How many requests are being thought about, and the most there have been.
static OPEN: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

fn slow(_: &Request, stream: &mut TcpStream) -> io::Result<()> {
    let open = OPEN.fetch_add(1, Ordering::SeqCst) + 1;
    MOST.fetch_max(open, Ordering::SeqCst);
    std::thread::sleep(Duration::from_millis(60));
    // Before the answer: with it the next request may come.
    OPEN.fetch_sub(1, Ordering::SeqCst);
    answer(stream, 200, "")
}

#[test]
fn a_host_gets_one_request_at_a_time_and_few_hosts_are_asked_at_once() {
    let server = Server::start(slow);
    let pages = |hosts: &[&str], paths: usize| {
        let links = hosts.iter().flat_map(|host| {
            (0..paths).map(move |path| format!("- [a page](http://{host}/{path})\n"))
        });
        curriculum(&links.collect::<String>())
    };
    let manners = Manners {
        pause: Duration::from_millis(50),
        hosts: 3,
        ..hurried()
    };
    let one = pages(&["a.test"], 5);
    asked(one.path(), Lab::of(&server, &["a.test"]), manners);
    assert_eq!((MOST.load(Ordering::SeqCst), server.log().len()), (1, 5));
    let times: Vec<Instant> = server.log().iter().map(|request| request.at).collect();
    for pair in times.windows(2) {
        let gap = pair[1] - pair[0];
        assert!(gap >= Duration::from_millis(100), "{gap:?}");
    }
    let names = ["a.test", "b.test", "c.test", "d.test", "e.test", "f.test"];
    let many = pages(&names, 2);
    asked(many.path(), Lab::of(&server, &names), manners);
    let most = MOST.load(Ordering::SeqCst);
    assert!((2..=3).contains(&most), "{most} at once");
    assert_eq!(server.log().len(), 17);
}

fn drips(request: &Request, stream: &mut TcpStream) -> io::Result<()> {
    if request.path == "/silent" {
        std::thread::sleep(Duration::from_secs(2));
        return Ok(());
    }
    stream.write_all(b"HTTP/1.1 200 OK\r\nX-Drip: ")?;
    for _ in 0..200 {
        stream.write_all(b"x")?;
        std::thread::sleep(Duration::from_millis(20));
    }
    stream.write_all(b"\r\n\r\n")
}

#[test]
fn slow_sites_are_given_up_in_good_time_and_silent_hosts_altogether() {
    let server = Server::start(drips);
    let manners = Manners {
        request: Duration::from_millis(200),
        patience: 4,
        ..hurried()
    };
    let folder = curriculum(
        "- [a](http://a.test/drips)\n- [b](http://a.test/silent)\n- [c](http://a.test/other)\n",
    );
    let started = Instant::now();
    let checked = asked(folder.path(), Lab::of(&server, &["a.test"]), manners);
    let took = started.elapsed();
    assert_eq!(
        messages(&checked),
        [
            "`http://a.test/drips` could not be checked: it does not answer in time",
            "`http://a.test/silent` could not be checked: it stands on a host that has stopped answering",
            "`http://a.test/other` could not be checked: it does not answer in time",
        ]
    );
    assert_eq!(server.log().len(), 4, "three tries, and one more");
    assert!(checked.is_cut_off);
    assert!(took < Duration::from_secs(4), "{took:?}");
}

/// How much of an endless body was taken.
static SENT: AtomicUsize = AtomicUsize::new(0);

fn endless(_: &Request, stream: &mut TcpStream) -> io::Result<()> {
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n")?;
    let chunk = [b'x'; 65_536];
    loop {
        stream.write_all(&chunk)?;
        SENT.fetch_add(chunk.len(), Ordering::SeqCst);
    }
}

fn head_refused(request: &Request, stream: &mut TcpStream) -> io::Result<()> {
    if request.method == "HEAD" {
        return answer(stream, 405, "");
    }
    endless(request, stream)
}

#[test]
fn bodies_are_not_read() {
    let server = Server::start(head_refused);
    let started = Instant::now();
    assert!(said(&["/film"], Lab::of(&server, &["a.test"])).is_empty());
    assert!(started.elapsed() < Duration::from_secs(5));
    assert_eq!(server.requests(), ["HEAD /film", "GET /film"]);
    // What the system takes in before anybody reads.
    let sent = SENT.load(Ordering::SeqCst);
    assert!(sent < 64 * 1024 * 1024, "{sent} bytes were taken");
}

#[test]
fn findings_come_in_the_order_of_their_places() {
    let server = Server::start(site);
    let names = ["z.test", "a.test", "m.test"];
    let links = names.map(|name| format!("[p](http://{name}/missing) [q](http://{name}/people)\n"));
    let folder = curriculum(&links.concat());
    let run = |hosts| {
        let manners = Manners { hosts, ..hurried() };
        asked(folder.path(), Lab::of(&server, &names), manners)
    };
    let first = run(1);
    assert_eq!(first.findings.len(), 6);
    for hosts in [2, 3, 8] {
        assert_eq!(run(hosts), first, "{hosts} at once");
    }
}
