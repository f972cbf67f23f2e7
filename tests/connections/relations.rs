//! Properties that hold for every input, checked with thousands of random inputs that are the same in each run.

use hardened::{
    Loaded, Tier,
    connections::{Mysql, Otlp, Redis, S3, Smtp},
};

use crate::{
    connections::{environment, load},
    database::relations::Random,
};

/// Pieces of URLs, and pieces that break them.
const PIECES: &[&str] = &[
    "redis://",
    "rediss://",
    "smtp://",
    "smtps://",
    "mysql://",
    "https://",
    "unix://",
    "u",
    "p8sd7",
    "h",
    "db",
    ":",
    "@",
    "/",
    "?",
    "#",
    "&",
    "=",
    "%",
    "%40",
    "%2F",
    "%zz",
    "[",
    "]",
    "::1",
    "localhost",
    "127.1",
    "10.0.0.1",
    "6379",
    "465",
    "99999",
    ",",
    ".",
    "-",
    "_",
    " ",
    "\n",
    "'",
    "\"",
    "tls=",
    "required",
    "ssl-mode=",
    "DISABLED",
    "ssl={}",
    "db=1",
    "#insecure",
    "{\"",
    "${",
    "<host>",
    "your-",
    "\u{200b}",
    "\u{0}",
    "ü",
    "redis-cli -u ",
    "REDIS_URL=",
];

/// Characters of passwords.
const SIGNS: &[&str] = &[
    "a", "Z", "8", "@", ":", "/", "?", "#", "%", "&", "=", "+", " x", "[", "]", "{", "}", "\"x", "'x", "\\", "ü", "€",
    "~", "$x",
];

#[test]
fn any_text_has_one_outcome_for_every_group() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..2000 {
        let text = random.text(PIECES, 12);
        let variables = |names: &[&'static str]| names.iter().map(|name| (*name, text.clone())).collect::<Vec<_>>();
        for tier in ["development", "production"] {
            let with = |names: &[&'static str]| {
                let variables = variables(names);
                let variables: Vec<_> = variables.iter().map(|(name, text)| (*name, text.as_str())).collect();
                environment(tier, &variables)
            };
            let _ = load::<Redis>(with(&["REDIS_URL"]));
            let _ = load::<Redis>(with(&["REDIS_HOST", "REDIS_PASSWORD", "REDIS_USER"]));
            let _ = load::<Smtp>(with(&["SMTP_URL"]));
            let _ = load::<Mysql>(with(&["MYSQL_URL"]));
            let _ = load::<S3>(with(&["S3_BUCKET", "S3_ENDPOINT", "AWS_SECRET_ACCESS_KEY"]));
            let _ = load::<Otlp>(with(&["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADERS"]));
        }
    }
}

#[test]
fn a_url_that_is_handed_out_is_read_back_as_it_was_set() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let mut accepted = 0;
    for _ in 0..500 {
        let (user, password) = (format!("u{}", random.text(SIGNS, 6)), format!("8sd7{}x", random.text(SIGNS, 12)));
        let pieces = [("REDIS_HOST", "cache.acme.io"), ("REDIS_USER", &user), ("REDIS_PASSWORD", &password)];
        let Ok(redis) = load::<Redis>(environment("production", &pieces)) else { continue };
        let again = load::<Redis>(environment("production", &[("REDIS_URL", &redis.expose_url())])).unwrap();
        assert_eq!((again.username(), again.expose_password()), (Some(user.as_str()), Some(password.as_str())));
        let report = Loaded::report(&again);
        assert!(!report.has("connection-unescaped", "REDIS_URL"), "{report}");
        let pieces = [("MYSQL_HOST", "db.acme.io"), ("MYSQL_USER", &user), ("MYSQL_PASSWORD", &password)];
        let mysql = load::<Mysql>(environment("production", &pieces)).unwrap();
        let again = load::<Mysql>(environment("production", &[("MYSQL_URL", &mysql.expose_url())])).unwrap();
        assert_eq!((again.expose_password(), again.tls()), (Some(password.as_str()), mysql.tls()));
        let pieces = [("SMTP_HOST", "mail.acme.io"), ("SMTP_USER", &user), ("SMTP_PASS", &password)];
        let smtp = load::<Smtp>(environment("production", &pieces)).unwrap();
        let again = load::<Smtp>(environment("production", &[("SMTP_URL", &smtp.expose_url())])).unwrap();
        assert_eq!((again.username(), again.tls()), (smtp.username(), smtp.tls()));
        accepted += 1;
    }
    assert!(accepted > 100, "only {accepted} were accepted");
}

#[test]
fn preview_is_as_strict_as_production_and_no_tier_weakens_the_encryption() {
    for rule in hardened::rule::ALL.iter().filter(|rule| rule.code().starts_with("connection-")) {
        assert_eq!(rule.level(Tier::Preview), rule.level(Tier::Production), "{rule}");
    }
    for url in ["mysql://a:8sd7f6asd5@db.acme.io/shop", "mysql://a:8sd7f6asd5@db.acme.io/shop?ssl-mode=VERIFY_CA"] {
        let tls = |tier| load::<Mysql>(environment(tier, &[("MYSQL_URL", url)])).unwrap().tls();
        assert!(tls("production") >= tls("development") && tls("preview") == tls("production"), "{url}");
    }
}
