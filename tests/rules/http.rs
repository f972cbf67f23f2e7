//! The HTTP server: its address, limits, hosts, proxies, attempt limits and session cookies.

use hardened::{
    Http, Loader,
    auth::{Attempts, SessionSettings},
    listen::TrustedProxies,
    rule,
};

use crate::book::{Book, environment};

#[rustfmt::skip]
const ROWS: &[(&str, &[(&str, &str)])] = &[
    ("a loopback address", &[("API_HOST", "127.0.0.1")]),
    ("the public name as an address", &[("API_HOST", "https://api.acme.io")]),
    ("a name as an address", &[("API_HOST", "api.acme.io")]),
    ("an address with a port", &[("API_HOST", "0.0.0.0:8080")]),
    ("an address in quotes", &[("API_HOST", "'0.0.0.0'")]),
    ("a port that the system chooses", &[("PORT", "0")]),
    ("two ports", &[("PORT", "80"), ("API_PORT", "81")]),
    ("a linked container as a port", &[("API_PORT", "tcp://10.0.0.7:80")]),
    ("a Kubernetes Service with the name of a setting", &[("API_PORT", "tcp://10.0.0.7:80"), ("API_SERVICE_HOST", "10.0.0.7")]),
    ("debug output", &[("DEBUG", "true")]),
    ("debug output in quotes", &[("DEBUG", "\"true\"")]),
    ("another tool's debug output", &[("DEBUG", "app:*")]),
    ("a level that does not exist", &[("LOG_LEVEL", "warn2")]),
    ("a request that may take as long as it likes", &[("HTTP_REQUEST_TIMEOUT", "0")]),
    ("a time without a unit", &[("HTTP_HEADER_TIMEOUT", "10")]),
    ("a head that is too small", &[("HTTP_MAX_HEADER_BYTES", "4096")]),
    ("an idle time below that of the proxy", &[("DYNO", "web.1"), ("HTTP_IDLE_TIMEOUT", "90s")]),
    ("a stop that the platform cuts short", &[("K_SERVICE", "api"), ("K_REVISION", "api-1"), ("K_CONFIGURATION", "api"), ("HTTP_STOP_TIMEOUT", "8s")]),
    ("every host", &[("ALLOWED_HOSTS", "*")]),
    ("a host with a scheme", &[("ALLOWED_HOSTS", "https://api.acme.io")]),
    ("a host that was not filled in", &[("ALLOWED_HOSTS", "${HOST}")]),
    ("hosts with a semicolon", &[("ALLOWED_HOSTS", "a.acme.io;b.acme.io")]),
    ("a host in brackets", &[("ALLOWED_HOSTS", "[api.acme.io]")]),
    ("a host with a port", &[("ALLOWED_HOSTS", "api.acme.io:8080")]),
    ("a host of an example", &[("ALLOWED_HOSTS", "api.yourdomain.com")]),
];

#[rustfmt::skip]
const PROXIES: &[(&str, &[(&str, &str)])] = &[
    ("a platform whose proxy is known", &[("FLY_APP_NAME", "shop")]),
    ("a platform whose header is not known", &[("RENDER", "true")]),
    ("the platform's proxy where there is none", &[("TRUSTED_PROXIES", "platform")]),
    ("the platform's proxy where the header is not known", &[("RENDER", "true"), ("TRUSTED_PROXIES", "platform")]),
    ("everybody as a proxy", &[("TRUSTED_PROXIES", "10.0.0.0/8, ::/0")]),
    ("a part of the internet as proxies", &[("TRUSTED_PROXIES", "128.0.0.0/1")]),
    ("no proxies", &[("TRUSTED_PROXIES", "0")]),
    ("a proxy by its name", &[("TRUSTED_PROXIES", "proxy.acme.io")]),
    ("a network with bits behind its length", &[("TRUSTED_PROXIES", "10.0.0.1/8")]),
    ("a header that is not one of them", &[("TRUSTED_PROXY_HEADER", "x-client")]),
];

#[rustfmt::skip]
const ATTEMPTS: &[(&str, &[(&str, &str)])] = &[
    ("many attempts at one account", &[("ATTEMPTS_PER_ACCOUNT", "1000")]),
    ("a window below a second", &[("ATTEMPTS_WINDOW", "10ms")]),
];

const KEY: (&str, &str) = ("SESSION_COOKIE_KEY", test_support::KEY);

#[rustfmt::skip]
const SESSIONS: &[(&str, &[(&str, &str)])] = &[
    ("a session cookie without Secure", &[KEY, ("SESSION_COOKIE_SECURE", "false")]),
    ("a session cookie for other sites without Secure", &[KEY, ("SESSION_COOKIE_SAME_SITE", "none"), ("SESSION_COOKIE_SECURE", "false")]),
    ("a session cookie for other sites", &[KEY, ("SESSION_COOKIE_SAME_SITE", "none")]),
    ("a session cookie for a domain", &[KEY, ("SESSION_COOKIE_DOMAIN", "acme.io")]),
    ("a session cookie for a domain with a dot", &[KEY, ("SESSION_COOKIE_DOMAIN", ".acme.io")]),
    ("a session cookie for a public suffix", &[KEY, ("SESSION_COOKIE_DOMAIN", "herokuapp.com")]),
    ("a session of a year", &[KEY, ("SESSION_COOKIE_LIFETIME", "365d")]),
    ("a session of a second", &[KEY, ("SESSION_COOKIE_LIFETIME", "1s")]),
    ("a session cookie with its prefix in the name", &[KEY, ("SESSION_COOKIE_NAME", "__Host-session")]),
    ("a session cookie with the same key before", &[KEY, ("SESSION_COOKIE_KEY_PREVIOUS", test_support::KEY)]),
];

pub(crate) fn book() -> Book {
    let mut book = Book::default();
    book.rows::<Http>("production", ROWS);
    book.rows::<TrustedProxies>("production", PROXIES);
    book.rows::<Attempts>("production", ATTEMPTS);
    book.rows::<SessionSettings>("production", SESSIONS);
    let development = || environment("development", &[]);
    let localhost = environment("development", &[KEY, ("SESSION_COOKIE_SECURE", "false")]);
    book.load_in::<SessionSettings>("a session cookie for Safari on localhost", localhost);
    let everywhere = [KEY, ("SESSION_COOKIE_SECURE", "false"), ("SESSION_COOKIE_SAME_SITE", "none")];
    let everywhere = environment("development", &everywhere);
    book.load_in::<SessionSettings>("a session cookie for other sites on localhost", everywhere);
    book.load_in::<Http>("loopback in a container", development().marker_file("/.dockerenv"));
    book.load_in::<Http>("a release build that others can reach", development().set("API_HOST", "::").release_build());
    let loader = Loader::new().environment(environment("production", &[]));
    let waived = UPHELD.iter().fold(loader, |loader, rule| loader.waive(*rule, subject(*rule), "a proxy does it"));
    book.load::<Http>("what a waiver switches off", waived);
    book
}

fn subject(rule: rule::Rule) -> &'static str {
    if rule == rule::PROCESS_CORE_DUMPS { "process" } else { "http" }
}

/// The rules that the layer or the process enforces, whatever the input.
const UPHELD: &[rule::Rule] = &[
    rule::HTTP_HOST,
    rule::HTTP_HSTS,
    rule::HTTP_NOSNIFF,
    rule::HTTP_FRAME,
    rule::HTTP_CSP,
    rule::HTTP_REFERRER,
    rule::HTTP_PERMISSIONS,
    rule::HTTP_RESOURCE,
    rule::HTTP_CACHE,
    rule::HTTP_SOFTWARE,
    rule::HTTP_ERROR_BODY,
    rule::DOCS_PUBLIC,
    rule::PROCESS_CORE_DUMPS,
];
