//! `PG*` variables and `.pgpass` change nothing. They are global to a process, so each case is a child process.

use std::process::Command;

use crate::{
    certificates::Authority,
    database,
    postgres::{DATABASE, PASSWORD, Postgres, Setup, USER},
};

/// The variable that tells the child process which URL to connect to.
const CHILD: &str = "HARDENED_TEST_CHILD_URL";

/// Returns what a child process with these variables prints.
fn in_child(url: &str, variables: &[(&str, &str)]) -> String {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["environment::variables_of_the_driver_change_nothing", "--exact", "--nocapture"])
        .env(CHILD, url)
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    said.lines().find_map(|line| line.strip_prefix("child: ")).unwrap_or(&said).to_owned()
}

/// Runs in the child process.
#[tokio::main(flavor = "current_thread")]
#[expect(clippy::print_stdout, reason = "the parent reads it")]
async fn child(url: &str) {
    let query = "SELECT concat_ws(' ', current_user, current_database(), current_setting('geqo'), current_setting('search_path'))";
    let said = match database(url).connect().await {
        Ok(pool) => sqlx::query_scalar(query).fetch_one(&pool).await.unwrap(),
        Err(error) => error.code().to_owned(),
    };
    println!("\nchild: {said}");
}

const USUAL: &str = "app app on \"$user\", public";

#[test]
fn variables_of_the_driver_change_nothing() {
    if let Ok(url) = std::env::var(CHILD) {
        return child(&url);
    }
    let server = Postgres::start();
    server.sql("CREATE DATABASE evil; CREATE ROLE evil SUPERUSER LOGIN PASSWORD 'evil-8sd7f6asd5'");
    for (name, value) in [
        ("PGHOST", "192.0.2.1"),
        ("PGHOSTADDR", "192.0.2.1"),
        ("PGPORT", "1"),
        ("PGUSER", "evil"),
        ("PGPASSWORD", "evil-8sd7f6asd5"),
        ("PGDATABASE", "evil"),
        ("PGSSLMODE", "verify-full"),
        ("PGSSLROOTCERT", "/nonexistent"),
        ("PGAPPNAME", "evil"),
        ("PGSERVICE", "evil"),
        ("DATABASE_URL", "postgres://evil:evil-8sd7f6asd5@192.0.2.1/evil"),
    ] {
        assert_eq!(in_child(&server.url(), &[(name, value)]), USUAL, "{name}");
    }
    // They also change nothing where the URL leaves something out.
    let silent = format!("postgres://{USER}:{PASSWORD}@127.0.0.1:{}", server.port());
    assert_eq!(in_child(&silent, &[("PGDATABASE", "evil")]), USUAL);
}

#[test]
fn variables_that_the_driver_cannot_ignore_are_refused() {
    let server = Postgres::start();
    for name in ["PGOPTIONS", "PGSSLCERT", "PGSSLKEY"] {
        assert_eq!(in_child(&server.url(), &[(name, "-c geqo=off")]), "configuration", "{name}");
        // A blank variable counts as unset, as it does when the configuration is loaded.
        for blank in ["", " ", "\t"] {
            assert_eq!(in_child(&server.url(), &[(name, blank)]), USUAL, "{name} is {blank:?}");
        }
    }
}

#[test]
fn a_password_file_is_not_read() {
    let server = Postgres::start();
    let line = format!("*:*:*:*:{PASSWORD}");
    let file = server.write(".pgpass", &line).display().to_string();
    let home = server.directory().display().to_string();
    let url = format!("postgres://{USER}:wrong-8sd7f6asd5@127.0.0.1:{}/{DATABASE}", server.port());
    assert_eq!(in_child(&url, &[("PGPASSFILE", &file), ("HOME", &home)]), "auth");
}

#[test]
fn an_authority_in_the_environment_is_not_trusted() {
    let authority = Authority::new();
    let (certificate, key) = authority.issue("localhost");
    let server = Postgres::start_with(&Setup::default().certificate(&certificate, &key));
    let file = server.write("authority.pem", &authority.pem()).display().to_string();
    let url = |parameters: &str| {
        format!("postgres://{USER}:{PASSWORD}@localhost:{}/{DATABASE}?sslmode=verify-full{parameters}", server.port())
    };
    assert_eq!(in_child(&url(""), &[("PGSSLROOTCERT", &file)]), "tls");
    assert_eq!(in_child(&url(&format!("&sslrootcert={file}")), &[("PGSSLROOTCERT", "/nonexistent")]), USUAL);
}

#[test]
fn a_file_of_authorities_replaces_those_of_the_system() {
    let (authority, other) = (Authority::new(), Authority::new());
    let (certificate, key) = authority.issue("localhost");
    let server = Postgres::start_with(&Setup::default().certificate(&certificate, &key));
    let right = server.write("authority.pem", &authority.pem()).display().to_string();
    let wrong = server.write("other.pem", &other.pem()).display().to_string();
    let url = |parameters: &str| {
        format!("postgres://{USER}:{PASSWORD}@localhost:{}/{DATABASE}?sslmode=verify-full{parameters}", server.port())
    };
    // This variable replaces the system's authorities.
    let system = [("SSL_CERT_FILE", right.as_str())];
    assert_eq!(in_child(&url(""), &system), USUAL);
    assert_eq!(in_child(&url(&format!("&sslrootcert={wrong}")), &system), "tls");
    assert_eq!(in_child(&url(&format!("&sslrootcert={right}")), &[("SSL_CERT_FILE", &wrong)]), USUAL);
}
