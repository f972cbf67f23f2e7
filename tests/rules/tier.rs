//! How the tier is determined, and how platforms influence it.

use std::os::unix::ffi::OsStringExt as _;

use hardened::{Config, Environment, Loader, Tier};

use crate::{
    book::{Book, environment},
    support::Scratch,
};

/// A service without settings, so that only its tier is checked.
#[derive(Debug, Config)]
struct Service {}

/// A service that is always refused.
#[derive(Debug, Config)]
struct Refused {
    /// Never set.
    #[expect(dead_code, reason = "never loaded")]
    region: String,
}

const RAILWAY: (&str, &str) = ("RAILWAY_PROJECT_ID", "5e1f0a6c-b7c0-4f34-9f0c-6f7e3a3d2b10");

#[rustfmt::skip]
const ROWS: &[(&str, &[(&str, &str)])] = &[
    ("a slip in the name", &[("ENVIRONMENT", "prodution")]),
    ("an unknown name", &[("ENVIRONMENT", "blue")]),
    ("a blank name", &[("ENVIRONMENT", " ")]),
    ("quotes", &[("ENVIRONMENT", "\"production\"")]),
    ("white space", &[("ENVIRONMENT", "production\n")]),
    ("capital letters", &[("ENVIRONMENT", "Production")]),
    ("invisible characters", &[("ENVIRONMENT", "production\u{200b}")]),
    ("two variables that differ", &[("ENVIRONMENT", "development"), ("APP_ENV", "production")]),
    ("white space behind the variable's name", &[("ENVIRONMENT ", "development")]),
    ("white space before the variable's name", &[(" ENVIRONMENT", "development")]),
    ("development on a platform's production", &[RAILWAY, ("RAILWAY_ENVIRONMENT_NAME", "production"), ("ENVIRONMENT", "dev")]),
    ("development on a platform that no laptop pretends to be",
        &[("WEBSITE_SITE_NAME", "api"), ("WEBSITE_SLOT_NAME", "Production"), ("ENVIRONMENT", "dev")]),
    ("production in a platform's preview", &[RAILWAY, ("RAILWAY_ENVIRONMENT_NAME", "app-pr-7"), ("ENVIRONMENT", "production")]),
    ("development on a platform that serves the public", &[("DYNO", "web.1"), ("ENVIRONMENT", "development")]),
    ("test on the platform's own CI", &[("DYNO", "run.1"), ("HEROKU_TEST_RUN_ID", "1"), ("ENVIRONMENT", "test")]),
];

pub(crate) fn book() -> Book {
    let mut book = Book::default();
    for (name, variables) in ROWS {
        let environment = variables.iter().copied().collect::<Environment>();
        book.load_in::<Service>(name, environment);
    }
    let release = || environment("development", &[]).release_build();
    book.load_in::<Service>("a release build that relaxes rules", release());
    book.load_in::<Service>("the same in a pod", release().set("KUBERNETES_SERVICE_HOST", "10.0.0.1"));
    let bytes = std::ffi::OsString::from_vec(vec![0xff, 0xfe]);
    book.load_in::<Service>("no text", Environment::empty().set("ENVIRONMENT", bytes));
    let twice = environment("development", &[]).set_again("ENVIRONMENT", "production");
    book.load_in::<Service>("one variable twice", twice);
    let loader = Loader::new().environment(environment("production", &[]));
    let own = Loader::new().environment(Environment::empty()).tier_variable("SERVICE_TIER");
    book.load::<Refused>("nothing set, and a tier variable of the service's own", own);
    let usual = Environment::empty().set("APP_ENV", "dev");
    let own = Loader::new().environment(usual).tier_variable("SERVICE_TIER");
    book.load::<Refused>("a tier in another variable than the service's own", own);
    book.load::<Service>("an alias for a tier that relaxes rules", loader.tier_alias("laptop", Tier::Development));
    hints(&mut book);
    book
}

/// Refusals with hints for a developer's own machine.
fn hints(book: &mut Book) {
    book.load_in::<Refused>("nothing declared, nothing prepared", Environment::empty());
    book.load_in::<Refused>("a blank variable", Environment::empty().set("ENVIRONMENT", ""));
    let scratch = Scratch::new();
    book.hide(scratch.path().display(), "[directory]");
    scratch.file("dotenv/.env", "REGION=eu\n");
    scratch.file("cargo/.cargo/config.toml", "[env]\nENVIRONMENT = \"development\"\n");
    for (name, directory) in [("a .env that cannot count", "dotenv"), ("cargo's [env] that does not reach it", "cargo")]
    {
        book.load_in::<Refused>(name, Environment::empty().working_directory(scratch.path().join(directory)));
    }
}
