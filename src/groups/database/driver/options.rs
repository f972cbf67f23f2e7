//! The driver's options, all of them.
//!
//! sqlx begins every connection with `PGHOST`, `PGUSER`, `PGPASSWORD`, `PGDATABASE`, `PGSSLMODE`, `PGSSLROOTCERT`,
//! `PGSSLCERT`, `PGSSLKEY`, `PGAPPNAME` and `PGOPTIONS`, and some of these can be overwritten but not removed. So each is
//! overwritten, also with nothing; where nothing cannot be said, the variable is refused. The driver connects to the
//! guard, which knows the server and speaks TLS.

use std::time::Duration;

use sqlx::{
    ConnectOptions as _,
    postgres::{PgConnectOptions, PgSslMode},
};

use zeroize::Zeroizing;

use super::{
    DatabaseFault,
    guard::{Guard, Server, Way},
    target,
};
use crate::{
    database::{DatabaseUrl, Tls},
    groups::url::Endpoint,
};

/// The driver's own size of the statement cache.
const STATEMENT_CACHE: usize = 100;

/// Makes the options for one endpoint, and the guard that they lead to.
///
/// # Errors
///
/// `configuration`: a variable that would change the connection, or a file that is missing.
pub(super) fn make(
    url: &DatabaseUrl,
    endpoint: &Endpoint,
    port: u16,
    tls: Tls,
    is_own_machine_refused: bool,
) -> Result<(PgConnectOptions, Guard), DatabaseFault> {
    // Blank counts as unset, as it does when the configuration is loaded.
    let is_set = |name| {
        std::env::var_os(name)
            .is_some_and(|value| value.as_encoded_bytes().iter().any(|byte| !byte.is_ascii_whitespace()))
    };
    if url.unwanted_variables().any(is_set) {
        return Err(DatabaseFault::Configuration);
    }
    let user = url.user().unwrap_or_else(user_of_the_system);
    let password = url.expose_password().unwrap_or_default();
    let cache = url.statement_cache().unwrap_or(STATEMENT_CACHE);
    let options = PgConnectOptions::new_without_pgpass()
        // Shown to anyone who asks the options; the guard leads elsewhere.
        .host(&endpoint.to_string())
        .username(&user)
        .password(&password)
        // The server's own default, but not that of PGDATABASE.
        .database(url.database().unwrap_or(&user))
        .statement_cache_capacity(cache)
        // Poolers that keep no statements do not know this parameter of the start either.
        .extra_float_digits((cache > 0).then_some(2))
        .log_statements(log::LevelFilter::Off)
        .log_slow_statements(log::LevelFilter::Off, Duration::ZERO);
    let server = Server { is_own_machine_refused, ..target::server(url, endpoint, port, tls)? };
    let (guard, place) = Guard::start(server, Way::Private)?;
    let options = place.lead(with_session(plain(options), url)).application_name(place.password());
    Ok((options, guard))
}

/// Who the process runs as, as the shell or the service manager says it; libpq does the same.
fn user_of_the_system() -> Zeroizing<String> {
    let named = |name: &str| std::env::var(name).ok().filter(|name| !name.trim().is_empty());
    Zeroizing::new(["USER", "LOGNAME", "USERNAME"].into_iter().find_map(named).unwrap_or_else(|| "postgres".to_owned()))
}

/// None at all where there are none: poolers refuse even empty ones.
fn with_session(options: PgConnectOptions, url: &DatabaseUrl) -> PgConnectOptions {
    let session = url.options();
    if session.is_empty() { options } else { options.options(session) }
}

/// The way to the guard needs no encryption.
fn plain(options: PgConnectOptions) -> PgConnectOptions {
    options.ssl_mode(PgSslMode::Disable).ssl_root_cert_from_pem(Vec::new())
}
