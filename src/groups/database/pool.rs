//! The settings of the connection pool.

use std::time::Duration;

use crate::{
    Violation,
    groups::bounded::{Number, Period},
    load::Reader,
    message, rule,
};

const SECOND: u32 = 1000;
const MINUTE: u32 = 60 * SECOND;
const HOUR: u32 = 60 * MINUTE;

type Most = Number<1, 1000>;
type Least = Number<0, 1000>;
type Lifetime = Period<MINUTE, { 24 * HOUR }>;
type Idle = Period<{ 5 * SECOND }, HOUR>;
type Acquire = Period<100, MINUTE>;

/// How many database connections the service keeps, and for how long.
///
/// | variable | default | bounds | why |
/// |---|---|---|---|
/// | `DATABASE_POOL_MAX` | 12; 2 on AWS Lambda | 1–1000 | 10, and 2 for a peak; a Lambda instance serves one request at a time |
/// | `DATABASE_POOL_MIN` | 0 | 0–1000 | an unused connection keeps a database awake that could sleep |
/// | `DATABASE_POOL_LIFETIME` | 30m | 1m–24h | a proxy or a failover can only move new connections |
/// | `DATABASE_POOL_IDLE` | 2m | 5s–1h | Neon suspends after 300 s; the same value would race with it |
/// | `DATABASE_POOL_ACQUIRE_TIMEOUT` | 5s | 100ms–1m | a cold start of Neon takes about a second; few clients wait longer |
///
/// Source: <https://neon.com/docs/connect/connection-pooling>
///
/// # Errors
///
/// Loading refuses with `setting-malformed` outside the bounds, and with `setting-inconsistent` if the minimum is greater
/// than the maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, hardened_derive::Config)]
#[config(prefix = "DATABASE_POOL_", check = fits(min, max))]
pub struct Pool {
    /// The maximum number of connections; 12 if not set, 2 on AWS Lambda.
    #[config(default_with = usual_most)]
    max: Most,
    /// The number of connections kept open even when idle.
    #[config(default = 0)]
    min: Least,
    /// How long a connection lives, whether in use or not.
    #[config(default = "30m")]
    lifetime: Lifetime,
    /// How long an idle connection is kept; must be well below the 300 s after which Neon suspends the database.
    #[config(default = "2m")]
    idle: Idle,
    /// How long a request waits for a connection.
    #[config(default = "5s")]
    acquire_timeout: Acquire,
}

impl Pool {
    /// Returns the maximum number of connections.
    #[must_use]
    pub fn max_connections(&self) -> u32 {
        self.max.0
    }

    /// Returns the number of connections kept open even when idle.
    #[must_use]
    pub fn min_connections(&self) -> u32 {
        self.min.0
    }

    /// Returns how long a connection lives, whether in use or not.
    #[must_use]
    pub fn lifetime(&self) -> Duration {
        self.lifetime.0
    }

    /// Returns how long an idle connection is kept.
    #[must_use]
    pub fn idle_timeout(&self) -> Duration {
        self.idle.0
    }

    /// Returns how long a request waits for a connection.
    #[must_use]
    pub fn acquire_timeout(&self) -> Duration {
        self.acquire_timeout.0
    }
}

/// Returns the default maximum: 10 connections and 2 for a peak, or 2 on AWS Lambda, where an instance serves one
/// request at a time.
fn usual_most(reader: &Reader<'_>) -> Most {
    if reader.is_on("aws-lambda") { Number(2) } else { Number(12) }
}

fn fits(least: &Least, most: &Most) -> Result<(), Violation> {
    if least.0 <= most.0 {
        return Ok(());
    }
    let fact = message!("DATABASE_POOL_MIN is ", least.0, ", but DATABASE_POOL_MAX is ", most.0);
    Err(Violation::new(rule::SETTING_INCONSISTENT, fact).remedy("lower DATABASE_POOL_MIN or raise DATABASE_POOL_MAX"))
}
