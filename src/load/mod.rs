//! From a declaration and an environment to a configuration, or to a refusal.

mod config;
mod core_dumps;
mod declaration;
mod document;
mod dotenv;
mod exit;
#[cfg_attr(not(feature = "files"), path = "no_files.rs")]
mod files;
mod habits;
mod hints;
mod keys;
mod loaded;
mod loader;
mod lookup;
mod missing;
mod near_miss;
mod place;
mod read_dotenv;
mod reader;
mod refusal;
#[cfg(unix)]
mod replaceable;
mod secret_directory;
mod secret_file;
mod session;
mod table;
mod tier;
mod typed;

pub use hardened_core::journal::Reason;

pub(crate) use self::dotenv::dotenv_environment;
#[cfg(feature = "sqlx")]
pub(crate) use self::secret_file::is_replaceable;
pub use self::{
    config::{Choose, Config},
    exit::Exit,
    loaded::{Loaded, LoadedPart},
    loader::Loader,
    reader::Reader,
    refusal::Refusal,
    table::{Row, SettingState, Table},
    typed::{TypedGroup, TypedSetting, group, read_with, setting, tier},
};
