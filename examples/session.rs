//! A session in a cookie: `cargo run --example session --features axum,cookies,serve`.
//!
//! ```text
//! curl -c jar -X POST http://localhost:8080/sign-in
//! curl -b jar http://localhost:8080/me
//! ```

use axum::{
    Router,
    extract::State,
    http::header::SET_COOKIE,
    response::{AppendHeaders, IntoResponse},
    routing::{get, post},
};
use hardened::{
    Config, Exit, Http,
    auth::{Session, SessionCookie, SessionSettings, SessionTooLarge},
};
use tokio::net::TcpListener;

#[derive(Debug, Config)]
struct Settings {
    #[config(nested)]
    http: Http,
    #[config(nested)]
    session: SessionSettings,
}

#[tokio::main]
async fn main() -> Exit {
    run().await.into()
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let settings = Settings::load()?;
    let app = Router::new()
        .route("/sign-in", post(sign_in))
        .route("/sign-out", post(sign_out))
        .route("/me", get(me))
        .with_state(settings.session.cookie())
        .layer(settings.http.layer());
    let listener = TcpListener::bind(settings.http.listen_addr()).await?;
    Ok(hardened::serve(listener, app, &settings.http).await?)
}

async fn sign_in(State(cookie): State<SessionCookie>) -> Result<impl IntoResponse, SessionTooLarge> {
    // A real service checks a password here.
    Ok((AppendHeaders([(SET_COOKIE, cookie.set("user-7")?)]), "signed in\n"))
}

async fn sign_out(State(cookie): State<SessionCookie>) -> impl IntoResponse {
    (AppendHeaders([(SET_COOKIE, cookie.clear())]), "signed out\n")
}

async fn me(session: Session) -> String {
    format!("{}\n", session.value())
}
