//! The preview answers this machine's author and nobody else, and nothing but the site.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::client::{Preview, write_curriculum};
use super::support::write;

#[test]
fn foreign_hosts_origins_and_methods_are_refused() {
    let preview = Preview::start(&[]);
    let host = preview.address.to_string();
    let port = preview.address.port();
    for (request, status) in [
        (format!("GET / HTTP/1.1\r\nHost: {host}\r\n"), 200),
        (format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\n"), 200),
        (
            format!("GET / HTTP/1.1\r\nHost: evil.example:{port}\r\n"),
            403,
        ),
        ("GET / HTTP/1.1\r\nHost: evil.example\r\n".into(), 403),
        (
            format!("GET / HTTP/1.1\r\nHost: 192.168.0.1:{port}\r\n"),
            403,
        ),
        ("GET / HTTP/1.0\r\n".into(), 403),
        (
            format!("GET http://evil.example/ HTTP/1.1\r\nHost: {host}\r\n"),
            403,
        ),
        (
            format!("GET / HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"),
            200,
        ),
        (
            format!("GET / HTTP/1.1\r\nHost: {host}\r\nOrigin: http://evil.example\r\n"),
            403,
        ),
        (
            format!("GET / HTTP/1.1\r\nHost: {host}\r\nOrigin: null\r\n"),
            403,
        ),
        (
            format!(
                "GET /search/d-0.js HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n"
            ),
            403,
        ),
        (
            format!("POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n"),
            405,
        ),
        (
            format!("PUT / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n"),
            405,
        ),
        (format!("DELETE / HTTP/1.1\r\nHost: {host}\r\n"), 405),
        (
            format!("OPTIONS / HTTP/1.1\r\nHost: {host}\r\nOrigin: http://evil.example\r\n"),
            405,
        ),
        (format!("TRACE / HTTP/1.1\r\nHost: {host}\r\n"), 405),
        (format!("PROPFIND / HTTP/1.1\r\nHost: {host}\r\n"), 405),
    ] {
        let answer = preview.ask(&format!("{request}Connection: close\r\n\r\n"));
        assert_eq!(answer.status, status, "{request}\n{answer:?}");
        let lower = answer.head.to_lowercase();
        assert!(
            !lower.contains("access-control-"),
            "{request}\n{}",
            answer.head
        );
        assert_eq!(
            answer.header("x-content-type-options"),
            Some("nosniff"),
            "{request}"
        );
        assert_eq!(
            answer.header("cache-control"),
            Some("no-store"),
            "{request}"
        );
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(
            policy.starts_with("default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; connect-src 'self'")
                && !policy.contains("unsafe")
                && !policy.contains("http"),
            "{request}: {policy}"
        );
    }
}

#[test]
fn a_socket_is_no_way_round_the_guard() {
    let preview = Preview::start(&[]);
    let host = preview.address.to_string();
    for (host, origin, status) in [
        (host.as_str(), format!("http://{host}"), 101),
        (&host, "http://evil.example".to_owned(), 403),
        (&host, "null".to_owned(), 403),
        ("evil.example", "http://evil.example".to_owned(), 403),
    ] {
        let mut stream = TcpStream::connect(preview.address).unwrap();
        stream
            .set_read_timeout(Some(super::client::PATIENCE))
            .unwrap();
        write!(
            stream,
            "GET /_throughline/socket HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        .unwrap();
        let mut start = [0; 12];
        stream.read_exact(&mut start).unwrap();
        assert_eq!(
            String::from_utf8_lossy(&start),
            format!("HTTP/1.1 {status}"),
            "{host} {origin}"
        );
    }
}

#[test]
fn a_head_request_has_no_body() {
    let preview = Preview::start(&[]);
    for path in [
        "/",
        "/assets/site.css",
        "/calls/images/wave.png",
        "/nothing.html",
    ] {
        let got = preview.get(path);
        let answer = preview.ask(&format!(
            "HEAD {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            preview.address
        ));
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (got.status, ""),
            "{path}"
        );
        assert_eq!(
            answer.header("content-length"),
            got.header("content-length"),
            "{path}"
        );
    }
}

#[test]
fn no_spelling_of_a_path_leads_out_of_the_site() {
    let preview = Preview::start(&[]);
    preview.write("secret.txt", "the secret");
    preview.write("modules/01-calls/secret.txt", "the secret");
    let secret = preview.path("secret.txt");
    for path in [
        "/secret.txt",
        "/../secret.txt",
        "/../../secret.txt",
        "/calls/../../secret.txt",
        "/calls/images/../../../secret.txt",
        "/./../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2E%2E%2Fsecret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%5csecret.txt",
        "/..\\secret.txt",
        "/..%5csecret.txt",
        "/%252e%252e/secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/calls/images/wave.png/../../../../secret.txt",
        "//secret.txt",
        "/calls/images/wave.png%00/../secret.txt",
        "/calls/secret.txt",
        "/modules/01-calls/secret.txt",
        "/config.toml",
        "/_throughline/../secret.txt",
        "/_throughline/reports/../../secret.txt",
        "/assets/../secret.txt",
        "/calls/images/..;/secret.txt",
        secret.to_str().unwrap(),
    ] {
        let answer = preview.get(path);
        assert!(
            matches!(answer.status, 400 | 404),
            "{path}: {}",
            answer.head
        );
        assert!(!answer.body.contains("the secret"), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn planted_links_are_not_followed_out_of_the_site() {
    let outside = tempfile::tempdir().unwrap();
    write(outside.path(), "secret.png", "the secret");
    write(
        outside.path(),
        "01-secret.md",
        "+++\ntitle = \"Secret\"\n+++\n\nthe secret\n",
    );
    let preview = Preview::start_of(&[], |root| {
        write_curriculum(root);
        std::os::unix::fs::symlink(outside.path(), root.join("modules/03-planted")).unwrap();
        std::os::unix::fs::symlink(
            outside.path().join("01-secret.md"),
            root.join("modules/01-calls/09-planted.md"),
        )
        .unwrap();
    });
    for path in ["/planted/secret.html", "/calls/planted.html", "/planted/"] {
        let answer = preview.get(path);
        assert!(
            answer.status == 404 && !answer.body.contains("the secret"),
            "{path}"
        );
    }
    // Put in the place of a file that the site has, and asked for at once.
    let image = preview.path("modules/01-calls/images/wave.png");
    assert_eq!(preview.get("/calls/images/wave.png").body, "first wave");
    fs::remove_file(&image).unwrap();
    std::os::unix::fs::symlink(outside.path().join("secret.png"), &image).unwrap();
    for _ in 0..50 {
        assert!(
            !preview
                .get("/calls/images/wave.png")
                .body
                .contains("the secret")
        );
        std::thread::sleep(Duration::from_millis(5));
    }
    // A pipe in its place holds nobody up.
    fs::remove_file(&image).unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(&image)
        .status()
        .unwrap();
    assert!(made.success());
    preview.write_lesson("modules/02-money/01-paying.md", "Still here.");
    preview.wait_for("/money/paying.html", "Still here.");
    assert_ne!(preview.get("/calls/images/wave.png").status, 200);
}

#[test]
fn large_heads_and_idle_connections_hold_nobody_up() {
    let preview = Preview::start(&[]);
    let answer = preview.ask(&format!(
        "GET / HTTP/1.1\r\nHost: {}\r\nX-Large: {}\r\n\r\n",
        preview.address,
        "x".repeat(2 << 20)
    ));
    assert!(matches!(answer.status, 0 | 400 | 431), "{}", answer.head);
    let many: String = (0..5000)
        .map(|number| format!("X-{number}: x\r\n"))
        .collect();
    let answer = preview.ask(&format!(
        "GET / HTTP/1.1\r\nHost: {}\r\n{many}\r\n",
        preview.address
    ));
    assert!(matches!(answer.status, 0 | 400 | 431), "{}", answer.head);

    let mut idle: Vec<TcpStream> = (0..200)
        .map(|number| {
            let mut stream = TcpStream::connect(preview.address).unwrap();
            if number % 2 == 0 {
                stream.write_all(b"GET / HTTP/1.1\r\nHost: ").unwrap();
            }
            stream
        })
        .collect();
    let asked = Instant::now();
    assert_eq!(preview.get("/").status, 200);
    assert!(asked.elapsed() < Duration::from_secs(5));
    preview.write_lesson("modules/02-money/01-paying.md", "Still here.");
    preview.wait_for("/money/paying.html", "Still here.");
    // And they are closed after a while.
    let stream = &mut idle[0];
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    let mut rest = Vec::new();
    assert!(
        stream.read_to_end(&mut rest).is_ok(),
        "a request that never ends is given up"
    );
}

#[test]
fn another_interface_warns_and_still_refuses_names() {
    let preview = Preview::start(&["--interface", "0.0.0.0"]);
    let port = preview.address.port();
    preview.wait_to_hear("warning: everybody on this network");
    assert!(
        !preview.address.ip().is_unspecified(),
        "a browser can open {}",
        preview.address
    );
    assert_eq!(preview.get("/").status, 200);
    for (host, status) in [
        ("127.0.0.1", 200),
        ("192.168.0.1", 200),
        ("evil.example", 403),
    ] {
        let answer = preview.ask(&format!(
            "GET / HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n"
        ));
        assert_eq!(answer.status, status, "{host}");
    }
}
