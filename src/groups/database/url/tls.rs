//! Encryption and verification of a connection: what a URL asks for, and what it gets.

use hardened_core::{manifest::Transport, text::boolean};

use crate::{Violation, message, rule};

/// How a connection is encrypted, from the weakest to the strongest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Tls {
    /// The connection is not encrypted.
    Disable,
    /// The connection is encrypted if the server offers it; anyone on the network path can remove the offer.
    Prefer,
    /// The connection is encrypted or not made at all; the server is not verified.
    Require,
    /// The connection is encrypted; the certificate must come from the given authority, for any host.
    VerifyCa,
    /// The connection is encrypted; the certificate must come from a trusted authority and name the host.
    VerifyFull,
}

impl Tls {
    /// Returns the value of `sslmode` for this mode.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Disable => "disable",
            Self::Prefer => "prefer",
            Self::Require => "require",
            Self::VerifyCa => "verify-ca",
            Self::VerifyFull => "verify-full",
        }
    }

    /// Returns the same mode as the manifest names it.
    pub(crate) fn transport(self) -> Transport {
        match self {
            Self::Disable => Transport::Disable,
            Self::Prefer => Transport::Prefer,
            Self::Require => Transport::Require,
            Self::VerifyCa => Transport::VerifyCa,
            Self::VerifyFull => Transport::VerifyFull,
        }
    }

    /// Parses `sslmode`. `no-verify` is node-postgres's name for `require`; `allow`, like `prefer`, can end up unencrypted.
    ///
    /// # Errors
    ///
    /// `database-malformed`.
    pub(crate) fn of_sslmode(text: &str) -> Result<Self, Violation> {
        let is = |word: &&(&str, Self)| word.0.eq_ignore_ascii_case(text);
        MODES.iter().find(is).map(|(_, mode)| *mode).ok_or_else(|| {
            let known = MODES.iter().map(|(word, _)| *word);
            Violation::new(rule::DATABASE_MALFORMED, message!("sslmode must be one of ").list(", ", known))
                .remedy("correct sslmode")
        })
    }

    /// Parses `ssl`: a boolean, or a word of `sslmode` (asyncpg).
    ///
    /// # Errors
    ///
    /// `database-malformed`.
    pub(super) fn of_ssl(text: &str) -> Result<Self, Violation> {
        match boolean(text) {
            Some(true) => Ok(Self::Require),
            Some(false) => Ok(Self::Disable),
            None if text.is_empty() => Ok(Self::Require),
            None => Self::of_sslmode(text).map_err(|_| {
                Violation::new(rule::DATABASE_MALFORMED, "ssl must be true or false")
                    .remedy("use sslmode for other choices")
            }),
        }
    }
}

const MODES: [(&str, Tls); 7] = [
    ("disable", Tls::Disable),
    ("allow", Tls::Prefer),
    ("prefer", Tls::Prefer),
    ("require", Tls::Require),
    ("no-verify", Tls::Require),
    ("verify-ca", Tls::VerifyCa),
    ("verify-full", Tls::VerifyFull),
];

/// The authorities whose certificates are trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Root {
    /// The authorities that the operating system trusts.
    System,
    /// The authorities in a file.
    File,
}

/// What the URL asks for about TLS.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) mode: Option<Tls>,
    pub(super) root: Option<Root>,
}

impl Request {
    /// Returns the mode that this request means, where an absent `sslmode` means `absent`. As in libpq, a URL that
    /// names an authority wants the certificate checked: `require` with `sslrootcert` is `verify-ca`, and the system's
    /// authorities are only useful together with the host's name.
    pub(super) fn effective(&self, absent: Tls) -> Tls {
        match (self.mode, self.root) {
            (None | Some(Tls::Require), Some(Root::System)) => Tls::VerifyFull,
            (None | Some(Tls::Require), Some(Root::File)) => Tls::VerifyCa,
            (mode, _) => mode.unwrap_or(absent),
        }
    }

    /// Returns whether the request asks for verification that its mode does not provide.
    pub(super) fn contradicts(&self) -> bool {
        matches!(
            (self.mode, self.root),
            (Some(Tls::Disable | Tls::Prefer), Some(_)) | (Some(Tls::VerifyCa), Some(Root::System))
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_every_program_are_read() {
        for (text, mode) in [
            ("disable", Some(Tls::Disable)),
            ("allow", Some(Tls::Prefer)),
            ("Require", Some(Tls::Require)),
            ("no-verify", Some(Tls::Require)),
            ("verify-full", Some(Tls::VerifyFull)),
            ("verify_full", None),
            ("", None),
            ("true", None),
        ] {
            assert_eq!(Tls::of_sslmode(text).ok(), mode, "{text}");
        }
        for (text, mode) in [
            ("true", Some(Tls::Require)),
            ("0", Some(Tls::Disable)),
            ("verify-full", Some(Tls::VerifyFull)),
            ("maybe", None),
        ] {
            assert_eq!(Tls::of_ssl(text).ok(), mode, "{text}");
        }
    }

    #[test]
    fn a_named_authority_is_checked() {
        let request = |mode, root| Request { mode, root };
        for (request, effective) in [
            (request(None, None), Tls::Require),
            (request(None, Some(Root::File)), Tls::VerifyCa),
            (request(Some(Tls::Require), Some(Root::File)), Tls::VerifyCa),
            (request(Some(Tls::Require), Some(Root::System)), Tls::VerifyFull),
            (request(Some(Tls::VerifyFull), Some(Root::File)), Tls::VerifyFull),
            (request(Some(Tls::Disable), None), Tls::Disable),
        ] {
            assert_eq!(request.effective(Tls::Require), effective, "{request:?}");
        }
        assert!(request(Some(Tls::Prefer), Some(Root::System)).contradicts());
        assert!(!request(Some(Tls::VerifyFull), Some(Root::System)).contradicts());
    }
}
