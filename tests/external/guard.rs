//! What is never asked, whatever a curriculum or another site says.
//!
//! Only addresses of this machine stand here, so that a fault of the program leads nowhere else; the unit tests have the other ranges.

use std::io;
use std::net::TcpStream;

use super::server::{Lab, Request, Server, answer};
use super::{asked, curriculum, hurried, said};

fn secret(_: &Request, stream: &mut TcpStream) -> io::Result<()> {
    answer(stream, 200, "")
}

/// Redirects to what the path names behind `/to/`, in hexadecimal digits.
fn redirects(request: &Request, stream: &mut TcpStream) -> io::Result<()> {
    let digits = request.path.strip_prefix("/to/").unwrap_or("");
    let bytes = digits.as_bytes().chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).expect("hexadecimal digits");
        u8::from_str_radix(pair, 16).expect("hexadecimal digits")
    });
    let target = String::from_utf8(bytes.collect()).expect("it was a text");
    answer(stream, 302, &format!("Location: {target}\r\n"))
}

#[test]
fn no_redirect_leads_into_a_private_network_or_to_another_scheme() {
    let server = Server::start(redirects);
    let inner = Server::start(secret);
    let port = inner.address.port();
    for (target, expected) in [
        (format!("http://127.0.0.1:{port}/"), "private network"),
        (format!("http://127.1:{port}/"), "private network"),
        (format!("http://2130706433:{port}/"), "private network"),
        (format!("http://0x7f.0.0.1:{port}/"), "private network"),
        (format!("http://0177.0.0.1:{port}/"), "private network"),
        (format!("http://[::1]:{port}/"), "private network"),
        (
            format!("http://[::ffff:127.0.0.1]:{port}/"),
            "private network",
        ),
        (format!("http://[::ffff:7f00:1]:{port}/"), "private network"),
        (format!("http:\\\\127.0.0.1:{port}\\"), "private network"),
        (format!("http://inner.test:{port}/"), "private network"),
        (
            format!("http://a.test@127.0.0.1:{port}/"),
            "name or password",
        ),
        (
            format!("http://user:secret@inner.test:{port}/"),
            "name or password",
        ),
        ("file:///etc/passwd".into(), "scheme other than"),
        ("ftp://a.test/".into(), "scheme other than"),
        ("gopher://a.test/".into(), "scheme other than"),
        ("javascript:alert(1)".into(), "scheme other than"),
        ("data:text/html,x".into(), "scheme other than"),
        ("http://a.test:0/".into(), "no address"),
        ("http://".into(), "redirects to no address"),
    ] {
        let lab = Lab::of(&server, &["a.test"]).with("inner.test", &[inner.address]);
        let digits: String = target.bytes().map(|byte| format!("{byte:02x}")).collect();
        let found = said(&[&format!("/to/{digits}")], lab);
        assert_eq!(found.len(), 1, "{target}: {found:?}");
        assert!(found[0].contains(expected), "{target}: {found:?}");
        assert!(!found[0].contains("secret@"), "{target}: {found:?}");
    }
    assert_eq!(inner.connections(), 0, "nobody asks behind the redirects");
}

#[test]
fn private_addresses_in_lessons_are_not_asked_either() {
    let inner = Server::start(secret);
    let port = inner.address.port();
    let lab = Lab::default().with("inner.test", &[inner.address]);
    let folder = curriculum(&format!(
        "[a](http://127.0.0.1:{port}/) [b](http://inner.test:{port}/) [c](http://localhost:{port}/)\n"
    ));
    let lab = lab.with("localhost", &[inner.address]);
    let checked = asked(folder.path(), lab, hurried());
    assert_eq!((checked.unchecked, checked.findings.len()), (3, 3));
    assert_eq!(inner.connections(), 0);
}

fn refuses_head(request: &Request, stream: &mut TcpStream) -> io::Result<()> {
    answer(stream, if request.method == "HEAD" { 405 } else { 200 }, "")
}

#[test]
fn a_name_that_means_another_machine_a_moment_later_is_looked_at_again() {
    let server = Server::start(refuses_head);
    let inner = Server::start(secret);
    let lab = Lab::of(&server, &[]).with("a.test", &[server.address, inner.address]);
    let found = said(&["/"], lab);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("private network"), "{found:?}");
    assert_eq!(server.requests(), ["HEAD /"]);
    assert_eq!(inner.connections(), 0);
}
