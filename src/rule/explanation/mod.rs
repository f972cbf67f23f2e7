//! Why each rule exists and what to do when it does not hold: a file for each family.

pub(super) mod auth;
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
pub(super) mod waiver;

/// What stands behind a rule.
pub(super) struct Explanation {
    pub(super) why: &'static str,
    /// An imperative; none where there is nothing to do.
    pub(super) remedy: Option<&'static str>,
    pub(super) source: Option<&'static str>,
}

/// An explanation that rests on this library's own experience.
const fn explain(why: &'static str, remedy: &'static str) -> Explanation {
    Explanation { why, remedy: Some(remedy), source: None }
}

/// An explanation that follows a public source.
const fn sourced(why: &'static str, remedy: &'static str, source: &'static str) -> Explanation {
    Explanation { why, remedy: Some(remedy), source: Some(source) }
}

impl Explanation {
    /// For a rule that asks for nothing when it does not hold.
    const fn without_remedy(why: &'static str, source: Option<&'static str>) -> Self {
        Self { why, remedy: None, source }
    }
}
