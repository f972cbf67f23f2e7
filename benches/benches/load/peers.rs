//! The same twenty settings, read by hand-written code and by other libraries in the way that their documentation shows.

use std::str::FromStr;

use conf::Conf as _;
use confique::Config as _;
use figment::{Figment, providers::Env};
use secrecy::SecretString;
use serde::Deserialize;

const PREFIX: &str = "BENCH_";

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Level {
    Error,
    Warn,
    Info,
    Debug,
}

impl FromStr for Level {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "error" => Self::Error,
            "warn" => Self::Warn,
            "info" => Self::Info,
            "debug" => Self::Debug,
            _ => return Err("no level"),
        })
    }
}

#[derive(Debug)]
#[expect(dead_code, reason = "read into, not read from")]
pub(crate) struct ByHand {
    signing_secret: SecretString,
    mail_password: SecretString,
    base_url: url::Url,
    origins: Vec<String>,
    level: Level,
    port: u16,
    workers: u32,
    max_connections: u32,
    timeout_seconds: u64,
    retries: u8,
    cache_size: u64,
    batch_size: u32,
    ratio: f64,
    metrics: bool,
    tracing: bool,
    compression: bool,
    region: String,
    bucket: String,
    queue: String,
    service: String,
}

/// Reads the settings with `std::env::var` and `parse`.
pub(crate) fn by_hand() -> Option<ByHand> {
    fn text(name: &str) -> Option<String> {
        std::env::var(name).ok()
    }
    fn parsed<T: FromStr>(name: &str) -> Option<T> {
        text(name)?.parse().ok()
    }
    Some(ByHand {
        signing_secret: text("BENCH_SIGNING_SECRET")?.into(),
        mail_password: text("BENCH_MAIL_PASSWORD")?.into(),
        base_url: parsed("BENCH_BASE_URL")?,
        origins: text("BENCH_ORIGINS")?.split(',').map(|item| item.trim().to_owned()).collect(),
        level: parsed("BENCH_LEVEL")?,
        port: parsed("BENCH_PORT")?,
        workers: parsed("BENCH_WORKERS")?,
        max_connections: parsed("BENCH_MAX_CONNECTIONS")?,
        timeout_seconds: parsed("BENCH_TIMEOUT_SECONDS")?,
        retries: parsed("BENCH_RETRIES")?,
        cache_size: parsed("BENCH_CACHE_SIZE")?,
        batch_size: parsed("BENCH_BATCH_SIZE")?,
        ratio: parsed("BENCH_RATIO")?,
        metrics: parsed("BENCH_METRICS")?,
        tracing: parsed("BENCH_TRACING")?,
        compression: parsed("BENCH_COMPRESSION")?,
        region: text("BENCH_REGION")?,
        bucket: text("BENCH_BUCKET")?,
        queue: text("BENCH_QUEUE")?,
        service: text("BENCH_SERVICE")?,
    })
}

/// The settings for the libraries that read them with serde.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "read into, not read from")]
pub(crate) struct WithSerde<L = Vec<String>> {
    signing_secret: SecretString,
    mail_password: SecretString,
    base_url: url::Url,
    origins: L,
    level: Level,
    port: u16,
    workers: u32,
    max_connections: u32,
    timeout_seconds: u64,
    retries: u8,
    cache_size: u64,
    batch_size: u32,
    ratio: f64,
    metrics: bool,
    tracing: bool,
    compression: bool,
    region: String,
    bucket: String,
    queue: String,
    service: String,
}

pub(crate) fn envy() -> Option<WithSerde> {
    envy::prefixed(PREFIX).from_env().ok()
}

/// Reads the list as text, because figment expects brackets around a list.
pub(crate) fn figment() -> Option<WithSerde<String>> {
    Figment::from(Env::prefixed(PREFIX)).extract().ok()
}

pub(crate) fn config() -> Option<WithSerde> {
    let environment = config::Environment::with_prefix("BENCH")
        .prefix_separator("_")
        .try_parsing(true)
        .list_separator(",")
        .with_list_parse_key("origins");
    config::Config::builder().add_source(environment).build().ok()?.try_deserialize().ok()
}

fn list(text: &str) -> Result<Vec<String>, std::convert::Infallible> {
    Ok(text.split(',').map(|item| item.trim().to_owned()).collect())
}

#[derive(Debug, confique::Config)]
#[expect(dead_code, reason = "read into, not read from")]
pub(crate) struct WithConfique {
    #[config(env = "BENCH_SIGNING_SECRET")]
    signing_secret: SecretString,
    #[config(env = "BENCH_MAIL_PASSWORD")]
    mail_password: SecretString,
    #[config(env = "BENCH_BASE_URL")]
    base_url: url::Url,
    #[config(env = "BENCH_ORIGINS", parse_env = list)]
    origins: Vec<String>,
    #[config(env = "BENCH_LEVEL")]
    level: Level,
    #[config(env = "BENCH_PORT")]
    port: u16,
    #[config(env = "BENCH_WORKERS")]
    workers: u32,
    #[config(env = "BENCH_MAX_CONNECTIONS")]
    max_connections: u32,
    #[config(env = "BENCH_TIMEOUT_SECONDS")]
    timeout_seconds: u64,
    #[config(env = "BENCH_RETRIES")]
    retries: u8,
    #[config(env = "BENCH_CACHE_SIZE")]
    cache_size: u64,
    #[config(env = "BENCH_BATCH_SIZE")]
    batch_size: u32,
    #[config(env = "BENCH_RATIO")]
    ratio: f64,
    #[config(env = "BENCH_METRICS")]
    metrics: bool,
    #[config(env = "BENCH_TRACING")]
    tracing: bool,
    #[config(env = "BENCH_COMPRESSION")]
    compression: bool,
    #[config(env = "BENCH_REGION")]
    region: String,
    #[config(env = "BENCH_BUCKET")]
    bucket: String,
    #[config(env = "BENCH_QUEUE")]
    queue: String,
    #[config(env = "BENCH_SERVICE")]
    service: String,
}

pub(crate) fn confique() -> Option<WithConfique> {
    WithConfique::builder().env().load().ok()
}

#[derive(Debug, conf::Conf)]
#[conf(env_prefix = "BENCH_")]
#[expect(dead_code, reason = "read into, not read from")]
pub(crate) struct WithConf {
    #[conf(parameter, env, secret)]
    signing_secret: String,
    #[conf(parameter, env, secret)]
    mail_password: String,
    #[conf(parameter, env)]
    base_url: url::Url,
    #[conf(repeat, env, env_delimiter = ',')]
    origins: Vec<String>,
    #[conf(parameter, env)]
    level: Level,
    #[conf(parameter, env)]
    port: u16,
    #[conf(parameter, env)]
    workers: u32,
    #[conf(parameter, env)]
    max_connections: u32,
    #[conf(parameter, env)]
    timeout_seconds: u64,
    #[conf(parameter, env)]
    retries: u8,
    #[conf(parameter, env)]
    cache_size: u64,
    #[conf(parameter, env)]
    batch_size: u32,
    #[conf(parameter, env)]
    ratio: f64,
    #[conf(parameter, env)]
    metrics: bool,
    #[conf(parameter, env)]
    tracing: bool,
    #[conf(parameter, env)]
    compression: bool,
    #[conf(parameter, env)]
    region: String,
    #[conf(parameter, env)]
    bucket: String,
    #[conf(parameter, env)]
    queue: String,
    #[conf(parameter, env)]
    service: String,
}

pub(crate) fn conf() -> Option<WithConf> {
    let none: [std::ffi::OsString; 1] = ["bench".into()];
    WithConf::try_parse_from(none, std::env::vars_os()).ok()
}
