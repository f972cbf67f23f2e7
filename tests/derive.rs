//! `#[derive(Config)]`: what every attribute does when the configuration is loaded.
#![cfg(feature = "derive")]
#![allow(dead_code, reason = "many fields are there to be refused")]
#![allow(clippy::panic, clippy::expect_used, reason = "helpers of tests are test code")]

use std::{net::IpAddr, path::PathBuf, sync::Arc, time::Duration};

use hardened::{
    Config, Environment, Loaded, Loader, Refusal, SecretText, Setting, Tier, Violation,
    load::Reason,
    message,
    report::{Row, SettingState},
    rule,
    schema::{Field, Requirement},
};

fn load<T: Config>(variables: &[(&str, &str)]) -> Result<Loaded<T>, Refusal> {
    Loader::new().environment(variables.iter().copied().collect()).load()
}

#[track_caller]
fn accepted<T: Config>(variables: &[(&str, &str)]) -> Loaded<T> {
    match load(variables) {
        Ok(loaded) => loaded,
        Err(refusal) => panic!("{refusal}"),
    }
}

#[track_caller]
fn refused<T: Config>(variables: &[(&str, &str)]) -> Refusal {
    match load::<T>(variables) {
        Ok(loaded) => panic!("accepted: {loaded:?}"),
        Err(refusal) => refusal,
    }
}

/// Code and subject of every finding.
fn findings(refusal: &Refusal) -> Vec<(&str, &str)> {
    refusal.report().findings().iter().map(|finding| (finding.code(), finding.subject())).collect()
}

#[track_caller]
fn row<'a>(rows: &'a [Row], path: &str) -> &'a Row {
    rows.iter().find(|row| row.path() == path).expect("a row for the path")
}

mod names {
    use super::*;

    #[derive(Debug, Config)]
    #[config(prefix = "APP_")]
    #[allow(non_snake_case, reason = "a name in camel case is one of the cases")]
    struct Named {
        port: u16,
        maxConnections: u32,
        #[config(env = "PLAIN")]
        own: u8,
        #[config(env = ["FIRST", "SECOND"])]
        several: u8,
        r#type: u8,
    }

    #[test]
    fn a_variable_follows_from_the_prefix_and_the_field() {
        let all = [("APP_PORT", "1"), ("APP_MAX_CONNECTIONS", "2"), ("PLAIN", "3"), ("SECOND", "4"), ("APP_TYPE", "5")];
        let named = accepted::<Named>(&all);
        assert_eq!((named.port, named.maxConnections, named.own, named.several, named.r#type), (1, 2, 3, 4, 5));
    }

    #[test]
    fn every_missing_variable_is_in_one_report_under_its_first_name() {
        let refusal = refused::<Named>(&[("PORT", "1")]);
        let missing = ["APP_PORT", "APP_MAX_CONNECTIONS", "PLAIN", "FIRST", "APP_TYPE"];
        assert_eq!(findings(&refusal), missing.map(|name| ("setting-missing", name)));
    }

    #[test]
    fn two_names_of_one_setting_must_agree() {
        let all = [("APP_PORT", "1"), ("APP_MAX_CONNECTIONS", "2"), ("PLAIN", "3"), ("APP_TYPE", "5"), ("FIRST", "4")];
        let with = |second| all.into_iter().chain([("SECOND", second)]).collect::<Vec<_>>();
        assert_eq!(accepted::<Named>(&with("4")).several, 4);
        assert_eq!(findings(&refused::<Named>(&with("5"))), [("setting-conflict", "FIRST")]);
    }

    #[test]
    fn the_path_of_a_raw_field_is_its_plain_name() {
        let settings = Named::SCHEMA.settings();
        let paths: Vec<_> = settings.iter().map(|setting| setting.path()).collect();
        assert_eq!(paths, ["port", "maxConnections", "own", "several", "type"]);
    }
}

mod defaults {
    use super::*;

    #[derive(Debug, Config)]
    struct Defaults {
        #[config(default = 8_080)]
        port: u16,
        #[config(default = -5)]
        offset: i8,
        #[config(default = 0x10u8)]
        hexadecimal: u8,
        #[config(default = 0.25)]
        ratio: f64,
        #[config(default = -1.5e3)]
        negative: f64,
        #[config(default = true)]
        debug: bool,
        #[config(default = "30s")]
        timeout: Duration,
        #[config(default = "")]
        greeting: String,
        #[config(default = ["a", "b"])]
        words: Vec<String>,
        #[config(default = [80, 443])]
        ports: Vec<u16>,
        #[config(default = [])]
        empty: Vec<String>,
        #[config(default = "x, y")]
        text: Vec<String>,
        #[config(parse, default = "127.0.0.1")]
        address: IpAddr,
    }

    #[test]
    fn a_default_is_read_like_input() {
        let it = accepted::<Defaults>(&[]);
        assert_eq!((it.port, it.offset, it.hexadecimal, it.debug), (8080, -5, 16, true));
        assert_eq!((it.ratio, it.negative), (0.25, -1500.0));
        assert_eq!((it.timeout, it.greeting.as_str()), (Duration::from_secs(30), ""));
        assert_eq!((it.words.join("|"), it.text.join("|")), ("a|b".to_owned(), "x|y".to_owned()));
        assert_eq!((it.ports.as_slice(), it.empty.len()), ([80, 443].as_slice(), 0));
        assert_eq!(it.address.to_string(), "127.0.0.1");
        assert!(Loaded::table(&it).rows().iter().all(|row| row.state() == SettingState::Default));
    }

    #[test]
    fn input_counts_before_the_default() {
        let it = accepted::<Defaults>(&[("PORT", "1"), ("WORDS", "c"), ("EMPTY", "d,e")]);
        assert_eq!((it.port, it.words.join("|"), it.empty.join("|")), (1, "c".to_owned(), "d|e".to_owned()));
    }

    #[test]
    fn malformed_input_is_refused_although_there_is_a_default() {
        let refusal = refused::<Defaults>(&[("PORT", "hunter2"), ("PORTS", "80,hunter2")]);
        assert_eq!(findings(&refusal), [("setting-malformed", "PORT"), ("setting-malformed", "PORTS")]);
        assert!(!refusal.to_string().contains("hunter2"));
    }

    #[test]
    fn the_schema_has_the_text_of_a_default() {
        let texts: Vec<_> = Defaults::SCHEMA.settings().iter().map(|it| it.setting().requirement()).collect();
        let expected =
            ["8080", "-5", "16", "0.25", "-1.5e3", "true", "30s", "", "a,b", "80,443", "", "x, y", "127.0.0.1"];
        assert_eq!(texts, expected.map(Requirement::Default));
    }
}

mod optional {
    use super::*;

    #[derive(Debug, Config)]
    struct Mail {
        mail_host: String,
        mail_password: SecretText,
        #[config(default = 25)]
        mail_port: u16,
    }

    #[derive(Debug, Config)]
    struct Settings {
        limit: Option<u32>,
        names: Option<Vec<String>>,
        api_key: Option<SecretText>,
        #[config(nested)]
        mail: Option<Mail>,
    }

    #[test]
    fn nothing_is_needed_where_everything_is_optional() {
        let it = accepted::<Settings>(&[]);
        assert!(it.limit.is_none() && it.names.is_none() && it.api_key.is_none() && it.mail.is_none());
        assert_eq!(row(Loaded::table(&it).rows(), "limit").state(), SettingState::Unset);
    }

    #[test]
    fn what_is_set_is_read() {
        let it = accepted::<Settings>(&[("LIMIT", "7"), ("NAMES", "a,b"), ("API_KEY", "sk_6b7f0c29d3e14a58")]);
        assert_eq!((it.limit, it.names.as_deref().map(<[_]>::len)), (Some(7), Some(2)));
        assert!(it.api_key.as_ref().is_some_and(|key| key.expose_text() == "sk_6b7f0c29d3e14a58"));
    }

    #[test]
    fn what_is_set_must_be_right() {
        assert_eq!(findings(&refused::<Settings>(&[("LIMIT", "many")])), [("setting-malformed", "LIMIT")]);
    }

    #[test]
    fn one_variable_makes_the_whole_group_required() {
        let refusal = refused::<Settings>(&[("MAIL_PORT", "587")]);
        assert_eq!(findings(&refusal), [("setting-missing", "MAIL_HOST"), ("secret-missing", "MAIL_PASSWORD")]);
        let it = accepted::<Settings>(&[("MAIL_HOST", "mx"), ("MAIL_PASSWORD", "kRr5-ttGw-93Lq")]);
        assert_eq!(it.mail.as_ref().map(|mail| (mail.mail_host.as_str(), mail.mail_port)), Some(("mx", 25)));
    }

    #[test]
    fn the_schema_says_what_is_optional() {
        let settings = Settings::SCHEMA.settings();
        let optional: Vec<_> = settings.iter().map(|it| it.is_in_optional_group()).collect();
        assert_eq!(optional, [false, false, false, true, true, true]);
        assert_eq!(settings[0].setting().requirement(), Requirement::Optional);
    }
}

mod groups {
    use super::*;

    #[derive(Debug, Config)]
    #[config(prefix = "DB_")]
    struct Database {
        host: String,
        #[config(env = "POOL")]
        pool: u32,
    }

    #[derive(Debug, Config)]
    #[config(prefix = "APP_")]
    struct Settings {
        #[config(nested)]
        main: Database,
        #[config(nested, prefix = "REPLICA_")]
        replica: Arc<Database>,
        name: String,
    }

    const ALL: [(&str, &str); 5] =
        [("DB_HOST", "one"), ("POOL", "1"), ("REPLICA_DB_HOST", "two"), ("REPLICA_POOL", "2"), ("APP_NAME", "x")];

    #[test]
    fn a_prefix_at_a_group_stands_before_every_name_and_one_at_a_struct_before_its_derived_names() {
        let it = accepted::<Settings>(&ALL);
        assert_eq!((it.main.host.as_str(), it.main.pool), ("one", 1));
        assert_eq!((it.replica.host.as_str(), it.replica.pool), ("two", 2));
        assert_eq!(it.name, "x");
    }

    #[test]
    fn a_finding_names_variable_and_path() {
        let refusal = refused::<Settings>(&ALL[..3]);
        let found: Vec<_> = refusal.report().findings().iter().map(|it| (it.subject(), it.field())).collect();
        assert_eq!(found, [("REPLICA_POOL", "replica.pool"), ("APP_NAME", "name")]);
    }

    #[test]
    fn a_group_can_be_loaded_alone() {
        assert_eq!(accepted::<Database>(&ALL).pool, 1);
        assert_eq!(accepted::<Arc<Database>>(&ALL).pool, 1);
    }

    #[test]
    fn the_schema_holds_groups_in_the_order_of_declaration() {
        assert_eq!(Settings::SCHEMA.name(), "Settings");
        assert!(matches!(Settings::SCHEMA.fields(), [Field::Group(_), Field::Group(_), Field::Setting(_)]));
    }
}

mod foreign {
    use super::*;

    /// A type that this library knows nothing about.
    #[derive(Debug, PartialEq)]
    struct Celsius(i32);

    impl std::str::FromStr for Celsius {
        type Err = String;

        fn from_str(text: &str) -> Result<Self, String> {
            text.parse().map(Self).map_err(|_| format!("not a temperature: {text}"))
        }
    }

    #[derive(Debug, Config)]
    struct Settings {
        #[config(parse)]
        one: Celsius,
        #[config(parse)]
        maybe: Option<Celsius>,
        #[config(parse, default = [1, 2])]
        list: Vec<Celsius>,
        #[config(parse)]
        lists: Option<Vec<Celsius>>,
        #[config(deserialize)]
        address: IpAddr,
        #[config(deserialize)]
        addresses: Option<Vec<IpAddr>>,
    }

    #[test]
    fn a_type_from_elsewhere_is_read_also_in_lists_and_options() {
        let it = accepted::<Settings>(&[
            ("ONE", "21"),
            ("LISTS", "3, 4"),
            ("ADDRESS", "::1"),
            ("ADDRESSES", "10.0.0.1,10.0.0.2"),
        ]);
        assert_eq!((&it.one, &it.maybe), (&Celsius(21), &None));
        assert_eq!(
            (it.list.as_slice(), it.lists.as_deref()),
            (&[Celsius(1), Celsius(2)][..], Some(&[Celsius(3), Celsius(4)][..]))
        );
        assert_eq!((it.address.is_ipv6(), it.addresses.as_ref().map(Vec::len)), (true, Some(2)));
    }

    #[test]
    fn the_own_message_of_a_type_from_elsewhere_is_not_passed_on() {
        let refusal = refused::<Settings>(&[("ONE", "hunter2"), ("LISTS", "1,hunter2"), ("ADDRESS", "hunter2")]);
        let malformed = ["ONE", "LISTS", "ADDRESS"].map(|name| ("setting-malformed", name));
        assert_eq!(findings(&refusal), malformed);
        assert!(!format!("{refusal} {refusal:?}").contains("hunter2"));
    }
}

mod showing {
    use super::*;

    #[derive(Debug, Config)]
    struct Settings {
        /// What it is called.
        ///
        /// Two paragraphs.
        #[config(show, example = "billing")]
        name: String,
        #[config(file)]
        motd: String,
        #[config(not_secret = "published on our status page")]
        status_token: String,
        hidden: PathBuf,
    }

    const ALL: [(&str, &str); 4] = [("NAME", "shop"), ("MOTD", "hi"), ("STATUS_TOKEN", "pub"), ("HIDDEN", "/srv")];

    #[test]
    fn a_text_is_shown_only_where_the_declaration_says_so() {
        let it = accepted::<Settings>(&ALL);
        let values: Vec<_> = Loaded::table(&it).rows().iter().map(Row::value).collect();
        assert_eq!(values, [Some("shop"), None, None, None]);
        assert_eq!((it.name.as_str(), it.motd.as_str(), it.status_token.as_str()), ("shop", "hi", "pub"));
        assert_eq!(it.hidden, PathBuf::from("/srv"));
    }

    #[test]
    fn the_schema_holds_docs_example_and_file() {
        let settings = Settings::SCHEMA.settings();
        let [name, motd, ..] = settings.as_slice() else { panic!("four settings") };
        assert_eq!(name.setting().docs(), "What it is called.\n\nTwo paragraphs.");
        assert_eq!((name.setting().example(), motd.setting().example()), (Some("billing"), None));
        assert_eq!((name.setting().is_from_file(), motd.setting().is_from_file()), (false, true));
    }

    #[test]
    fn a_variable_with_file_behind_it_is_read_for_a_setting_that_says_so() {
        let environment = Environment::from_iter(ALL).unset("MOTD").set("MOTD_FILE", "/no/such/file");
        let refusal = Loader::new().environment(environment).load::<Settings>().map(drop).expect_err("no such file");
        assert!(!refusal.report().has("setting-missing", "MOTD"), "{refusal}");
        let environment = Environment::from_iter(ALL).unset("NAME").set("NAME_FILE", "/no/such/file");
        let refusal = Loader::new().environment(environment).load::<Settings>().map(drop).expect_err("no name");
        assert!(refusal.report().has("setting-missing", "NAME"), "{refusal}");
    }
}

mod tiers {
    use super::*;

    #[derive(Debug, Config)]
    #[config(check = strict(tier, debug))]
    struct Settings {
        #[config(tier)]
        tier: Tier,
        #[config(default = false)]
        debug: bool,
    }

    fn strict(tier: &Tier, debug: &bool) -> Result<(), Violation> {
        if tier.is_hardened() && *debug {
            return Err(Violation::malformed("false").about("debug"));
        }
        Ok(())
    }

    #[test]
    fn the_tier_fills_a_field_and_is_no_setting() {
        let it = accepted::<Settings>(&[]);
        assert_eq!((it.tier, it.debug), (Tier::Production, false));
        assert_eq!(Settings::SCHEMA.settings().len(), 1);
    }

    #[test]
    fn a_check_can_ask_for_the_tier() {
        assert_eq!(findings(&refused::<Settings>(&[("DEBUG", "true")])), [("setting-malformed", "DEBUG")]);
    }
}

mod checks {
    use super::*;

    #[derive(Debug, Config)]
    #[config(check = ordered(min, max), check = Self::even(min))]
    #[config(check = whole)]
    #[config(check = Settings::also_whole)]
    struct Settings {
        min: u8,
        max: u8,
        #[config(default = 0)]
        sum: u8,
        late: u8,
    }

    fn ordered(min: &u8, max: &u8) -> Result<(), Violation> {
        if min <= max { Ok(()) } else { Err(Violation::malformed("at most MAX")) }
    }

    fn whole(it: &Settings) -> Vec<Violation> {
        let wrong = |wrong: bool, fact: &'static str| wrong.then(|| Violation::malformed(fact));
        let sum = wrong(it.sum > it.max, "at most MAX").map(|it| it.about("sum"));
        sum.into_iter().chain(wrong(it.late == 0, "no configuration with LATE=0")).collect()
    }

    impl Settings {
        fn even(min: &u8) -> Result<(), Violation> {
            if min.is_multiple_of(2) { Ok(()) } else { Err(Violation::malformed(message!("a multiple of ", 2))) }
        }

        fn also_whole(&self) -> Result<(), Violation> {
            if self.late == 13 { Err(Violation::malformed("not 13").about("late")) } else { Ok(()) }
        }
    }

    fn with(values: [&'static str; 4]) -> Vec<(&'static str, &'static str)> {
        ["MIN", "MAX", "SUM", "LATE"].into_iter().zip(values).collect()
    }

    #[test]
    fn checks_that_hold_say_nothing() {
        assert_eq!(accepted::<Settings>(&with(["2", "3", "1", "1"])).late, 1);
    }

    #[test]
    fn a_check_of_fields_runs_although_a_later_field_is_missing() {
        let refusal = refused::<Settings>(&[("MIN", "3"), ("MAX", "2")]);
        let found = [("setting-malformed", "MIN"), ("setting-malformed", "MIN"), ("setting-missing", "LATE")];
        assert_eq!(findings(&refusal), found);
    }

    #[test]
    fn a_check_of_fields_does_not_run_when_one_of_them_is_wrong() {
        let refusal = refused::<Settings>(&with(["4", "many", "1", "1"]));
        assert_eq!(findings(&refusal), [("setting-malformed", "MAX")]);
    }

    #[test]
    fn a_check_of_the_whole_does_not_run_when_a_field_is_missing() {
        let refusal = refused::<Settings>(&[("MIN", "2"), ("MAX", "3"), ("SUM", "9")]);
        assert_eq!(findings(&refusal), [("setting-missing", "LATE")]);
    }

    #[test]
    fn all_checks_are_in_one_report() {
        let refusal = refused::<Settings>(&with(["3", "2", "9", "0"]));
        let found = [
            ("setting-malformed", "MIN"),
            ("setting-malformed", "MIN"),
            ("setting-malformed", "SUM"),
            ("setting-malformed", "Settings"),
        ];
        assert_eq!(findings(&refusal), found);
        let refusal = refused::<Settings>(&with(["2", "3", "9", "13"]));
        assert_eq!(findings(&refusal), [("setting-malformed", "SUM"), ("setting-malformed", "LATE")]);
    }

    #[derive(Debug, Config)]
    struct Outer {
        #[config(nested, prefix = "IN_")]
        inner: Settings,
    }

    #[test]
    fn a_check_in_a_group_names_the_full_variable() {
        let refusal = refused::<Outer>(&[("IN_MIN", "4"), ("IN_MAX", "2"), ("IN_LATE", "1")]);
        assert_eq!(findings(&refusal), [("setting-malformed", "IN_MIN")]);
    }
}

mod loaders {
    use super::*;

    #[derive(Debug, Config)]
    #[config(loader = wishes)]
    struct Settings {
        #[config(default = 1)]
        port: u16,
    }

    fn wishes(loader: Loader) -> Loader {
        loader.waive(rule::FILE_WORLD_WRITABLE, "PORT", Reason::new("for the test"))
    }

    #[test]
    fn the_loader_of_a_struct_is_used_by_every_load() {
        let it = accepted::<Settings>(&[]);
        assert_eq!((it.port, Loaded::report(&it).waivers().len()), (1, 1));
    }
}

mod choices {
    use super::*;

    #[derive(Debug, Clone, Copy, PartialEq, Eq, Setting)]
    enum Level {
        Error,
        #[config(alias = "warning", alias = "caution")]
        Warn,
        Info,
        #[config(rename = "verbose-output")]
        VeryLoud,
        HTTPTrace,
    }

    #[derive(Debug, Config)]
    struct Settings {
        #[config(default = "info")]
        log_level: Level,
        levels: Option<Vec<Level>>,
    }

    fn level(text: &str) -> Level {
        accepted::<Settings>(&[("LOG_LEVEL", text)]).log_level
    }

    #[test]
    fn a_word_is_read_whatever_its_case_and_its_dashes() {
        for (text, expected) in [
            ("error", Level::Error),
            (" WARN ", Level::Warn),
            ("warning", Level::Warn),
            ("Caution", Level::Warn),
            ("verbose-output", Level::VeryLoud),
            ("VERBOSE_OUTPUT", Level::VeryLoud),
            ("http-trace", Level::HTTPTrace),
        ] {
            assert_eq!(level(text), expected, "{text}");
        }
        assert_eq!(accepted::<Settings>(&[]).log_level, Level::Info);
        let it = accepted::<Settings>(&[("LEVELS", "warn, error")]);
        assert_eq!(it.levels.as_deref(), Some(&[Level::Warn, Level::Error][..]));
    }

    #[test]
    fn a_refused_word_is_answered_with_the_choices_and_the_nearest() {
        for (text, remedy) in
            [("inof", "did you mean `info`?"), ("warnings", "did you mean `warn`?"), ("eror", "did you mean `error`?")]
        {
            let refusal = refused::<Settings>(&[("LOG_LEVEL", text)]);
            let [finding] = refusal.report().findings() else { panic!("{refusal}") };
            let choices = "malformed: must be one of error, warn, info, verbose-output, http-trace";
            assert_eq!((finding.message().as_str(), finding.remedy().as_str()), (choices, remedy));
        }
    }

    #[test]
    fn a_word_near_to_none_is_answered_without_a_guess_and_never_shown() {
        let refusal = refused::<Settings>(&[("LOG_LEVEL", "hunter2")]);
        assert!(!refusal.to_string().contains("did you mean") && !refusal.to_string().contains("hunter2"));
    }
}

#[test]
fn every_problem_is_in_one_report() {
    #[derive(Debug, Config)]
    #[config(check = never(first))]
    struct Settings {
        first: u8,
        second: SecretText,
        third: Duration,
        #[config(nested)]
        group: Group,
        last: bool,
    }
    #[derive(Debug, Config)]
    struct Group {
        inner: u8,
    }
    fn never(_: &u8) -> Result<(), Violation> {
        Err(Violation::malformed("never right"))
    }
    let refusal = refused::<Settings>(&[("FIRST", "1"), ("THIRD", "30"), ("LAST", "maybe")]);
    let found = [
        ("setting-malformed", "FIRST"),
        ("secret-missing", "SECOND"),
        ("setting-malformed", "THIRD"),
        ("setting-missing", "INNER"),
        ("setting-malformed", "LAST"),
    ];
    assert_eq!(findings(&refusal), found);
}

#[test]
fn a_struct_without_fields_is_always_complete() {
    #[derive(Debug, Config)]
    struct Nothing {}
    assert!(Loaded::table(&accepted::<Nothing>(&[])).rows().is_empty());
}

mod secret_types_of_a_users_own {
    use hardened::schema::Kind;

    use super::*;

    const STRONG: &str = "kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL0dG6aP3eZqC";

    /// Says what it is and nothing else.
    struct Key(String);

    impl Setting for Key {
        const KIND: Kind = Kind::Key { min_bytes: 32 };

        fn parse(text: &str) -> Result<Self, Violation> {
            Ok(Self(text.to_owned()))
        }
    }

    struct Token(String);

    impl Setting for Token {
        const KIND: Kind = Kind::Credential;

        fn parse(text: &str) -> Result<Self, Violation> {
            Ok(Self(text.to_owned()))
        }
    }

    #[derive(Config)]
    struct Service {
        my_key: Key,
        other_key: Option<Key>,
        token: Option<Token>,
        tokens: Option<Vec<Token>>,
    }

    impl std::fmt::Debug for Service {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("Service")
        }
    }

    #[test]
    fn obey_the_rules_of_their_kind() {
        for (variable, value, expected) in [
            ("MY_KEY", "changeme", "secret-placeholder"),
            ("MY_KEY", &STRONG[..31], "secret-too-short"),
            ("MY_KEY", "correct horse battery staple, and more", "secret-predictable"),
            ("OTHER_KEY", STRONG, "secret-repeated"),
            ("TOKEN", "<token>", "secret-placeholder"),
            ("TOKEN", "$API_TOKEN", "secret-reference"),
            ("TOKENS", "x7Kq92, changeme", "secret-placeholder"),
        ] {
            let refusal = refused::<Service>(&[("MY_KEY", STRONG), (variable, value), ("APP_ENV", "production")]);
            assert_eq!(findings(&refusal), [(expected, variable)], "{variable}={value}");
        }
        accepted::<Service>(&[("MY_KEY", STRONG), ("TOKEN", "x7"), ("TOKENS", "a, b"), ("APP_ENV", "production")]);
    }
}
