//! The URL of an issuer's keys.

use url::Url;

use crate::{Setting, Violation, rule, schema::Kind};

/// The URL of a JSON Web Key Set (RFC 7517 §5), such as `https://tenant.eu.auth0.com/.well-known/jwks.json`.
///
/// # Errors
///
/// Returns `setting-malformed` for a text that is not an http address, or has a user or a fragment. `jwt-jwks-insecure`
/// refuses `http:` in Preview and Production.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JwksUrl(Url);

impl JwksUrl {
    /// Returns the URL as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl Setting for JwksUrl {
    const KIND: Kind = Kind::Url;
    const FAMILIES: &'static [&'static str] = &["jwt-"];

    fn parse(text: &str) -> Result<Self, Violation> {
        let malformed =
            || Violation::malformed("must be a URL such as https://issuer.example.com/.well-known/jwks.json");
        let url = Url::parse(text.trim()).map_err(|_| malformed())?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Violation::malformed("must not contain a user name or password, because the keys are public"));
        }
        let is_plain = matches!(url.scheme(), "https" | "http") && url.fragment().is_none();
        if is_plain { Ok(Self(url)) } else { Err(malformed()) }
    }

    fn flaws(&self) -> Vec<Violation> {
        match self.0.scheme() {
            "https" => Vec::new(),
            _ => {
                vec![Violation::new(
                    rule::JWT_JWKS_INSECURE,
                    "JWKS over plain http can be spoofed by anyone on the network path",
                )]
            }
        }
    }
}

/// Parses the text as the setting does.
impl std::str::FromStr for JwksUrl {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        <Self as Setting>::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_at_an_http_address_without_a_user() {
        for (text, accepted) in [
            ("https://issuer.example.com/.well-known/jwks.json", true),
            (" https://issuer.example.com/keys?v=2 ", true),
            ("http://localhost:9000/jwks", true),
            ("https://user@issuer.example.com/keys", false),
            ("https://:secret@issuer.example.com/keys", false),
            ("https://issuer.example.com/keys#1", false),
            ("file:///etc/keys", false),
            ("data:,x", false),
            ("issuer.example.com/keys", false),
            ("", false),
        ] {
            assert_eq!(JwksUrl::parse(text).is_ok(), accepted, "{text}");
        }
    }

    #[test]
    fn an_address_without_tls_is_a_flaw() {
        assert!(JwksUrl::parse("https://issuer.example.com/").unwrap().flaws().is_empty());
        assert_eq!(JwksUrl::parse("http://localhost/").unwrap().flaws()[0].rule(), rule::JWT_JWKS_INSECURE);
    }
}
