//! Makes single requests. The only place that speaks HTTP to other machines.
//!
//! Names are turned into addresses here, and the connection goes to those addresses alone: a name that means another machine a moment later changes
//! nothing. Follows no redirect, uses no proxy, and reads no body.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error, http};
use url::Url;

use super::Manners;
use super::addresses::Network;
use super::verdict::Cause;

/// Sent with every request, so that sites can tell who asks.
const USER_AGENT: &str = concat!(
    "throughline/",
    env!("CARGO_PKG_VERSION"),
    " (checks the links of a curriculum)"
);

/// Longer headers are not read.
const LONGEST_HEADERS: usize = 64 * 1024;

/// How many addresses of a host are tried; the client has no room for more than 16.
const MOST_ADDRESSES: usize = 8;

/// How a page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// For its headers.
    Head,
    /// For its first byte, since not every site answers the other way.
    Get,
}

/// What a site answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    pub status: u16,
    /// Where a redirect leads, as written.
    pub location: Option<String>,
    /// How long the site wants to be left alone.
    pub retry_after: Option<Duration>,
}

/// Makes requests.
#[derive(Debug)]
pub(super) struct Client(Agent);

impl Client {
    pub fn new(network: Arc<dyn Network>, manners: &Manners) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .user_agent(USER_AGENT)
            .accept_encoding("identity")
            .max_response_header_size(LONGEST_HEADERS)
            .max_idle_connections(0)
            .timeout_resolve(Some(manners.connect))
            .timeout_connect(Some(manners.connect))
            .timeout_global(Some(manners.request))
            .build();
        let resolver = Guard(network);
        Self(Agent::with_parts(
            config,
            DefaultConnector::default(),
            resolver,
        ))
    }

    /// Asks once.
    pub fn request(&self, method: Method, url: &Url) -> Result<Reply, Cause> {
        let answer = match method {
            Method::Head => self.0.head(url.as_str()).call(),
            Method::Get => self
                .0
                .get(url.as_str())
                .header(http::header::RANGE, "bytes=0-0")
                .call(),
        };
        // The body is dropped unread, and the connection with it.
        let headers = answer.map_err(|error| cause(&error))?;
        let text = |name| {
            let value = headers.headers().get(name)?;
            Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        Ok(Reply {
            status: headers.status().as_u16(),
            location: text(http::header::LOCATION),
            retry_after: text(http::header::RETRY_AFTER).and_then(|wait| waiting_time(&wait)),
        })
    }
}

/// Returns how long `Retry-After` asks to wait: seconds, or a date.
fn waiting_time(text: &str) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    let wait = until.duration_since(jiff::Timestamp::now());
    Some(Duration::try_from(wait).unwrap_or(Duration::ZERO))
}

/// Turns names into addresses that may be asked.
#[derive(Debug)]
struct Guard(Arc<dyn Network>);

/// Why a name leads to no address.
#[derive(Debug, thiserror::Error)]
#[error("{0:?}")]
struct Refused(Cause);

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &http::Uri,
        _config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let host = uri.host().ok_or_else(|| refused(Cause::NotAskable))?;
        let port = match (uri.port_u16(), uri.scheme_str()) {
            (Some(port), _) => port,
            (None, Some("https")) => 443,
            (None, _) => 80,
        };
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let found = match bare.parse::<IpAddr>() {
            Ok(address) => vec![SocketAddr::new(address, port)],
            Err(_) => self.look_up(host.to_owned(), port, timeout)?,
        };
        if found.is_empty() {
            return Err(refused(Cause::NoSuchHost));
        }
        let mut allowed = self.empty();
        let may_ask = found.into_iter().filter(|found| self.0.may_ask(*found));
        may_ask
            .take(MOST_ADDRESSES)
            .for_each(|address| allowed.push(address));
        if allowed.is_empty() {
            return Err(refused(Cause::NotPublic));
        }
        Ok(allowed)
    }
}

impl Guard {
    /// Asks the system, which may take longer than there is time.
    fn look_up(
        &self,
        host: String,
        port: u16,
        timeout: NextTimeout,
    ) -> Result<Vec<SocketAddr>, Error> {
        let network = Arc::clone(&self.0);
        let (send, receive) = mpsc::sync_channel(1);
        let look = move || {
            // Nobody waits any more where this fails.
            let _ = send.send(network.look_up(&host, port));
        };
        // Without a thread nobody could end a question that is never answered.
        if std::thread::Builder::new().spawn(look).is_err() {
            return Err(refused(Cause::LookupFailed));
        }
        match receive.recv_timeout(*timeout.after) {
            Ok(Ok(found)) => Ok(found),
            Ok(Err(error)) => Err(refused(lookup_cause(&error))),
            Err(_) => Err(Error::Timeout(timeout.reason)),
        }
    }
}

fn refused(cause: Cause) -> Error {
    Error::Other(Box::new(Refused(cause)))
}

/// Tells a name that does not exist from one that nobody could look up just now.
///
/// The standard library passes on the system's words and no number: of glibc, musl, the BSDs with macOS, and Windows.
fn lookup_cause(error: &io::Error) -> Cause {
    const HOST_NOT_FOUND: i32 = 11_001;
    const UNKNOWN: [&str; 4] = [
        "Name or service not known",
        "Name does not resolve",
        "nodename nor servname provided",
        "No address associated with",
    ];
    let words = error.to_string();
    if error.raw_os_error() == Some(HOST_NOT_FOUND)
        || UNKNOWN.iter().any(|unknown| words.contains(unknown))
    {
        Cause::NoSuchHost
    } else {
        Cause::LookupFailed
    }
}

fn cause(error: &Error) -> Cause {
    match error {
        Error::Timeout(_) => Cause::TimedOut,
        Error::HostNotFound => Cause::NoSuchHost,
        Error::BadUri(_) | Error::Http(_) => Cause::NotAskable,
        Error::Protocol(_) => Cause::NotHttp,
        Error::LargeResponseHeader(..) => Cause::HeadersTooLong,
        Error::Tls(_) | Error::TlsRequired | Error::Pem(_) => Cause::NotSecure,
        Error::Rustls(error) => certificate_cause(error),
        Error::Io(error) => io_cause(error),
        Error::Other(error) => match error.downcast_ref() {
            Some(Refused(cause)) => *cause,
            None => Cause::NoConnection,
        },
        _ => Cause::NoConnection,
    }
}

fn io_cause(error: &io::Error) -> Cause {
    if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
        return certificate_cause(error);
    }
    match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Cause::TimedOut,
        _ => Cause::NoConnection,
    }
}

fn certificate_cause(error: &rustls::Error) -> Cause {
    use rustls::CertificateError as Fault;
    let rustls::Error::InvalidCertificate(fault) = error else {
        return Cause::NotSecure;
    };
    match fault {
        Fault::Expired | Fault::ExpiredContext { .. } => Cause::CertificateExpired,
        Fault::NotValidForName | Fault::NotValidForNameContext { .. } => {
            Cause::CertificateOfAnother
        }
        Fault::Revoked => Cause::CertificateRevoked,
        _ => Cause::CertificateUnknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_do_not_exist_are_told_from_those_nobody_can_look_up() {
        let glibc = "failed to lookup address information: ";
        for (words, expected) in [
            ("Name or service not known", Cause::NoSuchHost),
            ("No address associated with hostname", Cause::NoSuchHost),
            (
                "nodename nor servname provided, or not known",
                Cause::NoSuchHost,
            ),
            ("Temporary failure in name resolution", Cause::LookupFailed),
            (
                "Non-recoverable failure in name resolution",
                Cause::LookupFailed,
            ),
        ] {
            let error = io::Error::other(format!("{glibc}{words}"));
            assert_eq!(lookup_cause(&error), expected, "{words}");
        }
    }

    #[test]
    fn a_wrong_certificate_is_told_from_an_unknown_one() {
        use rustls::CertificateError as Fault;
        for (fault, expected) in [
            (Fault::Expired, Cause::CertificateExpired),
            (Fault::NotValidForName, Cause::CertificateOfAnother),
            (Fault::Revoked, Cause::CertificateRevoked),
            (Fault::UnknownIssuer, Cause::CertificateUnknown),
            (Fault::NotValidYet, Cause::CertificateUnknown),
        ] {
            let error = rustls::Error::InvalidCertificate(fault.clone());
            assert_eq!(cause(&Error::Rustls(error.clone())), expected, "{fault:?}");
            let wrapped = io::Error::new(io::ErrorKind::InvalidData, error);
            assert_eq!(cause(&Error::Io(wrapped)), expected, "{fault:?}");
        }
        assert_eq!(
            certificate_cause(&rustls::Error::DecryptError),
            Cause::NotSecure
        );
    }

    #[test]
    fn waiting_times_are_seconds_or_dates() {
        assert_eq!(waiting_time(" 120 "), Some(Duration::from_secs(120)));
        let past = waiting_time("Wed, 21 Oct 2015 07:28:00 GMT");
        assert_eq!(past, Some(Duration::ZERO));
        let later = waiting_time("Fri, 21 Oct 2135 07:28:00 GMT");
        assert!(later.is_some_and(|wait| wait > Duration::from_secs(3600)));
        assert_eq!(waiting_time("soon"), None);
        assert_eq!(waiting_time("-5"), None);
    }
}
