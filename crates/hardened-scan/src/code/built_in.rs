//! Secrets that the build copies into the program.

use proc_macro2::{TokenStream, TokenTree};
use syn::{LitStr, Macro};

use super::{
    literal::{arguments, texts},
    look::Look,
};
use crate::{
    judge::name::{self, Meaning},
    rule::sources::SCAN_CODE_BUILT_IN,
};

/// Checks `env!("JWT_SECRET")`, `include_str!("../.env")`, and `println!("cargo::rustc-env=JWT_SECRET=…")` in a build script.
pub(super) fn of_macro(macro_name: &str, call: &Macro, look: &mut Look<'_>) {
    if !["dotenv", "env", "include_bytes", "include_str", "option_env", "println"].contains(&macro_name) {
        return;
    }
    if macro_name.starts_with("include") {
        return of_file(call, look);
    }
    let arguments = arguments(call.tokens.clone()).unwrap_or_default();
    let Some(first) = arguments.first().and_then(|argument| texts(argument, look.known).into_iter().next()) else {
        return;
    };
    let text = first.text.as_str();
    match macro_name {
        "println" => {
            let variable = ["cargo:rustc-env=", "cargo::rustc-env="].iter().find_map(|start| text.strip_prefix(start));
            let name = variable.and_then(|rest| rest.split('=').next()).unwrap_or_default();
            add(name, first.part.clone(), look);
        }
        _ => add(text, first.part.clone(), look),
    }
}

fn add(name: &str, part: std::ops::Range<usize>, look: &mut Look<'_>) {
    if name::meaning(name) != Meaning::Plain {
        look.add(part, SCAN_CODE_BUILT_IN, name, "the build copies this secret into the program");
    }
}

/// Checks `include_str!("../.env")` and `include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/server.key"))`. The last string
/// is the end of the path.
fn of_file(call: &Macro, look: &mut Look<'_>) {
    if let Some((_, part)) = last_text(call.tokens.clone()).filter(|(path, _)| is_secret_file(path)) {
        look.add(part, SCAN_CODE_BUILT_IN, "file", "the build copies a file with secrets into the program");
    }
}

fn last_text(tokens: TokenStream) -> Option<(String, std::ops::Range<usize>)> {
    let of_token = |token: TokenTree| match token {
        TokenTree::Group(group) => last_text(group.stream()),
        TokenTree::Literal(literal) => {
            let part = literal.span().byte_range();
            syn::parse2::<LitStr>(TokenTree::Literal(literal).into()).ok().map(|text| (text.value(), part))
        }
        _ => None,
    };
    tokens.into_iter().filter_map(of_token).last()
}

/// Returns whether the name of a file means that it contains secrets: `.env`, `private.pem`, `server.key`.
fn is_secret_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let is_key = name.ends_with(".pem") && name.contains("private")
        || [".key", ".p12", ".pfx"].iter().any(|end| name.ends_with(end));
    let is_public = ["public", ".pub"].iter().any(|word| name.contains(word));
    let is_shared = ["example", "sample", "template", "dist", "test"].iter().any(|word| name.contains(word));
    let is_dotenv = (name == ".env" || name.starts_with(".env.") || name.ends_with(".env")) && !is_shared;
    is_dotenv || (is_key || name.starts_with("id_rsa") || name.starts_with("id_ed25519")) && !is_public
}
