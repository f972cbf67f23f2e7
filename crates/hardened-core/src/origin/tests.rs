use super::*;

#[test]
fn a_canonical_origin_is_read_and_written_unchanged() {
    for (text, scheme, host, port) in [
        ("https://example.com", "https", "example.com", None),
        ("https://example.com:1", "https", "example.com", Some(1)),
        ("https://example.com:65535", "https", "example.com", Some(65535)),
        ("https://example.com:80", "https", "example.com", Some(80)),
        ("http://example.com:443", "http", "example.com", Some(443)),
        ("http://[::1]:3000", "http", "[::1]", Some(3000)),
        ("http://[2001:db8::1]", "http", "[2001:db8::1]", None),
        ("http://192.0.2.1", "http", "192.0.2.1", None),
        ("https://xn--bcher-kva.example", "https", "xn--bcher-kva.example", None),
        ("https://under_score.example.com", "https", "under_score.example.com", None),
        ("https://localhost", "https", "localhost", None),
        ("capacitor://localhost", "capacitor", "localhost", None),
        ("tauri://localhost", "tauri", "localhost", None),
        ("chrome-extension://abcdefghijklmnop", "chrome-extension", "abcdefghijklmnop", None),
    ] {
        let origin = Origin::parse(text).unwrap();
        assert_eq!((origin.as_str(), origin.scheme(), origin.host(), origin.port()), (text, scheme, host, port));
    }
}

#[test]
fn every_flaw_of_a_text_is_named_with_the_canonical_spelling() {
    use Flaw::*;
    for (text, flaws, canonical) in [
        ("", &[Blank][..], None),
        ("*", &[Any], None),
        ("null", &[Null], None),
        ("file:///etc/passwd", &[Null], None),
        ("app.example.com", &[NoScheme], None),
        ("//app.example.com", &[NoScheme], None),
        ("https://a.example https://b.example", &[NotOne], None),
        ("\"https://a.example\"", &[NotOne], None),
        ("https://a.example;https://b.example", &[NotOne], None),
        ("https://exa*mple.com", &[Wildcard], None),
        ("https://example.com/", &[Path], Some("https://example.com")),
        ("https://example.com?x=1", &[Path], None),
        ("https://example.com#x", &[Path], None),
        ("https://hooks.example.com/services/T0/B0", &[Path], None),
        ("https://Example.com", &[UpperCase], Some("https://example.com")),
        ("HTTPS://example.com", &[UpperCase], Some("https://example.com")),
        ("https://example.com:443", &[DefaultPort], Some("https://example.com")),
        ("http://example.com:80", &[DefaultPort], Some("http://example.com")),
        ("https://example.com:", &[DefaultPort], Some("https://example.com")),
        ("https://example.com:08443", &[DefaultPort], Some("https://example.com:8443")),
        ("https://example.com:0", &[Port], None),
        ("https://example.com:65536", &[Port], None),
        ("https://example.com:x", &[Port], None),
        ("https://bücher.example", &[Unicode], Some("https://xn--bcher-kva.example")),
        ("https://example.com.", &[TrailingDot], Some("https://example.com")),
        ("http://0x7f.1", &[Address], Some("http://127.0.0.1")),
        ("http://2130706433", &[Address], Some("http://127.0.0.1")),
        ("http://[0:0:0:0:0:0:0:1]", &[Address], Some("http://[::1]")),
        ("https://user:pass@example.com", &[UserInfo], None),
        ("https://user@example.com:443/", &[DefaultPort, Path, UserInfo], None),
        ("HTTPS://App.Example.com:443/", &[DefaultPort, Path, UpperCase], Some("https://app.example.com")),
        ("HTTPS://App.Example.com:443/x", &[DefaultPort, Path, UpperCase], None),
        ("HTTPS://Localhost:3000", &[UpperCase], Some("https://localhost:3000")),
        ("https://Hunter2", &[UpperCase], None),
        ("https://", &[Host], None),
        ("https://a..example", &[Host], None),
        ("https://[::1", &[Host], None),
        ("https://exa`mple.com", &[Host], None),
        ("1http://example.com", &[Scheme], None),
        ("Capacitor://localhost", &[UpperCase], None),
        ("Hunter2://Secret.Word", &[UpperCase], None),
        ("htps://app.example.com", &[Misspelt], Some("https://app.example.com")),
        ("htpp://app.example.com", &[Misspelt], Some("http://app.example.com")),
        ("httpss://app.example.com", &[Misspelt], Some("https://app.example.com")),
        ("hhtps://app.example.com/", &[Misspelt], Some("https://app.example.com")),
        ("wss://app.example.com", &[Misspelt], Some("https://app.example.com")),
        ("ws://localhost:3000", &[Misspelt], Some("http://localhost:3000")),
        ("htps://user:pa/ss@app.example.com", &[Misspelt], None),
        ("https:/app.example.com", &[Misspelt], None),
        ("https//app.example.com", &[Misspelt], None),
        ("https;//app.example.com", &[NotOne], None),
        ("http:app.example.com", &[Misspelt], None),
        ("https://${APP_DOMAIN}", &[Template], None),
        ("https://app.${DOMAIN}:8443", &[Template], None),
        ("${FRONTEND_URL}", &[Template], None),
        ("$FRONTEND_URL", &[Template], None),
        ("https://$HOST", &[Template], None),
        ("$(FRONTEND_URL)", &[Template], None),
        ("{{ frontend_url }}", &[Template], None),
        ("https://{tenant}.example.com", &[Template], None),
        ("https://<your-domain>", &[Template], None),
        ("%FRONTEND_URL%", &[Template], None),
        ("https://%DOMAIN%", &[Template], None),
        ("@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/o)", &[Template], None),
        ("op://vault/cors/origin", &[Template], None),
        ("ref+gcpsecrets://app/origin", &[Template], None),
        ("gcpsm://app/origin", &[Template], None),
        ("arn:aws:ssm:eu-west-1:1:parameter/origin", &[Template], None),
        ("process.env.FRONTEND_URL", &[Template], None),
        ("import.meta.env.VITE_URL", &[Template], None),
        ("env.example.com", &[NoScheme], None),
        ("secrets.example.com", &[NoScheme], None),
        ("[\"https://a.example\"", &[List], None),
        ("[https://a.example]", &[List], None),
        ("[]", &[List], None),
        ("https://a.example|https://b.example", &[Several], None),
        ("a.example|b.example", &[Several], None),
        ("https://a.examplehttps://b.example", &[Several], None),
        (r"^https://.*\.example\.com$", &[Expression], None),
        (r"/^https:\/\/app\.example\.com$/", &[Expression], None),
        (r"https://.*\.example\.com", &[Expression], None),
        ("https://app.example.com$", &[Expression], None),
        ("https://(app|admin).example.com", &[Expression], None),
        ("$(A || B)", &[Template], None),
        ("exp://192.0.2.1:19000", &[Scheme], None),
        ("http://localhost:*", &[AnyPort], None),
        ("https://app.example.com%2f", &[Host], None),
    ] {
        let error = Origin::parse(text).unwrap_err();
        assert_eq!(error.flaws(), flaws, "{text:?}");
        assert_eq!(error.canonical().map(Origin::as_str), canonical, "{text:?}");
    }
}

#[test]
fn a_credential_with_unescaped_characters_is_not_offered_back() {
    for text in ["https://user:12/34@example.com", "https://a@b@example.com", "https://user:p#a@example.com"] {
        let error = Origin::parse(text).unwrap_err();
        assert_eq!(error.canonical(), None, "{text:?}");
        assert!(!format!("{error}{error:?}").contains("12"), "{text:?}");
    }
}

#[test]
fn a_loopback_host_is_known_in_every_canonical_spelling() {
    for (text, loopback) in [
        ("http://localhost", true),
        ("http://app.localhost:3000", true),
        ("http://127.0.0.1", true),
        ("http://127.255.255.254", true),
        ("http://[::1]", true),
        ("http://[::ffff:7f00:1]", true),
        ("http://0.0.0.0:8080", true),
        ("http://[::]", true),
        ("http://128.0.0.1", false),
        ("http://10.0.0.1", false),
        ("http://notlocalhost", false),
        ("http://localhost.example.com", false),
    ] {
        assert_eq!(Origin::parse(text).unwrap().is_loopback(), loopback, "{text}");
    }
}

#[test]
fn a_pattern_matches_below_its_domain_and_nowhere_else() {
    let pattern = OriginPattern::parse("https://*.example.com:8443").unwrap();
    for (text, matches) in [
        ("https://a.example.com:8443", true),
        ("https://a.b.example.com:8443", true),
        ("https://example.com:8443", false),
        ("https://aexample.com:8443", false),
        ("https://a.example.com", false),
        ("http://a.example.com:8443", false),
        ("https://a.example.com.evil.com:8443", false),
    ] {
        assert_eq!(pattern.matches(&Origin::parse(text).unwrap()), matches, "{text}");
    }
    assert_eq!(pattern.to_string(), "https://*.example.com:8443");
}

#[test]
fn a_star_elsewhere_than_in_front_of_a_domain_is_no_pattern() {
    for text in [
        "https://*",
        "https://*example.com",
        "https://a*.example.com",
        "https://a.*.example.com",
        "https://*.*.example.com",
        "https://*.192.0.2.1",
        "https://*.[::1]",
        "https://*.example.com:*",
        "*://example.com",
        "*.example.com",
        "capacitor://*.localhost",
    ] {
        assert_eq!(OriginPattern::parse(text).unwrap_err().flaws(), [Flaw::Wildcard], "{text}");
    }
}
