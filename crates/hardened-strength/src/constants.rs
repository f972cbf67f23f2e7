//! Well-known constants: digits of π and e, and the initial values of hash functions.

/// The number of digits that are looked up. One in 10^17 texts of 20 random digits is in the table by chance.
const LOOKED_UP: usize = 20;

/// The digits of each constant, without a decimal point, in lower case.
const CONSTANTS: &[&str] = &[
    // π, e, √2, the golden ratio and ln 2, in decimal digits.
    "3141592653589793238462643383279502884197169399375105820974944592307816406286208998628034825342117067982148086513",
    "2718281828459045235360287471352662497757247093699959574966967627724076630353547594571382178525166427427466391932",
    "1414213562373095048801688724209698078569671875376948073176679737990732478462107038850387534327641572735013846230",
    "1618033988749894848204586834365638117720309179805762862135448622705260462818902449707207204189391137484754088075",
    "0693147180559945309417232121458176568075500134360255254120680009493393621969694715605863326996418687542001481020",
    // The Fibonacci numbers, and the primes.
    "112358132134558914423337761098715972584418167651094617711286574636875025121393196418317811514229832040",
    "2357111317192329313741434753596167717379838997101103107109113127131137139149151157163167173179181191193197199",
    // π and e in hexadecimal digits, from the tables of Blowfish and RC5.
    "3243f6a8885a308d313198a2e03707344a4093822299f31d0082efa98ec4e6c89452821e638d01377be5466cf34e90c6cc0ac29b7c97c50dd",
    "2b7e151628aed2a6abf7158809cf4f3c762e7160f38b4da56a784d9045190cfef324e7738926cfbe5f4bf8d8d8c31d763da06c80abb1185eb",
    // The initial values of MD5 and SHA-1, in both byte orders, and of SHA-256 and SHA-512; the constants of SHA-256 and MD5.
    "67452301efcdab8998badcfe10325476c3d2e1f0",
    "0123456789abcdeffedcba9876543210f0e1d2c3",
    "6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19",
    "6a09e667f3bcc908bb67ae8584caa73b3c6ef372fe94f82ba54ff53a5f1d36f1510e527fade682d19b05688c2b3e6c1f1f83d9abfb41bd6b5be0cd19137e2179",
    "428a2f9871374491b5c0fbcfe9b5dba53956c25b59f111f1923f82a4ab1c5ed5d807aa9812835b01243185be550c7dc372be5d7480deb1fe9bdc06a7c19bf174",
    "d76aa478e8c7b756242070dbc1bdceeef57c0faf4787c62aa8304613fd469501",
];

/// Returns whether a text consists of digits of a constant, with any separators.
pub(crate) fn is(text: &[u8]) -> bool {
    let bare = text.strip_prefix(b"0x").unwrap_or(text);
    let mut digits = [0; LOOKED_UP];
    let mut found = bare.iter().filter(|byte| byte.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase);
    for digit in &mut digits {
        match found.next() {
            Some(next) if next.is_ascii_hexdigit() => *digit = next,
            _ => return false,
        }
    }
    found.all(|byte| byte.is_ascii_hexdigit())
        && CONSTANTS.iter().any(|constant| constant.as_bytes().windows(LOOKED_UP).any(|window| window == digits))
}

#[cfg(test)]
mod tests {
    use super::is;

    #[test]
    fn digits_of_a_constant_are_known_from_any_place() {
        for text in [
            "3.14159265358979323846264338327950288",
            "14159265358979323846264338327950288419716939937510582",
            "2.718281828459045235360287471352662",
            "0x243F6A8885A308D313198A2E03707344A4093822299F31D0",
            "6a09e667-bb67ae85-3c6ef372-a54ff53a-510e527f-9b05688c-1f83d9ab-5be0cd19",
            "0123456789abcdeffedcba9876543210",
        ] {
            assert!(is(text.as_bytes()), "{text}");
        }
        for text in ["", "3.1415926535", "31415926535897932385", "3141592653589793238x", "243f6a8885a308d413198b2e"] {
            assert!(!is(text.as_bytes()), "{text}");
        }
    }
}
