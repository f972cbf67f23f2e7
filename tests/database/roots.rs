//! The certificate authorities that the driver trusts if the URL does not name any.

#![cfg(all(unix, feature = "sqlx"))]

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

use hardened::{Environment, Loaded, finding::Severity};

use crate::database::{codes, load_in};

const FULL: &str = "postgres://u:8sd7f6asd5@h/db?sslmode=verify-full";

fn production(variables: &[(&str, &Path)]) -> Environment {
    let environment = Environment::empty().set("ENVIRONMENT", "production");
    variables.iter().fold(environment, |environment, (name, path)| environment.set(*name, path))
}

#[test]
fn variables_that_name_certificate_authorities_are_reported_and_never_refused() {
    // Below the target directory, because others can replace files in a shared /tmp.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("roots-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let (closed, open) = (folder.join("closed.pem"), folder.join("open.pem"));
    for (path, mode) in [(&closed, 0o644), (&open, 0o666)] {
        fs::write(path, "").unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }
    let missing = folder.join("missing.pem");
    let both = std::env::join_paths([&folder, &open]).unwrap();
    let both = Path::new(&both);
    let blank = Path::new(" ");
    for (variables, url, expected) in [
        (&[][..], FULL, &[][..]),
        (&[("SSL_CERT_FILE", closed.as_path())], FULL, &["database-roots"]),
        (&[("SSL_CERT_FILE", &missing)], FULL, &["database-roots"]),
        (&[("SSL_CERT_FILE", blank), ("SSL_CERT_DIR", blank)], FULL, &[]),
        (&[("SSL_CERT_DIR", &folder)], FULL, &["database-roots"]),
        (&[("SSL_CERT_FILE", &open)], FULL, &["database-roots-writable"]),
        (&[("SSL_CERT_DIR", both)], FULL, &["database-roots-writable"]),
        (&[("SSL_CERT_FILE", &closed), ("SSL_CERT_DIR", both)], FULL, &["database-roots", "database-roots-writable"]),
        (&[("SSL_CERT_FILE", &open)], "postgres://u:8sd7f6asd5@h/db?sslrootcert=system", &["database-roots-writable"]),
        // The certificate is not verified, or the URL names the file of its authority.
        (&[("SSL_CERT_FILE", &open)], "postgres://u:8sd7f6asd5@h/db?sslmode=require", &[]),
        (&[("SSL_CERT_FILE", &open)], "postgres://u:8sd7f6asd5@h/db?sslmode=verify-full&sslrootcert=/ca.pem", &[]),
    ] {
        let outcome = load_in(production(variables), url);
        assert!(outcome.is_ok(), "{variables:?} {url}");
        assert_eq!(codes(&outcome, Severity::Note), expected, "{variables:?} {url}");
        let report = Loaded::report(&outcome.unwrap()).to_string();
        assert!(expected.is_empty() || report.contains(&format!("variable {}", variables[0].0)), "{report}");
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn authorities_that_others_can_write_are_a_note_on_a_laptop() {
    let environment = Environment::empty().set("ENVIRONMENT", "development").set("SSL_CERT_FILE", "/dev/null");
    let outcome = load_in(environment, "postgres://u:8sd7f6asd5@localhost/db?sslmode=verify-full");
    assert_eq!(codes(&outcome, Severity::Warning), [""; 0]);
}
