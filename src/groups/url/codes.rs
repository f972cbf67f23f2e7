//! The rules and words with which the URL reader reports what it finds.

use crate::rule::{self, Rule};

/// The rules and words for one family of URLs.
#[derive(Debug)]
pub(crate) struct Codes {
    pub(crate) malformed: Rule,
    pub(crate) ambiguous: Rule,
    pub(crate) multi_host: Rule,
    pub(crate) wrapped: Rule,
    pub(crate) placeholder: Rule,
    /// What the path after the host is.
    pub(crate) path: &'static str,
    /// The program whose command line people paste instead of the URL in it; blank if there is none.
    pub(crate) program: &'static str,
    /// The fix for a JSON object in place of the URL.
    pub(crate) json: &'static str,
}

impl Codes {
    /// The rules and words for PostgreSQL.
    pub(crate) const DATABASE: Self = Self {
        malformed: rule::DATABASE_MALFORMED,
        ambiguous: rule::DATABASE_AMBIGUOUS,
        multi_host: rule::DATABASE_MULTI_HOST,
        wrapped: rule::DATABASE_WRAPPED,
        placeholder: rule::DATABASE_PLACEHOLDER,
        path: "the database name",
        program: "psql",
        json: "select the key that holds the URL; a secret of Amazon RDS has none: select host, username and password \
               into PGHOST, PGUSER and PGPASSWORD (ECS: `arn:…:KEY::`)",
    };
}
