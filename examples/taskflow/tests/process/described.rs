//! Tests with schemathesis that the service answers as described in `/openapi.json` and `docs/health.openapi.yaml`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use crate::{empty_directory, on_ones_own_machine, running::Running, taskflow};

const HEALTH: &str = include_str!("../../../../docs/health.openapi.yaml");
const WHO: &str = r#"{"email":"ada@example.com","password":"correct horse battery staple"}"#;

#[test]
fn schemathesis_finds_nothing_that_differs_from_the_descriptions() {
    let Some(schemathesis) = schemathesis() else { return };
    let service = Running::start(on_ones_own_machine(&mut taskflow(&[])), "described");
    let url = format!("http://{}", service.address);
    assert!(service.ask("POST", "/sign-up", "", WHO).starts_with("HTTP/1.1 202"));
    let answer = service.ask("POST", "/sign-in", "", WHO);
    let token = answer.split('"').find(|word| word.starts_with("eyJ")).unwrap();
    let health = description("health.openapi.yaml", HEALTH);

    let run = |location: &str, options: &[&str]| {
        let mut command = Command::new(&schemathesis);
        command.args(["run", location, "--no-color", "--seed", "1", "--max-examples", "10"]);
        // A run must not use what an earlier one stored.
        command.args(["--generation-database", "none"]).args(options).current_dir(empty_directory()).output().unwrap()
    };
    let header = format!("Authorization: Bearer {token}");
    let described = run(&format!("{url}/openapi.json"), &["-H", &header]);
    assert!(described.status.success(), "{}", told(&described));
    assert!(told(&described).contains("Tested: 7"), "{}", told(&described));
    let healthy = run(health.to_str().unwrap(), &["--url", &url]);
    assert!(healthy.status.success(), "{}", told(&healthy));
    assert!(told(&healthy).contains("Tested: 3"), "{}", told(&healthy));

    // The control: a wrong description is detected.
    let wrong = description("wrong.openapi.yaml", &HEALTH.replace("const: connected", "const: linked"));
    let differing = run(wrong.to_str().unwrap(), &["--url", &url]);
    assert!(!differing.status.success() && told(&differing).contains("linked"), "{}", told(&differing));

    for file in [health, wrong] {
        fs::remove_file(file).unwrap();
    }
    service.stop();
}

fn description(name: &str, text: &str) -> PathBuf {
    let file = empty_directory().join(format!("{}-{name}", std::process::id()));
    fs::write(&file, text).unwrap();
    file
}

fn told(output: &Output) -> String {
    [&output.stdout, &output.stderr].into_iter().map(|bytes| String::from_utf8_lossy(bytes)).collect()
}

/// Returns where schemathesis is installed.
#[expect(clippy::print_stderr, reason = "a person should know what was not tested")]
fn schemathesis() -> Option<PathBuf> {
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("readers").join("venv/bin/schemathesis");
    let is_there = program.exists();
    assert!(is_there || std::env::var_os("CI").is_none(), "no schemathesis: run `cargo xtask readers`");
    if !is_there {
        eprintln!("skipped: no schemathesis; `cargo xtask readers` installs it");
    }
    is_there.then_some(program)
}
