//! The rules for values: `range`, `len`, `one_of`, `matches`, `non_empty`, and `each(…)` for the items of a list.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{
    Error, Ident, Lit, LitInt, LitStr, Result, Token, bracketed, parenthesized,
    parse::{Parse, ParseStream},
    punctuated::Punctuated,
};

use super::{
    Attributes,
    value::{Given, assigned, flag, once},
};

/// The rules for a value.
#[derive(Default)]
pub(crate) struct RuleAttributes {
    pub(crate) range: Option<Given<Range>>,
    pub(crate) len: Option<Given<Length>>,
    pub(crate) one_of: Option<Given<Vec<Literal>>>,
    pub(crate) matches: Option<Given<LitStr>>,
}

/// A range of values: `1..=65535`.
pub(crate) struct Range {
    pub(crate) from: Option<Literal>,
    pub(crate) to: Option<Literal>,
    /// Whether the upper bound is excluded.
    pub(crate) below: bool,
}

/// A range of lengths: `1..`; both bounds are included.
pub(crate) struct Length {
    pub(crate) min: Option<usize>,
    pub(crate) max: Option<usize>,
}

/// A number or a string.
pub(crate) struct Literal {
    /// The expression in the generated code.
    pub(crate) tokens: TokenStream,
    /// The text that an operator would write.
    text: String,
}

impl Attributes for RuleAttributes {
    const PLACE: &'static str = "the items of a list";
    const KEYS: &'static [&'static str] = &["range", "len", "one_of", "matches", "non_empty"];

    fn set(&mut self, key: &Ident, input: ParseStream<'_>) -> Result<()> {
        match key.to_string().as_str() {
            "range" => once(&mut self.range, key, assigned(key, input, "range = 1..=65535", range)?),
            "len" => once(&mut self.len, key, assigned(key, input, "len = 1..=50", length)?),
            "one_of" => once(&mut self.one_of, key, assigned(key, input, "one_of = [\"a\", \"b\"]", one_of)?),
            "matches" => once(&mut self.matches, key, assigned(key, input, "matches = \"[a-z]+\"", pattern)?),
            _ => {
                flag(key, input)?;
                if self.len.is_some() {
                    return Err(Error::new(key.span(), "use either `len` or `non_empty`, not both"));
                }
                once(&mut self.len, key, Length { min: Some(1), max: None })
            }
        }
    }
}

/// Parses `each(range = 1..=9)`, without its content.
pub(super) fn each(key: &Ident, input: ParseStream<'_>) -> Result<TokenStream> {
    if !input.peek(syn::token::Paren) {
        return Err(Error::new(key.span(), "write `each` as `each(range = 1..=9)`"));
    }
    let list;
    parenthesized!(list in input);
    list.parse()
}

impl RuleAttributes {
    /// Returns the names of the given rules, with their places.
    pub(crate) fn places(&self) -> impl Iterator<Item = (&'static str, Span)> {
        let range = self.range.as_ref().map(|given| ("range", given.place));
        let len = self.len.as_ref().map(|given| ("len", given.place));
        let one_of = self.one_of.as_ref().map(|given| ("one_of", given.place));
        let matches = self.matches.as_ref().map(|given| ("matches", given.place));
        [range, len, one_of, matches].into_iter().flatten()
    }

    /// Returns the place of a rule that contradicts another one, with a message.
    pub(crate) fn contradiction(&self) -> Option<(Span, &'static str)> {
        let other = self.places().find(|(name, _)| *name != "one_of");
        match (&self.one_of, other) {
            (Some(_), Some((_, place))) => Some((place, "`one_of` already names every value: remove this rule")),
            _ => None,
        }
    }
}

fn bounds<T>(
    input: ParseStream<'_>,
    form: &str,
    bound: impl Fn(ParseStream<'_>) -> Result<T>,
) -> Result<(Option<T>, Option<T>, bool)> {
    let start = input.span();
    let from = if input.peek(Token![..]) { None } else { Some(bound(input)?) };
    let below = if input.peek(Token![..=]) {
        input.parse::<Token![..=]>()?;
        false
    } else if input.peek(Token![..]) {
        input.parse::<Token![..]>()?;
        true
    } else {
        return Err(Error::new(start, format!("write the bounds as a range: `{form}`")));
    };
    let to = if input.is_empty() { None } else { Some(bound(input)?) };
    if !input.is_empty() {
        return Err(Error::new(start, format!("write the bounds as a range of two literals: `{form}`")));
    }
    if from.is_none() && to.is_none() {
        return Err(Error::new(start, format!("this range has no bound: write `{form}`")));
    }
    Ok((from, to, below))
}

fn range(input: ParseStream<'_>) -> Result<Range> {
    let (from, to, below) = bounds(input, "range = 1..=65535", literal)?;
    Ok(Range { from, to, below })
}

fn length(input: ParseStream<'_>) -> Result<Length> {
    let start = input.span();
    let count = |input: ParseStream<'_>| input.parse::<LitInt>()?.base10_parse::<usize>();
    let one = input.fork();
    if one.parse::<LitInt>().is_ok() && one.is_empty() {
        let exactly = Some(count(input)?);
        return Ok(Length { min: exactly, max: exactly });
    }
    let (min, to, below) = bounds(input, "len = 1..=50", count)?;
    let empty = || Error::new(start, "no length is within this range");
    let max = match to {
        Some(to) if below => Some(to.checked_sub(1).ok_or_else(empty)?),
        to => to,
    };
    match (min, max) {
        (Some(min), Some(max)) if min > max => Err(empty()),
        (min, max) => Ok(Length { min, max }),
    }
}

fn one_of(input: ParseStream<'_>) -> Result<Vec<Literal>> {
    let start = input.span();
    if !input.peek(syn::token::Bracket) {
        return Err(Error::new(start, "write the values as a list: `one_of = [\"a\", \"b\"]`"));
    }
    let list;
    bracketed!(list in input);
    let values: Vec<Literal> =
        Punctuated::<Literal, Token![,]>::parse_terminated_with(&list, literal)?.into_iter().collect();
    if values.is_empty() {
        return Err(Error::new(start, "the list of values is empty: name at least one"));
    }
    for (number, value) in values.iter().enumerate() {
        if values.iter().take(number).any(|other| other.text == value.text) {
            return Err(Error::new(start, format!("`{}` is named twice", value.text)));
        }
        if value.text.trim().is_empty() || value.text.trim() != value.text {
            return Err(Error::new(start, "a value cannot be blank or have surrounding white space"));
        }
    }
    Ok(values)
}

fn pattern(input: ParseStream<'_>) -> Result<LitStr> {
    let pattern: LitStr = input.parse()?;
    #[cfg(feature = "regex")]
    if regex::Regex::new(&["^(?:", &pattern.value(), ")$"].concat()).is_err() {
        // A pattern that is invalid on its own has a message that shows it as written.
        let why = regex::Regex::new(&pattern.value()).err().map_or_else(String::new, |error| format!(": {error}"));
        return Err(Error::new(pattern.span(), format!("not a regular expression{why}")));
    }
    Ok(pattern)
}

fn literal(input: ParseStream<'_>) -> Result<Literal> {
    const FORM: &str = "expected a literal: a number, or a text such as \"30s\"";
    let minus: Option<Token![-]> = input.parse()?;
    let place = input.span();
    let literal = Lit::parse(input).map_err(|_| Error::new(place, FORM))?;
    let sign = if minus.is_some() { "-" } else { "" };
    match &literal {
        Lit::Int(number) => {
            let text = format!("{sign}{}", number.base10_digits());
            let whole: i128 = text.parse().map_err(|_| Error::new(literal.span(), "this number is too large"))?;
            Ok(Literal { tokens: quote!(__hardened::Literal::Whole(#whole)), text })
        }
        Lit::Float(number) => {
            let text = format!("{sign}{}", number.base10_digits());
            let value: f64 = text.parse().map_err(|_| Error::new(literal.span(), FORM))?;
            if !value.is_finite() {
                return Err(Error::new(literal.span(), "this number is too large"));
            }
            Ok(Literal { tokens: quote!(__hardened::Literal::Decimal { value: #value, text: #text }), text })
        }
        Lit::Str(given) if minus.is_none() => {
            let text = given.value();
            Ok(Literal { tokens: quote!(__hardened::Literal::Text(#text)), text })
        }
        _ => Err(Error::new(literal.span(), FORM)),
    }
}
