//! The manifest of a release: what its configuration is, and what a start with it commits the live service to.
//!
//! `my-service config manifest` writes the document, and `hardened verify` and `hardened audit` read it with
//! [`Manifest::parse`]. It has no secret. `docs/MANIFEST.md` describes it for people, and its JSON Schema is
//! `docs/manifest.schema.json`.
//!
//! A document of one version only gains members; readers ignore members that they do not know. Anything else is another
//! version, which is refused by its number.

mod document;
mod promises;
#[cfg(feature = "documents")]
mod read;
mod routes;
mod text;

pub use self::{
    document::{
        Manifest, RuleEntry, RuleOutcome, Service, SettingEntry, SettingState, SourceKind, TierAndWhy, WaiverEntry,
    },
    promises::{
        ConnectionPromise, CookiePromise, CorsPromise, DatabasePromise, DocsPromise, ErrorPromise, HeaderPromise,
        HealthContract, HealthPromise, HostPromise, LimitPromise, Promises, SameSite, TokenPromise, Transport,
    },
    routes::Route,
    text::{HttpToken, UrlPath},
};

#[cfg(all(test, feature = "documents"))]
mod tests;
