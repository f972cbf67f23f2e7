//! Any bytes get one verdict as a key and as a credential, and the verdict keeps to bounds that hold for all keys.

#![no_main]

use hardened_strength::{Flaw, MAX_BYTES, check_credential, check_key};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let flaws = check_key(bytes, 32);
    assert_eq!(flaws, check_key(bytes, 32));
    assert!(bytes.len() >= 32 || !flaws.is_empty());
    assert!(bytes.len() <= MAX_BYTES || !flaws.is_empty());
    for flaw in flaws {
        if let Flaw::TooShort { bytes: found, required } = flaw {
            assert!(found < required && found <= bytes.len());
        }
    }
    // A key that is refused for HS256 is refused for HS512.
    assert!(flaws.is_empty() || !check_key(bytes, 64).is_empty());
    let _ = check_credential(bytes);
});
