//! The settings group for Redis, Valkey and servers with the same protocol.

use hardened_core::{manifest::Promises, text::boolean};
use zeroize::Zeroizing;

use super::{
    connection::Connection,
    dialect::{Absent, Dialect, Effect, Password, Scheme, codes},
    pieces::{More, Port, Settings},
    service_url::Service,
};
use crate::{
    Config, Setting, Tier, Violation,
    database::Tls,
    finding::Reported,
    load::Reader,
    rule,
    schema::{Field, Kind, Schema, SettingSchema},
};

/// A Redis or Valkey server: cache, queue or session store.
///
/// Variables: `REDIS_URL`; or, if a platform provides the pieces, `REDIS_HOST` with `REDIS_PORT`, `REDIS_USERNAME`,
/// `REDIS_PASSWORD`, `REDIS_DB` and `REDIS_TLS`. If `REDIS_URL` is set, the others are not read. A second server needs a
/// prefix: `#[config(nested, prefix = "QUEUE_")]` reads `QUEUE_REDIS_URL`.
///
/// In Preview and Production the connection to a server that anyone can reach is encrypted (`rediss://`) and has a
/// password. `docs/CONNECTIONS.md` lists what is permitted and prohibited, by platform.
///
/// ```
/// use hardened::{Environment, Loader, connections::Redis, database::Tls};
///
/// let environment = Environment::empty()
///     .set("ENVIRONMENT", "production")
///     .set("REDIS_URL", "rediss://default:fake-8sd7f6asd5@cool-shark-12345.upstash.io:6379");
/// let redis = Loader::new().environment(environment).load::<Redis>().unwrap();
/// assert_eq!((redis.host().as_str(), redis.port(), redis.database()), ("cool-shark-12345.upstash.io", 6379, 0));
/// assert_eq!(redis.tls(), Tls::VerifyFull);
/// // For `redis::Client::open`.
/// assert_eq!(redis.expose_url().as_str(), "rediss://default:fake-8sd7f6asd5@cool-shark-12345.upstash.io:6379/0");
/// ```
///
/// Source: <https://redis.io/docs/latest/develop/clients/connection-urls/>
///
/// # Errors
///
/// Loading refuses with `secret-missing` and the rules `connection-*`.
#[derive(Debug)]
pub struct Redis {
    tier: Tier,
    connection: Connection,
}

impl Redis {
    /// Returns the host: a name, an address, or the path of a Unix socket.
    #[must_use]
    pub fn host(&self) -> String {
        self.connection.host()
    }

    /// Returns the port; 6379 by default.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.connection.port
    }

    /// Returns the user name; if none is set, the server uses `default`.
    #[must_use]
    pub fn username(&self) -> Option<&str> {
        self.connection.user()
    }

    /// Returns the password.
    #[must_use]
    pub fn expose_password(&self) -> Option<&str> {
        self.connection.password()
    }

    /// Returns the number of the logical database; 0 by default.
    #[must_use]
    pub fn database(&self) -> u32 {
        // It has already been checked to be a number.
        self.connection.path.as_deref().and_then(|path| path.parse().ok()).unwrap_or_default()
    }

    /// Returns how the connection is encrypted: [`Tls::Disable`], [`Tls::VerifyFull`], or [`Tls::Require`] for a server
    /// whose certificate nobody can check, such as Heroku's.
    #[must_use]
    pub fn tls(&self) -> Tls {
        match self.connection.tls(self.tier) {
            // A client of Redis cannot ask whether the server offers encryption.
            Tls::Prefer => Tls::Disable,
            tls => tls,
        }
    }

    /// Returns the URL for a client, with user and password percent-encoded. It is wiped when dropped.
    ///
    /// It has the form that redis-rs reads: `#insecure` at the end means that the certificate is not checked, and
    /// `redis+unix://` is a Unix socket.
    #[must_use]
    pub fn expose_url(&self) -> Zeroizing<String> {
        if self.connection.endpoint.is_socket() {
            return self.socket_url();
        }
        let scheme = if self.tls() == Tls::Disable { "redis" } else { "rediss" };
        let mut url = self.connection.url(scheme, &[]);
        if self.tls() == Tls::Require {
            url.push_str("#insecure");
        }
        url
    }

    fn socket_url(&self) -> Zeroizing<String> {
        let connection = &self.connection;
        let (host, database) = (connection.host(), self.database().to_string());
        let mut url = Zeroizing::new(String::with_capacity(host.len().saturating_add(2048)));
        url.extend(["redis+unix://", &host, "?db=", &database]);
        for (name, value) in [("user", connection.user()), ("pass", connection.password())] {
            if let Some(value) = value {
                url.extend(["&", name, "="]);
                hardened_core::text::percent::encode_into(&mut url, value);
            }
        }
        url
    }
}

#[derive(Debug)]
struct Server;

impl Service for Server {
    const DIALECT: &'static Dialect = &Dialect {
        codes: codes("the number of the database", "redis-cli -u", "select the key that holds the URL"),
        begins: "redis:// or rediss://",
        schemes: &[
            Scheme::new("redis", 6379, Some(Tls::Disable)),
            Scheme::new("valkey", 6379, Some(Tls::Disable)),
            Scheme::new("rediss", 6379, Some(Tls::VerifyFull)),
            Scheme::new("valkeys", 6379, Some(Tls::VerifyFull)),
            Scheme::socket("redis+unix", 6379),
            Scheme::socket("valkey+unix", 6379),
            Scheme::socket("unix", 6379),
        ],
        parameters: &[
            // redis-py and Celery, as people append it to Heroku's URL.
            ("ssl_cert_reqs", Effect::Verified),
            ("db", Effect::Path),
            ("user", Effect::User),
            ("username", Effect::User),
            ("pass", Effect::Password),
            ("password", Effect::Password),
            ("protocol", Effect::Kept("protocol")),
            ("family", Effect::Without),
            ("timeout", Effect::Without),
            ("socket_timeout", Effect::Without),
            ("client_name", Effect::Without),
            ("health_check_interval", Effect::Without),
            ("max_connections", Effect::Without),
        ],
        is_path: |text| text.parse::<u32>().is_ok() && text.bytes().all(|byte| byte.is_ascii_digit()),
        absent: Absent { public: Tls::VerifyFull, private: Tls::VerifyFull },
        implicit: None,
        verifies: true,
        password: Password::Always,
        // redis-rs: <https://docs.rs/redis/latest/redis/trait.IntoConnectionInfo.html>.
        unverified: "#insecure",
    };
}

/// The value of `REDIS_TLS`: whether the connection is encrypted, or in which way.
struct Encryption(Tls);

impl Setting for Encryption {
    const KIND: Kind = Kind::Choice(&["true", "false", "verify-full", "require", "disable"]);

    fn parse(text: &str) -> Result<Self, Violation> {
        let word = text.trim().to_ascii_lowercase();
        match (boolean(&word), word.as_str()) {
            (Some(true), _) | (None, "verify-full") => Ok(Self(Tls::VerifyFull)),
            (Some(false), _) | (None, "disable") => Ok(Self(Tls::Disable)),
            (None, "require") => Ok(Self(Tls::Require)),
            _ => Err(Violation::malformed(Self::KIND.must_be())),
        }
    }
}

static URL: SettingSchema = SettingSchema::new("url", &["REDIS_URL"], Kind::Credential)
    .with_docs("The URL of the Redis server, with its password; or set REDIS_HOST and its siblings.")
    .with_example("rediss://default:{random}@cache.example.com:6379")
    .with_form("rediss://USER:PASSWORD@HOST:6379");
static HOST: SettingSchema = SettingSchema::new("host", &["REDIS_HOST", "REDISHOST"], Kind::Text)
    .with_docs("The host of the Redis server, if REDIS_URL is not set.")
    .optional();
static PORT: SettingSchema = SettingSchema::new("port", &["REDIS_PORT", "REDISPORT"], Port::KIND)
    .with_docs("The port of the Redis server, used with REDIS_HOST; 6379 if not set.")
    .optional();
static USER: SettingSchema = SettingSchema::new("username", &["REDIS_USERNAME", "REDIS_USER", "REDISUSER"], Kind::Text)
    .with_docs("The user name for the Redis server, used with REDIS_HOST; `default` if not set.")
    .optional();
static PASSWORD: SettingSchema = SettingSchema::new("password", &["REDIS_PASSWORD", "REDISPASSWORD"], Kind::Credential)
    .with_docs("The password of the user, used with REDIS_HOST.")
    .optional();
static DATABASE: SettingSchema = SettingSchema::new("db", &["REDIS_DB"], u32::KIND)
    .with_docs("The number of the logical database, used with REDIS_HOST; 0 if not set.")
    .optional();
static TLS: SettingSchema = SettingSchema::new("tls", &["REDIS_TLS", "REDIS_SSL"], Encryption::KIND)
    .with_docs("Whether the connection is encrypted, used with REDIS_HOST: true, false, or require for a certificate that cannot be checked; if not set, it is encrypted in preview and production.")
    .optional();

const SETTINGS: Settings = Settings { url: &URL, host: &HOST, port: &PORT, user: &USER, password: &PASSWORD };

const FIELDS: [Field; 7] = [
    Field::Setting(&URL),
    Field::Setting(&HOST),
    Field::Setting(&PORT),
    Field::Setting(&USER),
    Field::Setting(&PASSWORD),
    Field::Setting(&DATABASE),
    Field::Setting(&TLS),
];

impl Config for Redis {
    const SCHEMA: &'static Schema = &Schema::new("Redis", "A Redis or Valkey server.", &FIELDS);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Reported> {
        let mut connection = SETTINGS.read::<Server>(reader, |reader| {
            let database = reader.optional::<u32>(&DATABASE);
            let tls = reader.optional::<Encryption>(&TLS)?;
            let path = database?.map(|number| number.to_string());
            Ok(More { path, tls: tls.map(|tls| tls.0), scheme: "redis", port: 6379 })
        })?;
        if reader.is_on("heroku") && !connection.is_unverified && is_herokus(&connection) {
            connection.is_unverified = true;
            let fact = "Heroku signs the server's certificate itself, so it is not checked";
            let flaw = Violation::new(rule::CONNECTION_UNVERIFIED, fact).at_host(&connection.host());
            reader.check("url", Err(flaw))?;
        }
        connection.path.get_or_insert_with(|| "0".to_owned());
        Ok(Self { tier: reader.tier(), connection })
    }

    fn promise(&self, promises: &mut Promises) {
        self.connection.promise("redis", self.tier, promises);
    }
}

/// Returns whether the server is Heroku's. These have self-signed certificates, and only Heroku can change their URL:
/// <https://devcenter.heroku.com/articles/connecting-heroku-redis>.
fn is_herokus(connection: &Connection) -> bool {
    connection
        .endpoint
        .name()
        .is_some_and(|name| name.starts_with("ec2-") && name.ends_with(".amazonaws.com") && name.contains(".compute"))
}
