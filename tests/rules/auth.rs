//! Settings for tokens that the service signs, and for tokens of an identity provider.

use hardened::{Jwt, auth::Jwks};

use crate::book::Book;

const KEY: (&str, &str) = ("JWT_SECRET_KEY", crate::support::KEY);
const ISSUER: (&str, &str) = ("JWT_ISSUER", "https://tenant.eu.auth0.com/");
const AUDIENCE: (&str, &str) = ("JWT_AUDIENCE", "api");
const KEYS: (&str, &str) = ("JWT_JWKS_URL", "https://tenant.eu.auth0.com/.well-known/jwks.json");

#[rustfmt::skip]
const OWN: &[(&str, &[(&str, &str)])] = &[
    ("an algorithm with a public key", &[KEY, ("JWT_ALGORITHM", "RS256")]),
    ("a slip in the algorithm", &[KEY, ("JWT_ALGORITHM", "HS265")]),
    ("no algorithm", &[KEY, ("JWT_ALGORITHM", "none")]),
    ("a key that is too short for its algorithm", &[KEY, ("JWT_ALGORITHM", "HS512")]),
    ("a lifetime that is too long", &[KEY, ("JWT_EXPIRATION_MINUTES", "43201")]),
    ("a lifetime of two days", &[KEY, ("JWT_EXPIRATION_MINUTES", "2880")]),
    ("an issuer of two lines", &[KEY, ("JWT_ISSUER", "a\nb")]),
    ("a password in the issuer", &[KEY, ("JWT_ISSUER", "https://user:9Jk2vPq7Rt3@issuer.acme.io/")]),
];

#[rustfmt::skip]
const OF_A_PROVIDER: &[(&str, &[(&str, &str)])] = &[
    ("an algorithm with a shared secret", &[ISSUER, AUDIENCE, KEYS, ("JWT_ALGORITHM", "HS256")]),
    ("keys over http", &[ISSUER, AUDIENCE, ("JWT_JWKS_URL", "http://tenant.eu.auth0.com/.well-known/jwks.json")]),
    ("keys at no URL", &[ISSUER, AUDIENCE, ("JWT_JWKS_URL", "tenant.eu.auth0.com")]),
    ("a user in the URL of the keys", &[ISSUER, AUDIENCE, ("JWT_JWKS_URL", "https://user@tenant.eu.auth0.com/jwks")]),
];

pub(crate) fn book() -> Book {
    let mut book = Book::default();
    book.rows::<Jwt>("production", OWN);
    book.rows::<Jwks>("production", OF_A_PROVIDER);
    book
}
