//! Diagnosis of a text that is not a canonical origin.

use url::{Host, Url};

use super::{
    Flaw, Origin, OriginError,
    origin::{SEPARATOR, canonical_port, default_port, is_scheme, meant_scheme},
};
use crate::text::{ReferenceKind, reference};

/// The maximum length of a text that is examined. A longer text is not an origin.
const MAX_TEXT: usize = 2048;

/// Returns every flaw, and the canonical spelling if the text was probably meant as an origin.
pub(super) fn diagnose(padded: &str) -> OriginError {
    let text = padded.trim();
    if let Some(flaw) = whole(text) {
        return flaw.into();
    }
    let Some((scheme, rest)) = text.split_once(SEPARATOR) else {
        let is_close = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http"));
        return if is_close { Flaw::Misspelt.into() } else { Flaw::NoScheme.into() };
    };
    let parts = Parts::split(rest);
    let lower = scheme.to_ascii_lowercase();
    if let Some(meant) = meant_scheme(&lower) {
        let canonical = if parts.is_offered() { canonical(&format!("{meant}{SEPARATOR}{rest}"), meant) } else { None };
        return OriginError::new(vec![Flaw::Misspelt], canonical);
    }
    let mut flaws = parts.flaws(&lower);
    if text != padded {
        flaws.push(Flaw::NotOne);
    }
    if scheme != lower {
        flaws.push(Flaw::UpperCase);
    }
    // With other schemes, browsers accept only names as hosts.
    let is_address = matches!(Host::parse(parts.host), Ok(Host::Ipv4(_) | Host::Ipv6(_)));
    if !is_scheme(&lower) || is_address && default_port(&lower).is_none() {
        flaws.push(Flaw::Scheme);
    }
    let canonical = if parts.is_offered() { canonical(text, &lower) } else { None };
    finish(flaws, canonical)
}

/// Returns a flaw of the text as a whole, for which its parts are not examined.
fn whole(text: &str) -> Option<Flaw> {
    let several =
        |symbol: char| symbol.is_whitespace() || symbol.is_control() || matches!(symbol, '"' | '\'' | ';' | ',');
    match text {
        "" => Some(Flaw::Blank),
        "*" => Some(Flaw::Any),
        _ if text.len() > MAX_TEXT => Some(Flaw::Host),
        _ if text.eq_ignore_ascii_case("null") => Some(Flaw::Null),
        _ if text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("file:")) => Some(Flaw::Null),
        _ if is_expression(text) => Some(Flaw::Expression),
        _ if is_template(text) => Some(Flaw::Template),
        _ if text.starts_with('[') => Some(Flaw::List),
        _ if text.contains(several) => Some(Flaw::NotOne),
        _ if text.contains('|') || text.matches(SEPARATOR).count() > 1 => Some(Flaw::Several),
        _ if text.ends_with(":*") && text.matches('*').count() == 1 => Some(Flaw::AnyPort),
        _ if text.contains('*') => Some(Flaw::Wildcard),
        _ => None,
    }
}

/// Returns whether the text contains a template that something should have filled in before the service started: `${NAME}`,
/// `$NAME`, `{{ name }}`, `{name}`, `<name>`, `%NAME%`, `@Microsoft.KeyVault(…)`, `op://…`. No origin contains these.
fn is_template(text: &str) -> bool {
    text.contains(['$', '{', '}', '<', '>'])
        || text.matches('%').count() > 1 && text.split('%').nth(1).is_some_and(is_shouted)
        || match reference(text.as_bytes()) {
            Some(ReferenceKind::SecretStore) => true,
            // Real host names can begin like this: `env.example.com`.
            Some(ReferenceKind::Variable) => !["env.", "secrets."].iter().any(|start| text.starts_with(start)),
            _ => false,
        }
}

/// Returns whether the text is a regular expression: `^https://.*\.example\.com$`, `https://(app|admin).example.com`.
fn is_expression(text: &str) -> bool {
    text.starts_with('^')
        || text.starts_with("/^")
        || text.contains("\\.")
        || text.len() > 1 && text.ends_with('$')
        || text.contains('(') && text.contains('|') && !text.starts_with('$')
}

fn is_shouted(name: &str) -> bool {
    name.len() > 2 && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

fn finish(mut flaws: Vec<Flaw>, canonical: Option<Origin>) -> OriginError {
    flaws.sort_unstable();
    flaws.dedup();
    // The fallback when no other flaw explains the text.
    if flaws.is_empty() {
        flaws.push(Flaw::Host);
    }
    OriginError::new(flaws, canonical)
}

/// The parts of an origin after the scheme, in any spelling.
struct Parts<'a> {
    user: Option<&'a str>,
    host: &'a str,
    port: Option<&'a str>,
    tail: &'a str,
}

impl<'a> Parts<'a> {
    fn split(rest: &'a str) -> Self {
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let (user, place) = match authority.rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, authority),
        };
        let (host, port) = place.split_at_checked(super::host::port_start(place)).unwrap_or((place, ""));
        Self { user, host, port: port.strip_prefix(':'), tail }
    }

    fn flaws(&self, scheme: &str) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        let mut note = |holds: bool, flaw| {
            if holds {
                flaws.push(flaw);
            }
        };
        note(self.user.is_some(), Flaw::UserInfo);
        note(!self.tail.is_empty(), Flaw::Path);
        note(!self.host.is_ascii(), Flaw::Unicode);
        note(self.host.bytes().any(|byte| byte.is_ascii_uppercase()), Flaw::UpperCase);
        note(self.host.ends_with('.'), Flaw::TrailingDot);
        note(is_respelt_address(self.host), Flaw::Address);
        if let Some(port) = self.port {
            let canonical = canonical_port(port);
            let digits = port.bytes().all(|digit| digit.is_ascii_digit());
            let value = port.parse::<u16>().unwrap_or(0);
            let respelt = digits && canonical.is_none() && (value > 0 || port.is_empty());
            note(respelt || canonical.is_some() && canonical == default_port(scheme), Flaw::DefaultPort);
            note(canonical.is_none() && !respelt, Flaw::Port);
        }
        flaws
    }

    /// Returns whether the text can only be an origin, so that its canonical spelling can be shown: no user, no path (a
    /// webhook URL has one), and a host with a dot or on this machine.
    fn is_offered(&self) -> bool {
        let is_host = self.host.contains(['.', '[']) || self.host.eq_ignore_ascii_case("localhost");
        self.user.is_none() && matches!(self.tail, "" | "/") && (is_host || is_respelt_address(self.host))
    }
}

/// Returns whether browsers read the host as an IP address and spell it differently.
fn is_respelt_address(host: &str) -> bool {
    match Host::parse(host) {
        Ok(Host::Ipv4(address)) => address.to_string() != host,
        Ok(address @ Host::Ipv6(_)) => address.to_string() != host,
        _ => false,
    }
}

/// Returns the origin that a browser would send for the text; `None` if the scheme is not a web scheme.
fn canonical(text: &str, scheme: &str) -> Option<Origin> {
    default_port(scheme)?;
    let mut url = Url::parse(text).ok()?;
    let host = url.host_str()?.trim_end_matches('.').to_owned();
    url.set_host(Some(&host)).ok()?;
    Origin::canonical(&url.origin().ascii_serialization())
}
