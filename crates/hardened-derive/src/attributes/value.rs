//! Parsing of the values after keys.

use proc_macro2::Span;
use syn::{
    Error, Ident, LitStr, Result, Token, bracketed,
    parse::{Parse, ParseStream},
    punctuated::Punctuated,
};

/// A value that was given for a key.
pub(crate) struct Given<T> {
    /// The place of the key.
    pub(crate) place: Span,
    /// The value.
    pub(crate) value: T,
}

/// Sets a value, or reports that it is given twice.
pub(super) fn once<T>(slot: &mut Option<Given<T>>, key: &Ident, value: T) -> Result<()> {
    if slot.is_some() {
        return Err(Error::new(key.span(), format!("`{key}` is given twice")));
    }
    *slot = Some(Given { place: key.span(), value });
    Ok(())
}

/// Checks that no value follows.
pub(super) fn flag(key: &Ident, input: ParseStream<'_>) -> Result<()> {
    if input.is_empty() { Ok(()) } else { Err(Error::new(key.span(), format!("`{key}` does not take a value"))) }
}

/// Parses `= value`; `form` shows the correct form in the error.
pub(super) fn assigned<T>(
    key: &Ident,
    input: ParseStream<'_>,
    form: &str,
    parse: impl FnOnce(ParseStream<'_>) -> Result<T>,
) -> Result<T> {
    let equals: Option<Token![=]> = input.parse()?;
    if equals.is_none() || input.is_empty() {
        return Err(Error::new(key.span(), format!("write `{key}` as `{form}`")));
    }
    parse(input)
}

/// Parses `= "text"`, and rejects blank text.
pub(super) fn text(key: &Ident, input: ParseStream<'_>, form: &str) -> Result<LitStr> {
    let text: LitStr = assigned(key, input, form, Parse::parse)?;
    if text.value().trim().is_empty() {
        return Err(Error::new(text.span(), format!("`{key}` is blank: write `{form}`")));
    }
    Ok(text)
}

/// Parses `= "NAME"` or `= ["NAME", "OTHER"]`.
pub(super) fn names(key: &Ident, input: ParseStream<'_>) -> Result<Vec<LitStr>> {
    assigned(key, input, "env = \"NAME\"` or `env = [\"NAME\", \"OTHER\"]", |input| {
        if !input.peek(syn::token::Bracket) {
            return Ok(vec![input.parse()?]);
        }
        let list;
        let bracket = bracketed!(list in input);
        let names = Punctuated::<LitStr, Token![,]>::parse_terminated(&list)?;
        if names.is_empty() {
            return Err(Error::new(bracket.span.join(), "`env` needs at least one variable"));
        }
        Ok(names.into_iter().collect())
    })
}
