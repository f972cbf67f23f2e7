//! What a handshake of TLS shows.

/// How many days a certificate should still be valid: the time to notice that it is not renewed.
pub(crate) const LASTS_DAYS: u64 = 14;

/// The first message of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hello {
    /// With TLS 1.2 and 1.3.
    Modern,
    /// With TLS 1.1 at most.
    Old,
}

impl Hello {
    /// What evidence says.
    pub(crate) const fn versions(self) -> &'static str {
        match self {
            Self::Modern => "TLS 1.2 and 1.3",
            Self::Old => "TLS 1.1 and older",
        }
    }
}

/// How the server took it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Handshake {
    /// It agreed on this version. For how many days the certificate will be accepted at least; none where that is not
    /// judged.
    Agreed { version: &'static str, days: Option<u64> },
    /// It refused: how.
    Refused(&'static str),
}
