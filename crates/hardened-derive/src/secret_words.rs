//! Which names read like a secret.
//!
//! In doubt a name does: a reason in `not_secret` costs one line, a printed password costs more. What a name denotes is
//! its last word, so `token_ttl`, `key_id` and `password_min_length` are free, and `api_key_previous` is not.

/// Words that name a secret wherever they stand.
const SECRETS: &[&str] = &[
    "cred",
    "creds",
    "credential",
    "credentials",
    "connstr",
    "dsn",
    "mnemonic",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "passwords",
    "pwd",
    "secret",
    "secrets",
    "token",
    "tokens",
];

/// Words that name a secret when they stand last; elsewhere they mean many things, as in `pass_through`.
const LAST: &[&str] = &["jwt", "pass", "pat", "pepper", "salt"];

/// Endings that name a secret even where no `_` stands before them, as in `PGPASSWORD`.
const ENDINGS: &[&str] =
    &["secret", "password", "passwd", "passphrase", "token", "apikey", "accesskey", "secretkey", "privatekey"];

/// Pairs of words that name a secret.
const PAIRS: &[[&str; 2]] = &[["connection", "string"], ["conn", "string"], ["conn", "str"], ["seed", "phrase"]];

/// Words before `key` that make it no secret.
const PLAIN_KEYS: &[&str] = &[
    "cache",
    "config",
    "dedup",
    "foreign",
    "group",
    "hash",
    "idempotency",
    "index",
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

/// What an address leads to, when it usually carries a password or is one.
const SECRET_ADDRESSES: &[&str] = &[
    "amqp",
    "broker",
    "clickhouse",
    "cockroach",
    "connection",
    "database",
    "db",
    "mariadb",
    "mongo",
    "mongodb",
    "mssql",
    "mysql",
    "pg",
    "postgres",
    "postgresql",
    "rabbit",
    "rabbitmq",
    "redis",
    "smtp",
    "sqlserver",
    "valkey",
    "webhook",
];

/// Last words that say something *about* a secret.
const ABOUT: &[&str] = &[
    "alg",
    "algorithm",
    "arn",
    "aud",
    "audience",
    "bucket",
    "class",
    "count",
    "dir",
    "directory",
    "endpoint",
    "expiration",
    "expiry",
    "field",
    "file",
    "folder",
    "format",
    "header",
    "hint",
    "host",
    "id",
    "ids",
    "interval",
    "iss",
    "issuer",
    "kind",
    "label",
    "length",
    "lifetime",
    "limit",
    "manager",
    "max",
    "method",
    "min",
    "minutes",
    "mode",
    "name",
    "names",
    "namespace",
    "path",
    "policy",
    "port",
    "prefix",
    "provider",
    "region",
    "rotation",
    "scope",
    "scopes",
    "seconds",
    "size",
    "store",
    "suffix",
    "timeout",
    "ttl",
    "type",
    "uri",
    "url",
    "user",
    "username",
    "version",
];

/// Whether the name of a field or a variable reads like a secret.
pub(crate) fn reads_like_a_secret(name: &str) -> bool {
    let name = crate::names::screaming_snake(name).to_lowercase();
    let words: Vec<&str> = name.split(['_', '-']).filter(|word| !word.is_empty()).collect();
    let Some(last) = words.last() else { return false };
    if matches!(*last, "url" | "uri") && words.iter().any(|word| SECRET_ADDRESSES.contains(word)) {
        return true;
    }
    !ABOUT.contains(last) && (LAST.contains(last) || names_a_secret(&words))
}

fn names_a_secret(words: &[&str]) -> bool {
    let pair = |pair: &[&str]| PAIRS.iter().any(|known| known == pair);
    words.iter().any(|word| SECRETS.contains(word) || ENDINGS.iter().any(|ending| word.ends_with(ending)))
        || words.windows(2).any(pair)
        || has_a_secret_key(words)
}

/// `key` and `keys`, unless the word before says that everybody may know it.
fn has_a_secret_key(words: &[&str]) -> bool {
    let before = std::iter::once("").chain(words.iter().copied());
    before.zip(words).any(|(before, word)| matches!(*word, "key" | "keys") && !PLAIN_KEYS.contains(&before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_denotes_a_secret_reads_like_one() {
        for name in [
            "password",
            "db_password",
            "PGPASSWORD",
            "smtp_pass",
            "passwd",
            "passphrase",
            "client_secret",
            "clientSecret",
            "secret_key",
            "secret_access_key",
            "secrets",
            "token",
            "github_token",
            "accesstoken",
            "refresh_tokens",
            "api_key",
            "apikey",
            "STRIPE_API_KEY",
            "stripe_key",
            "private_key",
            "signing_key",
            "encryption_key",
            "access_key",
            "api_key_previous",
            "key",
            "private_key_pem",
            "dsn",
            "SENTRY_DSN",
            "credentials",
            "aws_credential",
            "connection_string",
            "DATABASE_URL",
            "redis_url",
            "mongodb_uri",
            "slack_webhook_url",
            "password_hash",
            "token_2",
            "seed_phrase",
            "salt",
            "BROKER_READ_URL",
        ] {
            assert!(reads_like_a_secret(name), "{name}");
        }
    }

    #[test]
    fn a_name_that_is_about_a_secret_is_free() {
        for name in [
            "token_ttl",
            "key_id",
            "access_key_id",
            "public_key",
            "primary_key",
            "partition_key",
            "cache_key",
            "publishable_key",
            "password_min_length",
            "secret_name",
            "password_file",
            "token_url",
            "api_key_header",
            "jwt_algorithm",
            "jwt_issuer",
            "public_url",
            "base_url",
            "host",
            "keyboard",
            "monkey",
            "author",
            "tokenizer",
            "secretary",
            "compass",
            "pattern",
            "passenger",
            "bypass",
            "",
            "_",
            "frontend_url",
            "turkey",
            "keyspace",
            "pass_through",
        ] {
            assert!(!reads_like_a_secret(name), "{name}");
        }
    }
}
