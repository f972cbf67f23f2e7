//! The cryptography provider behind the signatures.

use std::{panic::catch_unwind, sync::LazyLock};

use jsonwebtoken::{
    Algorithm, EncodingKey,
    crypto::{aws_lc, sign},
};

use crate::{Violation, auth::JwtAlgorithm, rule};

/// Installs the provider unless there is one, and tests the one that is installed. Runs once per process.
pub(in crate::groups::auth) fn provider_works(_: &JwtAlgorithm) -> Result<(), Violation> {
    static WORKS: LazyLock<bool> = LazyLock::new(|| {
        // An error means that the service has already installed its own choice.
        let _ = aws_lc::DEFAULT_PROVIDER.install_default();
        // If two providers are linked and none is installed, the library panics, and would do so at the first request.
        KNOWN.iter().all(|known| catch_unwind(|| signs_like(known)).unwrap_or(false))
    });
    if *WORKS {
        return Ok(());
    }
    Err(Violation::new(rule::JWT_PROVIDER, "the cryptography provider of the crate `jsonwebtoken` does not work"))
}

fn signs_like((algorithm, expected): &(Algorithm, &str)) -> bool {
    let key = EncodingKey::from_secret(b"Jefe");
    sign(b"what do ya want for nothing?", &key, *algorithm).is_ok_and(|signature| signature == *expected)
}

/// The expected signatures: the second test case of RFC 4231 §4.3, in base64url.
const KNOWN: [(Algorithm, &str); 3] = [
    (Algorithm::HS256, "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM"),
    (Algorithm::HS384, "r0XS43ZIQDFhf3jStYprG5x-9GT1oBtH5C7Dc2MiRF6OIkDKXmnix4syOez6shZJ"),
    (Algorithm::HS512, "Fkt6e_z4GeLjlfvnO1bgo4e9ZCIugx_WECcM1-olBVSXWL91wFqZSm0DT2X48Ob9yuqxo01Ka0tjbgcKOLznNw"),
];
