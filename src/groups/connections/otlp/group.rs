//! The settings group for the OTLP exporter.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use hardened_core::manifest::{ConnectionPromise, Promises};

use super::{
    super::http_url::{HttpServer, HttpUrl},
    headers::Headers,
};

/// The destination of traces, metrics and logs: a collector, or a vendor that accepts OTLP.
///
/// Variables: those of the specification, which SDKs read too: `OTEL_EXPORTER_OTLP_ENDPOINT`, `_HEADERS`, `_PROTOCOL`,
/// `_TIMEOUT` (milliseconds), `_COMPRESSION`, `_CERTIFICATE`, `_CLIENT_CERTIFICATE` and `_CLIENT_KEY`; and, for a single
/// signal, `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`, `_TRACES_HEADERS`, `_TRACES_PROTOCOL` and the same for `METRICS` and
/// `LOGS`. Nothing is required: without an endpoint, telemetry goes to a collector on the same machine.
///
/// In Preview and Production an endpoint that anyone can reach must be `https://`; this does not apply to a collector
/// on the same machine. The headers contain the vendor's key: they are a secret, and an example in them is refused.
/// `docs/CONNECTIONS.md` lists what is permitted and prohibited.
///
/// ```
/// use hardened::{Environment, Loader, connections::{Otlp, OtlpSignal}};
///
/// let environment = Environment::empty()
///     .set("ENVIRONMENT", "production")
///     .set("OTEL_EXPORTER_OTLP_ENDPOINT", "https://api.eu1.honeycomb.io")
///     .set("OTEL_EXPORTER_OTLP_HEADERS", "x-honeycomb-team=8sd7f6asd5Zk3vT9wq");
/// let otlp = Loader::new().environment(environment).load::<Otlp>().unwrap();
/// assert_eq!(otlp.endpoint(OtlpSignal::Traces), "https://api.eu1.honeycomb.io/v1/traces");
/// assert_eq!(otlp.expose_headers(OtlpSignal::Logs), [("x-honeycomb-team", "8sd7f6asd5Zk3vT9wq")]);
/// ```
///
/// Source: <https://opentelemetry.io/docs/specs/otel/protocol/exporter/>
///
/// # Errors
///
/// Loading refuses with `setting-malformed`, the rules `connection-*` and those of a secret.
#[derive(Debug, hardened_derive::Config)]
#[config(prefix = "OTEL_EXPORTER_OTLP_", promises = promised)]
pub struct Otlp {
    /// Where telemetry goes; if not set, a collector on the same machine.
    endpoint: Option<HttpUrl<Collector>>,
    /// Where traces go, if not to OTEL_EXPORTER_OTLP_ENDPOINT.
    traces_endpoint: Option<HttpUrl<Collector>>,
    /// Where metrics go, if not to OTEL_EXPORTER_OTLP_ENDPOINT.
    metrics_endpoint: Option<HttpUrl<Collector>>,
    /// Where logs go, if not to OTEL_EXPORTER_OTLP_ENDPOINT.
    logs_endpoint: Option<HttpUrl<Collector>>,
    /// The headers of every request, such as the vendor's key: name=value, separated by commas.
    headers: Option<Headers>,
    /// The headers of requests with traces, instead of OTEL_EXPORTER_OTLP_HEADERS.
    traces_headers: Option<Headers>,
    /// The headers of requests with metrics, instead of OTEL_EXPORTER_OTLP_HEADERS.
    metrics_headers: Option<Headers>,
    /// The headers of requests with logs, instead of OTEL_EXPORTER_OTLP_HEADERS.
    logs_headers: Option<Headers>,
    /// The protocol that carries telemetry.
    #[config(default = "http/protobuf")]
    protocol: OtlpProtocol,
    /// The protocol for traces, if it differs.
    traces_protocol: Option<OtlpProtocol>,
    /// The protocol for metrics, if it differs.
    metrics_protocol: Option<OtlpProtocol>,
    /// The protocol for logs, if it differs.
    logs_protocol: Option<OtlpProtocol>,
    /// How long a request may take, in milliseconds.
    #[config(default = 10000)]
    timeout: u32,
    /// Whether requests are compressed.
    compression: Option<Compression>,
    /// The file with the certificate authority to trust.
    certificate: Option<PathBuf>,
    /// The file with the certificate of the client.
    client_certificate: Option<PathBuf>,
    /// The file with the key of the client's certificate.
    #[config(not_secret = "the path of a file")]
    client_key: Option<PathBuf>,
}

/// The protocol that sends telemetry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, hardened_derive::Setting)]
#[non_exhaustive]
pub enum OtlpProtocol {
    /// gRPC, usually at port 4317.
    Grpc,
    /// Protocol buffers over HTTP, usually at port 4318.
    #[config(rename = "http/protobuf")]
    HttpProtobuf,
    /// JSON over HTTP, usually at port 4318.
    #[config(rename = "http/json")]
    HttpJson,
}

/// A kind of telemetry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtlpSignal {
    /// Traces: the operations of a request, in their order.
    Traces,
    /// Metrics: counts and measurements.
    Metrics,
    /// Logs: log records.
    Logs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, hardened_derive::Setting)]
enum Compression {
    Gzip,
    Zstd,
    None,
}

impl Otlp {
    /// Returns the URL that a signal is sent to. Over HTTP it has the path of the signal, such as `/v1/traces`, unless
    /// the signal has its own endpoint, which is used unchanged.
    #[must_use]
    pub fn endpoint(&self, signal: OtlpSignal) -> String {
        let is_grpc = self.protocol(signal) == OtlpProtocol::Grpc;
        match (self.own(signal), &self.endpoint) {
            (Some(own), _) => own.as_str().to_owned(),
            (None, Some(base)) if is_grpc => base.as_str().to_owned(),
            (None, Some(base)) => base.with_path(signal.path()),
            (None, None) if is_grpc => "http://localhost:4317".to_owned(),
            (None, None) => format!("http://localhost:4318/{}", signal.path()),
        }
    }

    /// Returns the headers of requests with a signal, with names in lower case.
    #[must_use]
    pub fn expose_headers(&self, signal: OtlpSignal) -> Vec<(&str, &str)> {
        let own = match signal {
            OtlpSignal::Traces => &self.traces_headers,
            OtlpSignal::Metrics => &self.metrics_headers,
            OtlpSignal::Logs => &self.logs_headers,
        };
        own.as_ref().or(self.headers.as_ref()).map(|headers| headers.expose().collect()).unwrap_or_default()
    }

    /// Returns the protocol of a signal; `http/protobuf` by default.
    #[must_use]
    pub fn protocol(&self, signal: OtlpSignal) -> OtlpProtocol {
        let own = match signal {
            OtlpSignal::Traces => self.traces_protocol,
            OtlpSignal::Metrics => self.metrics_protocol,
            OtlpSignal::Logs => self.logs_protocol,
        };
        own.unwrap_or(self.protocol)
    }

    /// Returns how long a request may take; 10 s by default.
    #[must_use]
    pub fn timeout(&self) -> Duration {
        Duration::from_millis(self.timeout.into())
    }

    /// Returns the compression of requests: `gzip`, `zstd`, or `None`.
    #[must_use]
    pub fn compression(&self) -> Option<&'static str> {
        match self.compression? {
            Compression::Gzip => Some("gzip"),
            Compression::Zstd => Some("zstd"),
            Compression::None => None,
        }
    }

    /// Returns the file with the certificate authority to trust instead of those of the operating system.
    #[must_use]
    pub fn certificate(&self) -> Option<&Path> {
        self.certificate.as_deref()
    }

    /// Returns the files of the client's certificate and its key.
    #[must_use]
    pub fn client_certificate(&self) -> Option<(&Path, &Path)> {
        self.client_certificate.as_deref().zip(self.client_key.as_deref())
    }

    /// Returns the signal's own endpoint, if it has one.
    fn own(&self, signal: OtlpSignal) -> Option<&HttpUrl<Collector>> {
        match signal {
            OtlpSignal::Traces => self.traces_endpoint.as_ref(),
            OtlpSignal::Metrics => self.metrics_endpoint.as_ref(),
            OtlpSignal::Logs => self.logs_endpoint.as_ref(),
        }
    }
}

impl OtlpSignal {
    const ALL: [Self; 3] = [Self::Traces, Self::Metrics, Self::Logs];

    fn path(self) -> &'static str {
        match self {
            Self::Traces => "v1/traces",
            Self::Metrics => "v1/metrics",
            Self::Logs => "v1/logs",
        }
    }
}

#[derive(Debug)]
struct Collector;

impl HttpServer for Collector {
    const IS_LOCAL: bool = true;
    const IS_JUDGED: bool = true;
}

/// Adds the weakest encryption of the three signals to the manifest.
fn promised(otlp: &Otlp, promises: &mut Promises) {
    let endpoints = OtlpSignal::ALL.map(|signal| otlp.own(signal).or(otlp.endpoint.as_ref()));
    if let Some(transport) = endpoints.into_iter().flatten().filter_map(HttpUrl::transport).min() {
        promises.connections.get_or_insert_default().push(ConnectionPromise {
            group: String::new(),
            service: "otlp".to_owned(),
            transport,
        });
    }
}
