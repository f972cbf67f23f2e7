//! Random names and files made of pieces in any order: each gets one verdict, which shows no value.

use proptest::prelude::*;

use super::*;

const CANARY: &str = "CaNaRy7x";

/// The same settings as in the other tests, but without those that reports show.
#[derive(Debug, Config)]
#[allow(dead_code, reason = "only judged")]
struct Hidden {
    #[config(nested)]
    upstreams: Vec<Upstream>,
    #[config(nested)]
    tenants: BTreeMap<String, Tenant>,
}

#[derive(Debug, Config)]
#[allow(dead_code, reason = "only judged")]
struct Upstream {
    url: String,
    #[config(default = 3)]
    tries: u8,
    #[config(nested)]
    routes: Vec<Route>,
}

#[derive(Debug, Config)]
#[allow(dead_code, reason = "only judged")]
struct Route {
    path: String,
}

#[derive(Debug, Config)]
#[allow(dead_code, reason = "only judged")]
struct Tenant {
    region: String,
    token: Option<SecretText>,
}

/// Pieces of variable names.
const PIECES: [&str; 17] = [
    "UPSTREAMS",
    "TENANTS",
    "ROUTES",
    "URL",
    "REGION",
    "TOKEN",
    "TOKEN_FILE",
    "PATH",
    "TRIES",
    "0",
    "1",
    "2",
    "ACME",
    "acme",
    "_",
    "__",
    "",
];

/// Lines of files.
const LINES: [&str; 14] = [
    "[[upstreams]]",
    "[upstreams]",
    "[[upstreams.routes]]",
    "[[production.upstreams]]",
    "[tenants.acme]",
    "[tenants.ACME]",
    "[tenants]",
    "[[tenants]]",
    "[production.tenants.acme]",
    "url = 'CaNaRy7x'",
    "region = 'CaNaRy7x'",
    "token = 'CaNaRy7x'",
    "tries = 'CaNaRy7x'",
    "upstreams = []",
];

fn printed(outcome: &Result<Loaded<Hidden>, Refusal>) -> String {
    match outcome {
        Ok(loaded) => format!("{:?}{}", Loaded::report(loaded), Loaded::manifest(loaded).to_json()),
        Err(refusal) => format!("{refusal}{:?}{}{}", refusal.report(), refusal.table(), refusal.to_json()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_names_and_any_file_have_one_verdict_without_a_value(
        names in prop::collection::vec(prop::collection::vec(0..PIECES.len(), 1..7), 0..6),
        lines in prop::collection::vec(0..LINES.len(), 0..8),
    ) {
        let scratch = Scratch::new();
        let text: Vec<_> = lines.iter().map(|line| LINES[*line]).collect();
        scratch.file("hardened.toml", text.join("\n"));
        let name = |pieces: &Vec<usize>| pieces.iter().map(|piece| PIECES[*piece]).collect::<Vec<_>>().join("_");
        let environment: Environment = names.iter().map(|pieces| (name(pieces), CANARY)).collect();
        let environment = environment.set("ENVIRONMENT", "production").working_directory(scratch.path());
        let load = || Loader::new().environment(environment.clone()).load::<Hidden>();
        let first = load();
        prop_assert!(!printed(&first).contains(CANARY), "{}", printed(&first));
        prop_assert_eq!(printed(&first), printed(&load()));
    }
}
