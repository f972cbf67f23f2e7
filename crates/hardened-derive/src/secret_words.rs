//! Made from `crates/hardened-core/src/text/secret_words.rs` by `cargo xtask generate secret-words`.
//!
//! In doubt, a name reads like a secret: a reason in `not_secret` costs one line, a printed password costs more. The last
//! word of a name determines its meaning: `token_ttl`, `key_id` and `password_min_length` are fine, `api_key_previous` is not.

use crate::humps::separated;

/// Words that mean a secret anywhere in a name.
const SECRETS: &[&str] = &[
    "bearer",
    "connstr",
    "cred",
    "credential",
    "credentials",
    "creds",
    "dsn",
    "hmac",
    "hotp",
    "htpasswd",
    "mnemonic",
    "otp",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "passwords",
    "pwd",
    "sas",
    "secret",
    "secrets",
    "token",
    "tokens",
    "totp",
    "zeroizing",
];

/// Words that mean a secret at the end of a name; elsewhere they have other meanings, as in `pass_through`.
const LAST: &[&str] = &["authorization", "jwt", "pass", "pat", "pepper", "salt", "signing"];

/// Words that mean a secret at the end of a name, unless one of the other words comes before.
const LAST_UNLESS: &[(&[&str], &[&str])] = &[
    // Anyone who knows the URL of a webhook can call it.
    (
        &["hook", "hooks", "webhook", "webhooks"],
        &[
            "after",
            "before",
            "build",
            "commit",
            "exit",
            "git",
            "install",
            "lifecycle",
            "on",
            "panic",
            "post",
            "pre",
            "push",
            "release",
            "script",
            "shutdown",
            "start",
            "startup",
            "stop",
            "test",
        ],
    ),
    (&["pin"], &["button", "clock", "data", "gpio", "input", "led", "output", "relay", "reset", "sensor"]),
    (&["seed"], &["data", "db", "fixture", "hash", "noise", "random", "rng", "sample", "shuffle", "test"]),
];

/// Endings that mean a secret even without a `_` before them, as in `PGPASSWORD`.
const ENDINGS: &[&str] = &[
    "accesskey",
    "accountkey",
    "adminpass",
    "apikey",
    "authkey",
    "connectionstring",
    "connstring",
    "dbpass",
    "deploykey",
    "encryptionkey",
    "licencekey",
    "licensekey",
    "mailpass",
    "masterkey",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "rootpass",
    "secret",
    "secretkey",
    "servicekey",
    "sessionkey",
    "sharedkey",
    "signingkey",
    "smtppass",
    "sshkey",
    "storagekey",
    "token",
    "userpass",
];

/// Pairs of words that mean a secret.
const PAIRS: &[[&str; 2]] = &[
    ["access", "code"],
    ["access", "signature"],
    ["account", "json"],
    ["activation", "code"],
    ["auth", "code"],
    ["backup", "codes"],
    ["basic", "auth"],
    ["conn", "str"],
    ["conn", "string"],
    ["connection", "string"],
    ["license", "code"],
    ["pin", "code"],
    ["private", "jwk"],
    ["private", "pem"],
    ["recovery", "code"],
    ["recovery", "codes"],
    ["security", "code"],
    ["seed", "phrase"],
    ["signing", "jwk"],
];

/// Words before `key` that mean it is not a secret.
const PLAIN_KEYS: &[&str] = &[
    "advisory",
    "cache",
    "config",
    "dedup",
    "foreign",
    "group",
    "hash",
    "idempotency",
    "index",
    "lock",
    "lookup",
    "map",
    "metric",
    "object",
    "partition",
    "primary",
    "pub",
    "public",
    "publishable",
    "range",
    "registry",
    "routing",
    "row",
    "shard",
    "site",
    "sort",
    "verify",
    "verifying",
    "verification",
];

/// Words before `key` that mean a secret even if the value is a number.
const SECRET_KEYS: &[&str] = &[
    "access",
    "account",
    "api",
    "auth",
    "encryption",
    "hmac",
    "license",
    "master",
    "private",
    "secret",
    "session",
    "shared",
    "signing",
];

/// Words before `url` and the like whose addresses usually contain a password or are secret themselves.
const SECRET_ADDRESSES: &[&str] = &[
    "amqp",
    "arangodb",
    "broker",
    "cassandra",
    "clickhouse",
    "cloudinary",
    "cockroach",
    "cockroachdb",
    "connection",
    "couchdb",
    "database",
    "db",
    "elastic",
    "elasticsearch",
    "hook",
    "imap",
    "influx",
    "influxdb",
    "jdbc",
    "ldap",
    "libsql",
    "mailer",
    "mariadb",
    "memcached",
    "mongo",
    "mongodb",
    "mqtt",
    "mssql",
    "mysql",
    "nats",
    "neo4j",
    "odbc",
    "opensearch",
    "pg",
    "postgres",
    "postgresql",
    "presigned",
    "rabbit",
    "rabbitmq",
    "redis",
    "sas",
    "scylla",
    "sftp",
    "signed",
    "smtp",
    "sqlserver",
    "surrealdb",
    "turso",
    "valkey",
    "webhook",
];

/// Last words that make a name say something *about* a secret.
const ABOUT: &[&str] = &[
    "address",
    "age",
    "alg",
    "algorithm",
    "alphabet",
    "amount",
    "arn",
    "attempts",
    "attribute",
    "aud",
    "audience",
    "balance",
    "bits",
    "bucket",
    "budget",
    "bytes",
    "charset",
    "chars",
    "claim",
    "class",
    "column",
    "contract",
    "cookie",
    "cost",
    "count",
    "counter",
    "days",
    "decimals",
    "description",
    "digits",
    "dir",
    "directory",
    "disabled",
    "domain",
    "enabled",
    "encoding",
    "endpoint",
    "env",
    "event",
    "expiration",
    "expiry",
    "field",
    "file",
    "folder",
    "format",
    "grace",
    "group",
    "header",
    "hint",
    "history",
    "host",
    "hours",
    "id",
    "ids",
    "index",
    "interval",
    "iss",
    "issuer",
    "iterations",
    "kind",
    "label",
    "leeway",
    "len",
    "length",
    "lifetime",
    "limit",
    "limits",
    "manager",
    "max",
    "memory",
    "method",
    "millis",
    "min",
    "minutes",
    "mode",
    "model",
    "ms",
    "name",
    "names",
    "namespace",
    "page",
    "param",
    "parameter",
    "path",
    "pattern",
    "period",
    "policy",
    "port",
    "prefix",
    "price",
    "provider",
    "query",
    "quota",
    "rate",
    "realm",
    "regex",
    "region",
    "required",
    "retries",
    "rotation",
    "rounds",
    "scope",
    "scopes",
    "score",
    "seconds",
    "secs",
    "server",
    "service",
    "size",
    "skew",
    "state",
    "status",
    "step",
    "store",
    "strength",
    "suffix",
    "supply",
    "symbol",
    "table",
    "tag",
    "template",
    "timeout",
    "title",
    "topic",
    "tries",
    "ttl",
    "type",
    "uri",
    "url",
    "usage",
    "user",
    "username",
    "variable",
    "version",
    "window",
];

/// Words that make a name denote a quantity, as in `max_tokens`.
const QUANTITIES: &[&str] = &["avg", "max", "maximum", "min", "minimum", "num", "total"];

/// Last words that only say which of several values is meant.
const QUALIFIERS: &[&str] = &[
    "b64",
    "backup",
    "base64",
    "current",
    "dev",
    "fallback",
    "hex",
    "live",
    "new",
    "next",
    "old",
    "prev",
    "previous",
    "primary",
    "prod",
    "production",
    "raw",
    "sandbox",
    "secondary",
    "staging",
    "test",
    "value",
];

/// What the name of a setting implies about its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// The value need not be hidden.
    Plain,
    /// Text would be a secret. A number would mean something else, as in `tokens`.
    SecretText,
    /// The value would be a secret even as a number.
    Secret,
}

/// Returns what the name of a field, variable or type implies about the value.
#[must_use]
pub(crate) fn read(name: &str) -> Reading {
    let name = separated(name, '_').to_lowercase();
    let words: Vec<&str> = name.split(['_', '-']).filter(|word| !word.is_empty()).collect();
    let words = without_qualifiers(&words);
    if !reads_like_a_secret(words) {
        Reading::Plain
    } else if is_a_secret_number(words) {
        Reading::Secret
    } else {
        Reading::SecretText
    }
}

/// Returns the words up to the last one that is not a qualifier.
fn without_qualifiers<'a, 'b>(words: &'a [&'b str]) -> &'a [&'b str] {
    let is_qualifier = |word: &&str| QUALIFIERS.contains(word) || word.bytes().all(|byte| byte.is_ascii_digit());
    match words.iter().rposition(|word| !is_qualifier(word)) {
        Some(last) => words.get(..=last).unwrap_or(words),
        None => words,
    }
}

fn reads_like_a_secret(words: &[&str]) -> bool {
    let Some((last, before)) = words.split_last() else { return false };
    let leads_to_one = || before.iter().any(|word| SECRET_ADDRESSES.contains(word));
    if matches!(*last, "url" | "urls" | "uri" | "uris" | "conn" | "connection") && leads_to_one() {
        return true;
    }
    if ABOUT.contains(last) || words.iter().any(|word| QUANTITIES.contains(word)) {
        return false;
    }
    LAST.contains(last) || ends_in_one(last, before) || names_a_secret(words)
}

/// Returns whether the last word means a secret and no word before it says otherwise.
fn ends_in_one(last: &str, before: &[&str]) -> bool {
    LAST_UNLESS
        .iter()
        .filter(|(words, _)| words.contains(&last))
        .any(|(_, plain)| !before.iter().any(|word| plain.contains(word)))
}

fn names_a_secret(words: &[&str]) -> bool {
    let pair = |pair: &[&str]| PAIRS.iter().any(|known| known == pair);
    words.iter().any(|word| is_a_secret(word)) || words.windows(2).any(pair) || has_a_secret_key(words)
}

fn is_a_secret(word: &str) -> bool {
    SECRETS.contains(&word) || ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Returns whether a word is `key` or `keys`, unless the word before says that it is public.
fn has_a_secret_key(words: &[&str]) -> bool {
    let before = std::iter::once("").chain(words.iter().copied());
    before.zip(words).any(|(before, word)| matches!(*word, "key" | "keys") && !PLAIN_KEYS.contains(&before))
}

/// Returns whether the last word denotes one secret that can be a number. A plural is a quantity: `tokens` is a count.
fn is_a_secret_number(words: &[&str]) -> bool {
    let Some((last, before)) = words.split_last() else { return false };
    match *last {
        "key" => before.last().is_some_and(|word| SECRET_KEYS.contains(word)),
        "seed" => before.iter().any(|word| is_a_secret(word)),
        "code" | "pin" | "salt" | "pepper" | "jwt" | "pat" => true,
        last => is_a_secret(last) && !last.ends_with('s'),
    }
}
