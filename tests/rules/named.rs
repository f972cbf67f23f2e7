//! Named files, local files, and former names of settings.

use std::path::PathBuf;

use figment::{
    Error, Metadata, Profile, Provider,
    value::{Dict, Map},
};
use hardened::{Config, Loader};

use crate::{
    book::{Book, environment},
    support::Scratch,
};

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only judged")]
struct Settings {
    /// How many.
    #[config(default = 1, alias = "workers", deprecated_alias = "num_threads")]
    max_threads: u16,
    /// No longer read.
    #[config(deprecated = "use MAX_THREADS")]
    pool_size: Option<u16>,
    #[config(nested, alias = "smtp")]
    mail: Option<Mail>,
}

#[derive(Debug, Config)]
#[config(prefix = "MAIL_")]
#[expect(dead_code, reason = "only judged")]
struct Mail {
    /// The host.
    host: String,
}

/// A provider that declares which file it reads.
struct Json(PathBuf);

impl Provider for Json {
    fn metadata(&self) -> Metadata {
        Metadata::from("JSON file", self.0.as_path())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        let text = std::fs::read_to_string(&self.0).map_err(|error| Error::from(error.to_string()))?;
        let values: Dict = serde_json::from_str(&text).map_err(|error| Error::from(error.to_string()))?;
        Ok(Profile::Default.collect(values))
    }
}

/// A function that configures the loader.
type Choose = fn(Loader, &Scratch) -> Loader;

/// The name of the case, the text of `hardened.toml`, the variables, and the function that configures the loader.
type Row = (&'static str, &'static str, &'static [(&'static str, &'static str)], Choose);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("a file that is not there", "", &[("APP_CONFIG", "other.toml")], |loader, _| loader.files_variable("APP_CONFIG")),
    ("one of two files that is not there", "", &[("APP_CONFIG", "hardened.toml,other.toml")], |loader, _| loader.files_variable("APP_CONFIG")),
    ("a file of another format", "", &[], |loader, scratch| {
        scratch.file("config.yaml", "max_threads: 1");
        loader.files_argument("--config", ["config.yaml"])
    }),
    ("an unknown key in a named file", "", &[], |loader, scratch| {
        scratch.file("eu.toml", "max_thread = 1");
        loader.files(["eu.toml"])
    }),
    ("a local file in production", "", &[], |loader, scratch| {
        scratch.file("hardened.local.toml", "max_threads = 1");
        loader
    }),
    ("an unknown key in the file of a provider", "", &[], |loader, scratch| {
        loader.figment(Json(scratch.file("config.json", r#"{ "max_thread": 1 }"#)))
    }),
    ("a former name in a file", "num_threads = 1", &[], |loader, _| loader),
    ("a former name of a variable", "", &[("NUM_THREADS", "1")], |loader, _| loader),
    ("a setting that is deprecated", "", &[("POOL_SIZE", "1")], |loader, _| loader),
    ("two names that disagree", "workers = 1\nmax_threads = 2", &[], |loader, _| loader),
    ("two names of a group", "[mail]\nhost = \"a\"\n[smtp]\nhost = \"a\"", &[], |loader, _| loader),
];

pub(crate) fn book() -> Book {
    let mut book = Book::default();
    for (name, text, variables, choose) in ROWS {
        let scratch = Scratch::new();
        book.hide(scratch.path().display(), "/srv/app");
        scratch.file("hardened.toml", text);
        let environment = environment("production", variables).working_directory(scratch.path());
        book.load::<Settings>(name, choose(Loader::new().environment(environment), &scratch));
    }
    book
}
