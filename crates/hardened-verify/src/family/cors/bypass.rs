//! Origins that must not be allowed, derived from those that are, and from the host of the API itself.
//!
//! Each shape gets past one way of comparing origins wrong. The order is that of likelihood: first what gets past the
//! mistakes that are seen most (an origin echoed, the beginning or the end of a text compared, a dot in a regular
//! expression not escaped), then what needs a name in the same domain, then what only some browsers can send. A shape that
//! the host does not have, such as a neighbour below a public suffix, derives nothing, so the shape of the policy decides.

use std::collections::BTreeSet;

use hardened_core::origin::{Origin, OriginPattern};

/// An origin to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bypass {
    pub(super) shape: &'static str,
    /// The allowed origin, or that of the API, which it is derived from; none where it is like no other.
    pub(super) base: Option<String>,
    pub(super) origin: String,
    pub(super) kind: Kind,
}

impl Bypass {
    /// Which case it is: the same in every run, while the origin has random letters.
    pub(super) fn case(&self) -> String {
        match &self.base {
            Some(base) => format!("{} of {base}", self.shape),
            None => self.shape.to_owned(),
        }
    }
}

/// What it says about a service when it is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Anyone can have a page there.
    Foreign,
    /// The owner of the domain can have a page there, or lets others have one.
    Own,
    /// A page of a developer, an app or a file, on the machine of the visitor.
    Local,
    /// No browser sends it.
    Spelling,
    /// No browser sends it, and its owner is that of the allowed one.
    Case,
}

/// One way to derive an origin; none where the host does not have what it needs.
struct Shape(&'static str, Kind, fn(&Base<'_>) -> Option<String>);

/// What is derived from.
struct Base<'a> {
    origin: &'a Origin,
    host: &'a str,
    /// With its colon, or empty.
    port: String,
    /// The part that somebody registered, of a name that has one.
    domain: Option<&'a str>,
    /// What is above the first label.
    parent: Option<&'a str>,
    /// A label that nobody has.
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

/// All origins to try, the likely first, each once and none of those that are allowed. The first base is the one that
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
                // Another base brings little that its first shapes do not.
                let derived_from = (*kind != Kind::Local).then(|| base.origin.to_string());
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

    /// An origin of another host with the same scheme and port.
    fn https(&self, host: &str) -> String {
        format!("{}://{host}{}", self.origin.scheme(), self.port)
    }

    /// The host, where it is a name of several labels.
    fn name(&self) -> Option<&'a str> {
        self.parent.map(|_| self.host)
    }

    fn first(&self) -> &'a str {
        self.host.split('.').next().unwrap_or(self.host)
    }

    /// What is above the first label, where anybody can have a name below it: `vercel.app`, not `com`.
    fn tenant_parent(&self) -> Option<&'a str> {
        self.parent.filter(|parent| self.domain == Some(self.host) && parent.contains('.'))
    }

    /// What is above the first label, where it belongs to the same owner.
    fn own_parent(&self) -> Option<&'a str> {
        self.parent.filter(|_| self.domain.is_some_and(|domain| domain != self.host))
    }

    /// The host, then a character that ends a host in some readers, then a domain of somebody else.
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

    /// The same letters to the eye: one of the registered part is Cyrillic.
    fn look_alike(&self) -> Option<String> {
        let domain = self.domain?;
        let before = self.host.strip_suffix(domain)?;
        let (label, rest) = domain.split_once('.')?;
        Some(self.https(&format!("{before}{}.{rest}", punycode_look_alike(label)?)))
    }
}

/// The shortest end of a name below which nobody else can have a name.
fn registered(host: &str) -> Option<&str> {
    let starts = host.rmatch_indices('.').map(|(dot, _)| dot + 1).chain([0]);
    let mut ends = starts.filter_map(|start| host.get(start..));
    ends.find(|end| !OriginPattern::parse(&format!("https://*.{end}")).is_ok_and(|pattern| pattern.is_open()))
}

/// The first letter in its wide form, which some comparisons fold into the narrow one.
fn wide(host: &str) -> Option<String> {
    let first = host.chars().next().filter(char::is_ascii_lowercase)?;
    let wide = char::from_u32(u32::from(first) + 0xFEE0)?;
    Some(format!("{wide}{}", host.get(1..)?))
}

/// A label with one letter replaced by a Cyrillic one that looks the same, as browsers send it (RFC 3492).
fn punycode_look_alike(label: &str) -> Option<String> {
    const ALIKE: [(char, u32); 6] =
        [('a', 0x430), ('e', 0x435), ('o', 0x43E), ('p', 0x440), ('c', 0x441), ('x', 0x445)];
    let (at, replaced) = label
        .char_indices()
        .find_map(|(at, letter)| ALIKE.iter().find(|(latin, _)| *latin == letter).map(|(_, other)| (at, *other)))?;
    let rest = format!("{}{}", label.get(..at)?, label.get(at + 1..)?);
    // One code point among `rest.len()` basic ones: a single delta.
    let mut delta = (replaced - 128) * (u32::try_from(rest.len()).ok()? + 1) + u32::try_from(at).ok()?;
    let mut digits = String::new();
    let mut k = 36;
    loop {
        // The bias is 72 at the beginning.
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
        // An address has no labels to play with.
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
