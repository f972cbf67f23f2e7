//! Tokens that must be refused.

use hardened::{
    Jwt, Loaded,
    auth::TokenError::{self, *},
};
use jsonwebtoken::Algorithm::{HS256, HS384, HS512};
use serde_json::{Value, json};

use super::token::{KEY, OTHER_KEY, at, base64url, jwt, signed, usual};

fn verified(jwt: &Loaded<Jwt>, token: &str) -> Result<Value, TokenError> {
    jwt.verifier().verify(token)
}

fn claims() -> Value {
    json!({"sub": "alice", "exp": at(600)})
}

/// The usual claims with one replaced, or removed if the value is null.
fn with(name: &str, value: Value) -> Value {
    let mut claims = json!({"sub": "alice", "exp": at(600), "iss": "us", "aud": "here"});
    match value {
        Value::Null => drop(claims.as_object_mut().unwrap().remove(name)),
        value => claims[name] = value,
    }
    claims
}

#[test]
fn a_token_by_another_algorithm_is_refused_whatever_its_signature_says() {
    let jwt = jwt(&[]);
    let parts = |header: Value| format!("{}.{}", base64url(header.to_string()), base64url(claims().to_string()));
    let none = |name: &str, signature: &str| format!("{}.{signature}", parts(json!({"alg": name})));
    let named = |name: &str| signed(&json!({"alg": name}), &claims(), HS256, KEY);
    for (token, error) in [
        (none("none", ""), Algorithm),
        (none("None", ""), Algorithm),
        (none("NONE", "x"), Algorithm),
        (none("", ""), Algorithm),
        (named("none"), Algorithm),
        (named("hs256"), Algorithm),
        (named("RS256"), Algorithm),
        (named("ES256"), Algorithm),
        (named("EdDSA"), Algorithm),
        (named("HS384"), Algorithm),
        (signed(&json!({"alg": "HS384"}), &claims(), HS384, KEY), Algorithm),
        (signed(&json!({"alg": "HS512"}), &claims(), HS512, KEY), Algorithm),
        (signed(&json!({"alg": "HS256"}), &claims(), HS512, KEY), Signature),
        (signed(&json!({"alg": ["HS256"]}), &claims(), HS256, KEY), Malformed),
        (signed(&json!({"alg": null}), &claims(), HS256, KEY), Malformed),
        (signed(&json!({"typ": "JWT"}), &claims(), HS256, KEY), Algorithm),
    ] {
        assert_eq!(verified(&jwt, &token), Err(error), "{token}");
    }
}

#[test]
fn keys_that_a_header_names_are_not_trusted() {
    let jwt = jwt(&[]);
    let jwk = json!({"kty": "oct", "k": base64url(OTHER_KEY)});
    for header in [
        json!({"alg": "HS256", "jwk": jwk}),
        json!({"alg": "HS256", "jku": "https://evil.example/keys"}),
        json!({"alg": "HS256", "x5u": "https://evil.example/cert"}),
        json!({"alg": "HS256", "kid": "../../dev/null"}),
        json!({"alg": "HS256", "kid": "' or 1=1 --"}),
    ] {
        assert_eq!(verified(&jwt, &signed(&header, &claims(), HS256, OTHER_KEY)), Err(Signature), "{header}");
    }
}

#[test]
fn a_critical_extension_is_refused_whatever_its_value() {
    for crit in [json!(["b64"]), json!([]), json!(null), json!("exp"), json!({}), json!(false)] {
        let header = json!({"alg": "HS256", "crit": crit, "b64": false});
        assert_eq!(verified(&jwt(&[]), &signed(&header, &claims(), HS256, KEY)), Err(Critical), "{header}");
    }
}

#[test]
fn a_parameter_of_the_header_has_the_type_that_the_standard_gives_it() {
    let jwt = jwt(&[]);
    for (name, value, accepted) in [
        ("typ", json!("JWT"), true),
        ("typ", json!("at+jwt"), true),
        ("typ", json!(null), false),
        ("typ", json!(["JWT"]), false),
        ("kid", json!("1"), true),
        ("kid", json!(1), false),
        ("kid", json!(null), false),
        ("cty", json!(5), false),
        ("jku", json!({}), false),
        ("x5u", json!(5), false),
        ("x5t", json!(5), false),
        ("x5t#S256", json!([]), false),
        ("x5c", json!(["MIIB"]), true),
        ("x5c", json!("MIIB"), false),
        ("x5c", json!([5]), false),
        ("jwk", json!({"kty": "oct"}), true),
        ("jwk", json!("oct"), false),
        ("ours", json!(5), true),
    ] {
        let mut header = json!({"alg": "HS256"});
        header[name] = value;
        let expected = if accepted { None } else { Some(Malformed) };
        assert_eq!(verified(&jwt, &signed(&header, &claims(), HS256, KEY)).err(), expected, "{header}");
    }
}

#[test]
fn a_token_that_was_changed_is_refused() {
    let jwt = jwt(&[]);
    let token = usual(&claims());
    let [header, body, signature] = token.split('.').collect::<Vec<_>>()[..] else { panic!("{token}") };
    let root = base64url(json!({"sub": "root", "exp": at(600)}).to_string());
    for changed in [
        format!("{header}.{root}.{signature}"),
        format!("{header}.{body}."),
        format!("{header}.{body}.{}", &signature[1..]),
        format!("{header}.{body}.{signature}A"),
        signed(&json!({"alg": "HS256"}), &claims(), HS256, OTHER_KEY),
        signed(&json!({"alg": "HS256"}), &claims(), HS256, ""),
    ] {
        let error = verified(&jwt, &changed).unwrap_err();
        // A change that breaks the base64url makes the token malformed.
        assert!(matches!(error, Signature | Malformed), "{error} {changed}");
    }
    assert!(verified(&jwt, &token).is_ok());
}

#[test]
fn a_text_that_is_not_a_token_is_refused_and_nothing_panics() {
    let jwt = jwt(&[]);
    let token = usual(&claims());
    for wrong in [
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        "...".to_owned(),
        "a.b.c".to_owned(),
        "null".to_owned(),
        "é.é.é".to_owned(),
        "\u{0}.\u{0}.\u{0}".to_owned(),
        format!("{token}.extra"),
        format!(" {token}"),
        format!("{token}\n"),
        token.replace('.', ""),
        "x".repeat(1 << 20),
        format!("{token}{}", "A".repeat(1 << 20)),
        usual(&with("sub", "x".repeat(20_000).into())),
        format!("{}.e30.", base64url("[]")),
        format!("{}.e30.", base64url("not json")),
    ] {
        let error = verified(&jwt, &wrong).unwrap_err();
        let shown: String = wrong.chars().take(40).collect();
        assert!(matches!(error, Malformed | Signature | Algorithm), "{error} {shown}");
    }
}

#[test]
fn claims_are_judged_when_the_signature_is_right() {
    let jwt = jwt(&[("JWT_ISSUER", "us"), ("JWT_AUDIENCE", "here")]);
    for (name, value, expected) in [
        ("sub", json!("bob"), None),
        ("exp", Value::Null, Some(ClaimMissing)),
        ("exp", json!(at(-3600)), Some(Expired)),
        ("exp", json!(at(-120)), Some(Expired)),
        ("exp", json!(at(-30)), None),
        ("exp", json!(0), Some(Expired)),
        ("exp", json!(-1), Some(Expired)),
        ("exp", json!(at(600) as f64 + 0.5), None),
        ("exp", json!("never"), Some(Claims)),
        ("exp", json!([at(600)]), Some(Claims)),
        ("exp", json!(u64::MAX), None),
        ("nbf", json!(at(3600)), Some(NotYetValid)),
        ("nbf", json!(at(30)), None),
        ("nbf", json!(at(-30)), None),
        ("nbf", json!("later"), Some(Claims)),
        ("iss", Value::Null, Some(ClaimMissing)),
        ("iss", json!("them"), Some(Issuer)),
        ("iss", json!(""), Some(Issuer)),
        ("iss", json!("US"), Some(Issuer)),
        ("aud", Value::Null, Some(ClaimMissing)),
        ("aud", json!("there"), Some(Audience)),
        ("aud", json!([]), Some(Audience)),
        ("aud", json!(["there", "here"]), None),
        ("aud", json!({"here": true}), Some(Claims)),
        ("iss", json!(["them", "us"]), Some(Claims)),
        ("iss", json!(["us"]), Some(Claims)),
        ("iat", json!(at(3600)), None),
    ] {
        let outcome = verified(&jwt, &usual(&with(name, value.clone())));
        assert_eq!(outcome.err(), expected, "{name}: {value}");
    }
}

#[test]
fn a_claim_of_a_wrong_type_is_refused_even_if_it_is_not_required() {
    let jwt = jwt(&[]);
    let wrong = |right: &[Value]| {
        let all = [json!(null), json!(5), json!(true), json!("us"), json!(["us"]), json!(["us", 5]), json!({"us": 1})];
        all.into_iter().filter(|value| !right.contains(value)).collect::<Vec<_>>()
    };
    for (name, right) in [
        ("exp", vec![json!(5)]),
        ("nbf", vec![json!(5)]),
        ("iat", vec![json!(5)]),
        ("iss", vec![json!("us")]),
        ("sub", vec![json!("us")]),
        ("jti", vec![json!("us")]),
        ("aud", vec![json!("us"), json!(["us"])]),
    ] {
        for value in wrong(&right) {
            let mut claims = claims();
            claims[name] = value;
            assert_eq!(verified(&jwt, &usual(&claims)), Err(Claims), "{claims}");
        }
    }
    for (name, value) in [("iat", json!(at(3600))), ("iat", json!(1.5)), ("iss", json!("them")), ("ours", json!(null))]
    {
        let mut claims = claims();
        claims[name] = value;
        assert!(verified(&jwt, &usual(&claims)).is_ok(), "{claims}");
    }
}

#[test]
fn a_token_for_an_audience_is_refused_where_none_is_set() {
    let jwt = jwt(&[]);
    for audience in [json!("there"), json!(["there"]), json!([]), json!("")] {
        assert_eq!(verified(&jwt, &usual(&json!({"exp": at(600), "aud": audience}))), Err(Audience), "{audience}");
    }
    assert!(verified(&jwt, &usual(&json!({"exp": at(600), "iss": "them"}))).is_ok());
}

#[test]
fn claims_that_are_repeated_or_not_an_object_are_refused() {
    let jwt = jwt(&[]);
    let (early, late) = (at(-3600), at(600));
    for claims in [
        format!(r#"{{"exp":{early},"exp":{late}}}"#),
        format!(r#"{{"exp":{late},"sub":"alice","sub":"root"}}"#),
        format!(r#"{{"exp":{late},"role":"user","role":"admin"}}"#),
        format!(r#"{{"exp":{late},"s\u0075b":"alice","sub":"root"}}"#),
        format!(r#"{{"exp":{late}}}{{"exp":{late}}}"#),
        format!(r#"{{"exp":1e999,"sub":"{late}"}}"#),
        "[]".to_owned(),
        "1".to_owned(),
        "{".to_owned(),
        String::new(),
    ] {
        let message = format!("{}.{}", base64url(r#"{"alg":"HS256"}"#), base64url(&claims));
        let key = jsonwebtoken::EncodingKey::from_secret(KEY.as_bytes());
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &key, HS256).unwrap();
        assert_eq!(verified(&jwt, &format!("{message}.{signature}")), Err(Claims), "{claims}");
    }
}

#[test]
fn a_header_with_a_repeated_name_is_refused() {
    for header in
        [r#"{"alg":"HS256","alg":"none"}"#, r#"{"alg":"none","alg":"HS256"}"#, r#"{"alg":"HS256","x":1,"x":1}"#]
    {
        let message = format!("{}.{}", base64url(header), base64url(claims().to_string()));
        let key = jsonwebtoken::EncodingKey::from_secret(KEY.as_bytes());
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &key, HS256).unwrap();
        assert_eq!(verified(&jwt(&[]), &format!("{message}.{signature}")), Err(Malformed), "{header}");
    }
}

#[test]
fn the_previous_key_verifies_and_never_signs() {
    let before = jwt(&[]);
    let rotated = jwt(&[("JWT_SECRET_KEY", OTHER_KEY), ("JWT_SECRET_KEY_PREVIOUS", KEY)]);
    let after = jwt(&[("JWT_SECRET_KEY", OTHER_KEY)]);
    let (old, new) = (before.signer().sign(&claims()).unwrap(), rotated.signer().sign(&claims()).unwrap());
    for (settings, token, accepted) in [
        (&before, &old, true),
        (&before, &new, false),
        (&rotated, &old, true),
        (&rotated, &new, true),
        (&after, &old, false),
        (&after, &new, true),
    ] {
        assert_eq!(verified(settings, token).is_ok(), accepted);
    }
}

#[test]
fn in_a_rotation_of_three_steps_no_instance_meets_a_token_that_it_cannot_verify() {
    let steps = [
        jwt(&[]),
        jwt(&[("JWT_SECRET_KEY_PREVIOUS", OTHER_KEY)]),
        jwt(&[("JWT_SECRET_KEY", OTHER_KEY), ("JWT_SECRET_KEY_PREVIOUS", KEY)]),
        jwt(&[("JWT_SECRET_KEY", OTHER_KEY)]),
    ];
    // While a step is rolled out, old and new instances run side by side. Before the last step, old tokens expire.
    for (index, pair) in steps.windows(2).enumerate().take(2) {
        for (signs, verifies) in [(&pair[0], &pair[1]), (&pair[1], &pair[0])] {
            let token = signs.signer().sign(&claims()).unwrap();
            assert!(verified(verifies, &token).is_ok(), "step {}", index + 1);
        }
    }
    let token = steps[2].signer().sign(&claims()).unwrap();
    assert!(verified(&steps[3], &token).is_ok());
}

#[test]
fn a_token_of_the_previous_key_is_judged_like_every_other() {
    let rotated = jwt(&[("JWT_SECRET_KEY", OTHER_KEY), ("JWT_SECRET_KEY_PREVIOUS", KEY)]);
    assert_eq!(verified(&rotated, &usual(&json!({"exp": at(-3600)}))), Err(Expired));
    assert_eq!(verified(&rotated, &usual(&json!({"sub": "alice"}))), Err(ClaimMissing));
}
