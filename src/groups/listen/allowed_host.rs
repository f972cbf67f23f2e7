//! The hosts that requests may name.

use std::{
    fmt,
    net::{IpAddr, Ipv6Addr},
};

use hardened_core::origin::Host;

use crate::{
    Setting, Violation, rule,
    schema::{Kind, example},
};

/// A host that requests may name: `api.example.com`, every name below a domain (`*.example.com`), or an IP address. It
/// has no port, because ports are ignored.
///
/// ```
/// use hardened::{Setting, listen::AllowedHost};
///
/// let host = AllowedHost::parse("api.example.com")?;
/// assert!(host.allows("API.example.com:8443"));
/// assert!(!host.allows("api.example.com.evil.example"));
/// # Ok::<(), hardened::Violation>(())
/// ```
///
/// # Errors
///
/// Returns `setting-malformed` for an origin or URL (`https://…`), a port, a path, `*` alone, and any other text that
/// is not a host. Write a Unicode name in its ASCII form (`xn--…`), which is what clients send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedHost(Pattern);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Pattern {
    Name(String),
    /// Every name below this domain.
    Below(String),
    Address(IpAddr),
}

impl AllowedHost {
    /// Returns whether an authority, as in the header `Host`, names this host. It ignores case, the port and a single
    /// final dot. A text that is not an authority does not name a host.
    #[must_use]
    pub fn allows(&self, authority: &str) -> bool {
        Host::of_authority(authority).is_some_and(|host| self.is(host))
    }

    /// Returns whether an authority is exactly this name, in lower case, without port and final dot. If not, it may
    /// still name this host in another spelling.
    #[cfg(feature = "http")]
    pub(crate) fn is_written(&self, authority: &str) -> bool {
        matches!(&self.0, Pattern::Name(name) if authority == name)
    }

    /// Returns whether a host is this host.
    pub(crate) fn is(&self, host: Host<'_>) -> bool {
        match (&self.0, host) {
            (Pattern::Name(name), Host::Name(host)) => host.eq_ignore_ascii_case(name),
            (Pattern::Below(domain), _) => host.is_below(domain),
            (Pattern::Address(address), Host::Address(host)) => host == *address,
            _ => false,
        }
    }
}

impl Setting for AllowedHost {
    const KIND: Kind = Kind::Text;
    const FAMILIES: &'static [&'static str] = &["host-"];

    fn parse(text: &str) -> Result<Self, Violation> {
        let text = text.trim();
        if text == "*" {
            let fact = "must be a host; * alone would allow every host";
            return Err(Violation::malformed(fact).remedy("to allow every host, unset the variable"));
        }
        if text.contains("://") {
            let fact = "must be a host without a scheme";
            return Err(Violation::malformed(fact).remedy("set the host alone, such as api.example.com"));
        }
        pattern(text).map(Self).ok_or_else(|| {
            Violation::malformed(
                "must be a host without port or path: api.example.com, *.example.com, or an IP address",
            )
        })
    }

    fn flaws(&self) -> Vec<Violation> {
        let (Pattern::Name(name) | Pattern::Below(name)) = &self.0 else { return Vec::new() };
        // Nobody can use a reserved name to get in, so only a name that somebody else owns is reported.
        example(name).filter(|violation| violation.rule() == rule::HOST_PLACEHOLDER).into_iter().collect()
    }
}

/// Writes the host in the form in which it is read.
impl fmt::Display for AllowedHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Pattern::Name(name) => f.write_str(name),
            Pattern::Below(domain) => write!(f, "*.{domain}"),
            Pattern::Address(IpAddr::V6(address)) => write!(f, "[{address}]"),
            Pattern::Address(address) => write!(f, "{address}"),
        }
    }
}

/// Parses the text as the setting does.
impl std::str::FromStr for AllowedHost {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        <Self as Setting>::parse(text)
    }
}

fn pattern(text: &str) -> Option<Pattern> {
    if let Ok(address) = text.parse::<Ipv6Addr>() {
        return Some(Pattern::Address(address.into()));
    }
    match text.strip_prefix("*.") {
        Some(domain) => named(domain).filter(|domain| domain.contains('.')).map(Pattern::Below),
        None => match Host::parse(text)? {
            Host::Address(address) => Some(Pattern::Address(address)),
            Host::Name(_) => named(text).map(Pattern::Name),
        },
    }
}

/// Returns a name in lower case. It refuses a label that begins or ends with a hyphen (RFC 1123 §2.1), which is a typing
/// error.
fn named(text: &str) -> Option<String> {
    let Host::Name(name) = Host::parse(text)? else { return None };
    let is_label = |label: &str| !label.starts_with('-') && !label.ends_with('-');
    name.split('.').all(is_label).then(|| name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_allowed_host_is_a_host_and_nothing_else() {
        for (text, accepted) in [
            ("api.example.com", true),
            ("API.Example.com.", true),
            ("localhost", true),
            ("api_internal", true),
            ("*.example.com", true),
            ("10.0.0.1", true),
            ("[::1]", true),
            ("::1", true),
            (" api.example.com ", true),
            ("xn--mnchen-3ya.example", true),
            ("*", false),
            ("*.com", false),
            ("*example.com", false),
            ("api.*.com", false),
            ("https://api.example.com", false),
            ("api.example.com:8080", false),
            ("api.example.com/", false),
            ("münchen.example", false),
            ("user@example.com", false),
            ("-a.example", false),
            ("a..example", false),
            ("256.0.0.1", false),
            ("", false),
            (".", false),
        ] {
            assert_eq!(AllowedHost::parse(text).is_ok(), accepted, "{text}");
        }
    }

    #[test]
    fn a_host_is_compared_as_a_whole_without_case_port_and_final_dot() {
        for (pattern, authority, allowed) in [
            ("api.example.com", "api.example.com", true),
            ("api.example.com", "API.EXAMPLE.COM", true),
            ("api.example.com", "api.example.com:443", true),
            ("api.example.com", "api.example.com:", true),
            ("api.example.com", "api.example.com.", true),
            ("api.example.com", "api.example.com.:80", true),
            ("api.example.com", "xapi.example.com", false),
            ("api.example.com", "api.example.com.evil.example", false),
            ("api.example.com", "evil.example@api.example.com", false),
            ("api.example.com", "api.example.com:80:80", false),
            ("api.example.com", "api.example.com:http", false),
            ("api.example.com", "", false),
            ("*.example.com", "a.example.com", true),
            ("*.example.com", "a.b.example.com:1", true),
            ("*.example.com", "example.com", false),
            ("*.example.com", ".example.com", false),
            ("*.example.com", "notexample.com", false),
            ("*.example.com", "é.example.com", false),
            ("*.svc.example.com", "evil.com/.svc.example.com", false),
            ("*.svc.example.com", "evil.com#.svc.example.com", false),
            ("*.svc.example.com", "evil.com?.svc.example.com", false),
            ("*.svc.example.com", "evil.com@x.svc.example.com", false),
            ("*.svc.example.com", "evil.com:80@x.svc.example.com", false),
            ("*.svc.example.com", "evil.com%2f.svc.example.com", false),
            ("*.svc.example.com", "evil.com\\.svc.example.com", false),
            ("*.svc.example.com", "evil.com,x.svc.example.com", false),
            ("*.svc.example.com", "a..svc.example.com", false),
            ("::1", "[::1]:8080", true),
            ("[::1]", "[0:0:0:0:0:0:0:1]", true),
            ("::1", "[::2]", false),
            ("::1", "[::1", false),
            ("127.0.0.1", "127.0.0.1:3000", true),
            ("127.0.0.1", "127.0.0.2", false),
            ("127.0.0.1", "2130706433", false),
        ] {
            let host = AllowedHost::parse(pattern).unwrap();
            assert_eq!(host.allows(authority), allowed, "{pattern} {authority}");
        }
    }
}
