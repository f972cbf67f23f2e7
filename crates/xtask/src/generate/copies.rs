//! Copies what the library knows about names and misspellings into the derive.
//!
//! The derive does not depend on the library's crates, so that its compilation does not wait for them.

use std::fs;

use super::generated::Generated;
use crate::{
    failure::{Failure, failed},
    shell,
};

pub(super) fn distance() -> Result<Generated, Failure> {
    copy("distance", "crates/hardened-core/src/text/distance.rs", "crates/hardened-derive/src/distance.rs")
}

pub(super) fn humps() -> Result<Generated, Failure> {
    copy("humps", "crates/hardened-core/src/text/humps.rs", "crates/hardened-derive/src/humps.rs")
}

pub(super) fn secret_words() -> Result<Generated, Failure> {
    copy("secret-words", "crates/hardened-core/src/text/secret_words.rs", "crates/hardened-derive/src/secret_words.rs")
}

/// Copies code without its tests. Public items become private to the derive, and sibling modules are at the crate root.
fn copy(name: &str, source: &str, to: &'static str) -> Result<Generated, Failure> {
    let text = fs::read_to_string(shell::root().join(source)).map_err(|error| failed(format!("{source}: {error}")))?;
    let code = text.split("\n#[cfg(test)]").next().unwrap_or_default();
    let code = code
        .replace("\npub(super) ", "\npub(crate) ")
        .replace("\npub ", "\npub(crate) ")
        .replace("use super::", "use crate::");
    let code = code.split_once('\n').map_or("", |(_, rest)| rest);
    let head = format!("//! Made from `{source}` by `cargo xtask generate {name}`.\n");
    Ok(Generated { path: to, content: format!("{head}{code}").into_bytes() })
}
