//! Unresolved references: values that something should have replaced before the service started.

/// The kind of thing that an unresolved reference points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReferenceKind {
    /// An entry of a secret store: `op://…`, `arn:aws:…`, `vault:…`.
    SecretStore,
    /// A file: `/run/secrets/…`, `file:…`.
    File,
    /// A URL, such as `https://…`.
    Url,
    /// A variable in the notation of a program: `process.env.…`.
    Variable,
    /// A value that is still encrypted: `ENC[…]`, `{cipher}…`.
    Encrypted,
}

/// Returns what kind of reference a text is, judged by its beginning; `None` if it is not a reference.
///
/// ```
/// use hardened_core::text::{ReferenceKind, reference};
///
/// assert_eq!(reference(b"op://vault/item/field"), Some(ReferenceKind::SecretStore));
/// assert_eq!(reference(b"process.env.JWT_SECRET"), Some(ReferenceKind::Variable));
/// assert_eq!(reference(b"https://app.example.com"), None);
/// ```
#[must_use]
pub fn reference(text: &[u8]) -> Option<ReferenceKind> {
    prefix(text).or_else(|| (is_google(text) || is_vals(text)).then_some(ReferenceKind::SecretStore))
}

/// Returns the kind of the first matching prefix. The first character is compared first, to be fast.
fn prefix(text: &[u8]) -> Option<ReferenceKind> {
    let first = text.first()?.to_ascii_lowercase();
    let begins = |(prefix, _): &&(&str, _)| prefix.as_bytes().first() == Some(&first) && starts_with(text, prefix);
    PREFIXES.iter().find(begins).map(|(_, kind)| *kind)
}

/// Prefixes of references. With five characters or more, one in 10^8 random keys of printable characters begins like one of
/// them.
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

/// Shorter prefixes only count if all of the rest looks like a name or path.
const SURE: usize = 5;

fn starts_with(text: &[u8], prefix: &str) -> bool {
    let Some((start, rest)) = text.split_at_checked(prefix.len()) else {
        return false;
    };
    start.eq_ignore_ascii_case(prefix.as_bytes())
        && (prefix.len() >= SURE || !rest.is_empty() && rest.iter().all(|byte| is_path_character(*byte)))
}

/// Returns whether the text is a resource name of Google's Secret Manager: `projects/…/secrets/…`.
fn is_google(text: &[u8]) -> bool {
    starts_with(text, "projects/") && text.windows(9).any(|part| part == b"/secrets/")
}

/// Returns whether the text is a `vals` reference: `ref+vault://…`. The prefix alone can begin a base64 key.
fn is_vals(text: &[u8]) -> bool {
    starts_with(text, "ref+") && text.windows(3).any(|part| part == b"://")
}

/// Returns whether paths, names or addresses can contain a byte.
#[must_use]
pub fn is_path_character(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" -_./:@#?&=()'\"".contains(&byte)
}
