//! An axum service whose origins come from `CORS_ORIGINS`.
//!
//! ```text
//! $ ENVIRONMENT=development CORS_ORIGINS=http://localhost:3000 cargo run --example cors
//! listening on 127.0.0.1:8080
//!
//! $ CORS_ORIGINS='https://app.example.com/, https://*.vercel.app, http://localhost:3000' cargo run --example cors
//! refused to start: 3 problems (tier Production: ENVIRONMENT is not set)
//!   CORS_ORIGINS  malformed: item 1: contains a path or a trailing slash
//!       fix: write https://app.example.com
//!       origin-path · origins · variable CORS_ORIGINS
//!   CORS_ORIGINS  insecure: item 2: matches names that anyone can register
//!       fix: give previews a domain of your own (https://*.preview.example.com), set the branch's exact URL from CI, or rewrite /api on the front end's own origin
//!       origin-public-suffix · origins · variable CORS_ORIGINS
//!   CORS_ORIGINS  insecure: item 3: the visitor's own machine, where any program can serve a page
//!       fix: remove it, or for a webview allow the exact origin through dangerous(), with a reason
//!       origin-loopback · origins · variable CORS_ORIGINS
//!   CORS_ORIGINS  accepted: the mobile app, whose requests carry a token and no cookie (origin-scheme)
//! ```

#![allow(clippy::print_stdout, reason = "an example")]

use axum::{Router, routing::get};
use hardened::{Config, CorsSettings, cors::PolicyBuilder};
use tokio::net::TcpListener;

/// Adds what our pages may do. These decisions belong in the code, and are judged at the start like the variable.
fn pages(policy: PolicyBuilder) -> PolicyBuilder {
    policy
        .allow_credentials()
        .allow_methods(["PUT", "DELETE"])
        .allow_headers(["content-type"])
        .expose_headers(["x-request-id"])
        .dangerous()
        .origin("capacitor://localhost", "the mobile app, whose requests carry a token and no cookie")
}

#[derive(Debug, Config)]
struct Settings {
    #[config(nested, with = pages)]
    cors: CorsSettings,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let settings = Settings::load_or_exit();
    let cors = &settings.cors;
    let app = Router::new()
        .route("/", get(async || "hello").post(async || "done"))
        .layer(cors.policy().guard()) // refuses requests that other sites forge
        .layer(cors.layer()); // outermost, so that every refusal can be read
    let listener = TcpListener::bind(("127.0.0.1", 8080)).await?;
    println!("listening on {}", listener.local_addr()?);
    axum::serve(listener, app).await
}
