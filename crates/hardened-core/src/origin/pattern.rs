//! Patterns for origins that share a domain.

use std::{fmt, str::FromStr};

use super::{Flaw, Host, Origin, OriginError, host, origin::SEPARATOR, public_suffix};

/// One origin, or all origins below a domain: `https://*.example.com`.
///
/// The star matches one or more labels: `https://*.example.com` matches `https://a.example.com` and
/// `https://a.b.example.com`, but not `https://example.com` itself. The scheme and port must be those of the pattern.
///
/// | text | |
/// |---|---|
/// | `https://app.example.com` | permitted: one origin |
/// | `https://*.example.com` | permitted |
/// | `https://*.preview.example.com:8443` | permitted |
/// | `https://*.vercel.app`, `https://*.co.uk` | refused: anyone can have a name there |
/// | `https://*.run.app`, `https://*.railway.app` | refused: anyone can have a name further below |
/// | `https://*example.com`, `https://app-*.example.com` | refused: the star must be one whole label |
/// | `https://*`, `https://*.192.0.2.1`, `https://example.com:*` | refused |
///
/// It cannot guarantee that every public suffix is known: the [public suffix list](https://publicsuffix.org/) is as old as
/// this release, and some hosting companies are not on it. A supplement adds those that we know.
///
/// ```
/// use hardened::origin::{Origin, OriginPattern};
///
/// let previews = OriginPattern::parse("https://*.preview.example.com")?;
/// assert!(previews.matches(&Origin::parse("https://pr-7.preview.example.com")?));
/// assert!(!previews.matches(&Origin::parse("https://preview.example.com")?));
/// # Ok::<(), hardened::origin::OriginError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OriginPattern {
    /// The origin itself, or, for a pattern with a star, the origin of the common domain.
    base: Origin,
    below: bool,
}

impl OriginPattern {
    /// Parses a canonical origin or a pattern.
    ///
    /// # Errors
    ///
    /// An [`OriginError`] with every [`Flaw`]. A pattern at or above a public suffix is not an error; use
    /// [`is_open`](Self::is_open) to detect it.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        match text.split_once(STAR) {
            Some((scheme, domain)) if !domain.contains('*') => Self::below(&format!("{scheme}{SEPARATOR}{domain}")),
            _ => Origin::parse(text).map(Self::from),
        }
    }

    fn below(base: &str) -> Result<Self, OriginError> {
        // The error must not offer the canonical spelling, because it would lack the star.
        let base = Origin::parse(base).map_err(|error| OriginError::new(error.flaws().to_vec(), None))?;
        let is_domain = matches!(Host::parse(base.host()), Some(Host::Name(_)));
        // One letter, a dot and the base must fit into the longest domain.
        if !base.is_web() || !is_domain || base.host().len() + 2 > host::MAX_DOMAIN {
            return Err(Flaw::Wildcard.into());
        }
        Ok(Self { base, below: true })
    }

    /// Returns the origin, if this is a single origin rather than a pattern with a star.
    #[must_use]
    pub fn origin(&self) -> Option<&Origin> {
        (!self.below).then_some(&self.base)
    }

    /// Returns whether this pattern matches an origin.
    #[must_use]
    pub fn matches(&self, origin: &Origin) -> bool {
        if !self.below {
            return self.base == *origin;
        }
        let label = origin.host().strip_suffix(self.base.host()).and_then(|labels| labels.strip_suffix('.'));
        origin.scheme() == self.base.scheme() && origin.port() == self.base.port() && label.is_some()
    }

    /// Returns whether anyone can register a name that matches, because the pattern is at or above a public suffix.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.below && !self.base.is_loopback() && public_suffix::is_open(self.base.host())
    }

    /// Returns the origin itself or, for a pattern with a star, the origin of the common domain.
    #[must_use]
    pub fn base(&self) -> &Origin {
        &self.base
    }
}

impl From<Origin> for OriginPattern {
    fn from(origin: Origin) -> Self {
        Self { base: origin, below: false }
    }
}

impl FromStr for OriginPattern {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        Self::parse(text)
    }
}

/// Writes the pattern in the form that it is parsed from.
impl fmt::Display for OriginPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.below {
            false => f.write_str(self.base.as_str()),
            true => {
                let domain = self.base.as_str().get(self.base.scheme().len() + SEPARATOR.len()..).unwrap_or_default();
                write!(f, "{}{STAR}{domain}", self.base.scheme())
            }
        }
    }
}

/// Writes the pattern in the form that it is parsed from.
impl fmt::Debug for OriginPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OriginPattern({self})")
    }
}

/// The separator between the scheme and the domain of a pattern.
const STAR: &str = "://*.";
