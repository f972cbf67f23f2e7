//! Tests of what each file sets, and of what each platform needs.

use super::*;

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
        let environment = sets.iter().fold(on_its_platform(file), |environment, (name, value)| {
            match (name.strip_suffix("_FILE"), value) {
                // The mounted file does not exist in the test.
                (Some(name), _) => environment.set(name, "fake-8sd7f6asd5"),
                // Compose takes the value from the shell.
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

/// Returns the variables with which the platform of a file identifies itself.
fn on_its_platform(file: &str) -> Environment {
    match file {
        "fly.toml" => Environment::empty().set("FLY_APP_NAME", "my-taskflow").set("FLY_MACHINE_ID", "0123456789abcd"),
        "render.yaml" => Environment::empty().set("RENDER", "true").set("IS_PULL_REQUEST", "false"),
        _ => Environment::empty(),
    }
}

/// Each file names the trusted proxies, or the page does if the file has no place for them.
#[test]
fn behind_a_proxy_the_proxy_is_trusted() {
    for (file, sets) in services() {
        assert!(sets.iter().any(|(name, value)| name == "TRUSTED_PROXIES" && value.is_some()), "{file}");
    }
    let page = page().replace("\\\n", " ");
    for (platform, command) in [("RAILWAY_PROJECT_ID", "railway variable set"), ("DYNO", "heroku config:set")] {
        let line = page.lines().find(|line| line.starts_with(command) && line.contains("TRUSTED_PROXIES=platform"));
        assert!(line.is_some(), "{command}");
        let environment = Environment::empty().set(platform, "web.1").set("TRUSTED_PROXIES", "platform");
        let environment = valid_env_with::<Settings>(environment.set("ENVIRONMENT", "production"));
        let loaded = Loader::new().environment(environment).load::<Settings>().unwrap();
        let report = Loaded::report(&loaded);
        assert!(!report.findings().iter().any(|it| it.code().starts_with("http-proxies")), "{platform}: {report}");
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

#[test]
fn everybody_means_the_same_port() {
    let settings = Settings::SCHEMA.settings();
    let port = settings.iter().find(|declared| declared.variable() == "PORT").unwrap();
    let Requirement::Default(port) = port.setting().requirement() else { panic!("PORT has no default") };
    assert!(instructions().contains(&("EXPOSE".to_owned(), port.to_owned())));
    assert_eq!(number(&toml("fly.toml"), "/http_service/internal_port").to_string(), port);
    let container = yaml(KUBERNETES[0]);
    assert_eq!(number(&container, "/spec/template/spec/containers/0/ports/0/containerPort").to_string(), port);
    // The port is reachable from this machine only, because a proxy terminates TLS.
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
