//! Rules of a service or an organisation are checked, waived, reported and explained like the library's own.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(feature = "derive")]

use std::sync::{Arc, Mutex};

use hardened::{
    Config, Environment, JwtSecret, Loaded, Loader, Refusal, Tier, Violation,
    load::{PlainSetting, Policy},
    manifest::RuleOutcome,
    rule,
    schema::Kind,
};
use test_support::KEY;

/// The rules of an organisation.
mod acme {
    hardened::rules! {
        /// Services call each other over HTTPS.
        #[cwe(319)]
        ACME_HTTPS: "acme-https" Insecure [Note Warn Refuse Refuse] Everywhere {
            why: "Customer data would cross the network in clear text.",
            remedy: "use an address that begins with https://",
            source: "Acme security handbook, chapter 4",
        }
        /// No host is in the domain that Acme has sold.
        ACME_DOMAIN: "acme-domain" Prohibited [Refuse Refuse Refuse Refuse] Never {
            why: "The domain belongs to somebody else.",
        }
    }
}

#[derive(Debug, Config)]
#[allow(dead_code, reason = "read into, not read from")]
struct Settings {
    /// Signs the tokens.
    jwt_secret_key: JwtSecret,
    /// Where bills are made.
    #[config(default = "http://billing.internal/")]
    billing_url: url::Url,
    /// Who sends mail.
    sender: Option<String>,
}

fn policy() -> Policy {
    Policy::new(acme::ALL)
        .each_setting(|setting| {
            if setting.kind() == Kind::Url && setting.text().starts_with("http://") {
                Err(Violation::new(acme::ACME_HTTPS, "begins with http://"))
            } else {
                Ok(())
            }
        })
        .each_setting(|setting| {
            let is_sold = setting.text().contains("acme.example");
            is_sold.then(|| Violation::new(acme::ACME_DOMAIN, "names the domain")).into_iter().collect::<Vec<_>>()
        })
}

fn environment(tier: Tier) -> Environment {
    Environment::empty().set("ENVIRONMENT", tier.name()).set("JWT_SECRET_KEY", KEY)
}

fn load(tier: Tier, set: &[(&str, &str)], loader: Loader) -> Result<Loaded<Settings>, Refusal> {
    let environment = set.iter().fold(environment(tier), |environment, (name, value)| environment.set(name, value));
    loader.environment(environment).load()
}

/// Returns `code subject severity` of each finding of the policy.
fn said(outcome: &Result<Loaded<Settings>, Refusal>) -> Vec<String> {
    let report = match outcome {
        Ok(loaded) => Loaded::report(loaded),
        Err(refusal) => refusal.report(),
    };
    let own = report.findings().iter().filter(|finding| finding.code().starts_with("acme-"));
    own.map(|finding| format!("{} {} {:?}", finding.code(), finding.subject(), finding.severity())).collect()
}

#[test]
fn a_rule_of_a_policy_follows_its_levels_and_applies_to_defaults() {
    for (tier, is_accepted, severity) in [
        (Tier::Development, true, "Note"),
        (Tier::Test, true, "Warning"),
        (Tier::Preview, false, "Error"),
        (Tier::Production, false, "Error"),
    ] {
        for set in [&[][..], &[("BILLING_URL", "http://billing.acme.io/")]] {
            let outcome = load(tier, set, Loader::new().policy(policy()));
            assert_eq!(outcome.is_ok(), is_accepted, "{tier} {set:?}");
            assert_eq!(said(&outcome), [format!("acme-https BILLING_URL {severity}")], "{tier} {set:?}");
        }
        let healthy = load(tier, &[("BILLING_URL", "https://billing.acme.io/")], Loader::new().policy(policy()));
        assert_eq!((healthy.is_ok(), said(&healthy)), (true, Vec::new()), "{tier}");
    }
}

#[test]
fn a_policy_gets_every_plain_setting_that_has_a_value_and_no_secret() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let into = Arc::clone(&seen);
    let watch = move |setting: &PlainSetting<'_>| {
        assert_eq!(setting.tier(), Tier::Test);
        into.lock().unwrap().push(format!("{} {} {}", setting.path(), setting.variable(), setting.text()));
        Vec::new()
    };
    let loader = Loader::new().policy(Policy::new(&[]).each_setting(watch));
    load(Tier::Test, &[("SENDER", "a@acme.io")], loader).unwrap();
    assert_eq!(*seen.lock().unwrap(), ["billing_url BILLING_URL http://billing.internal/", "sender SENDER a@acme.io"],);
}

#[test]
fn a_refusal_by_a_policy_is_in_the_same_report_and_never_shows_the_value() {
    let set = [("BILLING_URL", "http://CaNaRy.acme.example/"), ("JWT_SECRET_KEY", "changeme")];
    let refusal = load(Tier::Production, &set, Loader::new().policy(policy())).unwrap_err();
    let report = refusal.report();
    for (code, subject) in
        [("acme-https", "BILLING_URL"), ("acme-domain", "BILLING_URL"), ("secret-placeholder", "JWT_SECRET_KEY")]
    {
        assert!(report.refuses(code, subject), "{code}: {report}");
    }
    assert!(!format!("{refusal:?}{refusal}{}", refusal.to_json()).to_lowercase().contains("canary"));
}

#[test]
fn a_rule_of_a_policy_can_be_waived_where_it_says_so() {
    let billing = |rule| Loader::new().policy(policy()).waive(rule, "BILLING_URL", "the sidecar encrypts");
    let outcome = load(Tier::Production, &[], billing(acme::ACME_HTTPS));
    assert_eq!(said(&outcome), Vec::<String>::new());
    let waived = Loaded::report(&outcome.unwrap()).waivers().iter().map(|waiver| waiver.is_used()).collect::<Vec<_>>();
    assert_eq!(waived, [true]);

    let sold = [("BILLING_URL", "https://acme.example/")];
    let refusal = load(Tier::Production, &sold, billing(acme::ACME_DOMAIN)).unwrap_err();
    assert!(refusal.report().refuses("acme-domain", "BILLING_URL"));
    assert!(refusal.report().has("waiver-invalid", "BILLING_URL"));
}

#[test]
fn a_policy_forbids_waivers_by_the_codes_of_their_rules() {
    for (codes, is_accepted) in [("secret-*", false), ("secret-too-short", true), ("database-*", true), ("*", false)] {
        let loader = Loader::new().policy(Policy::new(&[]).forbid_waivers(codes)).waive(
            rule::SECRET_HUMAN,
            "JWT_SECRET_KEY",
            "an old key, replaced next week",
        );
        let outcome = load(Tier::Production, &[("BILLING_URL", "https://billing.acme.io/")], loader);
        assert_eq!(outcome.is_ok(), is_accepted, "{codes}");
        if let Err(refusal) = outcome {
            assert!(refusal.report().refuses("waiver-invalid", "JWT_SECRET_KEY"), "{codes}");
            insta::assert_snapshot!("waiver_forbidden", refusal.report());
        }
    }
}

#[cfg(feature = "cors")]
#[test]
fn a_policy_forbids_the_waivers_of_a_cors_policy_as_well() {
    use hardened::{CorsSettings, cors::PolicyBuilder};

    #[derive(Debug, Config)]
    #[allow(dead_code, reason = "read into, not read from")]
    struct Pages {
        #[config(nested, with = app)]
        cors: CorsSettings,
    }

    fn app(policy: PolicyBuilder) -> PolicyBuilder {
        policy.dangerous().origin("capacitor://localhost", "the mobile app")
    }

    let environment = || environment(Tier::Production).set("CORS_ORIGINS", "https://app.acme.io");
    assert!(Loader::new().environment(environment()).load::<Pages>().is_ok());
    let loader = Loader::new().policy(Policy::new(&[]).forbid_waivers("origin-*")).environment(environment());
    let refusal = loader.load::<Pages>().unwrap_err();
    assert_eq!(refusal.report().findings().iter().filter(|finding| finding.code() == "waiver-invalid").count(), 1);
}

#[test]
fn the_manifest_has_the_rules_of_the_service_and_whether_they_held() {
    let outcome = load(Tier::Test, &[], Loader::new().rules(acme::ALL).policy(policy())).unwrap();
    let manifest = Loaded::manifest(&outcome);
    let own: Vec<_> = manifest.rules.iter().filter(|rule| rule.code.starts_with("acme-")).collect();
    let told: Vec<_> = own.iter().map(|rule| (rule.code.as_str(), rule.outcome)).collect();
    assert_eq!(told, [("acme-domain", RuleOutcome::Held), ("acme-https", RuleOutcome::NotHeld)]);
}

fn config(arguments: &[&str], loader: Loader) -> (i32, String, String) {
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let words = arguments.iter().map(|word| (*word).into());
    let status = hardened::command::<Settings>().loader(loader).run(words, &mut output, &mut errors);
    (status, String::from_utf8(output).unwrap(), String::from_utf8(errors).unwrap())
}

#[test]
fn the_subcommand_explains_the_rules_of_the_service_and_of_the_library() {
    let loader = || Loader::new().policy(policy());
    insta::assert_snapshot!("config_rules", config(&["rules"], loader()).1);
    insta::assert_snapshot!("config_rules_of_none", config(&["rules"], Loader::new()).1);
    insta::assert_snapshot!("config_explain", config(&["explain", "ACME_HTTPS"], loader()).1);
    assert!(config(&["explain", "secret-uuid"], loader()).1.starts_with("  rule         secret-uuid\n"));
    let (status, output, errors) = config(&["explain", "acme-htps"], loader());
    assert_eq!((status, output.as_str()), (2, ""));
    assert_eq!(errors, "error: no rule has this code: did you mean `acme-https`?\n");
    let (status, _, errors) = config(&["explain", "hunter2-hunter2"], loader());
    assert_eq!((status, errors.as_str()), (2, "error: no rule has this code\n"));
}

#[test]
fn every_code_of_the_library_begins_with_a_reserved_word() {
    for rule in rule::ALL {
        let first = rule.code().split('-').next().unwrap();
        assert!(hardened_core::rule::RESERVED.contains(&first), "{rule}");
    }
}
