//! Checks the authorities that the driver trusts.
//!
//! Without `sslrootcert=FILE` they are those of the operating system, unless `SSL_CERT_FILE` or `SSL_CERT_DIR` names
//! others: rustls-native-certs reads these variables, as OpenSSL does.

use std::path::PathBuf;

use super::{DatabaseUrl, Tls};
use crate::{Violation, load::Reader, message, rule};

const FILE: &str = "SSL_CERT_FILE";
const DIRECTORIES: &str = "SSL_CERT_DIR";

/// Returns the violations about the authorities, each with the variable that names them.
pub(super) fn flaws(reader: &Reader<'_>, url: &DatabaseUrl) -> Vec<(&'static str, Violation)> {
    if url.tls(reader.tier()) < Tls::VerifyCa || url.root_certificate().is_some() {
        return Vec::new();
    }
    let file: Vec<PathBuf> = reader.variable_path(FILE).into_iter().collect();
    let directories = reader.variable_path(DIRECTORIES);
    let directories: Vec<PathBuf> = directories.iter().flat_map(std::env::split_paths).collect();
    let variables = [(FILE, file), (DIRECTORIES, directories)].into_iter();
    variables.filter_map(|(variable, paths)| Some((variable, of_variable(variable, &paths)?))).collect()
}

/// Returns a note that the variable is used, or a warning if other users can write what it names.
fn of_variable(variable: &'static str, paths: &[PathBuf]) -> Option<Violation> {
    if paths.is_empty() {
        return None;
    }
    if paths.iter().any(|path| crate::source::is_replaceable(path)) {
        let fact = message!("another user can change the authorities that ", variable, " names");
        return Some(Violation::new(rule::DATABASE_ROOTS_WRITABLE, fact));
    }
    let fact = message!(variable, " names the authorities that are trusted, instead of the operating system's");
    Some(Violation::new(rule::DATABASE_ROOTS, fact))
}
