//! Values that the code and the command line set override every other source.
#![cfg(all(unix, feature = "derive"))]

use hardened::{Config, Environment, JwtSecret, Loaded, Loader, Refusal, SecretText};
use test_support::{KEY, Scratch};

#[derive(Debug, Config)]
#[allow(dead_code, reason = "secrets that are refused are not read")]
struct Settings {
    #[config(default = 8080)]
    port: u16,
    #[config(default = [], show)]
    peers: Vec<String>,
    #[config(nested)]
    mail: Mail,
    jwt_secret: Option<JwtSecret>,
}

#[derive(Debug, Config)]
#[allow(dead_code, reason = "secrets that are refused are not read")]
#[config(prefix = "MAIL_")]
struct Mail {
    #[config(default = "localhost", show)]
    host: String,
    token: Option<SecretText>,
}

fn load(loader: Loader, variables: &[(&str, &str)]) -> Result<Loaded<Settings>, Refusal> {
    loader.environment(variables.iter().copied().collect()).load()
}

/// Returns the code, subject, message and remedy of each error.
fn errors(loader: Loader) -> Vec<[String; 4]> {
    let refusal = load(loader, &[]).unwrap_err();
    let error = |finding: &hardened::finding::Finding| {
        [finding.code().to_owned(), finding.subject().to_owned(), finding.message(), finding.remedy()]
    };
    refusal.report().findings().iter().map(error).collect()
}

fn sources(loaded: &Loaded<Settings>) -> Vec<String> {
    let rows = Loaded::table(loaded).rows().iter();
    rows.map(|row| row.provenance().map_or_else(|| "none".to_owned(), ToString::to_string)).collect()
}

#[test]
fn code_wins_over_arguments_and_both_over_every_other_source() {
    let scratch = Scratch::new();
    scratch.file("hardened.toml", "port = 1\npeers = ['toml']\n[mail]\nhost = 'toml.internal'\n");
    scratch.file(".env", "PORT=2\n");
    let environment = Environment::empty()
        .set("ENVIRONMENT", "development")
        .working_directory(scratch.path())
        .set("PORT", "3")
        .set("PEERS", "variable");
    let loader = Loader::new().set("port", 5).argument("--port", Some(4)).argument("--peers", ["a", "b"]);
    let loaded = loader.environment(environment).load::<Settings>().unwrap();
    assert_eq!((loaded.port, loaded.peers.as_slice()), (5, &["a".to_owned(), "b".to_owned()][..]));
    let all = sources(&loaded);
    assert_eq!(all[..2], ["code", "argument --peers"]);
    let summary = Loaded::summary(&loaded).to_string();
    assert!(summary.contains("1 setting from code, 1 from arguments"), "{summary}");
    let document = Loaded::to_json(&loaded);
    assert_eq!(document["settings"][0]["provenance"], serde_json::json!({ "source": "code" }));
    assert_eq!(document["settings"][1]["provenance"], serde_json::json!({ "source": "argument", "name": "--peers" }));
    let manifest: serde_json::Value = serde_json::from_str(&Loaded::manifest(&loaded).to_json()).unwrap();
    let kinds: Vec<_> = manifest["settings"].as_array().unwrap().iter().map(|it| it["source"].to_string()).collect();
    assert!(kinds.contains(&"\"code\"".to_owned()) && kinds.contains(&"\"argument\"".to_owned()), "{kinds:?}");
}

#[test]
fn an_argument_that_was_not_given_changes_nothing() {
    let loader = Loader::new().argument("--port", None::<u16>).argument("--peers", Vec::<String>::new());
    let loaded = load(loader, &[("PORT", "3"), ("PEERS", "variable")]).unwrap();
    assert_eq!((loaded.port, loaded.peers.len()), (3, 1));
}

#[test]
fn an_argument_is_named_like_its_variable_or_its_field() {
    for name in ["--mail-host", "--mail_host", "--MAIL_HOST", "--mail.host", "mail-host"] {
        let loaded = load(Loader::new().argument(name, Some("mail.internal")), &[]).unwrap();
        assert_eq!(loaded.mail.host, "mail.internal", "{name}");
    }
    let loader = Loader::new().argument_for("--smtp", "mail.host", Some("smtp.internal"));
    assert_eq!(load(loader, &[]).unwrap().mail.host, "smtp.internal");
}

#[test]
fn of_two_values_for_one_field_the_last_counts_and_a_blank_one_is_unset() {
    let loader = Loader::new().set("port", 1).set("port", 2).set("mail.host", " ");
    let loaded = load(loader, &[]).unwrap();
    assert_eq!((loaded.port, loaded.mail.host.as_str()), (2, "localhost"));
    assert!(Loaded::report(&loaded).has("setting-blank", "mail.host"));
}

#[test]
fn a_value_is_read_like_any_other() {
    let refusal = load(Loader::new().argument("--port", Some("CaNaRy")), &[]).unwrap_err();
    assert!(refusal.report().refuses("setting-malformed", "PORT"));
    let all = format!("{refusal} {refusal:?} {} {}", refusal.to_json(), refusal.table());
    assert!(!all.contains("CaNaRy"), "{all}");
    assert!(all.contains("argument --port"), "{all}");
}

#[test]
fn a_name_that_belongs_to_no_setting_is_refused_with_the_one_that_was_meant() {
    for (loader, expected) in [
        (
            Loader::new().set("prot", 1),
            ["prot", "the code sets this field, but no setting has this path", "correct it to port"],
        ),
        (
            Loader::new().set("host", "x"),
            ["host", "the code sets this field, but no setting has this path", "correct it to mail.host"],
        ),
        (
            Loader::new().argument("--prot", None::<u16>),
            ["--prot", "no setting has a variable or a field of this name", "correct it to --port"],
        ),
        (
            Loader::new().argument_for("--smtp", "mail.hots", Some("x")),
            ["--smtp", "is for the field mail.hots, but no setting has this path", "correct it to mail.host"],
        ),
        (
            Loader::new().set("MAIL_HOST", "x"),
            ["MAIL_HOST", "the code sets this field, but no setting has this path", "correct it to mail.host"],
        ),
        (
            Loader::new().set("something.else", 1),
            ["something.else", "the code sets this field, but no setting has this path", "correct the name"],
        ),
    ] {
        let [subject, fact, remedy] = expected;
        let found = errors(loader);
        assert_eq!(found, [["setting-unknown", subject, &format!("prohibited: {fact}"), remedy].map(str::to_owned)]);
    }
}

#[test]
fn a_secret_can_be_given_neither_in_code_nor_as_an_argument() {
    for (loader, code, subject) in [
        (Loader::new().set("jwt_secret", KEY), "secret-in-code", "JWT_SECRET"),
        (Loader::new().argument("--jwt-secret", Some(KEY)), "secret-in-argument", "JWT_SECRET"),
        (Loader::new().argument_for("--token", "mail.token", Some(KEY)), "secret-in-argument", "MAIL_TOKEN"),
    ] {
        let found = errors(loader);
        assert_eq!((found.len(), found[0][0].as_str(), found[0][1].as_str()), (1, code, subject));
        let text = found[0].join(" ");
        assert!(!text.contains(KEY) && text.contains("not used") && text.contains("_FILE"), "{text}");
        assert_eq!(text.contains("every user of the machine"), code == "secret-in-argument", "{text}");
    }
    // The argument was not given, so no secret was visible.
    assert!(load(Loader::new().argument("--jwt-secret", None::<String>), &[]).is_ok());
    // The value of the environment is used, but the start is refused nevertheless.
    let refusal = load(Loader::new().set("jwt_secret", KEY), &[("JWT_SECRET", KEY)]).unwrap_err();
    assert_eq!(refusal.report().findings().len(), 1);
}

#[test]
fn no_output_of_a_loader_shows_its_overrides() {
    let loader = Loader::new().set("mail.host", "CaNaRy").argument("--jwt-secret", Some("CaNaRy"));
    assert!(!format!("{loader:?}").contains("CaNaRy"));
}

#[test]
fn another_environment_is_judged_without_the_arguments_of_this_process() {
    let scratch = Scratch::new();
    let file = scratch.file("other.env", "ENVIRONMENT=production\nPORT=1\n");
    let loader = Loader::new().argument("--port", Some(2)).set("mail.host", "code.internal");
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let arguments = ["check".into(), "--env-file".into(), file.into_os_string()];
    let status = hardened::command::<Settings>().loader(loader).run(arguments, &mut output, &mut errors);
    let output = String::from_utf8(output).unwrap();
    assert_eq!(status, 0, "{output}");
    let line = |name: &str| output.lines().find(|line| line.trim().starts_with(name)).unwrap().to_owned();
    assert!(line("PORT").contains("variable PORT") && line("MAIL_HOST").contains("code"), "{output}");
}

#[test]
fn a_double_over_the_process_inherits_what_it_neither_sets_nor_hides() {
    let process = |name: &str| std::env::var_os(name);
    let environment = Environment::over_process().set("PATH", "mine").unset("HOME").set("OWN_1", "x");
    assert_eq!(environment.value_of("PATH"), Some("mine".into()));
    assert_eq!(environment.value_of("OWN_1"), Some("x".into()));
    assert_eq!(environment.value_of("HOME"), None);
    assert_eq!(environment.value_of("CARGO_MANIFEST_DIR"), process("CARGO_MANIFEST_DIR"));
    assert!(process("CARGO_MANIFEST_DIR").is_some() && process("OWN_1").is_none());
    assert_eq!(environment.set("HOME", "again").value_of("HOME"), Some("again".into()));
    assert!(!format!("{:?}", Environment::over_process().set("A", "CaNaRy")).contains("CaNaRy"));
}
