//! Where a value comes from: a variable, a lookup by name, a field.

use syn::{Expr, ExprCall, ExprMethodCall};

use super::{known::Known, literal::texts};
use crate::judge::name::{self, Meaning};

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    /// The name of the variable, of the key, or of the field.
    pub(super) name: String,
    /// Whether it is surely a variable of the environment.
    pub(super) is_variable: bool,
}

/// Functions and methods that read a variable.
const VARIABLES: &[&str] =
    &["env", "env_opt", "env_var", "from_env", "get_env", "get_env_var", "getenv", "read_env", "var", "var_os"];

/// Methods that look something up by its name.
const LOOKUPS: &[&str] = &[
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

/// Follows an expression to where its value comes from.
pub(super) fn origin(expr: &Expr, known: &Known) -> Option<Origin> {
    match expr {
        Expr::MethodCall(call) => looked_up(call, known).or_else(|| origin(&call.receiver, known)),
        Expr::Call(call) => called(call, known),
        Expr::Macro(call) if call.mac.path.segments.last().is_some_and(|last| last.ident == "option_env") => {
            let arguments = super::literal::arguments(call.mac.tokens.clone())?;
            variable(arguments.first()?, known)
        }
        Expr::Try(inner) => origin(&inner.expr, known),
        Expr::Await(inner) => origin(&inner.base, known),
        Expr::Paren(inner) => origin(&inner.expr, known),
        Expr::Group(inner) => origin(&inner.expr, known),
        Expr::Reference(inner) => origin(&inner.expr, known),
        Expr::Index(inner) => Some(Origin { name: one(&inner.index, known)?, is_variable: false }),
        Expr::Field(field) => match &field.member {
            syn::Member::Named(name) => Some(Origin { name: name.to_string(), is_variable: false }),
            syn::Member::Unnamed(_) => None,
        },
        Expr::Path(path) => Some(Origin { name: path.path.get_ident()?.to_string(), is_variable: false }),
        _ => None,
    }
}

fn looked_up(call: &ExprMethodCall, known: &Known) -> Option<Origin> {
    let argument = call.args.first()?;
    let method = call.method.to_string();
    if VARIABLES.contains(&method.as_str()) {
        variable(argument, known)
    } else if LOOKUPS.contains(&method.as_str()) {
        let name = one(argument, known)?;
        let is_variable = name::is_shouted(&name) && name::meaning(&name) == Meaning::Secret;
        Some(Origin { name, is_variable })
    } else {
        None
    }
}

fn called(call: &ExprCall, known: &Known) -> Option<Origin> {
    let Expr::Path(path) = &*call.func else { return None };
    let last = path.path.segments.last()?.ident.to_string();
    let argument = call.args.first()?;
    if VARIABLES.contains(&last.as_str()) {
        return variable(argument, known);
    }
    // A function of the service's own that takes the name of a variable.
    let origin = variable(argument, known)?;
    (name::is_shouted(&origin.name) && name::meaning(&origin.name) != Meaning::Plain).then_some(origin)
}

fn variable(argument: &Expr, known: &Known) -> Option<Origin> {
    Some(Origin { name: one(argument, known)?, is_variable: true })
}

/// The one text of an argument.
fn one(argument: &Expr, known: &Known) -> Option<String> {
    match texts(argument, known).as_slice() {
        [text] => Some(text.text.clone()),
        _ => None,
    }
}
