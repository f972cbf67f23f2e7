//! Detects secrets that belong in other variables: asymmetric keys, signed tokens.

/// Returns whether the text is an asymmetric key or a certificate: PEM, OpenSSH, PuTTY.
pub(crate) fn is_pem(text: &[u8]) -> bool {
    [
        &b"-----BEGIN "[..],
        b"ssh-rsa AAAA",
        b"ssh-ed25519 AAAA",
        b"ssh-dss AAAA",
        b"ecdsa-sha2-",
        b"sk-ssh-",
        b"PuTTY-User-Key-File",
        b"AGE-SECRET-KEY-",
    ]
    .iter()
    .any(|start| text.starts_with(start))
}

/// Returns whether the text is a signed token (JWS, RFC 7515 §7.1), which every client that receives it knows.
pub(crate) fn is_token(text: &[u8]) -> bool {
    let mut parts = text.split(|byte| *byte == b'.');
    // The base64 of `{"`.
    text.starts_with(b"eyJ") && parts.clone().count() == 3 && parts.all(is_url_safe)
}

fn is_url_safe(part: &[u8]) -> bool {
    part.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::{is_pem, is_token};

    #[test]
    fn keys_of_a_pair_are_told_by_their_beginning() {
        for text in [
            "-----BEGIN PRIVATE KEY-----\nMC4CAQ\n-----END PRIVATE KEY-----",
            "-----BEGIN CERTIFICATE-----",
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI",
        ] {
            assert!(is_pem(text.as_bytes()), "{text}");
        }
        assert!(!is_pem(b"----begin"));
    }

    #[test]
    fn a_token_has_three_parts() {
        assert!(is_token(b"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_"));
        for text in ["", "eyJhbGciOiJIUzI1NiJ9", "eyJ.a", "eyJ.a.b.c", "abc.def.ghi", "eyJ.a.b+"] {
            assert!(!is_token(text.as_bytes()), "{text}");
        }
    }
}
