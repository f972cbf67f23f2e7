//! The command `hardened verify`, which checks a live service from outside.

mod arguments;
mod credentials;
mod documents;
mod format;
mod html;
mod junit;
mod list;
mod problems;
mod progress;
mod run;
mod signals;

pub(crate) use self::{arguments::Arguments, run::run};
