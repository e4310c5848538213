//! Whatever somebody sends to the preview, it answers only reading, only under its own name, and only with paths of the site.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header};
use throughline::watch::address::{self, Address};
use throughline::watch::guard::{Guard, Reach};

const PORT: u16 = 1111;

/// Reads bytes as the head of a request, and lets both guards look at it.
pub fn hold(data: &[u8]) {
    let mut lines = data.split(|byte| *byte == b'\n');
    let mut parts = lines.next().unwrap_or(b"").splitn(3, |byte| *byte == b' ');
    let (method, target) = (parts.next().unwrap_or(b""), parts.next().unwrap_or(b""));
    if let Ok(path) = std::str::from_utf8(target) {
        assert_address(path);
    }
    let (Ok(method), Ok(uri)) = (Method::from_bytes(method), Uri::try_from(target)) else {
        return;
    };
    assert_address(uri.path());
    let headers = headers(lines);
    for (interface, reach) in [("127.0.0.1", Reach::Loopback), ("0.0.0.0", Reach::Network)] {
        let guard = Guard::new(interface, PORT, reach);
        if guard.check(&method, &uri, &headers).is_ok() {
            assert_allowed(&method, &uri, &headers, reach);
        }
    }
}

fn headers<'d>(lines: impl Iterator<Item = &'d [u8]>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for line in lines.take(32) {
        let mut parts = line.splitn(2, |byte| *byte == b':');
        let (name, value) = (parts.next().unwrap_or(b""), parts.next().unwrap_or(b""));
        if let (Ok(name), Ok(value)) = (
            HeaderName::from_bytes(name),
            HeaderValue::from_bytes(value.trim_ascii()),
        ) {
            headers.append(name, value);
        }
    }
    headers
}

/// Panics where a path is taken for a file that may stand outside the site.
fn assert_address(path: &str) {
    let Some(Address::File(file) | Address::Folder(file)) = address::read(path) else {
        return;
    };
    assert!(path.starts_with('/'), "{path:?}");
    assert!(
        !file.starts_with('/') && !file.ends_with('/'),
        "{path:?} is read as {file:?}"
    );
    assert!(
        !file
            .chars()
            .any(|c| c.is_control() || matches!(c, '\\' | ':')),
        "{path:?} is read as {file:?}"
    );
    for part in file.split('/') {
        assert!(
            !matches!(part, "" | "." | ".."),
            "{path:?} is read as {file:?}"
        );
    }
}

/// Panics where a request was let through that the guard says it refuses. Written against RFC 9110 and not against the guard's own code.
fn assert_allowed(method: &Method, uri: &Uri, headers: &HeaderMap, reach: Reach) {
    assert!(matches!(method.as_str(), "GET" | "HEAD"), "{method}");
    let hosts: Vec<_> = headers.get_all(header::HOST).iter().collect();
    assert_eq!(hosts.len(), 1, "{hosts:?}");
    let host = hosts[0].to_str().expect("a host is ASCII");
    assert!(is_own(host, reach), "{host:?}");
    if let Some(authority) = uri.authority() {
        assert!(is_own(authority.as_str(), reach), "{uri}");
    }
    for origin in headers.get_all(header::ORIGIN) {
        let origin = origin.to_str().expect("an origin is ASCII");
        assert_eq!(
            origin.to_ascii_lowercase(),
            format!("http://{host}").to_ascii_lowercase()
        );
    }
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    let mode = headers.get("sec-fetch-mode").map(HeaderValue::as_bytes);
    assert!(
        !matches!(site, Some(b"cross-site" | b"same-site")) || mode == Some(b"navigate"),
        "{headers:?}"
    );
}

fn is_own(host: &str, reach: Reach) -> bool {
    let Some(name) = host.strip_suffix(&format!(":{PORT}")) else {
        // Spellings of the number such as `01111` mean the same port.
        return host.rsplit_once(':').is_some_and(|(name, port)| {
            port.parse() == Ok(PORT) && is_own(&format!("{name}:{PORT}"), reach)
        });
    };
    let name = name.to_ascii_lowercase();
    let bare = name
        .strip_prefix('[')
        .and_then(|name| name.strip_suffix(']'))
        .unwrap_or(&name);
    match bare.parse::<std::net::IpAddr>() {
        Ok(address) => address.is_loopback() || reach == Reach::Network,
        Err(_) => name == "localhost",
    }
}
