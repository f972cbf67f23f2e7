//! Every source in every tier gives a secret and a plain setting of every group, or is not read.
#![cfg(all(unix, feature = "derive", feature = "files"))]

use std::fmt::Debug;

use hardened::{
    Config, Environment, Loaded, Loader, Tier,
    connections::{Mysql, Otlp, Redis, S3, Smtp},
};
use test_support::Scratch;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Source {
    Variable,
    NamedFile,
    SecretDirectory,
    Dotenv,
    Toml,
}
use Source::{Dotenv, NamedFile, SecretDirectory, Toml, Variable};

const SOURCES: [Source; 5] = [Variable, NamedFile, SecretDirectory, Dotenv, Toml];

/// A setting to test, with a value.
struct Setting {
    variable: &'static str,
    path: &'static str,
    value: &'static str,
    is_secret: bool,
}

/// Returns whether the source provides a setting in this tier. A secret in `hardened.toml` is refused.
fn is_read(source: Source, tier: Tier, is_secret: bool) -> bool {
    match source {
        Variable => true,
        NamedFile | SecretDirectory => is_secret,
        Dotenv => !tier.is_hardened(),
        Toml => !is_secret,
    }
}

/// Loads the setting from each source in each tier. Variables set `others`, so that the group is complete.
fn each_source_is_asked<T: Config + Debug>(setting: &Setting, others: &[(&str, &str)]) {
    for (source, tier) in SOURCES.into_iter().flat_map(|source| Tier::ALL.map(|tier| (source, tier))) {
        let scratch = Scratch::new();
        let Setting { variable, path, value, is_secret } = *setting;
        let base =
            others.iter().fold(Environment::empty().set("ENVIRONMENT", tier.name()), |environment, (name, it)| {
                environment.set(*name, *it)
            });
        let environment = match source {
            Variable => base.set(variable, value),
            NamedFile => base.set(format!("{variable}_FILE"), scratch.file("named", value)),
            SecretDirectory => {
                scratch.file(&format!("mounted/{}", variable.to_lowercase()), value);
                base.set("CREDENTIALS_DIRECTORY", scratch.path().join("mounted"))
            }
            Dotenv => {
                scratch.file(".env", format!("{variable}='{value}'\n"));
                base.working_directory(scratch.path())
            }
            Toml => {
                scratch.file("hardened.toml", format!("{path} = '{value}'\n"));
                base.working_directory(scratch.path())
            }
        };
        let outcome = Loader::new().environment(environment).load::<T>();
        let (report, table) = match &outcome {
            Ok(loaded) => (Loaded::report(loaded), Loaded::table(loaded)),
            Err(refusal) => (refusal.report(), refusal.table()),
        };
        let case = format!("{source:?} {tier} {variable}\n{report}");
        let row = table.rows().iter().find(|row| row.path() == path);
        let found = row.is_some_and(|row| row.provenance().is_some());
        if source == Toml && is_secret {
            assert!(report.refuses("secret-in-file", variable), "{case}");
        } else {
            assert_eq!(found, is_read(source, tier, is_secret), "{case}");
            assert!(!found || outcome.is_ok(), "{case}");
        }
    }
}

#[test]
fn redis_is_read_from_every_source() {
    let url = "rediss://app:8sd7f6asd5@cache.example.com";
    let secret = Setting { variable: "REDIS_URL", path: "url", value: url, is_secret: true };
    each_source_is_asked::<Redis>(&secret, &[]);
    let password = Setting { variable: "REDIS_PASSWORD", path: "password", value: "8sd7f6asd5", is_secret: true };
    each_source_is_asked::<Redis>(&password, &[("REDIS_HOST", "cache.example.com")]);
    let plain = Setting { variable: "REDIS_DB", path: "db", value: "3", is_secret: false };
    each_source_is_asked::<Redis>(&plain, &[("REDIS_HOST", "cache.example.com"), ("REDIS_PASSWORD", "8sd7f6asd5")]);
}

#[test]
fn a_mail_server_is_read_from_every_source() {
    let url = "smtps://app:8sd7f6asd5@mail.acme.io";
    each_source_is_asked::<Smtp>(&Setting { variable: "SMTP_URL", path: "url", value: url, is_secret: true }, &[]);
    let password = Setting { variable: "SMTP_PASSWORD", path: "password", value: "8sd7f6asd5", is_secret: true };
    each_source_is_asked::<Smtp>(&password, &[("SMTP_HOST", "mail.acme.io"), ("SMTP_USERNAME", "app")]);
    let plain = Setting { variable: "SMTP_PORT", path: "port", value: "465", is_secret: false };
    each_source_is_asked::<Smtp>(&plain, &[("SMTP_HOST", "mail.acme.io")]);
}

#[test]
fn mysql_is_read_from_every_source() {
    let url = "mysql://app:8sd7f6asd5@db.acme.io/shop";
    each_source_is_asked::<Mysql>(&Setting { variable: "MYSQL_URL", path: "url", value: url, is_secret: true }, &[]);
    let password = Setting { variable: "MYSQL_PASSWORD", path: "password", value: "8sd7f6asd5", is_secret: true };
    each_source_is_asked::<Mysql>(&password, &[("MYSQL_HOST", "db.acme.io")]);
    let plain = Setting { variable: "MYSQL_DATABASE", path: "database", value: "shop", is_secret: false };
    each_source_is_asked::<Mysql>(&plain, &[("MYSQL_HOST", "db.acme.io"), ("MYSQL_PASSWORD", "8sd7f6asd5")]);
}

#[test]
fn an_object_store_is_read_from_every_source() {
    let (bucket, key) = (("S3_BUCKET", "acme-uploads"), ("AWS_ACCESS_KEY_ID", "AKIAQ3EGWXYZ8SD7F6AS"));
    let (variable, value) = ("AWS_SECRET_ACCESS_KEY", "Zk3vT9wq8sd7f6asd5");
    let secret = Setting { variable, path: "secret_access_key", value, is_secret: true };
    each_source_is_asked::<S3>(&secret, &[bucket, key]);
    let plain = Setting { variable: "AWS_REGION", path: "region", value: "eu-central-1", is_secret: false };
    each_source_is_asked::<S3>(&plain, &[bucket]);
}

#[test]
fn a_collector_is_read_from_every_source() {
    let variable = "OTEL_EXPORTER_OTLP_HEADERS";
    let secret = Setting { variable, path: "headers", value: "x-team=8sd7f6asd5Zk3vT9wq", is_secret: true };
    each_source_is_asked::<Otlp>(&secret, &[]);
    let variable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    let plain = Setting { variable, path: "endpoint", value: "https://api.honeycomb.io", is_secret: false };
    each_source_is_asked::<Otlp>(&plain, &[]);
}
