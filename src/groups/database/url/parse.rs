//! From the text of a setting to its parts.

use hardened_core::text::is_invisible;
use zeroize::Zeroizing;

use super::{
    DatabaseUrl,
    endpoint::{self, DEFAULT_PORT, Endpoint},
    known::Used,
    options,
    parameters::Parameters,
    part,
    parts::UrlParts,
    placeholder, readers, scheme,
    wrapping::Wrapping,
};
use crate::{SecretText, Violation, message, rule};

/// The longest URL, in bytes.
const MAX_BYTES: usize = 8192;

/// Reads a URL.
///
/// # Errors
///
/// Those of [`DatabaseUrl`].
pub(super) fn parse(text: &str) -> Result<DatabaseUrl, Violation> {
    let (inner, wrapping) = Wrapping::strip(text);
    recognise(inner)?;
    let behind = scheme::behind(inner)?;
    let parts = UrlParts::read(behind).map_err(|violation| example(behind).unwrap_or(violation))?;
    let parameters = Parameters::read(parts.query)?;
    options::read(parameters.get(Used::Options).unwrap_or_default())?;
    let (user, password) = parts.credentials();
    let user = merged(user, parameters.get(Used::User), "the user")?;
    let database = merged(parts.path, parameters.get(Used::Database), "the database name")?;
    let hosts = Hosts::read(parts.authority, &parameters).map_err(|violation| example(behind).unwrap_or(violation))?;
    Ok(DatabaseUrl {
        wrapping,
        user,
        password: merged(password, parameters.get(Used::Password), "the password")?,
        database: database.map(|name| name.as_str().to_owned()),
        port: port(parts.authority, parameters.get(Used::Port))?,
        escapes: escapes(parts.userinfo),
        misled: readers::misled(behind, |host| hosts.are_meant(host)),
        name_of_address: hosts.name_of_address(),
        is_host_named: hosts.name().is_some() || hosts.address.is_some(),
        endpoint: hosts.effective(),
        parameters,
        text: SecretText::new(inner.to_owned()),
    })
}

/// Refuses what is no URL at all, by what it is instead.
fn recognise(text: &str) -> Result<(), Violation> {
    if text.len() > MAX_BYTES {
        let fact = message!(text.len(), " bytes; must be at most ", MAX_BYTES);
        return Err(Violation::new(rule::DATABASE_MALFORMED, fact));
    }
    if text.starts_with('{') && text.ends_with('}') && text.contains(':') {
        let remedy = "select the key that holds the URL; a secret of Amazon RDS has none: select host, username and \
                      password into PGHOST, PGUSER and PGPASSWORD (ECS: `arn:…:KEY::`)";
        return Err(Violation::new(rule::SECRET_JSON, "a JSON object, not one of its values").remedy(remedy));
    }
    if placeholder::is_reference(text) || placeholder::has_template(text) {
        let fact = "a reference or template that was not replaced with its value";
        return Err(Violation::new(rule::SECRET_REFERENCE, fact));
    }
    // What could not be decoded before is shown as U+FFFD.
    let is_control = |symbol: char| symbol == '\u{fffd}' || symbol.is_control() && !symbol.is_whitespace();
    if text.chars().any(|symbol| is_control(symbol) || is_invisible(symbol)) {
        return Err(Violation::new(rule::SECRET_CONTROL, "contains a control or invisible character"));
    }
    if text.contains(char::is_whitespace) && text.contains("://") {
        if placeholder::has_blank(text) {
            return Err(Violation::new(rule::DATABASE_PLACEHOLDER, "words in brackets that must be replaced"));
        }
        let fact = "contains white space: a copied line break, or a space that must be written as %20";
        let remedy = "set the URL on one line, with each space in it as %20";
        return Err(Violation::new(rule::SECRET_WHITESPACE, fact).remedy(remedy));
    }
    Ok(())
}

/// Whether a URL that cannot be read is an example: `…@<host>`, `…@hostname:port`.
fn example(behind: &str) -> Option<Violation> {
    let authority = behind.rsplit('@').next().unwrap_or_default().split(['/', '?']).next().unwrap_or_default();
    let fact = "the host and port are an example text";
    placeholder::is_example_authority(authority).then(|| Violation::new(rule::DATABASE_PLACEHOLDER, fact))
}

/// How to write the characters of user and password that should be encoded.
fn escapes(userinfo: &str) -> Vec<&'static str> {
    let escapes = [('@', "@ as %40"), ('/', "/ as %2F"), ('?', "? as %3F"), ('#', "# as %23")];
    escapes.into_iter().filter(|(symbol, _)| userinfo.contains(*symbol)).map(|(_, escape)| escape).collect()
}

/// A part that may stand at its place or in a parameter; in both only when they agree.
fn merged(part: &str, parameter: Option<&str>, what: &'static str) -> Result<Option<Zeroizing<String>>, Violation> {
    let part = part::decoded(part, what)?;
    let parameter = parameter.unwrap_or_default();
    if part.is_empty() {
        return Ok((!parameter.is_empty()).then(|| Zeroizing::new(parameter.to_owned())));
    }
    if !parameter.is_empty() && part.as_str() != parameter {
        let fact = message!(what, " is given both in its place and in a parameter, with different values");
        return Err(Violation::new(rule::DATABASE_CONFLICT, fact));
    }
    Ok(Some(part))
}

/// The hosts that a URL names.
struct Hosts {
    front: Option<Endpoint>,
    parameter: Option<Endpoint>,
    address: Option<Endpoint>,
}

impl Hosts {
    fn read(authority: &str, parameters: &Parameters) -> Result<Self, Violation> {
        if authority.contains(',') {
            return Err(Violation::new(rule::DATABASE_MULTI_HOST, "several hosts separated by commas; must be one"));
        }
        let parameter = |used| parameters.get(used).filter(|text| !text.is_empty()).map(Endpoint::parse).transpose();
        let hosts = Self {
            front: front(endpoint::split_port(authority).0)?,
            parameter: parameter(Used::Host)?,
            address: parameter(Used::HostAddr)?,
        };
        hosts.agree().map(|()| hosts)
    }

    /// Of two hosts the parameter counts when the other was never meant: a socket beside `localhost`, as Cloud SQL's
    /// pages have it.
    fn agree(&self) -> Result<(), Violation> {
        if let (Some(front), Some(parameter)) = (&self.front, &self.parameter)
            && front != parameter
            && !(parameter.is_socket() && front.is_loopback())
        {
            let fact = "the host is given both in its place and in the parameter host, with different values";
            return Err(Violation::new(rule::DATABASE_CONFLICT, fact));
        }
        match self.address {
            None | Some(Endpoint::Address(_)) => Ok(()),
            Some(_) => Err({
                let fact = "hostaddr must be an IP address";
                Violation::new(rule::DATABASE_MALFORMED, fact).remedy("put a name in the place of the host instead")
            }),
        }
    }

    fn name(&self) -> Option<&Endpoint> {
        self.parameter.as_ref().or(self.front.as_ref())
    }

    /// The endpoint that counts in the end: `hostaddr`, else `host`, else what stands in front, else this machine.
    fn effective(self) -> Endpoint {
        let host = self.address.or(self.parameter).or(self.front);
        host.unwrap_or_else(|| Endpoint::Name("localhost".to_owned()))
    }

    /// The name of the host whose address `hostaddr` gives.
    fn name_of_address(&self) -> Option<String> {
        self.address.as_ref().and(self.name()).map(ToString::to_string)
    }

    /// Whether the URL names this host itself.
    fn are_meant(&self, host: &str) -> bool {
        let named = [&self.front, &self.parameter, &self.address];
        Endpoint::parse(host).is_ok_and(|endpoint| named.into_iter().flatten().any(|named| *named == endpoint))
    }
}

/// The host at its usual place. A slash in it is encoded: `%2Fvar%2Frun%2Fpostgresql`.
fn front(host: &str) -> Result<Option<Endpoint>, Violation> {
    if host.is_empty() {
        return Ok(None);
    }
    let is_encoded_path = host.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("%2f"));
    if is_encoded_path {
        return Endpoint::parse(&part::decoded(host, "the path of the socket")?).map(Some);
    }
    Endpoint::parse(host).map(Some)
}

fn port(authority: &str, parameter: Option<&str>) -> Result<u16, Violation> {
    let front = endpoint::split_port(authority).1.map(endpoint::port).transpose()?;
    let parameter = parameter.filter(|text| !text.is_empty()).map(endpoint::port).transpose()?;
    if let (Some(front), Some(parameter)) = (front, parameter)
        && front != parameter
    {
        let fact = "the port is given both in its place and in the parameter port, with different values";
        return Err(Violation::new(rule::DATABASE_CONFLICT, fact));
    }
    Ok(parameter.or(front).unwrap_or(DEFAULT_PORT))
}
