//! Explanations of `database-*`.

use super::{Explanation, explain, sourced};

const LIBPQ: &str = "https://www.postgresql.org/docs/current/libpq-connect.html";
const LIBPQ_SSL: &str = "https://www.postgresql.org/docs/current/libpq-ssl.html";
const FORM: &str = "set postgres://USER:PASSWORD@HOST:PORT/DATABASE, with special characters percent-encoded; or set PGHOST, PGUSER, PGPASSWORD and PGDATABASE instead";
const ENCODE: &str = "percent-encode the user name and password: @ as %40, : as %3A, / as %2F, # as %23, ? as %3F, % as %25, a space as %20; or set PGHOST, PGUSER, PGPASSWORD and PGDATABASE instead";

pub(in crate::rule) const DATABASE_MALFORMED: Explanation = sourced(
    "A wrong guess about a URL can send the password to the wrong host, so this library does not guess.",
    FORM,
    LIBPQ,
);
pub(in crate::rule) const DATABASE_SCHEME: Explanation =
    explain("The value is another program's URL, or its scheme is missing.", FORM);
pub(in crate::rule) const DATABASE_AMBIGUOUS: Explanation = sourced(
    "An unescaped @, /, # or ? in the password moves the point where the host begins, and drivers disagree about where that is: one of them would send the password to another host.",
    ENCODE,
    "RFC 3986 §3.2.1",
);
pub(in crate::rule) const DATABASE_CONFLICT: Explanation = explain(
    "Drivers disagree about which of two contradicting values counts: the first, the last, or both.",
    "keep one of the two",
);
pub(in crate::rule) const DATABASE_MULTI_HOST: Explanation = explain(
    "A driver that supports only one host would pick one of them, or fail.",
    "name one host: the writer's endpoint, a proxy, or a virtual address",
);
pub(in crate::rule) const DATABASE_WRAPPED: Explanation = explain(
    "Someone pasted a whole line from a terminal or a `.env` file. This library finds the URL in it, but a migration tool that reads the same variable does not.",
    "set the URL alone",
);
pub(in crate::rule) const DATABASE_UNESCAPED: Explanation = sourced(
    "Only one part of the URL can be the host, but other programs that read the same variable fail on it, or look up a host name that contains part of the password.",
    ENCODE,
    "RFC 3986 §3.2.1",
);
pub(in crate::rule) const DATABASE_OTHER_HOST: Explanation = sourced(
    "Migration tools, workers in other languages and psql read the same variable. At least one of them takes part of the password for the host, and sends the rest of the password there.",
    ENCODE,
    "RFC 3986 §3.2.1",
);
pub(in crate::rule) const DATABASE_PLACEHOLDER: Explanation = explain(
    "Someone copied an example and did not fill it in.",
    "copy the URL from the database's own dashboard, with the real password in it",
);
pub(in crate::rule) const DATABASE_DEFAULT_PASSWORD: Explanation = sourced(
    "Images and tutorials publish these passwords, so attackers who reach the port try them first.",
    "give the role a random password: run `openssl rand -hex 24`, then `ALTER ROLE`",
    "OWASP ASVS 5.0, 13.2.3",
);
pub(in crate::rule) const DATABASE_PASSWORD_MISSING: Explanation = sourced(
    "A server that accepts a role without a password accepts anyone who reaches its port. When a URL is set, `PGPASSWORD` and `.pgpass` are not read.",
    "put the password in the URL, or use a Unix socket or a client certificate (sslcert and sslkey)",
    "OWASP ASVS 5.0, 13.2.1",
);
pub(in crate::rule) const DATABASE_NAME_MISSING: Explanation = sourced(
    "Without a name, the server uses the database that has the same name as the user.",
    "append /DATABASE to the host",
    LIBPQ,
);
pub(in crate::rule) const DATABASE_TLS: Explanation = sourced(
    "Without TLS, anyone on the network path can read the password and every row. `allow` and `prefer` fall back to an unencrypted connection when someone on the path asks for it.",
    "set sslmode=require, or better sslmode=verify-full; for a network that encrypts by itself, waive the rule with the host's suffix",
    LIBPQ_SSL,
);
pub(in crate::rule) const DATABASE_TLS_ADDED: Explanation = Explanation::without_remedy(
    "Many platforms provide URLs without `sslmode`, which means `prefer`. Here it means `require`: encrypted or not at all. Other programs that read the URL need sslmode=require in it.",
)
.source(LIBPQ_SSL);
pub(in crate::rule) const DATABASE_TLS_PRIVATE: Explanation = Explanation::without_remedy(
    "The platform's private network encrypts all traffic with WireGuard, and the server does not offer TLS.",
)
.source("https://fly.io/docs/networking/private-networking/");
pub(in crate::rule) const DATABASE_VERIFY_CA: Explanation = sourced(
    "Any certificate from the authority is accepted, whatever host it was issued for. The driver also accepts certificates from the system's authorities.",
    "set sslmode=verify-full; where the certificate names no host (Cloud SQL), waive the rule",
    LIBPQ_SSL,
);
pub(in crate::rule) const DATABASE_VERIFICATION: Explanation = sourced(
    "The URL asks for verification that does not happen, so its author believes the connection is safe.",
    "set sslmode=verify-full with the host's name",
    LIBPQ_SSL,
);
pub(in crate::rule) const DATABASE_LOOPBACK: Explanation = explain(
    "In a container this address is the container itself: a development URL was deployed. The exception is a proxy on the same machine.",
    "set the database's real host; for a proxy on the same machine: waive(rule::DATABASE_LOOPBACK, \"DATABASE_URL\", reason)",
);
pub(in crate::rule) const DATABASE_PARAMETER: Explanation =
    explain("Someone set the parameter and expects it to have an effect.", "remove the parameter from the URL");
pub(in crate::rule) const DATABASE_PARAMETER_SECURITY: Explanation = explain(
    "The parameter asks for protection that the connection would not have.",
    "remove the parameter, or correct its name; sslmode=verify-full and sslrootcert are supported",
);
pub(in crate::rule) const DATABASE_IDLE_LIMIT: Explanation = sourced(
    "Neon suspends a database after 300 s without a query. That cuts idle connections, and the next request that takes one from the pool fails.",
    "set DATABASE_POOL_IDLE well below 300 s, such as 2m",
    "https://neon.com/docs/introduction/scale-to-zero",
);
pub(in crate::rule) const DATABASE_DRIVER_ENVIRONMENT: Explanation = explain(
    "The driver reads options and client certificates from these variables and cannot be told not to, so they would silently change every connection.",
    "unset the variable; put options (options=…) and client certificates (sslcert=…&sslkey=…) in the URL",
);
pub(in crate::rule) const DATABASE_PREPARED_STATEMENTS: Explanation = sourced(
    "A pooler in transaction mode gives each transaction another session, which does not know statements prepared earlier. Even with its cache off, the driver (sqlx 0.9) names each statement, and the names of several clients collide.",
    "call `.persistent(false)` on every query; or remove pgbouncer=true and connect in session mode, or to a pooler that supports prepared statements (Neon, or PgBouncer 1.21 with max_prepared_statements)",
    "https://www.pgbouncer.org/config.html#max_prepared_statements",
);
pub(in crate::rule) const DATABASE_ROOTS: Explanation = Explanation::without_remedy(
    "SSL_CERT_FILE and SSL_CERT_DIR replace the authorities of the operating system, and so decide which database server is trusted. Small images, Nix and company laptops set them.",
)
.source("https://docs.rs/rustls-native-certs/latest/rustls_native_certs/");
pub(in crate::rule) const DATABASE_ROOTS_WRITABLE: Explanation = sourced(
    "Another user of the machine can add an authority of their own, and answer in place of the database.",
    "let only root and the service write the file, the directory and every directory above them",
    "https://docs.rs/rustls-native-certs/latest/rustls_native_certs/",
);
pub(in crate::rule) const DATABASE_USER_MISSING: Explanation = sourced(
    "Without a user, drivers use the name of the operating system's user, which is convenient on a laptop but is root in many containers.",
    FORM,
    LIBPQ,
);
pub(in crate::rule) const DATABASE_HOST_MISSING: Explanation =
    sourced("Without a host, drivers connect to the service's own machine: localhost, or a Unix socket.", FORM, LIBPQ);
