//! The limits of `serve`: how large, slow and many requests and connections may be.

use std::time::Duration;

use hardened_core::manifest::{LimitPromise, Promises};

use crate::{
    Violation,
    finding::Reported,
    groups::bounded::{Number, Period, length},
    load::Reader,
    message, rule,
};

const SECOND: u32 = 1000;
const MINUTE: u32 = 60 * SECOND;
const HOUR: u32 = 60 * MINUTE;
const KIB: u32 = 1024;

type Wait = Period<100, { 10 * MINUTE }>;
type Life = Period<100, { 24 * HOUR }>;
type Drain = Period<0, { 10 * MINUTE }>;

/// The limits on what the server accepts from clients, and on how long it waits for them.
///
/// [`serve`](crate::serve()) enforces these limits. `docs/SERVING.md` has the reason for each default.
#[derive(Debug, Clone, Copy, hardened_derive::Config)]
#[config(
    prefix = "HTTP_",
    check = outlives_the_proxy(idle_timeout, platform),
    check = ends_before_it_is_killed(stop_timeout, drain, platform)
)]
pub(crate) struct Limits {
    /// The time within which the head of a request must arrive.
    #[config(default = "10s")]
    header_timeout: Wait,
    /// The time within which the service must begin its response, while it is not waiting for the client.
    #[config(default = "30s")]
    request_timeout: Period<100, HOUR>,
    /// The time within which 4 KiB of a body must pass, in either direction, while the service waits for them.
    #[config(default = "30s")]
    body_timeout: Wait,
    /// How long an idle connection is kept, which must be longer than the proxy in front keeps it; 75s if not set, 95s on
    /// Heroku.
    #[config(default_with = usual_idle)]
    idle_timeout: Period<100, HOUR>,
    /// How long a connection is used before the client is asked to make another.
    #[config(default = "1h")]
    connection_age: Life,
    /// The maximum number of connections.
    #[config(default = 10_000)]
    max_connections: Number<1, 1_000_000>,
    /// The number of connections beyond the maximum that are only for health checks.
    #[config(default = 16)]
    reserved_connections: Number<1, 1000>,
    /// The maximum number of requests whose response has not begun.
    #[config(default = 512)]
    max_requests: Number<1, 100_000>,
    /// The maximum number of headers of a request.
    #[config(default = 100)]
    max_headers: Number<10, 1000>,
    /// The maximum size of the head of a request, in bytes.
    #[config(default = 32_768)]
    max_header_bytes: Number<{ 8 * KIB }, { 256 * KIB }>,
    /// The maximum size of the body of a request, in bytes.
    #[config(default = 2_097_152)]
    max_body_bytes: Number<0, { u32::MAX }>,
    /// The maximum number of requests at a time on one HTTP/2 connection.
    #[config(default = 100)]
    h2_streams: Number<1, 1000>,
    /// The number of HTTP/2 requests that a client may cancel before the server has handled them.
    #[config(default = 20)]
    h2_resets: Number<1, 1000>,
    /// The interval of pings on an HTTP/2 connection.
    #[config(default = "30s")]
    h2_ping: Period<SECOND, HOUR>,
    /// How long /readyz fails before the service stops accepting connections; 5s if not set, 2s on Cloud Run, 0 in
    /// development and test.
    #[config(default_with = usual_drain)]
    drain: Drain,
    /// How long requests may take to finish after HTTP_DRAIN; 20s if not set, 7s on Cloud Run.
    #[config(default_with = usual_stop)]
    stop_timeout: Wait,
    #[config(with = Platform::read)]
    #[expect(dead_code, reason = "only the checks ask")]
    platform: Platform,
}

/// What is known about the platform that the service runs on.
#[derive(Debug, Clone, Copy)]
struct Platform {
    /// How long the platform's proxy keeps an idle connection.
    proxy_idle: Option<Duration>,
    /// How long after the signal to stop the platform kills the process.
    kill_after: Option<Duration>,
}

/// The idle timeout of Heroku's router: <https://devcenter.heroku.com/articles/http-routing#keepalives>
const HEROKU_IDLE: Duration = Duration::from_secs(90);
/// The time that Heroku gives a process to stop: <https://devcenter.heroku.com/articles/dyno-shutdown-behavior>
const HEROKU_KILL: Duration = Duration::from_secs(30);
/// The time that Cloud Run gives a process to stop: <https://cloud.google.com/run/docs/container-contract>
const CLOUD_RUN_KILL: Duration = Duration::from_secs(10);

impl Platform {
    /// Returns what is known about the platform that the service runs on.
    ///
    /// # Errors
    ///
    /// Never.
    fn read(reader: &mut Reader<'_>) -> Result<Self, Reported> {
        Ok(if reader.is_on("heroku") {
            Self { proxy_idle: Some(HEROKU_IDLE), kill_after: Some(HEROKU_KILL) }
        } else if reader.is_on("google-cloud-run") {
            Self { proxy_idle: None, kill_after: Some(CLOUD_RUN_KILL) }
        } else {
            Self { proxy_idle: None, kill_after: None }
        })
    }
}

/// Returns the default: longer than the 60 s of an AWS load balancer, and on Heroku longer than the 90 s of its router.
fn usual_idle(reader: &Reader<'_>) -> Period<100, HOUR> {
    Period(Duration::from_secs(if reader.is_on("heroku") { 95 } else { 75 }))
}

/// Returns the default. It is 0 in Development and Test, because no load balancer is in front of a developer's machine.
fn usual_drain(reader: &Reader<'_>) -> Drain {
    Period(Duration::from_secs(match reader.tier().is_hardened() {
        false => 0,
        true if reader.is_on("google-cloud-run") => 2,
        true => 5,
    }))
}

/// Returns the default. Together with the drain it is less than the 30 s after which Kubernetes, Heroku and Render kill the
/// process, and on Cloud Run less than 10 s.
fn usual_stop(reader: &Reader<'_>) -> Wait {
    Period(Duration::from_secs(if reader.is_on("google-cloud-run") { 7 } else { 20 }))
}

fn outlives_the_proxy(idle: &Period<100, HOUR>, platform: &Platform) -> Result<(), Violation> {
    let Some(proxy) = platform.proxy_idle.filter(|proxy| idle.0 <= *proxy) else { return Ok(()) };
    let fact = message!("an idle connection is kept for ")
        .then(length(idle.0))
        .with("; should be longer than the ")
        .then(length(proxy))
        .with(" of the platform's proxy");
    Err(Violation::new(rule::HTTP_IDLE_TIMEOUT, fact))
}

fn ends_before_it_is_killed(stop: &Wait, drain: &Drain, platform: &Platform) -> Result<(), Violation> {
    let whole = stop.0 + drain.0;
    let Some(kill) = platform.kill_after.filter(|kill| whole >= *kill) else { return Ok(()) };
    let fact = message!("HTTP_DRAIN and HTTP_STOP_TIMEOUT are ")
        .then(length(whole))
        .with(" together; should be less than the ")
        .then(length(kill))
        .with(" after which the platform kills the process");
    Err(Violation::new(rule::HTTP_STOP_TIMEOUT, fact))
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

impl Limits {
    pub(crate) fn header_timeout(&self) -> Duration {
        self.header_timeout.0
    }

    pub(crate) fn request_timeout(&self) -> Duration {
        self.request_timeout.0
    }

    pub(crate) fn body_timeout(&self) -> Duration {
        self.body_timeout.0
    }

    pub(crate) fn idle_timeout(&self) -> Duration {
        self.idle_timeout.0
    }

    pub(crate) fn connection_age(&self) -> Duration {
        self.connection_age.0
    }

    pub(crate) fn max_connections(&self) -> usize {
        self.max_connections.0 as usize
    }

    pub(crate) fn reserved_connections(&self) -> usize {
        self.reserved_connections.0 as usize
    }

    pub(crate) fn max_requests(&self) -> usize {
        self.max_requests.0 as usize
    }

    pub(crate) fn max_headers(&self) -> usize {
        self.max_headers.0 as usize
    }

    pub(crate) fn max_header_bytes(&self) -> u32 {
        self.max_header_bytes.0
    }

    pub(crate) fn max_body_bytes(&self) -> u64 {
        self.max_body_bytes.0.into()
    }

    pub(crate) fn h2_streams(&self) -> u32 {
        self.h2_streams.0
    }

    pub(crate) fn h2_resets(&self) -> usize {
        self.h2_resets.0 as usize
    }

    pub(crate) fn h2_ping(&self) -> Duration {
        self.h2_ping.0
    }

    pub(crate) fn drain(&self) -> Duration {
        self.drain.0
    }

    pub(crate) fn stop_timeout(&self) -> Duration {
        self.stop_timeout.0
    }

    /// Adds the limits that apply to every request to the manifest.
    pub(crate) fn promised(&self, promises: &mut Promises) {
        promises.limits = Some(LimitPromise {
            request_body_bytes: Some(self.max_body_bytes()),
            request_header_bytes: Some(self.max_header_bytes().into()),
            header_read_ms: Some(milliseconds(self.header_timeout())),
            request_ms: Some(milliseconds(self.request_timeout())),
            idle_ms: Some(milliseconds(self.idle_timeout())),
            connections: Some(self.max_connections.0.into()),
            requests_in_flight: Some(self.max_requests.0.into()),
        });
    }
}
