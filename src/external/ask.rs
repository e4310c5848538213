//! Asks for a page: follows redirects step by step, and asks again where another answer may come.

use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::Manners;
use super::addresses::Network;
use super::client::{Client, Method, Reply};
use super::hosts::Hosts;
use super::verdict::{Cause, Standing, Verdict};

/// Asks for pages, from many threads at once.
#[derive(Debug)]
pub struct Asker {
    client: Client,
    hosts: Hosts,
    pub(super) manners: Manners,
}

/// Where one address leads.
enum Step {
    /// No further.
    End(Cause),
    /// To another address.
    On(Url),
}

impl Asker {
    /// Prepares to ask; no connection is made yet.
    pub fn new(network: Arc<dyn Network>, manners: Manners) -> Self {
        Self {
            client: Client::new(network, &manners),
            hosts: Hosts::new(manners.pause, manners.patience),
            manners,
        }
    }

    /// Asks for a page.
    pub fn ask(&self, asked: &Url) -> Verdict {
        let mut at = asked.clone();
        let mut spent = Duration::ZERO;
        for _ in 0..=self.manners.redirects {
            let step = match refusal(&at) {
                Some(cause) => Step::End(cause),
                None => self.insist(&at, &mut spent),
            };
            match step {
                Step::End(cause) => return Verdict::new(cause, asked, &at),
                Step::On(next) => at = next,
            }
        }
        Verdict::new(Cause::TooManyRedirects, asked, &at)
    }

    /// Asks for one address until an answer stands. Nothing is called missing on the word of a `HEAD`.
    fn insist(&self, url: &Url, spent: &mut Duration) -> Step {
        let host = host(url);
        let mut cause = Cause::TimedOut;
        for attempt in 0..self.manners.tries {
            if *spent >= self.manners.page {
                break;
            }
            let method = if attempt == 0 {
                Method::Head
            } else {
                Method::Get
            };
            let ask = || self.client.request(method, url);
            let (answer, took) = self.hosts.in_turn(&host, ask);
            *spent += took;
            let asked_wait = match answer {
                Ok(reply) => match on(url, &reply) {
                    Some(step) => return step,
                    None => {
                        cause = Cause::Status(reply.status);
                        reply.retry_after
                    }
                },
                // What it was silent about says more.
                Err(Cause::HostSilent) if attempt > 0 => break,
                Err(fault) => {
                    cause = fault;
                    None
                }
            };
            if cause.standing() == Standing::Fine {
                break;
            }
            if cause.may_pass() {
                let wait = asked_wait.unwrap_or_else(|| self.manners.backoff * 4_u32.pow(attempt));
                if wait > self.manners.longest_wait || attempt + 1 == self.manners.tries {
                    break;
                }
                self.hosts.rest(&host, wait);
                *spent += wait;
            } else if method == Method::Get || !matches!(cause, Cause::Status(_)) {
                break;
            }
        }
        Step::End(cause)
    }
}

/// Returns why an address is not asked for, whatever stands there.
fn refusal(url: &Url) -> Option<Cause> {
    if !matches!(url.scheme(), "http" | "https") {
        return Some(Cause::OtherScheme);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Some(Cause::HoldsPassword);
    }
    (!url.has_host() || url.port() == Some(0)).then_some(Cause::NotAnAddress)
}

/// Returns where a redirect leads; nothing where the answer is none.
fn on(url: &Url, reply: &Reply) -> Option<Step> {
    if !matches!(reply.status, 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let next = reply.location.as_deref().map(|location| url.join(location));
    Some(match next {
        Some(Ok(mut next)) => {
            next.set_fragment(None);
            Step::On(next)
        }
        _ => Step::End(Cause::RedirectToNothing),
    })
}

/// Returns the host and port that take turns.
pub(super) fn host(url: &Url) -> String {
    let port = url.port_or_known_default().unwrap_or_default();
    format!("{}:{port}", url.host_str().unwrap_or_default())
}
