//! The headers that name the software behind a response.

use http::HeaderName;

/// Returns whether a header names the software that made a response, or its version.
pub(super) fn names_software(name: &HeaderName) -> bool {
    let name = name.as_str();
    // A quick test that most other names fail.
    name.starts_with(INITIALS) && NAMES.binary_search(&name).is_ok()
}

const INITIALS: [char; 8] = ['$', 'h', 'k', 'l', 'o', 'p', 's', 'x'];

/// Lower-case names in alphabetical order.
///
/// Source: OWASP Secure Headers Project, `ci/headers_remove.json` of 2026-07-19, without the headers that clients read:
/// trace identifiers (`X-B3-…`, `X-Datadog-…`, `X-Kong-Request-Id`, `X-Tyk-Trace-Id`), source maps (`SourceMap`,
/// `X-SourceMap`), and `Product`, which may mean something else in a service.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "$wsep", "host-header", "k-proxy-request", "liferay-portal", "oraclecommercecloud-version", "pega-host",
    "powered-by", "server", "x-aspnet-version", "x-aspnetmvc-version", "x-atmosphere-error",
    "x-atmosphere-first-request", "x-atmosphere-tracking-id", "x-backside-transport", "x-beserver",
    "x-calculatedbetarget", "x-cf-powered-by", "x-cms", "x-cocoon-version", "x-content-encoded-by", "x-diaginfo",
    "x-dtagentid", "x-dthealthcheck", "x-dtinjectedservlet", "x-envoy-attempt-count", "x-envoy-external-address",
    "x-envoy-internal", "x-envoy-original-dst-host", "x-envoy-upstream-service-time", "x-feserver", "x-framework",
    "x-generated-by", "x-generator", "x-gitlab-meta", "x-jitsi-release", "x-joomla-version", "x-kong-admin-latency",
    "x-kong-client-latency", "x-kong-proxy-latency", "x-kong-response-latency", "x-kong-third-party-latency",
    "x-kong-total-latency", "x-kong-upstream-latency", "x-kong-upstream-status", "x-kubernetes-pf-flowschema-ui",
    "x-kubernetes-pf-prioritylevel-uid", "x-litespeed-cache", "x-litespeed-cache-control", "x-litespeed-purge",
    "x-litespeed-tag", "x-litespeed-vary", "x-mod-pagespeed", "x-nextjs-cache", "x-nextjs-matched-path",
    "x-nextjs-page", "x-nextjs-redirect", "x-old-content-length", "x-oneagent-js-injection", "x-owa-version",
    "x-page-speed", "x-php-version", "x-powered-by", "x-powered-by-plesk", "x-powered-cms", "x-redirect-by",
    "x-ruxit-js-agent", "x-server-powered-by", "x-sourcefiles", "x-turbo-charged-by", "x-umbraco-version",
    "x-varnish-backend", "x-varnish-server", "x-woodpecker-version",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_in_order_and_in_lower_case() {
        assert!(NAMES.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(NAMES.iter().all(|name| HeaderName::from_static(name).as_str() == *name && name.starts_with(INITIALS)));
    }

    #[test]
    fn a_header_that_clients_read_is_not_one() {
        for (name, found) in [
            ("server", true),
            ("x-powered-by", true),
            ("x-aspnet-version", true),
            ("x-generator", true),
            ("x-php-version", true),
            ("x-request-id", false),
            ("x-b3-traceid", false),
            ("traceparent", false),
            ("sourcemap", false),
            ("server-timing", false),
            ("content-type", false),
            ("x-powered-byx", false),
        ] {
            assert_eq!(names_software(&HeaderName::from_static(name)), found, "{name}");
        }
    }
}
