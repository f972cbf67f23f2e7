//! What the name of a variable, a field or a constant says about its value.

use hardened_core::{
    finding::Name,
    text::{
        secret_words::{self, Reading},
        separated,
    },
};

/// How sure it is that a name denotes a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meaning {
    /// It does not.
    Plain,
    /// It may: `token` and `key` are words of parsers and maps, too.
    Perhaps,
    /// It does: `jwt_secret`, `DB_PASSWORD`, `api_key`.
    Secret,
}

/// Words that mean many things in code when nothing stands before them.
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

/// Words before `token` and `key` that belong to parsing, to paging and to data structures.
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

/// Last words of names in code that say something about a secret.
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

/// Reads a name in any spelling: `JWT_SECRET`, `jwtSecret`, `jwt.secret`, `x-api-key`.
pub(crate) fn meaning(name: &str) -> Meaning {
    const LONGEST: usize = 128;
    // The working directory of a shell.
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

/// Whether a name says that everybody may have it: what a page in a browser gets, what is encrypted, a fingerprint, the name
/// of an attribute.
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

/// Whether a name is written as that of a variable of the environment: `JWT_SECRET`.
pub(crate) fn is_shouted(name: &str) -> bool {
    name.contains('_') && !name.contains(|symbol: char| symbol.is_ascii_lowercase())
}

/// Words that say nothing of what it is.
fn is_filling(word: &str) -> bool {
    matches!(word, "the" | "my" | "a" | "default" | "new" | "old" | "test" | "some" | "current" | "prefix" | "suffix")
        || word.len() == 1
        || word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The name as it may be shown: only one that looks like a name, because people write values where names belong.
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
