//! Reads credentials from variables or files, never from the command line.

use std::{env, fs, path::Path};

use hardened_verify::Credential;
use zeroize::Zeroizing;

use crate::output;

/// The maximum size of a file with a token, in bytes.
const LONGEST: u64 = 64 * 1024;

/// Reads a bearer token from `env:NAME` or `file:PATH`.
pub(super) fn token(option: &str, source: &str) -> Result<Credential, String> {
    let token = text(option, source)?;
    Credential::bearer(&token)
        .ok_or_else(|| format!("{option} names a token with characters that no header can contain"))
}

/// Reads a header from `NAME=env:VARIABLE` or `NAME=file:PATH`.
pub(super) fn header(option: &str, text_of: &str) -> Result<Credential, String> {
    let form = || format!("{option} must be NAME=env:VARIABLE or NAME=file:PATH");
    let (name, source) = text_of.split_once('=').ok_or_else(form)?;
    let name = name.parse().map_err(|_| form())?;
    if !source.starts_with("env:") && !source.starts_with("file:") {
        return Err(format!("{}; a secret never belongs on the command line", form()));
    }
    let value = text(option, source)?;
    Credential::header(name, value.trim()).ok_or_else(|| format!("{option} names a value that no header can contain"))
}

/// Reads the key that signs tokens, if one is named.
pub(super) fn key(name: Option<&str>, path: Option<&Path>) -> Result<Option<Zeroizing<String>>, String> {
    match (name, path) {
        (Some(name), _) => text("--signing-key-env", &format!("env:{name}")).map(Some),
        (None, Some(path)) => text("--signing-key-file", &format!("file:{}", path.display())).map(Some),
        (None, None) => Ok(None),
    }
}

fn text(option: &str, source: &str) -> Result<Zeroizing<String>, String> {
    let text = match source.split_once(':') {
        Some(("env", name)) => variable(option, name)?,
        Some(("file", path)) => file(option, path)?,
        // The argument may be the secret itself, so it is not repeated.
        _ => return Err(format!("{option} must be env:NAME or file:PATH; a secret never belongs on the command line")),
    };
    if text.trim().is_empty() { Err(format!("{option} names an empty value")) } else { Ok(text) }
}

fn variable(option: &str, name: &str) -> Result<Zeroizing<String>, String> {
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !is_name {
        return Err(format!("{option} must be env:NAME with the name of a variable"));
    }
    env::var(name).map(Zeroizing::new).map_err(|_| format!("{option}: the variable {name} is not set"))
}

fn file(option: &str, path: &str) -> Result<Zeroizing<String>, String> {
    let length =
        fs::metadata(path).map_err(|error| format!("{option}: the file cannot be read: {}", output::cause(&error)))?;
    if length.len() > LONGEST {
        return Err(format!("{option}: the file has more than {LONGEST} bytes, which is not a token"));
    }
    let text = fs::read_to_string(path)
        .map_err(|error| format!("{option}: the file cannot be read: {}", output::cause(&error)))?;
    Ok(Zeroizing::new(text))
}
