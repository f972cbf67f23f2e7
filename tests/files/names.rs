//! The names of fields in files, and their former names.

use std::collections::BTreeMap;

use super::*;

#[derive(Debug, Config)]
#[allow(dead_code, reason = "loaded, not read")]
#[config(rename_all = "camelCase")]
struct Service {
    /// What it listens on.
    #[config(key = "type", default = "tcp", show)]
    kind: String,
    /// How many.
    #[config(default = 1, alias = "workers", deprecated_alias = "num_threads")]
    max_threads: u16,
    /// Names.
    #[config(default = [], show)]
    host_names: Vec<String>,
    /// A key.
    #[config(alias = "signing-key")]
    secret_key: Option<JwtSecret>,
    /// Where mail goes.
    #[config(nested, alias = "smtp", deprecated_alias = "sendmail", prefix = "MAIL_")]
    mail_server: Option<Mail>,
    /// Others.
    #[config(nested, deprecated_alias = "backends")]
    up_streams: Vec<Mail>,
    /// By name.
    #[config(nested)]
    by_name: BTreeMap<String, Mail>,
    /// No longer read.
    #[config(deprecated = "use MAX_THREADS")]
    pool_size: Option<u16>,
    /// Where files are.
    #[config(nested)]
    store: Store,
}

#[derive(Debug, Config)]
#[allow(dead_code, reason = "loaded, not read")]
#[config(rename_all = "kebab-case")]
struct Mail {
    /// The host.
    #[config(show)]
    host_name: String,
    /// The port.
    #[config(key = "Port", default = 25, alias = "smtp_port")]
    port: u16,
    /// A credential.
    access_token: Option<SecretText>,
}

#[derive(Debug, Config)]
#[config(prefix = "STORE_", rename_all = "SCREAMING_SNAKE_CASE")]
enum Store {
    Disk {
        /// Where.
        #[config(show)]
        root_path: String,
        /// How many.
        #[config(default = 3)]
        copies: u8,
    },
    #[config(default)]
    Memory,
}

fn load(toml: &str, variables: &[(&str, &str)]) -> Result<Loaded<Service>, Refusal> {
    let scratch = Scratch::new();
    scratch.file("hardened.toml", toml);
    let environment: Environment = variables.iter().copied().collect();
    Loader::new().environment(environment.working_directory(scratch.path())).load()
}

/// Returns `code subject: message; remedy` of every finding that is more than a note.
fn findings(outcome: &Result<Loaded<Service>, Refusal>) -> Vec<String> {
    let report = match outcome {
        Ok(loaded) => Loaded::report(loaded),
        Err(refusal) => refusal.report(),
    };
    let findings = report.findings().iter().filter(|finding| finding.severity() > Severity::Note);
    findings
        .map(|finding| {
            let remedy = finding.remedy();
            format!("{} {}: {}; {remedy}", finding.code(), finding.subject(), finding.message())
        })
        .collect()
}

#[test]
fn a_file_has_the_keys_of_its_struct() {
    let toml = "type = 'unix'\nmaxThreads = 2\nhostNames = ['a']\n[mailServer]\nhost-name = 'm'\nPort = 26\n\
                [[upStreams]]\nhost-name = 'u'\n[byName.acme]\nhost-name = 'n'\n[store]\nKIND = 'disk'\nROOT_PATH = '/x'\n\
                COPIES = 4\n[production]\nmaxThreads = 3\n";
    let loaded = load(toml, &[("ENVIRONMENT", "production")]).unwrap();
    assert_eq!((loaded.kind.as_str(), loaded.max_threads, loaded.host_names.len()), ("unix", 3, 1));
    let mail = loaded.mail_server.as_ref().unwrap();
    assert_eq!((mail.host_name.as_str(), mail.port), ("m", 26));
    assert_eq!((loaded.up_streams[0].host_name.as_str(), loaded.by_name["acme"].host_name.as_str()), ("u", "n"));
    assert!(matches!(&loaded.store, Store::Disk { root_path, copies: 4 } if root_path == "/x"));
    assert!(Loaded::report(&loaded).findings().is_empty(), "{}", Loaded::report(&loaded));
    let row = Loaded::table(&loaded).rows().iter().find(|row| row.path() == "mail_server.host_name").unwrap();
    assert!(row.provenance().unwrap().to_string().ends_with("hardened.toml:5:13"));
}

#[test]
fn variables_and_the_code_keep_the_names_of_the_fields() {
    let variables = [
        ("KIND", "x"),
        ("MAIL_HOST_NAME", "m"),
        ("UP_STREAMS__0__HOST_NAME", "u"),
        ("STORE_KIND", "disk"),
        ("STORE_ROOT_PATH", "/y"),
    ];
    let loaded = load("type = 'unix'", &variables).unwrap();
    assert_eq!((loaded.kind.as_str(), loaded.up_streams.len()), ("x", 1));
    let environment = Environment::empty();
    let loaded = Loader::new().environment(environment).set("max_threads", 9).load::<Service>().unwrap();
    assert_eq!(loaded.max_threads, 9);
}

#[test]
fn another_name_is_accepted_and_a_deprecated_one_warns_with_the_name_that_replaces_it() {
    for (toml, variables, threads, expected) in [
        ("workers = 5", &[][..], 5, &[][..]),
        ("", &[("WORKERS", "5")], 5, &[]),
        ("", &[("WORKERS", "5"), ("MAX_THREADS", "5")], 5, &[]),
        ("workers = 5\nmaxThreads = 5", &[], 5, &[]),
        ("[development]\nnum_threads = 5", &[], 1, &[]),
        (
            "num_threads = 5",
            &[],
            5,
            &[
                "setting-deprecated num_threads: a deprecated name of maxThreads; rename it to maxThreads, before a release \
               stops reading the old name",
            ],
        ),
        (
            "",
            &[("NUM_THREADS", "5")],
            5,
            &[
                "setting-deprecated NUM_THREADS: a deprecated name of MAX_THREADS; rename it to MAX_THREADS, before a release \
               stops reading the old name",
            ],
        ),
        (
            "pool_size = 1",
            &[],
            0,
            &[
                "source-unknown-key pool_size: prohibited: does not belong to a setting (did you mean poolSize?); rename it to poolSize, or remove it",
            ],
        ),
        ("poolSize = 1", &[], 1, &["setting-deprecated POOL_SIZE: a deprecated setting; use MAX_THREADS"]),
        ("", &[("POOL_SIZE", "1")], 1, &["setting-deprecated POOL_SIZE: a deprecated setting; use MAX_THREADS"]),
        (
            "[sendmail]\nhost-name = 'm'",
            &[],
            1,
            &[
                "setting-deprecated sendmail: a deprecated name of mailServer; rename it to mailServer, before a release stops \
               reading the old name",
            ],
        ),
        ("[smtp]\nhost-name = 'm'\nsmtp_port = 26", &[], 1, &[]),
        (
            "[[backends]]\nhost-name = 'm'",
            &[],
            1,
            &[
                "setting-deprecated backends: a deprecated name of upStreams; rename it to upStreams, before a release stops reading the old name",
            ],
        ),
    ] {
        let outcome = load(toml, variables);
        assert_eq!(findings(&outcome), expected, "{toml} {variables:?}");
        if let Ok(loaded) = outcome {
            assert_eq!(loaded.max_threads, threads, "{toml} {variables:?}");
        }
    }
}

#[test]
fn two_names_that_disagree_are_refused() {
    let both = "[smtp]\nhost-name = 'm'\naccess-token = 'CaNaRy7'\n[mailServer]\nhost-name = 'm'";
    let found = findings(&load(both, &[]));
    let codes: Vec<_> = found.iter().filter_map(|found| found.split(' ').next()).collect();
    assert_eq!(codes, ["setting-conflict", "secret-in-file"], "{found:?}");
    for (toml, variables, expected) in [
        (
            "workers = 5\nmaxThreads = 6",
            &[][..],
            "setting-conflict workers: inconsistent: workers and maxThreads have different values",
        ),
        (
            "maxThreads = 6\nworkers = 5",
            &[],
            "setting-conflict workers: inconsistent: workers and maxThreads have different values",
        ),
        (
            "[default]\nworkers = 5\nmaxThreads = 6",
            &[],
            "setting-conflict workers: inconsistent: workers and maxThreads have",
        ),
        (
            "workers = 5\n[default]\nmaxThreads = 5",
            &[],
            "source-malformed maxThreads: malformed: maxThreads is set at the top and",
        ),
        (
            "[smtp]\nhost-name = 'm'\n[mailServer]\nhost-name = 'm'",
            &[],
            "setting-conflict smtp: inconsistent: smtp and mailServer are both set",
        ),
        (
            "[smtp]\nhost-name = 'm'\nPort = 1\nsmtp_port = 2",
            &[],
            "setting-conflict smtp_port: inconsistent: smtp_port and Port have",
        ),
        (
            "",
            &[("WORKERS", "5"), ("MAX_THREADS", "6")],
            "setting-conflict MAX_THREADS: inconsistent: MAX_THREADS and WORKERS have",
        ),
    ] {
        let outcome = load(toml, variables);
        let found = findings(&outcome);
        assert!(found.iter().any(|found| found.starts_with(expected)), "{toml} {variables:?}: {found:?}");
        assert!(outcome.is_err(), "{toml}");
    }
    let loaded = load("workers = 5\n[development]\nmaxThreads = 6", &[("ENVIRONMENT", "development")]).unwrap();
    assert_eq!(loaded.max_threads, 6, "the tier decides, whatever the name");
}

#[test]
fn the_name_of_a_field_is_not_a_key_if_the_field_has_another_name() {
    for (toml, meant) in [
        ("kind = 'x'", None),
        ("max_threads = 2", Some("did you mean maxThreads?")),
        ("maxThread = 2", Some("did you mean maxThreads?")),
        ("worker = 2", Some("did you mean workers?")),
        ("smpt = 2", Some("did you mean smtp?")),
        ("[mailServer]\nhost_name = 'x'", Some("did you mean host-name?")),
        ("[store]\nkind = 'disk'", Some("did you mean KIND?")),
        ("root_path = 'x'", Some("did you mean store.ROOT_PATH?")),
    ] {
        let outcome = load(toml, &[]);
        let found = findings(&outcome);
        let first = found.iter().find(|found| found.starts_with("source-unknown-key"));
        let first = first.unwrap_or_else(|| panic!("{toml}: {found:?}"));
        assert!(meant.is_none_or(|meant| first.contains(meant)), "{toml}: {first}");
    }
}

#[test]
fn a_secret_is_refused_in_a_file_by_each_of_its_names_wherever_it_is() {
    for toml in [
        "secretKey = 'CaNaRy7'",
        "secret_key = 'CaNaRy7'",
        "signing-key = 'CaNaRy7'",
        "[test]\nsigning_key = 'CaNaRy7'",
        "[mailServer]\naccess-token = 'CaNaRy7'",
        "[smtp]\naccess_token = 'CaNaRy7'",
        "[other.mailServer]\naccess-token = 'CaNaRy7'",
        "[other]\nsigning-key = 'CaNaRy7'",
        "mailServer_access-token = 'CaNaRy7'",
        "[[upStreams]]\naccess-token = 'CaNaRy7'",
        "[byName.acme]\naccess-token = 'CaNaRy7'",
    ] {
        let outcome = load(toml, &[]);
        let found = findings(&outcome);
        assert!(found.iter().any(|found| found.starts_with("secret-in-file")), "{toml}: {found:?}");
        assert!(!outcome.unwrap_err().to_string().contains(CANARY), "{toml}");
    }
}

#[test]
fn the_documents_have_the_keys_and_the_former_names() {
    let schema = Service::SCHEMA;
    let toml = schema.toml_example();
    for line in [
        "#type = \"tcp\"",
        "#maxThreads = 1",
        "[mailServer]",
        "host-name = \"\"",
        "#Port = 25",
        "[[upStreams]]",
        "[byName.name]",
        "KIND = \"memory\"",
        "# secretKey is a secret: set SECRET_KEY in the environment.",
    ] {
        assert!(
            toml.lines().any(|found| found.trim_start_matches('#') == line.trim_start_matches('#')),
            "{line}\n{toml}"
        );
    }
    let env = schema.env_example();
    assert!(env.contains("Also read from WORKERS. Formerly NUM_THREADS"), "{env}");
    assert!(env.contains("Optional. Deprecated: use MAX_THREADS"), "{env}");
    let json = schema.json_schema();
    let properties = &json["properties"];
    for (key, is_deprecated) in [
        ("type", false),
        ("maxThreads", false),
        ("workers", false),
        ("num_threads", true),
        ("poolSize", true),
        ("sendmail", true),
    ] {
        let property = &properties[key];
        assert!(property.is_object(), "{key}: {properties}");
        assert_eq!(property["deprecated"] == true, is_deprecated, "{key}");
    }
    assert!(properties["kind"].is_null() && properties["mailServer"]["properties"]["host-name"].is_object());
}
