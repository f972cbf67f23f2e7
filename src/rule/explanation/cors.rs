//! Explanations of `origin-*` and `cors-*`.

use super::{Explanation, explain, sourced};

const HTML_ORIGIN: &str = "https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin";
const FETCH: &str = "https://fetch.spec.whatwg.org/#http-cors-protocol";

pub(in crate::rule) const ORIGIN_MALFORMED: Explanation = sourced(
    "Browsers compare origins as text: scheme, host and port. What cannot be read as one matches no page, and the service answers nobody. The value is not shown: it may be a credential in the wrong place.",
    "write scheme, host and, where it is not the scheme's own, port: https://app.example.com; several are separated by commas",
    HTML_ORIGIN,
);
pub(in crate::rule) const ORIGIN_PATH: Explanation = sourced(
    "Browsers never send a path in `Origin`, so an origin with a slash at the end matches no page.",
    "write scheme and host only, without a slash at the end",
    HTML_ORIGIN,
);
pub(in crate::rule) const ORIGIN_CASE: Explanation =
    sourced("Browsers send origins in lower case and compare them as text.", "write it in lower case", HTML_ORIGIN);
pub(in crate::rule) const ORIGIN_PORT: Explanation = sourced(
    "Browsers leave out port 443 of https and port 80 of http, and never send leading zeros.",
    "leave the port out",
    HTML_ORIGIN,
);
pub(in crate::rule) const ORIGIN_UNICODE: Explanation = sourced(
    "Browsers send the name in Punycode, and letters that look alike are different names.",
    "write the host as Punycode: xn--…",
    "https://url.spec.whatwg.org/#concept-domain-to-ascii",
);
pub(in crate::rule) const ORIGIN_ADDRESS: Explanation = sourced(
    "An IP address has many spellings, and browsers send one.",
    "write four decimal numbers, or the shortest form of version 6 in brackets",
    "https://url.spec.whatwg.org/#host-serializing",
);
pub(in crate::rule) const ORIGIN_TRAILING_DOT: Explanation = sourced(
    "`example.com.` and `example.com` are two origins, and pages are on the second.",
    "leave the dot out",
    HTML_ORIGIN,
);
pub(in crate::rule) const ORIGIN_USERINFO: Explanation = sourced(
    "An origin has no user name. Where one stands, a credential was pasted, or a link that deceives: the host is what follows the @.",
    "write the origin without it, and replace the credential if it was one",
    "https://www.rfc-editor.org/rfc/rfc6454#section-4",
);
pub(in crate::rule) const ORIGIN_NULL: Explanation = sourced(
    "Browsers send `null` for every sandboxed frame, local file and some redirects: any page can have it.",
    "serve the page over https and allow that origin",
    "https://fetch.spec.whatwg.org/#append-a-request-origin-header",
);
pub(in crate::rule) const ORIGIN_ANY: Explanation = explain(
    "`*` beside other origins makes them meaningless, and a variable must not open a service to every page of the web.",
    "list the origins; a public service says so in its code: CorsPolicy::builder().any_origin()",
);
pub(in crate::rule) const ORIGIN_PATTERN: Explanation = explain(
    "A star inside a label or at the end also matches names of strangers, such as https://app-evil.com for https://app*.",
    "write one star and a dot in front of a domain of your own: https://*.example.com",
);
pub(in crate::rule) const ORIGIN_PUBLIC_SUFFIX: Explanation = sourced(
    "Anybody can have a name there, and with it read what the service answers its users.",
    "give previews a domain of your own (https://*.preview.example.com), set the branch's exact URL from CI, or rewrite /api on the front end's own origin",
    "https://publicsuffix.org/",
);
pub(in crate::rule) const ORIGIN_SCHEME: Explanation = explain(
    "Webviews and browser extensions have origins such as capacitor://localhost. Every app that is built with the same tool has the same one.",
    "allow the exact origin through dangerous(), with a reason",
);
pub(in crate::rule) const ORIGIN_INSECURE: Explanation = sourced(
    "Whoever is on the network can change a page that is loaded over http, and speak with its origin.",
    "serve the page over https",
    "https://portswigger.net/research/exploiting-cors-misconfigurations-for-bitcoins-and-bounties",
);
pub(in crate::rule) const ORIGIN_LOOPBACK: Explanation = explain(
    "Every program on a visitor's machine can serve a page there; for developers, set tier development.",
    "remove it, or for a webview allow the exact origin through dangerous(), with a reason",
);
pub(in crate::rule) const CORS_ORIGINS_MISSING: Explanation = explain(
    "No default is right: an empty list answers no page, and any origin answers every page.",
    "call origins() or any_origin()",
);
pub(in crate::rule) const CORS_ANY_ORIGIN_CREDENTIALS: Explanation = sourced(
    "Every page of the web could act with the visitor's cookies. Browsers refuse the combination as well.",
    "list the origins, or leave credentials() out",
    "https://fetch.spec.whatwg.org/#cors-protocol-and-credentials",
);
pub(in crate::rule) const CORS_WILDCARD_CREDENTIALS: Explanation = sourced(
    "With credentials browsers take `*` for a method or a header of that name, not for all of them.",
    "name each method and each header",
    "https://fetch.spec.whatwg.org/#cors-protocol-and-credentials",
);
pub(in crate::rule) const CORS_METHOD_MALFORMED: Explanation = sourced(
    "Methods are compared with their case. Browsers put a few into upper case themselves, PATCH is not among them.",
    "write the method in upper case, or as the service spells it",
    "https://fetch.spec.whatwg.org/#concept-method-normalize",
);
pub(in crate::rule) const CORS_METHOD_FORBIDDEN: Explanation = sourced(
    "Browsers send CONNECT, TRACE and TRACK for no page.",
    "remove it",
    "https://fetch.spec.whatwg.org/#forbidden-method",
);
pub(in crate::rule) const CORS_HEADER_MALFORMED: Explanation = sourced(
    "A header's name is a token of letters, digits and a few signs.",
    "write the name alone, without a colon or a comma",
    "https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2",
);
pub(in crate::rule) const CORS_HEADER_FORBIDDEN: Explanation = sourced(
    "Pages cannot set it, or it belongs to the CORS protocol itself, so allowing it has no effect that anybody could want.",
    "remove it",
    "https://fetch.spec.whatwg.org/#forbidden-request-header",
);
pub(in crate::rule) const CORS_SET_COOKIE_EXPOSED: Explanation = sourced(
    "Browsers hide it from every page, so that a script cannot read what a cookie holds.",
    "remove it",
    "https://fetch.spec.whatwg.org/#forbidden-response-header-name",
);
pub(in crate::rule) const CORS_MAX_AGE: Explanation = sourced(
    "Firefox keeps an answer for a day at most, every other browser less: a longer one is a mistake in its unit.",
    "set at most 86,400 seconds",
    "https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Access-Control-Max-Age",
);
pub(in crate::rule) const CORS_MAX_AGE_CAPPED: Explanation = sourced(
    "Chromium keeps an answer for two hours at most, whatever the service says.",
    "nothing",
    "https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Access-Control-Max-Age",
);
pub(in crate::rule) const CORS_PREFLIGHT_STATUS: Explanation = sourced(
    "Browsers take a preflight for refused unless its status is from 200 to 299.",
    "use 200 or 204",
    "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
);
pub(in crate::rule) const CORS_DUPLICATE: Explanation =
    sourced("What stands twice was probably meant to be something else once.", "remove one of them", FETCH);
