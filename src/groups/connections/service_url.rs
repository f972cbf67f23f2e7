//! The URL and the host of one kind of server, as settings.

use std::marker::PhantomData;

use super::{connection::Connection, dialect::Dialect, parse};
use crate::{
    Setting, Violation,
    groups::url::Endpoint,
    schema::{Kind, OwnRules},
};

/// A kind of server.
pub(super) trait Service {
    /// The properties of the URLs of this kind of server.
    const DIALECT: &'static Dialect;
}

/// The URL of a server.
pub(super) struct ServiceUrl<S>(pub(super) Connection, PhantomData<S>);

impl<S: Service> Setting for ServiceUrl<S> {
    const KIND: Kind = Kind::Credential;
    const FAMILIES: &'static [&'static str] = &["connection-"];

    fn parse(text: &str) -> Result<Self, Violation> {
        parse::parse(text, S::DIALECT).map(|connection| Self(connection, PhantomData))
    }

    fn flaws(&self) -> Vec<Violation> {
        self.0.flaws()
    }

    fn visit_secrets(&self, visit: &mut dyn FnMut(&[u8])) {
        if let Some(password) = self.0.password() {
            visit(password.as_bytes());
        }
    }

    fn has_own_rules(_: OwnRules) -> bool {
        true
    }
}

/// The host of a server.
pub(super) struct Host<S>(pub(super) Endpoint, PhantomData<S>);

impl<S: Service> Setting for Host<S> {
    const KIND: Kind = Kind::Text;
    const FAMILIES: &'static [&'static str] = &["connection-"];

    fn parse(text: &str) -> Result<Self, Violation> {
        Endpoint::parse(text, &S::DIALECT.codes).map(|endpoint| Self(endpoint, PhantomData))
    }
}
