//! From the text of a setting to its parts.

use std::ops::Range;

use super::{
    DatabaseUrl,
    known::Used,
    options,
    parameters::Parameters,
    place::{self, DEFAULT_PORT, Place},
    placeholder,
    reading::{self, Reading},
    scheme,
    span::Span,
    wrapping::Wrapping,
};
use crate::{Rejection, SecretText, message, rule};

/// The longest URL, in bytes.
const MAX_BYTES: usize = 8192;

/// Reads a URL.
///
/// # Errors
///
/// Those of [`DatabaseUrl`].
pub(super) fn parse(text: &str) -> Result<DatabaseUrl, Rejection> {
    let (inner, wrapping) = Wrapping::strip(text);
    recognise(inner)?;
    let start = scheme::length(inner)?;
    placed(inner)?;
    let reading = reading::read(inner.get(start..).unwrap_or_default())?.shifted(start);
    let parameters = Parameters::read(inner, reading.query.clone())?;
    if let Some(span) = parameters.get(Used::Options) {
        options::read(&span.decode(inner))?;
    }
    let (user, password) = credentials(inner, &reading, &parameters)?;
    let (place, name_of_address, port) = endpoint(inner, &reading, &parameters)?;
    let userinfo = inner.get(reading.userinfo.clone().unwrap_or_default()).unwrap_or_default();
    Ok(DatabaseUrl {
        wrapping,
        place,
        name_of_address,
        port,
        database: database(inner, &reading, &parameters)?,
        user,
        password,
        parameters,
        is_unescaped: userinfo.contains(['@', '/', '?', '#']),
        text: SecretText::new(inner.to_owned()),
    })
}

/// Refuses what is no URL at all, by what it is instead.
fn recognise(text: &str) -> Result<(), Rejection> {
    if text.len() > MAX_BYTES {
        let fact = message!(text.len(), " bytes, at most ", MAX_BYTES, " are accepted");
        return Err(Rejection::new(rule::DATABASE_MALFORMED, fact));
    }
    if text.starts_with('{') && text.ends_with('}') && text.contains(':') {
        let remedy = "select the key that holds the URL; a secret of Amazon RDS has none: select host, username and \
                      password into PGHOST, PGUSER and PGPASSWORD (ECS: `arn:…:KEY::`)";
        return Err(Rejection::new(rule::SECRET_JSON, "a JSON object, not one of its values").remedy(remedy));
    }
    if placeholder::is_reference(text) || placeholder::has_template(text) {
        let fact = "a reference or a template was not replaced by its value";
        return Err(Rejection::new(rule::SECRET_REFERENCE, fact));
    }
    if text.chars().any(is_invisible) {
        return Err(Rejection::new(rule::SECRET_CONTROL, "a control character or an invisible one"));
    }
    if text.contains(char::is_whitespace) && text.contains("://") {
        let fact = "white space inside: a line break of copying, or a space that %20 should stand for";
        return Err(Rejection::new(rule::SECRET_WHITESPACE, fact));
    }
    Ok(())
}

/// Refuses `…@<host>` and `…@[HOST]`, which no reading could make a host of.
fn placed(text: &str) -> Result<(), Rejection> {
    let is_example = |host: &str| {
        let end = host.find(['/', '?', ':']).unwrap_or(host.len());
        placeholder::is_placeholder(host.get(..end).unwrap_or_default())
    };
    if text.split('@').skip(1).any(is_example) {
        return Err(Rejection::new(rule::DATABASE_PLACEHOLDER, "the host is the text of an example"));
    }
    Ok(())
}

/// Control characters, and those that change a text without being seen.
fn is_invisible(symbol: char) -> bool {
    symbol.is_control() && !symbol.is_whitespace()
        || matches!(symbol, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffd}')
}

impl Reading {
    /// The same parts, counted from the beginning of the scheme.
    fn shifted(self, by: usize) -> Self {
        let shift = |range: Range<usize>| range.start.saturating_add(by)..range.end.saturating_add(by);
        Self {
            userinfo: self.userinfo.map(shift),
            authority: shift(self.authority),
            path: self.path.map(shift),
            query: self.query.map(shift),
        }
    }
}

/// User and password: from the front, or from parameters.
fn credentials(text: &str, reading: &Reading, parameters: &Parameters) -> Result<(Span, Option<Span>), Rejection> {
    let userinfo = reading.userinfo.clone().unwrap_or_default();
    let colon =
        text.get(userinfo.clone()).unwrap_or_default().find(':').map(|colon| userinfo.start.saturating_add(colon));
    let user = userinfo.start..colon.unwrap_or(userinfo.end);
    let password = colon.map_or(0..0, |colon| colon.saturating_add(1)..userinfo.end);
    let user = merged(text, user, parameters.get(Used::User), "the user")?;
    let password = merged(text, password, parameters.get(Used::Password), "the password")?;
    let user = user.ok_or_else(|| {
        let fact = "no user; a driver would take that of the operating system, which is root in many containers";
        Rejection::new(rule::DATABASE_MALFORMED, fact)
    })?;
    Ok((user, password))
}

/// A part that may stand at its place or in a parameter; in both only when they agree.
fn merged(
    text: &str,
    range: Range<usize>,
    parameter: Option<&Span>,
    what: &'static str,
) -> Result<Option<Span>, Rejection> {
    let part = if range.is_empty() { None } else { Some(Span::checked(text, range, what)?) };
    let parameter = parameter.filter(|span| !span.raw(text).is_empty());
    match (part, parameter) {
        (Some(part), Some(other)) if part.decode(text) != other.decode(text) => {
            let fact = message!(what, " stands at its place and in a parameter, with different values");
            Err(Rejection::new(rule::DATABASE_CONFLICT, fact))
        }
        (part, other) => Ok(part.or_else(|| other.cloned())),
    }
}

fn database(text: &str, reading: &Reading, parameters: &Parameters) -> Result<Option<String>, Rejection> {
    let path = reading.path.clone().unwrap_or_default();
    let span = merged(text, path, parameters.get(Used::Database), "the name of the database")?;
    Ok(span.map(|span| span.decode(text).as_str().to_owned()))
}

/// The endpoint that counts in the end: `hostaddr`, else `host`, else what stands in front.
fn endpoint(text: &str, reading: &Reading, parameters: &Parameters) -> Result<(Place, Option<String>, u16), Rejection> {
    let authority = text.get(reading.authority.clone()).unwrap_or_default();
    if authority.contains(',') {
        return Err(Rejection::new(rule::DATABASE_MULTI_HOST, "several hosts, separated by commas"));
    }
    let (host, port) = place::split_port(authority);
    let port =
        agreed_port(port, parameters.get(Used::Port).map(|span| span.decode(text)).as_ref().map(|text| text.as_str()))?;
    let host = match (front(host)?, parameters.get(Used::Host)) {
        (front, Some(span)) if !span.raw(text).is_empty() => {
            Some(overridden(front, Place::parse(&span.decode(text))?)?)
        }
        (front, _) => front,
    };
    let address = parameters.get(Used::HostAddr).filter(|span| !span.raw(text).is_empty());
    match (host, address) {
        (host, Some(span)) => {
            let address = Place::parse(&span.decode(text))?;
            if !matches!(address, Place::Address(_)) {
                return Err(Rejection::new(rule::DATABASE_MALFORMED, "hostaddr is no address"));
            }
            Ok((address, host.map(|host| host.to_string()), port))
        }
        (Some(host), None) => Ok((host, None, port)),
        (None, None) => Err(Rejection::new(rule::DATABASE_MALFORMED, "no host")),
    }
}

/// The host at its usual place. A slash in it is encoded: `%2Fvar%2Frun%2Fpostgresql`.
fn front(host: &str) -> Result<Option<Place>, Rejection> {
    if host.is_empty() {
        return Ok(None);
    }
    let is_encoded_path = host.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("%2f"));
    if is_encoded_path {
        let span = Span::checked(host, 0..host.len(), "the path of the socket")?;
        return Place::parse(&span.decode(host)).map(Some);
    }
    Place::parse(host).map(Some)
}

/// Of two hosts the parameter counts, when the other was never meant: a socket beside `localhost`, as Cloud SQL's pages
/// have it.
fn overridden(front: Option<Place>, parameter: Place) -> Result<Place, Rejection> {
    match front {
        Some(front) if front != parameter && !(parameter.is_socket() && front.is_loopback()) => {
            let fact = "the host stands at its place and in the parameter host, with different values";
            Err(Rejection::new(rule::DATABASE_CONFLICT, fact))
        }
        _ => Ok(parameter),
    }
}

fn agreed_port(front: Option<&str>, parameter: Option<&str>) -> Result<u16, Rejection> {
    let front = front.map(place::port).transpose()?;
    let parameter = parameter.filter(|text| !text.is_empty()).map(place::port).transpose()?;
    match (front, parameter) {
        (Some(front), Some(parameter)) if front != parameter => {
            let fact = "the port stands at its place and in the parameter port, with different values";
            Err(Rejection::new(rule::DATABASE_CONFLICT, fact))
        }
        (front, parameter) => Ok(parameter.or(front).unwrap_or(DEFAULT_PORT)),
    }
}
