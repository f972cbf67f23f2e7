//! Twenty settings: two secrets, a URL, a list, numbers, an enum, booleans, text.

use hardened::{Config, JwtSecret, Setting, Violation, schema::Kind};
use secrecy::SecretString;

/// A credential: it is checked for placeholders, references and stray characters, but not for strength, as a key would be.
#[derive(Debug)]
pub(crate) struct Secret(#[expect(dead_code, reason = "held, not read")] SecretString);

impl Setting for Secret {
    const KIND: Kind = Kind::Credential;

    fn parse(text: &str) -> Result<Self, Violation> {
        Ok(Self(SecretString::from(text)))
    }
}

#[derive(Debug, Setting)]
pub(crate) enum Level {
    Error,
    Warn,
    Info,
    Debug,
}

/// Defines the same settings with different types of the signing secret.
macro_rules! settings {
    ($($(#[$docs:meta])* $name:ident($secret:ty);)*) => {$(
        $(#[$docs])*
        #[derive(Debug, Config)]
        #[config(prefix = "BENCH_")]
        #[expect(dead_code, reason = "read into, not read from")]
        pub(crate) struct $name {
            signing_secret: $secret,
            mail_password: Secret,
            base_url: url::Url,
            origins: Vec<String>,
            level: Level,
            port: u16,
            workers: u32,
            max_connections: u32,
            timeout_seconds: u64,
            retries: u8,
            cache_size: u64,
            batch_size: u32,
            ratio: f64,
            metrics: bool,
            tracing: bool,
            compression: bool,
            region: String,
            bucket: String,
            queue: String,
            service: String,
        }
    )*};
}

settings! {
    /// The signing secret is a credential.
    Settings(Secret);
    /// The signing secret is a key, whose strength is judged.
    WithKey(JwtSecret);
}

/// No settings: loading them costs only the tier and the report.
#[derive(Debug, Config)]
pub(crate) struct Nothing {}

/// The variables of the twenty settings.
pub(crate) const VARIABLES: [(&str, &str); 20] = [
    ("BENCH_SIGNING_SECRET", "Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM"),
    ("BENCH_MAIL_PASSWORD", "q8ZxT3vB7nM1kL5jH9gF2dS6"),
    ("BENCH_BASE_URL", "https://api.example.com/v1/"),
    ("BENCH_ORIGINS", "https://app.example.com,https://admin.example.com,https://www.example.com"),
    ("BENCH_LEVEL", "info"),
    ("BENCH_PORT", "8080"),
    ("BENCH_WORKERS", "16"),
    ("BENCH_MAX_CONNECTIONS", "100"),
    ("BENCH_TIMEOUT_SECONDS", "30"),
    ("BENCH_RETRIES", "3"),
    ("BENCH_CACHE_SIZE", "1048576"),
    ("BENCH_BATCH_SIZE", "500"),
    ("BENCH_RATIO", "0.25"),
    ("BENCH_METRICS", "true"),
    ("BENCH_TRACING", "false"),
    ("BENCH_COMPRESSION", "true"),
    ("BENCH_REGION", "eu-central-1"),
    ("BENCH_BUCKET", "uploads"),
    ("BENCH_QUEUE", "events"),
    ("BENCH_SERVICE", "billing"),
];
