//! Ctrl-C and SIGTERM: the first ends the run and lets it clean up, the second ends the process.

use std::process;

use hardened_verify::Interrupt;

/// The exit status after SIGINT, by the convention of shells.
const INTERRUPTED: i32 = 130;

/// Waits for signals as long as the runtime exists.
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

/// Returns whether a signal arrived; `false` if signals cannot be awaited.
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
