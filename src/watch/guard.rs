//! Decides whether a request may be answered.
//!
//! The preview holds drafts and facilitators' notes, and browsers let any page on the web send requests to this machine. So a request must name this
//! server as its host (a page that has made its own name point here does not), must not come from another origin, and must only read.

use axum::http::{HeaderMap, Method, StatusCode, Uri, header};

/// The hosts under which the preview may be asked for.
#[derive(Debug, Clone)]
pub struct Guard {
    port: u16,
    interface: String,
    reach: Reach,
}

/// From where the preview can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// From this machine alone.
    Loopback,
    /// From other machines, too, by the number of this one or the name that was given.
    Network,
}

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// The status of the answer.
    pub status: StatusCode,
    /// What the answer says.
    pub reason: &'static str,
}

const fn refuse(status: StatusCode, reason: &'static str) -> Result<(), Refusal> {
    Err(Refusal { status, reason })
}

impl Guard {
    /// Guards a server that listens at an interface and port.
    pub fn new(interface: &str, port: u16, reach: Reach) -> Self {
        Self {
            port,
            interface: interface.trim_matches(['[', ']']).to_ascii_lowercase(),
            reach,
        }
    }

    /// Checks a request.
    ///
    /// # Errors
    ///
    /// When it must not be answered.
    pub fn check(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
        if !matches!(*method, Method::GET | Method::HEAD) {
            return refuse(
                StatusCode::METHOD_NOT_ALLOWED,
                "the preview can only be read",
            );
        }
        let mut hosts = headers.get_all(header::HOST).iter();
        let host = hosts.next().and_then(|host| host.to_str().ok());
        let one = hosts.next().is_none();
        let absolute = uri.authority().map(|authority| authority.as_str());
        if !one
            || !host.is_some_and(|host| self.is_own(host))
            || !absolute.is_none_or(|host| self.is_own(host))
        {
            return refuse(
                StatusCode::FORBIDDEN,
                "the preview is not served under this name",
            );
        }
        let origin_is_own = |origin: &header::HeaderValue| {
            let origin = origin
                .to_str()
                .ok()
                .and_then(|origin| origin.strip_prefix("http://"));
            origin.is_some_and(|origin| host.is_some_and(|host| origin.eq_ignore_ascii_case(host)))
        };
        if !headers.get_all(header::ORIGIN).iter().all(origin_is_own) {
            return refuse(
                StatusCode::FORBIDDEN,
                "the preview answers no page of another site",
            );
        }
        // Scripts and images are fetched without an origin, but browsers say that they are wanted by another site.
        let says = |name: &str, value: &str| {
            headers
                .get(name)
                .is_some_and(|said| said.as_bytes() == value.as_bytes())
        };
        let is_foreign =
            says("sec-fetch-site", "cross-site") || says("sec-fetch-site", "same-site");
        if is_foreign && !says("sec-fetch-mode", "navigate") {
            return refuse(
                StatusCode::FORBIDDEN,
                "the preview answers no page of another site",
            );
        }
        Ok(())
    }

    /// Returns whether a host, with its port, means this server.
    fn is_own(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !name.ends_with(':') && !port.ends_with(']') => {
                (name, port.parse().ok())
            }
            _ => (host, Some(80)),
        };
        if port != Some(self.port) {
            return false;
        }
        let name = name.to_ascii_lowercase();
        let bare = match name
            .strip_prefix('[')
            .and_then(|name| name.strip_suffix(']'))
        {
            Some(address) if address.parse::<std::net::Ipv6Addr>().is_ok() => address,
            Some(_) => return false,
            None => name.as_str(),
        };
        let address = bare.parse::<std::net::IpAddr>();
        bare == "localhost"
            || bare == self.interface
            || match address {
                Ok(address) => address.is_loopback() || self.reach == Reach::Network,
                Err(_) => false,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(guard: &Guard, method: &Method, headers: &[(&str, &str)]) -> u16 {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let name = header::HeaderName::from_bytes(name.as_bytes()).expect("a header's name");
            map.append(name, value.parse().expect("a header's value"));
        }
        let uri = Uri::from_static("/x.html");
        guard
            .check(method, &uri, &map)
            .map_or_else(|refusal| refusal.status.as_u16(), |()| 200)
    }

    #[test]
    fn only_this_server_is_a_host() {
        let own = Guard::new("127.0.0.1", 1111, Reach::Loopback);
        let open = Guard::new("0.0.0.0", 1111, Reach::Network);
        for (host, from_own, from_open) in [
            ("127.0.0.1:1111", 200, 200),
            ("localhost:1111", 200, 200),
            ("LOCALHOST:1111", 200, 200),
            ("[::1]:1111", 200, 200),
            ("192.168.1.7:1111", 403, 200),
            ("evil.example:1111", 403, 403),
            ("localhost.evil.example:1111", 403, 403),
            ("127.0.0.1.evil.example:1111", 403, 403),
            ("127.0.0.1:1112", 403, 403),
            ("127.0.0.1", 403, 403),
            ("localhost", 403, 403),
            ("127.0.0.1:1111@evil.example", 403, 403),
            ("[::1", 403, 403),
            ("[localhost]:1111", 403, 403),
            ("[127.0.0.1]:1111", 403, 403),
            (":1111", 403, 403),
            ("", 403, 403),
        ] {
            assert_eq!(
                check(&own, &Method::GET, &[("host", host)]),
                from_own,
                "{host}"
            );
            assert_eq!(
                check(&open, &Method::GET, &[("host", host)]),
                from_open,
                "{host}"
            );
        }
        assert_eq!(check(&own, &Method::GET, &[]), 403, "no host");
        let two = [("host", "localhost:1111"), ("host", "evil.example:1111")];
        assert_eq!(check(&own, &Method::GET, &two), 403, "two hosts");
    }

    #[test]
    fn browsers_leave_out_the_port_that_http_has_anyway() {
        let guard = Guard::new("127.0.0.1", 80, Reach::Loopback);
        for (host, expected) in [
            ("localhost", 200),
            ("127.0.0.1", 200),
            ("[::1]", 200),
            ("[0:0:0:0:0:0:0:1]", 200),
            ("[::1]:80", 200),
            ("localhost:80", 200),
            ("localhost:1111", 403),
            ("[::1]:1111", 403),
            ("evil.example", 403),
        ] {
            assert_eq!(
                check(&guard, &Method::GET, &[("host", host)]),
                expected,
                "{host}"
            );
        }
    }

    #[test]
    fn no_other_origin_is_answered() {
        let guard = Guard::new("127.0.0.1", 1111, Reach::Loopback);
        for (name, value, expected) in [
            ("origin", "http://localhost:1111", 200),
            ("origin", "http://127.0.0.1:1111", 403),
            ("origin", "https://localhost:1111", 403),
            ("origin", "http://evil.example", 403),
            ("origin", "http://localhost:8080", 403),
            ("origin", "null", 403),
            ("sec-fetch-site", "cross-site", 403),
            ("sec-fetch-site", "same-site", 403),
            ("sec-fetch-site", "same-origin", 200),
            ("sec-fetch-site", "none", 200),
        ] {
            let headers = [("host", "localhost:1111"), (name, value)];
            assert_eq!(
                check(&guard, &Method::GET, &headers),
                expected,
                "{name}: {value}"
            );
        }
        let followed = [
            ("host", "localhost:1111"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
        ];
        assert_eq!(
            check(&guard, &Method::GET, &followed),
            200,
            "a link that somebody follows"
        );
    }

    #[test]
    fn nothing_but_reading_is_allowed() {
        let guard = Guard::new("127.0.0.1", 1111, Reach::Loopback);
        let host = [("host", "127.0.0.1:1111")];
        for method in [
            "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get",
        ] {
            let method = Method::from_bytes(method.as_bytes()).expect("a method");
            assert_eq!(check(&guard, &method, &host), 405, "{method}");
        }
        assert_eq!(check(&guard, &Method::HEAD, &host), 200);
    }
}
