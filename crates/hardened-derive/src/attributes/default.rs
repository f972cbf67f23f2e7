//! The attribute `default = literal`, stored as the text that an operator would write.

use proc_macro2::Span;
use syn::{Error, Ident, Lit, Result, Token, bracketed, parse::ParseStream, punctuated::Punctuated};

use super::value::assigned;

/// A default value.
pub(crate) struct Default_ {
    /// The text that an operator would write.
    pub(crate) text: String,
    /// The place of the literal.
    pub(crate) place: Span,
    /// Whether the default was written as a list.
    pub(crate) is_list: bool,
}

const FORM: &str = "a default must be a literal: a number, `true`, `false`, a string (also for a word, a duration or an address), or a list of these in brackets; for anything else use `default_with`";

pub(super) fn parse(key: &Ident, input: ParseStream<'_>) -> Result<Default_> {
    assigned(key, input, "default = literal", |input| {
        if !input.peek(syn::token::Bracket) {
            let (text, place) = literal(input)?;
            if !input.is_empty() {
                return Err(Error::new(place, FORM));
            }
            return Ok(Default_ { text, place, is_list: false });
        }
        let list;
        let bracket = bracketed!(list in input);
        let items = Punctuated::<_, Token![,]>::parse_terminated_with(&list, item)?;
        let text = items.into_iter().collect::<Vec<_>>().join(",");
        Ok(Default_ { text, place: bracket.span.join(), is_list: true })
    })
}

fn item(input: ParseStream<'_>) -> Result<String> {
    let (text, place) = literal(input)?;
    if text.trim().is_empty() {
        return Err(Error::new(place, "an item of a list cannot be blank"));
    }
    if text.contains(',') {
        return Err(Error::new(place, "an item of a list cannot contain a comma, which separates the items"));
    }
    Ok(text)
}

fn literal(input: ParseStream<'_>) -> Result<(String, Span)> {
    let minus: Option<Token![-]> = input.parse()?;
    let found = input.span();
    let refused = || Error::new(found, FORM);
    let literal: Lit = input.parse().map_err(|_| refused())?;
    let text = match &literal {
        Lit::Int(number) => number.base10_digits().to_owned(),
        Lit::Float(number) => number.base10_digits().to_owned(),
        Lit::Str(text) if minus.is_none() => text.value(),
        Lit::Bool(value) if minus.is_none() => value.value().to_string(),
        _ => return Err(refused()),
    };
    let sign = if minus.is_some() { "-" } else { "" };
    Ok((format!("{sign}{text}"), literal.span()))
}
