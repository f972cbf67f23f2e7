//! The parameters that any PostgreSQL driver knows, and the effect of each one here.
//!
//! Sources: the documentation of libpq, sqlx, asyncpg, SQLAlchemy, node-postgres, Prisma, pgx, JDBC and Rails.

/// A parameter that this library uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Used {
    SslMode,
    Ssl,
    RootCert,
    ClientCert,
    ClientKey,
    Host,
    HostAddr,
    Port,
    User,
    Password,
    Database,
    ApplicationName,
    Options,
    PgBouncer,
    StatementCache,
    PreparedStatements,
    PrepareThreshold,
}

impl Used {
    /// Returns the name of the parameter in messages.
    pub(super) fn name(self) -> &'static str {
        KNOWN.iter().find(|(_, effect)| *effect == Effect::Used(self)).map_or("", |(name, _)| name)
    }
}

/// The effect of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// The parameter is used.
    Used(Used),
    /// The parameter is ignored, which does no harm. The list has its valid values, if there are few.
    Without(&'static [&'static str]),
    /// The parameter asks for protection that is not provided, unless it has one of these values.
    Protects(&'static [&'static str]),
}

/// Finds a parameter by its name in lower case, with `_` for `-`.
pub(super) fn find(name: &str) -> Option<&'static (&'static str, Effect)> {
    KNOWN.iter().find(|(known, _)| *known == name)
}

const ANY: &[&str] = &[];

const KNOWN: &[(&str, Effect)] = &[
    ("sslmode", Effect::Used(Used::SslMode)),
    ("ssl_mode", Effect::Used(Used::SslMode)),
    ("ssl", Effect::Used(Used::Ssl)),
    ("tls", Effect::Used(Used::Ssl)),
    ("sslrootcert", Effect::Used(Used::RootCert)),
    ("ssl_root_cert", Effect::Used(Used::RootCert)),
    ("ssl_ca", Effect::Used(Used::RootCert)),
    ("sslcert", Effect::Used(Used::ClientCert)),
    ("ssl_cert", Effect::Used(Used::ClientCert)),
    ("sslkey", Effect::Used(Used::ClientKey)),
    ("ssl_key", Effect::Used(Used::ClientKey)),
    ("host", Effect::Used(Used::Host)),
    ("hostaddr", Effect::Used(Used::HostAddr)),
    ("port", Effect::Used(Used::Port)),
    ("user", Effect::Used(Used::User)),
    ("username", Effect::Used(Used::User)),
    ("password", Effect::Used(Used::Password)),
    ("dbname", Effect::Used(Used::Database)),
    ("database", Effect::Used(Used::Database)),
    ("application_name", Effect::Used(Used::ApplicationName)),
    ("applicationname", Effect::Used(Used::ApplicationName)),
    ("options", Effect::Used(Used::Options)),
    ("pgbouncer", Effect::Used(Used::PgBouncer)),
    ("statement_cache_capacity", Effect::Used(Used::StatementCache)),
    ("statement_cache_size", Effect::Used(Used::StatementCache)),
    ("prepared_statement_cache_size", Effect::Used(Used::StatementCache)),
    ("prepared_statements", Effect::Used(Used::PreparedStatements)),
    ("preparethreshold", Effect::Used(Used::PrepareThreshold)),
    ("channel_binding", Effect::Without(&["disable", "prefer", "require"])),
    ("sslnegotiation", Effect::Without(&["postgres", "direct"])),
    ("sslsni", Effect::Without(ANY)),
    ("sslcompression", Effect::Without(ANY)),
    ("ssl_max_protocol_version", Effect::Without(ANY)),
    ("uselibpqcompat", Effect::Without(ANY)),
    ("connect_timeout", Effect::Without(ANY)),
    ("connection_limit", Effect::Without(ANY)),
    ("pool_timeout", Effect::Without(ANY)),
    ("pool_max_conns", Effect::Without(ANY)),
    ("socket_timeout", Effect::Without(ANY)),
    ("statement_timeout", Effect::Without(ANY)),
    ("schema", Effect::Without(ANY)),
    ("currentschema", Effect::Without(ANY)),
    ("search_path", Effect::Without(ANY)),
    ("timezone", Effect::Without(ANY)),
    ("client_encoding", Effect::Without(ANY)),
    ("fallback_application_name", Effect::Without(ANY)),
    ("target_session_attrs", Effect::Without(ANY)),
    ("load_balance_hosts", Effect::Without(ANY)),
    ("keepalives", Effect::Without(ANY)),
    ("keepalives_idle", Effect::Without(ANY)),
    ("keepalives_interval", Effect::Without(ANY)),
    ("keepalives_count", Effect::Without(ANY)),
    ("tcp_user_timeout", Effect::Without(ANY)),
    ("workaround", Effect::Without(ANY)),
    ("supa", Effect::Without(ANY)),
    ("sslcrl", Effect::Protects(ANY)),
    ("sslcrldir", Effect::Protects(ANY)),
    ("sslpassword", Effect::Protects(ANY)),
    ("sslidentity", Effect::Protects(ANY)),
    ("sslcertmode", Effect::Protects(&["allow", "disable"])),
    ("sslaccept", Effect::Protects(&["accept_invalid_certs"])),
    ("ssl_min_protocol_version", Effect::Protects(&["tlsv1", "tlsv1.1", "tlsv1.2"])),
    ("gssencmode", Effect::Protects(&["disable", "prefer"])),
    ("require_auth", Effect::Protects(ANY)),
    ("requirepeer", Effect::Protects(ANY)),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_as_it_is_looked_up_and_stands_once() {
        let mut seen = std::collections::BTreeSet::new();
        for (name, _) in KNOWN {
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{name}");
            assert!(seen.insert(name), "{name}");
        }
    }
}
