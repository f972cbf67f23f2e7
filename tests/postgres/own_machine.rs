//! A host name that resolves to the service's own machine, although it does not look like it.

use std::net::IpAddr;

use hardened::{Database, Environment, Loader, rule};

use crate::postgres::{DATABASE, PASSWORD, Postgres, USER};

/// Returns a name that `/etc/hosts` maps to 127.0.0.1 and that is not a usual one. Many machines have none.
fn alias() -> Option<String> {
    let hosts = std::fs::read_to_string("/etc/hosts").ok()?;
    let lines = hosts.lines().map(|line| line.split('#').next().unwrap_or_default().split_whitespace());
    let names = lines.filter_map(|mut words| {
        let address: IpAddr = words.next()?.parse().ok()?;
        (address == IpAddr::from([127, 0, 0, 1])).then_some(words)
    });
    names.flatten().find(|name| !name.contains("localhost") && !name.contains("loopback")).map(str::to_owned)
}

#[tokio::test]
async fn a_name_of_this_machine_is_refused_when_connecting_unless_it_is_waived() {
    let Some(name) = alias() else { return };
    let server = Postgres::start();
    let url = format!("postgres://{USER}:{PASSWORD}@{name}:{}/{DATABASE}?sslmode=disable", server.port());
    for (is_waived, expected) in [(false, "configuration"), (true, "ok")] {
        let environment = Environment::empty().set("ENVIRONMENT", "production").set("DATABASE_URL", &url);
        let loader = Loader::new().environment(environment).waive(rule::DATABASE_TLS, "DATABASE_URL", "a test");
        let loader = match is_waived {
            true => loader.waive(rule::DATABASE_LOOPBACK, "DATABASE_URL", "the server of a test"),
            false => loader,
        };
        let database = loader.load::<Database>().unwrap();
        let code = database.connect_direct().await.map_or_else(|error| error.code(), |_| "ok");
        assert_eq!(code, expected, "{name}");
        let pool = database.connect_lazy().unwrap();
        assert_eq!(crate::one(&pool).await.is_ok(), is_waived, "{name}");
    }
}
