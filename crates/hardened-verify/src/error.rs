//! The errors that prevent a verification from starting.

/// The reason why a verification cannot start. Nothing has been sent.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The target is not an `http:` or `https:` URL with a host.
    Target(&'static str),
    /// The trusted root certificates of this machine cannot be read.
    Trust(String),
    /// The certificates that should be trusted cannot be read.
    Ca(&'static str),
    /// The proxy is not an `http:` URL with a host.
    Proxy(&'static str),
    /// Every certificate should be accepted, but no reason is given.
    Insecure(&'static str),
    /// A header would be sent where others can read it.
    Header(&'static str),
    /// The journal belongs to another target.
    Journal(&'static str),
    /// The operating system does not provide random bytes.
    Random,
    /// The public keys are not a JSON Web Key Set.
    PublicKeys,
    /// A signing key was given for a target that is not on loopback and whose manifest does not say that it is not
    /// Production.
    SigningKey,
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Target(requirement) => write!(f, "malformed target: {requirement}"),
            Self::Trust(reason) => write!(f, "the certificates that this machine trusts cannot be read: {reason}"),
            Self::PublicKeys => f.write_str("malformed public keys: must be a JSON Web Key Set, an object with `keys`"),
            Self::SigningKey => f.write_str(
                "prohibited: a signing key, because the target is not on loopback and no manifest declares a tier \
                 other than Production; leave it out",
            ),
            Self::Ca(requirement) => write!(f, "malformed certificates: {requirement}"),
            Self::Proxy(requirement) => write!(f, "malformed proxy: {requirement}"),
            Self::Insecure(requirement) => write!(f, "missing reason: accepting every certificate {requirement}"),
            Self::Header(requirement) => write!(f, "prohibited header: {requirement}"),
            Self::Journal(requirement) => write!(f, "inconsistent journal: {requirement}"),
            Self::Random => f.write_str("the operating system does not provide random bytes"),
        }
    }
}

impl std::error::Error for Error {}
