//! Reads a connection from one URL, or from pieces if a platform provides those.

use zeroize::Zeroizing;

use super::{
    connection::Connection,
    parameters::Parameters,
    parse::checked,
    service_url::{Host, Service, ServiceUrl},
};
use crate::{
    database::Tls,
    finding::Reported,
    groups::{bounded::Number, password::Password, url::Wrapping},
    load::Reader,
    schema::SettingSchema,
};

/// The port of a server.
pub(super) type Port = Number<1, 65_535>;

/// The settings that every kind of server has.
pub(super) struct Settings {
    pub(super) url: &'static SettingSchema,
    pub(super) host: &'static SettingSchema,
    pub(super) port: &'static SettingSchema,
    pub(super) user: &'static SettingSchema,
    pub(super) password: &'static SettingSchema,
}

/// The settings that only some kinds of server have, and the default port.
pub(super) struct More {
    pub(super) path: Option<String>,
    pub(super) tls: Option<Tls>,
    pub(super) scheme: &'static str,
    pub(super) port: u16,
}

impl Settings {
    /// Reads the URL; or the pieces, if only the host is set. `more` reads what only this kind of server has.
    pub(super) fn read<S: Service>(
        &self,
        reader: &mut Reader<'_>,
        more: fn(&mut Reader<'_>) -> Result<More, Reported>,
    ) -> Result<Connection, Reported> {
        if reader.is_set(self.url) || !reader.is_set(self.host) {
            return reader.setting::<ServiceUrl<S>>(self.url).map(|url| url.0);
        }
        let endpoint = reader.setting::<Host<S>>(self.host);
        let port = reader.optional::<Port>(self.port).map(|port| port.and_then(|port| u16::try_from(port.0).ok()));
        let user = reader.optional::<String>(self.user);
        let password = match reader.assumes_secrets() {
            true => reader.setting::<Password>(self.password).map(Some),
            false => reader.optional::<Password>(self.password),
        };
        let more = more(reader);
        let (endpoint, port, user, password, more) = (endpoint?, port?, user?, password?, more?);
        let connection = Connection {
            dialect: S::DIALECT,
            wrapping: Wrapping::default(),
            endpoint: endpoint.0,
            port: port.unwrap_or(more.port),
            user: user.map(Zeroizing::new),
            password: password.map(|password| Zeroizing::new(password.0.expose_text().to_owned())),
            path: more.path,
            tls: more.tls,
            is_unverified: false,
            scheme: more.scheme,
            parameters: Parameters::default(),
            escapes: Vec::new(),
        };
        let connection = checked(connection).map_err(|violation| reader.refuse("host", violation))?;
        reader.check("host", connection.flaws()).map(|()| connection)
    }
}
