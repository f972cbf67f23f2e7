//! An axum service that starts only with a safe configuration, and otherwise refuses to start and reports all mistakes.
//!
//! ```text
//! cargo run --features serve --example quickstart                    # refused: nothing is set
//! cargo run --features serve --example quickstart -- config check    # the same, without starting
//! cargo run --features serve --example quickstart -- config env      # what to set
//! ```

use std::error::Error;

use axum::{Router, extract::State, routing::get};
use hardened::{Config, Exit, Loaded, ProductionConfig};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Exit {
    hardened::command::<ProductionConfig>().run_if_asked();
    run(ProductionConfig::load_or_exit()).await.into()
}

async fn run(settings: Loaded<ProductionConfig>) -> Result<(), Box<dyn Error>> {
    println!("{}\n\n{}", Loaded::table(&settings), Loaded::report(&settings));

    let app = Router::new().route("/", get(greet)).layer(settings.cors.layer()).with_state(settings.clone());
    let listener = TcpListener::bind(settings.http.listen_addr()).await?;
    println!("listening on {}", listener.local_addr()?);
    Ok(hardened::serve(listener, app, &settings.http).await?)
}

async fn greet(State(settings): State<Loaded<ProductionConfig>>) -> String {
    format!("tokens are signed with {}\n", settings.jwt.algorithm())
}
