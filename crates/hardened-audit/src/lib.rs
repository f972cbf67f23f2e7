#![doc = include_str!("../README.md")]
//!
//! # How it is built
//!
//! An [`Audit`] collects documents; an index of facts answers what they show of one code, of a rule or of a live check; sections of
//! the [`Report`] are made from both. Arrows point one way: `report` ← `facts` ← `decision`, `asvs`, `diff` ← `section` ← `audit`.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod asvs;
mod audit;
mod decision;
pub mod diff;
mod facts;
mod render;
pub mod report;
pub mod rule;
mod section;
mod statement;

pub use self::{
    audit::Audit,
    decision::{Decision, DecisionError},
    report::Report,
    statement::statement,
};
