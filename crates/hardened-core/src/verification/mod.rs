//! The verification of a live service: what was asked, what was seen, and how each check ended.
//!
//! `hardened verify --format json` writes the document, and `hardened audit` reads it with [`Verification::parse`]. It has no
//! token and no body of an answer. Its JSON Schema is `docs/verification.schema.json`.

mod document;
mod exchange;
mod text;

pub use self::{
    document::{
        Left, Outcome, Performed, RequestCount, SeverityWord, Summary, Target, Tool, VerdictWord, Verification,
    },
    exchange::{Control, Exchange, Got, Header, Sent},
};
