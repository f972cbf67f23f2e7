//! Connections to other servers than PostgreSQL.

use hardened::{
    Loader,
    connections::{Mysql, Otlp, Redis, S3, Smtp},
    load::Reason,
    rule,
};

use crate::book::{Book, environment};

/// The name of the case, and the URL.
#[rustfmt::skip]
const REDIS: &[(&str, &str)] = &[
    ("another server", "postgres://app:8sd7f6asd5@cache.acme.io/shop"),
    ("an unknown scheme", "redos://:8sd7f6asd5@cache.acme.io"),
    ("no scheme", "cache.acme.io:6379"),
    ("no host", "rediss://:8sd7f6asd5@:6379"),
    ("not a host", "rediss://:8sd7f6asd5@1.2.3.4.5"),
    ("several hosts", "rediss://:8sd7f6asd5@a.acme.io,b.acme.io"),
    ("two readings", "rediss://:p@a/b@cache.acme.io"),
    ("two paths", "rediss://:8sd7f6asd5@cache.acme.io/0/1"),
    ("not the number of a database", "rediss://:8sd7f6asd5@cache.acme.io/shop"),
    ("a relative path of a socket", "unix://run/redis.sock"),
    ("two databases", "rediss://:8sd7f6asd5@cache.acme.io/1?db=2"),
    ("a parameter twice", "rediss://:8sd7f6asd5@cache.acme.io?db=1&db=2"),
    ("an unknown word", "rediss://:8sd7f6asd5@cache.acme.io?ssl_cert_reqs=maybe"),
    ("an assignment", "REDIS_URL=rediss://:8sd7f6asd5@cache.acme.io"),
    ("a command", "redis-cli -u rediss://:8sd7f6asd5@cache.acme.io"),
    ("a password that is not encoded", "rediss://:8sd7/f6asd5@cache.acme.io"),
    ("an example", "rediss://default:<password>@cache.acme.io"),
    ("an example user", "rediss://{user}:8sd7f6asd5@cache.acme.io"),
    ("an example host", "rediss://default:8sd7f6asd5@your-endpoint.upstash.io"),
    ("an example number", "rediss://default:8sd7f6asd5@<host>:6379"),
    ("a JSON object", "{\"host\":\"cache.acme.io\"}"),
    ("a password of tutorials", "rediss://:foobared@cache.acme.io"),
    ("no password", "rediss://cache.acme.io"),
    ("not encrypted", "redis://:8sd7f6asd5@cache.acme.io"),
    ("not encrypted, in a private network", "redis://:8sd7f6asd5@cache"),
    ("a certificate that is not checked", "rediss://:8sd7f6asd5@cache.acme.io#insecure"),
    ("the own machine", "redis://:8sd7f6asd5@localhost"),
    ("parameters without effect", "rediss://:8sd7f6asd5@cache.acme.io?client_name=shop&hunter2=x"),
    ("unknown parameters of TLS", "rediss://:8sd7f6asd5@cache.acme.io?ssl_ca_certs=/ca.pem"),
];

const BUCKET: (&str, &str) = ("S3_BUCKET", "acme-uploads");
const KEY: (&str, &str) = ("AWS_ACCESS_KEY_ID", "AKIAQ3EGWXYZ8SD7F6AS");

#[rustfmt::skip]
const S3_ROWS: &[(&str, &[(&str, &str)])] = &[
    ("not the name of a bucket", &[("S3_BUCKET", "s3://acme-uploads")]),
    ("an example bucket", &[("S3_BUCKET", "your-bucket")]),
    ("an object store without TLS", &[BUCKET, ("S3_ENDPOINT", "http://s3.acme.io")]),
    ("an object store of every service, without TLS", &[BUCKET, ("AWS_ENDPOINT_URL", "http://s3.acme.io")]),
    ("an object store on the own machine", &[BUCKET, ("S3_ENDPOINT", "http://localhost:9000")]),
    ("an endpoint without a scheme", &[BUCKET, ("S3_ENDPOINT", "minio:9000")]),
    ("an endpoint with keys", &[BUCKET, ("S3_ENDPOINT", "https://AKIA:8sd7f6asd5@minio.acme.io")]),
    ("not an endpoint", &[BUCKET, ("S3_ENDPOINT", "https://minio.acme.io:99999")]),
    ("an endpoint with a template", &[BUCKET, ("S3_ENDPOINT", "https://${ACCOUNT_ID}.r2.cloudflarestorage.com")]),
    ("an example endpoint", &[BUCKET, ("S3_ENDPOINT", "https://your-host.acme.io")]),
    ("a key without its secret", &[BUCKET, KEY]),
    ("a secret without its key", &[BUCKET, ("AWS_SECRET_ACCESS_KEY", "8sd7f6asd5Zk3vT9")]),
    ("a token without a key", &[BUCKET, ("AWS_SESSION_TOKEN", "8sd7f6asd5Zk3vT9")]),
    ("an example key", &[BUCKET, ("AWS_ACCESS_KEY_ID", "your_key"), ("AWS_SECRET_ACCESS_KEY", "8sd7f6asd5Zk3vT9")]),
    ("an example secret", &[BUCKET, KEY, ("AWS_SECRET_ACCESS_KEY", "<your-secret>")]),
    ("the keys of an image", &[BUCKET, ("AWS_ACCESS_KEY_ID", "minioadmin"), ("AWS_SECRET_ACCESS_KEY", "minioadmin")]),
];

#[rustfmt::skip]
const OTLP_ROWS: &[(&str, &[(&str, &str)])] = &[
    ("a collector without TLS", &[("OTEL_EXPORTER_OTLP_ENDPOINT", "http://api.acme.io")]),
    ("headers in another form", &[("OTEL_EXPORTER_OTLP_HEADERS", "x-team: 8sd7f6asd5")]),
    ("a header that is not encoded", &[("OTEL_EXPORTER_OTLP_HEADERS", "x-team=50%")]),
    ("headers with white space", &[("OTEL_EXPORTER_OTLP_HEADERS", "x-team=8sd7f6asd5Zk3vT9wq ")]),
    ("an example of a header", &[("OTEL_EXPORTER_OTLP_HEADERS", "x-scope=shop,x-team=your-api-key")]),
    ("a template in a header", &[("OTEL_EXPORTER_OTLP_HEADERS", "x-team=${API_KEY}")]),
];

pub(crate) fn book() -> Book {
    let mut book = Book::default();
    for (name, url) in REDIS {
        book.load_in::<Redis>(name, environment("production", &[("REDIS_URL", url)]));
    }
    let fly = [("FLY_APP_NAME", "shop"), ("REDIS_URL", "redis://:8sd7f6asd5@shop-cache.flycast")];
    book.load_in::<Redis>("a platform's encrypted network", environment("production", &fly));
    let pieces = [("REDIS_HOST", "cache.acme.io"), ("REDIS_PASSWORD", "8sd7f6asd5")];
    book.load_in::<Redis>("encryption that is not set", environment("production", &pieces));
    let heroku =
        [("DYNO", "web.1"), ("REDIS_URL", "rediss://:8sd7f6asd5@ec2-3-221-13-7.compute-1.amazonaws.com:21070")];
    book.load_in::<Redis>("a certificate of Heroku's own", environment("production", &heroku));
    let mail = [("SMTP_URL", "smtp://app:8sd7f6asd5@mail.acme.io?tls=opportunistic")];
    book.load_in::<Smtp>("encryption if the server offers it", environment("production", &mail));
    book.load_in::<Smtp>("another server for mail", environment("production", &[("SMTP_URL", "http://mail.acme.io")]));
    book.load_in::<Smtp>("no server for mail", environment("production", &[]));
    let mail = [("SMTP_URL", "smtps://app:8sd7f6asd5@mail.acme.io/<name>")];
    book.load_in::<Smtp>("an example name of the client", environment("production", &mail));
    book.load_in::<Smtp>("a JSON object for mail", environment("production", &[("SMTP_URL", "{\"host\":\"mail\"}")]));
    for (name, url) in [
        ("two words for encryption", "mysql://app:8sd7f6asd5@db.acme.io/shop?ssl-mode=REQUIRED&ssl=false"),
        ("a certificate that is checked in part", "mysql://app:8sd7f6asd5@db.acme.io/shop?ssl-mode=VERIFY_CA"),
        ("another database", "postgres://app:8sd7f6asd5@db.acme.io/shop"),
        ("a secret of RDS", "{\"username\":\"app\"}"),
        ("two paths of MySQL", "mysql://app:8sd7f6asd5@db.acme.io/a/b"),
        ("two passwords", "mysql://app:8sd7f6asd5@db.acme.io/shop?password=other"),
        ("not an escape", "mysql://app:8sd7f6asd5@db.acme.io/50%"),
    ] {
        book.load_in::<Mysql>(name, environment("production", &[("MYSQL_URL", url)]));
    }
    book.load_in::<Mysql>("no MySQL", environment("production", &[]));
    book.rows::<S3>("production", S3_ROWS);
    book.rows::<Otlp>("production", OTLP_ROWS);
    book.load_in::<Redis>("nothing", environment("production", &[]));
    let mesh = environment("production", &[("REDIS_URL", "redis://:8sd7f6asd5@cache.mesh.acme.io")]);
    let reason = Reason::new("WireGuard below").host(".mesh.acme.io");
    book.load::<Redis>("a waiver", Loader::new().environment(mesh).waive(rule::CONNECTION_TLS, "REDIS_URL", reason));
    book
}
