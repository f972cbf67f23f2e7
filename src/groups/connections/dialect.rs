//! The properties of the URLs of one kind of server.

use crate::{database::Tls, groups::url::Codes, rule};

/// The properties of the URLs of one kind of server.
#[derive(Debug)]
pub(super) struct Dialect {
    pub(super) codes: Codes,
    /// The start of a URL, for messages.
    pub(super) begins: &'static str,
    pub(super) schemes: &'static [Scheme],
    pub(super) parameters: &'static [(&'static str, Effect)],
    /// Returns whether the text after the host is valid.
    pub(super) is_path: fn(&str) -> bool,
    /// The encryption that is enforced in Preview and Production if the configuration does not ask for one.
    pub(super) absent: Absent,
    /// The port at which the connection begins with TLS.
    pub(super) implicit: Option<u16>,
    /// Whether an unverified server is worth a warning, because clients verify it unless told otherwise.
    pub(super) verifies: bool,
    /// When a missing password is a flaw.
    pub(super) password: Password,
    /// The end of a URL that turns verification off; blank if there is none.
    pub(super) unverified: &'static str,
}

/// A URL scheme and its meaning.
#[derive(Debug)]
pub(super) struct Scheme {
    pub(super) name: &'static str,
    pub(super) port: u16,
    /// How the connection is encrypted; `None` if parameters decide.
    pub(super) tls: Option<Tls>,
    /// Whether the path of a Unix socket follows the scheme.
    pub(super) is_socket: bool,
}

impl Scheme {
    /// Creates a scheme for a server on the network.
    pub(super) const fn new(name: &'static str, port: u16, tls: Option<Tls>) -> Self {
        Self { name, port, tls, is_socket: false }
    }

    /// Creates a scheme that is followed by the path of a Unix socket.
    pub(super) const fn socket(name: &'static str, port: u16) -> Self {
        Self { name, port, tls: None, is_socket: true }
    }
}

/// The encryption of a connection if the configuration does not ask for one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Absent {
    /// The encryption for a server that anyone can reach.
    pub(super) public: Tls,
    /// The encryption for a server in a private network.
    pub(super) private: Tls,
}

/// When a missing password is a flaw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Password {
    Always,
    /// Only if there is a user name. A relay may know its clients by their addresses.
    WithUser,
}

/// The effect of a parameter.
#[derive(Debug, Clone, Copy)]
pub(super) enum Effect {
    /// Sets the encryption. The function returns `None` for an unknown word.
    Tls(fn(&str) -> Option<Tls>),
    /// Sets whether the server's certificate is checked.
    Verified,
    /// Sets the text after the host.
    Path,
    User,
    Password,
    /// Sets the path of a Unix socket.
    Socket,
    /// Is passed to the driver under this name.
    Kept(&'static str),
    /// Has no effect.
    Without,
}

/// Returns the rules of connections, with the words for one kind of server.
pub(super) const fn codes(path: &'static str, program: &'static str, json: &'static str) -> Codes {
    Codes {
        malformed: rule::CONNECTION_MALFORMED,
        ambiguous: rule::CONNECTION_AMBIGUOUS,
        multi_host: rule::CONNECTION_MALFORMED,
        wrapped: rule::CONNECTION_WRAPPED,
        placeholder: rule::CONNECTION_PLACEHOLDER,
        path,
        program,
        json,
    }
}
