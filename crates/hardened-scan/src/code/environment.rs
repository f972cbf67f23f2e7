//! The origin of a value: a variable, a lookup by name, or a field.

use syn::{Expr, ExprCall, ExprMethodCall, Local, Pat};

use super::{literal::texts, look::Look};
use crate::judge::name::{self, Meaning};

/// The origin of a value in code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    /// The name of the variable, key or field.
    pub(super) name: String,
    /// Whether it is certainly an environment variable.
    pub(super) is_variable: bool,
}

/// Functions and methods that read a variable.
const VARIABLES: &[&str] =
    &["env", "env_opt", "env_var", "from_env", "get_env", "get_env_var", "getenv", "read_env", "var", "var_os"];

/// Methods that look something up by name.
const LOOKUPS: &[&str] = &[
    "entry",
    "extract_inner",
    "fetch",
    "get",
    "get_one",
    "get_str",
    "get_string",
    "get_value",
    "opt",
    "remove",
    "try_get",
    "value_of",
];

/// Follows an expression to the origin of its value.
pub(super) fn origin(expr: &Expr, look: &Look<'_>) -> Option<Origin> {
    match expr {
        Expr::MethodCall(call) => looked_up(call, look).or_else(|| origin(&call.receiver, look)),
        Expr::Call(call) => called(call, look),
        Expr::Macro(call) if call.mac.path.segments.last().is_some_and(|last| last.ident == "option_env") => {
            let arguments = super::literal::arguments(call.mac.tokens.clone())?;
            variable(arguments.first()?, look)
        }
        Expr::Try(inner) => origin(&inner.expr, look),
        Expr::Await(inner) => origin(&inner.base, look),
        Expr::Paren(inner) => origin(&inner.expr, look),
        Expr::Group(inner) => origin(&inner.expr, look),
        Expr::Reference(inner) => origin(&inner.expr, look),
        Expr::Index(inner) => Some(Origin { name: one(&inner.index, look)?, is_variable: false }),
        Expr::Field(field) => match &field.member {
            syn::Member::Named(name) => Some(Origin { name: name.to_string(), is_variable: false }),
            syn::Member::Unnamed(_) => None,
        },
        Expr::Path(path) => {
            let name = path.path.get_ident()?.to_string();
            match look.local(&name) {
                Some(variable) => Some(Origin { name: variable.to_owned(), is_variable: true }),
                None => Some(Origin { name, is_variable: false }),
            }
        }
        _ => None,
    }
}

/// Records `let secret = env::var("JWT_SECRET").ok();`: later uses of the local count as uses of the variable. A local whose
/// value cannot be missing is not recorded.
pub(super) fn of_local(local: &Local, look: &mut Look<'_>) {
    let name = match &local.pat {
        Pat::Ident(name) => &name.ident,
        Pat::Type(typed) => match &*typed.pat {
            Pat::Ident(name) => &name.ident,
            _ => return,
        },
        _ => return,
    };
    let init = local.init.as_ref().filter(|init| init.diverge.is_none() && may_be_missing(&init.expr));
    let origin = init.and_then(|init| origin(&init.expr, look)).filter(|origin| origin.is_variable);
    look.set_local(name.to_string(), origin.map(|origin| origin.name));
}

/// Returns whether an expression reads the environment and does not yet handle a missing value.
fn may_be_missing(expr: &Expr) -> bool {
    const KEEP: [&str; 7] = ["as_deref", "as_ref", "cloned", "filter", "map", "map_err", "ok"];
    match expr {
        Expr::MethodCall(call) if KEEP.iter().any(|method| call.method == method) => may_be_missing(&call.receiver),
        Expr::MethodCall(call) => VARIABLES.iter().any(|method| call.method == method),
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => {
                path.path.segments.last().is_some_and(|last| VARIABLES.iter().any(|name| last.ident == name))
            }
            _ => false,
        },
        Expr::Macro(call) => call.mac.path.segments.last().is_some_and(|last| last.ident == "option_env"),
        _ => false,
    }
}

fn looked_up(call: &ExprMethodCall, look: &Look<'_>) -> Option<Origin> {
    let argument = call.args.first()?;
    let method = call.method.to_string();
    if VARIABLES.contains(&method.as_str()) {
        variable(argument, look)
    } else if LOOKUPS.contains(&method.as_str()) {
        let name = one(argument, look)?;
        let is_variable = name::is_shouted(&name) && name::meaning(&name) == Meaning::Secret;
        Some(Origin { name, is_variable })
    } else {
        None
    }
}

fn called(call: &ExprCall, look: &Look<'_>) -> Option<Origin> {
    let Expr::Path(path) = &*call.func else { return None };
    let last = path.path.segments.last()?.ident.to_string();
    let argument = call.args.first()?;
    if VARIABLES.contains(&last.as_str()) {
        return variable(argument, look);
    }
    // A function of the service that takes the name of a variable.
    let origin = variable(argument, look)?;
    (name::is_shouted(&origin.name) && name::meaning(&origin.name) != Meaning::Plain).then_some(origin)
}

fn variable(argument: &Expr, look: &Look<'_>) -> Option<Origin> {
    Some(Origin { name: one(argument, look)?, is_variable: true })
}

/// Returns the text of an argument that is exactly one text.
fn one(argument: &Expr, look: &Look<'_>) -> Option<String> {
    match texts(argument, look.known).as_slice() {
        [text] => Some(text.text.clone()),
        _ => None,
    }
}
