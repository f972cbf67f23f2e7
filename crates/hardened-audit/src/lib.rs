#![doc = include_str!("../README.md")]
//!
//! # How it is built
//!
//! An [`Audit`] collects documents. An index of facts says what they show about the code of a rule or a live check. The
//! sections of the [`Report`] are made from both. Dependencies point one way: `report`, `scan` ← `facts` ← `promise`,
//! `decision`, `asvs`, `section` ← `audit`.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod asvs;
mod audit;
mod command;
mod decision;
pub mod diff;
mod facts;
pub mod files;
mod promise;
mod render;
pub mod report;
pub mod rule;
mod scan;
mod section;
mod statement;

pub use self::{
    audit::Audit,
    command::{AuditCommand, command},
    decision::{Decision, DecisionError},
    files::Files,
    report::Report,
    scan::ScanResult,
    statement::statement,
};
