//! The meaning of the name of a variable, field or constant.

use hardened_core::{
    finding::Name,
    text::{
        secret_words::{self, Reading},
        separated,
    },
};

/// The certainty that a name denotes a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meaning {
    /// The name does not denote a secret.
    Plain,
    /// The name may denote a secret: `token` and `key` are also used in parsers and maps.
    Perhaps,
    /// The name denotes a secret: `jwt_secret`, `DB_PASSWORD`, `api_key`.
    Secret,
}

/// Words that have many meanings in code if no word before them narrows it.
const VAGUE: &[&str] = &[
    "auth",
    "authorization",
    "bearer",
    "cred",
    "credential",
    "credentials",
    "creds",
    "hmac",
    "hook",
    "hooks",
    "jwt",
    "key",
    "keys",
    "otp",
    "pass",
    "pat",
    "pepper",
    "pin",
    "salt",
    "seed",
    "seeds",
    "signing",
    "token",
    "tokens",
    "webhook",
    "webhooks",
];

/// Words before `token` and `key` that are about parsing, paging and data structures.
const OF_CODE: &[&str] = &[
    "cancel",
    "cancellation",
    "continuation",
    "end",
    "first",
    "header",
    "last",
    "next",
    "page",
    "pagination",
    "prev",
    "property",
    "resume",
    "start",
    "sync",
];

/// Last words of names in code that make them say something about a secret.
const ABOUT: &[&str] = &[
    "algo",
    "comment",
    "desc",
    "doc",
    "docs",
    "encryption",
    "entrypoint",
    "err",
    "error",
    "example",
    "fmt",
    "help",
    "info",
    "invalid",
    "message",
    "msg",
    "override",
    "placeholder",
    "prompt",
    "re",
    "strategy",
    "text",
    "usage",
];

/// Returns the meaning of a name in any spelling: `JWT_SECRET`, `jwtSecret`, `jwt.secret`, `x-api-key`.
pub(crate) fn meaning(name: &str) -> Meaning {
    const LONGEST: usize = 128;
    // The shell's working directory.
    const NOT: [&str; 2] = ["PWD", "OLDPWD"];
    if name.len() > LONGEST || NOT.contains(&name) {
        return Meaning::Plain;
    }
    let name = name.replace(['.', '-', ':', '/', ' '], "_");
    let lower = separated(&name, '_').to_ascii_lowercase();
    let is_about = lower.rsplit('_').next().is_some_and(|last| ABOUT.contains(&last));
    if is_about || is_public(&lower) || secret_words::read(&name) == Reading::Plain {
        return Meaning::Plain;
    }
    let mut words = lower.split('_').filter(|word| !word.is_empty());
    let is_vague = |word: &str| VAGUE.contains(&word);
    let is_qualified = words.clone().any(|word| !is_vague(word) && !OF_CODE.contains(&word) && !is_filling(word));
    if is_qualified || words.any(|word| word.ends_with("password") || word.ends_with("secret")) {
        Meaning::Secret
    } else {
        Meaning::Perhaps
    }
}

/// Returns whether a name means that the value is public: what a browser gets, an encrypted value, a fingerprint, the name of
/// an attribute.
fn is_public(lower: &str) -> bool {
    const OF_BROWSERS: [&str; 5] = ["expo_public_", "next_public_", "nuxt_public_", "react_app_", "vite_"];
    let is_key = lower.ends_with("_key");
    let has = |word: &str| lower.split('_').any(|own| own == word);
    is_key && (OF_BROWSERS.iter().any(|start| lower.starts_with(start)) || has("anon"))
        || (is_key || lower.ends_with("_keys")) && (has("gpg") || has("pgp") || has("recv"))
        || has("attr")
        || has("attribute")
        || lower.starts_with("encrypted_")
        || lower.contains("public_key")
}

/// Returns whether a name is written like that of an environment variable: `JWT_SECRET`.
pub(crate) fn is_shouted(name: &str) -> bool {
    name.contains('_') && !name.contains(|symbol: char| symbol.is_ascii_lowercase())
}

/// Returns whether a word does not narrow the meaning of a name.
fn is_filling(word: &str) -> bool {
    matches!(word, "the" | "my" | "a" | "default" | "new" | "old" | "test" | "some" | "current" | "prefix" | "suffix")
        || word.len() == 1
        || word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the name to show, or `secret` if it does not look like a name, because people write values where names belong.
pub(crate) fn shown(name: &str) -> Name {
    Name::found(&name.replace(['.', '-', ':', '/'], "_")).unwrap_or(Name::declared("secret"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_denotes_a_secret_surely_or_perhaps_or_not() {
        for (name, expected) in [
            ("JWT_SECRET", Meaning::Secret),
            ("jwtSecret", Meaning::Secret),
            ("jwt.secret", Meaning::Secret),
            ("x-api-key", Meaning::Secret),
            ("password", Meaning::Secret),
            ("secret", Meaning::Secret),
            ("SECRET_KEY", Meaning::Secret),
            ("DATABASE_URL", Meaning::Secret),
            ("STRIPE_KEY", Meaning::Secret),
            ("github_token", Meaning::Secret),
            ("token", Meaning::Perhaps),
            ("next_token", Meaning::Perhaps),
            ("nextToken", Meaning::Perhaps),
            ("KEY", Meaning::Perhaps),
            ("default_key", Meaning::Perhaps),
            ("salt", Meaning::Perhaps),
            ("port", Meaning::Plain),
            ("token_ttl", Meaning::Plain),
            ("public_key", Meaning::Plain),
            ("NEXT_PUBLIC_SUPABASE_ANON_KEY", Meaning::Plain),
            ("NEXT_PUBLIC_CLIENT_SECRET", Meaning::Secret),
            ("GPG_KEY", Meaning::Plain),
            ("publicKeyToken", Meaning::Plain),
            ("recv-keys", Meaning::Plain),
            ("person_attr_password", Meaning::Plain),
            ("encrypted_client_secret", Meaning::Plain),
            ("password_entrypoint", Meaning::Plain),
            ("TOKEN_ENCRYPTION", Meaning::Plain),
            ("TOKEN_ENCRYPTION_KEY", Meaning::Secret),
            ("PWD", Meaning::Plain),
            ("IPin", Meaning::Perhaps),
            ("VALID_KEY_RE", Meaning::Plain),
            ("invalid_token_message", Meaning::Plain),
            ("", Meaning::Plain),
        ] {
            assert_eq!(meaning(name), expected, "{name}");
        }
    }

    #[test]
    fn what_does_not_look_like_a_name_is_not_shown() {
        assert_eq!(shown("jwt.secret").as_str(), "jwt_secret");
        assert_eq!(shown("q8Z+xT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReWq=").as_str(), "secret");
    }
}
