//! An axum service that starts with safe configuration, or refuses to start and says everything that is wrong.
//!
//! ```text
//! cargo run --example quickstart                    # refused: nothing is set
//! cargo run --example quickstart -- config check    # the same, without starting
//! cargo run --example quickstart -- config env      # what to set
//! ```

use axum::{Router, extract::State, routing::get};
use hardened::{Config, Loaded, ProductionConfig};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    hardened::command::<ProductionConfig>().run_if_asked();
    let settings = ProductionConfig::load_or_exit();
    println!("{}\n\n{}", Loaded::table(&settings), Loaded::report(&settings));

    let app = Router::new().route("/", get(greet)).layer(settings.cors.layer()).with_state(settings.clone());
    let listener = TcpListener::bind(settings.http.listen_addr()).await?;
    println!("listening on {}", listener.local_addr()?);
    axum::serve(listener, app).with_graceful_shutdown(stop_signal()).await
}

async fn greet(State(settings): State<Loaded<ProductionConfig>>) -> String {
    format!("tokens are signed with {}\n", settings.jwt.algorithm())
}

/// Until Ctrl-C, or the signal with which platforms stop a service.
async fn stop_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
