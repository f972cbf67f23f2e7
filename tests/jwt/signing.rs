//! Signing of tokens.

use hardened::auth::TokenError;
use serde_json::{Value, json};

use super::token::{KEY, at, jwt};

#[test]
fn every_algorithm_signs_what_it_verifies() {
    for algorithm in ["HS256", "HS384", "HS512"] {
        let jwt = jwt(&[("JWT_ALGORITHM", algorithm)]);
        let token = jwt.signer().sign(&json!({"sub": "alice"})).unwrap();
        assert_eq!(jsonwebtoken::decode_header(&token).unwrap().alg, algorithm.parse().unwrap());
        assert_eq!(jwt.verifier().verify::<Value>(&token).unwrap()["sub"], "alice");
    }
}

#[test]
fn a_token_says_when_it_ends_who_signed_it_and_for_whom() {
    let jwt = jwt(&[("JWT_ISSUER", "us"), ("JWT_AUDIENCE", "here"), ("JWT_EXPIRATION_MINUTES", "5")]);
    let asked = json!({"sub": "alice", "iss": "them", "aud": "there", "iat": 0, "exp": at(1_000_000)});
    let claims: Value = jwt.verifier().verify(&jwt.signer().sign(&asked).unwrap()).unwrap();
    assert_eq!((&claims["iss"], &claims["aud"]), (&json!("us"), &json!("here")));
    let (begin, end) = (claims["iat"].as_i64().unwrap(), claims["exp"].as_i64().unwrap());
    assert_eq!(end - begin, 300);
    assert!((begin - at(0)).abs() < 60);
}

#[test]
fn claims_can_end_earlier() {
    let jwt = jwt(&[]);
    let earlier = at(30);
    let claims: Value = jwt.verifier().verify(&jwt.signer().sign(&json!({"exp": earlier})).unwrap()).unwrap();
    assert_eq!(claims["exp"], earlier);
}

#[test]
fn a_value_that_is_not_a_set_of_claims_is_not_signed() {
    let signer = jwt(&[]).signer();
    for claims in [
        json!([]),
        json!("alice"),
        json!(null),
        json!({"exp": "never"}),
        json!({"exp": -1}),
        json!({"exp": 1.5}),
        json!({"sub": 7}),
        json!({"jti": null}),
        json!({"nbf": "later"}),
        json!({"aud": [7]}),
    ] {
        assert_eq!(signer.sign(&claims), Err(TokenError::Claims), "{claims}");
    }
}

#[test]
fn nothing_that_signs_or_verifies_shows_a_key() {
    let jwt = jwt(&[]);
    for shown in
        [format!("{jwt:?}"), format!("{:?}", *jwt), format!("{:?}", jwt.signer()), format!("{:?}", jwt.verifier())]
    {
        assert!(!shown.contains(&KEY[..8]), "{shown}");
    }
}

#[test]
fn an_error_holds_nothing_of_the_token() {
    let error = jwt(&[]).verifier().verify::<Value>("hunter2.hunter2.hunter2").unwrap_err();
    assert_eq!(error.to_string(), "malformed");
    assert!(std::error::Error::source(&error).is_none());
}
