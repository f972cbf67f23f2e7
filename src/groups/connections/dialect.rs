//! What is particular to the URLs of one kind of server.

use crate::{database::Tls, groups::url::Codes, rule};

/// What is particular to the URLs of one kind of server.
#[derive(Debug)]
pub(super) struct Dialect {
    pub(super) codes: Codes,
    /// What a URL begins with, for messages.
    pub(super) begins: &'static str,
    pub(super) schemes: &'static [Scheme],
    pub(super) parameters: &'static [(&'static str, Effect)],
    /// Whether the text behind the host has its form.
    pub(super) is_path: fn(&str) -> bool,
    /// What is enforced in Preview and Production where nothing is asked for.
    pub(super) absent: Absent,
    /// The port at which the connection begins with TLS.
    pub(super) implicit: Option<u16>,
    /// Whether a server that is not verified is worth a warning, because clients verify it unless told otherwise.
    pub(super) verifies: bool,
    /// Whether a server answers without a password.
    pub(super) password: Password,
    /// What a URL ends with whose server is not verified; blank where there is no such ending.
    pub(super) unverified: &'static str,
}

/// A scheme, and what it means.
#[derive(Debug)]
pub(super) struct Scheme {
    pub(super) name: &'static str,
    pub(super) port: u16,
    /// How the connection is encrypted; none where parameters say so.
    pub(super) tls: Option<Tls>,
    /// Whether the path of a Unix socket follows.
    pub(super) is_socket: bool,
}

impl Scheme {
    /// A scheme of a server on the network.
    pub(super) const fn new(name: &'static str, port: u16, tls: Option<Tls>) -> Self {
        Self { name, port, tls, is_socket: false }
    }

    /// A scheme that the path of a Unix socket follows.
    pub(super) const fn socket(name: &'static str, port: u16) -> Self {
        Self { name, port, tls: None, is_socket: true }
    }
}

/// How a connection is encrypted where nothing is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Absent {
    /// To a server that anyone can reach.
    pub(super) public: Tls,
    /// To one in a private network.
    pub(super) private: Tls,
}

/// When a password is missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Password {
    Always,
    /// A relay may know its clients by their addresses.
    WithUser,
}

/// What a parameter does.
#[derive(Debug, Clone, Copy)]
pub(super) enum Effect {
    /// It says how the connection is encrypted; none for a word that is not known.
    Tls(fn(&str) -> Option<Tls>),
    /// It says whether the server's certificate is checked.
    Verified,
    /// The text behind the host.
    Path,
    User,
    Password,
    /// The path of a Unix socket.
    Socket,
    /// It is for the driver, under this name.
    Kept(&'static str),
    /// Nothing.
    Without,
}

/// The words of one kind of server.
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
