//! Runs the families of checks against one target.

use std::{path::Path, sync::Arc, time::SystemTime};

use hardened_core::verification::{Left, Sent};
use tokio::time::Instant;

use crate::{
    check::Family,
    cleanup,
    credentials::User,
    error::Error,
    family,
    ledger::{Journal, Ledger},
    options::Options,
    recipe,
    transport::Transport,
    verification::Verification,
};

/// A verification of one live service from outside, ready to run.
pub struct Verifier {
    pub(crate) options: Options,
    pub(crate) transport: Arc<dyn Transport>,
}

impl Verifier {
    /// Runs all checks.
    pub async fn run(self) -> Verification {
        let (started, begin) = (SystemTime::now(), Instant::now());
        let Self { options, transport } = self;
        let families = options.families.clone();
        let (target, tier, remarks) = (options.target.clone(), options.tier(), options.remarks.clone());
        let service = options.manifest.as_ref().map(|manifest| manifest.service.clone());
        let mut remarks = remarks;
        let mut context = options.context(Some(transport));
        let outcomes = match &mut context {
            Ok(context) => {
                let outcomes = family::run(context, &families).await;
                cleanup::all(context).await;
                remarks.extend(context.ledger.finish().map(|path| remark(&path)));
                outcomes
            }
            Err(reason) => family::none(&families, &reason.to_string()),
        };
        let left_behind = context.as_ref().map(|context| context.ledger.left()).unwrap_or_default();
        let sent = context.map(|context| context.prober.budget().sent()).unwrap_or_default();
        let target = format!("{}{}", target.origin(), target.base());
        Verification {
            target,
            tier,
            service: service.as_ref().and_then(|service| service.name.clone()),
            version: service.and_then(|service| service.version),
            started,
            took: begin.elapsed(),
            remarks,
            left_behind,
            sent,
            outcomes,
        }
    }

    /// Removes what a killed run left, and returns what could not be removed. The journal is deleted if nothing is left that it
    /// could help to remove. The profile must be the one of that run.
    ///
    /// # Errors
    ///
    /// When the journal belongs to another target, or the run cannot be prepared.
    pub async fn cleanup(self, journal: Journal) -> Result<Vec<Left>, Error> {
        let Self { options, transport } = self;
        if journal.target() != format!("{}{}", options.target.origin(), options.target.base()) {
            return Err(Error::Journal("it belongs to another target"));
        }
        let mut context = options.context(Some(transport))?;
        context.ledger = Ledger::resume(&journal);
        recipe::sign_in(&mut context, &User::BOTH, &journal.accounts()).await;
        cleanup::all(&context).await;
        let left = context.ledger.left();
        if !left.iter().any(|left| left.removable) {
            journal.remove();
        }
        Ok(left)
    }

    /// Returns every request that a run against a healthy target would send, without sending any.
    pub async fn plan(self) -> Vec<(Family, Sent)> {
        let families = self.options.families.clone();
        match self.options.context(None) {
            Ok(mut context) => {
                family::run(&mut context, &families).await;
                cleanup::all(&context).await;
                context.prober.planned()
            }
            Err(_) => Vec::new(),
        }
    }
}

fn remark(journal: &Path) -> String {
    format!(
        "something could not be removed from the target; `hardened verify --cleanup {}` tries again",
        journal.display()
    )
}
