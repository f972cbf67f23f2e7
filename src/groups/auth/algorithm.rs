//! The signature algorithms of tokens.

use std::fmt;

use crate::{
    Setting, Violation,
    schema::{Choice, Kind, choose},
};

/// A symmetric algorithm of RFC 7518 §3.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum JwtAlgorithm {
    /// HMAC with SHA-256: keys of at least 32 bytes.
    Hs256,
    /// HMAC with SHA-384: keys of at least 48 bytes.
    Hs384,
    /// HMAC with SHA-512: keys of at least 64 bytes.
    Hs512,
}

impl JwtAlgorithm {
    /// Returns the name used in a token's header.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hs256 => "HS256",
            Self::Hs384 => "HS384",
            Self::Hs512 => "HS512",
        }
    }

    /// Returns the minimum key length in bytes, which is the length of the hash's output (RFC 7518 §3.2).
    #[must_use]
    pub const fn min_key_bytes(self) -> usize {
        match self {
            Self::Hs256 => 32,
            Self::Hs384 => 48,
            Self::Hs512 => 64,
        }
    }
}

impl Setting for JwtAlgorithm {
    const KIND: Kind = Kind::Choice(&["HS256", "HS384", "HS512"]);

    fn parse(text: &str) -> Result<Self, Violation> {
        if Family::of(text) == Some(Family::Public) {
            let fact =
                "an algorithm with a public key; must be HS256, HS384 or HS512 for tokens that this service signs";
            return Err(Violation::malformed(fact)
                .remedy("unset it, or write HS256; to verify the tokens of an identity provider, use the group Jwks"));
        }
        let choice = |algorithm: fn() -> Self, name| Choice::new(name, &[], algorithm);
        choose(
            text,
            Self::KIND,
            &[choice(|| Self::Hs256, "HS256"), choice(|| Self::Hs384, "HS384"), choice(|| Self::Hs512, "HS512")],
        )
    }
}

/// Writes the name that a token's header uses.
impl fmt::Display for JwtAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Parses the text as the setting does.
impl std::str::FromStr for JwtAlgorithm {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        <Self as Setting>::parse(text)
    }
}

/// A signature algorithm with a public key (RFC 7518 §3.1, RFC 8037).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum JwksAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// RSASSA-PSS with SHA-256.
    Ps256,
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// ECDSA on P-384 with SHA-384.
    Es384,
    /// Ed25519.
    EdDsa,
}

impl JwksAlgorithm {
    /// Returns the name used in a token's header.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Ps256 => "PS256",
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::EdDsa => "EdDSA",
        }
    }
}

impl Setting for JwksAlgorithm {
    const KIND: Kind = Kind::Choice(&["RS256", "PS256", "ES256", "ES384", "EdDSA"]);

    fn parse(text: &str) -> Result<Self, Violation> {
        if Family::of(text) == Some(Family::Shared) {
            let fact =
                "an algorithm with a shared secret; must be one with a public key for tokens of an identity provider";
            return Err(Violation::malformed(fact).remedy(
                "write the algorithm that the provider signs with, usually RS256; for tokens that this service signs itself, use the group Jwt",
            ));
        }
        let choice = |algorithm: fn() -> Self, name| Choice::new(name, &[], algorithm);
        choose(
            text,
            Self::KIND,
            &[
                choice(|| Self::Rs256, "RS256"),
                choice(|| Self::Ps256, "PS256"),
                choice(|| Self::Es256, "ES256"),
                choice(|| Self::Es384, "ES384"),
                choice(|| Self::EdDsa, "EdDSA"),
            ],
        )
    }
}

/// Writes the name that a token's header uses.
impl fmt::Display for JwksAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Parses the text as the setting does.
impl std::str::FromStr for JwksAlgorithm {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        <Self as Setting>::parse(text)
    }
}

/// The family of an algorithm. The names of the two families may differ in one letter, which is not a typing error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    /// HMAC: anyone who can verify a token can also sign one.
    Shared,
    /// RSA and elliptic curves: the key that verifies can be public.
    Public,
}

impl Family {
    /// Returns the family of the algorithm that a text names, if it exists (RFC 7518 §3.1, RFC 8037, RFC 8812, RFC 9864).
    fn of(text: &str) -> Option<Self> {
        let plain: String = text.trim().chars().filter(|symbol| !matches!(symbol, '-' | '_')).collect();
        let is = |known: &[&str]| known.iter().any(|name| name.eq_ignore_ascii_case(&plain));
        if is(&["HS256", "HS384", "HS512"]) {
            Some(Self::Shared)
        } else if is(&[
            "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "ES256K", "EdDSA",
            "Ed25519", "Ed448",
        ]) {
            Some(Self::Public)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remedy<T: Setting>(text: &str) -> Option<String> {
        T::parse(text).err().map(|violation| violation.advice())
    }

    #[test]
    fn an_algorithm_of_the_other_family_is_no_typing_error() {
        for text in
            ["RS256", "rs256", "RS-256", "RS384", "PS512", "ES256", "ES512", "ES256K", "EdDSA", "Ed25519", " RS256 "]
        {
            let remedy = remedy::<JwtAlgorithm>(text).unwrap();
            assert!(remedy.contains("Jwks") && !remedy.contains("did you mean"), "{text}: {remedy}");
        }
        for text in ["HS256", "hs384", "HS512"] {
            let remedy = remedy::<JwksAlgorithm>(text).unwrap();
            assert!(remedy.contains("RS256") && !remedy.contains("did you mean"), "{text}: {remedy}");
        }
    }

    #[test]
    fn a_typing_error_within_the_family_is_told() {
        for (text, told) in [("HS265", "HS256"), ("HS25", "HS256"), ("HS_384", "HS384"), ("none", ""), ("", "")] {
            assert!(remedy::<JwtAlgorithm>(text).unwrap().contains(told), "{text}");
        }
        for (text, told) in [("RS265", "RS256"), ("ES38", "ES384"), ("EdDS", "EdDSA"), ("none", "")] {
            assert!(remedy::<JwksAlgorithm>(text).unwrap().contains(told), "{text}");
        }
        for (text, algorithm) in [("HS256", JwtAlgorithm::Hs256), (" hs512 ", JwtAlgorithm::Hs512)] {
            assert_eq!(JwtAlgorithm::parse(text), Ok(algorithm), "{text}");
        }
        assert_eq!(JwksAlgorithm::parse("eddsa"), Ok(JwksAlgorithm::EdDsa));
    }
}
