//! The table of programs. Each row follows the program's source; `tests/database/readers.rs` runs the real programs.

use hardened_core::text::percent;
use zeroize::Zeroizing;

use super::{ports, splits};

/// How a program finds the hosts in a URL.
pub(super) struct Program {
    /// The name in messages.
    pub(super) name: &'static str,
    /// Splits a URL into its servers and its parameters.
    pub(super) split: splits::Split,
    /// Whether the program accepts a text as a port.
    pub(super) is_port: fn(&str) -> bool,
    /// Whether the program tries the other hosts of a list if it does not accept the port of one.
    pub(super) skips: bool,
    /// Returns the hosts that one written host means.
    pub(super) decode: fn(&str) -> Vec<Zeroizing<String>>,
    /// The parameters that name a host.
    pub(super) parameters: &'static [&'static str],
    /// Whether the program refuses a parameter without `=`.
    pub(super) is_strict: bool,
    /// Whether a parameter may contain `host:port`.
    pub(super) port_in_parameter: bool,
    pub(super) precedence: Precedence,
}

/// Which hosts count if the parameters name some too.
#[derive(Clone, Copy)]
pub(super) enum Precedence {
    Front,
    Parameter,
    Both,
}

/// The programs. Two versions of one program have the same name and are next to each other.
pub(super) static PROGRAMS: [Program; 7] = [
    // `conninfo_uri_parse_options` in src/interfaces/libpq/fe-connect.c.
    Program {
        name: "libpq",
        split: splits::libpq,
        is_port: ports::c_number,
        skips: true,
        decode: decoded_list,
        parameters: &["host", "hostaddr"],
        is_strict: true,
        port_in_parameter: false,
        precedence: Precedence::Parameter,
    },
    // `_parse_connect_dsn_and_args` in asyncpg/connect_utils.py.
    Program {
        name: "asyncpg",
        split: splits::asyncpg,
        is_port: ports::decoded_python_number,
        skips: false,
        decode: decoded,
        parameters: &["host"],
        is_strict: true,
        port_in_parameter: true,
        precedence: Precedence::Front,
    },
    // `_parse_url` in lib/sqlalchemy/engine/url.py.
    Program {
        name: "SQLAlchemy",
        split: splits::sqlalchemy,
        is_port: ports::python_number,
        skips: false,
        decode: list,
        parameters: &["host"],
        is_strict: false,
        port_in_parameter: true,
        precedence: Precedence::Parameter,
    },
    // packages/pg-connection-string/index.js.
    Program {
        name: "node-postgres",
        split: splits::node_postgres,
        is_port: ports::digits,
        skips: false,
        decode: decoded,
        parameters: &["host"],
        is_strict: false,
        port_in_parameter: false,
        precedence: Precedence::Parameter,
    },
    // `parseURLSettings` in pgconn/config.go until 5.9: Go's net/url.
    Program {
        name: "pgx",
        split: splits::net_url,
        is_port: ports::digits,
        skips: false,
        decode: list,
        parameters: &["host"],
        is_strict: false,
        port_in_parameter: false,
        precedence: Precedence::Parameter,
    },
    // The same function, now in pgconn/parse_url.go, reads a URL as libpq does.
    Program {
        name: "pgx",
        split: splits::libpq,
        is_port: ports::decoded_digits,
        skips: false,
        decode: decoded_list,
        parameters: &["host"],
        is_strict: true,
        port_in_parameter: false,
        precedence: Precedence::Parameter,
    },
    // `UrlParser` in tokio-postgres/src/config.rs.
    Program {
        name: "tokio-postgres",
        split: splits::tokio_postgres,
        is_port: ports::rust_number,
        skips: false,
        decode: decoded,
        parameters: &["host", "hostaddr"],
        is_strict: true,
        port_in_parameter: false,
        precedence: Precedence::Both,
    },
];

fn decoded(host: &str) -> Vec<Zeroizing<String>> {
    percent::decode(host).into_iter().collect()
}

fn list(hosts: &str) -> Vec<Zeroizing<String>> {
    hosts.split(',').map(|host| Zeroizing::new(host.to_owned())).collect()
}

/// Decodes the text before it looks for commas.
fn decoded_list(hosts: &str) -> Vec<Zeroizing<String>> {
    percent::decode(hosts).map(|hosts| list(&hosts)).unwrap_or_default()
}
