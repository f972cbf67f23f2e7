//! Tests that the deployment files, and the page that explains them, agree with what taskflow reads and does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod image;
mod page;
mod pods;
mod services;
mod unit;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use hardened::{Config as _, Environment, Loaded, Loader, finding::Severity, schema::Requirement};
use hardened_testing::valid_env_with;
use serde_json::Value;
use taskflow::Settings;

/// Every deployment file, relative to the directory of this package.
const FILES: [&str; 11] = [
    "Procfile",
    "Dockerfile",
    "Dockerfile.dockerignore",
    "railway.json",
    "fly.toml",
    "render.yaml",
    "compose.yaml",
    "deploy/kubernetes/deployment.yaml",
    "deploy/kubernetes/migrate.yaml",
    "deploy/kubernetes/service.yaml",
    "deploy/taskflow.service",
];

const KUBERNETES: [&str; 3] =
    ["deploy/kubernetes/deployment.yaml", "deploy/kubernetes/migrate.yaml", "deploy/kubernetes/service.yaml"];

/// Variables that other programs read: the PostgreSQL image, Railway, the front end's code, systemd.
const FOREIGN: [&str; 8] = [
    "CREDENTIALS_DIRECTORY",
    "NEXT_PUBLIC_API_URL",
    "POSTGRES_DB",
    "POSTGRES_INITDB_ARGS",
    "POSTGRES_PASSWORD_FILE",
    "POSTGRES_USER",
    "RAILWAY_DOCKERFILE_PATH",
    "RAILWAY_ENVIRONMENT_NAME",
];

/// Words of systemd, the kernel and others that look like variables.
const NO_VARIABLES: [&str; 4] = ["AF_INET", "AF_INET6", "AF_UNIX", "ON_FAILURE"];

/// The paths that taskflow answers without and with a query to the database.
const LIVE: &str = "/livez";
const READY: &str = "/readyz";

fn package() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &str) -> String {
    fs::read_to_string(package().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn page() -> String {
    read("../../docs/DEPLOYING.md")
}

fn json(file: &str) -> Value {
    serde_json::from_str(&read(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn yaml(file: &str) -> Value {
    serde_saphyr::from_str(&read(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn toml(file: &str) -> Value {
    toml::from_str(&read(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn at<'a>(value: &'a Value, pointer: &str) -> &'a Value {
    value.pointer(pointer).unwrap_or_else(|| panic!("{pointer} is missing"))
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    at(value, pointer).as_str().unwrap_or_else(|| panic!("{pointer} is no text"))
}

fn number(value: &Value, pointer: &str) -> u64 {
    at(value, pointer).as_u64().unwrap_or_else(|| panic!("{pointer} is no number"))
}

fn list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    at(value, pointer).as_array().unwrap_or_else(|| panic!("{pointer} is no list"))
}

fn table<'a>(value: &'a Value, pointer: &str) -> &'a serde_json::Map<String, Value> {
    at(value, pointer).as_object().unwrap_or_else(|| panic!("{pointer} is no table"))
}

/// Returns the variables that taskflow reads, and whether each is a secret; the name of a file is not.
fn variables() -> BTreeMap<String, bool> {
    let mut variables = BTreeMap::from([("ENVIRONMENT".to_owned(), false)]);
    for declared in Settings::SCHEMA.settings() {
        for name in declared.variables() {
            variables.insert(name.to_string(), declared.kind().is_secret());
            if declared.setting().is_from_file() {
                variables.insert(format!("{name}_FILE"), false);
            }
        }
    }
    variables
}

fn is_known(name: &str) -> bool {
    variables().contains_key(name) || FOREIGN.contains(&name)
}

fn is_secret(name: &str) -> bool {
    variables().get(name).copied().unwrap_or(false)
}

/// A variable that a file sets: its name, and its value if the file contains it.
type Set = (String, Option<String>);

fn set(name: &str, value: Option<&str>) -> Set {
    (name.to_owned(), value.map(str::to_owned))
}

/// Reads variables from a map of `NAME: value`.
fn from_map(map: &serde_json::Map<String, Value>) -> Vec<Set> {
    map.iter().map(|(name, value)| set(name, value.as_str())).collect()
}

/// Reads variables from a list of objects with `name` or `key`, and with `value` or another source.
fn from_list(entries: &[Value], name: &str) -> Vec<Set> {
    entries.iter().map(|entry| set(text(entry, name), entry.get("value").and_then(Value::as_str))).collect()
}

fn of_pod(file: &str) -> Vec<Set> {
    list(&yaml(file), "/spec/template/spec/containers/0/env")
        .iter()
        .flat_map(|entry| from_list(std::slice::from_ref(entry), "/name"))
        .collect()
}

fn of_unit() -> Vec<Set> {
    let environment = directives().into_iter().filter(|(_, name, _)| name == "Environment");
    environment
        .map(|(_, _, value)| value.split_once('=').map(|(name, value)| set(name, Some(value))).unwrap())
        .collect()
}

/// Returns the variables that each file sets for taskflow.
fn services() -> Vec<(&'static str, Vec<Set>)> {
    vec![
        ("fly.toml", from_map(table(&toml("fly.toml"), "/env"))),
        ("render.yaml", from_list(list(&yaml("render.yaml"), "/services/0/envVars"), "/key")),
        ("compose.yaml", from_map(table(&yaml("compose.yaml"), "/services/api/environment"))),
        (KUBERNETES[0], of_pod(KUBERNETES[0])),
        (KUBERNETES[1], of_pod(KUBERNETES[1])),
        ("deploy/taskflow.service", of_unit()),
    ]
}

/// Returns the section, the name and the value of each directive of the unit.
fn directives() -> Vec<(String, String, String)> {
    let mut section = String::new();
    let mut found = Vec::new();
    for line in read("deploy/taskflow.service").lines().map(str::trim).filter(|line| !line.is_empty()) {
        match (line.strip_prefix('[').and_then(|line| line.strip_suffix(']')), line.split_once('=')) {
            _ if line.starts_with('#') => {}
            (Some(name), _) => name.clone_into(&mut section),
            (None, Some((name, value))) => found.push((section.clone(), name.to_owned(), value.to_owned())),
            (None, None) => panic!("neither section nor directive: {line}"),
        }
    }
    found
}

fn directive(name: &str) -> Vec<String> {
    directives().into_iter().filter(|(_, it, _)| it == name).map(|(_, _, value)| value).collect()
}

/// Returns the words of a text that must be names of variables: in capitals, with an underscore.
fn names_in(text: &str) -> BTreeSet<&str> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let is_name = |word: &&str| {
        word.contains('_')
            && word.starts_with(|letter: char| letter.is_ascii_uppercase())
            && !word.contains(|letter: char| letter.is_ascii_lowercase())
    };
    let words = text.split(|letter| !is_part(letter)).filter(is_name);
    words.filter(|word| !NO_VARIABLES.contains(word)).collect()
}

/// Returns the name and the arguments of each instruction of the Dockerfile.
fn instructions() -> Vec<(String, String)> {
    let file = read("Dockerfile").replace("\\\n", " ");
    let lines = file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once(' ').unwrap()).map(|(name, rest)| (name.to_owned(), rest.to_owned())).collect()
}

/// Returns the process names and commands of the Procfile.
fn processes() -> BTreeMap<String, String> {
    let file = read("Procfile");
    let pairs = file.lines().map(|line| line.split_once(": ").unwrap());
    pairs.map(|(name, command)| (name.to_owned(), command.to_owned())).collect()
}
