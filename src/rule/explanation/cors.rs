//! Explanations of `origin-*` and `cors-*`.

use super::{Explanation, explain, sourced};

const HTML_ORIGIN: &str = "https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin";
const FETCH: &str = "https://fetch.spec.whatwg.org/#http-cors-protocol";

pub(in crate::rule) const ORIGIN_MALFORMED: Explanation = sourced(
    "Browsers compare origins as text: scheme, host and port. A malformed entry matches no page, so the service would answer nobody. The value is not shown because it may be a credential in the wrong place.",
    "write scheme and host, and the port if it is not the scheme's default: https://app.example.com; separate several with commas",
    HTML_ORIGIN,
);
pub(in crate::rule) const ORIGIN_PATH: Explanation = sourced(
    "Browsers never send a path in `Origin`, so an origin with a trailing slash matches no page.",
    "write only scheme and host, without a trailing slash",
    HTML_ORIGIN,
);
pub(in crate::rule) const ORIGIN_CASE: Explanation =
    sourced("Browsers send origins in lower case and compare them as text.", "write it in lower case", HTML_ORIGIN);
pub(in crate::rule) const ORIGIN_PORT: Explanation = sourced(
    "Browsers omit port 443 for https and port 80 for http, and never send leading zeros.",
    "remove the port",
    HTML_ORIGIN,
);
pub(in crate::rule) const ORIGIN_UNICODE: Explanation = sourced(
    "Browsers send the name as Punycode, and letters that look alike make different names.",
    "write the host as Punycode: xn--…",
    "https://url.spec.whatwg.org/#concept-domain-to-ascii",
);
pub(in crate::rule) const ORIGIN_ADDRESS: Explanation = sourced(
    "An IP address can be written in many ways, but browsers send only one of them.",
    "write four decimal numbers, or the shortest IPv6 form in brackets",
    "https://url.spec.whatwg.org/#host-serializing",
);
pub(in crate::rule) const ORIGIN_TRAILING_DOT: Explanation = sourced(
    "`example.com.` and `example.com` are two different origins, and pages use the second.",
    "remove the dot",
    HTML_ORIGIN,
);
pub(in crate::rule) const ORIGIN_TEMPLATE: Explanation = explain(
    "Something that runs before the service should have replaced `${NAME}`, `{{ name }}` or a reference to a secret store. `docker run --env-file`, systemd and most platforms pass it on unchanged.",
    "write the origin itself: https://app.example.com",
);
pub(in crate::rule) const ORIGIN_USERINFO: Explanation = sourced(
    "An origin never contains a user name. Someone pasted a credential, or a deceptive link: the real host is the part after the @.",
    "write the origin without it; if it was a credential, replace the credential",
    "https://www.rfc-editor.org/rfc/rfc6454#section-4",
);
pub(in crate::rule) const ORIGIN_NULL: Explanation = sourced(
    "Browsers send `null` for every sandboxed frame, for local files and after some redirects, so any page can obtain it.",
    "serve the page over https and allow that origin",
    "https://fetch.spec.whatwg.org/#append-a-request-origin-header",
);
pub(in crate::rule) const ORIGIN_ANY: Explanation = explain(
    "Next to `*`, the other origins have no effect, and a variable must not open a service to every page on the web.",
    "list the origins; if the service is public, say so in its code: CorsPolicy::builder().allow_any_origin()",
);
pub(in crate::rule) const ORIGIN_PATTERN: Explanation = explain(
    "A star inside a label or at the end also matches other people's names: https://app* matches https://app-evil.com.",
    "write one star and a dot before a domain you own: https://*.example.com",
);
pub(in crate::rule) const ORIGIN_PUBLIC_SUFFIX: Explanation = sourced(
    "Anyone can register a name there and use it to read what the service answers to its users.",
    "use a preview domain of your own (https://*.preview.example.com), set the branch's exact URL from CI, or rewrite /api on the front end's own origin",
    "https://publicsuffix.org/",
);
pub(in crate::rule) const ORIGIN_SCHEME: Explanation = explain(
    "Webviews and browser extensions have origins such as capacitor://localhost. Every app built with the same tool has the same origin.",
    "allow the exact origin through dangerous(), with a reason",
);
pub(in crate::rule) const ORIGIN_INSECURE: Explanation = sourced(
    "Anyone on the network path can change a page loaded over http and then send requests with its origin.",
    "serve the page over https",
    "https://portswigger.net/research/exploiting-cors-misconfigurations-for-bitcoins-and-bounties",
);
pub(in crate::rule) const ORIGIN_LOOPBACK: Explanation = explain(
    "Any program on a visitor's machine can serve a page from there. For local development, use the tier development.",
    "remove it; for a webview, allow the exact origin through dangerous(), with a reason",
);
pub(in crate::rule) const CORS_ORIGINS_MISSING: Explanation = explain(
    "No default would be right: an empty list shuts out every page, and any origin lets every page in.",
    "call allow_origins() or allow_any_origin()",
);
pub(in crate::rule) const CORS_ANY_ORIGIN_CREDENTIALS: Explanation = sourced(
    "Every page on the web could act with the visitor's cookies. Browsers refuse this combination too.",
    "list the origins, or remove allow_credentials()",
    "https://fetch.spec.whatwg.org/#cors-protocol-and-credentials",
);
pub(in crate::rule) const CORS_WILDCARD_CREDENTIALS: Explanation = sourced(
    "When credentials are allowed, browsers treat `*` as the name of one method or header, not as a wildcard.",
    "name each method and each header",
    "https://fetch.spec.whatwg.org/#cors-protocol-and-credentials",
);
pub(in crate::rule) const CORS_METHOD_MALFORMED: Explanation = sourced(
    "Methods are case-sensitive. Browsers convert only a few of them to upper case, and PATCH is not one of these.",
    "write the method in upper case, or as the service spells it",
    "https://fetch.spec.whatwg.org/#concept-method-normalize",
);
pub(in crate::rule) const CORS_METHOD_FORBIDDEN: Explanation = sourced(
    "Browsers do not let pages send CONNECT, TRACE or TRACK.",
    "remove it",
    "https://fetch.spec.whatwg.org/#forbidden-method",
);
pub(in crate::rule) const CORS_HEADER_MALFORMED: Explanation = sourced(
    "A header name consists of letters, digits and a few symbols.",
    "write the name alone, without a colon or a comma",
    "https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2",
);
pub(in crate::rule) const CORS_HEADER_FORBIDDEN: Explanation = sourced(
    "Pages cannot set or read this header, or it belongs to the CORS protocol itself, so listing it has no useful effect.",
    "remove it",
    "https://fetch.spec.whatwg.org/#forbidden-request-header",
);
pub(in crate::rule) const CORS_SET_COOKIE_EXPOSED: Explanation = sourced(
    "Browsers hide this header from every page so that scripts cannot read cookies.",
    "remove it",
    "https://fetch.spec.whatwg.org/#forbidden-response-header-name",
);
pub(in crate::rule) const CORS_MAX_AGE: Explanation = sourced(
    "Firefox caches a preflight response for at most a day, and every other browser for less. A larger number is usually in the wrong unit.",
    "set at most 86,400 seconds",
    "https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Access-Control-Max-Age",
);
pub(in crate::rule) const CORS_MAX_AGE_CAPPED: Explanation = Explanation::without_remedy(
    "Chromium caches a preflight response for at most two hours, whatever the service says.",
)
.source("https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Access-Control-Max-Age");
pub(in crate::rule) const CORS_PREFLIGHT_STATUS: Explanation = sourced(
    "Browsers treat a preflight as refused unless its status is between 200 and 299.",
    "use 200 or 204",
    "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
);
pub(in crate::rule) const CORS_DUPLICATE: Explanation =
    sourced("A duplicate is probably a typo for another entry.", "remove or correct one of them", FETCH);
