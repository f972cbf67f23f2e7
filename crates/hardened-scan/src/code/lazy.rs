//! The statics of `lazy_static!`, whose syntax is not plain Rust.

use proc_macro2::TokenStream;
use syn::{
    Attribute, Expr, Ident, Token, Type, Visibility,
    parse::{ParseStream, Parser},
};

/// Returns the names and values of `static ref NAME: String = env::var("…")…;` items; `None` if the syntax differs.
pub(super) fn statics(tokens: TokenStream) -> Option<Vec<(Ident, Expr)>> {
    let parse = |input: ParseStream<'_>| {
        let mut statics = Vec::new();
        while !input.is_empty() {
            input.call(Attribute::parse_outer)?;
            input.parse::<Visibility>()?;
            input.parse::<Token![static]>()?;
            input.parse::<Token![ref]>()?;
            let name = input.parse()?;
            input.parse::<Token![:]>()?;
            input.parse::<Type>()?;
            input.parse::<Token![=]>()?;
            statics.push((name, input.parse()?));
            input.parse::<Token![;]>()?;
        }
        Ok(statics)
    };
    parse.parse2(tokens).ok()
}
