//! A service with JSON Web Tokens, whose verification can be weakened in one respect at a time.

use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use axum::{
    Json, Router,
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use ring::{
    hmac,
    rand::SystemRandom,
    signature::{
        ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_2048_8192_SHA256,
        UnparsedPublicKey,
    },
};
use serde_json::{Value, json};

/// A strong signing key.
pub(crate) const KEY: &[u8] = b"kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL0dG6aP3eZqC";

/// What the service accepts beyond valid tokens. The default is healthy.
#[derive(Clone, Copy)]
pub(crate) struct Rules {
    pub(crate) key: &'static [u8],
    pub(crate) route_is_open: bool,
    pub(crate) any_text: bool,
    pub(crate) signature_unverified: bool,
    pub(crate) unsigned: bool,
    pub(crate) two_parts: bool,
    pub(crate) none: fn(&str) -> bool,
    pub(crate) empty_key: bool,
    pub(crate) zeros: bool,
    pub(crate) lengths: bool,
    pub(crate) confused: bool,
    pub(crate) embedded: bool,
    pub(crate) remote: bool,
    pub(crate) path_key: bool,
    pub(crate) basic: bool,
    pub(crate) query: bool,
    pub(crate) expired: bool,
    pub(crate) not_yet: bool,
    pub(crate) no_expiry: bool,
    pub(crate) any_issuer: bool,
    pub(crate) any_audience: bool,
    pub(crate) critical: bool,
    pub(crate) first_duplicate: bool,
    pub(crate) refusal: u16,
    pub(crate) challenge: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            key: KEY,
            route_is_open: false,
            any_text: false,
            signature_unverified: false,
            unsigned: false,
            two_parts: false,
            none: |_| false,
            empty_key: false,
            zeros: false,
            lengths: false,
            confused: false,
            embedded: false,
            remote: false,
            path_key: false,
            basic: false,
            query: false,
            expired: false,
            not_yet: false,
            no_expiry: false,
            any_issuer: false,
            any_audience: false,
            critical: false,
            first_duplicate: false,
            refusal: 401,
            challenge: true,
        }
    }
}

/// Returns the claims of a valid token.
pub(crate) fn claims() -> Value {
    let now = now();
    json!({ "iss": "https://id.example.com", "aud": "tasks", "sub": "user-7", "iat": now, "exp": now + 3600 })
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// Returns a token that is signed with HS256.
pub(crate) fn token(key: &[u8], claims: &Value) -> String {
    let signed = signed(&json!({ "alg": "HS256", "typ": "JWT" }), claims);
    let signature = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), signed.as_bytes());
    format!("{signed}.{}", encode(signature.as_ref()))
}

fn signed(header: &Value, claims: &Value) -> String {
    format!("{}.{}", encode(header.to_string().as_bytes()), encode(claims.to_string().as_bytes()))
}

/// An issuer that signs tokens with ES256.
pub(crate) struct Issuer(EcdsaKeyPair);

impl Issuer {
    pub(crate) fn new() -> Self {
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).unwrap();
        let random = SystemRandom::new();
        Self(EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random).unwrap())
    }

    pub(crate) fn token(&self) -> String {
        let signed = signed(&json!({ "alg": "ES256", "kid": "k1" }), &claims());
        let signature = self.0.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", encode(signature.as_ref()))
    }

    pub(crate) fn jwks(&self) -> Value {
        let point = self.0.public_key().as_ref();
        json!({ "keys": [{ "kty": "EC", "crv": "P-256", "kid": "k1", "x": encode(&point[1..33]), "y": encode(&point[33..]) }] })
    }

    /// Returns the public key as PEM.
    fn pem(&self) -> String {
        let prefix = [
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
            0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
        ];
        let text =
            encode(&[prefix.as_slice(), self.0.public_key().as_ref()].concat()).replace('-', "+").replace('_', "/");
        let text = format!("{text}{}", "=".repeat((4 - text.len() % 4) % 4));
        let (first, second) = text.split_at(64);
        format!("-----BEGIN PUBLIC KEY-----\n{first}\n{second}\n-----END PUBLIC KEY-----\n")
    }
}

/// Returns a service with `/tasks` for holders of a token and `/health` for everyone; other paths get 404.
pub(crate) fn router(rules: Rules, issuer: Option<Issuer>) -> Router {
    routes(rules, issuer, true)
}

/// Returns the same service with or without the public keys at `/.well-known/jwks.json`.
pub(crate) fn routes(rules: Rules, issuer: Option<Issuer>, offers_keys: bool) -> Router {
    let issuer = issuer.map(Arc::new);
    let set = issuer.clone().filter(|_| offers_keys);
    let tasks = move |request: Request| {
        let is_allowed = rules.allows(request.headers(), request.uri().query().unwrap_or_default(), issuer.as_deref());
        async move {
            if is_allowed { Json(json!({ "items": ["write the report"] })).into_response() } else { rules.refuse() }
        }
    };
    let router = Router::new()
        .route("/tasks", get(tasks))
        .route("/health", get(async || Json(json!({ "status": "ok" }))))
        .fallback(async || StatusCode::NOT_FOUND);
    match set {
        Some(issuer) => router.route("/.well-known/jwks.json", get(async move || Json(issuer.jwks()))),
        None => router,
    }
}

impl Rules {
    fn refuse(self) -> Response {
        let status = StatusCode::from_u16(self.refusal).unwrap();
        let body = Json(json!({ "error": "a valid token is required" }));
        if self.challenge {
            (status, [(header::WWW_AUTHENTICATE, "Bearer")], body).into_response()
        } else {
            (status, body).into_response()
        }
    }

    fn allows(self, headers: &HeaderMap, query: &str, issuer: Option<&Issuer>) -> bool {
        let authorization =
            headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let cookie = headers.get(header::COOKIE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let token = if let Some(token) = authorization.strip_prefix("Bearer ") {
            Some(token)
        } else if let Some(token) = authorization.strip_prefix("Basic ").filter(|_| self.basic) {
            Some(token)
        } else if let Some(token) = cookie.strip_prefix("session=") {
            Some(token)
        } else {
            query.strip_prefix("access_token=").filter(|_| self.query)
        };
        self.route_is_open
            || token.is_some_and(|token| self.any_text && !token.is_empty() || self.verifies(token, issuer).is_some())
    }

    /// Returns `Some` if the token is accepted.
    fn verifies(self, token: &str, issuer: Option<&Issuer>) -> Option<()> {
        let parts: Vec<_> = token.split('.').collect();
        let (head, payload, signature) = match parts.as_slice() {
            [head, payload, signature] => (*head, *payload, *signature),
            [head, payload] if self.two_parts => (*head, *payload, ""),
            _ => return None,
        };
        let header: Value = serde_json::from_slice(&decode(head)?).ok()?;
        let signed = format!("{head}.{payload}");
        let is_signed = self.signature_unverified
            || signature.is_empty() && (self.unsigned || self.two_parts && parts.len() == 2)
            || self.is_signed(&header, &signed, &decode(signature)?, issuer);
        if !is_signed || header.get("crit").is_some() && !self.critical {
            return None;
        }
        let text = String::from_utf8(decode(payload)?).ok()?;
        let claims: Value = serde_json::from_str(&text).ok()?;
        let number = |name: &str| claims.get(name).and_then(Value::as_u64);
        let first = text.split("\"exp\":").nth(1).and_then(|rest| rest.split([',', '}']).next()?.parse().ok());
        let expiry = if self.first_duplicate { first } else { number("exp") };
        let is_valid = expiry.map_or(self.no_expiry, |expiry| self.expired || expiry > now())
            && (self.not_yet || number("nbf").is_none_or(|begin| begin <= now()))
            && (self.any_issuer || claims.get("iss") == Some(&json!("https://id.example.com")))
            && (self.any_audience || claims.get("aud") == Some(&json!("tasks")));
        is_valid.then_some(())
    }

    fn is_signed(self, header: &Value, signed: &str, signature: &[u8], issuer: Option<&Issuer>) -> bool {
        let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let algorithm = text(header.get("alg"));
        let by_hmac = |key: &[u8]| {
            let length = match algorithm.as_str() {
                "HS256" => hmac::HMAC_SHA256,
                "HS384" if self.lengths => hmac::HMAC_SHA384,
                "HS512" if self.lengths => hmac::HMAC_SHA512,
                _ => return false,
            };
            hmac::verify(&hmac::Key::new(length, key), signed.as_bytes(), signature).is_ok()
        };
        let point = |key: &[u8]| {
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key).verify(signed.as_bytes(), signature).is_ok()
        };
        if (self.none)(&algorithm)
            || self.zeros && algorithm == "ES256" && signature.len() == 64 && signature.iter().all(|byte| *byte == 0)
        {
            return true;
        }
        if self.empty_key && by_hmac(b"")
            || self.path_key && text(header.get("kid")).ends_with("/dev/null") && by_hmac(b"")
        {
            return true;
        }
        if self.remote && (header.get("jku").is_some() || header.get("x5u").is_some()) {
            return true;
        }
        if let Some(key) = header.get("jwk").filter(|_| self.embedded) {
            let part = |name: &str| decode(&text(key.get(name))).unwrap_or_default();
            return match algorithm.as_str() {
                "RS256" => ring::rsa::PublicKeyComponents { n: part("n"), e: part("e") }
                    .verify(&RSA_PKCS1_2048_8192_SHA256, signed.as_bytes(), signature)
                    .is_ok(),
                "ES256" => point(&[vec![4], part("x"), part("y")].concat()),
                _ => by_hmac(&part("k")),
            };
        }
        match issuer {
            Some(issuer) if algorithm == "ES256" => point(issuer.0.public_key().as_ref()),
            Some(issuer) => self.confused && by_hmac(issuer.pem().as_bytes()),
            None => by_hmac(self.key),
        }
    }
}

fn encode(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits: Vec<u8> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
    let index = |group: &[u8]| (0..6).fold(0, |index, at| index << 1 | usize::from(*group.get(at).unwrap_or(&0)));
    bits.chunks(6).map(|group| char::from(LETTERS[index(group)])).collect()
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a' + 26),
        b'0'..=b'9' => Some(letter - b'0' + 52),
        b'-' => Some(62),
        b'_' => Some(63),
        _ => None,
    };
    let values = text.bytes().map(value).collect::<Option<Vec<u8>>>()?;
    let bits: Vec<u8> = values.iter().flat_map(|value| (0..6).rev().map(move |bit| value >> bit & 1)).collect();
    Some(bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |byte, bit| byte << 1 | bit)).collect())
}
