//! Lets Ctrl-C and the system end a run without anything left behind.

use std::thread;

use super::Stop;
use super::terminal::Terminal;
use crate::stages::write::{Interrupt, Progress};

/// What a process answers that is told to end before it writes, or a second time.
const AT_ONCE: i32 = 2;

/// A run that can be told to end.
#[derive(Debug, Clone)]
pub struct Run {
    /// The wish that it ends.
    pub interrupt: Interrupt,
    /// What is as it was where it ends.
    pub stays: &'static str,
}

impl Run {
    /// Starts a run that nobody has told to end.
    pub fn new(stays: &'static str) -> Self {
        Self {
            interrupt: Interrupt::default(),
            stays,
        }
    }

    /// Listens from now on: the first time that this process is told to end, it ends at once where nothing is written yet, and otherwise asks the run to; the
    /// second time it ends at once, and what it leaves the next run removes.
    ///
    /// Where nobody can listen, a signal ends the process as it always does.
    pub fn end_on_signals(&self, terminal: &Terminal) {
        let (run, terminal) = (self.clone(), terminal.clone());
        let listen = move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            if let Ok(runtime) = runtime {
                runtime.block_on(listen(&run, &terminal));
            }
        };
        let _ = thread::Builder::new().name("signals".into()).spawn(listen);
    }

    /// Says that the run was told to end.
    pub fn ended(&self) -> Stop {
        let stays = self.stays;
        Stop(format!("told to end: {stays} as it was"))
    }

    fn ask(&self, terminal: &Terminal) {
        if self.interrupt.ask() == Progress::Reading {
            terminal.fail(&self.ended().0);
            std::process::exit(AT_ONCE);
        }
    }
}

#[cfg(unix)]
async fn listen(run: &Run, terminal: &Terminal) {
    use tokio::signal::unix::{SignalKind, signal};
    let hangup = SignalKind::hangup();
    // Whoever started the run with `nohup` wants it to go on when the terminal is closed.
    let closes = !is_ignored(hangup.as_raw_value());
    let (Ok(mut interrupted), Ok(mut quit), Ok(mut terminated)) = (
        signal(SignalKind::interrupt()),
        signal(SignalKind::quit()),
        signal(SignalKind::terminate()),
    ) else {
        return;
    };
    let mut closed = closes.then(|| signal(hangup).ok()).flatten();
    for is_first in [true, false] {
        let closed = async {
            match &mut closed {
                Some(closed) => closed.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = quit.recv() => {}
            _ = terminated.recv() => {}
            _ = closed => {}
        }
        if is_first {
            run.ask(terminal);
        }
    }
    std::process::exit(AT_ONCE);
}

/// Returns whether this process was started so that it ignores a signal; where the system does not say it, it may have been.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_none_or(|mask| mask >> (signal - 1) & 1 == 1)
}

#[cfg(not(unix))]
async fn listen(run: &Run, terminal: &Terminal) {
    if tokio::signal::ctrl_c().await.is_ok() {
        run.ask(terminal);
    }
    if tokio::signal::ctrl_c().await.is_ok() {
        std::process::exit(AT_ONCE);
    }
}
