//! CORS policies, in a variable and in code.

use std::time::Duration;

use hardened::{
    Config, CorsSettings, Tier,
    cors::{CorsPolicy, PolicyBuilder},
    load::Reason,
};

use crate::book::Book;

#[derive(Debug, Config)]
struct Pages {
    #[config(nested)]
    cors: CorsSettings,
}

/// Origins, each of which is tested alone.
const ORIGINS: &[&str] = &[
    "https://app.acme.io/",
    "https://App.acme.io",
    "https://app.acme.io:443",
    "https://b\u{fc}cher.example",
    "https://192.168.1",
    "https://app.acme.io.",
    "https://user:pass@app.acme.io",
    "null",
    "*",
    "https://*",
    "https://app-*.acme.io",
    "http://localhost:*",
    "https://*.vercel.app",
    "capacitor://localhost",
    "http://app.acme.io",
    "http://localhost:3000",
    "app.acme.io",
    "",
    "https://app.acme.io:99999",
    "https://a b.acme.io",
    "https://",
    "javascript://app.acme.io",
    "1https://app.acme.io",
    "htps://app.acme.io",
    "[\"https://app.acme.io\"]",
    "https://app.acme.io|https://www.acme.io",
    "^https://.*\\.acme\\.io$",
    "https://${APP_DOMAIN}",
    "https://yourdomain.com",
    "https://app.example.com",
];

fn policy() -> PolicyBuilder {
    CorsPolicy::builder().allow_origins(["https://app.acme.io"])
}

pub(crate) fn book() -> Book {
    let mut book = Book::default();
    for origin in ORIGINS {
        built(&mut book, &format!("the origin {origin:?}"), CorsPolicy::builder().allow_origins([origin]));
    }
    for (name, policy) in [
        ("no origin", CorsPolicy::builder()),
        ("one origin twice", policy().allow_origins(["https://app.acme.io"])),
        ("every origin and a list", policy().allow_any_origin()),
        ("every origin with credentials", CorsPolicy::builder().allow_any_origin().allow_credentials()),
        (
            "stars with credentials",
            policy().allow_credentials().allow_methods(["*"]).allow_headers(["*"]).expose_headers(["*"]),
        ),
        ("methods", policy().allow_methods(["patch", "TRACE", "PUT", "PUT", "A B"])),
        ("headers", policy().allow_headers(["cookie", "content type", "x-a", "X-A"])),
        ("exposed headers", policy().expose_headers(["set-cookie", "origin"])),
        ("an age that browsers ignore", policy().max_age(Duration::from_secs(86_401))),
        ("an age that Chromium caps", policy().max_age(Duration::from_secs(7_201))),
        ("a redirect as the status", policy().preflight_status(301)),
        ("a dangerous origin without a reason", policy().dangerous().origin("tauri://localhost", " ")),
        ("a dangerous origin that is not", policy().dangerous().origin("https://www.acme.io", "our second page")),
        ("a dangerous origin", policy().dangerous().origin("tauri://localhost", Reason::new("the desktop app"))),
    ] {
        built(&mut book, name, policy);
    }
    #[rustfmt::skip]
    book.rows::<Pages>("production", &[
        ("no variable", &[]),
        ("a variable with mistakes", &[("CORS_ORIGINS", "https://app.acme.io/,http://localhost:3000")]),
    ]);
    book
}

fn built(book: &mut Book, name: &str, policy: PolicyBuilder) {
    match policy.build(Tier::Production) {
        Ok(policy) => book.report(name, policy.report()),
        Err(refusal) => book.refused(name, &refusal),
    }
}
