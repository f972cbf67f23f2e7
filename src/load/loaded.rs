//! The accepted configuration.

use std::{fmt, ops::Deref, sync::Arc};

use hardened_core::manifest::Service;

use super::Table;
use crate::{Report, Tier, schema::Schema};

/// An accepted configuration with its report. Cloning is cheap because clones share the data.
///
/// Its `Debug` output shows only the name of the struct and the tier. A `derive(Debug)` on the struct itself shows
/// accepted plain settings; secrets are never shown.
pub struct Loaded<T>(Arc<Inner<T>>);

struct Inner<T> {
    value: T,
    report: Report,
    table: Table,
    schema: &'static Schema,
    service: Service,
}

impl<T> Loaded<T> {
    pub(super) fn new(value: T, report: Report, table: Table, schema: &'static Schema, service: Service) -> Self {
        Self(Arc::new(Inner { value, report, table, schema, service }))
    }

    /// Returns the tier of the run.
    ///
    /// Like the functions of [`Arc`], this is not a method, so that it does not hide a field or method of the settings.
    /// Write `Loaded::tier(&settings)`.
    #[must_use]
    pub fn tier(this: &Self) -> Tier {
        this.0.report.tier()
    }

    /// Returns the name and version of the service.
    pub(super) fn service(this: &Self) -> &Service {
        &this.0.service
    }

    /// Returns the warnings, notes and waivers of the start. Write `Loaded::report(&settings)`.
    #[must_use]
    pub fn report(this: &Self) -> &Report {
        &this.0.report
    }

    /// Returns every setting with its source, and its value unless it could contain a secret. Write
    /// `Loaded::table(&settings)`.
    #[must_use]
    pub fn table(this: &Self) -> &Table {
        &this.0.table
    }
}

impl<T: Send + Sync + 'static> Loaded<T> {
    /// Returns a part of the configuration, for a function that needs only one group. Cloning it is cheap.
    ///
    /// ```
    /// # use hardened::{Environment, Loaded, Loader};
    /// #[derive(hardened::Config)]
    /// struct Mail { #[config(default = "mail.internal")] mail_host: String }
    /// #[derive(hardened::Config)]
    /// struct Settings { #[config(nested)] mail: Mail }
    ///
    /// let settings = Loader::new().environment(Environment::empty()).load::<Settings>()?;
    /// let mail = Loaded::map(&settings, |settings| &settings.mail);
    /// assert_eq!(mail.mail_host, "mail.internal");
    /// # Ok::<(), hardened::Refusal>(())
    /// ```
    #[must_use]
    pub fn map<U: ?Sized + 'static>(this: &Self, part: fn(&T) -> &U) -> LoadedPart<U> {
        LoadedPart(Arc::new(Projection { whole: this.clone(), part }))
    }
}

impl<T> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for Loaded<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.value
    }
}

impl<T> fmt::Debug for Loaded<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Loaded<{}>({})", self.0.schema.name(), Self::tier(self))
    }
}

/// A part of an accepted configuration: see [`Loaded::map`]. Cloning is cheap.
pub struct LoadedPart<U: ?Sized>(Arc<dyn Project<U>>);

impl<U: ?Sized> Clone for LoadedPart<U> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<U: ?Sized> Deref for LoadedPart<U> {
    type Target = U;

    fn deref(&self) -> &U {
        self.0.part()
    }
}

impl<U: ?Sized> fmt::Debug for LoadedPart<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LoadedPart(..)")
    }
}

trait Project<U: ?Sized>: Send + Sync {
    fn part(&self) -> &U;
}

struct Projection<T, U: ?Sized> {
    whole: Loaded<T>,
    part: fn(&T) -> &U,
}

impl<T: Send + Sync, U: ?Sized> Project<U> for Projection<T, U> {
    fn part(&self) -> &U {
        (self.part)(&self.whole)
    }
}
