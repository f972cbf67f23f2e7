//! The derive macros of the crate `hardened`, which re-exports them. Do not depend on this crate directly.
//!
//! The generated code describes each field once, in a static schema, and requires the trait of each type in one place, so that
//! a mistake is a single compile error at its own place. Mistakes that only the types reveal (for example, a default on a
//! secret) become constants that fail to evaluate.

mod attributes;
mod distance;
mod docs;
mod errors;
mod expand;
mod fields;
mod generate;
mod humps;
mod kinds;
mod names;
mod secret_words;
mod shape;
mod types;
mod variants;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

#[doc = include_str!("../docs/config.md")]
#[proc_macro_derive(Config, attributes(config))]
pub fn config(input: TokenStream) -> TokenStream {
    expand::config(&parse_macro_input!(input as DeriveInput)).into()
}

#[doc = include_str!("../docs/setting.md")]
#[proc_macro_derive(Setting, attributes(config))]
pub fn setting(input: TokenStream) -> TokenStream {
    expand::setting(&parse_macro_input!(input as DeriveInput)).into()
}
