//! Any text is accepted or refused without a panic in every group of connections, and an accepted URL can be read back unchanged.

#![no_main]

use hardened::{
    Config, Environment, Loaded, Loader, Refusal,
    connections::{Mysql, Otlp, Redis, S3, Smtp},
};
use libfuzzer_sys::fuzz_target;

fn load<T: Config>(variables: &[(&str, &str)]) -> Result<Loaded<T>, Refusal> {
    let environment = Environment::empty().set("ENVIRONMENT", "development");
    let environment = variables.iter().fold(environment, |environment, (name, text)| environment.set(*name, *text));
    Loader::new().environment(environment).load()
}

fuzz_target!(|text: &str| {
    if let Ok(redis) = load::<Redis>(&[("REDIS_URL", text)]) {
        let again = load::<Redis>(&[("REDIS_URL", &redis.expose_url())]).unwrap();
        assert_eq!((again.host(), again.port(), again.database()), (redis.host(), redis.port(), redis.database()));
        assert_eq!((again.username(), again.expose_password()), (redis.username(), redis.expose_password()));
    }
    if let Ok(mysql) = load::<Mysql>(&[("MYSQL_URL", text)]) {
        let again = load::<Mysql>(&[("MYSQL_URL", &mysql.expose_url())]).unwrap();
        assert_eq!((again.host(), again.database(), again.tls()), (mysql.host(), mysql.database(), mysql.tls()));
    }
    if let Ok(smtp) = load::<Smtp>(&[("SMTP_URL", text)]) {
        let again = load::<Smtp>(&[("SMTP_URL", &smtp.expose_url())]).unwrap();
        assert_eq!((again.host(), again.port(), again.tls()), (smtp.host(), smtp.port(), smtp.tls()));
    }
    let _ = load::<S3>(&[("S3_BUCKET", text), ("S3_ENDPOINT", text), ("AWS_SECRET_ACCESS_KEY", text)]);
    let _ = load::<Otlp>(&[("OTEL_EXPORTER_OTLP_ENDPOINT", text), ("OTEL_EXPORTER_OTLP_HEADERS", text)]);
});
