//! The trait that a configuration struct derives.

use std::sync::Arc;

use super::{Loaded, Loader, Reader, Refusal};
use crate::{finding::Reported, schema::Schema};

/// A configuration struct, or a group of settings inside one. Implemented by `#[derive(Config)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a group of settings",
    label = "does not implement `hardened::Config`",
    note = "add `#[derive(hardened::Config)]` to it"
)]
pub trait Config: Sized {
    /// What the struct declares.
    const SCHEMA: &'static Schema;

    /// Reads every field. The derive makes it; by hand it is for a group that no attribute can describe, with the methods
    /// of the [`Reader`].
    ///
    /// # Errors
    ///
    /// Each error is in the report already.
    fn read(reader: &mut Reader<'_>) -> Result<Self, Reported>;

    /// What this service always wants of its loader: waivers, its own tier variable, sources. Set by
    /// `#[config(loader = path)]`; every way to load goes through it.
    fn loader(loader: Loader) -> Loader {
        loader
    }

    /// Loads the configuration from the environment of the process.
    ///
    /// # Errors
    ///
    /// A [`Refusal`] with every problem at once, when at least one rule binds that does not hold.
    fn load() -> Result<Loaded<Self>, Refusal> {
        Loader::new().load()
    }

    /// Loads the configuration, or prints the one report to standard error and ends the process with status 78
    /// (`EX_CONFIG` of `sysexits.h`).
    ///
    /// An accepted start is one line on standard error, with its warnings below: see [`Loader::announce`]. In Preview and Production core
    /// dumps are forbidden before the first secret is read: see [`Loader::load_or_exit`].
    #[must_use]
    fn load_or_exit() -> Loaded<Self> {
        Loader::new().load_or_exit()
    }
}

/// A group of which the code decides a part, by a function at the field: `#[config(nested, with = pages)]`.
///
/// What the function decides is judged at the start, in the same report as what the variables say.
#[diagnostic::on_unimplemented(
    message = "the code cannot decide a part of `{Self}`",
    label = "`with` is for a group such as `CorsSettings`"
)]
pub trait Choose: Config {
    /// What the function is given, and gives back: `PolicyBuilder` for `CorsSettings`.
    type Draft;

    /// Reads every field, and lets the function decide the rest.
    ///
    /// # Errors
    ///
    /// Each error is in the report already.
    #[doc(hidden)]
    fn read_with(reader: &mut Reader<'_>, choose: fn(Self::Draft) -> Self::Draft) -> Result<Self, Reported>;
}

/// A group that is shared, for a state of which axum's `FromRef` hands out parts.
impl<T: Config> Config for Arc<T> {
    const SCHEMA: &'static Schema = T::SCHEMA;

    fn read(reader: &mut Reader<'_>) -> Result<Self, Reported> {
        T::read(reader).map(Self::new)
    }

    fn loader(loader: Loader) -> Loader {
        T::loader(loader)
    }
}
