//! What the helpers report about the sources of a crate.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    process::Command,
};

use hardened::{Config, Environment, JwtSecret};
use hardened_testing::{Where, assert_no_secret_values, assert_secrets_externalized, valid_env};

const KEY: &str = "kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL0dG6aP3eZqC";

/// The settings of the service.
#[derive(Debug, Config)]
#[allow(dead_code, reason = "loaded, not read")]
struct Settings {
    /// Signs the tokens.
    jwt_secret: JwtSecret,
    /// Port to listen on.
    #[config(default = 8080)]
    port: u16,
}

/// Creates a crate with these files, all tracked by git.
fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [("Cargo.toml", "[package]\n"), ("src/main.rs", "fn main() {}\n")].iter().chain(files) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    for arguments in [&["init", "--quiet"][..], &["add", "--all"]] {
        let mut git = Command::new("git");
        git.current_dir(folder.path()).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
        assert!(git.args(arguments).status().unwrap().success());
    }
    folder
}

/// Returns the message of an assertion that panics.
fn complaint(assertion: impl FnOnce()) -> Option<String> {
    let panic = catch_unwind(AssertUnwindSafe(assertion)).err()?;
    panic.downcast::<String>().ok().map(|text| *text)
}

#[test]
fn each_problem_in_the_sources_has_its_own_message() {
    let fall_back = format!(
        "fn main() {{\n    let jwt_secret = std::env::var(\"JWT_SECRET\").unwrap_or(\"{KEY}\".to_owned());\n}}\n"
    );
    let example = Settings::SCHEMA.env_example();
    for (case, path, text, expected) in [
        ("clean", "src/lib.rs", "fn one() {}\n", None),
        ("a test's own key", "tests/service.rs", "const KEY: &str = \"sk_live_51H8aBcDeFgHiJkLmNoPqRsTuV\";\n", None),
        ("example", ".env.example", example.as_str(), None),
        ("fall-back", "src/main.rs", fall_back.as_str(), Some("src/main.rs:2:")),
        ("usable", ".env.example", &format!("{example}\nJWT_SECRET={KEY}\n"), Some(".env.example:")),
        ("tracked", ".env", "PORT=1\n", Some("scan-dotenv-tracked")),
        ("lacks", ".env.example", "PORT=8080\n", Some("lacks JWT_SECRET")),
        ("unknown", ".env.example", &format!("{example}\nREGION=eu\n"), Some("has REGION, which")),
    ] {
        let project = project(&[(path, text)]);
        let manifest = project.path().to_str().unwrap();
        let said = complaint(|| assert_secrets_externalized::<Settings>(valid_env::<Settings>, manifest));
        match (said, expected) {
            (None, None) => {}
            (Some(said), Some("scan-dotenv-tracked")) => {
                assert!(said.contains("git tracks this file"), "{case}: {said}")
            }
            (Some(said), Some(expected)) => {
                assert!(said.contains(expected) && !said.contains(&KEY[..6]), "{case}: {said}")
            }
            (said, expected) => panic!("{case}: {said:?} {expected:?}"),
        }
    }
    let nowhere = Path::new("/nowhere").to_str().unwrap();
    assert_eq!(complaint(|| assert_secrets_externalized::<Settings>(valid_env::<Settings>, nowhere)), None);
}

#[test]
fn secret_values_are_found_in_the_tree_and_in_the_history() {
    let environment = Environment::empty().set("JWT_SECRET", KEY);
    let leak = project(&[("deploy/app.yaml", &format!("key: {KEY}\n"))]);
    let clean = project(&[]);
    let said = |place: Where, folder: &tempfile::TempDir, environment: &Environment| {
        let manifest = folder.path().to_str().unwrap().to_owned();
        complaint(|| assert_no_secret_values::<Settings>(environment, place, &manifest))
    };
    assert_eq!(said(Where::Tree, &clean, &environment), None);
    assert_eq!(said(Where::History, &clean, &environment), None);
    let found = said(Where::Tree, &leak, &environment).unwrap();
    assert!(found.contains("deploy/app.yaml:1:6  JWT_SECRET") && !found.contains(KEY), "{found}");
    assert!(said(Where::Path("deploy/app.yaml".into()), &leak, &environment).unwrap().contains("app.yaml:1:6"));
    fs::write(leak.path().join("deploy/app.yaml"), "key: none\n").unwrap();
    assert_eq!(said(Where::Tree, &leak, &environment), None);
    assert!(
        said(Where::History, &leak, &environment).unwrap().contains("blob"),
        "git still has the object that was added"
    );
    for nothing in [Environment::empty(), Environment::empty().set("JWT_SECRET", "short")] {
        assert!(said(Where::Tree, &clean, &nothing).unwrap().contains("nothing was searched"));
    }
}
