//! Object stores: settings that platforms hand out, values that people set, and settings that must not start.

use hardened::{connections::S3, finding::Severity};

use crate::connections::{codes, environment, load};

/// The name of the case, the variables, and the codes of all findings.
type Healthy = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

const ID: (&str, &str) = ("AWS_ACCESS_KEY_ID", "AKIAQ3EGWXYZ8SD7F6AS");
const SECRET: (&str, &str) = ("AWS_SECRET_ACCESS_KEY", "Zk3vT9wq8sd7f6asd5Xq9+Tv2/w8Kx4Lp0Rs6Yd1");

#[rustfmt::skip]
const HEALTHY: &[Healthy] = &[
    ("AWS with a role", &[("S3_BUCKET", "acme-uploads"), ("AWS_REGION", "eu-central-1")], &[]),
    ("AWS with nothing but the bucket", &[("S3_BUCKET", "acme-uploads")], &[]),
    ("Lambda", &[("LAMBDA_TASK_ROOT", "/var/task"), ("AWS_REGION", "eu-central-1"), ("AWS_DEFAULT_REGION", "eu-central-1"), ID, SECRET, ("AWS_SESSION_TOKEN", "IQoJb3JpZ2luX2VjE8sd7f6asd5Zk3vT9wq"), ("S3_BUCKET", "acme-uploads")], &[]),
    ("two regions, of which SDKs take the first", &[("S3_BUCKET", "acme-uploads"), ("AWS_REGION", "eu-central-1"), ("AWS_DEFAULT_REGION", "us-east-1")], &[]),
    ("R2", &[("S3_BUCKET", "uploads"), ("AWS_ENDPOINT_URL_S3", "https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com"), ("AWS_REGION", "auto"), ("AWS_ACCESS_KEY_ID", "8f7a4c6d9e5b0a1b2c3d4e5f8f7a4c6d"), ("AWS_SECRET_ACCESS_KEY", "1b2c3d4e8f7a4c6d9e5b0a1b2c3d4e5f1b2c3d4e8f7a4c6d9e5b0a1b2c3d4e5f")], &[]),
    ("Tigris on Fly.io", &[("FLY_APP_NAME", "shop"), ("BUCKET_NAME", "shop-uploads"), ("AWS_ENDPOINT_URL_S3", "https://fly.storage.tigris.dev"), ("AWS_REGION", "auto"), ("AWS_ACCESS_KEY_ID", "tid_8sd7f6asd5Zk3vT9wq"), ("AWS_SECRET_ACCESS_KEY", "tsec_8sd7f6asd5Zk3vT9wq8sd7f6asd5")], &[]),
    ("DigitalOcean Spaces", &[("S3_BUCKET", "acme-uploads"), ("S3_ENDPOINT", "https://fra1.digitaloceanspaces.com"), ("AWS_REGION", "us-east-1"), ("AWS_ACCESS_KEY_ID", "DO00Q3EGWXYZ8SD7F6AS"), SECRET], &[]),
    ("Backblaze", &[("S3_BUCKET", "acme-uploads"), ("S3_ENDPOINT_URL", "https://s3.eu-central-003.backblazeb2.com"), ("AWS_ACCESS_KEY_ID", "0031234567890ab0000000001"), ("AWS_SECRET_ACCESS_KEY", "K0038sd7f6asd5Zk3vT9wq8sd7f6asd")], &[]),
    ("MinIO with TLS", &[("S3_BUCKET", "uploads"), ("S3_ENDPOINT", "https://minio.acme.io:9000"), ID, SECRET], &[]),
    ("MinIO in the cluster", &[("S3_BUCKET", "uploads"), ("AWS_ENDPOINT_URL", "http://minio.storage.svc.cluster.local:9000"), ID, SECRET], &["connection-private-network"]),
    ("MinIO in compose", &[("S3_BUCKET", "uploads"), ("S3_ENDPOINT", "http://minio:9000"), ID, SECRET, ("S3_FORCE_PATH_STYLE", "true")], &["connection-private-network"]),
    ("an access point", &[("S3_BUCKET", "arn:aws:s3:eu-central-1:123456789012:accesspoint/uploads")], &[]),
    ("the endpoint of every service beside that of the store", &[("S3_BUCKET", "acme-uploads"), ("AWS_ENDPOINT_URL", "http://localhost:4566"), ("AWS_ENDPOINT_URL_S3", "https://s3.eu-central-1.amazonaws.com")], &[]),
];

#[test]
fn what_a_platform_hands_out_starts_in_production() {
    for (name, variables, expected) in HEALTHY {
        let outcome = load::<S3>(environment("production", variables));
        assert_eq!(codes(&outcome, Severity::Note), *expected, "{name}");
        assert!(outcome.is_ok(), "{name}");
    }
}

/// The name of the case, the variables, and the codes of the errors.
type Unhealthy = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

const BUCKET: (&str, &str) = ("S3_BUCKET", "acme-uploads");
const MINIO: (&str, &str) = ("S3_ENDPOINT", "http://minio:9000");

#[rustfmt::skip]
const UNHEALTHY: &[Unhealthy] = &[
    ("not encrypted", &[BUCKET, ("AWS_ENDPOINT_URL_S3", "http://s3.acme.io:9000")], &["connection-tls"]),
    ("not encrypted, by the endpoint of every service", &[BUCKET, ("AWS_ENDPOINT_URL", "http://s3.acme.io:9000")], &["connection-tls"]),
    ("LocalStack", &[BUCKET, ("AWS_ENDPOINT_URL", "http://localhost:4566"), ("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test")], &["connection-default-password", "connection-loopback"]),
    ("the keys of MinIO's image", &[BUCKET, MINIO, ("AWS_ACCESS_KEY_ID", "minioadmin"), ("AWS_SECRET_ACCESS_KEY", "minioadmin")], &["connection-default-password"]),
    ("the keys of MinIO's examples", &[BUCKET, MINIO, ("AWS_ACCESS_KEY_ID", "minio"), ("AWS_SECRET_ACCESS_KEY", "minio123")], &["connection-default-password"]),
    ("the keys of Amazon's documentation", &[BUCKET, ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")], &["connection-default-password"]),
    ("example keys", &[BUCKET, ("AWS_ACCESS_KEY_ID", "your_access_key"), ("AWS_SECRET_ACCESS_KEY", "8sd7f6asd5Zk3vT9")], &["connection-placeholder"]),
    ("an example secret", &[BUCKET, ID, ("AWS_SECRET_ACCESS_KEY", "<your-secret-key>")], &["connection-placeholder"]),
    ("a key without its secret", &[BUCKET, ID], &["connection-conflict"]),
    ("a secret without its key", &[BUCKET, SECRET], &["connection-conflict"]),
    ("a token alone", &[BUCKET, ("AWS_SESSION_TOKEN", "IQoJb3JpZ2luX2VjE8sd7f6asd5Zk3vT9wq")], &["connection-conflict"]),
    ("a template", &[BUCKET, ID, ("AWS_SECRET_ACCESS_KEY", "${AWS_SECRET}")], &["secret-reference"]),
    ("an example bucket", &[("S3_BUCKET", "your-bucket-name")], &["connection-placeholder"]),
    ("a URL as bucket", &[("S3_BUCKET", "s3://acme-uploads")], &["setting-malformed"]),
    ("a path in the bucket", &[("S3_BUCKET", "acme-uploads/images")], &["setting-malformed"]),
    ("an example endpoint", &[BUCKET, ("S3_ENDPOINT", "https://<ACCOUNT_ID>.r2.cloudflarestorage.com")], &["connection-placeholder"]),
    ("an endpoint with a template", &[BUCKET, ("S3_ENDPOINT", "https://${ACCOUNT_ID}.r2.cloudflarestorage.com")], &["connection-placeholder"]),
    ("an endpoint without a scheme", &[BUCKET, ("S3_ENDPOINT", "minio:9000")], &["connection-malformed"]),
    ("an endpoint with keys", &[BUCKET, ("S3_ENDPOINT", "https://AKIAQ3EG:8sd7f6asd5@minio.acme.io")], &["connection-malformed"]),
    ("no bucket", &[("AWS_REGION", "eu-central-1")], &["setting-missing"]),
];

#[test]
fn what_is_unsafe_or_unreadable_does_not_start_in_production() {
    for (name, variables, expected) in UNHEALTHY {
        let outcome = load::<S3>(environment("production", variables));
        assert_eq!(codes(&outcome, Severity::Error), *expected, "{name}");
    }
}

#[test]
fn a_store_on_a_laptop_needs_neither_tls_nor_keys_of_its_own() {
    for variables in [
        &[
            BUCKET,
            ("AWS_ENDPOINT_URL", "http://localhost:4566"),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
        ][..],
        &[BUCKET, MINIO, ("AWS_ACCESS_KEY_ID", "minioadmin"), ("AWS_SECRET_ACCESS_KEY", "minioadmin")],
    ] {
        let outcome = load::<S3>(environment("development", variables));
        assert_eq!(codes(&outcome, Severity::Note), [""; 0], "{variables:?}");
    }
}

#[test]
fn the_bucket_is_in_the_path_where_it_cannot_be_in_the_name() {
    for (variables, endpoint, is_path_style) in [
        (&[][..], None, false),
        (&[("S3_ENDPOINT", "http://minio:9000")], Some("http://minio:9000/"), true),
        (&[("AWS_ENDPOINT_URL", "http://10.0.0.1:9000/")], Some("http://10.0.0.1:9000/"), true),
        (&[("S3_ENDPOINT", "http://localhost:9000")], Some("http://localhost:9000/"), true),
        (&[("S3_ENDPOINT", "https://fly.storage.tigris.dev")], Some("https://fly.storage.tigris.dev/"), false),
        (&[("S3_ENDPOINT", "http://minio:9000"), ("S3_FORCE_PATH_STYLE", "false")], Some("http://minio:9000/"), false),
    ] {
        let environment = environment("development", &[&[BUCKET], variables].concat());
        let s3 = load::<S3>(environment).unwrap();
        assert_eq!((s3.endpoint(), s3.is_path_style()), (endpoint, is_path_style), "{variables:?}");
    }
}

#[test]
fn each_piece_arrives_as_it_was_set() {
    let token = ("AWS_SESSION_TOKEN", "IQoJb3JpZ2luX2VjE8sd7f6asd5Zk3vT9wq");
    let s3 = load::<S3>(environment("production", &[BUCKET, ID, SECRET, token, ("AWS_DEFAULT_REGION", "eu-west-1")]));
    let s3 = s3.unwrap();
    assert_eq!((s3.bucket(), s3.region()), ("acme-uploads", Some("eu-west-1")));
    assert_eq!((s3.access_key_id(), s3.expose_secret_access_key()), (Some(ID.1), Some(SECRET.1)));
    assert_eq!(s3.expose_session_token(), Some(token.1));
}
