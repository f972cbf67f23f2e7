//! The results of TLS handshakes.

/// How many days a certificate should still be valid, which leaves time to notice that it was not renewed.
pub(crate) const LASTS_DAYS: u64 = 14;

/// The first message of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hello {
    /// Offers TLS 1.2 and 1.3.
    Modern,
    /// Offers TLS 1.1 at most.
    Old,
}

impl Hello {
    /// Returns the versions, as the evidence names them.
    pub(crate) const fn versions(self) -> &'static str {
        match self {
            Self::Modern => "TLS 1.2 and 1.3",
            Self::Old => "TLS 1.1 and older",
        }
    }
}

/// The response of the server to the first message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Handshake {
    /// The server agreed on this version. The certificate will be accepted for at least `days`; `None` if that was not
    /// checked.
    Agreed { version: &'static str, days: Option<u64> },
    /// The server refused, in this way.
    Refused(&'static str),
}
