//! From a declaration and an environment to a configuration, or to a refusal.

pub(crate) mod announce;
pub(crate) mod config;
mod core_dumps;
mod declaration;
mod document;
mod dotenv;
pub(crate) mod exit;
#[cfg_attr(not(feature = "files"), path = "no_files.rs")]
mod files;
mod habits;
mod hints;
mod keys;
pub(crate) mod loaded;
pub(crate) mod loader;
mod lookup;
mod missing;
mod near_miss;
mod place;
mod read_dotenv;
mod reader;
pub(crate) mod refusal;
#[cfg(unix)]
mod replaceable;
mod secret_directory;
mod secret_file;
mod session;
pub(crate) mod summary;
pub(crate) mod table;
mod tier;
pub(crate) mod typed;

pub use hardened_core::journal::Reason;

pub(crate) use self::dotenv::dotenv_environment;
#[cfg(feature = "sqlx")]
pub(crate) use self::secret_file::is_replaceable;
pub(crate) use self::{
    config::{Choose, Config},
    loaded::Loaded,
    loader::Loader,
    refusal::Refusal,
    table::{Row, SettingState, Table},
};
pub use self::{loaded::LoadedPart, reader::Reader};
