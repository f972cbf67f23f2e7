//! The variables of PostgreSQL's own programs, for platforms that provide the parts of a URL and cannot concatenate them.

use super::{Tls, url::Pieces};
use crate::{
    Setting, Violation,
    database::DatabaseUrl,
    finding::Reported,
    groups::{
        bounded::Number,
        password::Password,
        url::{Codes, Endpoint},
    },
    load::Reader,
    schema::{Field, Kind, SettingSchema},
};

type Port = Number<1, 65_535>;

pub(super) static HOST: SettingSchema = SettingSchema::new("host", &["PGHOST"], Kind::Text)
    .with_docs("The database's host, or the directory of its Unix socket, if DATABASE_URL is not set.")
    .optional();
static PORT: SettingSchema = SettingSchema::new("port", &["PGPORT"], Port::KIND)
    .with_docs("The database's port, used with PGHOST; 5432 if not set.")
    .optional();
static USER: SettingSchema =
    SettingSchema::new("user", &["PGUSER"], Kind::Text).with_docs("The database's role, used with PGHOST.").optional();
static PASSWORD: SettingSchema = SettingSchema::new("password", &["PGPASSWORD"], Kind::Credential)
    .with_docs("The password of the role, used with PGHOST.")
    .optional();
static DATABASE: SettingSchema = SettingSchema::new("database", &["PGDATABASE"], Kind::Text)
    .with_docs("The name of the database, used with PGHOST.")
    .optional();
static SSL_MODE: SettingSchema = SettingSchema::new("ssl_mode", &["PGSSLMODE"], Tls::KIND)
    .with_docs("How the connection is encrypted, used with PGHOST; at least require in preview and production.")
    .optional();
static SSL_ROOT_CERT: SettingSchema = SettingSchema::new("ssl_root_cert", &["PGSSLROOTCERT"], Kind::Text)
    .with_docs("The file with the certificate authority to trust, or `system`; used with PGHOST.")
    .optional();

/// The fields, in the order of the documentation.
pub(super) const FIELDS: [Field; 7] = [
    Field::Setting(&HOST),
    Field::Setting(&PORT),
    Field::Setting(&USER),
    Field::Setting(&PASSWORD),
    Field::Setting(&DATABASE),
    Field::Setting(&SSL_MODE),
    Field::Setting(&SSL_ROOT_CERT),
];

/// Reads the parts and builds a URL from them, to which the same rules apply.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<DatabaseUrl, Reported> {
    let endpoint = reader.setting::<Endpoint>(&HOST);
    let port = reader.optional::<Port>(&PORT);
    let user = reader.setting::<String>(&USER);
    let password = match reader.assumes_secrets() {
        true => reader.setting::<Password>(&PASSWORD).map(Some),
        false => reader.optional::<Password>(&PASSWORD),
    };
    let database = reader.optional::<String>(&DATABASE);
    let tls = reader.optional::<Tls>(&SSL_MODE);
    let root = reader.optional::<String>(&SSL_ROOT_CERT);
    let (endpoint, user, password, database, root) = (endpoint?, user?, password?, database?, root?);
    let pieces = Pieces {
        endpoint: &endpoint,
        port: port?.map(|port| port.0).and_then(|port| u16::try_from(port).ok()),
        user: Some(&user),
        password: password.as_ref().map(|password| password.0.expose_text()),
        database: database.as_deref(),
        tls: tls?,
        root_certificate: root.as_deref(),
        options: None,
    };
    let url = pieces.assemble().map_err(|violation| reader.refuse("host", violation))?;
    reader.check("host", url.flaws()).map(|()| url)
}

impl Setting for Endpoint {
    const KIND: Kind = Kind::Text;
    const FAMILIES: &'static [&'static str] = &["database-"];

    fn parse(text: &str) -> Result<Self, Violation> {
        Self::parse(text, &Codes::DATABASE)
    }
}

impl Setting for Tls {
    const KIND: Kind = Kind::Choice(&["disable", "prefer", "require", "verify-ca", "verify-full"]);

    fn parse(text: &str) -> Result<Self, Violation> {
        Self::of_sslmode(text).map_err(|_| Violation::malformed(Self::KIND.must_be()))
    }
}
