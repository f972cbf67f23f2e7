//! The headers of every request, which contain the vendor's key.

use hardened_core::text::percent;
use zeroize::Zeroizing;

use super::super::dialect::codes;
use crate::{
    SecretText, Setting, Violation,
    groups::url::{Codes, decoded, placeholder},
    message, rule,
    schema::{Kind, OwnRules},
    secret::credential_flaws,
};

/// Headers as `name=value`, separated by commas, with values percent-encoded: the form of W3C Baggage without its
/// properties.
#[derive(Debug)]
pub(super) struct Headers {
    text: SecretText,
    pairs: Vec<Pair>,
}

/// A header's name and its decoded value.
type Pair = (String, Zeroizing<String>);

const CODES: Codes = codes("the path", "", "");

impl Headers {
    /// Returns the name and the value of each header.
    pub(super) fn expose(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl Setting for Headers {
    const KIND: Kind = Kind::Credential;
    const FAMILIES: &'static [&'static str] = &["connection-"];

    fn parse(text: &str) -> Result<Self, Violation> {
        let mut pairs = Vec::new();
        for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            // Some operators encode the names as well.
            let name = percent::decode(name.trim()).unwrap_or_default();
            let in_name = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
            if value.is_empty() || name.is_empty() || !name.bytes().all(in_name) {
                let fact = "must be name=value, separated by commas";
                let remedy = "write each header as name=value, with a space in the value as %20";
                return Err(Violation::new(rule::CONNECTION_MALFORMED, fact).remedy(remedy));
            }
            pairs.push((name.to_ascii_lowercase(), decoded(value.trim(), "a header", &CODES)?));
        }
        Ok(Self { text: SecretText::new(text.to_owned()), pairs })
    }

    fn flaws(&self) -> Vec<Violation> {
        let text = self.text.expose_text();
        // The other rules do not fit a list: it begins with a name, and has white space between a scheme and its token.
        let of_text = [rule::SECRET_QUOTED, rule::SECRET_CONTROL, rule::SECRET_REFERENCE];
        let is_of_text = |flaw: &Violation| of_text.contains(&flaw.rule());
        let mut flaws: Vec<_> = credential_flaws(text.as_bytes()).into_iter().filter(is_of_text).collect();
        if text.trim().len() < text.len() {
            flaws.push(Violation::new(rule::SECRET_WHITESPACE, "white space at the start or end"));
        }
        let numbered = (1_usize..).zip(&self.pairs);
        flaws.extend(numbered.filter_map(|(number, (_, value))| of_value(number, value)));
        flaws
    }

    fn visit_secrets(&self, visit: &mut dyn FnMut(&[u8])) {
        self.pairs.iter().for_each(|(_, value)| visit(value.as_bytes()));
    }

    fn has_own_rules(_: OwnRules) -> bool {
        true
    }
}

/// Returns the violation if a header's value is not the vendor's real key.
fn of_value(number: usize, value: &str) -> Option<Violation> {
    let token =
        ["Basic ", "Bearer ", "Api-Token "].iter().find_map(|scheme| value.strip_prefix(scheme)).unwrap_or(value);
    if placeholder::is_reference(token) || placeholder::has_template(token) {
        let fact = message!("header ", number, " is a reference or template that was not replaced with its value");
        return Some(Violation::new(rule::SECRET_REFERENCE, fact));
    }
    let fact = message!("header ", number, " is an example text");
    placeholder::is_placeholder_password(token).then(|| Violation::new(rule::CONNECTION_PLACEHOLDER, fact))
}
