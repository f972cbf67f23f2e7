//! The settings group for MySQL and MariaDB.

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
    schema::{Field, Kind, Schema, SettingSchema},
};

/// A MySQL or MariaDB database.
///
/// Variables: `MYSQL_URL` or `DATABASE_URL`; or, if a platform provides the pieces, `MYSQL_HOST` with `MYSQL_PORT`,
/// `MYSQL_USER`, `MYSQL_PASSWORD`, `MYSQL_DATABASE` and `MYSQL_SSL_MODE`. If a URL is set, the others are not read. A
/// service that also has a PostgreSQL [`Database`](crate::Database) must give one of the two a prefix.
///
/// In Preview and Production the connection is encrypted: an absent `ssl-mode` means `REQUIRED`. That does not verify
/// the server: only `VERIFY_IDENTITY` keeps out anyone who can answer in its place. `docs/CONNECTIONS.md` lists what is
/// permitted and prohibited.
///
/// ```
/// use hardened::{Environment, Loader, connections::Mysql, database::Tls};
///
/// let environment = Environment::empty()
///     .set("ENVIRONMENT", "production")
///     .set("DATABASE_URL", "mysql://app:fake-8sd7f6asd5@aws.connect.psdb.cloud/shop?sslaccept=strict");
/// let mysql = Loader::new().environment(environment).load::<Mysql>().unwrap();
/// assert_eq!((mysql.host().as_str(), mysql.port(), mysql.database()), ("aws.connect.psdb.cloud", 3306, Some("shop")));
/// assert_eq!(mysql.tls(), Tls::VerifyFull);
/// ```
///
/// Source: <https://dev.mysql.com/doc/refman/8.4/en/connection-options.html>
///
/// # Errors
///
/// Loading refuses with `secret-missing` and the rules `connection-*`.
#[derive(Debug)]
pub struct Mysql {
    tier: Tier,
    connection: Connection,
}

impl Mysql {
    /// Returns the host: a name, an address, or the path of a Unix socket.
    #[must_use]
    pub fn host(&self) -> String {
        self.connection.host()
    }

    /// Returns the port; 3306 by default.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.connection.port
    }

    /// Returns the user name.
    #[must_use]
    pub fn username(&self) -> Option<&str> {
        self.connection.user()
    }

    /// Returns the password.
    #[must_use]
    pub fn expose_password(&self) -> Option<&str> {
        self.connection.password()
    }

    /// Returns the name of the database.
    #[must_use]
    pub fn database(&self) -> Option<&str> {
        self.connection.path.as_deref()
    }

    /// Returns how the connection is encrypted: `VERIFY_IDENTITY` is [`Tls::VerifyFull`].
    #[must_use]
    pub fn tls(&self) -> Tls {
        self.connection.tls(self.tier)
    }

    /// Returns the URL for sqlx, with the `ssl-mode` that this library enforces. It contains the password and is wiped when
    /// dropped.
    #[must_use]
    pub fn expose_url(&self) -> Zeroizing<String> {
        let mode = MODES.iter().find(|(_, tls)| *tls == self.tls()).map_or("REQUIRED", |(mode, _)| mode);
        let host = self.host();
        let parameters = [("ssl-mode", mode), ("socket", host.as_str())];
        let (with_host, with_socket) = (parameters.get(..1), parameters.get(1..));
        let parameters = if self.connection.endpoint.is_socket() { with_socket } else { with_host };
        self.connection.url("mysql", parameters.unwrap_or_default())
    }
}

/// The values of `ssl-mode`: <https://dev.mysql.com/doc/refman/8.4/en/connection-options.html#option_general_ssl-mode>
const MODES: [(&str, Tls); 5] = [
    ("DISABLED", Tls::Disable),
    ("PREFERRED", Tls::Prefer),
    ("REQUIRED", Tls::Require),
    ("VERIFY_CA", Tls::VerifyCa),
    ("VERIFY_IDENTITY", Tls::VerifyFull),
];

#[derive(Debug)]
struct Server;

impl Service for Server {
    const DIALECT: &'static Dialect = &Dialect {
        codes: codes(
            "the database name",
            "",
            "select the key that holds the URL; a secret of Amazon RDS has none: select host, username and password into MYSQL_HOST, MYSQL_USER and MYSQL_PASSWORD (ECS: `arn:…:KEY::`)",
        ),
        begins: "mysql://",
        schemes: &[Scheme::new("mysql", 3306, None), Scheme::new("mariadb", 3306, None)],
        parameters: &[
            ("ssl_mode", Effect::Tls(of_mode)),
            ("sslmode", Effect::Tls(of_mode)),
            ("ssl", Effect::Tls(of_ssl)),
            ("tls", Effect::Tls(of_ssl)),
            ("usessl", Effect::Tls(of_ssl)),
            ("requiressl", Effect::Tls(of_ssl)),
            ("require_ssl", Effect::Tls(of_ssl)),
            ("sslaccept", Effect::Tls(of_prisma)),
            ("ssl_ca", Effect::Kept("ssl-ca")),
            ("sslca", Effect::Kept("ssl-ca")),
            ("sslrootcert", Effect::Kept("ssl-ca")),
            ("sslcert", Effect::Kept("ssl-ca")),
            ("ssl_cert", Effect::Kept("ssl-cert")),
            ("ssl_key", Effect::Kept("ssl-key")),
            ("user", Effect::User),
            ("password", Effect::Password),
            ("socket", Effect::Socket),
            ("unix_socket", Effect::Socket),
            ("charset", Effect::Kept("charset")),
            ("collation", Effect::Kept("collation")),
            ("timezone", Effect::Kept("timezone")),
            ("statement_cache_capacity", Effect::Kept("statement-cache-capacity")),
            ("serverversion", Effect::Without),
            ("connection_limit", Effect::Without),
            ("pool_timeout", Effect::Without),
            ("connect_timeout", Effect::Without),
            ("socket_timeout", Effect::Without),
            ("parsetime", Effect::Without),
        ],
        is_path: |text| !text.contains('\0'),
        absent: Absent { public: Tls::Require, private: Tls::Require },
        implicit: None,
        verifies: false,
        password: Password::Always,
        unverified: "",
    };
}

/// Parses `ssl-mode`, also in PostgreSQL's words.
fn of_mode(text: &str) -> Option<Tls> {
    let word = text.to_ascii_uppercase().replace('-', "_");
    let known = MODES.iter().find(|(mode, _)| *mode == word).map(|(_, tls)| *tls);
    known.or(match word.as_str() {
        "DISABLE" => Some(Tls::Disable),
        "PREFER" => Some(Tls::Prefer),
        "REQUIRE" => Some(Tls::Require),
        "VERIFY_FULL" => Some(Tls::VerifyFull),
        _ => None,
    })
}

/// Parses a boolean, the object of mysql2 that PlanetScale provides, or a word of Go's driver.
fn of_ssl(text: &str) -> Option<Tls> {
    let word: String = text.to_ascii_lowercase().chars().filter(|symbol| !symbol.is_whitespace()).collect();
    match (boolean(&word), word.as_str()) {
        (Some(true), _) | (None, "skip-verify" | "{\"rejectunauthorized\":false}" | "{}") => Some(Tls::Require),
        (Some(false), _) => Some(Tls::Disable),
        (None, "{\"rejectunauthorized\":true}") => Some(Tls::VerifyFull),
        _ => of_mode(&word),
    }
}

/// Parses Prisma's `sslaccept`: <https://www.prisma.io/docs/orm/overview/databases/mysql>
fn of_prisma(text: &str) -> Option<Tls> {
    match text.to_ascii_lowercase().as_str() {
        "strict" => Some(Tls::VerifyFull),
        "accept_invalid_certs" => Some(Tls::Require),
        _ => None,
    }
}

/// The value of `MYSQL_SSL_MODE`.
struct Mode(Tls);

impl Setting for Mode {
    const KIND: Kind = Kind::Choice(&["disabled", "preferred", "required", "verify-ca", "verify-identity"]);

    fn parse(text: &str) -> Result<Self, Violation> {
        of_mode(text.trim()).map(Self).ok_or_else(|| Violation::malformed(Self::KIND.must_be()))
    }
}

static URL: SettingSchema = SettingSchema::new("url", &["MYSQL_URL", "DATABASE_URL"], Kind::Credential)
    .with_docs("The URL of the MySQL database, with its password; or set MYSQL_HOST and its siblings.")
    .with_example("mysql://app:{random}@db.example.com/app")
    .with_form("mysql://USER:PASSWORD@HOST:3306/DATABASE");
static HOST: SettingSchema = SettingSchema::new("host", &["MYSQL_HOST", "MYSQLHOST"], Kind::Text)
    .with_docs("The host of the MySQL database, if no URL is set.")
    .optional();
static PORT: SettingSchema = SettingSchema::new("port", &["MYSQL_PORT", "MYSQLPORT"], Port::KIND)
    .with_docs("The port of the MySQL database, used with MYSQL_HOST; 3306 if not set.")
    .optional();
static USER: SettingSchema = SettingSchema::new("user", &["MYSQL_USER", "MYSQLUSER"], Kind::Text)
    .with_docs("The user of the MySQL database, used with MYSQL_HOST.")
    .optional();
static PASSWORD: SettingSchema = SettingSchema::new("password", &["MYSQL_PASSWORD", "MYSQLPASSWORD"], Kind::Credential)
    .with_docs("The password of the user, used with MYSQL_HOST.")
    .optional();
static DATABASE: SettingSchema = SettingSchema::new("database", &["MYSQL_DATABASE", "MYSQLDATABASE"], Kind::Text)
    .with_docs("The name of the database, used with MYSQL_HOST.")
    .optional();
static SSL_MODE: SettingSchema = SettingSchema::new("ssl_mode", &["MYSQL_SSL_MODE"], Mode::KIND)
    .with_docs("How the connection is encrypted, used with MYSQL_HOST; at least required in preview and production.")
    .optional();

const SETTINGS: Settings = Settings { url: &URL, host: &HOST, port: &PORT, user: &USER, password: &PASSWORD };

const FIELDS: [Field; 7] = [
    Field::Setting(&URL),
    Field::Setting(&HOST),
    Field::Setting(&PORT),
    Field::Setting(&USER),
    Field::Setting(&PASSWORD),
    Field::Setting(&DATABASE),
    Field::Setting(&SSL_MODE),
];

impl Config for Mysql {
    const SCHEMA: &'static Schema = &Schema::new("Mysql", "A MySQL or MariaDB database.", &FIELDS);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Reported> {
        let connection = SETTINGS.read::<Server>(reader, |reader| {
            let path = reader.optional::<String>(&DATABASE);
            let tls = reader.optional::<Mode>(&SSL_MODE)?;
            Ok(More { path: path?, tls: tls.map(|mode| mode.0), scheme: "mysql", port: 3306 })
        })?;
        Ok(Self { tier: reader.tier(), connection })
    }

    fn promise(&self, promises: &mut Promises) {
        self.connection.promise("mysql", self.tier, promises);
    }
}
