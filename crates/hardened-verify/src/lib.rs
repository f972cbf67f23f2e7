#![doc = include_str!("../README.md")]
//!
//! # How it is built
//!
//! A [`Verifier`] runs the families of checks against one target. A family sends probes through the prober, which keeps
//! to the budget and the deadline, and judges the answers: each [`Check`] ends in an [`Outcome`] with a [`Verdict`].
//! Dependencies point one way: `target`, `request`, `answer`, `handshake` ← `detect`, `transport` ← `prober` ← `control` ←
//! `outcome` ← `judge` ← `context` ← `family` ← `verifier`.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod answer;
mod assert;
mod bad_input;
mod budget;
mod builder;
mod calls;
mod canary;
mod check;
mod cleanup;
mod connection;
mod context;
mod control;
mod cookie;
mod credentials;
mod detect;
mod document;
mod error;
mod evidence;
mod family;
mod find;
mod forge;
mod graphql;
mod handshake;
mod interrupt;
mod judge;
mod ledger;
mod openapi;
mod options;
mod outcome;
mod policy;
mod prepare;
mod prober;
mod profile;
mod progress;
mod recipe;
mod request;
pub mod rule;
mod stall;
mod target;
mod template;
mod transport;
mod verification;
mod verifier;

pub use self::{
    assert::Verifiable,
    bad_input::{BadInput, Mistake},
    builder::Builder,
    check::{Check, Family},
    control::Control,
    credentials::{Credential, User},
    error::Error,
    interrupt::Interrupt,
    ledger::Journal,
    openapi::OpenApi,
    outcome::{Fact, Outcome, Pass, Verdict},
    profile::Profile,
    progress::Progress,
    verification::Verification,
    verifier::Verifier,
};
