//! `#[config(required_in_production)]`: what may be absent on one's own machine, and nowhere else.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "many fields are there to be refused")]
#![cfg(feature = "derive")]

use std::net::IpAddr;

use hardened::{
    Config, Database, Environment, JwtSecret, Loaded, Loader, Refusal, Report, SecretText, Tier, load::Reason,
    report::SettingState, rule, schema::Requirement,
};
use test_support::{KEY, Scratch, findings, load};

const URL: &str = "postgres://app:8sd7f6asd5@db.example.com/app?sslmode=verify-full";

/// One of each kind of field.
#[derive(Debug, Config)]
struct Settings {
    /// Where errors are reported.
    #[config(required_in_production)]
    sentry_dsn: Option<SecretText>,
    /// Signs the sessions.
    #[config(required_in_production)]
    signing_key: Option<JwtSecret>,
    /// Where it is.
    #[config(required_in_production, example = "eu-central-1")]
    region: Option<String>,
    /// Who may call.
    #[config(parse, required_in_production)]
    peers: Option<Vec<IpAddr>>,
    /// The address to bind.
    #[config(deserialize, required_in_production)]
    bind: Option<IpAddr>,
    /// The database; without one, a file on this machine.
    #[config(nested, required_in_production)]
    database: Option<Database>,
}

/// What makes each field present: the variable that stands for it in a report, and a value.
const FIELDS: [(&str, &str); 6] = [
    ("SENTRY_DSN", "https://6b7f0c29d3e14a58@o1.ingest.example.com/2"),
    ("SIGNING_KEY", KEY),
    ("REGION", "eu-central-1"),
    ("PEERS", "10.0.0.1, 10.0.0.2"),
    ("BIND", "10.0.0.3"),
    ("DATABASE_URL", URL),
];

fn tier(tier: Tier) -> Environment {
    Environment::empty().set("ENVIRONMENT", tier.name())
}

fn production() -> Environment {
    tier(Tier::Production)
}

/// The tier with everything set.
fn complete(tier: Tier) -> Environment {
    FIELDS.iter().fold(self::tier(tier), |environment, (name, value)| environment.set(*name, *value))
}

#[track_caller]
fn refused<T: Config>(environment: Environment) -> Refusal {
    load::<T>(environment).map(drop).expect_err("refused")
}

#[track_caller]
fn accepted<T: Config>(environment: Environment) -> Loaded<T> {
    load::<T>(environment).unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// Code and subject of what refuses or warns.
fn told(report: &Report) -> Vec<(&str, &str)> {
    report.findings().iter().map(|finding| (finding.code(), finding.subject())).collect()
}

mod tiers {
    use super::*;

    #[derive(Debug, Clone, Copy, PartialEq)]
    enum Given {
        Absent,
        Set,
        Waived,
    }
    use Given::{Absent, Set, Waived};

    #[test]
    fn each_field_in_each_tier_absent_set_and_waived() {
        for at in Tier::ALL {
            for (name, _) in FIELDS {
                for given in [Absent, Set, Waived] {
                    let case = format!("{at} {name} {given:?}");
                    let environment = if given == Set { complete(at) } else { complete(at).unset(name) };
                    let mut loader = Loader::new().environment(environment);
                    if given == Waived {
                        loader = loader.waive(rule::SETTING_ABSENT, name, "it runs without");
                    }
                    match loader.load::<Settings>() {
                        Ok(_) if given == Absent && at.is_hardened() => panic!("{case}: starts"),
                        Ok(loaded) => {
                            assert_eq!(is_there(&loaded, name), given == Set, "{case}");
                            let waivers = Loaded::report(&loaded).waivers();
                            let used = waivers.iter().filter(|waived| waived.is_used()).count();
                            assert_eq!(used, usize::from(given == Waived && at.is_hardened()), "{case}");
                            assert_eq!(waivers.len(), usize::from(given == Waived), "{case}");
                            assert!(told(Loaded::report(&loaded)).is_empty(), "{case}: {}", Loaded::report(&loaded));
                        }
                        Err(refusal) => {
                            assert!(given == Absent && at.is_hardened(), "{case}: {refusal}");
                            assert_eq!(told(refusal.report()), [("setting-absent", name)], "{case}");
                        }
                    }
                }
            }
        }
    }

    fn is_there(loaded: &Settings, name: &str) -> bool {
        match name {
            "SENTRY_DSN" => loaded.sentry_dsn.is_some(),
            "SIGNING_KEY" => loaded.signing_key.is_some(),
            "REGION" => loaded.region.is_some(),
            "PEERS" => loaded.peers.is_some(),
            "BIND" => loaded.bind.is_some(),
            _ => loaded.database.is_some(),
        }
    }

    #[test]
    fn an_unknown_tier_is_production_and_so_is_none() {
        for environment in [Environment::empty(), Environment::empty().set("ENVIRONMENT", "prodution")] {
            let refusal = refused::<Settings>(environment);
            for (name, _) in FIELDS {
                assert!(refusal.report().refuses("setting-absent", name), "{name}: {refusal}");
            }
        }
    }

    #[test]
    fn a_waiver_for_preview_leaves_production_refused() {
        let load = |at| {
            let reason = Reason::new("no errors of previews").only(Tier::Preview);
            let loader = Loader::new().environment(complete(at).unset("SENTRY_DSN"));
            loader.waive(rule::SETTING_ABSENT, "SENTRY_DSN", reason).load::<Settings>()
        };
        assert!(load(Tier::Preview).is_ok());
        assert!(load(Tier::Production).is_err());
    }

    #[test]
    fn a_waiver_of_what_is_set_is_not_needed() {
        for name in ["SENTRY_DSN", "DATABASE_URL"] {
            let loader = Loader::new().environment(complete(Tier::Production));
            let loaded = loader.waive(rule::SETTING_ABSENT, name, "it runs without").load::<Settings>().unwrap();
            assert_eq!(told(Loaded::report(&loaded)), [("waiver-unused", name)]);
        }
    }

    #[test]
    fn what_no_tier_can_do_without_stays_missing() {
        #[derive(Debug, Config)]
        struct Strict {
            signing_key: JwtSecret,
            #[config(required_in_production)]
            region: Option<String>,
        }
        assert_eq!(told(refused::<Strict>(tier(Tier::Test)).report()), [("secret-missing", "SIGNING_KEY")]);
    }
}

mod messages {
    use super::*;

    #[test]
    fn each_is_asked_for_like_what_is_missing_and_a_near_miss_is_named() {
        let environment = production().set("SENTRY_DNS", "x").set("DATABASE_URI", URL);
        insta::assert_snapshot!(refused::<Settings>(environment));
    }

    #[test]
    fn a_near_miss_that_refuses_nothing_is_a_note() {
        let misspelt =
            |at| complete(at).unset("DATABASE_URL").set("DATABASE_URI", URL).unset("REGION").set("REGIO", "x");
        let notes = [("setting-misspelt", "REGIO"), ("setting-misspelt", "DATABASE_URI")];
        assert_eq!(
            findings::<Settings>(misspelt(Tier::Development)),
            notes.map(|(code, name)| (code, name.to_owned()))
        );
        let loader = Loader::new().environment(misspelt(Tier::Production));
        let waived = ["DATABASE_URL", "REGION"]
            .iter()
            .fold(loader, |loader, name| loader.waive(rule::SETTING_ABSENT, name, "it runs without"));
        assert_eq!(told(Loaded::report(&waived.load::<Settings>().unwrap())), notes);
    }

    #[test]
    fn a_blank_variable_is_unset_and_told_as_well() {
        for name in ["SENTRY_DSN", "DATABASE_URL"] {
            let refusal = refused::<Settings>(complete(Tier::Production).set(name, " "));
            assert_eq!(told(refusal.report()), [("setting-absent", name), ("setting-blank", name)]);
        }
    }

    #[test]
    fn the_table_shows_what_is_refused_and_what_is_only_unset() {
        let state = |table: &hardened::report::Table, path: &str| {
            table.rows().iter().find(|row| row.path() == path).map(hardened::report::Row::state)
        };
        let refusal = refused::<Settings>(production());
        assert_eq!(state(refusal.table(), "sentry_dsn"), Some(SettingState::Missing));
        assert_eq!(state(refusal.table(), "database.url"), Some(SettingState::Missing));
        let loaded = accepted::<Settings>(tier(Tier::Development));
        assert_eq!(state(Loaded::table(&loaded), "sentry_dsn"), Some(SettingState::Unset));
        assert_eq!(state(Loaded::table(&loaded), "database.url"), None);
    }
}

mod sources {
    use super::*;

    fn without(name: &str) -> Environment {
        complete(Tier::Production).unset(name)
    }

    #[test]
    fn a_file_that_a_variable_names_makes_it_present() {
        let scratch = Scratch::new();
        for (name, value) in [FIELDS[0], FIELDS[5]] {
            let path = scratch.file(name, value);
            let loaded = accepted::<Settings>(without(name).set(format!("{name}_FILE"), path));
            assert!(loaded.sentry_dsn.is_some() && loaded.database.is_some(), "{name}");
            let refusal = refused::<Settings>(without(name).set(format!("{name}_FILE"), "/no/such/file"));
            assert_eq!(told(refusal.report()), [("file-missing", name)]);
        }
    }

    #[test]
    fn a_secret_directory_makes_it_present() {
        let scratch = Scratch::new();
        for (name, value) in [FIELDS[0], FIELDS[5]] {
            scratch.file(&format!("{name}/{}", name.to_lowercase()), value);
            let directory = scratch.path().join(name);
            let loaded = accepted::<Settings>(without(name).set("CREDENTIALS_DIRECTORY", directory));
            assert!(loaded.sentry_dsn.is_some() && loaded.database.is_some(), "{name}");
        }
    }

    #[test]
    fn a_database_in_pieces_is_present() {
        let pieces =
            [("PGHOST", "db.example.com"), ("PGUSER", "app"), ("PGPASSWORD", "8sd7f6asd5"), ("PGDATABASE", "a")];
        let all =
            pieces.iter().fold(without("DATABASE_URL"), |environment, (name, value)| environment.set(*name, *value));
        assert!(accepted::<Settings>(all.clone()).database.is_some());
        let refusal = refused::<Settings>(all.unset("PGUSER"));
        assert_eq!(told(refusal.report()), [("setting-missing", "PGUSER")]);
    }

    #[test]
    fn one_variable_of_the_group_makes_the_rest_missing_in_every_tier() {
        for at in Tier::ALL {
            let refusal = refused::<Settings>(complete(at).unset("DATABASE_URL").set("DATABASE_POOL_MAX", "5"));
            assert_eq!(told(refusal.report()), [("secret-missing", "DATABASE_URL")], "{at}");
        }
    }

    #[test]
    fn what_is_set_is_judged_in_every_tier() {
        let environment = tier(Tier::Development).set("SIGNING_KEY", "short");
        assert!(refused::<Settings>(environment).report().refuses("secret-too-short", "SIGNING_KEY"));
    }

    #[cfg(feature = "files")]
    mod files {
        use super::*;

        #[derive(Debug, Config)]
        struct Plain {
            #[config(required_in_production)]
            region: Option<String>,
            #[config(nested, required_in_production)]
            mail: Option<Mail>,
        }

        #[derive(Debug, Config)]
        struct Mail {
            mail_password: SecretText,
            mail_host: String,
        }

        fn beside(scratch: &Scratch, text: &str) -> Environment {
            scratch.file("hardened.toml", text);
            production().working_directory(scratch.path())
        }

        #[test]
        fn a_configuration_file_makes_it_present() {
            let scratch = Scratch::new();
            let environment = beside(&scratch, "region = 'eu'\n[production.mail]\nmail_host = 'mx'\n");
            assert_eq!(told(refused::<Plain>(environment).report()), [("secret-missing", "MAIL_PASSWORD")]);
        }

        #[test]
        fn nothing_is_called_absent_that_could_stand_in_a_broken_file() {
            let scratch = Scratch::new();
            let refusal = refused::<Plain>(beside(&scratch, "region = \n"));
            let codes: Vec<_> = refusal.report().findings().iter().map(hardened::finding::Finding::code).collect();
            assert_eq!(codes, ["source-malformed"], "{refusal}");
        }

        #[test]
        fn a_dotenv_is_read_where_it_may_be_absent_and_not_where_it_may_not() {
            let scratch = Scratch::new();
            scratch.file(".env", "REGION=eu\nMAIL_HOST=mx\nMAIL_PASSWORD=kRr5-ttGw-93Lq\n");
            let at = |at| tier(at).working_directory(scratch.path());
            let loaded = accepted::<Plain>(at(Tier::Development));
            assert!(loaded.region.is_some() && loaded.mail.is_some());
            let refusal = refused::<Plain>(at(Tier::Production));
            let absent =
                [("setting-absent", "REGION"), ("setting-absent", "MAIL_PASSWORD"), ("dotenv-ignored", ".env")];
            assert_eq!(told(refusal.report()), absent);
        }
    }
}

mod groups {
    use super::*;

    #[derive(Debug, Config)]
    struct Mail {
        #[config(default = 25)]
        mail_port: u16,
        mail_from: Option<String>,
        #[config(nested)]
        tuning: Option<Login>,
        #[config(nested, prefix = "SMTP_")]
        login: Login,
    }

    #[derive(Debug, Config)]
    struct Login {
        user: String,
        password: SecretText,
    }

    #[derive(Debug, Config)]
    struct Outer {
        #[config(nested, required_in_production, prefix = "OUT_")]
        mail: Option<Mail>,
    }

    #[test]
    fn the_first_required_setting_stands_for_a_group_with_all_prefixes() {
        let refusal = refused::<Outer>(production());
        let [finding] = refusal.report().findings() else { panic!("{refusal}") };
        assert_eq!((finding.code(), finding.subject()), ("setting-absent", "OUT_SMTP_USER"));
        assert_eq!(finding.field(), "mail.login.user");
    }

    #[derive(Debug, Config)]
    struct Nested {
        #[config(nested)]
        perhaps: Option<Inside>,
        region: Option<String>,
    }

    #[derive(Debug, Config)]
    struct Inside {
        inside_name: String,
        #[config(required_in_production)]
        inside_key: Option<SecretText>,
    }

    #[test]
    fn inside_an_optional_group_it_binds_as_soon_as_the_group_is_set() {
        assert!(accepted::<Nested>(production()).perhaps.is_none());
        let set = |at| tier(at).set("INSIDE_NAME", "x");
        assert_eq!(told(refused::<Nested>(set(Tier::Preview)).report()), [("setting-absent", "INSIDE_KEY")]);
        assert!(accepted::<Nested>(set(Tier::Test)).perhaps.is_some());
    }

    #[derive(Debug, Config)]
    #[config(check = both(region, sentry_dsn))]
    struct Checked {
        #[config(required_in_production)]
        region: Option<String>,
        #[config(required_in_production)]
        sentry_dsn: Option<SecretText>,
    }

    fn both(region: &Option<String>, sentry_dsn: &Option<SecretText>) -> Result<(), hardened::Violation> {
        let agree = region.is_some() == sentry_dsn.is_some();
        if agree { Ok(()) } else { Err(hardened::Violation::malformed("either both or none")) }
    }

    #[test]
    fn a_check_is_given_what_is_absent_only_where_it_may_be() {
        let one = |at| tier(at).set("REGION", "eu");
        assert_eq!(told(refused::<Checked>(one(Tier::Production)).report()), [("setting-absent", "SENTRY_DSN")]);
        assert_eq!(told(refused::<Checked>(one(Tier::Test)).report()), [("setting-malformed", "REGION")]);
    }
}

mod documents {
    use super::*;

    /// Every combination of a field and the group around it.
    #[derive(Debug, Config)]
    struct Combined {
        #[config(required_in_production)]
        region: Option<String>,
        #[config(nested, required_in_production)]
        mail: Option<Part>,
        #[config(nested, prefix = "SPARE_")]
        spare: Option<Part>,
        #[config(nested, prefix = "MAIN_")]
        main: Part,
    }

    #[derive(Debug, Config)]
    struct Part {
        key: SecretText,
        #[config(required_in_production)]
        token: Option<SecretText>,
        note: Option<String>,
        #[config(default = 5)]
        size: u16,
    }

    #[test]
    fn the_schema_tells_field_and_group_apart() {
        use Requirement::{Default, InProduction, Optional, Required};

        let settings = Combined::SCHEMA.settings();
        let own: Vec<_> = settings.iter().map(|it| (it.setting().requirement(), it.group_requirement())).collect();
        let part = |group| [Required, InProduction, Optional, Default("5")].map(|own| (own, group));
        let expected =
            [&[(InProduction, Required)][..], &part(InProduction), &part(Optional), &part(Required)].concat();
        assert_eq!(own, expected);
        let together: Vec<_> = settings.iter().map(|it| it.requirement()).collect();
        let expected = [
            &[InProduction][..],
            &[InProduction, InProduction, Optional, Default("5")],
            &[Optional, Optional, Optional, Default("5")],
            &[Required, InProduction, Optional, Default("5")],
        ];
        assert_eq!(together, expected.concat());
    }

    #[test]
    fn the_example_of_a_dotenv_has_it_commented_out() {
        insta::assert_snapshot!(Combined::SCHEMA.env_example());
    }

    #[test]
    fn the_table_of_markdown_says_it() {
        insta::assert_snapshot!(Combined::SCHEMA.markdown());
    }

    #[test]
    fn the_json_schema_marks_fields_and_groups() {
        let schema = Combined::SCHEMA.json_schema();
        let marked =
            |pointer: &str| schema.pointer(pointer).and_then(|it| it.get("x-required-in-production")).is_some();
        for (pointer, expected) in [
            ("/properties/region", true),
            ("/properties/mail", true),
            ("/properties/spare", false),
            ("/properties/main", false),
            ("/properties/main/properties/note", false),
        ] {
            assert!(schema.pointer(pointer).is_some(), "{pointer}");
            assert_eq!(marked(pointer), expected, "{pointer}");
        }
        for secret in ["/properties/mail/properties/key", "/properties/spare/properties/token"] {
            assert!(schema.pointer(secret).is_none(), "{secret} belongs in no file");
        }
        for section in ["default", "development", "test", "preview", "production"] {
            assert_eq!(schema["properties"][section]["$ref"], "#/$defs/settings", "{section}");
        }
        assert_eq!(schema["x-required"], serde_json::json!([]));
    }
}
