//! Literals that are converted to a type that holds secrets.

use syn::{Expr, ExprCall, ExprMethodCall, GenericArgument, ReturnType, Type};

use super::{known::Text, literal::texts, look::Look};
use crate::judge::{shape, value};

/// Types whose every value is a secret.
const SECRETS: &[&str] = &[
    "DecodingKey",
    "EncodingKey",
    "HS256Key",
    "HS384Key",
    "HS512Key",
    "Secret",
    "SecretBox",
    "SecretBytes",
    "SecretKey",
    "SecretSlice",
    "SecretStr",
    "SecretString",
    "SecretText",
    "SecretVec",
];

/// Types whose value may be a secret or a public constant.
const KEYS: &[&str] = &[
    "Aes128Gcm",
    "Aes256Gcm",
    "ChaCha20Poly1305",
    "CookieKey",
    "Credentials",
    "Key",
    "SigningKey",
    "StaticSecret",
    "XChaCha20Poly1305",
    "Zeroizing",
];

/// The functions of these types that take a value.
const TAKES: &[&str] = &[
    "derive_from",
    "from",
    "from_base64_secret",
    "from_bytes",
    "from_secret",
    "from_slice",
    "from_str",
    "new",
    "new_from_slice",
    "try_from",
];

/// Checks `SecretString::from("…")`, `EncodingKey::from_secret(b"…")`, `Hmac::<Sha256>::new_from_slice(b"…")`.
pub(super) fn of_call(call: &ExprCall, look: &mut Look<'_>) {
    let Expr::Path(path) = &*call.func else { return };
    let mut segments = path.path.segments.iter().rev().map(|segment| segment.ident.to_string());
    let (Some(function), class) = (segments.next(), segments.next().unwrap_or_default()) else { return };
    if !TAKES.contains(&function.as_str()) {
        return;
    }
    let is_secret = SECRETS.contains(&class.as_str());
    let is_mac = class.to_ascii_lowercase().contains("hmac") || class == "Mac" || function == "new_from_slice";
    if is_secret || is_mac || KEYS.contains(&class.as_str()) {
        let texts: Vec<_> = call.args.iter().flat_map(|argument| texts(argument, look.known)).collect();
        judge(&class, is_secret, &texts, look);
    }
    // `Credentials` takes an identifier and the secret that belongs to it.
    if let (true, Some(secret)) = (class == "Credentials", call.args.iter().nth(1)) {
        let texts = texts(secret, look.known);
        judge(&class, true, &texts, look);
    }
}

/// Checks `"…".parse::<SecretString>()`.
pub(super) fn of_method(call: &ExprMethodCall, look: &mut Look<'_>) {
    let class =
        call.turbofish.as_ref().and_then(|turbofish| turbofish.args.first()).and_then(|argument| match argument {
            GenericArgument::Type(class) => last_name(class),
            _ => None,
        });
    if let Some(class) = class.filter(|class| SECRETS.contains(&class.as_str())) {
        let texts = texts(&call.receiver, look.known);
        judge(&class, true, &texts, look);
    }
}

/// Checks `let key: SecretString = "…".into()`.
pub(super) fn of_typed(class: &Type, expr: &Expr, look: &mut Look<'_>) {
    if let Some(class) = last_name(class).filter(|class| SECRETS.contains(&class.as_str())) {
        let texts = texts(expr, look.known);
        judge(&class, true, &texts, look);
    }
}

/// Checks `fn key() -> SecretString { "…".into() }`.
pub(super) fn of_returned(output: &ReturnType, texts: &[Text], look: &mut Look<'_>) {
    if let ReturnType::Type(_, class) = output
        && let Some(class) = last_name(class).filter(|class| SECRETS.contains(&class.as_str()))
    {
        judge(&class, true, texts, look);
    }
}

fn judge(class: &str, is_secret: bool, texts: &[Text], look: &mut Look<'_>) {
    for text in texts {
        let is_literal = if is_secret { is_value(&text.text) } else { is_key(&text.text) };
        if is_literal {
            look.literal(text.part.clone(), class);
        }
    }
}

/// Returns whether a text put into a secret type is a secret. A template that something fills in is not.
fn is_value(text: &str) -> bool {
    !text.is_empty() && !shape::has_holes(text) && !value::is_public(text)
}

/// Returns whether a text is a key or a stand-in for one. A label such as `Bitcoin seed` is public.
fn is_key(text: &str) -> bool {
    const LONGEST: usize = 64;
    let lower = text.to_ascii_lowercase();
    // AES and ChaCha20 take 16, 24 or 32 bytes, and cookie keys have 64.
    let is_sized =
        !shape::is_label(text) && (matches!(text.len(), 24 | 32 | 48 | 64) || text.len() == 16 && !text.contains(' '));
    let is_named = text.len() <= LONGEST
        && (["secret", "password", "changeme"].iter().any(|word| lower.contains(word)) || lower.ends_with("key"));
    value::is_unmistakable(text)
        || value::is_evident("key", text)
        || is_sized
        || is_named && text.matches(' ').count() <= 1
}

/// Returns the last name of a type's path: `SecretString` for `secrecy::SecretString`.
pub(super) fn last_name(class: &Type) -> Option<String> {
    match class {
        Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    }
}
