//! Database URLs that are malformed or ambiguous.

use hardened::Database;

use crate::book::{Book, environment};

/// The name of the case, and the text.
#[rustfmt::skip]
const ROWS: &[(&str, &str)] = &[
    ("white space around it", " postgres://u:8sd7f6asd5@db.acme.io/shop\n"),
    ("quotes", "'postgres://u:8sd7f6asd5@db.acme.io/shop'"),
    ("its own name", "DATABASE_URL=postgres://u:8sd7f6asd5@db.acme.io/shop"),
    ("a command", "psql 'postgres://u:8sd7f6asd5@db.acme.io/shop'"),
    ("a line break inside", "postgres://u:8sd7f\n6asd5@db.acme.io/shop"),
    ("an invisible character", "postgres://u:8sd7f6asd5@db.acme.io/shop\u{200b}"),
    ("a JSON object", "{\"username\":\"u\",\"password\":\"8sd7f6asd5\",\"host\":\"h\"}"),
    ("a reference", "${{Postgres.DATABASE_URL}}"),
    ("another database", "mysql://u:8sd7f6asd5@db.acme.io/shop"),
    ("an unknown scheme", "postgre://u:8sd7f6asd5@db.acme.io/shop"),
    ("a file", "sqlite:app.db"),
    ("a connection string", "host=h user=u password=8sd7f6asd5 dbname=db"),
    ("no scheme", "u:8sd7f6asd5@db.acme.io/shop"),
    ("a password with a percent sign", "postgres://u:p%ss@db.acme.io/shop"),
    ("a password with a control character", "postgres://u:p%00ss@db.acme.io/shop"),
    ("a user with a percent sign", "postgres://u%:8sd7f6asd5@db.acme.io/shop"),
    ("a database name with a percent sign", "postgres://u:8sd7f6asd5@db.acme.io/50%"),
    ("a parameter with a percent sign", "postgres://u:8sd7f6asd5@db.acme.io/shop?application_name=50%"),
    ("a socket with a percent sign", "postgres://u:8sd7f6asd5@%2Frun%zz/shop"),
    ("a password that could end in two places", "postgres://u:p@a/b@db.acme.io/shop"),
    ("a password that is not encoded", "postgres://u:p@s#s@db.acme.io/shop?sslmode=require"),
    ("a password with a slash and a question mark", "postgres://u:p/s?s@db.acme.io/shop?sslmode=require"),
    ("another host for other programs", "postgres://u:p@evil,x@db.acme.io/shop?sslmode=require"),
    ("no host behind the @", "postgres://u:8sd7f6asd5@db!/shop"),
    ("no @", "postgres://u:8sd7f6asd5"),
    ("a fragment", "postgres://u:8sd7f6asd5@db.acme.io/shop#x"),
    ("two paths", "postgres://u:8sd7f6asd5@db.acme.io/shop/x"),
    ("parameters without a question mark", "postgres://u:8sd7f6asd5@db.acme.io/shop&sslmode=require"),
    ("a semicolon behind it", "postgres://u:8sd7f6asd5@db.acme.io/shop;"),
    ("two hosts", "postgres://u:8sd7f6asd5@h1,h2/shop"),
    ("two hosts in a parameter", "postgres://u:8sd7f6asd5@/shop?host=h1,h2"),
    ("two parameters for the host", "postgres://u:8sd7f6asd5@/shop?host=h1&host=h2"),
    ("an international name", "postgres://u:8sd7f6asd5@b\u{fc}cher.example/shop"),
    ("not a host", "postgres://u:8sd7f6asd5@1.2.3.4.5/shop"),
    ("not a port", "postgres://u:8sd7f6asd5@db.acme.io:99999/shop"),
    ("two hosts that differ", "postgres://u:8sd7f6asd5@db.acme.io/shop?host=other.acme.io"),
    ("two ports", "postgres://u:8sd7f6asd5@db.acme.io:5432/shop?port=5433"),
    ("two passwords", "postgres://u:8sd7f6asd5@db.acme.io/shop?password=other"),
    ("two users", "postgres://u:8sd7f6asd5@db.acme.io/shop?user=other"),
    ("two databases", "postgres://u:8sd7f6asd5@db.acme.io/shop?dbname=other"),
    ("a name as hostaddr", "postgres://u:8sd7f6asd5@db.acme.io/shop?hostaddr=other.acme.io"),
    ("one parameter twice", "postgres://u:8sd7f6asd5@db.acme.io/shop?sslmode=require&sslmode=disable"),
    ("sslmode and ssl", "postgres://u:8sd7f6asd5@db.acme.io/shop?sslmode=require&ssl=false"),
    ("an unknown sslmode", "postgres://u:8sd7f6asd5@db.acme.io/shop?sslmode=on"),
    ("an unknown ssl", "postgres://u:8sd7f6asd5@db.acme.io/shop?ssl=maybe"),
    ("a certificate without its key", "postgres://u@db.acme.io/shop?sslmode=verify-full&sslcert=/c"),
    ("an unknown value of a parameter", "postgres://u:8sd7f6asd5@db.acme.io/shop?sslmode=require&channel_binding=bogus"),
    ("not options", "postgres://u:8sd7f6asd5@db.acme.io/shop?options=-d%205"),
    ("a statement cache of a word", "postgres://u:8sd7f6asd5@db.acme.io/shop?statement_cache_size=many"),
    ("parameters without effect", "postgres://u:8sd7f6asd5@db.acme.io/shop?sslmode=require&channel_binding=require&hunter2=x"),
    ("protection that is not given", "postgres://u:8sd7f6asd5@db.acme.io/shop?sslmode=verify-full&sslcrl=/x"),
    ("unknown parameters of TLS", "postgres://u:8sd7f6asd5@db.acme.io/shop?sslmod=require"),
    ("words in brackets", "postgres://u:<YOUR PASSWORD>@db.acme.io/shop"),
    ("an example's host and port", "postgresql://user:password@hostname:port/database"),
];

pub(crate) fn book() -> Book {
    let mut book = Book::default();
    for (name, url) in ROWS {
        book.load_in::<Database>(name, environment("production", &[("DATABASE_URL", url)]));
    }
    let long = format!("postgres://u:{}@db.acme.io/shop", "x".repeat(8192));
    book.load_in::<Database>("8 KiB and more", environment("production", &[("DATABASE_URL", &long)]));
    book
}
