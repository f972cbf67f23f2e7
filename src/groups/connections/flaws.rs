//! The rules that a valid connection can still break, from a URL or from pieces.

use super::{
    connection::Connection,
    dialect::Password,
    network::{self, Network},
};
use crate::{Violation, database::Tls, groups::url::placeholder, message, rule, secret::is_published};

impl Connection {
    /// Returns every rule that the connection breaks.
    pub(super) fn flaws(&self) -> Vec<Violation> {
        let mut flaws: Vec<_> = self.wrapping.flaws(&self.dialect.codes).collect();
        flaws.extend(self.unescaped());
        flaws.extend(self.example());
        flaws.extend(self.password_flaw());
        flaws.extend(self.tls_flaw());
        flaws.extend(self.parameters.flaws());
        flaws.into_iter().map(|flaw| flaw.at_host(&self.host())).collect()
    }

    fn unescaped(&self) -> Option<Violation> {
        if self.escapes.is_empty() {
            return None;
        }
        let fact = message!("user or password is not percent-encoded: write ").list(", ", self.escapes.iter().copied());
        Some(Violation::new(rule::CONNECTION_UNESCAPED, fact))
    }

    fn example(&self) -> Option<Violation> {
        let is_password = |text: &str| !self.is_first_guess(text) && placeholder::is_placeholder_password(text);
        let what = if self.endpoint.name().is_some_and(placeholder::is_placeholder_host) {
            "the host"
        } else if self.password().is_some_and(is_password) {
            "the password"
        } else if self.user().is_some_and(placeholder::is_placeholder) {
            "the user"
        } else if self.path.as_deref().is_some_and(placeholder::is_placeholder) {
            self.dialect.codes.path
        } else {
            return None;
        };
        Some(Violation::new(rule::CONNECTION_PLACEHOLDER, message!(what, " is an example text")))
    }

    fn password_flaw(&self) -> Option<Violation> {
        let Some(password) = self.password() else { return self.without_password() };
        let is_example = !self.is_first_guess(password) && placeholder::is_placeholder_password(password);
        let is_known = self.is_first_guess(password) || !is_example && is_published(password.as_bytes());
        is_known.then(|| Violation::new(rule::CONNECTION_DEFAULT_PASSWORD, "the password is a well-known default"))
    }

    fn without_password(&self) -> Option<Violation> {
        if self.endpoint.is_socket() || self.dialect.password == Password::WithUser && self.user.is_none() {
            return None;
        }
        let rule = match network::is_guarded_by_its_vendor(&self.endpoint) {
            true => rule::CONNECTION_PRIVATE_NETWORK,
            false => rule::CONNECTION_PASSWORD_MISSING,
        };
        Some(Violation::new(rule, "the connection has no password"))
    }

    fn is_first_guess(&self, password: &str) -> bool {
        /// The minimum length of a user name that is also a token. Postmark uses one token as user name and password.
        const ISSUED: usize = 20;
        let user = self.user().unwrap_or_default();
        let is_token = user == password && user.len() >= ISSUED && user.bytes().any(|byte| byte.is_ascii_digit());
        !is_token && placeholder::is_default_password(password, user, self.path.as_deref())
    }

    fn tls_flaw(&self) -> Option<Violation> {
        let network = Network::of(&self.endpoint);
        match self.wanted(network) {
            _ if network == Network::Socket => None,
            _ if network == Network::Own => {
                Some(Violation::new(rule::CONNECTION_LOOPBACK, "the host is the service's own machine"))
            }
            Tls::Disable => Some(unencrypted(network, "the connection is not encrypted")),
            Tls::Prefer => Some(unencrypted(network, "the connection is encrypted only if the server offers it")),
            _ if self.tls.is_none() => {
                let fact = "encryption is not set, so it is enforced";
                Some(Violation::new(rule::CONNECTION_TLS_ADDED, fact))
            }
            Tls::Require if self.dialect.verifies => {
                Some(Violation::new(rule::CONNECTION_UNVERIFIED, "the server's certificate is not checked"))
            }
            Tls::VerifyCa => {
                let fact = "the certificate is not checked against the host name";
                Some(Violation::new(rule::CONNECTION_UNVERIFIED, fact))
            }
            _ => None,
        }
    }
}

/// Returns the violation for an unencrypted connection in this network.
pub(super) fn unencrypted(network: Network, fact: &'static str) -> Violation {
    match network {
        Network::Encrypted(platform) => {
            let flaw = Violation::new(rule::CONNECTION_PRIVATE_NETWORK, fact);
            flaw.on_platform(platform, rule::CONNECTION_TLS_PRIVATE)
        }
        Network::Private => Violation::new(rule::CONNECTION_PRIVATE_NETWORK, fact),
        _ => Violation::new(rule::CONNECTION_TLS, fact),
    }
}
