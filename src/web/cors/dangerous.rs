//! The opt-in to settings that weaken a policy.

use super::PolicyBuilder;
use crate::load::Reason;

/// Settings that weaken a policy: see [`PolicyBuilder::dangerous`].
#[derive(Debug, Clone)]
#[must_use = "`dangerous` does nothing by itself: call one of its methods"]
pub struct Dangerous(pub(super) PolicyBuilder);

impl PolicyBuilder {
    /// Opts in to settings that weaken the policy. Each requires a reason, which is recorded in the report.
    pub fn dangerous(self) -> Dangerous {
        Dangerous(self)
    }
}

impl Dangerous {
    /// Allows exactly this origin although a rule prohibits it: the origin of a webview (`capacitor://localhost`,
    /// `https://localhost`), one loaded over `http`, or a pattern at a public suffix. The reason appears in every
    /// report. A [`Reason`] can be limited to one tier.
    ///
    /// ```
    /// use hardened::{Tier, cors::CorsPolicy};
    ///
    /// let policy = CorsPolicy::builder()
    ///     .allow_origins(["https://app.example.com"])
    ///     .dangerous()
    ///     .origin("capacitor://localhost", "the mobile app, which sends no cookies")
    ///     .build(Tier::Production)?;
    /// assert_eq!(policy.report().waivers().len(), 1);
    /// # Ok::<(), hardened::Refusal>(())
    /// ```
    ///
    /// It cannot guarantee that only this app has the origin: every app built with the same tool has it.
    ///
    /// # Errors
    ///
    /// At [`build`](PolicyBuilder::build): rules about the syntax (`origin-malformed` and so on) cannot be waived, and
    /// a blank reason is the error `waiver-invalid`. A waiver that is not needed is a note, `waiver-unused`.
    pub fn origin(mut self, origin: impl AsRef<str>, reason: impl Into<Reason>) -> PolicyBuilder {
        self.0.origins.push(origin.as_ref(), Some(&reason.into()));
        self.0
    }
}
