//! What a loader can be told about files and providers. The one place where figment stands in a public signature.

use std::fmt;

use figment::Provider;

use crate::Loader;

/// A provider of the service's own.
pub(super) type OwnProvider = Box<dyn Provider + Send + Sync>;

/// The choices of one loader.
#[derive(Default)]
pub(in crate::load) struct Options {
    pub(super) section: Option<&'static str>,
    pub(super) providers: Vec<OwnProvider>,
}

/// Shows no provider: figment's own show values.
impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("section", &self.section).field("providers", &self.providers.len()).finish()
    }
}

impl Options {
    /// Forgets the providers, which may read what belongs to this machine.
    pub(in crate::load) fn leave_out_providers(&mut self) {
        self.providers.clear();
    }
}

impl Loader {
    /// Reads one service's part of a `hardened.toml` that several services share: the sections `[shared]` and the named
    /// one, each with its own tiers (`[api.production]`). Sections of other services are ignored.
    ///
    /// ```toml
    /// [shared]
    /// log_level = "info"
    ///
    /// [api]
    /// port = 8080
    ///
    /// [api.production]
    /// port = 80
    /// ```
    ///
    /// The tier decides before the section: `[shared.production]` wins over `[api]`, and `[api.production]` over both.
    ///
    /// # Errors
    ///
    /// Loading refuses with `source-unknown-key` for what stands outside of every section, and with
    /// `source-unknown-section` for a tier outside of them. A section that resembles one that is not there is a note.
    pub fn section(mut self, name: &'static str) -> Self {
        self.files.section = Some(name);
        self
    }

    /// Adds a provider of [figment](https://docs.rs/figment): YAML, JSON, a store. Its values win over `hardened.toml`
    /// and over providers added before, within one profile; a value for the selected tier (a profile of the same
    /// name) wins over `default`. Variables, and `.env`, win over all of them.
    ///
    /// Keys that are no settings are passed over, for a store may hold more than this service's settings.
    ///
    /// # Errors
    ///
    /// Loading refuses with `source-provider-failed` when the provider fails, without its message; with
    /// `secret-in-file` when it delivers a declared secret, in whatever profile: the provider's memory already held it.
    pub fn figment(mut self, provider: impl Provider + Send + Sync + 'static) -> Self {
        self.files.providers.push(Box::new(provider));
        self
    }
}
