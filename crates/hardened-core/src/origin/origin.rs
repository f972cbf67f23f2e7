//! The type [`Origin`], in its canonical spelling.

use std::fmt;

use super::host::{Host, port_start};
use crate::text::distance;

/// A web origin in the spelling that browsers send: scheme, host, and a port unless it is the scheme's default.
///
/// Two origins are the same exactly when their texts are, so comparing one with an `Origin` header needs no parsing. The
/// spelling is that of the [HTML standard](https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin)
/// and of [RFC 6454](https://www.rfc-editor.org/rfc/rfc6454#section-6.2).
///
/// | text | |
/// |---|---|
/// | `https://app.example.com` | permitted |
/// | `https://app.example.com:8443` | permitted |
/// | `https://xn--bcher-kva.example` | permitted |
/// | `http://[::1]:3000` | permitted (a separate rule judges the use of loopback) |
/// | `capacitor://localhost` | permitted (a separate rule judges the scheme) |
/// | `https://app.example.com/` | refused: has a path |
/// | `https://app.example.com:443` | refused: has the default port of the scheme |
/// | `https://APP.example.com` | refused: upper case |
/// | `https://bücher.example` | refused: not ASCII |
/// | `https://user@app.example.com` | refused: user information |
/// | `null`, `*`, `https://*.example.com` | refused: not an origin |
///
/// It cannot guarantee that anything answers at that host, nor who owns it.
///
/// ```
/// use hardened::origin::Origin;
///
/// let origin = Origin::parse("https://app.example.com:8443")?;
/// assert_eq!((origin.scheme(), origin.host(), origin.port()), ("https", "app.example.com", Some(8443)));
///
/// let error = Origin::parse("HTTPS://App.example.com/").unwrap_err();
/// assert_eq!(error.canonical().map(Origin::as_str), Some("https://app.example.com"));
/// # Ok::<(), hardened::origin::OriginError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    text: Box<str>,
    scheme_end: usize,
    host_end: usize,
}

impl Origin {
    /// Returns the text of the origin as browsers send it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the scheme, such as `https`.
    #[must_use]
    pub fn scheme(&self) -> &str {
        self.text.get(..self.scheme_end).unwrap_or_default()
    }

    /// Returns the host: an ASCII domain, an IPv4 address, or an IPv6 address in brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        self.text.get(self.scheme_end + SEPARATOR.len()..self.host_end).unwrap_or_default()
    }

    /// Returns the port, unless it is the scheme's default.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.text.get(self.host_end + 1..)?.parse().ok()
    }

    /// Returns whether the scheme is `http` or `https`.
    #[must_use]
    pub fn is_web(&self) -> bool {
        matches!(self.scheme(), "http" | "https")
    }

    /// Returns whether the host can only be the machine itself: `localhost` and names below it
    /// ([RFC 6761](https://www.rfc-editor.org/rfc/rfc6761#section-6.3)), `127.0.0.0/8`, `::1`, and the unspecified
    /// addresses.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        Host::parse(self.host()).is_some_and(Host::is_loopback)
    }

    /// Parses an origin only if it has the canonical spelling.
    pub(super) fn canonical(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once(SEPARATOR)?;
        let port_start = port_start(rest);
        let (host, port) = rest.split_at_checked(port_start)?;
        let port = match port.strip_prefix(':') {
            Some(digits) => Some(canonical_port(digits)?),
            None => None,
        };
        let valid = is_scheme(scheme)
            && meant_scheme(scheme).is_none()
            && port.is_none_or(|port| default_port(scheme) != Some(port));
        let is_name = matches!(Host::canonical(host)?, Host::Name(_));
        (valid && (is_name || default_port(scheme).is_some())).then(|| Self {
            text: text.into(),
            scheme_end: scheme.len(),
            host_end: scheme.len() + SEPARATOR.len() + host.len(),
        })
    }
}

impl AsRef<str> for Origin {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

/// Writes the origin as browsers send it.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// Writes the origin as browsers send it.
impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Origin({})", self.text)
    }
}

/// The separator between scheme and host.
pub(super) const SEPARATOR: &str = "://";

/// Returns whether a text is a lower-case scheme ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.1)) of at most
/// 64 bytes. `file` is excluded, because browsers send `null` for it.
pub(super) fn is_scheme(scheme: &str) -> bool {
    let tail = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'+' | b'-' | b'.');
    matches!(scheme.len(), 1..=64)
        && scheme.bytes().all(tail)
        && scheme.starts_with(|first: char| first.is_ascii_lowercase())
        && scheme != "file"
}

/// Returns the scheme that a misspelt one was probably meant to be.
pub(super) fn meant_scheme(scheme: &str) -> Option<&'static str> {
    match scheme {
        "http" | "https" => None,
        _ if !is_scheme(scheme) => None,
        "ws" => Some("http"),
        "wss" => Some("https"),
        // The schemes of apps and extensions differ from both in more letters.
        _ if scheme.len() >= 3 && distance(scheme, "http") <= 1 && !scheme.ends_with('s') => Some("http"),
        _ if scheme.len() >= 4 && distance(scheme, "https") <= 2 => Some("https"),
        _ => None,
    }
}

/// Returns the default port of a scheme, which browsers leave out.
pub(super) fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    }
}

/// Parses a port from decimal digits without leading zeros; rejects 0.
pub(super) fn canonical_port(digits: &str) -> Option<u16> {
    let plain = matches!(digits.len(), 1..=5) && digits.bytes().all(|digit| digit.is_ascii_digit());
    (plain && !digits.starts_with('0')).then(|| digits.parse().ok()).flatten()
}
