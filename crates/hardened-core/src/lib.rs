//! The foundation of the crate `hardened`: rules, findings, tiers, and the report of a run.
//!
//! Services use `hardened`, which re-exports what they need. Tools that judge other things by the same kind of rules (a live
//! deployment, a source tree) build on this crate alone: they define rules with [`rules!`](crate::rules), report
//! violations to a [`Journal`](journal::Journal), and print its [`Report`](report::Report).
//!
//! Dependencies between the modules go one way: [`text`] ← [`tier`], [`origin`] ← [`rule`] ← [`finding`] ← [`report`] ←
//! [`journal`]. [`dotenv`] and [`upwards`] are shared by the library and its command-line tool. [`terminal`] determines how
//! output looks. [`manifest`] and [`verification`] are the documents with which a release is verified and audited. Nothing
//! else in this crate reads environment variables or the content of files.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(clippy::print_stdout, clippy::print_stderr)]

extern crate self as hardened_core;

#[doc(hidden)]
pub mod arguments;
#[cfg(feature = "ci")]
pub mod ci;
pub mod document;
pub mod dotenv;
pub mod finding;
pub mod journal;
pub mod manifest;
pub mod origin;
pub mod provenance;
pub mod report;
pub mod rule;
pub mod terminal;
pub mod text;
pub mod tier;
pub mod upwards;
#[cfg(feature = "documents")]
pub mod verification;
