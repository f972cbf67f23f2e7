//! The vocabulary of the crate `hardened`: what a rule is, what a finding says, and how a run is reported.
//!
//! Services use `hardened`, which re-exports what they need. Tools that judge something else in the same words (a live
//! deployment, a source tree) build on this crate alone: they define rules with [`rules!`](crate::rules), report
//! violations to a [`Journal`](journal::Journal), and print its [`Report`](report::Report).
//!
//! Arrows between the modules point one way: [`text`] ← [`tier`], [`origin`] ← [`rule`] ← [`finding`] ← [`report`] ←
//! [`journal`]. [`dotenv`] and [`upwards`] are what the library and its command line tool know together of `.env` files.
//! [`terminal`] is how output looks, and [`manifest`] and [`verification`] are the documents that a release is verified
//! and audited with. Nothing else here reads a variable, and nothing the content of a file.

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
