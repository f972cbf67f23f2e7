//! Literals that are assigned to something with the name of a secret.

use hardened_strength::{Flaw, check_key};
use syn::{Expr, ExprMatch, ExprMethodCall, Pat};

use super::{environment, known::Text, literal::texts, look::Look};
use crate::judge::{
    name::{self, Meaning},
    value,
};

/// Checks the value of a constant, variable, field or parameter with this name.
pub(super) fn named(name: &str, expr: &Expr, look: &mut Look<'_>) {
    if name::meaning(name) != Meaning::Plain {
        judge(name, &texts(expr, look.known), look);
    }
}

/// Checks a constant or variable for a key that the service generates itself.
pub(super) fn own_key(name: &str, expr: &Expr, look: &mut Look<'_>) {
    for text in texts(expr, look.known) {
        if !text.is_list && value::is_own_key(name, &text.text) {
            look.literal(text.part, name);
        }
    }
}

/// Checks texts as values of a name.
pub(super) fn judge(name: &str, texts: &[Text], look: &mut Look<'_>) {
    let meaning = name::meaning(name);
    for text in texts {
        let is_secret = match meaning {
            Meaning::Plain => false,
            _ if text.is_list => is_random_list(&text.text),
            Meaning::Secret => value::is_evident(name, &text.text),
            Meaning::Perhaps => value::is_unmistakable(&text.text),
        };
        if is_secret {
            look.literal(text.part.clone(), name);
        }
    }
}

/// Returns whether a list of bytes, given in hexadecimal digits, could be a key: it has the right length and no pattern.
fn is_random_list(digits: &str) -> bool {
    const SHORTEST: usize = 32;
    const LONGEST: usize = 128;
    let is_few = |flaw: &Flaw| matches!(flaw, Flaw::FewBits { .. });
    (SHORTEST..=LONGEST).contains(&digits.len()) && check_key(digits.as_bytes(), SHORTEST).iter().all(is_few)
}

/// Checks `.password("…")`, `.with_api_key("…")` and `.insert("api_key", "…")`.
pub(super) fn of_method(call: &ExprMethodCall, look: &mut Look<'_>) {
    let method = call.method.to_string();
    let mut arguments = call.args.iter();
    match (arguments.next(), arguments.next(), arguments.next()) {
        (Some(value), None, None) => {
            let name = ["set_", "with_", "and_"].iter().find_map(|start| method.strip_prefix(start)).unwrap_or(&method);
            named(name, value, look);
        }
        (Some(_), Some(value), None) if method == "basic_auth" => named("password", value, look),
        (Some(key), Some(value), None) => pair(key, value, look),
        _ => {}
    }
}

/// Checks `match password { "…" => … }`, which is a comparison.
pub(super) fn of_match(expr: &ExprMatch, look: &mut Look<'_>) {
    let Some(origin) = environment::origin(&expr.expr, look) else { return };
    for arm in &expr.arms {
        if let Pat::Lit(literal) = &arm.pat {
            named(&origin.name, &Expr::Lit(literal.clone()), look);
        }
    }
}

/// Checks `("api_key", "…")` and `map["api_key"] = "…"`.
pub(super) fn pair(key: &Expr, value: &Expr, look: &mut Look<'_>) {
    if let [key] = texts(key, look.known).as_slice() {
        named(&key.text, value, look);
    }
}
