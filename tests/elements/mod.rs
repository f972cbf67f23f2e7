//! Lists and maps of groups.

mod documents;
mod files;
mod judged;
mod leaks;
mod merging;
mod random;
mod variables;

use std::collections::{BTreeMap, HashMap};

use hardened::{Config, Environment, JwtSecret, Loaded, Loader, Refusal, SecretText, Setting};
use test_support::{KEY, Scratch};

/// A service with tenants, each with services behind it.
#[derive(Debug, Config)]
struct Settings {
    /// Services behind this one.
    #[config(nested)]
    upstreams: Vec<Upstream>,
    /// Customers.
    #[config(nested)]
    tenants: BTreeMap<String, Tenant>,
}

/// A service behind this one.
#[derive(Debug, Config)]
struct Upstream {
    /// Where it is.
    #[config(show, example = "http://one.internal")]
    url: String,
    /// How many tries.
    #[config(default = 3)]
    tries: u8,
    /// What is sent to it.
    #[config(nested)]
    routes: Vec<Route>,
}

/// What is sent to a service.
#[derive(Debug, Config)]
struct Route {
    /// The beginning of a path.
    #[config(show)]
    path: String,
}

/// A customer.
#[derive(Debug, Config)]
struct Tenant {
    /// Where its data is.
    #[config(show)]
    region: String,
    /// Signs its tokens.
    key: Option<JwtSecret>,
    /// Its token at the mail service.
    token: Option<SecretText>,
}

const TOKEN: &str = "q8ZxT3vB7nM1kL5jH9gF2dS6";

fn variables(variables: &[(&str, &str)]) -> Environment {
    variables.iter().copied().collect()
}

#[track_caller]
fn accepted<T: Config>(environment: Environment) -> Loaded<T> {
    Loader::new().environment(environment).load().unwrap_or_else(|refusal: Refusal| panic!("{refusal}"))
}

/// Returns the code, subject, field, message and source of every finding.
fn errors<T: Config>(environment: Environment) -> Vec<String> {
    let refusal = Loader::new().environment(environment).load::<T>().map(drop).unwrap_err();
    let told = |finding: &hardened::finding::Finding| {
        let source = finding.provenance().map_or_else(String::new, |source| format!(" · {source}"));
        format!("{} · {} · {} · {}{source}", finding.code(), finding.subject(), finding.field(), finding.message())
    };
    refusal.report().findings().iter().map(told).collect()
}

/// Returns the same for a text of `hardened.toml`, without the path of its directory.
fn errors_in_toml<T: Config>(text: &str, others: &[(&str, &str)]) -> Vec<String> {
    let scratch = Scratch::new();
    scratch.file("hardened.toml", text);
    let directory = format!("{}/", scratch.path().display());
    let environment = variables(others).working_directory(scratch.path());
    errors::<T>(environment).into_iter().map(|told| told.replace(&directory, "")).collect()
}

#[track_caller]
fn accepted_in_toml<T: Config>(text: &str, others: &[(&str, &str)]) -> Loaded<T> {
    let scratch = Scratch::new();
    scratch.file("hardened.toml", text);
    accepted(variables(others).working_directory(scratch.path()))
}

fn urls(settings: &Settings) -> Vec<&str> {
    settings.upstreams.iter().map(|upstream| upstream.url.as_str()).collect()
}

#[test]
fn a_service_without_any_element_starts() {
    let settings = accepted::<Settings>(Environment::empty());
    assert!(settings.upstreams.is_empty() && settings.tenants.is_empty());
    assert_eq!(Loaded::table(&settings).rows().len(), 0);
}

#[test]
fn elements_come_from_variables_and_from_toml_with_the_same_names_in_reports() {
    let from_variables = variables(&[
        ("UPSTREAMS__0__URL", "http://one.internal"),
        ("UPSTREAMS__0__ROUTES__0__PATH", "/one"),
        ("UPSTREAMS__1__URL", "http://two.internal"),
        ("UPSTREAMS__1__TRIES", "5"),
        ("TENANTS__ACME__REGION", "eu"),
    ]);
    let text = "[[upstreams]]\nurl = 'http://one.internal'\n[[upstreams.routes]]\npath = '/one'\n\
                [[upstreams]]\nurl = 'http://two.internal'\ntries = 5\n[tenants.acme]\nregion = 'eu'\n";
    for settings in [accepted::<Settings>(from_variables), accepted_in_toml(text, &[])] {
        assert_eq!(urls(&settings), ["http://one.internal", "http://two.internal"]);
        assert_eq!(settings.upstreams.iter().map(|upstream| upstream.tries).collect::<Vec<_>>(), [3, 5]);
        assert_eq!(settings.upstreams[0].routes[0].path, "/one");
        assert_eq!(settings.tenants["acme"].region, "eu");
        let rows = Loaded::table(&settings).rows();
        let paths: Vec<_> = rows.iter().map(hardened::report::Row::path).collect();
        assert_eq!(
            paths,
            [
                "upstreams.0.url",
                "upstreams.0.tries",
                "upstreams.0.routes.0.path",
                "upstreams.1.url",
                "upstreams.1.tries",
                "tenants.acme.region",
                "tenants.acme.key",
                "tenants.acme.token",
            ]
        );
        let names: Vec<_> = rows.iter().map(|row| row.variables().next().unwrap().to_string()).collect();
        assert_eq!((names[2].as_str(), names[7].as_str()), ("UPSTREAMS__0__ROUTES__0__PATH", "TENANTS__ACME__TOKEN"));
    }
}

#[test]
fn a_map_can_be_a_hash_map_with_keys_of_an_enum() {
    #[derive(Debug, Config)]
    struct Regions {
        #[config(nested)]
        regions: HashMap<Region, Tenant>,
    }
    #[derive(Debug, PartialEq, Eq, Hash, Setting)]
    enum Region {
        EuWest,
        #[config(alias = "america")]
        Us,
    }
    let settings = accepted::<Regions>(variables(&[("REGIONS__EU_WEST__REGION", "a"), ("REGIONS__US__REGION", "b")]));
    assert_eq!(settings.regions[&Region::EuWest].region, "a");
    assert_eq!(settings.regions[&Region::Us].region, "b");
    assert_eq!(
        errors::<Regions>(variables(&[("REGIONS__MARS__REGION", "a")])),
        ["setting-elements · REGIONS__MARS · regions.mars · malformed: the key: must be one of eu-west, us"]
    );
    assert_eq!(
        errors::<Regions>(variables(&[("REGIONS__US__REGION", "a"), ("REGIONS__AMERICA__REGION", "a")])),
        ["setting-elements · REGIONS__US · regions.us · malformed: the key means the same as another one"]
    );
}

#[test]
fn an_optional_list_is_absent_where_no_source_has_it() {
    #[derive(Debug, Config)]
    struct Optional {
        #[config(nested)]
        routes: Option<Vec<Route>>,
        #[config(nested, required_in_production, prefix = "CUSTOMERS__")]
        tenants: Option<BTreeMap<String, Tenant>>,
    }
    let settings = accepted::<Optional>(variables(&[("ENVIRONMENT", "test")]));
    assert!(settings.routes.is_none() && settings.tenants.is_none());
    let settings = accepted_in_toml::<Optional>("routes = []\n[tenants]\n", &[("ENVIRONMENT", "test")]);
    assert_eq!((settings.routes.as_ref().unwrap().len(), settings.tenants.as_ref().unwrap().len()), (0, 0));
    let settings = accepted::<Optional>(variables(&[("CUSTOMERS__ACME__REGION", "eu"), ("ROUTES__0__PATH", "/")]));
    assert_eq!((settings.routes.as_ref().unwrap().len(), settings.tenants.as_ref().unwrap().len()), (1, 1));
    assert_eq!(
        errors::<Optional>(Environment::empty()),
        [
            "setting-absent · CUSTOMERS__NAME__REGION · tenants.name.region · missing: no element of CUSTOMERS; must be at least 1"
        ]
    );
}

#[test]
fn an_optional_group_is_present_as_soon_as_it_has_an_element() {
    #[derive(Debug, Config)]
    struct Outer {
        #[config(nested, prefix = "MAIL_")]
        mail: Option<Mail>,
    }
    #[derive(Debug, Config)]
    struct Mail {
        #[config(nested)]
        routes: Vec<Route>,
    }
    assert!(accepted::<Outer>(Environment::empty()).mail.is_none());
    let settings = accepted::<Outer>(variables(&[("MAIL_ROUTES__0__PATH", "/")]));
    assert_eq!(settings.mail.as_ref().unwrap().routes.len(), 1);
    let settings = accepted_in_toml::<Outer>("[[mail.routes]]\npath = '/'\n", &[]);
    assert_eq!(settings.mail.as_ref().unwrap().routes.len(), 1);
}

#[test]
fn a_check_of_an_element_and_of_the_whole_list_can_be_declared() {
    use hardened::{Violation, message, rule};

    #[derive(Debug, Config)]
    #[config(check = distinct(ports))]
    struct Ports {
        #[config(nested)]
        ports: Vec<Range>,
    }
    #[derive(Debug, Config)]
    #[config(check = ordered(from, to))]
    #[allow(dead_code, reason = "judged by its check")]
    struct Range {
        from: u16,
        to: u16,
    }
    fn ordered(from: &u16, to: &u16) -> Result<(), Violation> {
        if from <= to { Ok(()) } else { Err(Violation::new(rule::SETTING_INCONSISTENT, message!("above its TO"))) }
    }
    fn distinct(ports: &[Range]) -> Result<(), Violation> {
        let repeated = ports.windows(2).any(|pair| pair[0].from == pair[1].from);
        if repeated { Err(Violation::new(rule::SETTING_INCONSISTENT, "two begin alike")) } else { Ok(()) }
    }
    let range = |number: u8, from: &str, to: &str| {
        [(format!("PORTS__{number}__FROM"), from.to_owned()), (format!("PORTS__{number}__TO"), to.to_owned())]
    };
    let all = [range(0, "1", "2"), range(1, "9", "8")].concat().into_iter().collect();
    assert_eq!(
        errors::<Ports>(all),
        ["setting-inconsistent · PORTS__1__FROM · ports.1.from · inconsistent: above its TO"]
    );
    let all = [range(0, "1", "2"), range(1, "1", "8")].concat().into_iter().collect();
    assert_eq!(errors::<Ports>(all), ["setting-inconsistent · PORTS · ports · inconsistent: two begin alike"]);
}
