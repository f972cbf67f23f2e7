//! Parses the text of a URL into a connection.

use zeroize::Zeroizing;

use super::{
    connection::Connection,
    dialect::{Dialect, Scheme},
    parameters::Parameters,
};
use crate::{
    Violation,
    database::Tls,
    groups::url::{Endpoint, UrlParts, Wrapping, decoded, escapes, example, port, recognise, split_port},
    message, rule,
};

/// Other schemes that a message may name, to help the person who pasted one.
const OTHERS: [&str; 14] = [
    "redis",
    "rediss",
    "postgres",
    "postgresql",
    "mysql",
    "mariadb",
    "mongodb",
    "amqp",
    "amqps",
    "memcached",
    "smtp",
    "smtps",
    "https",
    "http",
];

/// Parses a URL.
///
/// # Errors
///
/// Returns `connection-malformed`, `connection-ambiguous`, `connection-conflict`, `connection-placeholder`, and the
/// rules for a text that is not a URL at all.
pub(super) fn parse(text: &str, dialect: &'static Dialect) -> Result<Connection, Violation> {
    let codes = &dialect.codes;
    let (inner, wrapping) = Wrapping::strip(text, codes);
    recognise(inner, codes)?;
    let (scheme, behind) = scheme(inner, dialect)?;
    let (behind, is_unverified) = match behind.strip_suffix(dialect.unverified) {
        Some(rest) if !dialect.unverified.is_empty() => (rest, true),
        _ => (behind, false),
    };
    if scheme.is_socket {
        return socket(scheme, behind, dialect, wrapping);
    }
    let parts = UrlParts::read(behind, codes).map_err(|violation| example(behind, codes).unwrap_or(violation))?;
    let parameters = Parameters::read(parts.query, dialect)?;
    let (user, password) = parts.credentials();
    let (host, number) = split_port(parts.authority);
    let endpoint = match &parameters.socket {
        Some(path) if path.starts_with('/') => Endpoint::parse(path, codes)?,
        _ if host.is_empty() => {
            let fact = "the URL does not name a host";
            return Err(Violation::new(rule::CONNECTION_MALFORMED, fact));
        }
        _ => Endpoint::parse(host, codes).map_err(|violation| example(behind, codes).unwrap_or(violation))?,
    };
    let path = merged(decoded(parts.path, codes.path, codes)?, &parameters.path, codes.path)?;
    let connection = Connection {
        dialect,
        wrapping,
        endpoint,
        port: number.map(|number| port(number, codes)).transpose()?.unwrap_or(scheme.port),
        user: merged(decoded(user, "the user", codes)?, &parameters.user, "the user")?,
        password: merged(decoded(password, "the password", codes)?, &parameters.password, "the password")?,
        path: path.map(|path| path.as_str().to_owned()),
        tls: scheme.tls.map_or(parameters.tls, |tls| Some(parameters.tls.map_or(tls, |asked| asked.min(tls)))),
        is_unverified: is_unverified || parameters.is_unverified,
        scheme: if scheme.port == 465 { "smtps" } else { scheme.name },
        parameters,
        escapes: escapes(parts.userinfo),
    };
    checked(connection)
}

/// Returns the connection, if the text after the host is valid. On the port for TLS it also turns encryption on.
///
/// # Errors
///
/// `connection-malformed`.
pub(super) fn checked(mut connection: Connection) -> Result<Connection, Violation> {
    let Dialect { is_path, codes, implicit, .. } = connection.dialect;
    if *implicit == Some(connection.port) {
        connection.tls = connection.tls.or(Some(Tls::VerifyFull));
    }
    if connection.path.as_deref().is_none_or(is_path) {
        return Ok(connection);
    }
    Err(Violation::new(rule::CONNECTION_MALFORMED, message!(codes.path, " is not valid")))
}

/// Returns the scheme, and the text after it and `://`.
fn scheme<'t>(text: &'t str, dialect: &'static Dialect) -> Result<(&'static Scheme, &'t str), Violation> {
    let malformed = |fact| Err(Violation::new(rule::CONNECTION_MALFORMED, fact));
    let Some((scheme, rest)) = text.split_once("://") else {
        return malformed(message!("must begin with ", dialect.begins));
    };
    let name = scheme.strip_prefix("jdbc:").unwrap_or(scheme);
    let family = name.split_once('+').map_or(name, |(family, _)| family);
    let is = |known: &str, given: &str| given.eq_ignore_ascii_case(known);
    let find = |given| dialect.schemes.iter().find(|scheme| is(scheme.name, given));
    if let Some(scheme) = find(name).or_else(|| find(family)) {
        return Ok((scheme, rest));
    }
    match OTHERS.iter().find(|other| is(other, family)) {
        Some(other) => {
            malformed(message!("the URL begins with ", *other, "://; must begin with ").with(dialect.begins))
        }
        None => malformed(message!("must begin with ", dialect.begins)),
    }
}

/// Parses a URL with the path of a Unix socket.
fn socket(
    scheme: &Scheme,
    behind: &str,
    dialect: &'static Dialect,
    wrapping: Wrapping,
) -> Result<Connection, Violation> {
    let codes = &dialect.codes;
    let (path, query) = behind.split_once('?').unwrap_or((behind, ""));
    if !path.starts_with('/') {
        let fact = "the path of a Unix socket must begin with /";
        return Err(Violation::new(rule::CONNECTION_MALFORMED, fact));
    }
    let mut parameters = Parameters::read(query, dialect)?;
    let connection = Connection {
        dialect,
        wrapping,
        endpoint: Endpoint::parse(&decoded(path, "the path of the socket", codes)?, codes)?,
        port: scheme.port,
        user: parameters.user.take(),
        password: parameters.password.take(),
        path: parameters.path.take().map(|path| path.as_str().to_owned()),
        tls: None,
        is_unverified: false,
        scheme: scheme.name,
        parameters,
        escapes: Vec::new(),
    };
    checked(connection)
}

/// Returns a part that the URL may have in its usual place, in a parameter, or in both if they agree.
fn merged(
    part: Zeroizing<String>,
    parameter: &Option<Zeroizing<String>>,
    what: &'static str,
) -> Result<Option<Zeroizing<String>>, Violation> {
    match parameter {
        _ if part.is_empty() => Ok(parameter.clone().filter(|text| !text.is_empty())),
        Some(other) if *other != part => {
            let fact = message!(what, " is given both in its usual place and in a parameter, with different values");
            Err(Violation::new(rule::CONNECTION_CONFLICT, fact))
        }
        _ => Ok(Some(part)),
    }
}
