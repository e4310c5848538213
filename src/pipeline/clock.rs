//! How long each part of a run took.

use std::fmt;
use std::time::{Duration, Instant};

/// The parts of a run so far, each with the time that it took.
#[derive(Debug, Clone)]
pub struct Clock {
    parts: Vec<(&'static str, Duration)>,
    since: Instant,
}

impl Clock {
    /// Starts the first part.
    pub fn start() -> Self {
        Self {
            parts: Vec::new(),
            since: Instant::now(),
        }
    }

    /// Ends a part and starts the next one.
    pub(super) fn lap(&mut self, part: &'static str) {
        let now = Instant::now();
        self.parts.push((part, now - self.since));
        self.since = now;
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (part, took)) in self.parts.iter().enumerate() {
            let comma = if index > 0 { ", " } else { "" };
            write!(formatter, "{comma}{part} {:.3} s", took.as_secs_f64())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_in_their_order() {
        let mut clock = Clock::start();
        clock.since -= Duration::from_millis(2500);
        clock.lap("reading");
        clock.lap("linking");
        let text = clock.to_string();
        assert!(text.starts_with("reading 2.50"), "{text}");
        assert!(text.contains(", linking 0.00"), "{text}");
    }
}
