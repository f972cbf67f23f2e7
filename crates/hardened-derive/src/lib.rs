//! `#[derive(Config)]` for the crate `hardened`.

use proc_macro::TokenStream;

/// Placeholder until the next commit.
#[proc_macro_derive(Config, attributes(config))]
pub fn config(_: TokenStream) -> TokenStream {
    TokenStream::new()
}
