//! MySQL: URLs that platforms hand out, values that people paste, and settings that must not start.

use hardened::{connections::Mysql, database::Tls, finding::Severity};

use crate::connections::{codes, environment, load};

/// The name of the case, the variables, the codes of all findings, and how the connection is encrypted.
type Healthy = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str], Tls);

#[rustfmt::skip]
const HEALTHY: &[Healthy] = &[
    ("PlanetScale", &[("DATABASE_URL", "mysql://8jdabgcbksmalfuc:pscale_pw_8sd7f6asd5Zk3vT9wq@aws.connect.psdb.cloud/shop?ssl={\"rejectUnauthorized\":true}")], &[], Tls::VerifyFull),
    ("PlanetScale, encoded", &[("DATABASE_URL", "mysql://8jdabgcbksmalfuc:pscale_pw_8sd7f6asd5Zk3vT9wq@aws.connect.psdb.cloud/shop?ssl=%7B%22rejectUnauthorized%22%3Atrue%7D")], &[], Tls::VerifyFull),
    ("PlanetScale for Prisma", &[("DATABASE_URL", "mysql://8jdabgcbksmalfuc:pscale_pw_8sd7f6asd5Zk3vT9wq@aws.connect.psdb.cloud/shop?sslaccept=strict")], &[], Tls::VerifyFull),
    ("TiDB", &[("DATABASE_URL", "mysql://2aEp24QWEDLqRsT.root:8sd7f6asd5Zk3vT9@gateway01.us-west-2.prod.aws.tidbcloud.com:4000/test?sslaccept=strict")], &[], Tls::VerifyFull),
    ("TiDB with its authority", &[("DATABASE_URL", "mysql://2aEp24QWEDLqRsT.root:8sd7f6asd5Zk3vT9@gateway01.us-west-2.prod.aws.tidbcloud.com:4000/shop?ssl-mode=VERIFY_IDENTITY&ssl-ca=/etc/ssl/cert.pem")], &[], Tls::VerifyFull),
    ("RDS", &[("DATABASE_URL", "mysql://app:8sd7f6asd5@shop.abc123.eu-central-1.rds.amazonaws.com:3306/shop")], &["connection-tls-added"], Tls::Require),
    ("Aurora, in pieces", &[("MYSQL_HOST", "shop.cluster-abc123.eu-central-1.rds.amazonaws.com"), ("MYSQL_USER", "app"), ("MYSQL_PASSWORD", "8sd7:f6a/sd5"), ("MYSQL_DATABASE", "shop"), ("MYSQL_SSL_MODE", "verify-identity")], &[], Tls::VerifyFull),
    ("Railway", &[("MYSQL_URL", "mysql://root:kXq8sd7f6asd5@mysql.railway.internal:3306/railway")], &["connection-tls-added"], Tls::Require),
    ("Railway's pieces", &[("MYSQLHOST", "mysql.railway.internal"), ("MYSQLPORT", "3306"), ("MYSQLUSER", "root"), ("MYSQLPASSWORD", "kXq8sd7f6asd5"), ("MYSQLDATABASE", "railway"), ("MYSQL_DATABASE", "railway")], &["connection-tls-added"], Tls::Require),
    ("Railway without TLS", &[("RAILWAY_PROJECT_ID", "0"), ("RAILWAY_ENVIRONMENT_NAME", "production"), ("MYSQL_URL", "mysql://root:kXq8sd7f6asd5@mysql.railway.internal:3306/railway?ssl-mode=DISABLED")], &["connection-tls-private"], Tls::Disable),
    ("DigitalOcean", &[("DATABASE_URL", "mysql://doadmin:AVNS_8sd7f6asd5@db-mysql-fra1-1-do-user-1-0.b.db.ondigitalocean.com:25060/defaultdb?ssl-mode=REQUIRED")], &[], Tls::Require),
    ("Azure", &[("DATABASE_URL", "mysql://app:8sd7f6asd5@shop.mysql.database.azure.com:3306/shop?sslmode=require")], &[], Tls::Require),
    ("Cloud SQL by its socket", &[("DATABASE_URL", "mysql://app:8sd7f6asd5@localhost/shop?unix_socket=/cloudsql/p:r:i")], &[], Tls::Disable),
    ("SQLAlchemy", &[("DATABASE_URL", "mysql+pymysql://app:8sd7f6asd5@db.acme.io/shop?charset=utf8mb4&ssl_mode=VERIFY_CA")], &["connection-unverified"], Tls::VerifyCa),
    ("MariaDB", &[("DATABASE_URL", "mariadb://app:8sd7f6asd5@db.acme.io/shop?ssl=true")], &[], Tls::Require),
    ("compose, without TLS", &[("DATABASE_URL", "mysql://app:8sd7f6asd5@mariadb/shop?ssl-mode=DISABLED")], &["connection-private-network"], Tls::Disable),
    ("one URL by two names", &[("DATABASE_URL", "mysql://app:8sd7f6asd5@db.acme.io/shop?ssl=1"), ("MYSQL_URL", "mysql://app:8sd7f6asd5@db.acme.io/shop?ssl=1")], &[], Tls::Require),
];

#[test]
fn what_a_platform_hands_out_starts_in_production() {
    for (name, variables, expected, tls) in HEALTHY {
        let outcome = load::<Mysql>(environment("production", variables));
        assert_eq!(codes(&outcome, Severity::Note), *expected, "{name}");
        assert_eq!(outcome.map(|mysql| mysql.tls()).ok(), Some(*tls), "{name}");
    }
}

/// The name of the case, the variables, and the codes of the errors.
type Unhealthy = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

#[rustfmt::skip]
const UNHEALTHY: &[Unhealthy] = &[
    ("not encrypted", &[("DATABASE_URL", "mysql://app:8sd7f6asd5@db.acme.io/shop?ssl-mode=DISABLED")], &["connection-tls"]),
    ("encrypted if nobody objects", &[("DATABASE_URL", "mysql://app:8sd7f6asd5@db.acme.io/shop?ssl-mode=PREFERRED")], &["connection-tls"]),
    ("not encrypted, in pieces", &[("MYSQL_HOST", "db.acme.io"), ("MYSQL_USER", "app"), ("MYSQL_PASSWORD", "8sd7f6asd5"), ("MYSQL_SSL_MODE", "disabled")], &["connection-tls"]),
    ("two words for TLS", &[("DATABASE_URL", "mysql://app:8sd7f6asd5@db.acme.io/shop?ssl-mode=REQUIRED&ssl=false")], &["connection-conflict"]),
    ("no password", &[("DATABASE_URL", "mysql://app@db.acme.io/shop?ssl=true")], &["connection-password-missing"]),
    ("root/root", &[("DATABASE_URL", "mysql://root:root@db.acme.io/shop?ssl=true")], &["connection-default-password"]),
    ("root/mysql", &[("MYSQL_HOST", "db"), ("MYSQL_USER", "root"), ("MYSQL_PASSWORD", "mysql")], &["connection-default-password"]),
    ("the database's own name", &[("DATABASE_URL", "mysql://app:shop2024@db.acme.io/shop?ssl=true")], &["connection-default-password"]),
    ("an example", &[("DATABASE_URL", "mysql://username:password@db.acme.io/dbname?ssl=true")], &["connection-default-password", "connection-placeholder"]),
    ("the own machine", &[("DATABASE_URL", "mysql://app:8sd7f6asd5@127.0.0.1/shop")], &["connection-loopback"]),
    ("PostgreSQL", &[("DATABASE_URL", "postgres://app:8sd7f6asd5@db.acme.io/shop")], &["connection-malformed"]),
    ("unknown protection", &[("DATABASE_URL", "mysql://app:8sd7f6asd5@db.acme.io/shop?ssl=true&sslcrl=/crl")], &["connection-parameter-security"]),
    ("an unknown word", &[("DATABASE_URL", "mysql://app:8sd7f6asd5@db.acme.io/shop?ssl-mode=maybe")], &["connection-malformed"]),
    ("two URLs", &[("DATABASE_URL", "mysql://app:8sd7f6asd5@a.acme.io/shop"), ("MYSQL_URL", "mysql://app:8sd7f6asd5@b.acme.io/shop")], &["setting-conflict"]),
    ("a secret of RDS", &[("DATABASE_URL", "{\"username\":\"app\",\"password\":\"8sd7f6asd5\"}")], &["secret-json"]),
    ("nothing", &[], &["secret-missing"]),
];

#[test]
fn what_is_unsafe_or_unreadable_does_not_start_in_production() {
    for (name, variables, expected) in UNHEALTHY {
        let outcome = load::<Mysql>(environment("production", variables));
        assert_eq!(codes(&outcome, Severity::Error), *expected, "{name}");
    }
}

#[test]
fn a_laptop_needs_neither_tls_nor_a_password_of_its_own() {
    for variables in [
        &[("DATABASE_URL", "mysql://root:root@localhost/shop")][..],
        &[("DATABASE_URL", "mysql://root@127.0.0.1/shop")],
        &[("MYSQL_HOST", "mariadb"), ("MYSQL_USER", "root"), ("MYSQL_PASSWORD", "password")],
    ] {
        let outcome = load::<Mysql>(environment("development", variables));
        assert_eq!(codes(&outcome, Severity::Note), [""; 0], "{variables:?}");
    }
}

#[test]
fn sqlx_gets_a_url_with_the_mode_that_is_enforced() {
    for (from, to) in [
        ("mysql://a:p@s8@db.acme.io/shop", "mysql://a:p%40s8@db.acme.io:3306/shop?ssl-mode=REQUIRED"),
        (
            "mysql://a:p8sd@db.acme.io/shop?sslaccept=strict&sslcert=/ca.pem",
            "mysql://a:p8sd@db.acme.io:3306/shop?ssl-mode=VERIFY_IDENTITY&ssl-ca=%2Fca.pem",
        ),
        ("mysql://a:p8sd@localhost/shop?socket=/run/m.sock", "mysql://a:p8sd@localhost/shop?socket=%2Frun%2Fm.sock"),
    ] {
        let mysql = load::<Mysql>(environment("production", &[("DATABASE_URL", from)])).unwrap();
        assert_eq!(mysql.expose_url().as_str(), to);
    }
}

#[test]
fn each_piece_arrives_as_it_was_set() {
    let variables = [
        ("MYSQL_HOST", "db.acme.io"),
        ("MYSQL_PORT", "3307"),
        ("MYSQL_USER", "app"),
        ("MYSQL_PASSWORD", "p@s/s?8"),
        ("MYSQL_DATABASE", "shop"),
    ];
    let mysql = load::<Mysql>(environment("production", &variables)).unwrap();
    assert_eq!((mysql.host().as_str(), mysql.port(), mysql.database()), ("db.acme.io", 3307, Some("shop")));
    assert_eq!((mysql.username(), mysql.expose_password()), (Some("app"), Some("p@s/s?8")));
}
