//! Explanations of `http-*` and `docs-*`.

use super::{Explanation, explain, sourced};

const OWASP_REST: &str = "OWASP REST Security Cheat Sheet, \"Security Headers\"";

pub(in crate::rule) const HTTP_LOOPBACK: Explanation = explain(
    "Inside a container, 127.0.0.1 is the container alone: a platform's proxy and its probes cannot connect. Behind a proxy on the same machine it is right.",
    "unset API_HOST, or set 0.0.0.0, or :: for IPv6 as well",
);
pub(in crate::rule) const HTTP_PORT_RANDOM: Explanation = explain(
    "Port 0 lets the operating system choose, so that no proxy and no probe knows where to connect.",
    "set the port that the platform expects, or unset PORT",
);
pub(in crate::rule) const HTTP_HOST: Explanation = sourced(
    "A page on the web can point its own name at 127.0.0.1 (DNS rebinding) and then read a service on a developer's machine as if it were its own.",
    "set ALLOWED_HOSTS to the names that the service is called by, or waive the rule",
    "RFC 9110 §7.4; CWE-350",
);
pub(in crate::rule) const HTTP_HSTS: Explanation = sourced(
    "The first request of a person who types a name goes over http:, where anybody on the way can answer it.",
    "leave it on; waive the rule where the proxy in front sets the header, or a subdomain has no https:",
    "RFC 6797; OWASP ASVS 5.0, 3.4.1",
);
pub(in crate::rule) const HTTP_NOSNIFF: Explanation = sourced(
    "A browser that guesses takes uploaded text for a script and runs it.",
    "leave it on, and send the right Content-Type",
    "Fetch Standard, \"X-Content-Type-Options header\"; OWASP ASVS 5.0, 3.4.4",
);
pub(in crate::rule) const HTTP_FRAME: Explanation = sourced(
    "A page that shows a response in a frame can lay its own over it and steer the clicks. Older browsers know no `frame-ancestors`.",
    "leave it on, or set the header in the handler whose response is meant for frames",
    OWASP_REST,
);
pub(in crate::rule) const HTTP_CSP: Explanation = sourced(
    "Data that a browser can be made to show as a page could carry a script. An interface's answers need to load nothing.",
    "leave it on, or set the header in the handlers that answer with pages",
    OWASP_REST,
);
pub(in crate::rule) const HTTP_REFERRER: Explanation = sourced(
    "The address of a response can hold a token or a name, and the target of a link would learn it.",
    "leave it on, or set the header in the handlers that answer with pages",
    OWASP_REST,
);
pub(in crate::rule) const HTTP_PERMISSIONS: Explanation = sourced(
    "A script that gets into a response should not reach what the person allowed the site.",
    "leave it on, or set the header in the handlers that answer with pages",
    OWASP_REST,
);
pub(in crate::rule) const HTTP_RESOURCE: Explanation = sourced(
    "A page of another site that loads a response as an image or script has it in its own memory, where side channels read it. Requests by CORS are not concerned.",
    "leave it on, or set `cross-origin` in the handler whose files other sites embed",
    "Fetch Standard, \"Cross-Origin-Resource-Policy header\"",
);
pub(in crate::rule) const HTTP_CACHE: Explanation = sourced(
    "Browsers and proxies may store a response that forbids nothing, and show one person's data to the next.",
    "leave it on, or set Cache-Control in the handlers whose responses may be stored",
    "RFC 9111 §4.2.2; OWASP REST Security Cheat Sheet",
);
pub(in crate::rule) const HTTP_SOFTWARE: Explanation = sourced(
    "The name and version of the software tell an attacker which weaknesses to try.",
    "leave it on",
    "RFC 9110 §10.2.4; OWASP ASVS 5.0, 13.4.6",
);
pub(in crate::rule) const HTTP_ERROR_BODY: Explanation = sourced(
    "The text of an error names tables, hosts, files and sometimes a password. The caller gets an identifier, and the log has it too.",
    "leave it on; a response that is meant to be read carries `KeepBody`",
    "RFC 9457; CWE-209; OWASP ASVS 5.0, 16.5.1",
);
pub(in crate::rule) const DOCS_PUBLIC: Explanation = sourced(
    "The documentation lists every path and parameter for whoever looks for a weak one.",
    "serve it in development and test only; waive the rule where the interface is meant for the public",
    "OWASP ASVS 5.0, 13.4.5",
);
