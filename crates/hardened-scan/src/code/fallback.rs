//! Fallbacks: values that the code uses when a secret is not set.

use syn::{Expr, ExprCall, ExprIf, ExprMatch, ExprMethodCall, ExprStruct, Local, Macro, Member, Pat};

use super::{
    environment::{Origin, origin},
    known::Text,
    literal::{arguments, texts},
    look::Look,
};
use crate::{
    judge::{
        address,
        name::{self, Meaning},
        shape, value,
    },
    rule::sources::SCAN_CODE_FALLBACK,
};

/// Methods whose first argument is used if there is no value.
const METHODS: &[&str] = &[
    "get_or_init",
    "get_or_insert",
    "get_or_insert_with",
    "map_or",
    "map_or_else",
    "or",
    "or_else",
    "or_insert",
    "or_insert_with",
    "unwrap_or",
    "unwrap_or_else",
];

/// Checks `env::var("JWT_SECRET").unwrap_or("…")` and similar methods.
pub(super) fn of_method(call: &ExprMethodCall, look: &mut Look<'_>) {
    let is_default = call.method == "unwrap_or_default";
    if !is_default && !METHODS.iter().any(|method| call.method == method) {
        return;
    }
    let Some(origin) = origin(&call.receiver, look) else { return };
    if is_default {
        if origin.is_variable {
            empty(&origin, call.method.span().byte_range(), look);
        }
    } else if let Some(argument) = call.args.first().filter(|_| !is_description(call)) {
        judge(&origin, &texts(argument, look.known), look);
    }
}

/// Returns whether the call only describes whether there is a value: `map_or("not set", |_| "set")`.
fn is_description(call: &ExprMethodCall) -> bool {
    let ignores = |expr: &Expr| match expr {
        Expr::Closure(closure) => closure.inputs.iter().all(|input| matches!(input, Pat::Wild(_))),
        _ => false,
    };
    call.args.iter().nth(1).is_some_and(ignores)
}

/// Checks `match env::var("JWT_SECRET") { Ok(value) => value, Err(_) => "…".into() }`.
pub(super) fn of_match(expr: &ExprMatch, look: &mut Look<'_>) {
    let Some(origin) = origin(&expr.expr, look).filter(|origin| origin.is_variable) else { return };
    let takes = |arm: &&syn::Arm| is_bound(&arm.pat) && !matches!(&*arm.body, Expr::Lit(_));
    if expr.arms.iter().filter(takes).count() == 0 {
        return;
    }
    for arm in expr.arms.iter().filter(|arm| is_without(&arm.pat)) {
        judge(&origin, &texts(&arm.body, look.known), look);
    }
}

/// Checks `if let Ok(value) = env::var("JWT_SECRET") { value } else { "…".into() }`.
pub(super) fn of_if(expr: &ExprIf, look: &mut Look<'_>) {
    let Expr::Let(condition) = &*expr.cond else { return };
    let Some(origin) = origin(&condition.expr, look).filter(|origin| origin.is_variable) else { return };
    if let Some((_, otherwise)) = expr.else_branch.as_ref().filter(|_| is_bound(&condition.pat)) {
        judge(&origin, &texts(otherwise, look.known), look);
    }
}

/// Checks `let Ok(value) = env::var("JWT_SECRET") else { return "…".into() };`.
pub(super) fn of_let_else(local: &Local, look: &mut Look<'_>) {
    let Some(init) = &local.init else { return };
    let Some((_, otherwise)) = init.diverge.as_ref().filter(|_| is_bound(&local.pat)) else { return };
    if let Some(origin) = origin(&init.expr, look).filter(|origin| origin.is_variable) {
        judge(&origin, &texts(otherwise, look.known), look);
    }
}

/// Returns whether a pattern binds a value: `Ok(value)`, `Some(value)`.
fn is_bound(pattern: &Pat) -> bool {
    match pattern {
        Pat::Guard(inner) => is_bound(&inner.pat),
        Pat::TupleStruct(inner) => inner.elems.iter().any(|inner| matches!(inner, Pat::Ident(_))),
        _ => false,
    }
}

/// Returns whether a pattern matches a missing value: `Err(…)`, `None`, `_`.
fn is_without(pattern: &Pat) -> bool {
    match pattern {
        Pat::Guard(inner) => is_without(&inner.pat),
        Pat::Or(inner) => inner.cases.iter().any(is_without),
        Pat::Wild(_) => true,
        Pat::Ident(name) => name.ident == "None" || name.ident == "_",
        Pat::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == "None"),
        Pat::TupleStruct(inner) => inner.path.segments.last().is_some_and(|last| last.ident == "Err"),
        _ => false,
    }
}

/// Checks functions that take a name and a fallback: `env_or("JWT_SECRET", "…")`, `Serialized::default("jwt.secret", "…")`.
pub(super) fn of_call(call: &ExprCall, look: &mut Look<'_>) {
    let Expr::Path(path) = &*call.func else { return };
    let Some(last) = path.path.segments.last().map(|last| last.ident.to_string()) else { return };
    if let ("defaults", Some(Expr::Struct(settings))) = (last.as_str(), call.args.first()) {
        of_defaults(settings, look);
    }
    if let (Some(name), Some(value)) = (call.args.first(), call.args.iter().nth(1)) {
        of_two(&last, call.args.len(), name, value, look);
    }
}

/// Checks `env_or!("JWT_SECRET", "…")`.
pub(super) fn of_macro(name: &str, call: &Macro, look: &mut Look<'_>) {
    if let Some([key, value]) = arguments(call.tokens.clone()).as_deref() {
        of_two(name, 2, key, value, look);
    }
}

/// Checks a call with a name and a fallback, if the name or body of the function shows that it reads a setting.
fn of_two(function: &str, count: usize, name: &Expr, value: &Expr, look: &mut Look<'_>) {
    let says = |words: &[&str]| words.iter().any(|word| function.contains(word));
    let takes_one =
        says(&["default", "env", "fallback", "global", "_or_"]) && function != "set_env" || function.ends_with("_or");
    let is_prose = || texts(value, look.known).iter().any(|text| text.text.contains(char::is_whitespace));
    let reads = says(&["config", "fetch", "get", "load", "lookup", "read", "secret", "setting", "var"])
        && !says(&["err", "invalid", "missing", "remove", "set_", "warn", "with"])
        && count == 2
        && matches!(texts(name, look.known).as_slice(), [key] if name::is_shouted(&key.text))
        && !is_prose();
    let is_reader = || count >= 2 && look.known.is_reader(function);
    if takes_one || reads || is_reader() {
        pair(name, value, look);
    }
}

/// Checks `Serialized::defaults(Settings { jwt_secret: "…".into() })`.
fn of_defaults(settings: &ExprStruct, look: &mut Look<'_>) {
    for field in &settings.fields {
        if let Member::Named(name) = &field.member {
            of_default(&name.to_string(), &field.expr, look);
        }
    }
}

/// Checks a field in the `Default` of settings. An empty value is ignored, because it may mean that the field is not set.
pub(super) fn of_default(field: &str, value: &Expr, look: &mut Look<'_>) {
    if name::meaning(field) == Meaning::Secret {
        let is_none = |text: &str| text.is_empty() || field.ends_with("_key") && is_name_of_key(text);
        let texts: Vec<_> = texts(value, look.known).into_iter().filter(|text| !is_none(&text.text)).collect();
        judge(&Origin { name: field.to_owned(), is_variable: true }, &texts, look);
    }
}

/// Returns whether a text is the name of a key in a map: `session.user_id`.
fn is_name_of_key(text: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    text.contains('.') && text.split('.').all(is_word)
}

/// Checks a name and its fallback.
pub(super) fn pair(key: &Expr, value: &Expr, look: &mut Look<'_>) {
    if let [key] = texts(key, look.known).as_slice() {
        let origin = Origin { name: key.text.clone(), is_variable: name::meaning(&key.text) == Meaning::Secret };
        judge(&origin, &texts(value, look.known), look);
    }
}

/// Checks the texts that are used in place of a missing value.
pub(super) fn judge(origin: &Origin, texts: &[Text], look: &mut Look<'_>) {
    let meaning = name::meaning(&origin.name);
    for text in texts {
        if text.text.is_empty() {
            if origin.is_variable {
                empty(origin, text.part.clone(), look);
            }
        } else if is_fallback(origin, meaning, text) {
            look.add(
                text.part.clone(),
                SCAN_CODE_FALLBACK,
                &origin.name,
                "the code uses a built-in text when this secret is not set",
            );
        }
    }
}

fn is_fallback(origin: &Origin, meaning: Meaning, text: &Text) -> bool {
    let text = text.text.as_str();
    match meaning {
        Meaning::Plain => false,
        // Any fallback of a secret variable is a secret that everyone can read.
        _ if origin.is_variable => !is_switch(text) && !is_public_address(text) && !is_path(text),
        Meaning::Secret => value::is_evident(&origin.name, text) || names_a_secret(text),
        Meaning::Perhaps => value::is_unmistakable(text),
    }
}

/// Returns whether a text is a short number or a word such as `none`. A long number is a bad secret.
fn is_switch(text: &str) -> bool {
    const SECRET: usize = 8;
    shape::is_scalar(text) && text.len() < SECRET
}

/// Returns whether a text is a stand-in for a secret: `dev-secret`, `changeme`.
fn names_a_secret(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    !text.contains([' ', '{', '<'])
        && ["secret-", "-secret", "_secret", "secret_", "changeme", "change-me", "change_me", "insecure"]
            .iter()
            .any(|word| lower.contains(word))
}

/// Returns whether a text is a URL without a password: `postgres://localhost/app`.
fn is_public_address(text: &str) -> bool {
    text.contains("://") && address::logins(text).next().is_none() && address::parameter(text).is_none()
}

fn is_path(text: &str) -> bool {
    text.starts_with('/') && !text.contains(char::is_whitespace) && text.matches('/').count() >= 2
}

fn empty(origin: &Origin, part: std::ops::Range<usize>, look: &mut Look<'_>) {
    let is_address = ["url", "uri", "urls"].iter().any(|end| origin.name.to_ascii_lowercase().ends_with(end));
    if name::meaning(&origin.name) == Meaning::Secret && !is_address {
        look.add(part, SCAN_CODE_FALLBACK, &origin.name, "the code uses an empty text when this secret is not set");
    }
}
