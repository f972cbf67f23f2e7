//! A canary in every setting of every group appears in no output.
#![cfg(feature = "derive")]

use std::fmt::{Debug, Write as _};

use hardened::{
    Config, Environment, Loaded, Refusal,
    connections::{Mysql, Otlp, Redis, S3, Smtp},
};

use crate::connections::{environment, load};

/// A marker in every value; no output may contain it.
const CANARY: &str = "CaNaRy7";

/// Everything that can be printed about an outcome.
fn printed<T: Config + Debug>(outcome: &Result<Loaded<T>, Refusal>) -> String {
    let mut text = String::new();
    match outcome {
        Ok(loaded) => {
            let manifest = Loaded::manifest(loaded);
            write!(text, "{loaded:?}{loaded:#?}{manifest:?}{}", manifest.to_json()).unwrap();
            write!(text, "{}{}{}", Loaded::report(loaded), Loaded::table(loaded), Loaded::to_json(loaded)).unwrap();
        }
        Err(refusal) => {
            write!(text, "{refusal}{refusal:?}{}{}{}", refusal.report(), refusal.table(), refusal.to_json()).unwrap();
        }
    }
    text
}

fn no_output_has_it<T: Config + Debug>(accepted: &[(&str, &str)]) {
    let variables: Vec<String> = T::SCHEMA.settings().iter().map(|it| it.variable().to_owned()).collect();
    assert!(load::<T>(environment("production", accepted)).is_ok());
    for tier in ["production", "preview", "test", "development"] {
        let full = environment(tier, accepted);
        assert!(!printed(&load::<T>(full.clone())).contains(CANARY));
        for variable in &variables {
            for value in [
                CANARY.to_owned(),
                format!(" {CANARY}\n"),
                format!("\"{CANARY}\""),
                format!("${{{CANARY}}}"),
                format!("{{\"password\":\"{CANARY}\"}}"),
                format!("rediss://u:{CANARY}@:99999/{CANARY}?ssl_cert_reqs={CANARY}&{CANARY}=1"),
                format!("https://u:{CANARY}@h!/{CANARY}"),
                CANARY.repeat(10_000),
            ] {
                for environment in [full.clone(), Environment::empty().set("ENVIRONMENT", tier)] {
                    let text = printed(&load::<T>(environment.set(variable.clone(), value.clone())));
                    assert!(!text.contains(CANARY), "{tier} {variable}={value:.60}: {text:.2000}");
                }
            }
        }
    }
}

#[test]
fn no_output_has_a_value_of_a_mail_server() {
    no_output_has_it::<Smtp>(&[("SMTP_URL", "smtps://CaNaRy7:CaNaRy7x9Kq2@mail.acme.io:465")]);
    no_output_has_it::<Smtp>(&[
        ("SMTP_HOST", "mail.acme.io"),
        ("SMTP_USERNAME", "CaNaRy7"),
        ("SMTP_PASSWORD", "CaNaRy7x9Kq2"),
    ]);
}

#[test]
fn no_output_has_a_value_of_an_object_store() {
    no_output_has_it::<S3>(&[
        ("S3_BUCKET", "CaNaRy7-uploads"),
        ("AWS_REGION", "CaNaRy7"),
        ("AWS_ENDPOINT_URL_S3", "https://s3.acme.io/CaNaRy7"),
        ("AWS_ACCESS_KEY_ID", "CaNaRy7AKIA"),
        ("AWS_SECRET_ACCESS_KEY", "CaNaRy7x9Kq2"),
        ("AWS_SESSION_TOKEN", "CaNaRy7x9Kq2Zk3vT9wq"),
    ]);
}

#[test]
fn no_output_has_a_value_of_a_collector() {
    no_output_has_it::<Otlp>(&[
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "https://api.acme.io/CaNaRy7"),
        ("OTEL_EXPORTER_OTLP_HEADERS", "x-team=CaNaRy7x9Kq2,CaNaRy7=8sd7f6asd5"),
        ("OTEL_EXPORTER_OTLP_CERTIFICATE", "/CaNaRy7"),
    ]);
}

#[test]
fn no_output_has_a_value_of_mysql() {
    no_output_has_it::<Mysql>(&[("MYSQL_URL", "mysql://CaNaRy7:CaNaRy7x9Kq2@db.acme.io/CaNaRy7?ssl=true")]);
    no_output_has_it::<Mysql>(&[
        ("MYSQL_HOST", "db.acme.io"),
        ("MYSQL_USER", "CaNaRy7"),
        ("MYSQL_PASSWORD", "CaNaRy7x9Kq2"),
        ("MYSQL_DATABASE", "CaNaRy7"),
    ]);
}

#[test]
fn no_output_has_a_value_of_redis() {
    no_output_has_it::<Redis>(&[("REDIS_URL", "rediss://app:CaNaRy7x9Kq2@cache.example.com:6379/1")]);
    no_output_has_it::<Redis>(&[
        ("REDIS_HOST", "cache.example.com"),
        ("REDIS_USERNAME", "CaNaRy7"),
        ("REDIS_PASSWORD", "CaNaRy7x9Kq2"),
    ]);
}
