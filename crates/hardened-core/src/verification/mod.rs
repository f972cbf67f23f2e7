//! The verification of a live service: the requests, the responses, and the outcome of each check.
//!
//! `hardened verify --format json` writes the document; `hardened audit` reads it with [`Verification::parse`]. It contains no
//! token and no response body. Its JSON Schema is `docs/verification.schema.json`.

mod document;
mod exchange;
mod text;

pub use self::{
    document::{
        Left, Outcome, Performed, RequestCount, SeverityWord, Summary, Target, Tool, VerdictWord, Verification,
    },
    exchange::{Control, Exchange, Got, Header, Sent},
};
