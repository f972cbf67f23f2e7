//! Ctrl-C and SIGTERM: the first ends the run and lets it clean up, the second ends the process.

use std::process;

use hardened_verify::Interrupt;

/// Exit status of a process that SIGINT ends, as shells count it.
const INTERRUPTED: i32 = 130;

/// Waits for signals, for as long as the runtime lasts.
pub(super) fn watch(interrupt: Interrupt) {
    tokio::spawn(async move {
        if signal().await {
            interrupt.interrupt();
        }
        if signal().await {
            process::exit(INTERRUPTED);
        }
    });
}

/// Whether a signal came; false where none can be waited for.
#[cfg(unix)]
async fn signal() -> bool {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut term) = signal(SignalKind::terminate()) else { return false };
    tokio::select! {
        came = tokio::signal::ctrl_c() => came.is_ok(),
        came = term.recv() => came.is_some(),
    }
}

#[cfg(not(unix))]
async fn signal() -> bool {
    tokio::signal::ctrl_c().await.is_ok()
}
