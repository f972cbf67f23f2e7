//! The address of the client behind proxies.

use std::net::{IpAddr, SocketAddr};

use axum::{Router, body::Body, extract::Extension, http::Request, routing::get};
use hardened::{
    Config, Environment, Http, Loaded, Loader,
    layers::{ClientAddress, PeerAddress},
    listen::TrustedProxies,
};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

/// The proxy that connects in most rows.
const PROXY: &str = "10.0.0.9";

#[derive(Debug, Config)]
struct Settings {
    #[config(nested)]
    http: Http,
    #[config(nested)]
    proxies: TrustedProxies,
}

fn environment(variables: &[(&'static str, &str)]) -> Environment {
    variables.iter().fold(Environment::empty(), |environment, (name, value)| environment.set(*name, *value))
}

fn load(variables: &[(&'static str, &str)]) -> Loaded<Settings> {
    Loader::new().environment(environment(variables)).load().unwrap()
}

/// Returns what the service learns about the client of a request from a peer: its address, and whether it used `https:`.
async fn seen(settings: &Settings, peer: PeerAddress, headers: &[(&str, &str)]) -> Option<(IpAddr, Option<bool>)> {
    let response = sent(settings, Some(peer), headers).await;
    let body = response.into_body().collect().await.unwrap().to_bytes();
    let text = std::str::from_utf8(&body).unwrap();
    let (address, secure) = text.split_once(' ')?;
    Some((address.parse().unwrap(), secure.parse().ok()))
}

async fn sent(settings: &Settings, peer: Option<PeerAddress>, headers: &[(&str, &str)]) -> axum::response::Response {
    async fn who(client: Option<Extension<ClientAddress>>) -> String {
        client.map(|Extension(client)| format!("{} {}", client.ip(), text(client.is_secure()))).unwrap_or_default()
    }
    fn text(secure: Option<bool>) -> String {
        secure.map_or_else(|| "-".to_owned(), |secure| secure.to_string())
    }
    let service = Router::new().route("/", get(who)).layer(settings.http.layer().clients(&settings.proxies));
    let mut request = Request::get("/").header("host", "api.example.com");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::empty()).unwrap();
    if let Some(peer) = peer {
        request.extensions_mut().insert(peer);
    }
    service.oneshot(request).await.unwrap()
}

fn peer(address: &str) -> PeerAddress {
    PeerAddress::from(address.parse::<IpAddr>().unwrap())
}

/// The trusted proxies, the header that is read, the peer, the headers of the request, and the expected client.
type Row<'a> = (&'a str, &'a str, &'a str, &'a [(&'a str, &'a str)], &'a str);

#[rustfmt::skip]
const ROWS: &[Row<'_>] = &[
    // No proxy is trusted: headers change nothing.
    ("none", "x-forwarded-for", PROXY, &[("x-forwarded-for", "203.0.113.9")], PROXY),
    ("none", "forwarded", PROXY, &[("forwarded", "for=203.0.113.9")], PROXY),
    ("none", "x-real-ip", PROXY, &[("x-real-ip", "203.0.113.9")], PROXY),
    // Headers from a peer that is not a trusted proxy are ignored.
    ("10.0.0.9", "x-forwarded-for", "203.0.113.7", &[("x-forwarded-for", "198.51.100.1")], "203.0.113.7"),
    ("private", "x-real-ip", "203.0.113.7", &[("x-real-ip", "198.51.100.1")], "203.0.113.7"),
    // The proxy's entry is on the right; entries that a client forged are to the left of it.
    ("10.0.0.9", "x-forwarded-for", PROXY, &[("x-forwarded-for", "203.0.113.9")], "203.0.113.9"),
    ("10.0.0.9", "x-forwarded-for", PROXY, &[("x-forwarded-for", "198.51.100.1, 203.0.113.9")], "203.0.113.9"),
    ("10.0.0.9", "x-forwarded-for", PROXY, &[("x-forwarded-for", "198.51.100.1"), ("x-forwarded-for", "203.0.113.9")], "203.0.113.9"),
    ("10.0.0.0/8", "x-forwarded-for", PROXY, &[("x-forwarded-for", "198.51.100.1, 203.0.113.9, 10.1.1.1")], "203.0.113.9"),
    ("private, loopback", "x-forwarded-for", "127.0.0.1", &[("x-forwarded-for", "203.0.113.9, 192.168.7.7")], "203.0.113.9"),
    ("10.0.0.0/8", "x-forwarded-for", "::ffff:10.0.0.9", &[("x-forwarded-for", "203.0.113.9")], "203.0.113.9"),
    // All addresses are proxies: the outermost one is the client.
    ("10.0.0.0/8", "x-forwarded-for", PROXY, &[("x-forwarded-for", "10.3.3.3, 10.2.2.2")], "10.3.3.3"),
    // A fixed number of proxies is trusted.
    ("1", "x-forwarded-for", PROXY, &[("x-forwarded-for", "198.51.100.1, 203.0.113.9")], "203.0.113.9"),
    ("2", "x-forwarded-for", PROXY, &[("x-forwarded-for", "198.51.100.1, 203.0.113.9, 192.0.2.1")], "203.0.113.9"),
    ("3", "x-forwarded-for", PROXY, &[("x-forwarded-for", "203.0.113.9")], "203.0.113.9"),
    // Without a header or a usable entry in it, the proxy itself is the client, and entries to the left are ignored.
    ("1", "x-forwarded-for", PROXY, &[], PROXY),
    ("1", "x-forwarded-for", PROXY, &[("x-forwarded-for", "")], PROXY),
    ("1", "x-forwarded-for", PROXY, &[("x-forwarded-for", "198.51.100.1, unknown")], PROXY),
    ("1", "x-forwarded-for", PROXY, &[("x-forwarded-for", "198.51.100.1,")], PROXY),
    ("10.0.0.0/8", "x-forwarded-for", PROXY, &[("x-forwarded-for", "198.51.100.1, _hidden, 10.1.1.1")], "10.1.1.1"),
    ("1", "x-forwarded-for", PROXY, &[("x-forwarded-for", "203.0.113.9\u{e9}")], PROXY),
    // Other headers than the one that is read change nothing.
    ("1", "x-forwarded-for", PROXY, &[("forwarded", "for=198.51.100.1"), ("x-real-ip", "198.51.100.2"), ("x-forwarded-for", "203.0.113.9")], "203.0.113.9"),
    ("1", "x-real-ip", PROXY, &[("x-forwarded-for", "198.51.100.1")], PROXY),
    // Forms of addresses and headers.
    ("1", "x-forwarded-for", PROXY, &[("x-forwarded-for", "203.0.113.9:4711")], "203.0.113.9"),
    ("1", "x-forwarded-for", PROXY, &[("x-forwarded-for", "[2001:db8::7%25eth0]:4711")], "2001:db8::7"),
    ("1", "forwarded", PROXY, &[("forwarded", r#"for=198.51.100.1, for="[2001:db8::7]:4711";proto=https"#)], "2001:db8::7"),
    ("1", "forwarded", PROXY, &[("forwarded", r#"for="198.51.100.1, for=203.0.113.9"#)], PROXY),
    ("10.0.0.0/8", "forwarded", PROXY, &[("forwarded", "for=198.51.100.1, for=203.0.113.9, for=10.1.1.1")], "203.0.113.9"),
    ("1", "x-real-ip", PROXY, &[("x-real-ip", "203.0.113.9")], "203.0.113.9"),
    ("1", "x-real-ip", PROXY, &[("x-real-ip", "198.51.100.1"), ("x-real-ip", "203.0.113.9")], PROXY),
    ("1", "x-real-ip", PROXY, &[("x-real-ip", "198.51.100.1, 203.0.113.9")], PROXY),
    ("1", "cf-connecting-ip", PROXY, &[("cf-connecting-ip", "203.0.113.9")], "203.0.113.9"),
    ("1", "true-client-ip", PROXY, &[("true-client-ip", "203.0.113.9")], "203.0.113.9"),
    ("1", "fly-client-ip", PROXY, &[("fly-client-ip", "203.0.113.9")], "203.0.113.9"),
    // Every address is a trusted proxy.
    ("*", "x-forwarded-for", "203.0.113.7", &[("x-forwarded-for", "198.51.100.1, 203.0.113.9")], "198.51.100.1"),
];

#[tokio::test]
async fn only_a_trusted_proxy_can_name_the_client() {
    for (trusted, header, from, headers, expected) in ROWS {
        let settings = load(&[("TRUSTED_PROXIES", trusted), ("TRUSTED_PROXY_HEADER", header)]);
        let (address, _) = seen(&settings, peer(from), headers).await.unwrap();
        assert_eq!(address, expected.parse::<IpAddr>().unwrap(), "{trusted} {header} {from} {headers:?}");
    }
}

#[tokio::test]
async fn thousands_of_addresses_in_a_header_do_no_harm() {
    let many = "198.51.100.1, ".repeat(4_000) + "203.0.113.9";
    let settings = load(&[("TRUSTED_PROXIES", "1")]);
    let (address, _) = seen(&settings, peer(PROXY), &[("x-forwarded-for", &many)]).await.unwrap();
    assert_eq!(address, "203.0.113.9".parse::<IpAddr>().unwrap());
}

#[tokio::test]
async fn a_unix_socket_belongs_to_this_machine() {
    let headers = [("x-forwarded-for", "203.0.113.9")];
    for (trusted, expected) in [("loopback", true), ("1", true), ("*", true), ("10.0.0.0/8", false), ("none", false)] {
        let seen = seen(&load(&[("TRUSTED_PROXIES", trusted)]), PeerAddress::unix(), &headers).await;
        assert_eq!(seen.is_some(), expected, "{trusted}");
    }
}

#[tokio::test]
async fn without_a_peer_there_is_no_client() {
    let response = sent(&load(&[("TRUSTED_PROXIES", "1")]), None, &[("x-forwarded-for", "203.0.113.9")]).await;
    assert_eq!(response.into_body().collect().await.unwrap().to_bytes().len(), 0);
}

#[tokio::test]
async fn only_a_trusted_proxy_says_how_the_client_connected() {
    let x = |scheme| [("x-forwarded-for", "203.0.113.9"), ("x-forwarded-proto", scheme)];
    for (trusted, headers, expected) in [
        ("1", &x("https")[..], Some(true)),
        ("1", &x("HTTP"), Some(false)),
        ("1", &x("ftp"), None),
        ("1", &x(""), None),
        ("1", &x("https, http"), Some(false)),
        (
            "10.0.0.0/8",
            &[("x-forwarded-for", "203.0.113.9, 10.1.1.1"), ("x-forwarded-proto", "https, http")],
            Some(true),
        ),
        ("none", &x("https"), None),
        ("192.0.2.1", &x("https"), None),
    ] {
        let (_, secure) = seen(&load(&[("TRUSTED_PROXIES", trusted)]), peer(PROXY), headers).await.unwrap();
        assert_eq!(secure, expected, "{trusted} {headers:?}");
    }
}

#[tokio::test]
async fn hsts_is_not_sent_where_a_trusted_proxy_says_that_the_client_used_http() {
    for (trusted, scheme, expected) in
        [("1", "http", false), ("1", "https", true), ("1", "", true), ("none", "http", true)]
    {
        let settings = load(&[("TRUSTED_PROXIES", trusted)]);
        let response = sent(&settings, Some(peer(PROXY)), &[("x-forwarded-proto", scheme)]).await;
        let sent = response.headers().contains_key("strict-transport-security");
        assert_eq!(sent, expected, "{trusted} {scheme}");
    }
}

#[tokio::test]
async fn each_platforms_own_header_is_read_and_no_other() {
    let forged = [("forwarded", "for=198.51.100.1"), ("true-client-ip", "198.51.100.1")];
    for (marker, header, others) in [
        ("FLY_APP_NAME", ("fly-client-ip", "203.0.113.9"), ("x-forwarded-for", "198.51.100.1")),
        ("DYNO", ("x-forwarded-for", "198.51.100.1, 203.0.113.9"), ("x-real-ip", "198.51.100.1")),
        ("RAILWAY_PROJECT_ID", ("x-real-ip", "203.0.113.9"), ("x-forwarded-for", "198.51.100.1")),
        ("VERCEL", ("x-forwarded-for", "203.0.113.9"), ("x-real-ip", "198.51.100.1")),
    ] {
        let settings = load(&[(marker, "web.1"), ("TRUSTED_PROXIES", "platform")]);
        let headers: Vec<_> = forged.into_iter().chain([others, header]).collect();
        let (address, _) = seen(&settings, peer(PROXY), &headers).await.unwrap();
        assert_eq!(address, "203.0.113.9".parse::<IpAddr>().unwrap(), "{marker}");
    }
}

#[tokio::test]
async fn a_second_line_on_heroku_names_nobody_because_its_router_extends_the_first() {
    let settings = load(&[("DYNO", "web.1"), ("TRUSTED_PROXIES", "platform")]);
    let headers = [("x-forwarded-for", "203.0.113.9"), ("x-forwarded-for", "198.51.100.1")];
    let (address, _) = seen(&settings, peer(PROXY), &headers).await.unwrap();
    assert_eq!(address, PROXY.parse::<IpAddr>().unwrap());
}

#[test]
fn settings_that_do_not_fit_the_platform_are_reported() {
    for (variables, expected) in [
        (&[][..], &[][..]),
        (&[("FLY_APP_NAME", "shop")], &["http-proxies-unset TRUSTED_PROXIES"]),
        (&[("RENDER", "true")], &["http-proxies-unset TRUSTED_PROXIES"]),
        (&[("FLY_APP_NAME", "shop"), ("TRUSTED_PROXIES", "none")], &[]),
        (&[("FLY_APP_NAME", "shop"), ("TRUSTED_PROXIES", "platform")], &[]),
        (&[("RENDER", "true"), ("TRUSTED_PROXIES", "2")], &[]),
        (&[("RENDER", "true"), ("TRUSTED_PROXIES", "platform"), ("TRUSTED_PROXY_HEADER", "cf-connecting-ip")], &[]),
        (&[("RENDER", "true"), ("TRUSTED_PROXIES", "platform")], &["http-proxies-platform TRUSTED_PROXIES"]),
        (&[("TRUSTED_PROXIES", "platform")], &["http-proxies-platform TRUSTED_PROXIES"]),
        (&[("TRUSTED_PROXIES", "platform"), ("ENVIRONMENT", "test")], &["http-proxies-platform TRUSTED_PROXIES"]),
        (&[("TRUSTED_PROXIES", "*")], &["http-proxies-all TRUSTED_PROXIES"]),
        (&[("TRUSTED_PROXIES", "proxy.example.com")], &["setting-malformed TRUSTED_PROXIES"]),
        (&[("TRUSTED_PROXY_HEADER", "x-client")], &["setting-malformed TRUSTED_PROXY_HEADER"]),
    ] {
        let outcome = Loader::new().environment(environment(variables)).load::<Settings>();
        let report = match &outcome {
            Ok(http) => Loaded::report(http),
            Err(refusal) => refusal.report(),
        };
        let told: Vec<_> = report.findings().iter().map(|one| format!("{} {}", one.code(), one.subject())).collect();
        assert_eq!(told, expected, "{variables:?}");
    }
}

#[test]
fn a_peer_is_an_address_without_a_port() {
    let socket: SocketAddr = "[::ffff:203.0.113.9]:4711".parse().unwrap();
    assert_eq!(PeerAddress::from(socket), peer("203.0.113.9"));
}
