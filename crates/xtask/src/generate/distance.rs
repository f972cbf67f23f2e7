//! `distance.rs` of the derive: what the library knows of misspellings, without depending on it.
//!
//! A macro that is compiled before everything else waits for no other crate.

use std::fs;

use super::generated::Generated;
use crate::{
    failure::{Failure, failed},
    shell,
};

const SOURCE: &str = "crates/hardened-core/src/text/distance.rs";
const COPY: &str = "crates/hardened-derive/src/distance.rs";

pub(super) fn copy() -> Result<Generated, Failure> {
    let text = fs::read_to_string(shell::root().join(SOURCE)).map_err(|error| failed(format!("{SOURCE}: {error}")))?;
    let code = text.split("\n#[cfg(test)]").next().unwrap_or_default();
    // What is public there is not here.
    let code = code.replace("\npub fn ", "\npub(crate) fn ");
    let code = code.split_once('\n').map_or("", |(_, rest)| rest);
    let head = format!("//! Made from `{SOURCE}` by `cargo xtask generate distance`.\n");
    Ok(Generated { path: COPY, content: format!("{head}{code}").into_bytes() })
}
