//! The URL of a server that speaks HTTP.

use std::{fmt, marker::PhantomData};

use hardened_core::manifest::Transport;
use url::Url;

use super::{dialect::codes, flaws::unencrypted, network::Network};
use crate::{
    Setting, Violation,
    groups::url::{Codes, Endpoint, example, placeholder},
    rule,
    schema::Kind,
};

/// The properties of one kind of HTTP server.
pub(super) trait HttpServer {
    /// Whether the server usually runs on the service's own machine.
    const IS_LOCAL: bool;
    /// Whether reading the URL also reports its flaws.
    const IS_JUDGED: bool;
}

/// The URL of a server that speaks HTTP.
pub(super) struct HttpUrl<S> {
    url: Url,
    endpoint: Endpoint,
    server: PhantomData<S>,
}

const CODES: Codes = codes("the path", "", "select the key that holds the URL");

/// The starts of templates. A URL never contains them.
const TEMPLATES: [&str; 3] = ["${", "$(", "{{"];

impl<S> HttpUrl<S> {
    pub(super) fn as_str(&self) -> &str {
        self.url.as_str()
    }

    /// Returns the URL with a path appended to its own.
    pub(super) fn with_path(&self, path: &str) -> String {
        let mut url = self.url.clone();
        url.set_path(&format!("{}/{path}", self.url.path().trim_end_matches('/')));
        url.into()
    }

    /// Returns whether the host cannot have names below it, such as one for each bucket.
    pub(super) fn has_single_name(&self) -> bool {
        self.endpoint.name().is_none_or(|name| !name.contains('.') || self.endpoint.is_loopback())
    }

    /// Returns how the connection is encrypted, or `None` if it stays on the service's own machine without encryption.
    pub(super) fn transport(&self) -> Option<Transport> {
        match Network::of(&self.endpoint) {
            Network::Own if !self.is_encrypted() => None,
            _ if self.is_encrypted() => Some(Transport::VerifyFull),
            _ => Some(Transport::Disable),
        }
    }

    fn is_encrypted(&self) -> bool {
        self.url.scheme() == "https"
    }
}

impl<S: HttpServer> HttpUrl<S> {
    /// Returns every rule that the URL breaks.
    pub(super) fn all_flaws(&self) -> Vec<Violation> {
        let network = Network::of(&self.endpoint);
        let mut flaws = Vec::new();
        if self.endpoint.name().is_some_and(placeholder::is_placeholder_host) {
            flaws.push(Violation::new(rule::CONNECTION_PLACEHOLDER, "the host is an example text"));
        }
        if network == Network::Own {
            let is_allowed = S::IS_LOCAL;
            let loopback = || Violation::new(rule::CONNECTION_LOOPBACK, "the host is the service's own machine");
            flaws.extend((!is_allowed).then(loopback));
        } else if !self.is_encrypted() {
            flaws.push(unencrypted(network, "the connection is not encrypted"));
        }
        flaws.into_iter().map(|flaw| flaw.at_host(&self.endpoint.to_string())).collect()
    }
}

impl<S: HttpServer> Setting for HttpUrl<S> {
    const KIND: Kind = Kind::Url;
    const FAMILIES: &'static [&'static str] = &["connection-"];

    fn parse(text: &str) -> Result<Self, Violation> {
        let malformed = |fact| Violation::new(rule::CONNECTION_MALFORMED, fact);
        if placeholder::is_reference(text) || TEMPLATES.iter().any(|open| text.contains(open)) {
            let fact = "a reference or template that was not replaced with its value";
            return Err(Violation::new(rule::CONNECTION_PLACEHOLDER, fact));
        }
        let text = text.trim();
        let is_http = |scheme: &str| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        let Some((_, behind)) = text.split_once("://").filter(|(scheme, _)| is_http(scheme)) else {
            return Err(
                malformed("must begin with http:// or https://").remedy("set the scheme, the host and the port")
            );
        };
        let unreadable =
            || example(behind, &CODES).unwrap_or_else(|| malformed("must be a URL such as https://example.com"));
        let url = Url::parse(text).map_err(|_| unreadable())?;
        if !url.username().is_empty() || url.password().is_some() {
            let remedy = "remove the user name and the password from the URL, and set them in their own variables";
            return Err(malformed("the URL contains a user name or password").remedy(remedy));
        }
        let endpoint = Endpoint::parse(url.host_str().unwrap_or_default(), &CODES)?;
        Ok(Self { url, endpoint, server: PhantomData })
    }

    fn flaws(&self) -> Vec<Violation> {
        if S::IS_JUDGED { self.all_flaws() } else { Vec::new() }
    }
}

/// Shows only the host.
impl<S> fmt::Debug for HttpUrl<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("HttpUrl").field(&self.endpoint.to_string()).finish()
    }
}
