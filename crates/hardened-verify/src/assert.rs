//! `assert_verified!`, for the tests of a service.

use crate::{builder::Builder, error::Error, verifier::Verifier};

/// The target of [`assert_verified!`](crate::assert_verified): a URL or a [`Builder`].
pub trait Verifiable {
    /// Converts the target into a builder.
    ///
    /// # Errors
    ///
    /// The same as for [`Verifier::builder`].
    fn verifiable(self) -> Result<Builder, Error>;
}

impl Verifiable for &str {
    fn verifiable(self) -> Result<Builder, Error> {
        Verifier::builder(self)
    }
}

impl Verifiable for &String {
    fn verifiable(self) -> Result<Builder, Error> {
        Verifier::builder(self)
    }
}

impl Verifiable for Builder {
    fn verifiable(self) -> Result<Builder, Error> {
        Ok(self)
    }
}

impl Verifiable for Result<Builder, Error> {
    fn verifiable(self) -> Result<Builder, Error> {
        self
    }
}

/// Verifies a service and returns the [`Verification`](crate::Verification). Panics with the report if its
/// [exit status](crate::Verification::exit_status) is not 0. Checks that need information that is not available are skipped.
///
/// The first argument is a URL or a [`Builder`]; an optional second one is the manifest of the service. The macro awaits,
/// so the test must be asynchronous.
///
/// ```no_run
/// use hardened_verify::assert_verified;
///
/// # async fn test(manifest: hardened_core::manifest::Manifest) {
/// assert_verified!("http://127.0.0.1:8000", manifest);
/// # }
/// ```
#[macro_export]
macro_rules! assert_verified {
    ($target:expr $(,)?) => {
        $crate::assert_verified!(@run $crate::Verifiable::verifiable($target))
    };
    ($target:expr, $manifest:expr $(,)?) => {
        $crate::assert_verified!(@run $crate::Verifiable::verifiable($target).map(|builder| builder.manifest($manifest)))
    };
    (@run $builder:expr) => {{
        let verification = match $builder.and_then($crate::Builder::build) {
            ::core::result::Result::Ok(verifier) => verifier.run().await,
            ::core::result::Result::Err(error) => ::core::panic!("{error}"),
        };
        ::core::assert!(verification.exit_status() == 0, "{verification}");
        verification
    }};
}
