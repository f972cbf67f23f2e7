//! `#[derive(Config)]` for the crate `hardened`.

mod attributes;
mod docs;
mod errors;
mod expand;
mod fields;
mod generate;
mod names;
mod secret_words;
mod shape;
mod suggest;
mod types;
mod variants;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// X
#[proc_macro_derive(Config, attributes(config))]
pub fn config(input: TokenStream) -> TokenStream {
    expand::expand(&parse_macro_input!(input as DeriveInput)).into()
}
