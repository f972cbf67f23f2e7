//! Explanations of `database-*`.

use super::{Explanation, explain, sourced};

const LIBPQ: &str = "https://www.postgresql.org/docs/current/libpq-connect.html";
const LIBPQ_SSL: &str = "https://www.postgresql.org/docs/current/libpq-ssl.html";
const FORM: &str = "set postgres://USER:PASSWORD@HOST:PORT/DATABASE, with special characters percent-encoded; or set PGHOST, PGUSER, PGPASSWORD and PGDATABASE instead";
const ENCODE: &str = "percent-encode in user and password: @ as %40, : as %3A, / as %2F, # as %23, ? as %3F, % as %25, a space as %20; or set PGHOST, PGUSER, PGPASSWORD and PGDATABASE instead";

pub(in crate::rule) const DATABASE_MALFORMED: Explanation =
    sourced("What is guessed about a URL can send the password to the wrong host. Nothing is guessed.", FORM, LIBPQ);
pub(in crate::rule) const DATABASE_SCHEME: Explanation =
    explain("Another program's URL stands here, or the scheme is missing.", FORM);
pub(in crate::rule) const DATABASE_AMBIGUOUS: Explanation = sourced(
    "An unescaped @, /, # or ? in the password moves the place where the host begins, and drivers disagree about where that is: one of them would send the password to another host.",
    ENCODE,
    "RFC 3986 §3.2.1",
);
pub(in crate::rule) const DATABASE_CONFLICT: Explanation = explain(
    "Drivers disagree about which of two contradicting values counts: the first, the last, or both.",
    "keep one of the two",
);
pub(in crate::rule) const DATABASE_MULTI_HOST: Explanation = explain(
    "A driver that knows one host would take one of them, or fail.",
    "name one host: the writer's endpoint, a proxy, or a virtual address",
);
pub(in crate::rule) const DATABASE_WRAPPED: Explanation = explain(
    "A line from a terminal or a `.env` file was pasted whole. This library finds the URL in it; a migration tool that reads the same variable does not.",
    "set the URL alone",
);
pub(in crate::rule) const DATABASE_UNESCAPED: Explanation = sourced(
    "Only one part of the URL can be the host. Other programs that read the same variable fail, or look up a name that contains a part of the password.",
    ENCODE,
    "RFC 3986 §3.2.1",
);
pub(in crate::rule) const DATABASE_OTHER_HOST: Explanation = sourced(
    "A migration tool, a worker in another language and psql read the same variable. One of them takes a part of the password for the host, and sends the rest of it there.",
    ENCODE,
    "RFC 3986 §3.2.1",
);
pub(in crate::rule) const DATABASE_PLACEHOLDER: Explanation = explain(
    "An example was copied and not filled in.",
    "copy the URL from the database's own page, with the real password in it",
);
pub(in crate::rule) const DATABASE_DEFAULT_PASSWORD: Explanation = sourced(
    "Images and tutorials publish these passwords; whoever reaches the port tries them first.",
    "give the role a random password: `openssl rand -hex 24`, then `ALTER ROLE`",
    "CWE-1392; OWASP ASVS 5.0, 13.2.3",
);
pub(in crate::rule) const DATABASE_PASSWORD_MISSING: Explanation = sourced(
    "A server that lets a role in without a password lets in everybody who reaches its port. `PGPASSWORD` and `.pgpass` are not read beside a URL.",
    "put the password into the URL, or use a Unix socket or a client certificate (sslcert and sslkey)",
    "OWASP ASVS 5.0, 13.2.1",
);
pub(in crate::rule) const DATABASE_NAME_MISSING: Explanation =
    sourced("The server then takes the database that is named like the user.", "append /DATABASE to the host", LIBPQ);
pub(in crate::rule) const DATABASE_TLS: Explanation = sourced(
    "Without TLS the password and every row can be read on the way; `allow` and `prefer` go on without it when somebody on the way says so.",
    "set sslmode=require, or better sslmode=verify-full; for a network that encrypts by itself waive the rule with the host's suffix",
    LIBPQ_SSL,
);
pub(in crate::rule) const DATABASE_TLS_ADDED: Explanation = sourced(
    "Many platforms hand out URLs without `sslmode`, which means `prefer`. Here it means `require`: encrypted or not at all.",
    "nothing; sslmode=require in the URL says the same to every other program",
    LIBPQ_SSL,
);
pub(in crate::rule) const DATABASE_TLS_PRIVATE: Explanation = sourced(
    "The platform's private network is encrypted below the connection (WireGuard), and the server offers no TLS.",
    "nothing",
    "https://fly.io/docs/networking/private-networking/",
);
pub(in crate::rule) const DATABASE_VERIFY_CA: Explanation = sourced(
    "Any certificate of the authority is accepted, for whatever host it was made; the driver accepts those of the system's authorities besides.",
    "set sslmode=verify-full; where the certificate names no host (Cloud SQL), waive the rule",
    LIBPQ_SSL,
);
pub(in crate::rule) const DATABASE_VERIFICATION: Explanation = sourced(
    "Who asks for verification and does not get it believes to be safe.",
    "set sslmode=verify-full with the host's name",
    LIBPQ_SSL,
);
pub(in crate::rule) const DATABASE_LOOPBACK: Explanation = explain(
    "In a container this is the container itself: a development URL was deployed. A proxy beside the service is the exception.",
    "set the database's real host; for a proxy beside the service: waive(rule::DATABASE_LOOPBACK, \"DATABASE_URL\", reason)",
);
pub(in crate::rule) const DATABASE_PARAMETER: Explanation =
    explain("Somebody set it and expects an effect.", "nothing, or remove the parameter from the URL");
pub(in crate::rule) const DATABASE_PARAMETER_SECURITY: Explanation = explain(
    "The parameter asks for protection that the connection would not have.",
    "remove it from the URL, or correct its name; sslmode=verify-full with sslrootcert is what can be done",
);
pub(in crate::rule) const DATABASE_IDLE_LIMIT: Explanation = sourced(
    "Neon suspends a database after 300 s without a query. A connection kept as long is cut, and the request that takes it from the pool fails.",
    "set DATABASE_POOL_IDLE well below 300 s, such as 2m",
    "https://neon.com/docs/introduction/scale-to-zero",
);
pub(in crate::rule) const DATABASE_DRIVER_ENVIRONMENT: Explanation = explain(
    "The driver takes options and client certificates from these variables, and offers no way to refuse them: they would change every connection unseen.",
    "unset the variable; options belong into the URL (options=…), client certificates too (sslcert=…&sslkey=…)",
);
pub(in crate::rule) const DATABASE_PREPARED_STATEMENTS: Explanation = sourced(
    "A pooler in transaction mode gives each transaction another session, where a statement that was prepared before is unknown. The driver keeps none when told so, and yet gives each a name that meets the names of others (sqlx 0.9).",
    "call `.persistent(false)` on every query, or connect to the pooler's session mode, or to one that knows prepared statements (PgBouncer 1.21 with max_prepared_statements; Neon does) without pgbouncer=true",
    "https://www.pgbouncer.org/config.html#max_prepared_statements",
);
