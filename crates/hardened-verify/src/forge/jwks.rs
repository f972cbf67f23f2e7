//! Reads the public key of an issuer from its key set (RFC 7517), and encodes it in the forms that a confused verifier may
//! use as an HMAC secret.

use serde_json::Value;

use super::{Token, base64};

/// A public key in DER: as `SubjectPublicKeyInfo` (RFC 5280), and an RSA key also as `RSAPublicKey` (RFC 8017).
pub(crate) struct PublicKey {
    info: Vec<u8>,
    rsa: Option<Vec<u8>>,
}

// The algorithm identifiers in DER: RFC 3279, RFC 5480, RFC 8410.
const RSA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
const P256: &[u8] =
    &[0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const P384: &[u8] = &[0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22];
const P521: &[u8] = &[0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x23];
const ED25519: &[u8] = &[0x06, 0x03, 0x2b, 0x65, 0x70];

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;

impl PublicKey {
    /// Chooses the key of a set that verifies this token: by its identifier, or else the first of the right type.
    pub(crate) fn of(set: &Value, token: &Token) -> Option<Self> {
        let keys = set.get("keys")?.as_array()?;
        let text = |key: &Value, name: &str| key.get(name).and_then(Value::as_str).map(str::to_owned);
        let kind = match token.algorithm() {
            name if name.starts_with("RS") || name.starts_with("PS") => "RSA",
            name if name.starts_with("ES") => "EC",
            name if name.starts_with("Ed") => "OKP",
            _ => return None,
        };
        let is_fit = |key: &&Value| text(key, "kty").as_deref() == Some(kind);
        let is_named = |key: &&Value| token.key_id().is_some() && text(key, "kid").as_deref() == token.key_id();
        let mut fit = keys.iter().filter(is_fit);
        let key = fit.clone().find(is_named).or_else(|| fit.next())?;
        let bytes = |name: &str| base64::decode(&text(key, name)?);
        let (algorithm, bits) = match (kind, text(key, "crv").as_deref()) {
            ("RSA", _) => (RSA, der(SEQUENCE, &[integer(&bytes("n")?), integer(&bytes("e")?)].concat())),
            ("EC", Some("P-256")) => (P256, [vec![4], bytes("x")?, bytes("y")?].concat()),
            ("EC", Some("P-384")) => (P384, [vec![4], bytes("x")?, bytes("y")?].concat()),
            ("EC", Some("P-521")) => (P521, [vec![4], bytes("x")?, bytes("y")?].concat()),
            ("OKP", Some("Ed25519")) => (ED25519, bytes("x")?),
            _ => return None,
        };
        let rsa = (kind == "RSA").then(|| bits.clone());
        let bits = der(BIT_STRING, &[vec![0], bits].concat());
        Some(Self { info: der(SEQUENCE, &[der(SEQUENCE, algorithm), bits].concat()), rsa })
    }

    /// Returns the forms, the likely ones first: PEM, PEM of PKCS#1, PEM without the last line break, and DER.
    pub(crate) fn as_secrets(&self) -> Vec<(&'static str, Vec<u8>)> {
        let text = pem("PUBLIC KEY", &self.info);
        let without_end = text.trim_end().to_owned();
        let old = self.rsa.as_ref().map(|key| ("PEM of PKCS#1", pem("RSA PUBLIC KEY", key).into_bytes()));
        let others = [("PEM without line end", without_end.into_bytes()), ("DER", self.info.clone())];
        [("PEM", text.into_bytes())].into_iter().chain(old).chain(others).collect()
    }
}

/// Encodes DER as a PEM file (RFC 7468).
fn pem(label: &str, der: &[u8]) -> String {
    let text = base64::standard(der);
    let lines: Vec<_> = text.as_bytes().chunks(64).map(String::from_utf8_lossy).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

/// Encodes a non-negative integer in DER.
fn integer(bytes: &[u8]) -> Vec<u8> {
    let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    let mut value = bytes.get(start..).unwrap_or_default().to_vec();
    if value.first().is_none_or(|first| *first >= 0x80) {
        value.insert(0, 0);
    }
    der(INTEGER, &value)
}

fn der(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = value.len().to_be_bytes();
    let significant: Vec<_> = length.into_iter().skip_while(|byte| *byte == 0).collect();
    let mut bytes = vec![tag];
    match (significant.as_slice(), u8::try_from(significant.len())) {
        ([], _) => bytes.push(0),
        ([short], _) if *short < 0x80 => bytes.push(*short),
        (long, Ok(count)) => {
            bytes.push(0x80 | count);
            bytes.extend_from_slice(long);
        }
        (_, Err(_)) => {}
    }
    bytes.extend_from_slice(value);
    bytes
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::forge::Stranger;

    fn token(algorithm: &str, kid: &str) -> Token {
        let header = json!({ "alg": algorithm, "kid": kid }).to_string();
        Token::parse(&format!("{}.e30.", base64::url(header.as_bytes()))).unwrap()
    }

    /// The key of RFC 7515, appendix A.3, as `openssl pkey -pubin` writes it.
    #[test]
    fn a_point_is_written_as_openssl_writes_it() {
        let key = json!({ "kty": "EC", "crv": "P-256", "kid": "a",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" });
        let key = PublicKey::of(&json!({ "keys": [key] }), &token("ES256", "a")).unwrap();
        let secrets = key.as_secrets();
        let [(_, pem), (_, short), (_, der)] = secrets.as_slice() else { panic!("{}", secrets.len()) };
        let expected = "-----BEGIN PUBLIC KEY-----\n\
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV7\n\
            6e8Tus9uPHvRVEXH8UTNG72bfocs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==\n\
            -----END PUBLIC KEY-----\n";
        assert_eq!(String::from_utf8_lossy(pem), expected);
        assert_eq!(String::from_utf8_lossy(short), expected.trim_end());
        assert_eq!(der.len(), 91);
    }

    #[test]
    fn a_key_of_rsa_has_the_form_of_pkcs_1_as_well() {
        let set = json!({ "keys": [Stranger::new().unwrap().jwk("RS256").unwrap()] });
        let key = PublicKey::of(&set, &token("RS256", "a")).unwrap();
        let secrets = key.as_secrets();
        let names: Vec<_> = secrets.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["PEM", "PEM of PKCS#1", "PEM without line end", "DER"]);
        assert!(secrets[1].1.starts_with(b"-----BEGIN RSA PUBLIC KEY-----\nMIIBCgKCAQEA"));
        // `SubjectPublicKeyInfo` ends with the `RSAPublicKey`.
        assert!(key.info.ends_with(key.rsa.as_deref().unwrap()));
    }

    #[test]
    fn a_point_of_521_bits_is_as_long_as_that_of_openssl() {
        let part = base64::url(&[1; 66]);
        let set = json!({ "keys": [{ "kty": "EC", "crv": "P-521", "x": part, "y": part }] });
        assert_eq!(PublicKey::of(&set, &token("ES512", "a")).unwrap().info.len(), 158);
    }

    #[test]
    fn the_key_is_chosen_by_its_identifier_and_kind() {
        let stranger = Stranger::new().unwrap();
        let jwk = |algorithm: &str, kid: &str| {
            let mut jwk = stranger.jwk(algorithm).unwrap();
            jwk["kid"] = kid.into();
            jwk
        };
        let set = json!({ "keys": [jwk("ES256", "a"), jwk("RS256", "b"), jwk("EdDSA", "c"), jwk("HS256", "d")] });
        for (algorithm, kid, length) in
            [("RS256", "b", 294), ("PS256", "unknown", 294), ("ES256", "a", 91), ("EdDSA", "c", 44)]
        {
            let key = PublicKey::of(&set, &token(algorithm, kid)).unwrap();
            assert_eq!(key.info.len(), length, "{algorithm}");
        }
        assert!(PublicKey::of(&set, &token("HS256", "d")).is_none());
        assert!(PublicKey::of(&json!({ "keys": "none" }), &token("RS256", "b")).is_none());
    }
}
