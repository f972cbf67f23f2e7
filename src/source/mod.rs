//! The sources of settings. Each source reads the text of one setting and is independent of the others; [`sources`]
//! queries them in order.

mod block;
mod bounded_file;
mod dotenv;
mod elements;
pub(crate) mod environment;
#[cfg(feature = "files")]
mod files;
mod found;
mod known_names;
pub(crate) mod overrides;
#[cfg(unix)]
mod replaceable;
mod secret_directory;
mod secret_file;
mod sources;
mod variables;

#[cfg(feature = "guard")]
pub(crate) use self::secret_file::is_replaceable;
pub(crate) use self::{
    dotenv::environment_of,
    elements::Elements,
    found::Found,
    known_names::KnownNames,
    sources::{SourceOptions, Sources},
};
