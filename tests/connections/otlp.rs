//! Telemetry collectors: settings that vendors hand out, values that people set, and settings that must not start.

use hardened::{
    connections::{Otlp, OtlpProtocol, OtlpSignal},
    finding::Severity,
};

use crate::connections::{codes, environment, load};

const ENDPOINT: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";
const HEADERS: &str = "OTEL_EXPORTER_OTLP_HEADERS";
const PROTOCOL: &str = "OTEL_EXPORTER_OTLP_PROTOCOL";

/// The name of the case, the variables, and the codes of all findings.
type Healthy = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

#[rustfmt::skip]
const HEALTHY: &[Healthy] = &[
    ("nothing: a collector on the same machine", &[], &[]),
    ("a sidecar", &[(ENDPOINT, "http://localhost:4318")], &[]),
    ("a sidecar by gRPC", &[(ENDPOINT, "http://127.0.0.1:4317"), (PROTOCOL, "grpc")], &[]),
    ("Grafana Cloud", &[(ENDPOINT, "https://otlp-gateway-prod-eu-west-2.grafana.net/otlp"), (PROTOCOL, "http/protobuf"), (HEADERS, "Authorization=Basic%20MTIzNDU2OmdsY184c2Q3ZjZhc2Q1WmszdlQ5d3E%3D")], &[]),
    ("Grafana Cloud, not encoded", &[(ENDPOINT, "https://otlp-gateway-prod-eu-west-2.grafana.net/otlp"), (HEADERS, "Authorization=Basic MTIzNDU2OmdsY184c2Q3ZjZhc2Q1WmszdlQ5d3E=")], &[]),
    ("Honeycomb", &[(ENDPOINT, "https://api.honeycomb.io"), (HEADERS, "x-honeycomb-team=8sd7f6asd5Zk3vT9wq,x-honeycomb-dataset=shop")], &[]),
    ("Honeycomb by gRPC", &[(ENDPOINT, "https://api.eu1.honeycomb.io:443"), (PROTOCOL, "grpc"), (HEADERS, "x-honeycomb-team=8sd7f6asd5Zk3vT9wq")], &[]),
    ("New Relic", &[(ENDPOINT, "https://otlp.eu01.nr-data.net"), (HEADERS, "api-key=eu01xx8sd7f6asd5Zk3vT9wq8sd7f6asd5FFFFNRAL")], &[]),
    ("Axiom", &[("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "https://api.axiom.co/v1/traces"), ("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "Authorization=Bearer%20xaat-8sd7f6as-d5Zk-3vT9-wq8s-d7f6asd5Zk3v,X-Axiom-Dataset=shop")], &[]),
    ("a collector of the cluster", &[(ENDPOINT, "http://otel-collector.observability.svc.cluster.local:4318")], &["connection-private-network"]),
    ("a collector in compose", &[(ENDPOINT, "http://otel-collector:4317"), (PROTOCOL, "grpc")], &["connection-private-network"]),
    ("a collector on Fly.io", &[("FLY_APP_NAME", "shop"), (ENDPOINT, "http://shop-collector.internal:4318")], &["connection-tls-private"]),
    ("a collector on Railway", &[("RAILWAY_PROJECT_ID", "0"), ("RAILWAY_ENVIRONMENT_NAME", "production"), (ENDPOINT, "http://collector.railway.internal:4318")], &["connection-tls-private"]),
];

#[test]
fn what_a_vendor_hands_out_starts_in_production() {
    for (name, variables, expected) in HEALTHY {
        let outcome = load::<Otlp>(environment("production", variables));
        assert_eq!(codes(&outcome, Severity::Note), *expected, "{name}");
        assert!(outcome.is_ok(), "{name}");
    }
}

/// The name of the case, the variables, and the codes of the errors.
type Unhealthy = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

#[rustfmt::skip]
const UNHEALTHY: &[Unhealthy] = &[
    ("not encrypted", &[(ENDPOINT, "http://api.honeycomb.io")], &["connection-tls"]),
    ("one signal not encrypted", &[(ENDPOINT, "https://api.honeycomb.io"), ("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://logs.acme.io/v1/logs")], &["connection-tls"]),
    ("no scheme", &[(ENDPOINT, "otel-collector:4317")], &["connection-malformed"]),
    ("another scheme", &[(ENDPOINT, "grpc://otel-collector:4317")], &["connection-malformed"]),
    ("a user and a password", &[(ENDPOINT, "https://123456:glc_8sd7f6asd5@otlp-gateway-prod-eu-west-2.grafana.net/otlp")], &["connection-malformed"]),
    ("an example endpoint", &[(ENDPOINT, "https://otlp-gateway-<zone>.grafana.net/otlp")], &["connection-placeholder"]),
    ("a template", &[(ENDPOINT, "https://${OTLP_HOST}:4318")], &["connection-placeholder"]),
    ("an example key", &[(HEADERS, "x-honeycomb-team=your-api-key")], &["connection-placeholder"]),
    ("an example token", &[(HEADERS, "Authorization=Bearer%20<token>")], &["connection-placeholder"]),
    ("a template as key", &[(HEADERS, "x-honeycomb-team=${HONEYCOMB_API_KEY}")], &["secret-reference"]),
    ("a reference", &[(HEADERS, "op://shop/honeycomb/headers")], &["connection-malformed"]),
    ("a header without a value", &[(HEADERS, "x-honeycomb-team")], &["connection-malformed"]),
    ("a header as HTTP has it", &[(HEADERS, "x-honeycomb-team: 8sd7f6asd5")], &["connection-malformed"]),
    ("an escape that is none", &[(HEADERS, "x-honeycomb-team=50%")], &["connection-malformed"]),
    ("quotes", &[(HEADERS, "\"x-honeycomb-team=8sd7f6asd5Zk3vT9wq\"")], &["connection-malformed"]),
    ("white space", &[(HEADERS, "x-honeycomb-team=8sd7f6asd5Zk3vT9wq ")], &["secret-whitespace"]),
    ("another protocol", &[(PROTOCOL, "http")], &["setting-malformed"]),
    ("a timeout with a unit", &[("OTEL_EXPORTER_OTLP_TIMEOUT", "10s")], &["setting-malformed"]),
];

#[test]
fn what_is_unsafe_or_unreadable_does_not_start_in_production() {
    for (name, variables, expected) in UNHEALTHY {
        let outcome = load::<Otlp>(environment("production", variables));
        assert_eq!(codes(&outcome, Severity::Error), *expected, "{name}");
    }
}

#[test]
fn each_signal_goes_where_the_specification_says() {
    let traces = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    for (variables, expected) in [
        (&[][..], ["http://localhost:4318/v1/traces", "http://localhost:4318/v1/logs"]),
        (&[(PROTOCOL, "grpc")], ["http://localhost:4317", "http://localhost:4317"]),
        (&[(ENDPOINT, "https://a.acme.io")], ["https://a.acme.io/v1/traces", "https://a.acme.io/v1/logs"]),
        (
            &[(ENDPOINT, "https://a.acme.io/otlp/")],
            ["https://a.acme.io/otlp/v1/traces", "https://a.acme.io/otlp/v1/logs"],
        ),
        (
            &[(ENDPOINT, "https://a.acme.io:4317"), (PROTOCOL, "grpc")],
            ["https://a.acme.io:4317/", "https://a.acme.io:4317/"],
        ),
        (
            &[(ENDPOINT, "https://a.acme.io"), (traces, "https://b.acme.io/x")],
            ["https://b.acme.io/x", "https://a.acme.io/v1/logs"],
        ),
    ] {
        let otlp = load::<Otlp>(environment("production", variables)).unwrap();
        assert_eq!(
            [OtlpSignal::Traces, OtlpSignal::Logs].map(|signal| otlp.endpoint(signal)),
            expected,
            "{variables:?}"
        );
    }
}

#[test]
fn each_piece_arrives_as_it_was_set() {
    let otlp = load::<Otlp>(environment(
        "production",
        &[
            (HEADERS, "Authorization=Basic%20MTIzNDU2OmdsYzhzZDc%3D, x-scope=shop"),
            ("OTEL_EXPORTER_OTLP_LOGS_HEADERS", "x-scope=logs"),
            ("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "http/json"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "2500"),
            ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"),
            ("OTEL_EXPORTER_OTLP_CERTIFICATE", "/etc/ca.pem"),
            ("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", "/etc/client.pem"),
            ("OTEL_EXPORTER_OTLP_CLIENT_KEY", "/etc/client.key"),
        ],
    ))
    .unwrap();
    let headers = [("authorization", "Basic MTIzNDU2OmdsYzhzZDc="), ("x-scope", "shop")];
    assert_eq!(otlp.expose_headers(OtlpSignal::Traces), headers);
    assert_eq!(otlp.expose_headers(OtlpSignal::Logs), [("x-scope", "logs")]);
    assert_eq!(otlp.protocol(OtlpSignal::Metrics), OtlpProtocol::HttpJson);
    assert_eq!(otlp.protocol(OtlpSignal::Traces), OtlpProtocol::HttpProtobuf);
    assert_eq!((otlp.timeout().as_millis(), otlp.compression()), (2500, Some("gzip")));
    assert_eq!(otlp.certificate().and_then(|path| path.to_str()), Some("/etc/ca.pem"));
    assert!(otlp.client_certificate().is_some());
}
