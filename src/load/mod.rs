//! Loads a configuration from its declaration and the environment, or refuses it.

pub(crate) mod announce;
mod assumed;
pub(crate) mod choices;
mod common_names;
pub(crate) mod config;
mod declaration;
mod deprecated;
mod document;
pub(crate) mod elements;
pub(crate) mod exit;
mod groups;
mod hints;
mod keys;
pub(crate) mod loaded;
pub(crate) mod loader;
mod manifest;
mod missing;
mod near_miss;
mod policy;
mod reader;
pub(crate) mod refusal;
mod session;
mod spelling;
pub(crate) mod summary;
pub(crate) mod table;
mod tier;
pub(crate) mod typed;

pub use crate::command::ConfigCommand;
pub use hardened_core::journal::Reason;

pub(crate) use self::{
    config::{Choose, Config},
    loaded::Loaded,
    loader::Loader,
    refusal::Refusal,
    table::{Row, SettingState, Table},
};
pub use self::{
    loaded::LoadedPart,
    policy::{PlainSetting, Policy},
    reader::Reader,
};
