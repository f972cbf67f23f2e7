//! The JSON Schema of `hardened.toml` accepts exactly the documents that the loader accepts, according to two validators:
//! Python's `jsonschema` and the Rust crate of that name.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use hardened::{Config, Environment, JwtSecret, Loader, Setting, Tier};
use serde_json::{Map, Value, json};
use test_support::{KEY, Scratch};

#[derive(Debug, Config)]
#[allow(dead_code, reason = "declared, and never read")]
struct Settings {
    /// Signs the tokens.
    jwt_secret_key: JwtSecret,
    /// A flag.
    #[config(default = false)]
    flag: bool,
    /// A number.
    #[config(default = 8080)]
    port: u16,
    /// A number with a sign.
    #[config(default = 0)]
    offset: i16,
    /// A large number.
    #[config(default = 1)]
    many: u64,
    /// A fraction.
    share: Option<f64>,
    /// A length of time.
    #[config(default = "1s")]
    wait: std::time::Duration,
    /// A word.
    #[config(default = "info")]
    level: Level,
    /// A text.
    #[config(default = "text")]
    text: String,
    /// Several texts.
    #[config(default = [])]
    tags: Vec<String>,
    /// Several numbers.
    #[config(default = [])]
    ports: Vec<u16>,
    /// Several words.
    #[config(default = [])]
    levels: Vec<Level>,
    /// A number within bounds of its field.
    #[config(range = 2..=256, default = 2)]
    workers: u32,
    /// One of two numbers.
    #[config(one_of = [2, 255], default = 2)]
    weight: u8,
    /// Numbers within bounds.
    #[config(each(range = 1..256), default = [])]
    digits: Vec<u16>,
    /// A group.
    #[config(nested)]
    cache: Cache,
}

#[derive(Debug, Config)]
#[allow(dead_code, reason = "declared, and never read")]
struct Cache {
    /// How many.
    #[config(env = "CACHE_ENTRIES", default = 10)]
    entries: u8,
    /// A secret in a group.
    #[config(env = "CACHE_TOKEN")]
    token: Option<hardened::SecretText>,
}

#[derive(Debug, Clone, Copy, Setting)]
enum Level {
    #[config(alias = "warning", alias = "attention")]
    Warn,
    Info,
    #[config(rename = "very-loud")]
    Loud,
}

/// The values to try for every setting.
fn values() -> Vec<Value> {
    let texts = [
        "",
        " ",
        "true",
        "FALSE",
        "Yes",
        "off",
        "2",
        "0",
        "1",
        " 8080 ",
        "+7",
        "-7",
        "-0",
        "007",
        "255",
        "256",
        "65535",
        "65536",
        "32767",
        "32768",
        "-32768",
        "-32769",
        "18446744073709551615",
        "18446744073709551616",
        "1.5",
        "1e3",
        "0x10",
        "1_000",
        "info",
        "INFO",
        " warn",
        "Warning",
        "ATTENTION",
        "very-loud",
        "VERY_LOUD",
        "loud",
        "inform",
        "30s",
        "1h30m",
        "500ms",
        "30",
        "30 s",
        "1d",
        "s",
        "text",
        "a b",
    ];
    let mut values: Vec<Value> = texts.into_iter().map(Value::from).collect();
    values.extend([0, 1, 2, -1, 255, 256, 8080, 65_535, 65_536, -32_768, -32_769].map(Value::from));
    values.extend([json!(true), json!(1.5), json!({}), json!({ "a": 1 }), json!([])]);
    values.extend([json!(["a"]), json!(["a", "b"]), json!([1, 2]), json!([1, "x"]), json!([65_536]), json!([""])]);
    values.extend([json!(["info", "WARNING"]), json!(["info", "x"]), json!(["a,b"]), json!([[1]]), json!([true])]);
    values
}

const NAMES: [&str; 15] = [
    "flag", "port", "offset", "many", "share", "wait", "level", "text", "tags", "ports", "levels", "workers", "weight",
    "digits", "prot",
];

/// Documents with every value for every setting at the top, with some values in every section and in the group, and with other
/// mistakes.
fn documents() -> Vec<Value> {
    let mut documents = vec![json!({}), json!({ "default": {} }), json!({ "production": {}, "test": {} })];
    for name in NAMES {
        documents.extend(values().into_iter().map(|value| json!({ name: value })));
    }
    for section in ["default", "development", "test", "preview", "production", "staging", "cache"] {
        for (name, value) in [
            ("port", json!(80)),
            ("port", json!("x")),
            ("level", json!("Attention")),
            ("level", json!("loud")),
            ("entries", json!(255)),
            ("entries", json!(256)),
            ("token", json!("x")),
            ("jwt_secret_key", json!(KEY)),
            ("cache", json!({ "entries": 1 })),
            ("cache", json!({ "entries": -1 })),
            ("cache", json!({ "entry": 1 })),
            ("cache", json!({ "token": "x" })),
            ("cache", json!(1)),
        ] {
            documents.push(json!({ section: { name: value.clone() } }));
            documents.push(json!({ section: { name: value }, "offset": 3 }));
        }
        documents.push(json!({ section: 1 }));
    }
    for (name, value) in
        [("jwt_secret_key", json!(KEY)), ("JWT_SECRET_KEY", json!(KEY)), ("Port", json!(80)), ("x", json!({}))]
    {
        documents.push(json!({ name: value }));
    }
    documents
}

/// Returns whether the loader accepts the document in every tier.
fn is_accepted(scratch: &Scratch, document: &Value) -> bool {
    scratch.file("hardened.toml", toml(document));
    Tier::ALL.into_iter().all(|tier| {
        let environment = Environment::empty()
            .set("ENVIRONMENT", tier.name())
            .set("JWT_SECRET_KEY", KEY)
            .working_directory(scratch.path());
        Loader::new().environment(environment).load::<Settings>().is_ok()
    })
}

/// Returns the document as TOML with inline tables. The texts here need no escapes.
fn toml(document: &Value) -> String {
    let members = document.as_object().unwrap().iter();
    members.map(|(name, value)| format!("{name} = {}\n", inline(value))).collect()
}

fn inline(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let members: Vec<_> = members.iter().map(|(name, value)| format!("{name} = {}", inline(value))).collect();
            format!("{{ {} }}", members.join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

#[test]
fn two_validators_accept_exactly_the_documents_that_the_loader_accepts() {
    let Some(python) = python() else { return };
    let scratch = Scratch::new();
    let documents = documents();
    let verdicts: Vec<bool> = documents.iter().map(|document| is_accepted(&scratch, document)).collect();
    let accepted = verdicts.iter().filter(|accepted| **accepted).count();
    assert!(accepted >= 100 && documents.len() - accepted >= 100, "{accepted} of {}", documents.len());

    let schema = <Settings as Config>::SCHEMA.json_schema();
    let input = scratch.file("documents.json", json!({ "schema": schema, "documents": documents }).to_string());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schema_documents.py");
    let output =
        Command::new(python).arg(script).stdin(fs::File::open(input).unwrap()).stderr(Stdio::inherit()).output();
    let output = output.unwrap();
    assert!(output.status.success());
    let answers: Map<String, Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answers.keys().collect::<Vec<_>>(), ["jsonschema", "jsonschema_rs"]);
    for (validator, answers) in answers {
        let answers: Vec<bool> = serde_json::from_value(answers).unwrap();
        let differing: Vec<_> = documents
            .iter()
            .zip(verdicts.iter().zip(&answers))
            .filter(|(_, (loader, schema))| loader != schema)
            .map(|(document, (loader, _))| format!("{document}: {}", if *loader { "accepted" } else { "refused" }))
            .collect();
        assert!(differing.is_empty(), "{validator} differs from the loader, which says: {differing:#?}");
    }
}

/// Returns the Python that has both validators, if it is installed.
#[expect(clippy::print_stderr, reason = "a person should know what was not tested")]
pub(crate) fn python() -> Option<std::path::PathBuf> {
    let python = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("readers").join("venv/bin/python");
    let is_there = python.exists();
    assert!(is_there || std::env::var_os("CI").is_none(), "no validators: run `cargo xtask readers`");
    if !is_there {
        eprintln!("skipped: no validators of JSON Schema; `cargo xtask readers` installs them");
    }
    is_there.then_some(python)
}
