//! The positive control: a request that must succeed before and after a batch of negative checks.

use futures_util::future::join_all;
use hardened_core::verification::Exchange;

use crate::{
    answer::{Answer, NoAnswer},
    check::Family,
    handshake::Handshake,
    prober::{Prober, Shaken},
    request::Request,
};

/// Evidence that a control succeeded before and after a batch. Only this module creates one, and a negative check cannot
/// pass without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    before: Exchange,
    after: Exchange,
}

impl Control {
    /// Creates a control from two handshakes that the target agreed to.
    ///
    /// # Errors
    ///
    /// The reason why one of them failed.
    pub(crate) fn of_handshakes(before: &Shaken, after: &Shaken) -> Result<Self, String> {
        for ((_, got), when) in [(before, "before"), (after, "after")] {
            match got {
                Ok(Handshake::Agreed { .. }) => {}
                Ok(Handshake::Refused(how)) => {
                    return Err(format!("the target {how} in a handshake {when} the probes"));
                }
                Err(reason) => return Err(format!("no handshake {when} the probes: {reason}")),
            }
        }
        Ok(Self { before: before.0.clone(), after: after.0.clone() })
    }

    /// Returns the exchange before the batch.
    #[must_use]
    pub fn before(&self) -> &Exchange {
        &self.before
    }

    /// Returns the exchange after the batch.
    #[must_use]
    pub fn after(&self) -> &Exchange {
        &self.after
    }
}

/// The function that checks the answer to a control, and returns what is wrong with it.
pub(crate) type Expectation = Box<dyn Fn(&Answer) -> Result<(), String> + Send + Sync>;

/// The evidence of a request, and its answer.
pub(crate) type Probe = (Exchange, Result<Answer, NoAnswer>);

/// A batch of negative checks. Its control is sent before and after it.
pub(crate) struct Batch<'a> {
    prober: &'a Prober,
    family: Family,
    control: Request,
    expectation: Expectation,
    before: Exchange,
    /// The answer to the first control, for comparisons.
    pub(crate) answer: Answer,
}

impl<'a> Batch<'a> {
    /// Sends the control for the first time.
    ///
    /// # Errors
    ///
    /// The reason why the control does not succeed: a refusal would then prove nothing.
    pub(crate) async fn open(
        prober: &'a Prober,
        family: Family,
        control: Request,
        expectation: Expectation,
    ) -> Result<Self, String> {
        let (before, answer) = succeed(prober, family, &control, &expectation, "before").await?;
        Ok(Self { prober, family, control, expectation, before, answer })
    }

    /// Returns the evidence of the first control.
    pub(crate) fn before(&self) -> &Exchange {
        &self.before
    }

    /// Sends one probe of the batch.
    pub(crate) async fn probe(&self, request: Request) -> Probe {
        self.prober.send(self.family, request).await
    }

    /// Sends several probes at the same time, but keeps enough budget for the control and for `more` probes.
    pub(crate) async fn probe_all(&self, requests: Vec<Request>, more: usize) -> Vec<Probe> {
        let most = self.left().saturating_sub(more);
        join_all(requests.into_iter().take(most).map(|request| self.probe(request))).await
    }

    /// Returns how many probes the budget allows before the last control.
    pub(crate) fn left(&self) -> usize {
        usize::try_from(self.prober.budget().left(self.family)).unwrap_or(usize::MAX).saturating_sub(1)
    }

    /// Sends the control again.
    ///
    /// # Errors
    ///
    /// The reason why the control no longer succeeds: the refusals in between may have another cause.
    pub(crate) async fn close(self) -> Result<Control, String> {
        let (after, _) = succeed(self.prober, self.family, &self.control, &self.expectation, "after").await?;
        Ok(Control { before: self.before, after })
    }
}

impl<'a> Batch<'a> {
    /// Sends the control again, and begins the next batch with the same exchange. If the control does not succeed, the reason
    /// is returned together with the answer.
    pub(crate) async fn next(self) -> (Result<Control, String>, Probe, Option<Self>) {
        let Self { prober, family, control, expectation, before, .. } = self;
        let (after, got) = prober.send(family, control.clone()).await;
        let met = meets(prober, &control, &expectation, "after", &after, &got);
        let Ok(answer) = &met else { return (Err(met.err().unwrap_or_default()), (after, got), None) };
        let next = Self { prober, family, control, expectation, before: after.clone(), answer: answer.clone() };
        (Ok(Control { before, after: after.clone() }), (after, got), Some(next))
    }
}

async fn succeed(
    prober: &Prober,
    family: Family,
    control: &Request,
    expectation: &Expectation,
    when: &str,
) -> Result<(Exchange, Answer), String> {
    let (exchange, got) = prober.send(family, control.clone()).await;
    let answer = meets(prober, control, expectation, when, &exchange, &got)?;
    Ok((exchange, answer))
}

/// Returns the answer if it is as expected of the control.
fn meets(
    prober: &Prober,
    control: &Request,
    expectation: &Expectation,
    when: &str,
    exchange: &Exchange,
    got: &Result<Answer, NoAnswer>,
) -> Result<Answer, String> {
    let name = format!("the control {} {}", control.method, exchange.sent.path);
    let answer = got.as_ref().map_err(|reason| format!("{name}, sent {when} the probes, got no response: {reason}"))?;
    if !prober.is_rehearsal() {
        expectation(answer).map_err(|reason| format!("{name}, sent {when} the probes, {reason}"))?;
    }
    Ok(answer.clone())
}
