//! Lets Ctrl-C and the system end a build without anything left behind.

use std::thread;

use crate::stages::write::Interrupt;

/// What a process that is told to end a second time answers.
const AT_ONCE: i32 = 2;

/// Listens from now on: the first time that this process is told to end, it asks the build to; the second time it ends at once, and what it leaves the next
/// build removes.
///
/// Where nobody can listen, a signal ends the process as it always does.
pub fn end_on_signals(interrupt: Interrupt) {
    let listen = move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        if let Ok(runtime) = runtime {
            runtime.block_on(listen(interrupt));
        }
    };
    let _ = thread::Builder::new().name("signals".into()).spawn(listen);
}

/// Leaves the closing of a terminal alone: whoever started the build with `nohup` wants it to go on.
#[cfg(unix)]
async fn listen(interrupt: Interrupt) {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut interrupted), Ok(mut terminated)) = (
        signal(SignalKind::interrupt()),
        signal(SignalKind::terminate()),
    ) else {
        return;
    };
    for is_first in [true, false] {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
        if is_first {
            interrupt.ask();
        }
    }
    std::process::exit(AT_ONCE);
}

#[cfg(not(unix))]
async fn listen(interrupt: Interrupt) {
    if tokio::signal::ctrl_c().await.is_ok() {
        interrupt.ask();
    }
    if tokio::signal::ctrl_c().await.is_ok() {
        std::process::exit(AT_ONCE);
    }
}
