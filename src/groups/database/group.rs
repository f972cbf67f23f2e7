//! The settings group for the database.

use hardened_core::manifest::{DatabasePromise, Promises};
use zeroize::Zeroizing;

use super::{DatabaseUrl, Pool, Tls, direct, pieces, url::Pieces};
use crate::{
    Config, Tier, Violation,
    finding::Reported,
    groups::url::Endpoint,
    load::Reader,
    message, rule,
    schema::{Field, GroupSchema, Kind, Schema, SettingSchema},
};

/// The database's URL and the connection pool.
///
/// Variables: `DATABASE_URL` (required), or, if a platform provides the parts and cannot concatenate them, `PGHOST` with
/// `PGPORT`, `PGUSER`, `PGPASSWORD`, `PGDATABASE`, `PGSSLMODE` and `PGSSLROOTCERT`; `DATABASE_DIRECT_URL` or
/// `DATABASE_URL_UNPOOLED` for migrations that bypass a pooler; those of [`Pool`]. If a URL is set, the `PG*` variables are
/// not read.
///
/// In Preview and Production the connection is encrypted: an absent `sslmode` means `require`, and a weaker one refuses the
/// start. `require` does not verify the server: only `sslmode=verify-full` keeps out anyone who can answer in its place.
///
/// ```
/// use hardened::{Database, Environment, Loader};
/// use hardened::database::{Tls};
///
/// let environment = Environment::empty()
///     .set("ENVIRONMENT", "production")
///     .set("DATABASE_URL", "postgresql://alex:8sd7f6asd5@ep-cool-1-pooler.us-east-2.aws.neon.tech/shop");
/// let database = Loader::new().environment(environment).load::<Database>().unwrap();
/// assert_eq!(database.tls(), Tls::Require);
/// assert_eq!(database.pool().max_connections(), 12);
/// assert_eq!(database.direct_host(), "ep-cool-1.us-east-2.aws.neon.tech");
/// ```
///
/// # Errors
///
/// Loading refuses with `secret-missing`, the rules of [`DatabaseUrl`] and of [`Pool`], and, with the feature `sqlx`,
/// `database-driver-environment`. It warns with `database-idle-limit`; with the feature `sqlx` also with
/// `database-prepared-statements`, and with the feature `guard` also with `database-roots-writable`.
#[derive(Debug)]
pub struct Database {
    tier: Tier,
    url: DatabaseUrl,
    direct_url: Option<DatabaseUrl>,
    pool: Pool,
    #[cfg(feature = "guard")]
    is_own_machine_refused: bool,
}

impl Database {
    /// Returns the URL of the database.
    #[must_use]
    pub fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// Returns the settings of the connection pool.
    #[must_use]
    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    /// Returns how the connection is encrypted.
    #[must_use]
    pub fn tls(&self) -> Tls {
        self.url.tls(self.tier)
    }

    /// Returns the host for migrations, which bypasses a pooler.
    #[must_use]
    pub fn direct_host(&self) -> String {
        self.direct().1.to_string()
    }

    /// Returns the URL for another program, with the `sslmode` that this library enforces. It contains the password and
    /// is wiped when dropped. It omits client certificates.
    ///
    /// libpq, asyncpg, SQLAlchemy, node-postgres, pgx and tokio-postgres read the same host, port, user, password and
    /// database from it. What it cannot guarantee: node-postgres keeps the brackets of an IPv6 address, and the
    /// encoding of `; / ? : @ & = + $ , #` in the name of a database. Each program interprets `sslmode`, `sslrootcert`
    /// and `options` in its own way, and some do not know them all.
    #[must_use]
    pub fn expose_standard_url(&self) -> Zeroizing<String> {
        standard(&self.url, self.url.endpoint(), self.url.port(), self.tls())
    }

    /// Returns the URL for a migration program: like [`expose_standard_url`](Self::expose_standard_url), but it
    /// bypasses a pooler.
    #[must_use]
    pub fn expose_direct_url(&self) -> Zeroizing<String> {
        let (url, endpoint, port) = self.direct();
        standard(url, &endpoint, port, url.tls(self.tier))
    }

    /// Returns the target of migrations: the URL, and the endpoint to use instead of the URL's own.
    pub(super) fn direct(&self) -> (&DatabaseUrl, Endpoint, u16) {
        match &self.direct_url {
            Some(url) => (url, url.endpoint().clone(), url.port()),
            None => {
                let (endpoint, port) = direct::endpoint(&self.url);
                (&self.url, endpoint, port)
            }
        }
    }

    /// Returns whether connecting refuses a name that leads to the service's own machine.
    #[cfg(feature = "guard")]
    pub(super) fn is_own_machine_refused(&self) -> bool {
        self.is_own_machine_refused
    }

    /// Returns the tier in which the configuration was checked.
    #[cfg(feature = "sqlx")]
    pub(super) fn tier(&self) -> Tier {
        self.tier
    }
}

fn standard(url: &DatabaseUrl, endpoint: &Endpoint, port: u16, tls: Tls) -> Zeroizing<String> {
    let (user, password) = (url.user(), url.expose_password());
    Pieces {
        endpoint,
        port: Some(port),
        user: user.as_ref().map(|text| text.as_str()),
        password: password.as_ref().map(|text| text.as_str()),
        database: url.database(),
        tls: (!url.is_socket()).then_some(tls),
        root_certificate: url.root_text(),
        options: url.options_text(),
    }
    .text()
}

static URL: SettingSchema = SettingSchema::new("url", &["DATABASE_URL"], Kind::Credential)
    .with_docs("The URL of the PostgreSQL database, with its password; or set PGHOST and its siblings.")
    .with_example("postgres://app:{random}@db.example.com/app")
    .with_form("postgres://USER:PASSWORD@HOST:5432/DATABASE");
static DIRECT_URL: SettingSchema =
    SettingSchema::new("direct_url", &["DATABASE_DIRECT_URL", "DATABASE_URL_UNPOOLED"], Kind::Credential)
        .with_docs("The URL that bypasses a pooler, for migrations; derived for Neon, Supabase and Fly if not set.")
        .optional();
static POOL: GroupSchema = GroupSchema::new("pool", "", Pool::SCHEMA);

// Implemented by hand, because the derive does not support a setting that other settings can replace.
impl Config for Database {
    const SCHEMA: &'static Schema = &Schema::new("Database", "The PostgreSQL database.", &FIELDS);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Reported> {
        let is_in_pieces = !reader.is_set(&URL) && reader.is_set(&pieces::HOST);
        let url = if is_in_pieces { pieces::read(reader) } else { reader.setting(&URL) };
        let about = if is_in_pieces { "host" } else { "url" };
        let direct_url = reader.optional(&DIRECT_URL);
        let pool = reader.group(&POOL);
        let mut outcome = Ok(());
        if let Ok(url) = &url {
            outcome = reader.check(about, driver_flaws(reader, url)).and(check_roots(reader, about, url));
            if let Ok(pool) = &pool {
                outcome = outcome.and(reader.check(about, idle_fits(url, pool)));
            }
        }
        if let Ok(Some(url)) = &direct_url {
            outcome = outcome.and(check_roots(reader, "direct_url", url));
        }
        let (url, direct_url, pool) = (url?, direct_url?, pool?);
        let database = Self {
            tier: reader.tier(),
            #[cfg(feature = "guard")]
            is_own_machine_refused: {
                let subject = if is_in_pieces { "PGHOST" } else { "DATABASE_URL" };
                refuses_own_machine(reader, subject, [Some(&url), direct_url.as_ref()])
            },
            url,
            direct_url,
            pool,
        };
        outcome.map(|()| database)
    }

    fn promise(&self, promises: &mut Promises) {
        // A socket never leaves the machine, so nobody can listen on the way.
        if !self.url.is_socket() {
            promises.databases.push(DatabasePromise { group: String::new(), transport: self.tls().transport() });
        }
    }
}

const FIELDS: [Field; 10] = {
    let [host, port, user, password, database, ssl_mode, ssl_root_cert] = pieces::FIELDS;
    let (url, direct, pool) = (Field::Setting(&URL), Field::Setting(&DIRECT_URL), Field::Group(&POOL));
    [url, host, port, user, password, database, ssl_mode, ssl_root_cert, direct, pool]
};

/// Returns the violations for what sqlx does differently from the URL, if it is linked.
fn driver_flaws(reader: &Reader<'_>, url: &DatabaseUrl) -> Vec<Violation> {
    if cfg!(not(feature = "sqlx")) {
        return Vec::new();
    }
    let is_set = |name: &&'static str| reader.is_variable_set(name);
    let followed = |name| {
        Violation::new(rule::DATABASE_DRIVER_ENVIRONMENT, message!(name, " is set, and the driver would follow it"))
    };
    let mut flaws: Vec<_> = url.unwanted_variables().filter(is_set).map(followed).collect();
    if url.statement_cache() == Some(0) {
        let fact = "the pooler does not keep prepared statements, but the driver names each one";
        flaws.push(Violation::new(rule::DATABASE_PREPARED_STATEMENTS, fact));
    }
    flaws
}

/// Returns whether connecting must refuse a name that leads to the service's own machine. A waiver that accepts it
/// counts as used, because it is not known before connecting where a name leads.
#[cfg(feature = "guard")]
fn refuses_own_machine(reader: &mut Reader<'_>, subject: &'static str, urls: [Option<&DatabaseUrl>; 2]) -> bool {
    let leads_anywhere = |url: &DatabaseUrl| url.endpoint().name().is_some() && !url.endpoint().is_loopback();
    urls.into_iter().flatten().any(leads_anywhere) && reader.upholds(rule::DATABASE_LOOPBACK, subject)
}

/// Checks the authorities that the guard trusts.
#[cfg(feature = "guard")]
fn check_roots(reader: &mut Reader<'_>, about: &'static str, url: &DatabaseUrl) -> Result<(), Reported> {
    let mut outcome = Ok(());
    for (variable, violation) in super::roots::flaws(reader, url) {
        outcome = outcome.and(reader.check_variable(about, violation, variable));
    }
    outcome
}

#[cfg(not(feature = "guard"))]
fn check_roots(_: &mut Reader<'_>, _: &'static str, _: &DatabaseUrl) -> Result<(), Reported> {
    Ok(())
}

/// Checks that the pool closes idle connections before Neon suspends the database.
fn idle_fits(url: &DatabaseUrl, pool: &Pool) -> Result<(), Violation> {
    const MOST: u64 = 240;
    let idle = pool.idle_timeout().as_secs();
    if !url.endpoint().is_below(".neon.tech") || idle <= MOST {
        return Ok(());
    }
    let fact = message!("idle connections are kept for ", idle, " s; should be at most ", MOST, " s with Neon");
    Err(Violation::new(rule::DATABASE_IDLE_LIMIT, fact))
}
