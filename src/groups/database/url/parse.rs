//! Parses the text of a setting into the parts of a URL.

use zeroize::Zeroizing;

use super::{DatabaseUrl, known::Used, options, parameters::Parameters, readers, scheme};
use crate::{
    SecretText, Violation,
    groups::url::{self, Codes, Endpoint, UrlParts, Wrapping, decoded, example},
    message, rule,
};

/// The port if the URL does not name one.
const DEFAULT_PORT: u16 = 5432;
/// The codes of the rules that reading a database URL can break.
const CODES: &Codes = &Codes::DATABASE;

/// Parses a URL.
///
/// # Errors
///
/// Returns the errors of [`DatabaseUrl`].
pub(super) fn parse(text: &str) -> Result<DatabaseUrl, Violation> {
    let (inner, wrapping) = Wrapping::strip(text, CODES);
    url::recognise(inner, CODES)?;
    let behind = scheme::behind(inner)?;
    let parts = UrlParts::read(behind, CODES).map_err(|violation| example(behind, CODES).unwrap_or(violation))?;
    let parameters = Parameters::read(parts.query)?;
    options::read(parameters.get(Used::Options).unwrap_or_default())?;
    let (user, password) = parts.credentials();
    let user = merged(user, parameters.get(Used::User), "the user")?;
    let database = merged(parts.path, parameters.get(Used::Database), "the database name")?;
    let hosts =
        Hosts::read(parts.authority, &parameters).map_err(|violation| example(behind, CODES).unwrap_or(violation))?;
    Ok(DatabaseUrl {
        wrapping,
        user,
        password: merged(password, parameters.get(Used::Password), "the password")?,
        database: database.map(|name| name.as_str().to_owned()),
        port: port(parts.authority, parameters.get(Used::Port))?,
        escapes: url::escapes(parts.userinfo),
        misled: readers::misled(behind, |host| hosts.are_meant(host)),
        name_of_address: hosts.name_of_address(),
        is_host_named: hosts.name().is_some() || hosts.address.is_some(),
        endpoint: hosts.effective(),
        parameters,
        text: SecretText::new(inner.to_owned()),
    })
}

/// Returns a part that the URL may have in its usual place, in a parameter, or in both if they agree.
fn merged(part: &str, parameter: Option<&str>, what: &'static str) -> Result<Option<Zeroizing<String>>, Violation> {
    let part = decoded(part, what, CODES)?;
    let parameter = parameter.unwrap_or_default();
    if part.is_empty() {
        return Ok((!parameter.is_empty()).then(|| Zeroizing::new(parameter.to_owned())));
    }
    if !parameter.is_empty() && part.as_str() != parameter {
        let fact = message!(what, " is given both in its usual place and in a parameter, with different values");
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
        let parameter = |used| parameters.get(used).filter(|text| !text.is_empty()).map(parse_host).transpose();
        let hosts = Self {
            front: front(url::split_port(authority).0)?,
            parameter: parameter(Used::Host)?,
            address: parameter(Used::HostAddr)?,
        };
        hosts.agree().map(|()| hosts)
    }

    /// Checks that the hosts do not contradict each other. A socket in the parameter overrides `localhost` in the usual
    /// place, as in Cloud SQL's documentation.
    fn agree(&self) -> Result<(), Violation> {
        if let (Some(front), Some(parameter)) = (&self.front, &self.parameter)
            && front != parameter
            && !(parameter.is_socket() && front.is_loopback())
        {
            let fact = "the host is given both in its usual place and in the parameter host, with different values";
            return Err(Violation::new(rule::DATABASE_CONFLICT, fact));
        }
        match self.address {
            None | Some(Endpoint::Address(_)) => Ok(()),
            Some(_) => Err({
                let fact = "hostaddr must be an IP address";
                Violation::new(rule::DATABASE_MALFORMED, fact).remedy("write a name as the host of the URL instead")
            }),
        }
    }

    fn name(&self) -> Option<&Endpoint> {
        self.parameter.as_ref().or(self.front.as_ref())
    }

    /// Returns the endpoint to connect to: `hostaddr`, else `host`, else the host in its usual place, else this machine.
    fn effective(self) -> Endpoint {
        let host = self.address.or(self.parameter).or(self.front);
        host.unwrap_or_else(|| Endpoint::Name("localhost".to_owned()))
    }

    /// Returns the name of the host, if `hostaddr` gives its address.
    fn name_of_address(&self) -> Option<String> {
        self.address.as_ref().and(self.name()).map(ToString::to_string)
    }

    /// Returns whether the URL itself names this host.
    fn are_meant(&self, host: &str) -> bool {
        let named = [&self.front, &self.parameter, &self.address];
        parse_host(host).is_ok_and(|endpoint| named.into_iter().flatten().any(|named| *named == endpoint))
    }
}

/// Parses the host in its usual place. The path of a socket must be encoded there: `%2Fvar%2Frun%2Fpostgresql`.
fn front(host: &str) -> Result<Option<Endpoint>, Violation> {
    if host.is_empty() {
        return Ok(None);
    }
    let is_encoded_path = host.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("%2f"));
    if is_encoded_path {
        return parse_host(&decoded(host, "the path of the socket", CODES)?).map(Some);
    }
    parse_host(host).map(Some)
}

fn parse_host(text: &str) -> Result<Endpoint, Violation> {
    Endpoint::parse(text, CODES)
}

fn number(text: &str) -> Result<u16, Violation> {
    url::port(text, CODES)
}

fn port(authority: &str, parameter: Option<&str>) -> Result<u16, Violation> {
    let front = url::split_port(authority).1.map(number).transpose()?;
    let parameter = parameter.filter(|text| !text.is_empty()).map(number).transpose()?;
    if let (Some(front), Some(parameter)) = (front, parameter)
        && front != parameter
    {
        let fact = "the port is given both in its usual place and in the parameter port, with different values";
        return Err(Violation::new(rule::DATABASE_CONFLICT, fact));
    }
    Ok(parameter.or(front).unwrap_or(DEFAULT_PORT))
}
