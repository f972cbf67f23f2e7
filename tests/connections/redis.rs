//! Redis: URLs that platforms hand out, values that people paste, and settings that must not start.

use hardened::{Loader, connections::Redis, database::Tls, finding::Severity, load::Reason, rule};

use crate::connections::{codes, environment, load, production};

/// The name of the case, the variables, the codes of all findings, and how the connection is encrypted.
type Healthy = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str], Tls);

const RAILWAY: [(&str, &str); 2] = [("RAILWAY_PROJECT_ID", "0"), ("RAILWAY_ENVIRONMENT_NAME", "production")];

#[rustfmt::skip]
const HEALTHY: &[Healthy] = &[
    ("Upstash", &[("REDIS_URL", "rediss://default:AXXXc8sd7f6asd5NWE@us1-cool-shark-12345.upstash.io:6379")], &[], Tls::VerifyFull),
    ("Heroku", &[("DYNO", "web.1"), ("REDIS_URL", "rediss://:p8sd7f6asd5@ec2-3-221-13-7.compute-1.amazonaws.com:21070")], &["connection-unverified"], Tls::Require),
    ("Heroku in Europe", &[("DYNO", "web.1"), ("REDIS_URL", "rediss://:p8sd7f6asd5@ec2-52-214-49-109.eu-west-1.compute.amazonaws.com:23399")], &["connection-unverified"], Tls::Require),
    ("Heroku, as people edit it", &[("REDIS_URL", "rediss://:p8sd7f6asd5@ec2-3-221-13-7.compute-1.amazonaws.com:21070?ssl_cert_reqs=none")], &["connection-unverified"], Tls::Require),
    ("redis-rs without a check", &[("REDIS_URL", "rediss://:p8sd7f6asd5@cache.example.com:6380/#insecure")], &["connection-unverified"], Tls::Require),
    ("Railway", &[RAILWAY[0], RAILWAY[1], ("REDIS_URL", "redis://default:kXq8sd7f6asd5@redis.railway.internal:6379")], &["connection-tls-private"], Tls::Disable),
    ("Railway's pieces", &[RAILWAY[0], RAILWAY[1], ("REDISHOST", "redis.railway.internal"), ("REDISPORT", "6379"), ("REDISUSER", "default"), ("REDISPASSWORD", "kXq8sd7f6asd5"), ("REDIS_TLS", "false")], &["connection-tls-private"], Tls::Disable),
    ("Railway without its variables", &[("REDIS_URL", "redis://default:kXq8sd7f6asd5@redis.railway.internal:6379")], &["connection-private-network"], Tls::Disable),
    ("Fly.io, Upstash", &[("FLY_APP_NAME", "shop"), ("REDIS_URL", "redis://default:8sd7f6asd5@fly-late-waterfall-1133.upstash.io:6379")], &["connection-tls-private"], Tls::Disable),
    ("Fly.io, an app", &[("FLY_APP_NAME", "shop"), ("REDIS_URL", "redis://:8sd7f6asd5@shop-cache.internal:6379/0")], &["connection-tls-private"], Tls::Disable),
    ("Fly.io, an address", &[("FLY_APP_NAME", "shop"), ("REDIS_URL", "redis://:8sd7f6asd5@[fdaa:0:6d6b:0:1::3]:6379")], &["connection-tls-private"], Tls::Disable),
    ("Fly.io, Flycast", &[("FLY_APP_NAME", "shop"), ("REDIS_URL", "redis://:8sd7f6asd5@shop-cache.flycast")], &["connection-tls-private"], Tls::Disable),
    ("Render, internal", &[("RENDER", "true"), ("REDIS_URL", "redis://red-cabcdefghijklmnopqrs:6379")], &["connection-private-network", "connection-private-network"], Tls::Disable),
    ("Render, internal with a password", &[("REDIS_URL", "redis://default:8sd7f6asd5@red-cabcdefghijklmnopqrs:6379")], &["connection-private-network"], Tls::Disable),
    ("Render, external", &[("REDIS_URL", "rediss://red-cabcdefghijklmnopqrs:8sd7f6asd5@oregon-keyvalue.render.com:6379")], &[], Tls::VerifyFull),
    ("ElastiCache with a token", &[("REDIS_URL", "rediss://:8sd7f6asd5-8sd7f6asd5@master.shop.abc123.use1.cache.amazonaws.com:6379")], &[], Tls::VerifyFull),
    ("ElastiCache, serverless", &[("REDIS_URL", "rediss://shop-abc123.serverless.use1.cache.amazonaws.com:6379")], &["connection-private-network"], Tls::VerifyFull),
    ("ElastiCache without anything", &[("REDIS_URL", "redis://shop.abc123.0001.use1.cache.amazonaws.com:6379")], &["connection-private-network", "connection-private-network"], Tls::Disable),
    ("MemoryDB", &[("REDIS_URL", "rediss://app:8sd7f6asd5-8sd7f6asd5@clustercfg.shop.abc123.memorydb.us-east-1.amazonaws.com:6379")], &[], Tls::VerifyFull),
    ("Azure Cache", &[("REDIS_URL", "rediss://:Zk3vT9wq8sd7f6asd5sd8f7AzCaBcDeFg%3D@shop.redis.cache.windows.net:6380/0")], &[], Tls::VerifyFull),
    ("Azure Cache, not encoded", &[("REDIS_URL", "rediss://:Zk3vT9wq8sd7f6asd5sd8f7AzCaBcDeFg=@shop.redis.cache.windows.net:6380/0")], &[], Tls::VerifyFull),
    ("Azure Managed Redis", &[("REDIS_URL", "rediss://:Zk3vT9wq8sd7f6asd5@shop.westeurope.redis.azure.net:10000")], &[], Tls::VerifyFull),
    ("Redis Cloud", &[("REDIS_URL", "rediss://default:8sd7f6asd5@redis-12345.c1.us-east-1-2.ec2.redns.redis-cloud.com:12345")], &[], Tls::VerifyFull),
    ("Aiven", &[("REDIS_URL", "rediss://default:AVNS_8sd7f6asd5@shop-acme.a.aivencloud.com:12345")], &[], Tls::VerifyFull),
    ("DigitalOcean", &[("REDIS_URL", "rediss://default:AVNS_8sd7f6asd5@db-redis-fra1-1-do-user-1-0.b.db.ondigitalocean.com:25061")], &[], Tls::VerifyFull),
    ("Memorystore with a password", &[("REDIS_HOST", "10.0.0.3"), ("REDIS_PASSWORD", "8sd7f6asd5"), ("REDIS_TLS", "off")], &["connection-private-network"], Tls::Disable),
    ("Kubernetes", &[("REDIS_URL", "redis://:8sd7f6asd5@redis-master.default.svc.cluster.local:6379/2")], &["connection-private-network"], Tls::Disable),
    ("compose", &[("REDIS_URL", "redis://:8sd7f6asd5@redis:6379")], &["connection-private-network"], Tls::Disable),
    ("a Unix socket", &[("REDIS_URL", "redis+unix:///run/redis/redis.sock?db=2")], &[], Tls::Disable),
    ("Valkey", &[("REDIS_URL", "valkeys://app:8sd7f6asd5@cache.example.com")], &[], Tls::VerifyFull),
    ("RESP3", &[("REDIS_URL", "rediss://app:8sd7f6asd5@cache.example.com/?protocol=resp3")], &[], Tls::VerifyFull),
    ("pieces, encrypted unless told otherwise", &[("REDIS_HOST", "cache.example.com"), ("REDIS_PASSWORD", "8sd7f6asd5")], &["connection-tls-added"], Tls::VerifyFull),
    ("pieces", &[("REDIS_HOST", "cache.example.com"), ("REDIS_PORT", "6380"), ("REDIS_USER", "app"), ("REDIS_PASSWORD", "p@s/s?8sd#7:f"), ("REDIS_DB", "3"), ("REDIS_SSL", "true")], &[], Tls::VerifyFull),
    ("pieces beside a URL are not read", &[("REDIS_URL", "rediss://:8sd7f6asd5@cache.example.com"), ("REDIS_HOST", "localhost"), ("REDIS_PASSWORD", "redis")], &[], Tls::VerifyFull),
    ("a password that is not encoded", &[("REDIS_URL", "rediss://:8sd7/f6a#sd5@cache.example.com:6379")], &["connection-unescaped"], Tls::VerifyFull),
    ("a prefix of redis-py", &[("REDIS_URL", "rediss://:8sd7f6asd5@cache.example.com:6379?db=1&client_name=shop&hunter2=x")], &["connection-parameter", "connection-parameter"], Tls::VerifyFull),
];

#[test]
fn what_a_platform_hands_out_starts_in_production() {
    for (name, variables, expected, tls) in HEALTHY {
        let outcome = load::<Redis>(environment("production", variables));
        assert_eq!(codes(&outcome, Severity::Note), *expected, "{name}");
        assert_eq!(outcome.map(|redis| redis.tls()).ok(), Some(*tls), "{name}");
    }
}

/// The name of the case, the variables, and the codes of the errors.
type Unhealthy = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

#[rustfmt::skip]
const UNHEALTHY: &[Unhealthy] = &[
    ("not encrypted", &[("REDIS_URL", "redis://:8sd7f6asd5@cache.example.com:6379")], &["connection-tls"]),
    ("not encrypted, in pieces", &[("REDIS_HOST", "cache.example.com"), ("REDIS_PASSWORD", "8sd7f6asd5"), ("REDIS_TLS", "no")], &["connection-tls"]),
    ("another platform's network", &[("REDIS_URL", "redis://:8sd7f6asd5@shop.flycast.evil.example")], &["connection-tls"]),
    ("Render's external address without TLS", &[("REDIS_URL", "redis://default:8sd7f6asd5@oregon-keyvalue.render.com:6379")], &["connection-tls"]),
    ("no password", &[("REDIS_URL", "rediss://cache.example.com:6379")], &["connection-password-missing"]),
    ("no password, in compose", &[("REDIS_URL", "redis://redis:6379")], &["connection-password-missing"]),
    ("no password, in pieces", &[("REDIS_HOST", "redis"), ("REDIS_TLS", "false")], &["connection-password-missing"]),
    ("a blank password", &[("REDIS_URL", "rediss://:@cache.example.com:6379")], &["connection-password-missing"]),
    ("the own machine", &[("REDIS_URL", "redis://:8sd7f6asd5@localhost:6379")], &["connection-loopback"]),
    ("the own machine by another name", &[("REDIS_URL", "rediss://:8sd7f6asd5@ip6-loopback")], &["connection-loopback"]),
    ("the own machine as a number", &[("REDIS_HOST", "127.1"), ("REDIS_PASSWORD", "8sd7f6asd5")], &["connection-loopback"]),
    ("a password of tutorials", &[("REDIS_URL", "rediss://:redis@cache.example.com")], &["connection-default-password"]),
    ("that of the configuration file", &[("REDIS_URL", "rediss://:foobared@cache.example.com")], &["connection-default-password"]),
    ("that of an image", &[("REDIS_HOST", "cache.example.com"), ("REDIS_PASSWORD", "redis123"), ("REDIS_TLS", "true")], &["connection-default-password"]),
    ("user and password the same", &[("REDIS_URL", "rediss://guest:guest@cache.example.com")], &["connection-default-password"]),
    ("an example password", &[("REDIS_URL", "rediss://default:<password>@cache.example.com:6379")], &["connection-placeholder"]),
    ("an example host", &[("REDIS_URL", "rediss://default:8sd7f6asd5@your-endpoint.upstash.io:6379")], &["connection-placeholder"]),
    ("an example, unreadable", &[("REDIS_URL", "rediss://default:8sd7f6asd5@<host>:<port>")], &["connection-placeholder"]),
    ("a template", &[("REDIS_URL", "rediss://default:${REDIS_PASSWORD}@cache.example.com:6379")], &["secret-reference"]),
    ("a template of Railway", &[("REDIS_URL", "${{Redis.REDIS_URL}}")], &["secret-reference"]),
    ("a reference", &[("REDIS_URL", "op://shop/redis/url")], &["secret-reference"]),
    ("a JSON object", &[("REDIS_URL", "{\"host\":\"cache\",\"password\":\"8sd7f6asd5\"}")], &["secret-json"]),
    ("quotes", &[("REDIS_URL", "'rediss://:8sd7f6asd5@cache.example.com'")], &["secret-quoted"]),
    ("white space", &[("REDIS_URL", " rediss://:8sd7f6asd5@cache.example.com\n")], &["secret-whitespace"]),
    ("an assignment", &[("REDIS_URL", "REDIS_URL=rediss://:8sd7f6asd5@cache.example.com")], &["connection-wrapped"]),
    ("a command", &[("REDIS_URL", "redis-cli -u rediss://:8sd7f6asd5@cache.example.com")], &["connection-wrapped"]),
    ("two readings", &[("REDIS_URL", "rediss://:p@a/b@cache.example.com")], &["connection-ambiguous"]),
    ("an invisible character", &[("REDIS_URL", "rediss://:8sd7f6asd5@cache.example.com\u{200b}")], &["secret-control"]),
    ("another server", &[("REDIS_URL", "postgres://app:8sd7f6asd5@cache.example.com/shop")], &["connection-malformed"]),
    ("another scheme", &[("REDIS_URL", "redos://:8sd7f6asd5@cache.example.com")], &["connection-malformed"]),
    ("a connection string", &[("REDIS_URL", "shop.redis.cache.windows.net:6380,password=8sd7f6asd5,ssl=True")], &["connection-malformed"]),
    ("no host", &[("REDIS_URL", "rediss://:8sd7f6asd5@:6379")], &["connection-malformed"]),
    ("several hosts", &[("REDIS_URL", "rediss://:8sd7f6asd5@a.example.com:6379,b.example.com:6379")], &["connection-malformed"]),
    ("not a port", &[("REDIS_URL", "rediss://:8sd7f6asd5@cache.example.com:0")], &["connection-malformed"]),
    ("not the number of a database", &[("REDIS_URL", "rediss://:8sd7f6asd5@cache.example.com/shop")], &["connection-malformed"]),
    ("two databases", &[("REDIS_URL", "rediss://:8sd7f6asd5@cache.example.com/1?db=2")], &["connection-conflict"]),
    ("an unknown word", &[("REDIS_URL", "rediss://:8sd7f6asd5@cache.example.com?ssl_cert_reqs=maybe")], &["connection-malformed"]),
    ("unknown protection", &[("REDIS_URL", "rediss://:8sd7f6asd5@cache.example.com?ssl_ca_certs=/ca.pem")], &["connection-parameter-security"]),
    ("a URL as host", &[("REDIS_HOST", "rediss://cache.example.com"), ("REDIS_PASSWORD", "8sd7f6asd5")], &["connection-malformed"]),
    ("not a port, in pieces", &[("REDIS_HOST", "cache.example.com"), ("REDIS_PASSWORD", "8sd7f6asd5"), ("REDIS_PORT", "65536")], &["setting-malformed"]),
    ("an unknown word for TLS", &[("REDIS_HOST", "cache.example.com"), ("REDIS_PASSWORD", "8sd7f6asd5"), ("REDIS_TLS", "maybe")], &["setting-malformed"]),
    ("nothing", &[], &["secret-missing"]),
    ("a password alone", &[("REDIS_PASSWORD", "8sd7f6asd5")], &["secret-missing"]),
];

#[test]
fn what_is_unsafe_or_unreadable_does_not_start_in_production() {
    for (name, variables, expected) in UNHEALTHY {
        let outcome = load::<Redis>(environment("production", variables));
        assert_eq!(codes(&outcome, Severity::Error), *expected, "{name}");
    }
}

#[test]
fn a_laptop_needs_neither_tls_nor_a_password() {
    for tier in ["development", "test"] {
        for variables in [
            &[("REDIS_URL", "redis://localhost")][..],
            &[("REDIS_URL", "redis://:redis@127.0.0.1:6379/1")],
            &[("REDIS_URL", "redis://redis:6379")],
            &[("REDIS_HOST", "localhost")],
            &[("REDIS_HOST", "localhost"), ("REDIS_PASSWORD", "password")],
        ] {
            let outcome = load::<Redis>(environment(tier, variables));
            assert_eq!(codes(&outcome, Severity::Note), [""; 0], "{tier} {variables:?}");
        }
    }
}

#[test]
fn pieces_without_tls_are_a_plain_connection_where_nothing_enforces_it() {
    for (tier, host, url) in [
        ("development", "localhost", "redis://localhost:6379/0"),
        ("test", "redis", "redis://redis:6379/0"),
        ("development", "cache.example.com", "redis://cache.example.com:6379/0"),
    ] {
        let redis = load::<Redis>(environment(tier, &[("REDIS_HOST", host)])).unwrap();
        assert_eq!((redis.tls(), redis.expose_url().as_str()), (Tls::Disable, url), "{tier}");
    }
    let pieces = [("REDIS_HOST", "cache.example.com"), ("REDIS_PASSWORD", "8sd7f6asd5")];
    let redis = load::<Redis>(environment("production", &pieces)).unwrap();
    assert_eq!(
        (redis.tls(), redis.expose_url().as_str()),
        (Tls::VerifyFull, "rediss://:8sd7f6asd5@cache.example.com:6379/0")
    );
}

#[test]
fn each_piece_arrives_as_it_was_set() {
    let url = "rediss://app:p%40s%2Fs@cache.example.com:6380/3";
    let pieces = [("REDIS_PORT", "6380"), ("REDIS_USER", "app"), ("REDIS_PASSWORD", "p@s/s"), ("REDIS_DB", "3")];
    let mut variables = vec![("REDIS_HOST", "cache.example.com"), ("REDIS_TLS", "true")];
    variables.extend(pieces);
    for variables in [&[("REDIS_URL", url)][..], &variables] {
        let redis = load::<Redis>(environment("production", variables)).unwrap();
        assert_eq!((redis.host().as_str(), redis.port(), redis.database()), ("cache.example.com", 6380, 3));
        assert_eq!((redis.username(), redis.expose_password()), (Some("app"), Some("p@s/s")));
        assert_eq!(redis.expose_url().as_str(), url);
    }
}

#[test]
fn a_client_gets_a_url_that_it_reads_in_one_way() {
    for (from, to) in [
        ("redis://:p/s@redis:6379", "redis://:p%2Fs@redis:6379/0"),
        ("valkeys://app:8sd7@cache.example.com", "rediss://app:8sd7@cache.example.com:6379/0"),
        ("rediss://:8sd7@cache.example.com#insecure", "rediss://:8sd7@cache.example.com:6379/0#insecure"),
        ("rediss://:8sd7@[2001:db8::1]/?protocol=resp3", "rediss://:8sd7@[2001:db8::1]:6379/0?protocol=resp3"),
        ("unix:///run/r.sock?pass=p%26s&db=2", "redis+unix:///run/r.sock?db=2&pass=p%26s"),
    ] {
        let redis = load::<Redis>(environment("development", &[("REDIS_URL", from)])).unwrap();
        assert_eq!(redis.expose_url().as_str(), to);
    }
}

#[test]
fn a_mesh_that_encrypts_by_itself_takes_a_waiver_for_its_hosts() {
    let variables = [("REDIS_URL", "redis://cache.mesh.example:6379")];
    let loader = || Loader::new().environment(environment("production", &variables));
    let reason = || Reason::new("WireGuard below").host(".mesh.example");
    let waived = loader().waive(rule::CONNECTION_TLS, "REDIS_URL", reason()).waive(
        rule::CONNECTION_PASSWORD_MISSING,
        "REDIS_URL",
        reason(),
    );
    assert!(waived.load::<Redis>().is_ok());
    assert_eq!(production::<Redis>(&variables), (false, vec!["connection-password-missing", "connection-tls"]));
}

#[test]
fn a_port_that_kubernetes_makes_from_a_service_is_ignored() {
    let variables = [
        ("REDIS_HOST", "redis"),
        ("REDIS_PASSWORD", "8sd7f6asd5"),
        ("REDIS_TLS", "false"),
        ("REDIS_PORT", "tcp://10.0.0.1:6379"),
        ("REDIS_SERVICE_HOST", "10.0.0.1"),
    ];
    let redis = load::<Redis>(environment("production", &variables)).unwrap();
    assert_eq!(redis.port(), 6379);
}
