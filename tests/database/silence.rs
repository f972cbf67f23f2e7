//! No password appears in anything that can be printed.

use hardened::{Database, Environment, Loaded, Loader, Setting, database::DatabaseUrl, finding::Severity};

use crate::database::{load, load_in};

const CANARY: &str = "kanarienvogel";

/// Everything that a loaded or refused configuration can print.
fn printed(environment: Environment) -> String {
    match Loader::new().environment(environment).load::<Database>() {
        Ok(loaded) => {
            format!(
                "{loaded:?} {:?} {} {:?} {:?}",
                loaded.url(),
                Loaded::report(&loaded),
                Loaded::report(&loaded),
                Loaded::table(&loaded)
            )
        }
        Err(refusal) => format!("{refusal} {refusal:?} {:?} {:?}", refusal.report(), refusal.table()),
    }
}

#[test]
fn a_password_is_printed_in_no_form_and_no_tier() {
    for template in [
        "postgres://u:{}@h/db",
        "postgres://u:{}@@h/db",
        "postgres://u:{}/x@h/db",
        "postgres://u:1/{}@h/db",
        "postgres://u:{}#@h/db",
        "postgres://u:p@{}/b@h/db",
        "postgres://u:{}%@h/db",
        "postgres://u:{}",
        "postgres://u:{}:x@h:y/db",
        "postgres://u:p@h:{}/db",
        "postgres://u:p@h!{}/db",
        "postgres://u:p@h/db?password={}",
        "postgres://u:p@h/db?sslpassword={}",
        "postgres://u:p@h/db?{}=x",
        "postgres://u:p@h/db?sslmode={}",
        "postgres://u:p@h/db?channel_binding={}",
        "postgres://u:p@h/db?options={}",
        "postgres://u:p@h/db?port={}",
        "postgres://u:p@h/db?host=h&host={}",
        "postgres://u:p@h/db#{}",
        "psql 'postgres://u:{}@h/db'",
        "DATABASE_URL={}",
        "{}",
        "{}://u:p@h/db",
        "host=h password={}",
        "{\"password\":\"{}\"}",
        "postgres://u:{}\u{200b}@h/db",
        "postgres://{}:@h/db",
        "postgres://u:{}@localhost/db?sslmode=disable",
    ] {
        let url = template.replace("{}", CANARY);
        for tier in ["development", "production"] {
            let printed = printed(Environment::empty().set("ENVIRONMENT", tier).set("DATABASE_URL", &url));
            assert!(!printed.contains(CANARY), "{tier} {template}: {printed}");
            assert!(!printed.contains("postgres://u"), "{tier} {template}: {printed}");
        }
    }
}

#[test]
fn a_password_among_pieces_is_printed_nowhere() {
    for host in ["h", "localhost", "h!", "h,i"] {
        let environment = Environment::empty()
            .set("ENVIRONMENT", "production")
            .set("PGHOST", host)
            .set("PGUSER", "u")
            .set("PGPASSWORD", CANARY)
            .set("PGDATABASE", "db");
        assert!(!printed(environment).contains(CANARY), "{host}");
    }
}

#[test]
fn debug_shows_host_port_and_database() {
    let url = DatabaseUrl::parse("postgres://app:kanarienvogel@db.example.com/shop").unwrap();
    let shown = r#"DatabaseUrl { host: "db.example.com", port: 5432, database: Some("shop"), .. }"#;
    assert_eq!(format!("{url:?}"), shown);
}

#[test]
fn the_password_alone_is_handed_out_as_secret() {
    let url = DatabaseUrl::parse("postgres://app:kanarien%40vogel@db.example.com/shop").unwrap();
    let mut secrets = Vec::new();
    url.visit_secrets(&mut |secret| secrets.push(secret.to_owned()));
    assert_eq!(secrets, [b"kanarien@vogel"]);
}

#[test]
fn the_table_says_set_and_shows_nothing() {
    let loaded = load("production", "postgres://u:kanarienvogel@h/db").unwrap();
    assert!(Loaded::report(&loaded).count(Severity::Error) == 0);
    let environment = Environment::empty().set("ENVIRONMENT", "production").set("PGUSER", CANARY);
    assert!(!format!("{:?}", Loaded::table(&load_in(environment, "postgres://u:p@h/db").unwrap())).contains(CANARY));
}
