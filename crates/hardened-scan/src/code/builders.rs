//! Defaults passed to builders: of clap, of `config` and of figment.

use syn::{Expr, ExprMethodCall};

use super::{environment::Origin, fallback, literal::texts, look::Look};
use crate::judge::name::{self, Meaning};

/// Checks a method call for a default of clap's builder, of `config` or of figment.
pub(super) fn of_method(call: &ExprMethodCall, look: &mut Look<'_>) {
    let mut arguments = call.args.iter();
    match (call.method.to_string().as_str(), arguments.next(), arguments.next()) {
        ("set_default", Some(key), Some(value)) => fallback::pair(key, value, look),
        ("join" | "merge" | "admerge" | "adjoin", Some(Expr::Tuple(pair)), None) => {
            if let (2, Some(key), Some(value)) = (pair.elems.len(), pair.elems.first(), pair.elems.last()) {
                fallback::pair(key, value, look);
            }
        }
        ("default_value" | "default_value_os" | "default_values" | "default_missing_value", Some(value), None) => {
            if let Some(name) = argument_name(&call.receiver, look) {
                let texts = texts(value, look.known);
                fallback::judge(&Origin { name, is_variable: true }, &texts, look);
            }
        }
        _ => {}
    }
}

/// Returns the name of clap's argument if it denotes a secret: `Arg::new("password").env("DB_PASSWORD")`.
fn argument_name(expr: &Expr, look: &Look<'_>) -> Option<String> {
    let is_secret = |argument: Option<&Expr>| {
        let texts = argument.map(|argument| texts(argument, look.known)).unwrap_or_default();
        texts.into_iter().map(|text| text.text).find(|name| name::meaning(name) == Meaning::Secret)
    };
    match expr {
        Expr::MethodCall(call) if matches!(call.method.to_string().as_str(), "env" | "long" | "id") => {
            is_secret(call.args.first()).or_else(|| argument_name(&call.receiver, look))
        }
        Expr::MethodCall(call) => argument_name(&call.receiver, look),
        Expr::Call(call) => is_secret(call.args.first()),
        _ => None,
    }
}
