//! Reads what proves who asks: from a variable or a file, never from the command line.

use std::{env, fs};

use hardened_verify::Credential;
use zeroize::Zeroizing;

/// The longest token that is read, in bytes.
const LONGEST: u64 = 64 * 1024;

/// Reads a bearer token from `env:NAME` or `file:PATH`.
pub(super) fn read(option: &str, source: &str) -> Result<Credential, String> {
    let token = match source.split_once(':') {
        Some(("env", name)) => variable(option, name)?,
        Some(("file", path)) => file(option, path)?,
        // What stands there may be the token itself.
        _ => return Err(format!("{option} must be env:NAME or file:PATH; a token never belongs on the command line")),
    };
    if token.trim().is_empty() {
        return Err(format!("{option} names an empty token"));
    }
    Credential::bearer(&token).ok_or_else(|| format!("{option} names a token with characters that no header can hold"))
}

fn variable(option: &str, name: &str) -> Result<Zeroizing<String>, String> {
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !is_name {
        return Err(format!("{option} must be env:NAME with the name of a variable"));
    }
    env::var(name).map(Zeroizing::new).map_err(|_| format!("{option}: the variable {name} is not set"))
}

fn file(option: &str, path: &str) -> Result<Zeroizing<String>, String> {
    let length = fs::metadata(path).map_err(|error| format!("{option}: the file cannot be read: {}", error.kind()))?;
    if length.len() > LONGEST {
        return Err(format!("{option}: the file has more than {LONGEST} bytes, which is not a token"));
    }
    let text =
        fs::read_to_string(path).map_err(|error| format!("{option}: the file cannot be read: {}", error.kind()))?;
    Ok(Zeroizing::new(text))
}
