//! Checks of the token itself, without a request.

use std::time::{SystemTime, UNIX_EPOCH};

use hardened_core::verification::Exchange;
use hardened_strength::{Sighting, in_text};
use serde_json::{Map, Value};

use super::checks::{ALGORITHM, LIFETIME, PERSONAL, PUBLISHED, SECRET};
use crate::{
    context::Context,
    control::Control,
    forge::{Found, SEARCHED, Token, search},
    judge::Seen,
    outcome::{Fact, Outcome},
};

/// The maximum lifetime in seconds, if none is promised.
const LONGEST: u64 = 86_400;

/// The algorithms of RFC 7518, section 3.1, and RFC 8037.
const KNOWN: [&str; 14] = [
    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
    "EdDSA", "Ed25519",
];

/// Parts of the names of claims that hold a secret, in lower case and without separators.
const SECRETS: [&str; 12] = [
    "password",
    "passwd",
    "pwd",
    "secret",
    "apikey",
    "privatekey",
    "accesskey",
    "creditcard",
    "cardnumber",
    "cvv",
    "ssn",
    "pincode",
];

/// Names of claims with personal data: OpenID Connect Core, section 5.1, and similar ones.
const PERSONAL_NAMES: [&str; 9] =
    ["email", "phone", "phonenumber", "birthdate", "dateofbirth", "address", "gender", "iban", "mobile"];

pub(super) async fn run(
    context: &Context,
    token: &Token,
    before: Option<&Exchange>,
    control: &Result<Control, String>,
) -> Vec<Outcome> {
    let evidence = || before.cloned().into_iter().collect::<Vec<_>>();
    let judged = |problem: Option<Fact>| match problem {
        Some(fact) => Seen::Broken(fact, evidence()),
        None => Seen::Refused(evidence()),
    };
    let promised = context.tokens.as_ref();
    let algorithms = promised.map(|rules| rules.algorithms.as_slice()).unwrap_or_default();
    let lifetime = promised.and_then(|rules| rules.lifetime_seconds);
    let is_asked = !context.prober.is_rehearsal() && !context.unasked.contains(PUBLISHED.0.id());
    let key = if is_asked { searched(token).await } else { None };
    let published = match token.hmac() {
        Some(_) => PUBLISHED.judged(judged(key), control),
        None => PUBLISHED.skipped("the token is not signed with HMAC"),
    };
    vec![
        published,
        ALGORITHM.judged(judged(algorithm(token, algorithms)), control),
        LIFETIME.judged(judged(too_long(token, lifetime)), control),
        SECRET.judged(judged(named(&token.claims, "", is_secret, "a secret")), control),
        PERSONAL.judged(judged(named(&token.claims, "", is_personal, "personal data")), control),
    ]
}

/// Searches the published keys. This takes a while, so it runs on another thread and does not block the other families.
async fn searched(token: &Token) -> Option<Fact> {
    let token = token.clone();
    match tokio::task::spawn_blocking(move || search(&token)).await.ok()?? {
        Found::Empty => Some("the key is empty".into()),
        Found::Published => Some(Fact::new("the key is one of ").with(SEARCHED).with(" published keys")),
    }
}

fn algorithm(token: &Token, promised: &[String]) -> Option<Fact> {
    let name = token.algorithm();
    if !KNOWN.contains(&name) {
        return Some(Fact::new("the token is signed with ").quoting(name));
    }
    let is_promised = promised.is_empty() || promised.iter().any(|promised| promised == name);
    (!is_promised)
        .then(|| Fact::new("the token is signed with ").with(name).with(", which the service does not promise"))
}

fn too_long(token: &Token, promised: Option<u64>) -> Option<Fact> {
    let number = |name: &str| token.claims.get(name).and_then(Value::as_f64);
    let Some(expiry) = number("exp") else { return Some("the token has no expiry".into()) };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let seconds = expiry - number("iat").or_else(|| number("nbf")).unwrap_or(now as f64);
    let longest = promised.unwrap_or(LONGEST);
    // One minute is allowed for differences between clocks.
    (seconds > longest as f64 + 60.0).then(|| {
        Fact::new("the token is valid for ").with(seconds as u64).with(" s, longer than ").with(longest).with(" s")
    })
}

/// Returns a fact about the first claim, at any depth, whose name or value satisfies the predicate.
fn named(claims: &Map<String, Value>, above: &str, is: fn(&str, &Value) -> bool, what: &'static str) -> Option<Fact> {
    claims.iter().find_map(|(name, value)| {
        let path = format!("{above}{name}");
        if is(name, value) {
            return Some(Fact::new("the claim ").quoting(&path).with(" looks like ").with(what));
        }
        match value {
            Value::Object(inner) => named(inner, &format!("{path}."), is, what),
            _ => None,
        }
    })
}

fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

fn is_secret(name: &str, value: &Value) -> bool {
    let name = plain(name);
    let is_text = value.as_str().is_some_and(|text| !text.is_empty());
    // A flag such as `password_expired` is not a secret.
    let has_name = |part: &&str| name == **part || name.ends_with(*part) || name.ends_with(&format!("{part}hash"));
    let form = value.as_str().and_then(in_text);
    let has_form = matches!(form, Some(Sighting::Password | Sighting::PrivateKey | Sighting::Issued));
    has_form || is_text && SECRETS.iter().any(has_name)
}

fn is_personal(name: &str, value: &Value) -> bool {
    let is_address = |text: &str| {
        text.split_once('@')
            .is_some_and(|(user, host)| !user.is_empty() && host.contains('.') && !text.contains([' ', '/']))
    };
    let has_value = value.is_object() || value.as_str().is_some_and(|text| !text.is_empty());
    has_value && PERSONAL_NAMES.contains(&plain(name).as_str()) || value.as_str().is_some_and(is_address)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn token(claims: &Value) -> Token {
        let Value::Object(claims) = claims else { unreachable!("claims are an object") };
        let header = Map::from_iter([("alg".to_owned(), json!("HS256"))]);
        Token::parse(&crate::forge::finished(&crate::forge::unsigned(&header, claims), b"")).unwrap()
    }

    #[test]
    fn a_lifetime_is_judged_from_the_issue_to_the_expiry() {
        for (claims, promised, is_too_long) in [
            (json!({ "iat": 1_000, "exp": 4_600 }), None, false),
            (json!({ "iat": 1_000, "exp": 87_400 }), None, false),
            (json!({ "iat": 1_000, "exp": 87_461 }), None, true),
            (json!({ "iat": 1_000, "exp": 4_600 }), Some(1_800), true),
            (json!({ "iat": 1_000, "exp": 2_592_000 }), Some(2_592_000), false),
            (json!({ "nbf": 1_000, "exp": 2_592_000 }), None, true),
            (json!({ "exp": 4_102_444_800_u64 }), None, true),
            (json!({ "iat": 1_000 }), None, true),
            (json!({ "iat": 1_000, "exp": "later" }), None, true),
        ] {
            assert_eq!(too_long(&token(&claims), promised).is_some(), is_too_long, "{claims}");
        }
    }

    #[test]
    fn claims_with_secrets_and_personal_data_are_known_by_name_and_form() {
        for (claims, secret, personal) in [
            (json!({ "sub": "7", "role": "user", "scope": "tasks:read" }), None, None),
            (json!({ "password": "x" }), Some("`password`"), None),
            (json!({ "user": { "password_hash": "x" } }), Some("`user.password_hash`"), None),
            (json!({ "clientSecret": "x" }), Some("`clientSecret`"), None),
            (json!({ "db": "postgres://app:hunter2-hunter2@db.example.com/app" }), Some("`db`"), None),
            (json!({ "jti": "0c5ab1f2-6b0e-4f0e-9d8e-3f6f0f3f5a11", "sid": "kV9w0cW8J3z6oQ2nB7xT5yR1" }), None, None),
            (json!({ "password": "" }), None, None),
            (json!({ "password_expired": false, "secretary": "x" }), None, None),
            (json!({ "email": "a@b.example" }), None, Some("`email`")),
            (json!({ "email_verified": true }), None, None),
            (json!({ "sub": "a@b.example" }), None, Some("`sub`")),
            (json!({ "iss": "https://id.example/a@b" }), None, None),
            (json!({ "profile": { "phone_number": "1" } }), None, Some("`profile.phone_number`")),
        ] {
            let token = token(&claims);
            for (found, expected) in [
                (named(&token.claims, "", is_secret, "a secret"), secret),
                (named(&token.claims, "", is_personal, "personal data"), personal),
            ] {
                let found = found.map(|fact| fact.to_string());
                assert_eq!(found.is_some(), expected.is_some(), "{claims}: {found:?}");
                assert!(found.unwrap_or_default().contains(expected.unwrap_or_default()), "{claims}");
            }
        }
    }
}
