//! Policies whose origins come from a variable.

use hardened::{Config, CorsSettings, Environment, Loaded, Loader, Refusal, Tier, cors::PolicyBuilder, rule};

/// Allows cookies and the webview of the mobile app.
fn pages(policy: PolicyBuilder) -> PolicyBuilder {
    policy.allow_credentials().allow_methods(["PUT"]).dangerous().origin("capacitor://localhost", "the mobile app")
}

fn wrong(policy: PolicyBuilder) -> PolicyBuilder {
    policy.allow_methods(["patch", "TRACE"])
}

#[derive(Debug, Config)]
struct Pages {
    #[config(nested, with = pages)]
    cors: CorsSettings,
}

#[derive(Debug, Config)]
struct Wrong {
    #[config(nested, with = wrong)]
    cors: CorsSettings,
}

fn loader(tier: &'static str, origins: &str) -> Loader {
    Loader::new().environment(Environment::empty().set("ENVIRONMENT", tier).set("CORS_ORIGINS", origins))
}

fn load(origins: &str) -> Result<Loaded<CorsSettings>, Refusal> {
    loader("production", origins).load()
}

#[test]
fn origins_are_separated_by_commas_with_or_without_spaces() {
    for list in [
        "https://a.example,https://b.example",
        "https://a.example, https://b.example",
        " https://a.example ,\thttps://b.example ",
    ] {
        let settings = load(list).unwrap();
        let origins: Vec<_> = settings.policy().origins().iter().map(ToString::to_string).collect();
        assert_eq!(origins, ["https://a.example", "https://b.example"], "{list}");
    }
}

#[test]
fn the_table_shows_accepted_origins() {
    let settings = load("https://a.example, https://*.preview.example.com").unwrap();
    assert_eq!(Loaded::table(&settings).rows()[0].value(), Some("https://a.example, https://*.preview.example.com"));
}

#[test]
fn every_item_is_judged_and_named_by_its_place() {
    let refusal = load("https://a.example/,,http://localhost:3000,*,https://*.vercel.app, null").unwrap_err();
    let found: Vec<_> = refusal.report().findings().iter().map(|it| (it.code(), it.message())).collect();
    let expected = [
        ("origin-path", "malformed: item 1: contains a path or a trailing slash"),
        ("origin-malformed", "malformed: item 2: the origin is blank"),
        ("origin-loopback", "insecure: item 3: the visitor's own machine, where any program can serve a page"),
        ("origin-any", "prohibited: item 4: * would allow every origin"),
        ("origin-public-suffix", "insecure: item 5: matches names that anyone can register"),
        ("origin-null", "prohibited: item 6: the null origin cannot be allowed"),
    ]
    .map(|(code, message)| (code, message.to_owned()));
    assert_eq!(found, expected);
    for finding in refusal.report().findings() {
        assert_eq!((finding.subject(), finding.field()), ("CORS_ORIGINS", "origins"));
        assert!(finding.provenance().is_some());
    }
}

#[test]
fn the_remedy_for_previews_names_three_ways() {
    let refusal = load("https://*.vercel.app").unwrap_err();
    let remedy = refusal.report().findings()[0].remedy();
    for way in ["https://*.preview.example.com", "from CI", "rewrite /api"] {
        assert!(remedy.contains(way), "{remedy}");
    }
}

#[test]
fn a_missing_list_is_one_finding_and_the_policy_in_code_is_still_checked() {
    let loader = Loader::new().environment(Environment::empty().set("ENVIRONMENT", "production"));
    let refusal = loader.load::<Wrong>().map(|wrong| wrong.cors.clone()).unwrap_err();
    let mut codes: Vec<_> = refusal.report().findings().iter().map(|it| (it.code(), it.field())).collect();
    codes.sort_unstable();
    let expected = [
        ("cors-method-forbidden", "cors.methods"),
        ("cors-method-malformed", "cors.methods"),
        ("setting-missing", "cors.origins"),
    ];
    assert_eq!(codes, expected);
}

#[test]
fn a_dangerous_origin_in_code_is_a_waiver_in_the_report() {
    let settings = loader("production", "https://app.example.com").load::<Pages>().unwrap();
    let waivers = Loaded::report(&settings).waivers();
    assert_eq!(waivers.len(), 1);
    assert_eq!((waivers[0].rule(), waivers[0].subject()), (rule::ORIGIN_SCHEME, "CORS_ORIGINS"));
    assert!(Loaded::report(&settings).to_string().contains("CORS_ORIGINS  accepted: the mobile app (origin-scheme)"));
    assert!(settings.cors.policy().allows(b"capacitor://localhost"));
    assert!(settings.cors.policy().allows(b"https://app.example.com"));
}

#[test]
fn a_loader_can_waive_the_place_of_an_origin() {
    let list = "https://app.example.com, http://localhost:3000";
    let waived = loader("production", list).waive(rule::ORIGIN_LOOPBACK, "CORS_ORIGINS", "a kiosk");
    assert!(waived.load::<CorsSettings>().is_ok());
    let not_waivable = loader("production", "*").waive(rule::ORIGIN_ANY, "CORS_ORIGINS", "we are public");
    assert!(not_waivable.load::<CorsSettings>().unwrap_err().report().refuses("origin-any", "CORS_ORIGINS"));
}

#[test]
fn the_tier_of_the_start_decides() {
    for name in ["development", "test", "preview", "production"] {
        let (tier, accepted) = match loader(name, "http://localhost:3000").load::<CorsSettings>() {
            Ok(settings) => (Loaded::tier(&settings), true),
            Err(refusal) => (refusal.report().tier(), false),
        };
        assert_eq!(accepted, matches!(tier, Tier::Development | Tier::Test), "{name}");
    }
}

#[test]
fn no_rejected_value_is_shown() {
    let refusal = load("hunter2, https://user:hunter2@app.example.com, hunter2*").unwrap_err();
    assert!(!format!("{refusal} {refusal:?} {}", refusal.table()).contains("hunter2"));
}

#[test]
fn a_group_has_the_path_and_the_prefix_of_its_field() {
    #[derive(Debug, Config)]
    struct Settings {
        #[config(nested, with = pages)]
        cors: CorsSettings,
        #[config(nested, prefix = "ADMIN_")]
        admin: CorsSettings,
    }
    let environment = Environment::empty().set("CORS_ORIGINS", "https://a.example/").set("ADMIN_CORS_ORIGINS", "null");
    let refusal = Loader::new().environment(environment.clone()).load::<Settings>().unwrap_err();
    let found: Vec<_> = refusal.report().findings().iter().map(|it| (it.code(), it.subject(), it.field())).collect();
    assert_eq!(
        found,
        [("origin-path", "CORS_ORIGINS", "cors.origins"), ("origin-null", "ADMIN_CORS_ORIGINS", "admin.origins")]
    );
    let environment =
        environment.set("CORS_ORIGINS", "https://a.example").set("ADMIN_CORS_ORIGINS", "https://admin.example");
    let settings = Loader::new().environment(environment).load::<Settings>().unwrap();
    assert!(settings.cors.policy().allows(b"https://a.example"));
    let _ = (settings.cors.layer(), settings.admin.layer());
}
