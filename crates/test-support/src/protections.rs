//! The protections that hold under each framework: the table of `docs/FRAMEWORKS.md`, and the requests that test it.

mod app;
mod ask;
mod holds;

use std::fmt;

pub use self::{
    app::{Settings, app, settings},
    ask::{Ask, over},
    holds::holds,
};

/// A protection of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// Requests for another host are refused.
    Hosts,
    /// Documentation is hidden.
    Docs,
    /// Responses have the security headers, and so do refusals.
    Headers,
    /// Only pages of allowed origins can read the answers.
    Cors,
    /// The client does not see the text of a server error.
    Errors,
    /// The readiness check answers for any host.
    Health,
    /// The client's address comes from a trusted proxy.
    Client,
    /// A client that used `http:` is redirected to `https:`.
    Https,
    /// The session is in an encrypted cookie.
    Session,
    /// One client cannot guess the passwords of many accounts.
    AttemptsOfClient,
    /// The password of one account cannot be guessed.
    Attempts,
    /// The resources that a client can occupy are limited, and the service stops gracefully.
    Serve,
}

/// A framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framework {
    /// axum.
    Axum,
    /// tonic.
    Tonic,
    /// hyper.
    Hyper,
    /// actix-web.
    Actix,
    /// poem.
    Poem,
    /// lambda_http.
    Lambda,
}

/// How a protection is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// With a tower layer or service of the library.
    Layer,
    /// With a call in a middleware or a handler.
    Call,
    /// With the function `serve`.
    Serve,
    /// Not at all.
    No,
}

use Way::{Call, Layer, No, Serve};

/// One row for each protection, in the order of [`Framework::ALL`].
const TABLE: [(Protection, &str, [Way; 6]); 12] = [
    (Protection::Hosts, "`ALLOWED_HOSTS`", [Layer, Layer, Layer, Call, Call, Layer]),
    (Protection::Docs, "documentation is hidden", [Layer, Layer, Layer, Call, Call, Layer]),
    (Protection::Headers, "security headers", [Layer, Layer, Layer, Call, Call, Layer]),
    (Protection::Cors, "CORS", [Layer, Layer, Layer, Call, Call, Layer]),
    (Protection::Errors, "server error text is hidden", [Layer, Layer, Layer, No, No, Layer]),
    (Protection::Health, "health checks", [Layer, Layer, Layer, Call, Call, Layer]),
    (Protection::Client, "the client's address", [Layer, Layer, Layer, Call, Call, Layer]),
    (Protection::Https, "redirect to `https:`", [Layer, Layer, Layer, No, No, Layer]),
    (Protection::Session, "session cookies", [Call, Call, Call, Call, Call, Call]),
    (Protection::AttemptsOfClient, "attempts of one client", [Layer, Layer, Layer, No, No, Layer]),
    (Protection::Attempts, "attempts at one account", [Call, Call, Call, Call, Call, Call]),
    (Protection::Serve, "limits, graceful stop", [Serve, Serve, Serve, No, No, No]),
];

impl Protection {
    /// Returns every protection.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.into_iter().map(|(protection, _, _)| protection)
    }

    /// Returns how the protection is applied under a framework.
    pub fn way(self, framework: Framework) -> Way {
        let column = Framework::ALL.iter().position(|one| *one == framework).unwrap();
        TABLE.iter().find(|(protection, _, _)| *protection == self).unwrap().2[column]
    }
}

impl Framework {
    /// Every framework.
    pub const ALL: [Self; 6] = [Self::Axum, Self::Tonic, Self::Hyper, Self::Actix, Self::Poem, Self::Lambda];

    /// Sends requests to a service, and compares the protections that hold with the table.
    pub async fn keeps_the_table(self, ask: impl AsyncFn(Ask) -> crate::server::Answer) {
        for protection in Protection::all() {
            let expected = protection.way(self) != No;
            assert_eq!(holds(protection, &ask).await, expected, "{self:?} {protection:?}");
        }
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Layer => "layer",
            Call => "call",
            Serve => "`serve`",
            No => "no",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_the_table() {
        let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/FRAMEWORKS.md");
        let page = std::fs::read_to_string(page).unwrap();
        let head = "| | axum | tonic | hyper | actix-web | poem | lambda_http |\n|---|---|---|---|---|---|---|\n";
        let row = |(_, name, ways): &(_, &str, [Way; 6])| {
            let cells: Vec<_> = ways.iter().map(ToString::to_string).collect();
            format!("| {name} | {} |\n", cells.join(" | "))
        };
        let table: String = std::iter::once(head.to_owned()).chain(TABLE.iter().map(row)).collect();
        assert!(page.contains(&table), "docs/FRAMEWORKS.md needs this table:\n{table}");
    }
}
