//! Sets all options of the driver.
//!
//! sqlx takes the defaults of a connection from `PGHOST`, `PGUSER`, `PGPASSWORD`, `PGDATABASE`, `PGSSLMODE`,
//! `PGSSLROOTCERT`, `PGSSLCERT`, `PGSSLKEY`, `PGAPPNAME` and `PGOPTIONS`, and some of these can be overwritten but not
//! removed. So this module overwrites each of them, even with an empty value; it refuses a variable that cannot be emptied.
//! The driver connects to the guard, which knows the server and speaks TLS.

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

/// The default size of the driver's statement cache.
const STATEMENT_CACHE: usize = 100;

/// Creates the options for one endpoint, and the guard that they lead to.
///
/// # Errors
///
/// Returns `configuration` for a variable that would change the connection, or for a missing file.
pub(super) fn make(
    url: &DatabaseUrl,
    endpoint: &Endpoint,
    port: u16,
    tls: Tls,
    is_own_machine_refused: bool,
) -> Result<(PgConnectOptions, Guard), DatabaseFault> {
    // A blank variable counts as unset, as it does when the configuration is loaded.
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
        // Only for display: the driver connects to the guard.
        .host(&endpoint.to_string())
        .username(&user)
        .password(&password)
        // The server's own default. Without this line, the value of `PGDATABASE` would count.
        .database(url.database().unwrap_or(&user))
        .statement_cache_capacity(cache)
        // Poolers that keep no prepared statements do not accept this startup parameter either.
        .extra_float_digits((cache > 0).then_some(2))
        .log_statements(log::LevelFilter::Off)
        .log_slow_statements(log::LevelFilter::Off, Duration::ZERO);
    let server = Server { is_own_machine_refused, ..target::server(url, endpoint, port, tls)? };
    let (guard, place) = Guard::start(server, Way::Private)?;
    let options = place.lead(with_session(plain(options), url)).application_name(place.password());
    Ok((options, guard))
}

/// Returns the user that the process runs as, from the variables of the shell or the service manager. libpq also
/// defaults to the operating system's user.
fn user_of_the_system() -> Zeroizing<String> {
    let named = |name: &str| std::env::var(name).ok().filter(|name| !name.trim().is_empty());
    Zeroizing::new(["USER", "LOGNAME", "USERNAME"].into_iter().find_map(named).unwrap_or_else(|| "postgres".to_owned()))
}

/// Sets the session's options, but only if there are any, because poolers refuse even empty ones.
fn with_session(options: PgConnectOptions, url: &DatabaseUrl) -> PgConnectOptions {
    let session = url.options();
    if session.is_empty() { options } else { options.options(session) }
}

/// Turns off TLS, because the connection to the guard needs no encryption.
fn plain(options: PgConnectOptions) -> PgConnectOptions {
    options.ssl_mode(PgSslMode::Disable).ssl_root_cert_from_pem(Vec::new())
}
