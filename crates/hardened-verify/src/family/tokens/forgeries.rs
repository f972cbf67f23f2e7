//! Forges tokens from a valid one, and checks that they are refused.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::{
    causes::Case,
    checks::{CONFUSION, EMBEDDED, EMPTY_KEY, FOREIGN_KEY, KEY_ID, NONE, OTHER_LENGTH, REMOTE, TAMPERED, UNSIGNED},
    plain::changed,
    send::{FORGED, refused},
    signed,
};
use crate::{
    check::Family,
    context::Context,
    control::Batch,
    credentials::Carrier,
    forge::{Hmac, PublicKey, Stranger, Token, finished, unsigned},
    judge::{Negative, Seen},
    request::Request,
};

/// The requests that are reserved for the control after the batch.
const RESERVED: u32 = 1;

/// A forged token, and the check that it belongs to.
struct Forgery {
    check: Negative,
    name: String,
    token: String,
}

pub(super) async fn run(
    context: &Context,
    batch: &Batch<'_>,
    route: &Request,
    carrier: &Carrier,
    token: &Token,
) -> Vec<Case> {
    let set = if token.hmac().is_none() { key_set(context, batch).await } else { None };
    let Some(stranger) = Stranger::new() else {
        let reason = "the operating system does not provide random bytes".to_owned();
        return vec![Case {
            check: FOREIGN_KEY,
            name: String::new(),
            is_by_issuer: false,
            seen: Seen::Unclear(reason, Vec::new()),
        }];
    };
    let reserved = RESERVED + if context.signing_key.is_some() { signed::MOST } else { 0 };
    let mut cases = Vec::new();
    for forgery in forged(token, &stranger, set.as_ref(), context.nonce()) {
        if context.prober.budget().left(Family::Tokens) <= reserved {
            break;
        }
        // If the claims can be changed, further forgeries do not show anything new.
        if cases.iter().any(|case: &Case| case.check.0 == TAMPERED.0 && case.is_broken()) {
            break;
        }
        if let Some(request) = carrier.on(route.clone(), &forgery.token, FORGED) {
            cases.push(refused(context, batch, forgery.check, &forgery.name, request).await);
        }
    }
    cases
}

/// Returns the public keys of the issuer: those that the caller gave, or those that the target serves at the usual path or
/// where its OpenID discovery document says.
async fn key_set(context: &Context, batch: &Batch<'_>) -> Option<Value> {
    if context.public_keys.is_some() {
        return context.public_keys.clone();
    }
    let usual = document(batch, context.path("/.well-known/jwks.json")).await;
    if usual.as_ref().is_some_and(|set| set.get("keys").is_some()) {
        return usual;
    }
    let discovery = document(batch, context.path("/.well-known/openid-configuration")).await?;
    let path = path_at(&context.target.origin(), discovery.get("jwks_uri")?.as_str()?)?;
    document(batch, path).await
}

async fn document(batch: &Batch<'_>, path: String) -> Option<Value> {
    let (_, got) = batch.probe(Request::get(path).expects(StatusCode::NOT_FOUND)).await;
    got.ok().filter(|answer| answer.status.is_success())?.json()
}

/// Returns the path of a URL if it is at this origin. Other hosts are not requested.
fn path_at(origin: &str, url: &str) -> Option<String> {
    let path = url.strip_prefix(origin).filter(|path| path.starts_with('/'))?;
    path.bytes().all(|byte| byte.is_ascii_graphic()).then(|| path.split('#').next().unwrap_or_default().to_owned())
}

/// Returns all forgeries, the likely ones first.
fn forged(token: &Token, stranger: &Stranger, set: Option<&Value>, nonce: &str) -> Vec<Forgery> {
    let mut all = Vec::new();
    let mut add =
        |check: Negative, name: &str, token: String| all.push(Forgery { check, name: name.to_owned(), token });
    let (algorithm, signature) = (token.algorithm(), token.signature_text());
    // The stranger has no key for ES512, but a verifier that accepts a foreign key often accepts any algorithm.
    let by = if stranger.jwk(algorithm).is_some() { algorithm } else { "ES256" };
    // The last letter is not changed, because its last bits are padding.
    add(TAMPERED, "the signature", format!("{}.{}", token.signed(), changed(signature, 8)));
    for (name, claims) in tampered(token, nonce) {
        add(TAMPERED, name, format!("{}.{signature}", unsigned(&token.header, &claims)));
    }
    add(UNSIGNED, "without its last part", token.signed());
    add(UNSIGNED, "with an empty signature", format!("{}.", token.signed()));
    add(NONE, "none", format!("{}.", unsigned(&token.header_with("none"), &token.claims)));
    let header = if by == algorithm { token.header.clone() } else { token.header_with(by) };
    if let Some(signed) = by_stranger(token, stranger, by, &header) {
        add(FOREIGN_KEY, by, signed);
    }
    let hmac = token.hmac().unwrap_or(Hmac::Hs256);
    let by_secret = |hmac: Hmac, key: &[u8], header: Map<String, Value>| {
        let signed = unsigned(&header, &token.claims);
        finished(&signed, &hmac.sign(key, &signed))
    };
    add(EMPTY_KEY, hmac.name(), by_secret(hmac, b"", token.header_with(hmac.name())));
    if let Some(key) = set.and_then(|set| PublicKey::of(set, token)) {
        for (name, secret) in key.as_secrets() {
            add(CONFUSION, name, by_secret(Hmac::Hs256, &secret, token.header_with("HS256")));
        }
    }
    for (name, algorithm) in embedded(by) {
        let header = stranger.jwk(algorithm).map(|key| with(token.header_with(algorithm), "jwk", key));
        if let Some(signed) = header.and_then(|header| by_stranger(token, stranger, algorithm, &header)) {
            add(EMBEDDED, name, signed);
        }
    }
    let asymmetric = if token.hmac().is_some() { "RS256" } else { by };
    for parameter in ["jku", "x5u"] {
        let header =
            with(token.header_with(asymmetric), parameter, json!(format!("https://{nonce}.invalid/{parameter}")));
        if let Some(signed) = by_stranger(token, stranger, asymmetric, &header) {
            add(REMOTE, parameter, signed);
        }
    }
    // An empty file is an empty key.
    let path = with(token.header_with("HS256"), "kid", json!("../../../../../../../../dev/null"));
    add(KEY_ID, "the path of an empty file", by_secret(Hmac::Hs256, b"", path));
    let quote = with(token.header_with("HS256"), "kid", json!(format!("{nonce}'")));
    add(KEY_ID, "a quote", by_secret(Hmac::Hs256, nonce.as_bytes(), quote));
    if let Some(own) = token.hmac() {
        for other in Hmac::ALL.into_iter().filter(|other| *other != own) {
            let signed = by_stranger(token, stranger, other.name(), &token.header_with(other.name()));
            all.extend(signed.map(|token| Forgery { check: OTHER_LENGTH, name: other.name().to_owned(), token }));
        }
    }
    if algorithm.starts_with("ES") {
        // A signature of zeros is valid for verifiers that do not check its numbers (CVE-2022-21449).
        let zeros = vec![0; token.signature().map_or(64, |signature| signature.len())];
        all.push(Forgery {
            check: FOREIGN_KEY,
            name: "a signature of zeros".to_owned(),
            token: finished(&token.signed(), &zeros),
        });
    }
    for spelling in ["None", "NONE", "nOnE"] {
        let signed = format!("{}.", unsigned(&token.header_with(spelling), &token.claims));
        all.push(Forgery { check: NONE, name: spelling.to_owned(), token: signed });
    }
    all
}

/// Returns changed claims: those of another user, of an administrator, and with a later expiry.
fn tampered(token: &Token, nonce: &str) -> [(&'static str, Map<String, Value>); 3] {
    let subject = match token.claims.get("sub") {
        Some(Value::Number(number)) => json!(number.as_u64().unwrap_or_default().wrapping_add(1)),
        _ => json!(nonce),
    };
    let role = match token.claims.get("role") {
        Some(Value::Array(_)) => json!(["admin"]),
        _ => json!("admin"),
    };
    let expiry = token.claims.get("exp").and_then(Value::as_u64).unwrap_or(2_000_000_000) + 31_536_000;
    [
        ("sub", token.claims_with("sub", subject)),
        ("role", token.claims_with("role", role)),
        ("exp", token.claims_with("exp", expiry)),
    ]
}

/// Returns the kinds of key that a verifier of this algorithm may read from a header.
fn embedded(algorithm: &str) -> Vec<(&'static str, &str)> {
    match Hmac::of(algorithm) {
        Some(_) => vec![("a secret", algorithm), ("a public key", "RS256")],
        None => vec![("a public key", algorithm)],
    }
}

fn by_stranger(token: &Token, stranger: &Stranger, algorithm: &str, header: &Map<String, Value>) -> Option<String> {
    let signed = unsigned(header, &token.claims);
    Some(finished(&signed, &stranger.sign(algorithm, &signed)?))
}

fn with(mut header: Map<String, Value>, name: &str, value: Value) -> Map<String, Value> {
    header.insert(name.to_owned(), value);
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_url_at_the_target_has_a_path() {
        for (url, expected) in [
            ("https://api.example.com/keys?v=1#a", Some("/keys?v=1")),
            ("https://api.example.com", None),
            ("https://api.example.com.evil.example/keys", None),
            ("https://api.example.com@evil.example/keys", None),
            ("https://api.example.com:8443/keys", None),
            ("https://id.example.com/keys", None),
            ("http://api.example.com/keys", None),
            ("/keys", None),
            ("https://api.example.com/a b", None),
        ] {
            assert_eq!(path_at("https://api.example.com", url).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn a_token_by_an_algorithm_that_nobody_here_signs_by_is_forged_by_another() {
        let stranger = Stranger::new().unwrap();
        for (algorithm, by) in [("ES512", "ES256"), ("ES384", "ES384"), ("RS256", "RS256"), ("HS256", "HS256")] {
            let header = Map::from_iter([("alg".to_owned(), json!(algorithm))]);
            let token = Token::parse(&format!("{}.c2ln", unsigned(&header, &Map::new()))).unwrap();
            let forged = forged(&token, &stranger, None, "nonce");
            let foreign = forged.iter().find(|forgery| forgery.check.0 == FOREIGN_KEY.0).unwrap();
            assert_eq!(Token::parse(&foreign.token).unwrap().algorithm(), by, "{algorithm}");
            let of = |check: Negative| forged.iter().filter(move |forgery| forgery.check.0 == check.0).count();
            assert!(of(EMBEDDED) > 0 && of(REMOTE) == 2, "{algorithm}");
        }
    }
}
