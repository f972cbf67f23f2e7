//! The cost of loading a list of a hundred groups of five settings from `hardened.toml`, compared with figment, which reads the
//! same file into structs.
//!
//! Both start from scratch: they search for the file, read it, and build the list. With `HARDENED_BENCH_ONLY=hardened` or
//! `=figment`, only that one runs, a hundred times, for callgrind.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a benchmark")]

#[path = "../race.rs"]
mod race;

use std::fmt::Write as _;

use figment::{
    Figment,
    providers::{Format, Toml},
};
use hardened::{Config, Environment, Loader};
use serde::Deserialize;

use crate::race::{ROUNDS, race};

#[derive(Debug, Config, Deserialize)]
struct Settings {
    #[config(nested)]
    upstreams: Vec<Upstream>,
}

#[derive(Debug, Config, Deserialize)]
#[allow(dead_code, reason = "read into, not read from")]
struct Upstream {
    name: String,
    url: url::Url,
    port: u16,
    tries: u8,
    secure: bool,
}

fn text() -> String {
    (0..100).fold(String::new(), |mut text, number| {
        let _ = write!(
            text,
            "[[upstreams]]\nname = \"service-{number}\"\nurl = \"http://service-{number}.internal/v1/\"\nport = {}\n\
             tries = {}\nsecure = true\n\n",
            8000 + number,
            number % 7
        );
        text
    })
}

fn main() {
    let directory = test_support::Scratch::new();
    directory.file("hardened.toml", text());
    std::env::set_current_dir(directory.path()).expect("a directory that is there");
    let environment = || {
        let directory = std::env::current_dir().expect("a directory");
        Environment::empty().set("ENVIRONMENT", "production").working_directory(directory)
    };
    let hardened = move || {
        let loaded = Loader::new().environment(environment()).load::<Settings>().expect("accepted");
        assert_eq!(loaded.upstreams.len(), 100);
    };
    let figment = || {
        let read: Settings = Figment::new().merge(Toml::file("hardened.toml")).extract().expect("read");
        assert_eq!(read.upstreams.len(), 100);
    };
    match std::env::var("HARDENED_BENCH_ONLY").as_deref() {
        Ok("hardened") => return (0..100).for_each(|_| hardened()),
        Ok("figment") => return (0..100).for_each(|_| figment()),
        _ => {}
    }
    let [ours, theirs] = race([Box::new(hardened), Box::new(figment)]);
    println!("microseconds of the fastest of {ROUNDS} turns\n\n| | \u{b5}s | / figment |\n|---|--:|--:|");
    println!("| hardened | {:.0} | {:.2} |\n| figment | {:.0} | 1.00 |", ours / 1000.0, ours / theirs, theirs / 1000.0);
}
