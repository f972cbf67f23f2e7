//! Explanations: why each rule exists, and what to do when it does not hold. Each family of rules has a file.

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

/// Creates an explanation that is not based on a public source.
const fn explain(why: &'static str, remedy: &'static str) -> Explanation {
    Explanation::new(why, remedy)
}

/// Creates an explanation that is based on a public source.
const fn sourced(why: &'static str, remedy: &'static str, source: &'static str) -> Explanation {
    Explanation::new(why, remedy).source(source)
}
