//! Derives origins that must not be allowed from the allowed ones and from the host of the API itself.
//!
//! Each shape defeats one wrong way to compare origins. The likeliest come first: shapes that defeat the most common
//! mistakes (an echoed origin, a comparison of only the beginning or the end, an unescaped dot in a regular expression),
//! then those that need a name in the same domain, then those that only some browsers can send. A shape that does not fit
//! the host, such as a sibling below a public suffix, yields no origin, so the number of origins depends on the policy.

use std::collections::BTreeSet;

use hardened_core::origin::{Origin, OriginPattern};

/// An origin to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bypass {
    pub(super) shape: &'static str,
    /// The origin that it is derived from, an allowed one or that of the API; `None` if it is derived from none.
    pub(super) base: Option<String>,
    pub(super) origin: String,
    pub(super) kind: Kind,
}

impl Bypass {
    /// Names the case. The name is the same in every run, although the origin contains random letters.
    pub(super) fn case(&self) -> String {
        match &self.base {
            Some(base) => format!("{} of {base}", self.shape),
            None => self.shape.to_owned(),
        }
    }
}

/// What it means for a service to allow the origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Anyone can publish a page at this origin.
    Foreign,
    /// The owner of the domain, or someone whom the owner permits, can publish a page at this origin.
    Own,
    /// A development server, an app or a file on the visitor's machine.
    Local,
    /// No browser sends this origin.
    Spelling,
    /// No browser sends this origin, and it belongs to the owner of the allowed one.
    Case,
}

/// One way to derive an origin; it yields `None` if the host does not fit.
struct Shape(&'static str, Kind, fn(&Base<'_>) -> Option<String>);

/// The origin to derive others from.
struct Base<'a> {
    origin: &'a Origin,
    host: &'a str,
    /// The port with its colon, or empty.
    port: String,
    /// The registrable domain, if the name has one.
    domain: Option<&'a str>,
    /// The name without its first label.
    parent: Option<&'a str>,
    /// A random label that is not in use.
    label: &'a str,
}

#[rustfmt::skip]
const SHAPES: &[Shape] = &[
    Shape("public-suffix-sibling", Kind::Foreign, |base| base.tenant_parent().map(|parent| base.https(&format!("{}.{parent}", base.label)))),
    Shape("public-suffix-prefixed", Kind::Foreign, |base| base.tenant_parent().map(|parent| base.https(&format!("{}-{}.{parent}", base.first(), base.label)))),
    Shape("suffix", Kind::Foreign, |base| Some(base.https(&format!("{}.{}.example", base.host, base.label)))),
    Shape("domain-prefix", Kind::Foreign, |base| base.domain.map(|domain| base.https(&format!("{}{domain}", base.label)))),
    Shape("unescaped-dot", Kind::Foreign, |base| base.name()?.split_once('.').map(|(first, rest)| base.https(&format!("{first}x{rest}")))),
    Shape("downgrade", Kind::Foreign, |base| (base.origin.scheme() == "https").then(|| format!("http://{}{}", base.host, base.port))),
    Shape("subdomain", Kind::Own, |base| base.name().map(|host| base.https(&format!("{}.{host}", base.label)))),
    Shape("other-port", Kind::Own, |base| Some(format!("{}://{}:{}", base.origin.scheme(), base.host, base.other_port()))),
    Shape("contains", Kind::Foreign, |base| Some(base.https(&format!("{}.{}.{}.example", base.label, base.host, base.label)))),
    Shape("localhost", Kind::Local, |_| Some("http://localhost".to_owned())),
    Shape("localhost-port", Kind::Local, |_| Some("http://localhost:3000".to_owned())),
    Shape("parent", Kind::Own, |base| base.own_parent().map(|parent| base.https(parent))),
    Shape("sibling", Kind::Own, |base| base.own_parent().map(|parent| base.https(&format!("{}.{parent}", base.label)))),
    Shape("host-prefix", Kind::Own, |base| base.name().filter(|host| base.domain != Some(host)).map(|host| base.https(&format!("{}{host}", base.label)))),
    Shape("userinfo", Kind::Spelling, |base| Some(format!("{}@{}.example", base.origin, base.label))),
    Shape("several", Kind::Spelling, |base| Some(format!("{} https://{}.example", base.origin, base.label))),
    Shape("case", Kind::Case, |base| base.name().map(|host| base.https(&host.to_ascii_uppercase()))),
    Shape("loopback", Kind::Local, |_| Some("http://127.0.0.1".to_owned())),
    Shape("underscore", Kind::Foreign, |base| base.after("_")),
    Shape("other-domain", Kind::Foreign, |base| base.other_top_level()),
    Shape("subdomain-prefixed", Kind::Own, |base| base.name().filter(|_| base.own_parent().is_some()).map(|host| base.https(&format!("{}-{host}", base.label)))),
    Shape("prefixed-sibling", Kind::Own, |base| base.own_parent().map(|parent| base.https(&format!("{}-{}.{parent}", base.first(), base.label)))),
    Shape("trailing-dot", Kind::Own, |base| base.name().map(|host| base.https(&format!("{host}.")))),
    Shape("last-dot", Kind::Foreign, |base| base.name()?.rsplit_once('.').map(|(rest, last)| base.https(&format!("{rest}x{last}")))),
    Shape("parent-prefix", Kind::Own, |base| base.own_parent().map(|parent| base.https(&format!("{}{parent}", base.label)))),
    Shape("several-comma", Kind::Spelling, |base| Some(format!("{}, https://{}.example", base.origin, base.label))),
    Shape("several-after", Kind::Spelling, |base| Some(format!("https://{}.example {}", base.label, base.origin))),
    Shape("path", Kind::Spelling, |base| Some(format!("https://{}.example/{}", base.label, base.host))),
    Shape("query", Kind::Spelling, |base| Some(format!("https://{}.example?{}", base.label, base.origin))),
    Shape("fragment", Kind::Spelling, |base| Some(format!("https://{}.example#.{}", base.label, base.host))),
    Shape("backslash", Kind::Spelling, |base| Some(format!("https://{}.example\\.{}", base.label, base.host))),
    Shape("wide-letter", Kind::Spelling, |base| base.name().and_then(wide).map(|host| base.https(&host))),
    Shape("look-alike", Kind::Foreign, |base| base.look_alike()),
    Shape("backtick", Kind::Foreign, |base| base.after("`")),
    Shape("percent-60", Kind::Foreign, |base| base.after("%60")),
    Shape("exclamation", Kind::Foreign, |base| base.after("!")),
    Shape("brace", Kind::Foreign, |base| base.after("}")),
    Shape("ampersand", Kind::Foreign, |base| base.after("&")),
    Shape("space-encoded", Kind::Foreign, |base| base.after("%20")),
    Shape("null-byte-encoded", Kind::Foreign, |base| base.after("%00")),
    Shape("hyphen", Kind::Foreign, |base| base.after("-")),
    Shape("loopback-port", Kind::Local, |_| Some("http://127.0.0.1:3000".to_owned())),
    Shape("loopback-6", Kind::Local, |_| Some("http://[::1]:3000".to_owned())),
    Shape("localhost-https", Kind::Local, |_| Some("https://localhost".to_owned())),
    Shape("app", Kind::Local, |_| Some("capacitor://localhost".to_owned())),
    Shape("extension", Kind::Local, |_| Some("chrome-extension://abcdefghijklmnopabcdefghijklmnop".to_owned())),
    Shape("file", Kind::Local, |_| Some("file://".to_owned())),
];

/// Returns all origins to try, the likeliest first, without duplicates and without the allowed ones. The first base
/// matters most.
pub(super) fn derive(bases: &[Origin], label: &str, is_allowed: impl Fn(&str) -> bool) -> Vec<Bypass> {
    let bases: Vec<_> = bases.iter().map(|origin| Base::of(origin, label)).collect();
    let mut ranked: Vec<(usize, Bypass)> = Vec::new();
    let mut seen = BTreeSet::new();
    for (place, base) in bases.iter().enumerate() {
        for (rank, Shape(shape, kind, build)) in SHAPES.iter().enumerate() {
            let Some(origin) = build(base) else { continue };
            if bases.iter().any(|base| base.origin.as_str() == origin) || is_allowed(&origin) {
                continue;
            }
            if seen.insert(origin.clone()) {
                let derived_from = (*kind != Kind::Local).then(|| base.origin.to_string());
                // A further base ranks lower, because apart from its first shapes it shows little that is new.
                ranked.push((rank + place * 12, Bypass { shape, base: derived_from, origin, kind: *kind }));
            }
        }
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, bypass)| bypass).collect()
}

impl<'a> Base<'a> {
    fn of(origin: &'a Origin, label: &'a str) -> Self {
        let host = origin.host();
        let is_address = host.starts_with('[') || host.parse::<std::net::Ipv4Addr>().is_ok();
        let name = (!is_address && host.contains('.')).then_some(host);
        Self {
            origin,
            host,
            port: origin.port().map_or_else(String::new, |port| format!(":{port}")),
            domain: name.and_then(registered),
            parent: name.and_then(|host| host.split_once('.')).map(|(_, parent)| parent),
            label,
        }
    }

    /// Returns an origin with another host and the same scheme and port.
    fn https(&self, host: &str) -> String {
        format!("{}://{host}{}", self.origin.scheme(), self.port)
    }

    /// Returns the host if it is a name with several labels.
    fn name(&self) -> Option<&'a str> {
        self.parent.map(|_| self.host)
    }

    fn first(&self) -> &'a str {
        self.host.split('.').next().unwrap_or(self.host)
    }

    /// Returns the parent domain if anybody can get a name below it: `vercel.app`, not `com`.
    fn tenant_parent(&self) -> Option<&'a str> {
        self.parent.filter(|parent| self.domain == Some(self.host) && parent.contains('.'))
    }

    /// Returns the parent domain if it belongs to the same owner.
    fn own_parent(&self) -> Option<&'a str> {
        self.parent.filter(|_| self.domain.is_some_and(|domain| domain != self.host))
    }

    /// Returns the host, then a character that some parsers take for the end of a host, then a foreign domain.
    fn after(&self, character: &str) -> Option<String> {
        Some(self.https(&format!("{}{character}.{}.example", self.host, self.label)))
    }

    fn other_port(&self) -> u16 {
        if self.origin.port() == Some(8443) { 9443 } else { 8443 }
    }

    fn other_top_level(&self) -> Option<String> {
        let (rest, top) = self.name()?.rsplit_once('.')?;
        Some(self.https(&format!("{rest}.{}", if top == "net" { "com" } else { "net" })))
    }

    /// Returns a host that looks the same, with one letter of the registrable domain replaced by a Cyrillic one.
    fn look_alike(&self) -> Option<String> {
        let domain = self.domain?;
        let before = self.host.strip_suffix(domain)?;
        let (label, rest) = domain.split_once('.')?;
        Some(self.https(&format!("{before}{}.{rest}", punycode_look_alike(label)?)))
    }
}

/// Returns the registrable domain: the shortest suffix below which only its owner can have names.
fn registered(host: &str) -> Option<&str> {
    let starts = host.rmatch_indices('.').map(|(dot, _)| dot + 1).chain([0]);
    let mut ends = starts.filter_map(|start| host.get(start..));
    ends.find(|end| !OriginPattern::parse(&format!("https://*.{end}")).is_ok_and(|pattern| pattern.is_open()))
}

/// Replaces the first letter by its full-width form, which some comparisons fold into the normal one.
fn wide(host: &str) -> Option<String> {
    let first = host.chars().next().filter(char::is_ascii_lowercase)?;
    let wide = char::from_u32(u32::from(first) + 0xFEE0)?;
    Some(format!("{wide}{}", host.get(1..)?))
}

/// Replaces one letter of a label by a Cyrillic one that looks the same, encoded as browsers send it (RFC 3492).
fn punycode_look_alike(label: &str) -> Option<String> {
    const ALIKE: [(char, u32); 6] =
        [('a', 0x430), ('e', 0x435), ('o', 0x43E), ('p', 0x440), ('c', 0x441), ('x', 0x445)];
    let (at, replaced) = label
        .char_indices()
        .find_map(|(at, letter)| ALIKE.iter().find(|(latin, _)| *latin == letter).map(|(_, other)| (at, *other)))?;
    let rest = format!("{}{}", label.get(..at)?, label.get(at + 1..)?);
    // One non-basic code point among `rest.len()` basic ones needs a single delta.
    let mut delta = (replaced - 128) * (u32::try_from(rest.len()).ok()? + 1) + u32::try_from(at).ok()?;
    let mut digits = String::new();
    let mut k = 36;
    loop {
        // The initial bias is 72.
        let threshold = if k <= 72 { 1 } else { (k - 72).min(26) };
        if delta < threshold {
            digits.push(digit(delta)?);
            break;
        }
        digits.push(digit(threshold + (delta - threshold) % (36 - threshold))?);
        delta = (delta - threshold) / (36 - threshold);
        k += 36;
    }
    Some(format!("xn--{rest}-{digits}"))
}

fn digit(value: u32) -> Option<char> {
    const DIGITS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    DIGITS.get(usize::try_from(value).ok()?).map(|digit| char::from(*digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn derived(bases: &[&str]) -> Vec<Bypass> {
        let bases: Vec<_> = bases.iter().map(|base| Origin::parse(base).unwrap()).collect();
        derive(&bases, "evil", |_| false)
    }

    fn of(base: &str, case: &str) -> Option<String> {
        derived(&[base]).into_iter().find(|bypass| bypass.shape == case).map(|bypass| bypass.origin)
    }

    #[test]
    fn a_shape_is_derived_from_the_origin_that_it_is_like() {
        const APP: &str = "https://app.example.com";
        for (base, case, origin) in [
            (APP, "suffix", Some("https://app.example.com.evil.example")),
            (APP, "domain-prefix", Some("https://evilexample.com")),
            (APP, "host-prefix", Some("https://evilapp.example.com")),
            (APP, "unescaped-dot", Some("https://appxexample.com")),
            (APP, "last-dot", Some("https://app.examplexcom")),
            (APP, "downgrade", Some("http://app.example.com")),
            (APP, "subdomain", Some("https://evil.app.example.com")),
            (APP, "subdomain-prefixed", Some("https://evil-app.example.com")),
            (APP, "sibling", Some("https://evil.example.com")),
            (APP, "contains", Some("https://evil.app.example.com.evil.example")),
            (APP, "other-port", Some("https://app.example.com:8443")),
            (APP, "userinfo", Some("https://app.example.com@evil.example")),
            (APP, "several", Some("https://app.example.com https://evil.example")),
            (APP, "case", Some("https://APP.EXAMPLE.COM")),
            (APP, "trailing-dot", Some("https://app.example.com.")),
            (APP, "parent", Some("https://example.com")),
            (APP, "other-domain", Some("https://app.example.net")),
            (APP, "underscore", Some("https://app.example.com_.evil.example")),
            (APP, "percent-60", Some("https://app.example.com%60.evil.example")),
            (APP, "wide-letter", Some("https://\u{ff41}pp.example.com")),
            (APP, "look-alike", Some("https://app.xn--xample-2of.com")),
            (APP, "public-suffix-sibling", None),
            ("https://app.vercel.app", "public-suffix-sibling", Some("https://evil.vercel.app")),
            ("https://app.vercel.app", "public-suffix-prefixed", Some("https://app-evil.vercel.app")),
            ("https://app.vercel.app", "sibling", None),
            ("https://app.vercel.app", "domain-prefix", Some("https://evilapp.vercel.app")),
            ("https://example.co.uk", "public-suffix-sibling", Some("https://evil.co.uk")),
            ("https://example.com", "sibling", None),
            ("https://example.com", "domain-prefix", Some("https://evilexample.com")),
            ("https://app.example.com:8443", "suffix", Some("https://app.example.com.evil.example:8443")),
            ("https://app.example.com:8443", "other-port", Some("https://app.example.com:9443")),
            ("http://127.0.0.1:8000", "suffix", Some("http://127.0.0.1.evil.example:8000")),
            ("http://127.0.0.1:8000", "subdomain", None),
            ("http://127.0.0.1:8000", "downgrade", None),
            ("http://[::1]:8000", "case", None),
            ("http://localhost:5173", "unescaped-dot", None),
        ] {
            assert_eq!(of(base, case).as_deref(), origin, "{base} {case}");
        }
    }

    #[test]
    fn at_least_thirty_origins_are_known_for_one_that_is_allowed() {
        for base in ["https://app.example.com", "https://app.vercel.app", "https://pr-1.preview.example.com:8443"] {
            let derived = derived(&[base]);
            let distinct: BTreeSet<_> = derived.iter().map(|bypass| &bypass.origin).collect();
            assert!(distinct.len() == derived.len() && derived.len() >= 40, "{base}: {}", derived.len());
        }
        // An IP address has no labels, so fewer shapes fit.
        assert!(derived(&["http://127.0.0.1:8000"]).len() >= 25);
    }

    #[test]
    fn what_is_allowed_is_not_tried() {
        let base = Origin::parse("https://pr-1.preview.example.com").unwrap();
        let pattern = OriginPattern::parse("https://*.preview.example.com").unwrap();
        let is_allowed = |origin: &str| Origin::parse(origin).is_ok_and(|origin| pattern.matches(&origin));
        let derived = derive(std::slice::from_ref(&base), "evil", is_allowed);
        let has = |case: &str| derived.iter().any(|bypass| bypass.shape == case);
        assert!(!has("subdomain") && !has("sibling") && has("parent") && has("suffix"), "{derived:#?}");
    }

    #[test]
    fn a_neighbour_below_a_public_suffix_is_tried_first_where_there_is_one() {
        assert_eq!(derived(&["https://app.vercel.app"])[0].shape, "public-suffix-sibling");
        assert_eq!(derived(&["https://app.example.com"])[0].shape, "suffix");
    }
}
