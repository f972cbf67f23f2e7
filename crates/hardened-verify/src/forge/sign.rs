//! Signs tokens with keys that the target does not know.

use ring::{
    hmac,
    rand::SystemRandom,
    rsa::PublicKeyComponents,
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm,
        Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_SHA256, RSA_PSS_SHA384,
        RSA_PSS_SHA512, RsaEncoding, RsaKeyPair,
    },
};
use serde_json::{Value, json};

use super::base64;

/// An RSA private key made for this crate with `openssl genpkey -algorithm RSA` and not used for anything else. It is
/// embedded because generating one takes longer than a whole verification.
static STRANGER: &[u8] = include_bytes!("stranger.der");

/// The HMAC algorithms, by length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hmac {
    Hs256,
    Hs384,
    Hs512,
}

impl Hmac {
    pub(crate) const ALL: [Self; 3] = [Self::Hs256, Self::Hs384, Self::Hs512];

    pub(crate) fn of(algorithm: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hmac| hmac.name() == algorithm)
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Hs256 => "HS256",
            Self::Hs384 => "HS384",
            Self::Hs512 => "HS512",
        }
    }

    pub(crate) fn sign(self, key: &[u8], signed: &str) -> Vec<u8> {
        hmac::sign(&self.key(key), signed.as_bytes()).as_ref().to_vec()
    }

    pub(crate) fn verifies(self, key: &[u8], signed: &[u8], signature: &[u8]) -> bool {
        hmac::verify(&self.key(key), signed, signature).is_ok()
    }

    fn key(self, key: &[u8]) -> hmac::Key {
        let algorithm = match self {
            Self::Hs256 => hmac::HMAC_SHA256,
            Self::Hs384 => hmac::HMAC_SHA384,
            Self::Hs512 => hmac::HMAC_SHA512,
        };
        hmac::Key::new(algorithm, key)
    }
}

/// A stranger whom the target does not know, with a key for most algorithms.
pub(crate) struct Stranger {
    random: SystemRandom,
    secret: Vec<u8>,
    rsa: RsaKeyPair,
    p256: EcdsaKeyPair,
    p384: EcdsaKeyPair,
    ed25519: Ed25519KeyPair,
}

impl Stranger {
    /// Creates a stranger with new keys, except for the RSA key; `None` if the system provides no random bytes.
    pub(crate) fn new() -> Option<Self> {
        let random = SystemRandom::new();
        let curve = |algorithm: &'static EcdsaSigningAlgorithm| {
            let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).ok()?;
            EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).ok()
        };
        let (p256, p384) = (curve(&ECDSA_P256_SHA256_FIXED_SIGNING)?, curve(&ECDSA_P384_SHA384_FIXED_SIGNING)?);
        let document = Ed25519KeyPair::generate_pkcs8(&random).ok()?;
        let ed25519 = Ed25519KeyPair::from_pkcs8(document.as_ref()).ok()?;
        let mut secret = vec![0; 64];
        getrandom::fill(&mut secret).ok()?;
        Some(Self { rsa: RsaKeyPair::from_der(STRANGER).ok()?, random, secret, p256, p384, ed25519 })
    }

    /// Signs a text with the algorithm of a token's header; `None` if there is no key for that algorithm.
    pub(crate) fn sign(&self, algorithm: &str, signed: &str) -> Option<Vec<u8>> {
        if let Some(hmac) = Hmac::of(algorithm) {
            return Some(hmac.sign(&self.secret, signed));
        }
        match algorithm {
            "RS256" => self.rsa(&RSA_PKCS1_SHA256, signed),
            "RS384" => self.rsa(&RSA_PKCS1_SHA384, signed),
            "RS512" => self.rsa(&RSA_PKCS1_SHA512, signed),
            "PS256" => self.rsa(&RSA_PSS_SHA256, signed),
            "PS384" => self.rsa(&RSA_PSS_SHA384, signed),
            "PS512" => self.rsa(&RSA_PSS_SHA512, signed),
            "ES256" => self.curve(&self.p256, signed),
            "ES384" => self.curve(&self.p384, signed),
            "EdDSA" | "Ed25519" => Some(self.ed25519.sign(signed.as_bytes()).as_ref().to_vec()),
            _ => None,
        }
    }

    /// Returns the key that verifies such a signature, as a JSON Web Key (RFC 7517).
    pub(crate) fn jwk(&self, algorithm: &str) -> Option<Value> {
        let curve = |key: &EcdsaKeyPair, name: &str| {
            // An uncompressed point is one byte and then two coordinates of the same length.
            let (_, point) = key.public_key().as_ref().split_first()?;
            let (x, y) = point.split_at_checked(point.len() / 2)?;
            Some(json!({ "kty": "EC", "crv": name, "x": base64::url(x), "y": base64::url(y) }))
        };
        match algorithm {
            "ES256" => curve(&self.p256, "P-256"),
            "ES384" => curve(&self.p384, "P-384"),
            "EdDSA" | "Ed25519" => {
                let x = base64::url(self.ed25519.public_key().as_ref());
                Some(json!({ "kty": "OKP", "crv": "Ed25519", "x": x }))
            }
            _ if Hmac::of(algorithm).is_some() => Some(json!({ "kty": "oct", "k": base64::url(&self.secret) })),
            _ if algorithm.starts_with(['R', 'P']) => {
                let PublicKeyComponents { n, e } = PublicKeyComponents::<Vec<u8>>::from(self.rsa.public_key());
                Some(json!({ "kty": "RSA", "n": base64::url(&n), "e": base64::url(&e) }))
            }
            _ => None,
        }
    }

    fn rsa(&self, encoding: &'static dyn RsaEncoding, signed: &str) -> Option<Vec<u8>> {
        let mut signature = vec![0; self.rsa.public().modulus_len()];
        self.rsa.sign(encoding, &self.random, signed.as_bytes(), &mut signature).ok()?;
        Some(signature)
    }

    fn curve(&self, key: &EcdsaKeyPair, signed: &str) -> Option<Vec<u8>> {
        key.sign(&self.random, signed.as_bytes()).ok().map(|signature| signature.as_ref().to_vec())
    }
}

#[cfg(test)]
mod tests {
    use ring::signature::{
        ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256,
        RSA_PSS_2048_8192_SHA512, UnparsedPublicKey, VerificationAlgorithm,
    };

    use super::*;
    use crate::forge::Token;

    /// RFC 7515, appendix A.1.
    #[test]
    fn the_hmac_is_that_of_the_standard() {
        let key = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
        let token = concat!(
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.",
            "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.",
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        );
        let token = Token::parse(token).unwrap();
        let key = base64::decode(key).unwrap();
        assert_eq!((token.algorithm(), token.claims.get("iss")), ("HS256", Some(&"joe".into())));
        assert_eq!(Some(Hmac::Hs256.sign(&key, &token.signed())), token.signature());
        assert!(Hmac::Hs256.verifies(&key, token.signed().as_bytes(), &token.signature().unwrap()));
        assert!(!Hmac::Hs256.verifies(b"", token.signed().as_bytes(), &token.signature().unwrap()));
    }

    #[test]
    fn a_stranger_signs_validly_with_keys_of_its_own() {
        let stranger = Stranger::new().unwrap();
        let point = |algorithm: &str| {
            let jwk = stranger.jwk(algorithm).unwrap();
            let part = |name: &str| jwk.get(name).and_then(Value::as_str).and_then(base64::decode).unwrap_or_default();
            (part("x"), part("y"), part("n"), part("e"))
        };
        let uncompressed = |algorithm: &str| {
            let (x, y, ..) = point(algorithm);
            [vec![4], x, y].concat()
        };
        let table: [(&str, &dyn VerificationAlgorithm, Vec<u8>); 3] = [
            ("ES256", &ECDSA_P256_SHA256_FIXED, uncompressed("ES256")),
            ("ES384", &ECDSA_P384_SHA384_FIXED, uncompressed("ES384")),
            ("EdDSA", &ED25519, point("EdDSA").0),
        ];
        for (algorithm, verification, key) in table {
            let signature = stranger.sign(algorithm, "a.b").unwrap();
            assert!(UnparsedPublicKey::new(verification, key).verify(b"a.b", &signature).is_ok(), "{algorithm}");
        }
        let (_, _, n, e) = point("RS256");
        let key = PublicKeyComponents { n: &n, e: &e };
        assert!(key.verify(&RSA_PKCS1_2048_8192_SHA256, b"a.b", &stranger.sign("RS256", "a.b").unwrap()).is_ok());
        assert!(key.verify(&RSA_PSS_2048_8192_SHA512, b"a.b", &stranger.sign("PS512", "a.b").unwrap()).is_ok());
        assert_eq!((stranger.sign("ES512", "a.b"), stranger.jwk("none")), (None, None));
    }
}
