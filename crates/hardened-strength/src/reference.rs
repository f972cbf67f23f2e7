//! Text that names the place of a secret instead of being it: a reference that nobody resolved.

use crate::placeholder::reads_like_text;

/// What an unresolved reference points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReferenceKind {
    /// An entry of a secret store: `op://…`, `arn:aws:…`, `vault:…`.
    SecretStore,
    /// A file: `/run/secrets/…`, `file:…`.
    File,
    /// An address, such as `https://…`.
    Url,
    /// A variable, named in a program's notation: `process.env.…`.
    Variable,
    /// A value that is still encrypted: `ENC[…]`, `{cipher}…`.
    Encrypted,
}

/// What a text refers to, if it is a reference that nothing resolved: `op://…`, `/run/secrets/…`, `process.env.…`.
///
/// ```
/// use hardened_strength::{ReferenceKind, reference};
///
/// assert_eq!(reference(b"awssm://prod/database"), Some(ReferenceKind::SecretStore));
/// assert_eq!(reference(b"postgres://db.example.com/app"), None);
/// ```
#[must_use]
pub fn reference(text: &[u8]) -> Option<ReferenceKind> {
    PREFIXES
        .iter()
        .find(|(prefix, _)| starts_with(text, prefix))
        .map(|(_, kind)| *kind)
        .or_else(|| (is_google(text) || is_vals(text)).then_some(ReferenceKind::SecretStore))
        .or_else(|| is_encrypted(text).then_some(ReferenceKind::Encrypted))
        .or_else(|| is_path(text).then_some(ReferenceKind::File))
}

/// Whether the text is the address of something. A credential may be one.
pub(crate) fn is_url(text: &[u8]) -> bool {
    starts_with(text, "https://") || starts_with(text, "http://")
}

/// Beginnings of references, of five characters or more: a random key of printable characters
/// has one of them once in 10^8.
const PREFIXES: &[(&str, ReferenceKind)] = &[
    ("@microsoft.keyvault(", ReferenceKind::SecretStore),
    ("{{resolve:", ReferenceKind::SecretStore),
    ("akeyless:", ReferenceKind::SecretStore),
    ("akv://", ReferenceKind::SecretStore),
    ("arn:aws", ReferenceKind::SecretStore),
    ("aws-secretsmanager:", ReferenceKind::SecretStore),
    ("aws-sm://", ReferenceKind::SecretStore),
    ("aws-ssm:", ReferenceKind::SecretStore),
    ("awssm://", ReferenceKind::SecretStore),
    ("awsssm://", ReferenceKind::SecretStore),
    ("azkv://", ReferenceKind::SecretStore),
    ("azurekeyvault://", ReferenceKind::SecretStore),
    ("berglas://", ReferenceKind::SecretStore),
    ("bws://", ReferenceKind::SecretStore),
    ("doppler://", ReferenceKind::SecretStore),
    ("gcp-sm://", ReferenceKind::SecretStore),
    ("gcp:secretmanager:", ReferenceKind::SecretStore),
    ("gcpsecretmanager://", ReferenceKind::SecretStore),
    ("gcpsm://", ReferenceKind::SecretStore),
    ("gsm://", ReferenceKind::SecretStore),
    ("infisical://", ReferenceKind::SecretStore),
    ("k8s://", ReferenceKind::SecretStore),
    ("keeper://", ReferenceKind::SecretStore),
    ("keychain://", ReferenceKind::SecretStore),
    ("keyring:", ReferenceKind::SecretStore),
    ("keyvault:", ReferenceKind::SecretStore),
    ("keyvaultref:", ReferenceKind::SecretStore),
    ("kubernetes://", ReferenceKind::SecretStore),
    ("kv://", ReferenceKind::SecretStore),
    ("lastpass://", ReferenceKind::SecretStore),
    ("op://", ReferenceKind::SecretStore),
    ("pass://", ReferenceKind::SecretStore),
    ("secret:/", ReferenceKind::SecretStore),
    ("secretkeyref:", ReferenceKind::SecretStore),
    ("secretref:", ReferenceKind::SecretStore),
    ("secrets://", ReferenceKind::SecretStore),
    ("secretsmanager:", ReferenceKind::SecretStore),
    ("sm://", ReferenceKind::SecretStore),
    ("ssm://", ReferenceKind::SecretStore),
    ("ssm:/", ReferenceKind::SecretStore),
    ("valuefrom:", ReferenceKind::SecretStore),
    ("vault:", ReferenceKind::SecretStore),
    ("!vault", ReferenceKind::Encrypted),
    ("$ansible_vault;", ReferenceKind::Encrypted),
    ("sops:", ReferenceKind::Encrypted),
    ("age-encryption.org/", ReferenceKind::Encrypted),
    ("{cipher}", ReferenceKind::Encrypted),
    ("file:", ReferenceKind::File),
    ("env://", ReferenceKind::Variable),
    ("env:", ReferenceKind::Variable),
    ("env.", ReferenceKind::Variable),
    ("env(", ReferenceKind::Variable),
    ("env[", ReferenceKind::Variable),
    ("$env:", ReferenceKind::Variable),
    ("process.env", ReferenceKind::Variable),
    ("import.meta.env", ReferenceKind::Variable),
    ("os.environ", ReferenceKind::Variable),
    ("os.getenv(", ReferenceKind::Variable),
    ("system.getenv(", ReferenceKind::Variable),
    ("getenv(", ReferenceKind::Variable),
    ("deno.env", ReferenceKind::Variable),
    ("secrets.", ReferenceKind::Variable),
    ("!ref ", ReferenceKind::Variable),
    ("!sub ", ReferenceKind::Variable),
    ("!env ", ReferenceKind::Variable),
    ("!getatt ", ReferenceKind::Variable),
    ("!importvalue ", ReferenceKind::Variable),
    ("fn::", ReferenceKind::Variable),
];

/// The shorter ones must go on like a name.
const SURE: usize = 5;

fn starts_with(text: &[u8], prefix: &str) -> bool {
    let Some((start, rest)) = text.split_at_checked(prefix.len()) else {
        return false;
    };
    start.eq_ignore_ascii_case(prefix.as_bytes())
        && (prefix.len() >= SURE || !rest.is_empty() && rest.iter().all(|byte| is_path_character(*byte)))
}

/// `projects/…/secrets/…`.
fn is_google(text: &[u8]) -> bool {
    starts_with(text, "projects/") && text.windows(9).any(|part| part == b"/secrets/")
}

/// `ENC[…]` of SOPS, `ENC(…)` of Jasypt.
fn is_encrypted(text: &[u8]) -> bool {
    let marked = |open: &[u8], close: &[u8]| {
        let start = text.get(..open.len()).unwrap_or_default();
        start.eq_ignore_ascii_case(open) && text.ends_with(close)
    };
    marked(b"ENC[", b"]") || marked(b"ENC(", b")")
}

/// `ref+vault://…`; the mark alone can begin a key in base64.
fn is_vals(text: &[u8]) -> bool {
    starts_with(text, "ref+") && text.windows(3).any(|part| part == b"://")
}

/// Directories in which secrets are mounted. With both slashes they are five characters of
/// base64: one random key in 10^8 begins with any of them.
const DIRECTORIES: &[&str] = &[
    "/app/",
    "/bitnami/",
    "/conf/",
    "/config/",
    "/data/",
    "/dev/",
    "/etc/",
    "/home/",
    "/mnt/",
    "/opt/",
    "/private/",
    "/proc/",
    "/root/",
    "/run/",
    "/secret/",
    "/secrets/",
    "/srv/",
    "/ssm/",
    "/tmp/",
    "/Users/",
    "/usr/",
    "/var/",
    "/vault/",
    "/workspace/",
    "~/.",
    "../",
    "./.",
];

fn is_path(text: &[u8]) -> bool {
    let known = DIRECTORIES.iter().any(|start| text.starts_with(start.as_bytes()));
    let relative = [&b"./"[..], b"~/", b"$HOME/", b"\\\\"].iter().any(|start| text.starts_with(start));
    let drive = matches!(text, [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic());
    let plain = text.iter().all(|byte| byte.is_ascii_alphanumeric() || b" -_./:\\~$".contains(byte));
    let file = ENDINGS.iter().any(|end| text.ends_with(end.as_bytes()));
    plain && (known || (relative || drive) && (file || reads_like_text(text)))
}

/// How files that hold secrets are called.
const ENDINGS: &[&str] = &[".txt", ".key", ".pem", ".json", ".env", ".yml", ".yaml", ".secret", ".toml", ".conf"];

pub(crate) fn is_path_character(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" -_./:@#?&=()'\"".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::{ReferenceKind, is_url, reference};

    #[test]
    fn a_reference_is_told_by_its_beginning() {
        for (text, expected) in [
            ("op://vault/item/field", ReferenceKind::SecretStore),
            ("arn:aws:secretsmanager:eu-west-1:1:secret:x", ReferenceKind::SecretStore),
            ("arn:aws-cn:ssm:x", ReferenceKind::SecretStore),
            ("projects/p/secrets/s/versions/latest", ReferenceKind::SecretStore),
            ("@Microsoft.KeyVault(SecretUri=https://x)", ReferenceKind::SecretStore),
            ("{{resolve:secretsmanager:x}}", ReferenceKind::SecretStore),
            ("vault:secret/data/app#key", ReferenceKind::SecretStore),
            ("ref+vault://x", ReferenceKind::SecretStore),
            ("secretref:jwt", ReferenceKind::SecretStore),
            ("/run/secrets/jwt", ReferenceKind::File),
            ("/etc/app/jwt.key", ReferenceKind::File),
            ("./config/secrets/password.txt", ReferenceKind::File),
            ("../password.txt", ReferenceKind::File),
            ("~/.config/password.txt", ReferenceKind::File),
            ("C:\\secrets\\password.txt", ReferenceKind::File),
            ("file:///run/secrets/jwt", ReferenceKind::File),
            ("env:JWT_SECRET", ReferenceKind::Variable),
            ("process.env.JWT_SECRET", ReferenceKind::Variable),
            ("ENC[AES256_GCM,data:x]", ReferenceKind::Encrypted),
            ("ENC(abc)", ReferenceKind::Encrypted),
            ("{cipher}abc", ReferenceKind::Encrypted),
        ] {
            assert_eq!(reference(text.as_bytes()), Some(expected), "{text}");
        }
        assert!(is_url(b"https://vault.example.com/v1/secret"));
    }

    #[test]
    fn a_random_key_is_no_reference() {
        for text in [
            "",
            "/fzrXyDHOxkIvX8dkTgEVJjjwH/dGCzsR/aT65FrsEg=",
            "/run+yDHOxkIvX8dkTgEVJjjwH",
            "env!9wPz0gi.URNNX3kh2OPST9",
            "a:\\]w#K'q}2;V8zT!m5^Xr~J0|pYd>",
            "sk_live_WGHpjc8XDqTH3B2HhOo2fcJz",
        ] {
            assert_eq!(reference(text.as_bytes()), None, "{text}");
        }
    }
}
