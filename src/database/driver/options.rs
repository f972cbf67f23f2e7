//! The driver's options, all of them.
//!
//! sqlx begins every connection with `PGHOST`, `PGUSER`, `PGPASSWORD`, `PGDATABASE`, `PGSSLMODE`, `PGSSLROOTCERT`,
//! `PGSSLCERT`, `PGSSLKEY`, `PGAPPNAME` and `PGOPTIONS`, and some of these can be overwritten but not removed. So each is
//! overwritten, also with nothing; where nothing cannot be said, the variable is refused.

use std::time::Duration;

use sqlx::{
    ConnectOptions as _,
    postgres::{PgConnectOptions, PgSslMode},
};

use super::DatabaseFault;
use crate::database::{DatabaseUrl, Tls, url::Place};

/// The driver's own size of the statement cache.
const STATEMENT_CACHE: usize = 100;

/// Makes the options for one endpoint.
///
/// # Errors
///
/// `configuration`: a variable that would change the connection, or a file that is missing.
pub(super) fn make(url: &DatabaseUrl, place: &Place, port: u16, tls: Tls) -> Result<PgConnectOptions, DatabaseFault> {
    // Blank counts as unset, as it does when the configuration is loaded.
    let is_set = |name| {
        std::env::var_os(name)
            .is_some_and(|value| value.as_encoded_bytes().iter().any(|byte| !byte.is_ascii_whitespace()))
    };
    if url.unwanted_variables().any(is_set) {
        return Err(DatabaseFault::Configuration);
    }
    let user = url.user();
    let password = url.expose_password().unwrap_or_default();
    let cache = url.statement_cache().unwrap_or(STATEMENT_CACHE);
    let options = PgConnectOptions::new_without_pgpass()
        .port(port)
        .username(&user)
        .password(&password)
        // The server's own default, but not that of PGDATABASE.
        .database(url.database().unwrap_or(&user))
        .application_name(&application_name(url))
        .statement_cache_capacity(cache)
        // Poolers that keep no statements do not know this parameter of the start either.
        .extra_float_digits((cache > 0).then_some(2))
        .log_statements(log::LevelFilter::Off)
        .log_slow_statements(log::LevelFilter::Off, Duration::ZERO);
    encrypted(with_session(placed(options, place), url), url, tls)
}

/// None at all where there are none: poolers refuse even empty ones.
fn with_session(options: PgConnectOptions, url: &DatabaseUrl) -> PgConnectOptions {
    let session = url.options();
    if session.is_empty() { options } else { options.options(session) }
}

fn placed(options: PgConnectOptions, place: &Place) -> PgConnectOptions {
    match place {
        Place::Socket(directory) => options.host("localhost").socket(directory),
        place => options.host(&place.to_string()),
    }
}

fn encrypted(options: PgConnectOptions, url: &DatabaseUrl, tls: Tls) -> Result<PgConnectOptions, DatabaseFault> {
    let mode = match tls {
        Tls::Disable => PgSslMode::Disable,
        Tls::Prefer => PgSslMode::Prefer,
        Tls::Require => PgSslMode::Require,
        Tls::VerifyCa => PgSslMode::VerifyCa,
        Tls::VerifyFull => PgSslMode::VerifyFull,
    };
    let options = match url.root_certificate() {
        Some(file) => options.ssl_root_cert(readable(file)?),
        // No certificate beside the system's, and none of PGSSLROOTCERT.
        None => options.ssl_root_cert_from_pem(Vec::new()),
    };
    let options = match url.client_certificate() {
        Some((certificate, key)) => options.ssl_client_cert(readable(certificate)?).ssl_client_key(readable(key)?),
        None => options,
    };
    Ok(options.ssl_mode(mode))
}

/// A file that can be opened now: the driver's own error would not tell it from a missing socket.
fn readable(path: &str) -> Result<&str, DatabaseFault> {
    std::fs::File::open(path).map(|_| path).map_err(|_| DatabaseFault::Configuration)
}

/// What the server shows its administrator: the name in the URL, or that of the program.
fn application_name(url: &DatabaseUrl) -> String {
    if let Some(name) = url.application_name() {
        return name.to_owned();
    }
    let program = std::env::current_exe().ok();
    let name = program.as_deref().and_then(|path| path.file_stem()).and_then(|name| name.to_str());
    name.filter(|name| !name.contains(char::is_control)).unwrap_or("hardened").to_owned()
}
