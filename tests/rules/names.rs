//! Variables that are missing, misspelt, set twice, or read twice.

use hardened::{Config, JwtSecret, Loader, SecretText, rule};

use crate::book::{Book, environment};

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only judged")]
struct Settings {
    /// A key.
    #[config(env = "JWT_SECRET_KEY")]
    key: JwtSecret,
    /// A credential.
    stripe_secret_key: SecretText,
    /// A region.
    region: String,
    /// Several.
    #[config(env = "CORS_ORIGINS")]
    origins: Vec<String>,
}

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only judged")]
struct Optional {
    /// A word.
    #[config(env = ["LOG_LEVEL", "LEVEL"])]
    level: Option<String>,
    /// Absent in development alone.
    #[config(required_in_production)]
    bucket: Option<String>,
}

#[derive(Debug, Config)]
struct Shared {
    #[config(nested)]
    one: One,
    #[config(nested)]
    other: Other,
}

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only judged")]
struct One {
    /// A name.
    shared_name: Option<String>,
}

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only judged")]
struct Other {
    /// The same name.
    #[config(env = "SHARED_NAME")]
    name: Option<String>,
}

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only judged")]
#[config(check = ordered(least, most))]
struct Range {
    /// The least.
    #[config(default = 1)]
    least: u16,
    /// The most.
    #[config(default = 10)]
    most: u16,
}

fn ordered(least: &u16, most: &u16) -> Result<(), hardened::Violation> {
    if least <= most {
        return Ok(());
    }
    Err(hardened::Violation::new(rule::SETTING_INCONSISTENT, "LEAST is larger than MOST"))
}

#[rustfmt::skip]
const ROWS: &[(&str, &[(&str, &str)])] = &[
    ("nothing is set", &[]),
    ("usual names instead of the declared ones",
        &[("JWT_SECRET", "x"), ("STRIPE_API_KEY", "x"), ("REGOIN", "x"), ("ALLOWED_ORIGINS", "x")]),
];

#[rustfmt::skip]
const OPTIONAL: &[(&str, &[(&str, &str)])] = &[
    ("a setting that production needs", &[]),
    ("a slip in an optional name", &[("LOG_LEVELS", "debug"), ("BUCKET", "b")]),
    ("two variables of one setting that differ", &[("LOG_LEVEL", "a"), ("LEVEL", "b"), ("BUCKET", "b")]),
];

pub(crate) fn book() -> Book {
    let mut book = Book::default();
    book.rows::<Settings>("production", ROWS);
    book.rows::<Optional>("production", OPTIONAL);
    let twice = environment("production", &[("LEVEL", "a"), ("BUCKET", "b")]).set_again("LEVEL", "b");
    book.load_in::<Optional>("one variable twice", twice);
    book.load_in::<Shared>("a variable that two groups read", environment("production", &[]));
    let reversed = environment("production", &[("LEAST", "11")]);
    book.load::<Range>("a check across two settings", Loader::new().environment(reversed));
    book
}
