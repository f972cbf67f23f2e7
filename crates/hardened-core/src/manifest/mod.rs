//! The manifest of a release: its configuration, and what starting it commits the live service to.
//!
//! `my-service config manifest` writes the document; `hardened verify` and `hardened audit` read it with
//! [`Manifest::parse`]. It contains no secrets. `docs/MANIFEST.md` describes it for people, and its JSON Schema is
//! `docs/manifest.schema.json`.
//!
//! Within one version, a document may only gain members, and readers ignore members that they do not know. Any other change
//! makes a new version; readers refuse versions that they do not know.

mod document;
mod order;
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
