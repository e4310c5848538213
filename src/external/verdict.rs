//! What became of asking for a page of another site.

use serde::{Deserialize, Serialize};
use url::Url;

/// Longer addresses are cut where people read them.
const LONGEST_SHOWN: usize = 200;

/// What was found out about a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// What decided it.
    pub cause: Cause,
    /// Where redirects led, if there were any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Url>,
}

/// What decides about a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The site answered with this status.
    Status(u16),
    /// It is no address.
    NotAnAddress,
    /// It is an address that no request can hold.
    NotAskable,
    /// The name of the host does not exist.
    NoSuchHost,
    /// The certificate has run out.
    CertificateExpired,
    /// The certificate is another host's.
    CertificateOfAnother,
    /// The certificate has been revoked.
    CertificateRevoked,
    /// Nobody known has signed the certificate.
    CertificateUnknown,
    /// No secure connection could be made.
    NotSecure,
    /// The address is this machine's, or of a private network.
    NotPublic,
    /// The address holds a name or a password.
    HoldsPassword,
    /// The scheme is neither `http:` nor `https:`.
    OtherScheme,
    /// There were more redirects than are followed.
    TooManyRedirects,
    /// A redirect named no address.
    RedirectToNothing,
    /// There was no answer in time.
    TimedOut,
    /// No connection could be made, or it was broken off.
    NoConnection,
    /// Nobody could say where the host is.
    LookupFailed,
    /// The answer was not HTTP.
    NotHttp,
    /// The answer's headers had no end.
    HeadersTooLong,
    /// The host had not answered several times before.
    HostSilent,
}

/// Whether a page is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is there.
    Fine,
    /// It is not there.
    Broken,
    /// Nobody can tell.
    Unchecked,
}

impl Cause {
    /// Returns whether the page is there.
    pub const fn standing(self) -> Standing {
        match self {
            // 416: there is something, and it is shorter than the part that was asked for.
            Self::Status(200..=299 | 416) => Standing::Fine,
            Self::Status(404 | 410)
            | Self::NotAnAddress
            | Self::NoSuchHost
            | Self::CertificateExpired
            | Self::CertificateOfAnother
            | Self::CertificateRevoked => Standing::Broken,
            _ => Standing::Unchecked,
        }
    }

    /// Returns whether asking once more may give another answer.
    pub const fn may_pass(self) -> bool {
        matches!(
            self,
            Self::Status(408 | 429 | 500 | 502 | 503 | 504)
                | Self::TimedOut
                | Self::NoConnection
                | Self::LookupFailed
        )
    }

    /// Returns whether the host gave no answer at all.
    pub const fn is_silence(self) -> bool {
        matches!(
            self,
            Self::TimedOut | Self::NoConnection | Self::LookupFailed
        )
    }

    /// Returns what is said of the address: the rest of a sentence that begins with it.
    fn said(self) -> String {
        let said = match self {
            Self::Status(status) => {
                let meaning = meaning(status);
                let meaning = meaning.map_or_else(String::new, |words| format!(" ({words})"));
                return format!("answers {status}{meaning}");
            }
            Self::NotAnAddress => "is no address that can be asked for",
            Self::NotAskable => "holds what no request can hold",
            Self::NoSuchHost => "names a host that does not exist",
            Self::CertificateExpired => "has a certificate that has run out",
            Self::CertificateOfAnother => "has the certificate of another host",
            Self::CertificateRevoked => "has a certificate that has been revoked",
            Self::CertificateUnknown => "has a certificate that nobody known has signed",
            Self::NotSecure => "makes no secure connection",
            Self::NotPublic => {
                "stands on this machine or in a private network, which is never asked"
            }
            Self::HoldsPassword => "holds a name or password, which is never sent",
            Self::OtherScheme => "has a scheme other than `http:` and `https:`",
            Self::TooManyRedirects => "is one redirect too many",
            Self::RedirectToNothing => "redirects to no address",
            Self::TimedOut => "does not answer in time",
            Self::NoConnection => "takes no connection, or breaks it off",
            Self::LookupFailed => "has a host whose place could not be found out",
            Self::NotHttp => "answers with something other than HTTP",
            Self::HeadersTooLong => "answers with headers that do not end",
            Self::HostSilent => "stands on a host that has stopped answering",
        };
        said.into()
    }
}

/// Returns what a status means to readers.
const fn meaning(status: u16) -> Option<&'static str> {
    Some(match status {
        401 | 407 => "it wants a sign-in",
        403 => "it refuses this program",
        404 => "not found",
        410 => "gone",
        429 => "too many requests",
        451 => "withheld for legal reasons",
        500 | 502 | 503 | 504 => "it is out of order",
        _ => return None,
    })
}

impl Verdict {
    /// Says what decided about `asked`; `at` is where redirects led.
    pub fn new(cause: Cause, asked: &Url, at: &Url) -> Self {
        let mut last = at.clone();
        // Passwords are not kept. Addresses that cannot carry one cannot fail to lose it.
        let _ = last.set_username("");
        let _ = last.set_password(None);
        Self {
            cause,
            last: (at != asked).then_some(last),
        }
    }

    /// Returns the message of a finding about an address.
    pub fn message(&self, address: &str) -> String {
        let address = shown(address);
        let said = match &self.last {
            None => self.cause.said(),
            Some(last) => {
                let last = shown(last.as_str());
                format!("redirects to `{last}`, which {}", self.cause.said())
            }
        };
        match self.cause.standing() {
            Standing::Unchecked => format!("`{address}` could not be checked: it {said}"),
            _ => format!("`{address}` {said}"),
        }
    }
}

fn shown(address: &str) -> String {
    match address.char_indices().nth(LONGEST_SHOWN) {
        Some((end, _)) => format!("{}…", &address[..end]),
        None => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_is_only_what_is_known_not_to_be_there() {
        for (causes, expected) in [
            (
                &[Cause::Status(200), Cause::Status(206), Cause::Status(416)][..],
                Standing::Fine,
            ),
            (
                &[
                    Cause::Status(404),
                    Cause::Status(410),
                    Cause::NoSuchHost,
                    Cause::CertificateExpired,
                    Cause::NotAnAddress,
                ],
                Standing::Broken,
            ),
            (
                &[
                    Cause::Status(400),
                    Cause::Status(401),
                    Cause::Status(403),
                    Cause::Status(429),
                    Cause::Status(503),
                    Cause::Status(304),
                    Cause::TimedOut,
                    Cause::NoConnection,
                    Cause::LookupFailed,
                    Cause::CertificateUnknown,
                    Cause::NotPublic,
                    Cause::HostSilent,
                ],
                Standing::Unchecked,
            ),
        ] {
            for cause in causes {
                assert_eq!(cause.standing(), expected, "{cause:?}");
            }
        }
    }

    #[test]
    fn messages_say_what_came_back_and_from_where() {
        let url = |text: &str| Url::parse(text).expect("it is an address");
        let asked = url("https://a.org/b");
        for (cause, at, expected) in [
            (
                Cause::Status(404),
                "https://a.org/b",
                "`https://a.org/b` answers 404 (not found)",
            ),
            (
                Cause::Status(418),
                "https://a.org/b",
                "`https://a.org/b` could not be checked: it answers 418",
            ),
            (
                Cause::HoldsPassword,
                "https://u:secret@c.org/",
                "`https://a.org/b` could not be checked: it redirects to `https://c.org/`, which holds a name or password, which is never sent",
            ),
        ] {
            let verdict = Verdict::new(cause, &asked, &url(at));
            assert_eq!(verdict.message("https://a.org/b"), expected);
        }
    }
}
