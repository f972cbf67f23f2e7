//! The forms of URL that operators paste, each with its expected findings. Two drivers were also tested with these forms.

use hardened::finding::Severity;

use crate::database::{codes, load};

const HOST: &str = "postgresql://app:8sd7f6asd5@h/db";

/// The name of the form, the text, and the codes of the findings in production. It is refused if one of them is an error.
struct Row(&'static str, &'static str, &'static [&'static str]);

/// The service starts, with `require` enforced.
const ADDED: &[&str] = &["database-tls-added"];
const UNESCAPED: &[&str] = &["database-tls-added", "database-unescaped"];

const MATRIX: [Row; 41] = [
    Row(
        "neon pooled",
        "postgresql://alex:8sd7f6asd5@ep-cool-1-pooler.us-east-2.aws.neon.tech/db?sslmode=require&channel_binding=require",
        &["database-parameter"],
    ),
    Row("postgres://", "postgres://u:8sd7f6asd5@h/db", ADDED),
    Row("postgresql+asyncpg://", "postgresql+asyncpg://u:8sd7f6asd5@h/db", ADDED),
    Row("POSTGRES:// upper", "POSTGRES://u:8sd7f6asd5@h/db", ADDED),
    Row("double-quoted", "\"postgres://u:8sd7f6asd5@h/db\"", &["database-tls-added", "secret-quoted"]),
    Row("single-quoted", "'postgres://u:8sd7f6asd5@h/db'", &["database-tls-added", "secret-quoted"]),
    Row("psql 'url' paste", "psql 'postgres://u:8sd7f6asd5@h/db'", &["database-tls-added", "database-wrapped"]),
    Row("trailing newline", "postgres://u:8sd7f6asd5@h/db\n", &["database-tls-added", "secret-whitespace"]),
    Row("leading space", " postgres://u:8sd7f6asd5@h/db", &["database-tls-added", "secret-whitespace"]),
    Row(
        "DATABASE_URL= prefix",
        "DATABASE_URL=postgres://u:8sd7f6asd5@h/db",
        &["database-tls-added", "database-wrapped"],
    ),
    Row("pw with @", "postgres://u:p@ss@h/db", UNESCAPED),
    Row("pw with #", "postgres://u:p#ss@h/db", UNESCAPED),
    Row("pw with /", "postgres://u:p/ss@h/db", UNESCAPED),
    Row("pw with ?", "postgres://u:p?ss@h/db", UNESCAPED),
    Row("pw with %", "postgres://u:p%ss@h/db", &["database-malformed"]),
    Row("pw with :", "postgres://u:p:ss@h/db", ADDED),
    Row("missing db", "postgres://u:8sd7f6asd5@h", &["database-name-missing", "database-tls-added"]),
    Row("missing db slash", "postgres://u:8sd7f6asd5@h/", &["database-name-missing", "database-tls-added"]),
    Row(
        "missing user",
        "postgres://h/db",
        &["database-password-missing", "database-tls-added", "database-user-missing"],
    ),
    Row("empty password", "postgres://u:@h/db", &["database-password-missing", "database-tls-added"]),
    Row(
        "empty host",
        "postgres:///db",
        &["database-host-missing", "database-password-missing", "database-user-missing"],
    ),
    Row(
        "placeholder",
        "postgresql://username:password@ep-xxxxx-pooler.us-east-1.aws.neon.tech/dbname",
        &["database-default-password", "database-placeholder", "database-tls-added"],
    ),
    Row("unexpanded ${..}", "postgres://u:${DB_PASSWORD}@h/db", &["secret-reference"]),
    Row("empty", "", &["secret-missing", "setting-blank"]),
    Row("sslmode=disable", "postgres://u:8sd7f6asd5@h/db?sslmode=disable", &["database-tls"]),
    Row("sslmode=Require", "postgres://u:8sd7f6asd5@h/db?sslmode=Require", &[]),
    Row("sslmode=no-verify", "postgres://u:8sd7f6asd5@h/db?sslmode=no-verify", &[]),
    Row("sslmode=verify-full", "postgres://u:8sd7f6asd5@h/db?sslmode=verify-full", &[]),
    Row("ssl=true", "postgres://u:8sd7f6asd5@h/db?ssl=true", &[]),
    Row("duplicate sslmode", "postgres://u:8sd7f6asd5@h/db?sslmode=require&sslmode=disable", &["database-conflict"]),
    Row(
        "sslnegotiation=direct",
        "postgres://u:8sd7f6asd5@h/db?sslmode=require&sslnegotiation=direct",
        &["database-parameter"],
    ),
    Row("channel_binding=bogus", "postgres://u:8sd7f6asd5@h/db?channel_binding=bogus", &["database-malformed"]),
    Row("endpoint option", "postgres://u:8sd7f6asd5@h/db?options=endpoint%3Dep-cool-1", ADDED),
    Row("pgbouncer=true (prisma)", "postgres://u:8sd7f6asd5@h/db?pgbouncer=true", ADDED),
    Row("multi-host", "postgres://u:8sd7f6asd5@h1,h2/db", &["database-multi-host"]),
    Row("port 99999", "postgres://u:8sd7f6asd5@h:99999/db", &["database-malformed"]),
    Row("dsn kv form", "host=h user=u password=8sd7f6asd5 dbname=db", &["database-malformed"]),
    Row("unix socket", "postgres://u:8sd7f6asd5@%2Fvar%2Frun%2Fpostgresql/db", &[]),
    Row("ipv6", "postgres://u:8sd7f6asd5@[::1]/db", &["database-loopback"]),
    Row("query host override", "postgres://u:8sd7f6asd5@h/db?host=evil", &["database-conflict"]),
    Row("zero-width space", "postgres://u:8sd7f6asd5@h/db\u{200b}", &["secret-control"]),
];

#[test]
fn every_pasted_form_has_its_decided_outcome() {
    for Row(name, text, expected) in MATRIX {
        let outcome = load("production", text);
        let mut told = codes(&outcome, Severity::Note);
        // A pooler without prepared statements is a warning where the driver is linked.
        told.retain(|code| *code != "database-prepared-statements");
        assert_eq!(told, expected, "{name}");
        let refused = expected.iter().any(|code| {
            !matches!(
                *code,
                "database-tls-added" | "database-unescaped" | "database-parameter" | "database-name-missing"
            )
        });
        assert_eq!(outcome.is_err(), refused, "{name}");
    }
}

/// Variants of the pasted forms.
#[test]
fn every_sibling_has_its_decided_outcome() {
    for (text, expected) in [
        // Around the URL.
        ("“postgres://u:8sd7f6asd5@h/db”", &["database-tls-added", "secret-quoted"][..]),
        ("export DATABASE_URL='postgres://u:8sd7f6asd5@h/db'", &["database-tls-added", "database-wrapped"]),
        ("\u{a0}postgres://u:8sd7f6asd5@h/db", &["database-tls-added", "secret-whitespace"]),
        ("postgres://u:8sd7f6asd5@h/db\r\n", &["database-tls-added", "secret-whitespace"]),
        ("postgres://u:8sd7f\n6asd5@h/db", &["secret-whitespace"]),
        ("\u{feff}postgres://u:8sd7f6asd5@h/db", &["secret-control"]),
        ("postgres://u:8sd7f\u{61c}6asd5@h/db", &["secret-control"]),
        ("postgres://u:8sd7f\u{e0041}6asd5@h/db", &["secret-control"]),
        ("postgres://u:8sd7f\u{7}6asd5@h/db", &["secret-control"]),
        ("'postgres://u:8sd7f6asd5@h/db", &["database-scheme"]),
        // Schemes.
        ("jdbc:postgresql://h/db?user=u&password=8sd7f6asd5", ADDED),
        ("mysql://u:8sd7f6asd5@h/db", &["database-scheme"]),
        ("sqlite://app.db", &["database-scheme"]),
        ("u:8sd7f6asd5@h/db", &["database-malformed"]),
        ("Host=h;Username=u;Password=8sd7f6asd5", &["database-malformed"]),
        // Passwords.
        ("postgres://u:p@a/b@h/db", &["database-ambiguous"]),
        ("postgres://u:12/ss@h/db", &["database-ambiguous"]),
        ("postgres://u:p@x?y=1@h/db", &["database-ambiguous"]),
        ("postgres://u:p%40ss%2F%23%3f@h/db", ADDED),
        ("postgres://u:p%00ss@h/db", &["secret-control"]),
        ("postgres://u:p%ff@h/db", &["database-malformed"]),
        ("postgres://u:p%0A@h/db", &["secret-control"]),
        ("postgres://u@h/db?password=8sd7f6asd5", ADDED),
        ("postgres://u:a1@h/db?password=b2", &["database-conflict"]),
        ("postgres://u:postgres@h/db", &["database-default-password", "database-tls-added"]),
        ("postgres://shop:shop@h/db", &["database-default-password", "database-tls-added"]),
        ("postgres://u:[YOUR-PASSWORD]@h/db", &["database-placeholder", "database-tls-added"]),
        ("postgres://u:<password>@h/db", &["database-placeholder", "database-tls-added"]),
        ("postgres://u:$PGPASSWORD@h/db", &["secret-reference"]),
        ("postgres://u:8sd7f6asd5@<host>/db", &["database-placeholder"]),
        ("${{Postgres.DATABASE_URL}}", &["secret-reference"]),
        ("@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/x)", &["secret-reference"]),
        ("{\"username\":\"u\",\"password\":\"8sd7f6asd5\",\"host\":\"h\"}", &["secret-json"]),
        // Parameters.
        ("postgres://u:8sd7f6asd5@h/db?sslmode=require&sslmode=require", &[]),
        ("postgres://u:8sd7f6asd5@h/db?sslmode=prefer", &["database-tls"]),
        ("postgres://u:8sd7f6asd5@h/db?sslmode=allow", &["database-tls"]),
        ("postgres://u:8sd7f6asd5@h/db?ssl=false", &["database-tls"]),
        ("postgres://u:8sd7f6asd5@h/db?sslmode=require&ssl=false", &["database-conflict"]),
        ("postgres://u:8sd7f6asd5@h/db?sslmode=bogus", &["database-malformed"]),
        ("postgres://u:8sd7f6asd5@h/db?sslmod=verify-full", &["database-parameter-security", "database-tls-added"]),
        ("postgres://u:8sd7f6asd5@h/db?sslmode=verify-ca&sslrootcert=/ca.pem", &["database-verify-ca"]),
        ("postgres://u:8sd7f6asd5@h/db?sslmode=require&sslrootcert=/ca.pem", &["database-verify-ca"]),
        ("postgres://u:8sd7f6asd5@h/db?sslmode=prefer&sslrootcert=system", &["database-verification"]),
        ("postgres://u:8sd7f6asd5@h/db?sslmode=verify-full&hostaddr=10.0.0.1", &["database-verification"]),
        ("postgres://u:8sd7f6asd5@h/db?sslmode=verify-full&sslcrl=/crl", &["database-parameter-security"]),
        ("postgres://u@h/db?sslmode=verify-full&sslcert=/c&sslkey=/k", &[]),
        ("postgres://u:8sd7f6asd5@h/db?options=-d%205", &["database-malformed"]),
        // URLs in which another program may find another host.
        ("postgres://app@shop:8sd7f6asd5@h/db", UNESCAPED),
        ("postgres://u:p@evil,x@h/db", &["database-other-host", "database-tls-added"]),
        ("postgres://u:p@evil:+5432/x@h/db", &["database-other-host", "database-tls-added"]),
        ("postgres://u:z@[2001:db8::1]p@h/db", &["database-other-host", "database-tls-added"]),
        ("postgres://u:p@evil%2Cx@h/db", &["database-other-host", "database-tls-added"]),
        ("postgres://h/db?user=u&password=p@evil,!", &["database-other-host", "database-tls-added"]),
        ("postgres://u:p@h/db?hostaddr=10.0.0.1", ADDED),
        ("postgres://u:p@localhost/db?host=/cloudsql/p:r:i", &[]),
        // Hosts: the rules apply to the host that the driver connects to.
        ("postgres://u:8sd7f6asd5@localhost/db?host=db.example.com", &["database-conflict"]),
        ("postgres://u:8sd7f6asd5@/db?host=localhost", &["database-loopback"]),
        ("postgres://u:8sd7f6asd5@h/db?hostaddr=127.0.0.1", &["database-loopback"]),
        ("postgres://u:8sd7f6asd5@127.1/db", &["database-loopback"]),
        ("postgres://u:8sd7f6asd5@0x7f000001/db?sslmode=disable", &["database-loopback"]),
        ("postgres://u:8sd7f6asd5@LOCALHOST./db", &["database-loopback"]),
        ("postgres://u:8sd7f6asd5@/db?host=h1,h2", &["database-multi-host"]),
        ("postgres://u:8sd7f6asd5@/db?host=h1&host=h2", &["database-multi-host"]),
        ("postgres://u:8sd7f6asd5@h:0/db", &["database-malformed"]),
        ("postgres://u:8sd7f6asd5@h:5432/db?port=5433", &["database-conflict"]),
        ("postgres://u:8sd7f6asd5@b\u{fc}cher.example/db", &["database-malformed"]),
        ("postgres://u:8sd7f6asd5@h/db#x", &["database-malformed"]),
        ("postgres://u:8sd7f6asd5@h/db/x", &["database-malformed"]),
        (HOST, ADDED),
    ] {
        assert_eq!(codes(&load("production", text), Severity::Note), expected, "{text}");
    }
}

#[test]
fn development_and_test_accept_what_runs_on_a_laptop() {
    for tier in ["development", "test"] {
        for url in [
            "postgres://postgres:postgres@localhost/app",
            "postgres://postgres:postgres@db/app",
            "postgres://postgres@localhost/app",
            "postgres://app:app@127.0.0.1:5433/app?sslmode=disable",
            "postgres://app:password@/app?host=/tmp",
        ] {
            assert_eq!(codes(&load(tier, url), Severity::Note), [""; 0], "{tier} {url}");
        }
    }
}
