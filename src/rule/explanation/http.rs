//! Explanations of `http-*` and `docs-*`.

use super::{Explanation, explain, sourced};

const OWASP_REST: &str = "OWASP REST Security Cheat Sheet, \"Security Headers\"";

pub(in crate::rule) const HTTP_LOOPBACK: Explanation = explain(
    "Inside a container, 127.0.0.1 is the container itself, so a platform's proxy and health probes cannot connect. Behind a proxy on the same machine this address is right.",
    "unset API_HOST, or set it to 0.0.0.0 (or :: to include IPv6)",
);
pub(in crate::rule) const HTTP_CONTAINER: Explanation = explain(
    "Development and Test listen on 127.0.0.1 by default, because they relax rules and nobody else should connect. Inside a container, 127.0.0.1 is the container itself, so a published port refuses every connection.",
    "in the container, set API_HOST=0.0.0.0 (or :: to include IPv6), and publish the port to your own machine only: docker run -p 127.0.0.1:8080:8080",
);
pub(in crate::rule) const HOST_PLACEHOLDER: Explanation = explain(
    "Somebody else has a name such as yourdomain.com or your-app.vercel.app, or can register it. Pages from there could read what the service answers to its users.",
    "set the real name; if the name really is yours, waive the rule",
);
pub(in crate::rule) const HOST_RESERVED: Explanation = sourced(
    "Nobody can register example.com or a name below it, so no page and no client ever comes from there: the value is left over from documentation.",
    "set the real name",
    "RFC 2606; RFC 6761 §6",
);
pub(in crate::rule) const HTTP_EXPOSED: Explanation = explain(
    "Development and Test relax rules because nobody else can connect. A release build that listens on an address of the network is probably deployed, with those rules relaxed.",
    "set ENVIRONMENT=production where this binary is deployed; on your own machine, set API_HOST=127.0.0.1",
);
pub(in crate::rule) const HTTP_PORT_RANDOM: Explanation = explain(
    "With port 0 the operating system chooses, so proxies and health probes do not know where to connect.",
    "set the port that the platform expects, or unset PORT",
);
pub(in crate::rule) const HTTP_IDLE_TIMEOUT: Explanation = sourced(
    "If the service closes an idle connection at the moment when the proxy sends a request on it, the request is lost and the client gets 502.",
    "raise HTTP_IDLE_TIMEOUT, or unset it for a default that fits the platform",
    "https://devcenter.heroku.com/articles/http-routing#keepalives",
);
pub(in crate::rule) const HTTP_STOP_TIMEOUT: Explanation = sourced(
    "The platform kills a process that takes longer to stop, and every request that is still being answered is lost.",
    "lower HTTP_STOP_TIMEOUT or HTTP_DRAIN, or unset both for defaults that fit the platform",
    "https://devcenter.heroku.com/articles/dyno-shutdown-behavior; https://cloud.google.com/run/docs/container-contract",
);
pub(in crate::rule) const HTTP_HOST: Explanation = sourced(
    "A page on the web can point its own name at 127.0.0.1 (DNS rebinding) and then read a service on a developer's machine as if it were its own.",
    "set ALLOWED_HOSTS to the names that clients use for the service, or waive the rule",
    "RFC 9110 §7.4",
);
pub(in crate::rule) const HTTP_PROXIES_UNSET: Explanation = sourced(
    "A proxy connects to the service on behalf of every client. If the service does not trust the proxy's header, it does not know its clients: attempts are not limited, and logs show the proxy's address.",
    "set TRUSTED_PROXIES=platform where the platform is known, or the number of proxies in front; set none if clients connect to the service directly",
    "RFC 7239 §8.1",
);
pub(in crate::rule) const HTTP_PROXIES_PLATFORM: Explanation = explain(
    "Platforms name the client in different headers, and a client can write any other header itself. The service therefore trusts only headers that the platform's own documentation describes.",
    "set TRUSTED_PROXIES to the number of proxies in front, or to their addresses",
);
pub(in crate::rule) const HTTP_PROXIES_ALL: Explanation = sourced(
    "A client that counts as a proxy writes the header itself, so it can claim a new address with each request and escape every limit, or claim somebody else's.",
    "set TRUSTED_PROXIES to the addresses of the proxies, or to their number where nobody can bypass them",
    "RFC 7239 §8.1",
);
pub(in crate::rule) const HTTP_ATTEMPTS: Explanation = sourced(
    "Many people choose one of the few thousand most common passwords. With hundreds of attempts in a minute, one client can try all of these at one account within an hour.",
    "unset ATTEMPTS_PER_ACCOUNT and ATTEMPTS_WINDOW for 5 attempts in a minute",
    "NIST SP 800-63B-4 §3.2.2; OWASP ASVS 5.0, 6.3.1",
);
pub(in crate::rule) const HTTP_COOKIE_INSECURE: Explanation = sourced(
    "Anyone on the network path can read the cookie, and use the session as if it were their own. Chrome and Firefox accept Secure cookies from http://localhost; Safari does not.",
    "unset SESSION_COOKIE_SECURE",
    "RFC 6265bis §4.1.2.5; OWASP ASVS 5.0, 3.3.1; https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Set-Cookie#browser_compatibility",
);
pub(in crate::rule) const HTTP_COOKIE_DOMAIN: Explanation = sourced(
    "Anyone who controls one host below the domain, such as a forgotten subdomain, receives the sessions of all users and can put a session of their own in their place.",
    "unset SESSION_COOKIE_DOMAIN; if all hosts below the domain are yours and share the session, waive the rule",
    "RFC 6265bis §4.1.3.2, §8.6; OWASP ASVS 5.0, 3.3.3",
);
pub(in crate::rule) const HTTP_COOKIE_SAME_SITE: Explanation = sourced(
    "A page of any site can make the browser send requests in the name of the user. A front end on another site needs that, and then every request that changes something needs its own defence, such as the guard of `hardened::stack`.",
    "serve the front end and the service on the same site and unset SESSION_COOKIE_SAME_SITE; or keep the guard on and waive the rule",
    "RFC 6265bis §8.8; OWASP ASVS 5.0, 3.3.2, 3.5.1",
);
pub(in crate::rule) const HTTP_COOKIE_LIFETIME: Explanation = sourced(
    "A copy of the cookie works until the session ends, and nobody notices it.",
    "set SESSION_COOKIE_LIFETIME to 30d or less; or use sessions that you can revoke, and waive the rule",
    "NIST SP 800-63B, \"AAL1\"; OWASP ASVS 5.0, 7.3.2",
);
pub(in crate::rule) const HTTP_HSTS: Explanation = sourced(
    "When someone types a name, the browser's first request goes over http:, and anyone on the network path can answer it.",
    "keep the header; waive the rule if the proxy in front sets it or a subdomain does not support https:",
    "RFC 6797; OWASP ASVS 5.0, 3.4.1",
);
pub(in crate::rule) const HTTP_NOSNIFF: Explanation = sourced(
    "A browser that guesses may take uploaded text for a script and run it.",
    "keep the header, and send the right Content-Type",
    "Fetch Standard, \"X-Content-Type-Options header\"; OWASP ASVS 5.0, 3.4.4",
);
pub(in crate::rule) const HTTP_FRAME: Explanation = sourced(
    "A page that frames a response can lay its own content over it and steer the user's clicks. Older browsers do not support `frame-ancestors`.",
    "keep the header, or set it in the handler whose response is meant for frames",
    OWASP_REST,
);
pub(in crate::rule) const HTTP_CSP: Explanation = sourced(
    "Data that a browser can be tricked into showing as a page could contain a script. An API's responses do not need to load anything.",
    "keep the header, or set it in the handlers that return pages",
    OWASP_REST,
);
pub(in crate::rule) const HTTP_REFERRER: Explanation = sourced(
    "The address of a response can contain a token or a name, and the target of a link would learn it.",
    "keep the header, or set it in the handlers that return pages",
    OWASP_REST,
);
pub(in crate::rule) const HTTP_PERMISSIONS: Explanation = sourced(
    "A script that gets into a response should not be able to use the permissions that the user gave the site.",
    "keep the header, or set it in the handlers that return pages",
    OWASP_REST,
);
pub(in crate::rule) const HTTP_RESOURCE: Explanation = sourced(
    "A page of another site that loads a response as an image or a script has it in its own memory, where side channels can read it. CORS requests are not affected.",
    "keep the header, or set `cross-origin` in the handler whose files other sites embed",
    "Fetch Standard, \"Cross-Origin-Resource-Policy header\"",
);
pub(in crate::rule) const HTTP_CACHE: Explanation = sourced(
    "Browsers and proxies may store a response that does not forbid it, and show one person's data to the next.",
    "keep the header, or set Cache-Control in the handlers whose responses may be stored",
    "RFC 9111 §4.2.2; OWASP REST Security Cheat Sheet",
);
pub(in crate::rule) const HTTP_SOFTWARE: Explanation = sourced(
    "The name and version of the software tell an attacker which vulnerabilities to try.",
    "leave the headers removed",
    "RFC 9110 §10.2.4; OWASP ASVS 5.0, 13.4.6",
);
pub(in crate::rule) const HTTP_ERROR_BODY: Explanation = sourced(
    "Error text reveals tables, hosts, files and sometimes a password. The caller gets an identifier that is also in the log.",
    "keep the replacement on; mark a response that is meant for the caller with `KeepBody`",
    "RFC 9457; OWASP ASVS 5.0, 16.5.1",
);
pub(in crate::rule) const DOCS_PUBLIC: Explanation = sourced(
    "The documentation lists every path and parameter for anyone who is looking for a weakness.",
    "serve it in development and test only; if the API is meant for the public, waive the rule",
    "OWASP ASVS 5.0, 13.4.5",
);
