//! Finds the endpoint that bypasses a pooler, which migrations need.
//!
//! A pooler in transaction mode gives each transaction another session, so advisory locks, `SET` and `LISTEN` do not work.

use super::DatabaseUrl;
use crate::groups::url::Endpoint;

/// The port of Supabase's pooler in session mode.
const SUPABASE_SESSION: u16 = 5432;

/// Returns the endpoint that bypasses a pooler in transaction mode, if the host's name reveals it, and otherwise the
/// URL's own.
pub(super) fn endpoint(url: &DatabaseUrl) -> (Endpoint, u16) {
    let (endpoint, port) = (url.endpoint(), url.port());
    match endpoint {
        Endpoint::Name(name) => match unpooled(name) {
            Some(direct) => (Endpoint::Name(direct), port),
            None if url.is_supabase_transaction_pooler() => (endpoint.clone(), SUPABASE_SESSION),
            None => (endpoint.clone(), port),
        },
        _ => (endpoint.clone(), port),
    }
}

/// Returns the direct host for a pooled one: Neon's first label loses `-pooler`, that of Fly's managed PostgreSQL changes.
fn unpooled(name: &str) -> Option<String> {
    let (label, domain) = name.split_once('.')?;
    if domain.ends_with(".neon.tech") {
        return Some(format!("{}.{domain}", label.strip_suffix("-pooler")?));
    }
    (label == "pgbouncer" && domain.ends_with(".flympg.net")).then(|| format!("direct.{domain}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Setting as _;

    #[test]
    fn the_direct_host_is_derived_where_the_name_tells() {
        for (from, to) in [
            ("ep-cool-1-pooler.us-east-2.aws.neon.tech", "ep-cool-1.us-east-2.aws.neon.tech:5432"),
            ("ep-cool-1.us-east-2.aws.neon.tech", "ep-cool-1.us-east-2.aws.neon.tech:5432"),
            ("pgbouncer.9g6y30w2.flympg.net", "direct.9g6y30w2.flympg.net:5432"),
            ("aws-0-eu-central-1.pooler.supabase.com:6543", "aws-0-eu-central-1.pooler.supabase.com:5432"),
            ("db-pooler.example.com:6543", "db-pooler.example.com:6543"),
            ("10.0.0.1:6432", "10.0.0.1:6432"),
        ] {
            let url = DatabaseUrl::parse(&format!("postgres://u:p@{from}/db")).unwrap();
            let (endpoint, port) = endpoint(&url);
            assert_eq!(format!("{endpoint}:{port}"), to);
        }
    }
}
