//! How other sites are treated.

use std::time::Duration;

/// How other sites are treated.
#[derive(Debug, Clone, Copy)]
pub struct Manners {
    /// How many hosts are asked at the same time; each gets one request at a time.
    pub hosts: usize,
    /// Between two requests to a host.
    pub pause: Duration,
    /// Until a connection stands.
    pub connect: Duration,
    /// For one request.
    pub request: Duration,
    /// For one page, with all redirects and repetitions, without waiting for the host's turn.
    pub page: Duration,
    /// How often an address is asked for.
    pub tries: u32,
    /// Before the second try, and four times as long before each further one.
    pub backoff: Duration,
    /// Sites that want to be left alone for longer are not asked again.
    pub longest_wait: Duration,
    /// How many redirects are followed.
    pub redirects: u32,
    /// How often in a row a host may give no answer before it is left alone.
    pub patience: u32,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            hosts: 8,
            pause: Duration::from_millis(500),
            connect: Duration::from_secs(10),
            request: Duration::from_secs(20),
            page: Duration::from_secs(60),
            tries: 3,
            backoff: Duration::from_secs(1),
            longest_wait: Duration::from_secs(30),
            redirects: 5,
            patience: 6,
        }
    }
}
