//! `#[derive(Config)]` for the crate `hardened`, which re-exports it: there is no need to depend on this crate.
//!
//! The code that the derive makes describes each field once, in a static schema, and asks for the bound on each type
//! in one place, so that one mistake is one compile error at its own place. What only the types can tell (a default on
//! a secret, say) is a constant that does not evaluate.

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
