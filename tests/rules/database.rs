//! Database URLs that can be parsed, but must not be used.

use std::path::Path;

use hardened::Database;

use crate::{
    book::{Book, environment},
    support::Scratch,
};

const URL: &str = "DATABASE_URL";
const GOOD: (&str, &str) = (URL, "postgres://u:8sd7f6asd5@db.acme.io/shop?sslmode=require");
const NEON: &str = "postgresql://alex:8sd7f6asd5@ep-cool-1-pooler.us-east-2.aws.neon.tech/db?sslmode=require";
const FLY: (&str, &str) = ("FLY_APP_NAME", "shop");

#[rustfmt::skip]
const ROWS: &[(&str, &[(&str, &str)])] = &[
    ("no database", &[]),
    ("no sslmode", &[(URL, "postgres://u:8sd7f6asd5@db.acme.io/shop")]),
    ("no encryption", &[(URL, "postgres://u:8sd7f6asd5@db.acme.io/shop?sslmode=disable")]),
    ("encryption that falls back", &[(URL, "postgres://u:8sd7f6asd5@db.acme.io/shop?sslmode=prefer")]),
    ("no encryption inside a private network", &[FLY, (URL, "postgres://u:8sd7f6asd5@shop-db.flycast/shop?sslmode=disable")]),
    ("a certificate for any host", &[(URL, "postgres://u:8sd7f6asd5@db.acme.io/shop?sslmode=verify-ca&sslrootcert=/ca.pem")]),
    ("a certificate for another host", &[(URL, "postgres://u:8sd7f6asd5@db.acme.io/shop?sslmode=verify-full&hostaddr=10.0.0.1")]),
    ("an authority that nobody asks", &[(URL, "postgres://u:8sd7f6asd5@db.acme.io/shop?sslmode=prefer&sslrootcert=/ca.pem")]),
    ("the service's own machine", &[(URL, "postgres://u:8sd7f6asd5@127.0.0.1/shop?sslmode=disable")]),
    ("no password", &[(URL, "postgres://u@db.acme.io/shop?sslmode=require")]),
    ("a default password", &[(URL, "postgres://postgres:postgres@db.acme.io/shop?sslmode=require")]),
    ("the password of an example", &[(URL, "postgres://u:your_db_password@db.acme.io/shop?sslmode=require")]),
    ("the host of an example", &[(URL, "postgres://u:8sd7f6asd5@db.yourdomain.com/shop?sslmode=require")]),
    ("the user of an example", &[(URL, "postgres://{user}:8sd7f6asd5@db.acme.io/shop?sslmode=require")]),
    ("the database of an example", &[(URL, "postgres://u:8sd7f6asd5@db.acme.io/your_database?sslmode=require")]),
    ("no user", &[(URL, "postgres://db.acme.io/shop?sslmode=require&password=8sd7f6asd5")]),
    ("no host", &[(URL, "postgres://u:8sd7f6asd5@/shop")]),
    ("no name", &[(URL, "postgres://u:8sd7f6asd5@db.acme.io?sslmode=require")]),
    ("a pooler without prepared statements", &[(URL, "postgres://u:8sd7f6asd5@db.acme.io/shop?sslmode=require&pgbouncer=true")]),
    ("a variable that the driver follows", &[GOOD, ("PGOPTIONS", "-c geqo=off")]),
    ("connections that outlive Neon", &[(URL, NEON), ("DATABASE_POOL_IDLE", "300s")]),
    ("a pool of none", &[GOOD, ("DATABASE_POOL_MAX", "0")]),
    ("a pool that begins above its end", &[GOOD, ("DATABASE_POOL_MIN", "13")]),
    ("a timeout that is too short", &[GOOD, ("DATABASE_POOL_ACQUIRE_TIMEOUT", "99ms")]),
    ("pieces with a wrong mode", &[("PGHOST", "db.acme.io"), ("PGUSER", "u"), ("PGPASSWORD", "8sd7f6asd5"), ("PGSSLMODE", "on")]),
    ("pieces without a user", &[("PGHOST", "db.acme.io"), ("PGPASSWORD", "8sd7f6asd5")]),
];

pub(crate) fn book() -> Book {
    let mut book = Book::default();
    book.rows::<Database>("production", ROWS);
    let local = environment("development", &[(URL, "postgres:///shop")]);
    book.load_in::<Database>("no user and no host on a laptop", local);
    // Below the target directory, because others can replace files in a shared /tmp.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let scratch = Scratch::in_directory(folder);
    book.hide(scratch.path().display(), "[directory]");
    let file = scratch.file("authorities.pem", "");
    let full = environment("production", &[(URL, "postgres://u:8sd7f6asd5@db.acme.io/shop?sslmode=verify-full")]);
    let full = full.set("SSL_CERT_FILE", file);
    book.load_in::<Database>("authorities of a variable", full.clone());
    scratch.mode("authorities.pem", 0o666);
    book.load_in::<Database>("authorities that others can write", full);
    book
}
