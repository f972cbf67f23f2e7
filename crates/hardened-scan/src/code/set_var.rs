//! Secrets that the code writes into the environment of its own process.

use syn::{Expr, ExprCall};

use super::{literal::texts, look::Look};
use crate::{
    judge::name::{self, Meaning},
    rule::sources::SCAN_CODE_SET_VAR,
};

/// Checks `env::set_var("JWT_SECRET", …)`. Setting an empty value is ignored, because it removes the secret.
pub(super) fn of_call(call: &ExprCall, look: &mut Look<'_>) {
    let Expr::Path(path) = &*call.func else { return };
    if path.path.segments.last().is_none_or(|last| last.ident != "set_var") {
        return;
    }
    let keys = call.args.first().map(|key| texts(key, look.known)).unwrap_or_default();
    let [key] = keys.as_slice() else { return };
    let values = call.args.iter().nth(1).map(|value| texts(value, look.known)).unwrap_or_default();
    let is_empty = values.iter().any(|text| text.text.is_empty());
    if name::meaning(&key.text) == Meaning::Secret && !is_empty {
        let fact = "the code writes this secret into the environment of the process";
        look.add(key.part.clone(), SCAN_CODE_SET_VAR, &key.text, fact);
    }
}
