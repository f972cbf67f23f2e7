//! Real deployments, and the findings that each gets.

use hardened::database::Tls;
use hardened::{Config, Database, Environment, Loaded, Loader, Tier, finding::Severity, load::Reason, rule};

use crate::database::{codes, load_in, with};

fn on(markers: &[(&str, &str)]) -> Environment {
    markers.iter().fold(Environment::empty().set("ENVIRONMENT", "production"), |environment, (name, value)| {
        environment.set(*name, *value)
    })
}

#[test]
fn each_deployment_gets_its_verdict() {
    let fly = on(&[("FLY_APP_NAME", "shop")]);
    let railway = on(&[("RAILWAY_PROJECT_ID", "0"), ("RAILWAY_ENVIRONMENT_NAME", "production")]);
    for (environment, url, expected) in [
        // Railway's own PostgreSQL, with and without TLS.
        (
            &railway,
            "postgresql://postgres:8sd7f6asd5@postgres.railway.internal:5432/railway",
            &["database-tls-added"][..],
        ),
        (
            &railway,
            "postgresql://postgres:8sd7f6asd5@postgres.railway.internal/railway?sslmode=disable",
            &["database-tls-private"],
        ),
        (&railway, "postgresql://postgres:8sd7f6asd5@shop.flycast/db?sslmode=disable", &["database-tls"]),
        (
            &on(&[]),
            "postgresql://postgres:8sd7f6asd5@postgres.railway.internal/railway?sslmode=disable",
            &["database-tls"],
        ),
        // Fly.io: no TLS, because the private network is encrypted with WireGuard.
        (&fly, "postgres://shop:8sd7f6asd5@shop-db.flycast:5432/shop?sslmode=disable", &["database-tls-private"]),
        (
            &fly,
            "postgres://shop:8sd7f6asd5@top2.nearest.of.shop-db.internal:5432/shop?sslmode=disable",
            &["database-tls-private"],
        ),
        (&on(&[]), "postgres://shop:8sd7f6asd5@shop-db.flycast:5432/shop?sslmode=disable", &["database-tls"]),
        // Internal names of other clouds are not Fly.io's, even if they end with `.internal`.
        (&fly, "postgres://shop:8sd7f6asd5@metadata.google.internal/shop?sslmode=disable", &["database-tls"]),
        (&fly, "postgres://shop:8sd7f6asd5@ip-10-0-0-1.ec2.internal/shop?sslmode=disable", &["database-tls"]),
        (&fly, "postgres://shop:8sd7f6asd5@shop-db.internal/shop?sslmode=disable", &["database-tls-private"]),
        (&on(&[]), "postgres://shop:8sd7f6asd5@shop-db.internal/shop?sslmode=disable", &["database-tls"]),
        (&fly, "postgres://shop:8sd7f6asd5@shop-db.flycast.evil.example/shop?sslmode=disable", &["database-tls"]),
        (&fly, "postgresql://fly-user:8sd7f6asd5@pgbouncer.9g6y30w2.flympg.net/fly-db", &["database-tls-added"]),
        // Cloud Run and Cloud SQL.
        (&on(&[("K_SERVICE", "shop")]), "postgres://u:8sd7f6asd5@/db?host=/cloudsql/p:r:i", &[]),
        (&on(&[("K_SERVICE", "shop")]), "postgres://u:8sd7f6asd5@localhost/db?host=/cloudsql/p:r:i", &[]),
        (&on(&[("K_SERVICE", "shop")]), "postgres://u:8sd7f6asd5@127.0.0.1/db?sslmode=disable", &["database-loopback"]),
        // Other names of the local machine.
        (&on(&[]), "postgres://u:8sd7f6asd5@ip6-loopback/db?sslmode=disable", &["database-loopback"]),
        (&on(&[]), "postgres://u:8sd7f6asd5@localhost4.localdomain4/db", &["database-loopback"]),
        // A default password in a compose file.
        (&on(&[]), "postgres://postgres:postgres@db/app?sslmode=require", &["database-default-password"]),
    ] {
        assert_eq!(codes(&load_in(environment.clone(), url), Severity::Note), expected, "{url}");
    }
}

#[test]
fn a_proxy_next_to_the_service_needs_one_waiver() {
    let environment = on(&[]).set("DATABASE_URL", "postgres://u:8sd7f6asd5@127.0.0.1:5432/db?sslmode=disable");
    let loader = || Loader::new().environment(environment.clone());
    assert!(loader().load::<Database>().is_err());
    let waived = loader().waive(rule::DATABASE_LOOPBACK, "DATABASE_URL", "Cloud SQL proxy in the pod");
    let database = waived.load::<Database>().unwrap();
    assert_eq!(codes(&Ok(database.clone()), Severity::Note), [""; 0]);
    assert_eq!(database.tls(), Tls::Disable);
    assert!(Loaded::report(&database).waivers()[0].is_used());
}

#[test]
fn a_waiver_bound_to_a_host_holds_for_that_host_alone() {
    let reason = || Reason::new("WireGuard below").host(".mesh.example");
    for (host, accepted) in [
        ("db.mesh.example", true),
        ("DB.Mesh.Example.", true),
        ("db.mesh.example.evil.example", false),
        ("mesh.example", false),
    ] {
        let url = format!("postgres://u:8sd7f6asd5@{host}/db?sslmode=disable");
        let loader = Loader::new().environment(on(&[]).set("DATABASE_URL", url));
        let outcome = loader.waive(rule::DATABASE_TLS, "DATABASE_URL", reason()).load::<Database>();
        assert_eq!(outcome.is_ok(), accepted, "{host}");
    }
    let loader = Loader::new().environment(on(&[]).set("DATABASE_URL", "postgres://u:8sd7f6asd5@h/db"));
    let blank = loader.waive(rule::DATABASE_TLS, "DATABASE_URL", Reason::new("why").host(".")).load::<Database>();
    assert!(blank.unwrap_err().report().refuses("waiver-invalid", "DATABASE_URL"));
}

#[test]
fn pieces_are_accepted_where_no_url_can_be_concatenated() {
    let pieces = on(&[
        ("PGHOST", "shop.abcdefghijkl.eu-west-1.rds.amazonaws.com"),
        ("PGUSER", "app"),
        ("PGPASSWORD", "8sd7f/6a@sd5"),
        ("PGDATABASE", "shop"),
    ]);
    let database = with::<Database>(pieces.clone()).unwrap();
    assert_eq!(codes(&Ok(database.clone()), Severity::Note), ["database-tls-added"]);
    assert_eq!((database.url().port(), database.url().database()), (5432, Some("shop")));
    assert_eq!(database.url().expose_password().unwrap().as_str(), "8sd7f/6a@sd5");
    for (name, value, code, subject) in [
        ("PGSSLMODE", "disable", "database-tls", "PGHOST"),
        ("PGSSLMODE", "on", "setting-malformed", "PGSSLMODE"),
        ("PGHOST", "localhost", "database-loopback", "PGHOST"),
        ("PGHOST", "h1,h2", "database-multi-host", "PGHOST"),
        ("PGHOST", "h/evil?x", "database-malformed", "PGHOST"),
        ("PGPORT", "0", "setting-malformed", "PGPORT"),
        ("PGPASSWORD", "postgres", "database-default-password", "PGHOST"),
        ("PGPASSWORD", "a\u{7}b", "secret-control", "PGPASSWORD"),
    ] {
        let refusal = with::<Database>(pieces.clone().set(name, value)).unwrap_err();
        assert!(refusal.report().refuses(code, subject), "{name}={value}\n{refusal}");
    }
    let without = |name| with::<Database>(pieces.clone().unset(name));
    assert!(without("PGUSER").unwrap_err().report().refuses("setting-missing", "PGUSER"));
    assert!(without("PGPASSWORD").unwrap_err().report().refuses("database-password-missing", "PGHOST"));
    assert!(without("PGHOST").unwrap_err().report().refuses("secret-missing", "DATABASE_URL"));
    assert!(Loaded::report(&without("PGDATABASE").unwrap()).has("database-name-missing", "PGHOST"));
}

#[test]
fn pieces_next_to_a_url_change_nothing() {
    let environment =
        on(&[("PGHOST", "localhost"), ("PGPASSWORD", "postgres"), ("PGPORT", "x"), ("PGSSLMODE", "disable")]);
    let outcome = load_in(environment, "postgres://u:8sd7f6asd5@h/db");
    assert_eq!(codes(&outcome, Severity::Note), ["database-tls-added"]);
    assert_eq!(outcome.unwrap().url().host(), "h");
}

#[test]
fn the_password_among_pieces_may_be_in_a_file() {
    let path = std::env::temp_dir().join(format!("hardened-database-password-{}", std::process::id()));
    std::fs::write(&path, "8sd7f6asd5\n").unwrap();
    let environment = on(&[("PGHOST", "/cloudsql/p:r:i"), ("PGUSER", "app"), ("PGDATABASE", "shop")]);
    let database = with::<Database>(environment.set("PGPASSWORD_FILE", &path)).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(database.url().expose_password().unwrap().as_str(), "8sd7f6asd5");
    assert_eq!((database.url().host().as_str(), database.tls()), ("/cloudsql/p:r:i", Tls::Disable));
}

#[test]
fn lambda_gets_a_small_pool() {
    let url = "postgres://u:8sd7f6asd5@h/db";
    let most = |environment| load_in(environment, url).unwrap().pool().max_connections();
    assert_eq!(most(on(&[])), 12);
    assert_eq!(most(on(&[("LAMBDA_TASK_ROOT", "/var/task")])), 2);
    assert_eq!(most(on(&[("LAMBDA_TASK_ROOT", "/var/task"), ("AWS_SAM_LOCAL", "true")])), 12);
    assert_eq!(most(on(&[("LAMBDA_TASK_ROOT", "/var/task"), ("DATABASE_POOL_MAX", "1")])), 1);
}

#[test]
fn a_group_alone_has_one_required_setting() {
    let required = Database::SCHEMA.settings();
    let required: Vec<_> = required
        .iter()
        .filter(|declared| declared.setting().requirement() == hardened::schema::Requirement::Required)
        .map(|declared| declared.variable())
        .collect();
    assert_eq!(required, ["DATABASE_URL"]);
    assert_eq!(Tier::ALL.len(), 4);
}
