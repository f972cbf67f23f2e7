//! What the manifest of a service promises about its connections.
#![cfg(feature = "derive")]

use hardened::{
    Config, Loaded,
    connections::{Mysql, Otlp, Redis, S3, Smtp},
};

use crate::connections::{environment, load};

#[derive(Debug, Config)]
struct Settings {
    #[config(nested)]
    cache: Redis,
    #[config(nested, prefix = "QUEUE_")]
    queue: Option<Redis>,
    #[config(nested)]
    mail: Option<Smtp>,
    #[config(nested)]
    database: Option<Mysql>,
    #[config(nested)]
    files: Option<S3>,
    #[config(nested)]
    telemetry: Otlp,
}

/// Returns each connection of the manifest, as text.
fn promised(variables: &[(&str, &str)]) -> Vec<String> {
    let loaded = load::<Settings>(environment("production", variables)).unwrap();
    let promises = Loaded::manifest(&loaded).promises;
    promises
        .connections
        .iter()
        .flatten()
        .map(|it| format!("{} {} {}", it.group, it.service, it.transport.name()))
        .collect()
}

#[test]
fn each_connection_is_promised_at_its_place_with_its_encryption() {
    let redis = ("REDIS_URL", "rediss://:8sd7f6asd5@cache.acme.io");
    for (variables, expected) in [
        (&[][..], &["cache redis verify-full"][..]),
        (&[("QUEUE_REDIS_URL", "redis://:8sd7f6asd5@queue:6379")], &["cache redis verify-full", "queue redis disable"]),
        (&[("QUEUE_REDIS_URL", "redis+unix:///run/redis.sock")], &["cache redis verify-full"]),
        (&[("SMTP_URL", "smtp://mail.acme.io")], &["cache redis verify-full", "mail smtp verify-full"]),
        (&[("SMTP_URL", "smtp://postfix:25")], &["cache redis verify-full", "mail smtp prefer"]),
        (
            &[("MYSQL_URL", "mysql://app:8sd7f6asd5@db.acme.io/shop")],
            &["cache redis verify-full", "database mysql require"],
        ),
        (&[("S3_BUCKET", "acme-uploads")], &["cache redis verify-full", "files s3 verify-full"]),
        (
            &[("S3_BUCKET", "acme-uploads"), ("S3_ENDPOINT", "http://minio:9000")],
            &["cache redis verify-full", "files s3 disable"],
        ),
        (&[("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318")], &["cache redis verify-full"]),
        (
            &[
                ("OTEL_EXPORTER_OTLP_ENDPOINT", "https://api.acme.io"),
                ("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://collector:4318"),
            ],
            &["cache redis verify-full", "telemetry otlp disable"],
        ),
    ] {
        assert_eq!(promised(&[&[redis], variables].concat()), expected, "{variables:?}");
    }
}
