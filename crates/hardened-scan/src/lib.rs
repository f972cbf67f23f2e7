//! Finds secrets where they do not belong: searches for the values of a service's own secrets, and for code that takes a
//! secret from the wrong place.
//!
//! Both searches report the same type: a [`Finding`] is a [rule] that does not hold at a [`Place`].
//!
//! Dependencies between the modules go one way: [`rule`] ← [`place`] ← [`finding`] ← [`report`]; [`walk`];
//! `judge` ← [`code`], [`files`].

#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod accepted;
pub mod code;
pub mod command;
mod contents;
mod error;
pub mod files;
pub mod finding;
mod found;
mod history;
mod judge;
mod lines;
pub mod place;
pub mod progress;
pub mod report;
pub mod rule;
mod scan;
mod sources;
mod tree;
pub mod values;
pub mod walk;

pub use self::{
    accepted::Accepted, command::command, error::Error, finding::Finding, place::Place, progress::Progress,
    report::Report, scan::Scan, values::Values,
};
