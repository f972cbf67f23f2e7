//! The deployment files, and the page that tells how to use them, agree with what taskflow reads and does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

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

/// Every deployment file, from this package's directory.
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

/// Variables that others read: the image of PostgreSQL, Railway, the front end's own code, systemd.
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

/// Where systemd, the kernel and others write words that look like variables.
const NO_VARIABLES: [&str; 4] = ["AF_INET", "AF_INET6", "AF_UNIX", "ON_FAILURE"];

/// What taskflow answers without asking the database, and what it answers after asking.
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

/// What taskflow reads, and whether it is a secret; a file's name is none.
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

/// One variable that a file sets: its name, and its value where the file has it.
type Set = (String, Option<String>);

fn set(name: &str, value: Option<&str>) -> Set {
    (name.to_owned(), value.map(str::to_owned))
}

/// `NAME: value`.
fn from_map(map: &serde_json::Map<String, Value>) -> Vec<Set> {
    map.iter().map(|(name, value)| set(name, value.as_str())).collect()
}

/// A list of `name` or `key`, with `value` or with another place where it comes from.
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

/// What each file that starts taskflow sets for it.
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

/// Section, name and value of each directive of the unit.
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

/// Words of a text that can only be names of variables: in capitals, with an underscore.
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

#[test]
fn every_file_is_what_its_name_says() {
    for file in FILES {
        match file.rsplit_once('.').map_or("", |(_, ending)| ending) {
            "json" => assert!(json(file).is_object(), "{file}"),
            "toml" => assert!(toml(file).is_object(), "{file}"),
            "yaml" => assert!(yaml(file).is_object(), "{file}"),
            _ => assert!(!read(file).trim().is_empty(), "{file}"),
        }
    }
    assert_eq!(processes().keys().map(String::as_str).collect::<Vec<_>>(), ["release", "web"]);
    assert!(!instructions().is_empty() && !directives().is_empty());
}

#[test]
fn every_variable_that_a_file_sets_or_names_is_a_setting() {
    for (file, sets) in services() {
        assert!(!sets.is_empty(), "{file} sets nothing");
        for (name, _) in sets {
            assert!(variables().contains_key(&name), "{file} sets {name}, which taskflow does not read");
        }
    }
    for file in FILES {
        for name in names_in(&read(file)) {
            assert!(is_known(name), "{file} names {name}, which nobody reads");
        }
    }
}

#[test]
fn no_file_holds_the_value_of_a_secret() {
    for (file, sets) in services() {
        for (name, value) in sets {
            assert!(!is_secret(&name) || value.is_none(), "{file} has the value of {name}");
            if let (true, Some(value)) = (name.ends_with("_FILE"), value) {
                assert!(value.starts_with("/run/secrets/"), "{file}: {name} names no mounted secret");
            }
        }
    }
    for file in FILES {
        let words = read(file);
        let looks_random = words.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '+').find(|word| {
            let has = |is: fn(&char) -> bool| word.chars().any(|letter| is(&letter));
            word.len() >= 24
                && has(char::is_ascii_digit)
                && has(char::is_ascii_uppercase)
                && has(char::is_ascii_lowercase)
        });
        assert_eq!(looks_random, None, "{file} holds what looks like a key");
        let has_password = words.split("://").skip(1).any(|rest| {
            let authority = rest.split(['/', ' ', '"', '\n']).next().unwrap_or_default();
            authority.contains('@')
        });
        assert!(!has_password, "{file} holds a URL with a password");
    }
}

#[test]
fn what_each_file_sets_starts_a_service_and_only_the_front_ends_name_is_left_to_fill_in() {
    for (file, sets) in services() {
        assert!(sets.contains(&set("ENVIRONMENT", Some("production"))), "{file} is for production");
        let environment = sets.iter().fold(Environment::empty(), |environment, (name, value)| {
            match (name.strip_suffix("_FILE"), value) {
                // The mounted file is not here.
                (Some(name), _) => environment.set(name, "fake-8sd7f6asd5"),
                // Compose asks the shell for it.
                (None, Some(value)) if value.starts_with("${") => environment,
                (None, Some(value)) => environment.set(name, value),
                (None, None) => environment,
            }
        });
        let environment = valid_env_with::<Settings>(environment);
        let loaded = Loader::new().environment(environment).load::<Settings>().unwrap();
        let is_blank_to_fill_in = |code: &str| code == "host-reserved";
        let warnings: Vec<_> = Loaded::report(&loaded)
            .findings()
            .iter()
            .filter(|finding| finding.severity() != Severity::Note && !is_blank_to_fill_in(finding.code()))
            .collect();
        assert!(warnings.is_empty(), "{file}: {}", Loaded::report(&loaded));
    }
}

#[test]
fn what_a_platform_asks_for_ever_never_asks_the_database() {
    let pod = yaml(KUBERNETES[0]);
    let container = at(&pod, "/spec/template/spec/containers/0");
    assert_eq!(text(container, "/livenessProbe/httpGet/path"), LIVE);
    assert_eq!(text(container, "/readinessProbe/httpGet/path"), LIVE);
    let fly = toml("fly.toml");
    let checks = list(&fly, "/http_service/checks");
    assert!(!checks.is_empty() && checks.iter().all(|check| text(check, "/path") == LIVE));
    assert_eq!(text(&yaml("render.yaml"), "/services/0/healthCheckPath"), LIVE);
}

#[test]
fn what_a_platform_asks_at_a_deployment_asks_the_database() {
    assert_eq!(text(&json("railway.json"), "/deploy/healthcheckPath"), READY);
    assert_eq!(text(&yaml(KUBERNETES[0]), "/spec/template/spec/containers/0/startupProbe/httpGet/path"), READY);
}

#[test]
fn every_probe_waits_longer_than_a_check_may_take() {
    let pod = yaml(KUBERNETES[0]);
    let container = at(&pod, "/spec/template/spec/containers/0");
    for probe in ["startupProbe", "livenessProbe", "readinessProbe"] {
        assert!(number(container, &format!("/{probe}/timeoutSeconds")) >= 3, "{probe}");
        assert_eq!(text(container, &format!("/{probe}/httpGet/port")), "http", "{probe}");
    }
    assert_eq!(text(&toml("fly.toml"), "/http_service/checks/0/timeout"), "3s");
}

#[test]
fn every_platform_asks_to_stop_as_taskflow_expects_and_waits_for_it() {
    let fly = toml("fly.toml");
    assert_eq!((text(&fly, "/kill_signal"), text(&fly, "/kill_timeout")), ("SIGTERM", "30s"));
    assert_eq!(number(&json("railway.json"), "/deploy/drainingSeconds"), 30);
    assert_eq!(number(&yaml("render.yaml"), "/services/0/maxShutdownDelaySeconds"), 30);
    assert_eq!(text(&yaml("compose.yaml"), "/services/api/stop_grace_period"), "30s");
    assert_eq!(number(&yaml(KUBERNETES[0]), "/spec/template/spec/terminationGracePeriodSeconds"), 30);
    assert_eq!(directive("TimeoutStopSec"), ["30"]);
    assert!(instructions().contains(&("STOPSIGNAL".to_owned(), "SIGTERM".to_owned())));
}

#[test]
fn every_release_judges_the_configuration_and_then_migrates() {
    let both = "taskflow config check && taskflow migrate";
    let in_a_shell = format!("/bin/sh -c '{both}'");
    assert_eq!(text(&json("railway.json"), "/deploy/preDeployCommand/0"), in_a_shell);
    assert_eq!(text(&toml("fly.toml"), "/deploy/release_command"), in_a_shell);
    assert_eq!(text(&yaml("render.yaml"), "/services/0/preDeployCommand"), in_a_shell);
    let job = yaml(KUBERNETES[1]);
    let command: Vec<_> =
        list(&job, "/spec/template/spec/containers/0/command").iter().filter_map(Value::as_str).collect();
    assert_eq!(command, ["/bin/sh", "-c", both]);
    assert_eq!(processes()["release"].replace("./target/release/", ""), both);
}

/// The lines of the Procfile.
fn processes() -> BTreeMap<String, String> {
    let file = read("Procfile");
    let pairs = file.lines().map(|line| line.split_once(": ").unwrap());
    pairs.map(|(name, command)| (name.to_owned(), command.to_owned())).collect()
}

#[test]
fn everybody_means_the_same_port() {
    let settings = Settings::SCHEMA.settings();
    let port = settings.iter().find(|declared| declared.variable() == "PORT").unwrap();
    let Requirement::Default(port) = port.setting().requirement() else { panic!("PORT has no default") };
    assert!(instructions().contains(&("EXPOSE".to_owned(), port.to_owned())));
    assert_eq!(number(&toml("fly.toml"), "/http_service/internal_port").to_string(), port);
    let container = yaml(KUBERNETES[0]);
    assert_eq!(number(&container, "/spec/template/spec/containers/0/ports/0/containerPort").to_string(), port);
    // Reachable from this machine only: a proxy ends TLS.
    assert_eq!(text(&yaml("compose.yaml"), "/services/api/ports/0"), format!("127.0.0.1:{port}:{port}"));
}

#[test]
fn every_path_to_a_file_of_the_image_leads_to_one() {
    let exists = |from: &str, file: &str| {
        assert!(package().join(from).join(file).is_file(), "{file} from {from}");
    };
    exists("", text(&json("railway.json"), "/build/dockerfilePath"));
    exists("", text(&toml("fly.toml"), "/build/dockerfile"));
    exists("", text(&toml("fly.toml"), "/build/ignorefile"));
    exists("", text(&yaml("render.yaml"), "/services/0/dockerfilePath"));
    let compose = yaml("compose.yaml");
    exists(text(&compose, "/services/api/build/context"), text(&compose, "/services/api/build/dockerfile"));
}

/// Name and arguments of each instruction of the Dockerfile.
fn instructions() -> Vec<(String, String)> {
    let file = read("Dockerfile").replace("\\\n", " ");
    let lines = file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once(' ').unwrap()).map(|(name, rest)| (name.to_owned(), rest.to_owned())).collect()
}

/// The instructions of the stage that becomes the image.
fn last_stage() -> Vec<(String, String)> {
    let all = instructions();
    let from = all.iter().rposition(|(name, _)| name == "FROM").unwrap();
    all[from..].to_vec()
}

#[test]
fn every_stage_of_the_image_that_is_copied_from_comes_before() {
    let mut stages: Vec<String> = Vec::new();
    for (name, rest) in instructions() {
        let words: Vec<_> = rest.split_whitespace().collect();
        match name.as_str() {
            "FROM" => {
                let image = words[0];
                assert!(image.contains(':') || stages.iter().any(|stage| stage == image), "{image} has no tag");
                stages.push(words.get(2).copied().unwrap_or_default().to_owned());
            }
            "COPY" => {
                for from in words.iter().filter_map(|word| word.strip_prefix("--from=")) {
                    assert!(stages.iter().any(|stage| stage == from), "no stage {from}");
                }
            }
            _ => {}
        }
    }
    assert!(stages.len() >= 2, "the tools of the build would be in the image");
}

#[test]
fn the_image_runs_as_a_number_that_is_not_root() {
    let users: Vec<_> = last_stage().into_iter().filter(|(name, _)| name == "USER").map(|(_, user)| user).collect();
    assert_eq!(users, ["10001:10001"]);
    for file in [KUBERNETES[0], KUBERNETES[1]] {
        assert_eq!(number(&yaml(file), "/spec/template/spec/securityContext/runAsUser"), 10_001, "{file}");
    }
}

#[test]
fn the_image_has_no_secret_and_no_tier() {
    for (name, rest) in instructions() {
        let sets = matches!(name.as_str(), "ENV" | "ARG" | "LABEL");
        for name in variables().keys().filter(|_| sets) {
            assert!(!rest.contains(name.as_str()), "the image sets {name}");
        }
        let reads_like_a_secret = ["SECRET", "TOKEN", "PASSWORD", "_KEY", "CREDENTIAL"];
        assert!(!sets || !reads_like_a_secret.iter().any(|word| rest.to_uppercase().contains(word)), "{rest}");
    }
    let copied: Vec<_> = last_stage().into_iter().filter(|(name, _)| name == "COPY").collect();
    assert_eq!(copied.len(), 1, "one file, the binary: {copied:?}");
    let ignored = read("Dockerfile.dockerignore");
    for pattern in [".git", "**/target", "**/.env", "**/secrets", "**/*.db"] {
        assert!(ignored.lines().any(|line| line == pattern), "{pattern} is sent to the build");
    }
}

#[test]
fn every_pod_may_do_nothing_that_it_need_not() {
    for file in [KUBERNETES[0], KUBERNETES[1]] {
        let document = yaml(file);
        let pod = at(&document, "/spec/template/spec");
        for (pointer, expected) in [
            ("/enableServiceLinks", Value::Bool(false)),
            ("/automountServiceAccountToken", Value::Bool(false)),
            ("/securityContext/runAsNonRoot", Value::Bool(true)),
            ("/securityContext/seccompProfile/type", "RuntimeDefault".into()),
            ("/containers/0/securityContext/allowPrivilegeEscalation", Value::Bool(false)),
            ("/containers/0/securityContext/readOnlyRootFilesystem", Value::Bool(true)),
            ("/containers/0/securityContext/capabilities/drop/0", "ALL".into()),
            ("/containers/0/volumeMounts/0/mountPath", "/run/secrets".into()),
            ("/containers/0/volumeMounts/0/readOnly", Value::Bool(true)),
            ("/volumes/0/secret/defaultMode", 0o440.into()),
        ] {
            assert_eq!(*at(pod, pointer), expected, "{file} {pointer}");
        }
        assert_eq!(list(pod, "/containers").len(), 1, "{file}: what is proven here is proven of the first one");
        assert!(at(pod, "/containers/0/resources/limits/memory").is_string(), "{file}");
        assert_eq!(text(pod, "/volumes/0/name"), text(pod, "/containers/0/volumeMounts/0/name"), "{file}");
    }
}

#[test]
fn the_pods_of_one_release_are_of_one_image() {
    let image = |file| text(&yaml(file), "/spec/template/spec/containers/0/image").to_owned();
    assert_eq!(image(KUBERNETES[0]), image(KUBERNETES[1]));
    assert!(!image(KUBERNETES[0]).ends_with(":latest"));
}

#[test]
fn the_service_finds_its_pods_and_its_links_hide_no_setting() {
    let (service, deployment) = (yaml(KUBERNETES[2]), yaml(KUBERNETES[0]));
    assert_eq!(at(&service, "/spec/selector"), at(&deployment, "/spec/template/metadata/labels"));
    assert_eq!(at(&deployment, "/spec/selector/matchLabels"), at(&deployment, "/spec/template/metadata/labels"));
    let name = text(&service, "/metadata/name").to_uppercase().replace('-', "_");
    for link in ["PORT", "HOST", "SERVICE_HOST", "SERVICE_PORT", "URL"] {
        assert!(!is_known(&format!("{name}_{link}")), "{name}_{link}");
    }
    // A Job's pods must not be sent requests.
    assert_ne!(at(&service, "/spec/selector"), at(&yaml(KUBERNETES[1]), "/spec/template/metadata/labels"));
}

#[test]
fn compose_mounts_every_secret_and_shows_the_database_to_nobody_else() {
    let compose = yaml("compose.yaml");
    for service in ["api", "db"] {
        for secret in list(&compose, &format!("/services/{service}/secrets")) {
            let file = text(&compose, &format!("/secrets/{}/file", secret.as_str().unwrap()));
            assert!(file.starts_with("./secrets/"), "{file}");
        }
        assert!(
            list(&compose, &format!("/services/{service}/volumes")).iter().any(|it| it == "socket:/var/run/postgresql")
        );
    }
    assert_eq!(text(&compose, "/services/api/environment/PGHOST"), "/var/run/postgresql");
    assert_eq!(text(&compose, "/services/db/network_mode"), "none");
    assert_eq!(text(&compose, "/services/db/healthcheck/test/1"), "pg_isready");
    assert_eq!(text(&compose, "/services/api/depends_on/db/condition"), "service_healthy");
    for name in names_in(&read("compose.yaml")).into_iter().filter(|name| name.starts_with("POSTGRES_")) {
        assert!(table(&compose, "/services/db/environment").contains_key(name), "{name}");
    }
}

#[test]
fn systemd_stops_trying_when_the_configuration_was_refused() {
    assert_eq!(directive("Restart"), ["on-failure"]);
    assert_eq!(directive("RestartPreventExitStatus"), ["78"]);
}

#[test]
fn systemd_hands_over_secrets_under_names_that_taskflow_looks_for() {
    let credentials = directive("LoadCredentialEncrypted");
    let names: Vec<_> =
        credentials.iter().map(|credential| credential.split_once(':').unwrap().0.to_uppercase()).collect();
    assert_eq!(names, ["JWT_SECRET_KEY", "DATABASE_URL"]);
    assert!(names.iter().all(|name| is_secret(name)));
}

/// The directives that the unit may have, of systemd 250 and later: `man systemd.directives`.
const UNIT: [&str; 4] = ["After", "Description", "Documentation", "Wants"];
const INSTALL: [&str; 1] = ["WantedBy"];
const SERVICE: [&str; 36] = [
    "CapabilityBoundingSet",
    "DynamicUser",
    "Environment",
    "ExecStart",
    "LimitCORE",
    "LoadCredential",
    "LoadCredentialEncrypted",
    "LockPersonality",
    "MemoryDenyWriteExecute",
    "NoNewPrivileges",
    "PrivateDevices",
    "PrivateTmp",
    "PrivateUsers",
    "ProcSubset",
    "ProtectClock",
    "ProtectControlGroups",
    "ProtectHome",
    "ProtectHostname",
    "ProtectKernelLogs",
    "ProtectKernelModules",
    "ProtectKernelTunables",
    "ProtectProc",
    "ProtectSystem",
    "Restart",
    "RestartPreventExitStatus",
    "RestartSec",
    "RestrictAddressFamilies",
    "RestrictNamespaces",
    "RestrictRealtime",
    "RestrictSUIDSGID",
    "SystemCallArchitectures",
    "SystemCallErrorNumber",
    "SystemCallFilter",
    "TimeoutStopSec",
    "Type",
    "UMask",
];

/// The list holds everywhere; where systemd is installed, it has the last word.
#[test]
fn systemd_knows_every_directive_of_the_unit() {
    for (section, name, _) in directives() {
        let known: &[&str] = match section.as_str() {
            "Unit" => &UNIT,
            "Service" => &SERVICE,
            "Install" => &INSTALL,
            _ => panic!("[{section}] is no section of a service"),
        };
        assert!(known.contains(&name.as_str()), "[{section}] {name}");
    }
    if let Some(complaints) = complaints_of_systemd() {
        assert_eq!(complaints, Vec::<String>::new());
    }
}

/// What `systemd-analyze verify` says about the unit, unless it is not installed.
fn complaints_of_systemd() -> Option<Vec<String>> {
    let folder = std::env::temp_dir().join(format!("taskflow-unit-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let unit = folder.join("taskflow.service");
    // It wants the program to be there.
    let program = std::env::current_exe().unwrap();
    let text = read("deploy/taskflow.service");
    fs::write(&unit, text.replace("/usr/local/bin/taskflow", program.to_str().unwrap())).unwrap();
    let run = Command::new("systemd-analyze").args(["verify", "--man=no"]).arg(&unit).output();
    fs::remove_dir_all(&folder).unwrap();
    let said = String::from_utf8(run.ok()?.stderr).unwrap();
    // It looks at other units of the machine as well.
    Some(said.lines().filter(|line| line.contains("taskflow")).map(str::to_owned).collect())
}

/// The lines of the shell in a page, those that end with a backslash joined.
fn shell_lines(page: &str) -> Vec<String> {
    let blocks = page.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let lines = blocks.flat_map(|block| block.replace("\\\n", " ").lines().map(str::to_owned).collect::<Vec<_>>());
    lines.filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')).collect()
}

/// Words of a shell's line that name a variable: before `=`, behind `$`, or in capitals with an underscore.
fn variables_of(line: &str) -> BTreeSet<&str> {
    let mut names = names_in(line);
    let is_part = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_';
    let mut rest = line;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_uppercase()) {
        let end = rest[start..].find(|letter| !is_part(letter)).map_or(rest.len(), |length| start + length);
        let (before, after) = (&rest[..start], &rest[end..]);
        let begins = !before.ends_with(|letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '/'));
        if begins && (after.starts_with('=') || before.ends_with('$') || before.ends_with("${")) && end - start > 1 {
            names.insert(&rest[start..end]);
        }
        rest = after;
    }
    names
}

#[test]
fn every_variable_of_a_command_of_the_page_is_read_by_somebody() {
    let page = page();
    let lines = shell_lines(&page);
    let mut seen = BTreeSet::new();
    for line in &lines {
        for name in variables_of(line) {
            assert!(is_known(name), "{name} in: {line}");
            seen.insert(name);
        }
    }
    for name in ["JWT_SECRET_KEY", "JWT_SECRET_KEY_PREVIOUS", "DATABASE_URL", "CORS_ORIGINS", "ENVIRONMENT"] {
        assert!(seen.contains(name), "no command sets {name}");
    }
}

/// What follows `taskflow` as a command, not as the value of an option, in a shell's line.
fn commands_of(program: &str, line: &str) -> Vec<String> {
    let words: Vec<_> = line
        .split(|letter: char| letter.is_whitespace() || "'\"();|".contains(letter))
        .filter(|it| !it.is_empty())
        .collect();
    let is_program = |word: &str| Path::new(word).file_name().is_some_and(|name| name == program);
    let mut found = Vec::new();
    for (place, word) in words.iter().enumerate().filter(|(_, word)| is_program(word)) {
        let is_value = place.checked_sub(1).is_some_and(|before| words[before].starts_with('-'));
        let rest = match words.get(place + 1) {
            Some(&"--") => &words[place + 2..],
            _ if is_value || word.contains('.') => continue,
            _ => &words[place + 1..],
        };
        let is_plain = |word: &&&str| word.chars().all(|letter| letter.is_ascii_lowercase());
        found.push(rest.iter().take_while(is_plain).take(2).copied().collect::<Vec<_>>().join(" "));
    }
    found
}

#[test]
fn every_command_of_the_page_and_of_the_files_is_one_of_taskflow() {
    const KNOWN: [&str; 6] = ["", "config check", "config env", "config schema", "demo", "migrate"];
    let mut lines = shell_lines(&page());
    lines.extend(processes().into_values());
    lines.push(text(&json("railway.json"), "/deploy/preDeployCommand/0").to_owned());
    lines.push(text(&toml("fly.toml"), "/deploy/release_command").to_owned());
    lines.push(text(&yaml("render.yaml"), "/services/0/preDeployCommand").to_owned());
    lines.extend(directive("ExecStart"));
    let found: BTreeSet<_> = lines.iter().flat_map(|line| commands_of("taskflow", line)).collect();
    for command in &found {
        assert!(KNOWN.contains(&command.as_str()), "taskflow {command}");
    }
    assert!(found.contains("config check") && found.contains("migrate"), "{found:?}");
}

#[test]
fn every_command_of_the_page_is_one_of_hardened() {
    let help = read("../../crates/hardened-cli/README.md");
    for command in shell_lines(&page()).iter().flat_map(|line| commands_of("hardened", line)) {
        assert!(help.contains(&format!("hardened {}", command.split(' ').next().unwrap())), "hardened {command}");
    }
}

#[test]
fn every_rule_and_every_file_that_the_page_names_is_there() {
    let (page, rules) = (page(), read("../../docs/RULES.md"));
    let quoted = page.split("```").step_by(2).flat_map(|prose| prose.split('`').skip(1).step_by(2));
    let groups = ["tier-", "secret-", "setting-", "database-", "http-", "file-", "dotenv-", "cors-", "origin-"];
    for code in quoted.filter(|code| groups.iter().any(|group| code.starts_with(group)) && !code.contains(' ')) {
        assert!(rules.contains(&format!("## `{code}`\n")), "no rule {code}");
    }
    for link in page.split("](").skip(1).map(|rest| rest.split([')', '#']).next().unwrap()) {
        let is_here =
            link.is_empty() || link.starts_with("https://") || package().join("../../docs").join(link).exists();
        assert!(is_here, "{link} leads nowhere");
    }
}

#[test]
fn the_page_names_every_file() {
    let page = page();
    for file in FILES.into_iter().filter(|file| !KUBERNETES.contains(file) && *file != "Dockerfile.dockerignore") {
        assert!(page.contains(&format!("../examples/taskflow/{file}")), "{file}");
    }
    for file in KUBERNETES {
        assert!(page.contains(file), "{file}");
    }
}
