//! The security headers, their values, and the rule that requires each. `docs/HTTP.md` gives the reasons.

use http::{
    HeaderName, HeaderValue,
    header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
        X_FRAME_OPTIONS,
    },
};

use crate::rule::{self, Rule};

/// A security header and its rule.
#[derive(Debug)]
pub(super) struct SecurityHeader {
    pub(super) rule: Rule,
    pub(super) name: HeaderName,
    pub(super) value: HeaderValue,
}

const fn header(rule: Rule, name: HeaderName, value: &'static str) -> SecurityHeader {
    SecurityHeader { rule, name, value: HeaderValue::from_static(value) }
}

pub(super) static HEADERS: [SecurityHeader; 8] = [
    header(rule::HTTP_HSTS, STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains"),
    header(rule::HTTP_NOSNIFF, X_CONTENT_TYPE_OPTIONS, "nosniff"),
    header(rule::HTTP_FRAME, X_FRAME_OPTIONS, "DENY"),
    header(
        rule::HTTP_CSP,
        CONTENT_SECURITY_POLICY,
        // `default-src` is not a fallback for the last three.
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    header(rule::HTTP_REFERRER, REFERRER_POLICY, "no-referrer"),
    header(
        rule::HTTP_PERMISSIONS,
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    header(rule::HTTP_RESOURCE, HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    header(rule::HTTP_CACHE, CACHE_CONTROL, "no-store"),
];
