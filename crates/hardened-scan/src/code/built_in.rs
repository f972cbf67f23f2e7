//! Secrets that the build copies into the program.

use syn::Macro;

use super::{
    literal::{arguments, texts},
    look::Look,
};
use crate::{
    judge::name::{self, Meaning},
    rule::sources::SCAN_CODE_BUILT_IN,
};

/// `env!("JWT_SECRET")`, `include_str!("../.env")`, and `println!("cargo::rustc-env=JWT_SECRET=…")` of a build script.
pub(super) fn of_macro(macro_name: &str, call: &Macro, look: &mut Look<'_>) {
    if !["dotenv", "env", "include_bytes", "include_str", "option_env", "println"].contains(&macro_name) {
        return;
    }
    let arguments = arguments(call.tokens.clone()).unwrap_or_default();
    let Some(first) = arguments.first().and_then(|argument| texts(argument, look.known).into_iter().next()) else {
        return;
    };
    let text = first.text.as_str();
    match macro_name {
        "include_bytes" | "include_str" => {
            if is_secret_file(text) {
                look.add(
                    first.part.clone(),
                    SCAN_CODE_BUILT_IN,
                    "file",
                    "the build copies a file with secrets into the program",
                );
            }
        }
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

/// `.env`, `private.pem`, `server.key`: by the name of the file.
fn is_secret_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let is_key = name.ends_with(".pem") && name.contains("private")
        || [".key", ".p12", ".pfx"].iter().any(|end| name.ends_with(end));
    let is_public = ["public", ".pub"].iter().any(|word| name.contains(word));
    name == ".env" || (is_key || name.starts_with("id_rsa") || name.starts_with("id_ed25519")) && !is_public
}
