//! Secrets exposed in output: printed, logged, in the message of a panic or an error, or by `Debug`.

use std::collections::HashSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Expr, ExprMethodCall, Fields, GenericArgument, ItemEnum, ItemStruct, LitStr, Local, Macro, Pat, PathArguments, Type,
};

use super::{attributes, look::Look};
use crate::{
    judge::name::{self, Meaning},
    rule::sources::{SCAN_CODE_DEBUG, SCAN_CODE_SHOWN},
};

/// Macros whose arguments reach a terminal, a log or an error message.
const OUTPUT: &[&str] = &[
    "anyhow",
    "assert",
    "assert_eq",
    "assert_ne",
    "bail",
    "dbg",
    "debug",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "debug_span",
    "ensure",
    "eprint",
    "eprintln",
    "error",
    "error_span",
    "event",
    "eyre",
    "info",
    "info_span",
    "log",
    "panic",
    "print",
    "println",
    "span",
    "todo",
    "trace",
    "trace_span",
    "unimplemented",
    "unreachable",
    "warn",
    "warn_span",
];

/// Methods that return the content of a secret type.
const EXPOSE: &[&str] =
    &["expose_bytes", "expose_password", "expose_secret", "expose_secret_mut", "expose_text", "expose_url", "unsecure"];

/// Methods whose result is a property of the secret, not the secret itself.
const HARMLESS: &[&str] = &["chars", "count", "is_empty", "len", "is_ascii"];

/// The locals of one function that hold an exposed secret.
pub(super) type Exposed = HashSet<String>;

/// Records whether a local holds an exposed secret: `let password = settings.password.expose_secret();`.
pub(super) fn of_local(local: &Local, exposed: &mut Exposed) {
    let name = match &local.pat {
        Pat::Ident(name) => &name.ident,
        Pat::Type(typed) => match &*typed.pat {
            Pat::Ident(name) => &name.ident,
            _ => return,
        },
        _ => return,
    };
    let is_exposed = local.init.as_ref().is_some_and(|init| is_exposed(&init.expr));
    if is_exposed {
        exposed.insert(name.to_string());
    } else {
        exposed.remove(&name.to_string());
    }
}

/// Returns whether an expression is the secret itself, in any type.
fn is_exposed(expr: &Expr) -> bool {
    match expr {
        Expr::MethodCall(call) if EXPOSE.iter().any(|method| call.method == method) => true,
        Expr::MethodCall(call) => {
            ["as_str", "as_bytes", "as_ref", "clone", "to_owned", "to_string", "to_vec", "into", "trim"]
                .iter()
                .any(|method| call.method == method)
                && is_exposed(&call.receiver)
        }
        Expr::Reference(inner) => is_exposed(&inner.expr),
        Expr::Paren(inner) => is_exposed(&inner.expr),
        Expr::Unary(inner) => is_exposed(&inner.expr),
        _ => false,
    }
}

/// Checks `println!("{}", key.expose_secret())`. In an implementation of `Debug` or `Display`, `write!` is output too.
pub(super) fn of_macro(call: &Macro, exposed: &Exposed, is_formatting: bool, look: &mut Look<'_>) {
    let name = call.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
    let writes =
        || matches!(name.as_str(), "write" | "writeln") && (is_formatting || is_to_terminal(call.tokens.clone()));
    if OUTPUT.contains(&name.as_str()) || writes() {
        let tokens = call.tokens.clone().into_iter();
        // The condition of an assertion is not shown.
        let is_condition = |token: &TokenTree| !matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
        let skipped = matches!(name.as_str(), "assert" | "debug_assert" | "ensure");
        search(tokens.skip_while(|token| skipped && is_condition(token)).collect(), exposed, look);
    }
}

/// Returns whether the target of `write!` is standard output or error: `writeln!(std::io::stderr(), …)`.
fn is_to_terminal(tokens: TokenStream) -> bool {
    let target =
        tokens.into_iter().take_while(|token| !matches!(token, TokenTree::Punct(punct) if punct.as_char() == ','));
    target.into_iter().any(|token| matches!(token, TokenTree::Ident(word) if word == "stderr" || word == "stdout"))
}

/// Checks `f.write_str(self.0.expose_secret())` and `.field("key", &self.key.expose_secret())` in an implementation of `Debug`
/// or `Display`.
pub(super) fn of_formatting(call: &ExprMethodCall, exposed: &Exposed, look: &mut Look<'_>) {
    if !["entry", "field", "pad", "write_str"].iter().any(|method| call.method == method) {
        return;
    }
    let is_shown = |argument: &&Expr| match argument {
        Expr::Path(path) => path.path.get_ident().is_some_and(|name| exposed.contains(&name.to_string())),
        other => is_exposed(other),
    };
    if call.args.iter().any(|argument| is_shown(&argument)) {
        look.add(call.method.span().byte_range(), SCAN_CODE_SHOWN, "secret", FACT);
    }
}

const FACT: &str = "the code shows this secret in its output";

fn search(tokens: TokenStream, exposed: &Exposed, look: &mut Look<'_>) {
    let mut tokens = tokens.into_iter().peekable();
    let mut subject = String::new();
    let mut last = String::new();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(word) => {
                let text = word.to_string();
                let part = word.span().byte_range();
                if EXPOSE.contains(&text.as_str()) {
                    let after: Vec<_> = tokens.clone().take(3).collect();
                    if !is_harmless(&after) {
                        look.add(part, SCAN_CODE_SHOWN, &subject, FACT);
                    }
                } else if let Some(name) = variable(&text, tokens.clone()) {
                    look.add(part, SCAN_CODE_SHOWN, &name, FACT);
                } else if exposed.contains(&text) && last != "." {
                    let is_harmless = matches!(tokens.clone().nth(1), Some(TokenTree::Ident(word)) if HARMLESS.iter().any(|harmless| word == harmless));
                    if !is_harmless {
                        look.add(part, SCAN_CODE_SHOWN, &text, FACT);
                    }
                }
                subject = text.clone();
                last = text;
            }
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                if let Some(name) = captured(&text).find(|name| exposed.contains(*name)) {
                    look.add(literal.span().byte_range(), SCAN_CODE_SHOWN, name, FACT);
                }
                last = String::new();
            }
            TokenTree::Group(group) => {
                search(group.stream(), exposed, look);
                last = String::new();
            }
            TokenTree::Punct(punct) => last = punct.as_char().to_string(),
        }
    }
}

/// Returns whether the tokens after `expose_secret` reduce the secret to a property: `().len`.
fn is_harmless(after: &[TokenTree]) -> bool {
    match after {
        [TokenTree::Group(_), TokenTree::Punct(point), TokenTree::Ident(method)] => {
            point.as_char() == '.' && HARMLESS.iter().any(|harmless| method == harmless)
        }
        _ => false,
    }
}

/// Returns the name in `var("JWT_SECRET")` if the value of this secret is shown. `rest` is the rest of the arguments.
fn variable(function: &str, mut rest: impl Iterator<Item = TokenTree>) -> Option<String> {
    const ANSWERS: [&str; 4] = ["is_err", "is_none", "is_ok", "is_some"];
    if !matches!(function, "var" | "var_os") {
        return None;
    }
    let Some(TokenTree::Group(arguments)) = rest.next() else { return None };
    let name = syn::parse2::<LitStr>(arguments.stream()).ok()?.value();
    let mut chain = rest.take_while(|token| !matches!(token, TokenTree::Punct(punct) if punct.as_char() == ','));
    let is_harmless = chain.any(|token| match token {
        TokenTree::Ident(word) => HARMLESS.iter().chain(&ANSWERS).any(|harmless| word == harmless),
        _ => false,
    });
    (name::meaning(&name) == Meaning::Secret && !is_harmless).then_some(name)
}

/// Returns the names that a format string captures: `{password}`, `{password:?}`.
fn captured(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split(['}', ':']).next())
}

/// Checks `#[derive(Debug)] struct Settings { jwt_secret: String }`. Only settings are checked, because the messages of
/// protocols have many fields with such names.
pub(super) fn of_struct(item: &ItemStruct, is_settings: bool, look: &mut Look<'_>) {
    if !is_settings || !attributes::derives(&item.attrs, "Debug") {
        return;
    }
    of_fields(&item.fields, look);
}

/// Checks the fields of settings that are an enum.
pub(super) fn of_enum(item: &ItemEnum, look: &mut Look<'_>) {
    if attributes::derives(&item.attrs, "Debug") {
        item.variants.iter().for_each(|variant| of_fields(&variant.fields, look));
    }
}

fn of_fields(fields: &Fields, look: &mut Look<'_>) {
    let Fields::Named(fields) = fields else { return };
    for field in &fields.named {
        let Some(name) = &field.ident else { continue };
        let is_hidden = field
            .attrs
            .iter()
            .any(|attribute| ["debug", "derivative", "educe"].iter().any(|own| attribute.path().is_ident(own)));
        if is_surely_secret(&name.to_string()) && is_plain(&field.ty) && !is_hidden {
            look.add(
                name.span().byte_range(),
                SCAN_CODE_DEBUG,
                &name.to_string(),
                "`Debug` of this struct shows the field as it is",
            );
        }
    }
}

/// Returns whether the end of a name can only denote a secret.
fn is_surely_secret(name: &str) -> bool {
    const ENDS: [&str; 9] = [
        "password",
        "passwd",
        "passphrase",
        "secret",
        "secret_key",
        "private_key",
        "api_key",
        "access_token",
        "signing_key",
    ];
    name::meaning(name) != Meaning::Plain && ENDS.iter().any(|end| name.ends_with(end))
}

/// Returns whether a type is text or bytes, possibly optional.
fn is_plain(class: &Type) -> bool {
    const AROUND: [&str; 6] = ["Arc", "Box", "Cow", "Option", "Rc", "Vec"];
    match class {
        Type::Reference(inner) => is_plain(&inner.elem),
        Type::Array(inner) => is_plain(&inner.elem),
        Type::Slice(inner) => is_plain(&inner.elem),
        Type::Path(path) => path.path.segments.last().is_some_and(|last| {
            let is_around = AROUND.iter().any(|name| last.ident == name);
            let inside = match &last.arguments {
                PathArguments::AngleBracketed(arguments) if is_around => Some(&arguments.args),
                _ => None,
            };
            let is_inside =
                |argument: &GenericArgument| matches!(argument, GenericArgument::Type(inner) if is_plain(inner));
            ["String", "str", "u8"].iter().any(|name| last.ident == name)
                || inside.is_some_and(|inside| inside.iter().any(is_inside))
        }),
        _ => false,
    }
}
