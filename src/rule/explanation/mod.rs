//! Why each rule exists and what to do when it does not hold: a file for each family.

pub(super) mod auth;
pub(super) mod connection;
pub(super) mod cors;
pub(super) mod database;
pub(super) mod dotenv;
pub(super) mod file;
pub(super) mod http;
pub(super) mod process;
pub(super) mod secret;
pub(super) mod setting;
pub(super) mod source;
pub(super) mod tier;

use hardened_core::rule::Explanation;

/// An explanation that rests on this library's own experience.
const fn explain(why: &'static str, remedy: &'static str) -> Explanation {
    Explanation::new(why, remedy)
}

/// An explanation that follows a public source.
const fn sourced(why: &'static str, remedy: &'static str, source: &'static str) -> Explanation {
    Explanation::new(why, remedy).source(source)
}
