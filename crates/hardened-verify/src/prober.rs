//! Sends probes within the budget, the deadline and the limit of concurrent requests, and keeps the heads of the answers.

use std::{
    sync::{Arc, Mutex, OnceLock},
    time::Duration,
};

use bytes::Bytes;
use hardened_core::verification::{Exchange, Sent};
use http::{HeaderMap, HeaderName, Method, StatusCode, header};
use tokio::{
    sync::Semaphore,
    time::{Instant, sleep, timeout_at},
};

use crate::{
    answer::{Answer, NoAnswer},
    budget::Budget,
    check::Family,
    evidence, graphql,
    handshake::{Handshake, Hello, LASTS_DAYS},
    interrupt::Interrupt,
    request::Request,
    stall::Stall,
    transport::Transport,
};

/// How often a probe is sent again after the target asks to wait.
const RETRIES: usize = 2;

/// An answer without its body, and its request.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) is_html: bool,
    pub(crate) exchange: Exchange,
}

/// How long to wait, after an interrupt, for the answer to a request that changes something.
const GRACE: Duration = Duration::from_secs(2);

/// The maximum time for the cleanup.
const CLEANING: Duration = Duration::from_secs(10);

/// The maximum time for one request of the cleanup.
const CLEANING_REQUEST: Duration = Duration::from_secs(3);

/// The time to reserve after a request that is held open, because the control must still be sent.
const AFTERWARDS: Duration = Duration::from_secs(5);

/// The evidence of a handshake, and its result.
pub(crate) type Shaken = (Exchange, Result<Handshake, NoAnswer>);

/// The callback for each request that is sent.
pub(crate) type Sending = Arc<dyn Fn(Family) + Send + Sync>;

/// The sender of all requests of a run, which keeps to its limits.
pub(crate) struct Prober {
    /// `None` in a rehearsal, which sends nothing.
    transport: Option<Arc<dyn Transport>>,
    budget: Budget,
    at_once: Semaphore,
    deadline: Instant,
    /// The end of the cleanup at the latest, which is later than the deadline of the probes.
    end: Instant,
    /// The end of the cleanup, once it has begun.
    cleaning: OnceLock<Instant>,
    request_time: Duration,
    interrupted: Interrupt,
    sending: Sending,
    /// The headers that every request carries.
    headers: Vec<(HeaderName, String)>,
    /// The heads of the answers.
    heads: Mutex<Vec<Head>>,
    /// The requests that a rehearsal would have sent.
    planned: Mutex<Vec<(Family, Sent)>>,
}

impl Prober {
    pub(crate) fn new(
        transport: Option<Arc<dyn Transport>>,
        budget: Budget,
        at_once: usize,
        deadline: Instant,
        request_time: Duration,
        interrupted: Interrupt,
        sending: Sending,
    ) -> Self {
        let at_once = Semaphore::new(at_once.max(1));
        Self {
            transport,
            budget,
            at_once,
            deadline,
            end: deadline,
            cleaning: OnceLock::new(),
            request_time,
            interrupted,
            sending,
            headers: Vec::new(),
            heads: Mutex::default(),
            planned: Mutex::default(),
        }
    }

    /// Reserves time for the cleanup: a quarter of the whole, and at most 10 s.
    pub(crate) fn keep_time(mut self) -> Self {
        let whole = self.end.saturating_duration_since(Instant::now());
        self.deadline -= CLEANING.min(whole / 4);
        self
    }

    /// Adds headers to every request.
    pub(crate) fn with_headers(mut self, headers: Vec<(HeaderName, String)>) -> Self {
        self.headers = headers;
        self
    }

    /// Adds the common headers that the request does not set itself. A common `Content-Type`, such as
    /// `application/vnd.api+json`, applies to JSON bodies only.
    fn dressed(&self, request: Request) -> Request {
        self.headers.iter().fold(request, |request, (name, value)| {
            if *name == header::CONTENT_TYPE {
                return request.json_of_type(value);
            }
            let has_own = request.headers.iter().any(|(known, _)| known == name);
            if has_own { request } else { request.header(name.clone(), value) }
        })
    }

    /// Sends a request of the cleanup, even if the run is interrupted or the deadline is over.
    pub(crate) async fn send_last(&self, request: Request) -> (Exchange, Result<Answer, NoAnswer>) {
        let request = self.dressed(request);
        let got = self.answer_last(&request).await;
        (evidence::exchange(&request, &got), meant(&request, got))
    }

    async fn answer_last(&self, request: &Request) -> Result<Answer, NoAnswer> {
        let Some(transport) = &self.transport else { return Ok(self.rehearse(Family::Isolation, request)) };
        let until = *self.cleaning.get_or_init(|| self.end.min(Instant::now() + CLEANING));
        let mut tries = 0;
        loop {
            if !self.budget.take_kept() {
                return Err(NoAnswer::BudgetSpent);
            }
            (self.sending)(Family::Isolation);
            let limit = self.request_time.min(CLEANING_REQUEST);
            let answer = self.until(until, limit, transport.exchange(request)).await?;
            let Some(wait) = asks_to_wait(&answer).filter(|_| tries < RETRIES) else { return Ok(answer) };
            tries += 1;
            if Instant::now() + wait >= until {
                return Err(NoAnswer::AskedToWait(wait));
            }
            sleep(wait).await;
        }
    }

    /// Sends one request, and keeps the head of its answer. Redirects are not followed.
    pub(crate) async fn send(&self, family: Family, request: Request) -> (Exchange, Result<Answer, NoAnswer>) {
        let request = self.dressed(request);
        let got = self.answer(family, &request).await;
        let exchange = evidence::exchange(&request, &got);
        if let Ok(answer) = &got {
            self.keep(&request, &exchange, answer);
        }
        (exchange, meant(&request, got))
    }

    /// Returns the heads of the answers of this run so far.
    pub(crate) fn heads(&self) -> Vec<Head> {
        self.heads.lock().map(|heads| heads.clone()).unwrap_or_default()
    }

    fn keep(&self, request: &Request, exchange: &Exchange, answer: &Answer) {
        // For another host name, or over `http:`, another server may answer.
        if self.is_rehearsal() || request.is_plain || request.host.is_some() {
            return;
        }
        let head = Head {
            method: request.method.clone(),
            path: request.path.clone(),
            status: answer.status,
            headers: answer.headers.clone(),
            is_html: answer.is_html(),
            exchange: exchange.clone(),
        };
        if let Ok(mut heads) = self.heads.lock() {
            heads.push(head);
        }
    }

    /// Returns whether the service runs in this process, without a socket.
    pub(crate) fn is_in_process(&self) -> bool {
        self.transport.as_ref().is_some_and(|transport| transport.is_in_process())
    }

    /// Returns whether this is a rehearsal: nothing is sent, and every request gets the answer of a healthy target.
    pub(crate) fn is_rehearsal(&self) -> bool {
        self.transport.is_none()
    }

    /// Returns the requests that a rehearsal would have sent.
    pub(crate) fn planned(&self) -> Vec<(Family, Sent)> {
        self.planned.lock().map(|planned| planned.clone()).unwrap_or_default()
    }

    pub(crate) fn budget(&self) -> &Budget {
        &self.budget
    }

    async fn answer(&self, family: Family, request: &Request) -> Result<Answer, NoAnswer> {
        let mut tries = 0;
        loop {
            let answer = self.once(family, request).await?;
            let Some(wait) = asks_to_wait(&answer) else { return Ok(answer) };
            if tries == RETRIES {
                return Ok(answer);
            }
            tries += 1;
            if Instant::now() + wait >= self.deadline {
                return Err(NoAnswer::AskedToWait(wait));
            }
            tokio::select! {
                () = sleep(wait) => {}
                () = self.interrupted.wait() => return Err(NoAnswer::Interrupted),
            }
        }
    }

    async fn once(&self, family: Family, request: &Request) -> Result<Answer, NoAnswer> {
        self.take(family)?;
        match &self.transport {
            Some(transport) => self.unless_interrupted(request, transport.exchange(request)).await,
            None => Ok(self.rehearse(family, request)),
        }
    }

    /// Waits for an answer until the run is interrupted. The answer to a request that changes something gets a grace period.
    async fn unless_interrupted(
        &self,
        request: &Request,
        exchange: impl Future<Output = Result<Answer, NoAnswer>>,
    ) -> Result<Answer, NoAnswer> {
        let cut = async {
            self.interrupted.wait().await;
            if request.method.is_safe() {
                return NoAnswer::Interrupted;
            }
            sleep(GRACE).await;
            NoAnswer::TooSlow(GRACE)
        };
        tokio::select! {
            biased;
            got = self.in_time(exchange) => got,
            reason = cut => Err(reason),
        }
    }

    /// Makes one TLS handshake; `None` if the target does not use TLS.
    pub(crate) async fn shake(&self, family: Family, hello: Hello, host: &str) -> Option<Shaken> {
        let shaking = match &self.transport {
            Some(transport) => Some(transport.handshake(hello)?),
            None => None,
        };
        let got = match (self.take(family), shaking) {
            (Err(reason), _) => Err(reason),
            (Ok(()), Some(shaking)) => self.in_time(shaking).await,
            (Ok(()), None) => Ok(self.rehearse_handshake(family, hello, host)),
        };
        Some((evidence::handshake(hello, host, &got), got))
    }

    /// Begins a request and does not finish it, for at most this time; `None` if there is no socket.
    pub(crate) async fn stall(
        &self,
        family: Family,
        request: Request,
        limit: Duration,
    ) -> Option<(Exchange, Result<Stall, NoAnswer>)> {
        let left = self.deadline.saturating_duration_since(Instant::now()).saturating_sub(AFTERWARDS);
        let limit = limit.min(left);
        let stalling = match &self.transport {
            Some(transport) => Some(transport.stall(&request, limit)?),
            None => None,
        };
        let got = match (self.take(family), stalling) {
            (Err(reason), _) => Err(reason),
            (Ok(()), Some(stalling)) => tokio::select! {
                got = self.until(self.deadline, limit + AFTERWARDS, stalling) => got,
                () = self.interrupted.wait() => Err(NoAnswer::Interrupted),
            },
            (Ok(()), None) => {
                self.rehearse(family, &request);
                Ok(Stall::Ended(Duration::ZERO))
            }
        };
        Some((evidence::stalled(&request, &got), got))
    }

    /// Takes one request from the budget of a family.
    fn take(&self, family: Family) -> Result<(), NoAnswer> {
        if self.interrupted.is_set() {
            return Err(NoAnswer::Interrupted);
        }
        if !self.budget.take(family) {
            return Err(NoAnswer::BudgetSpent);
        }
        (self.sending)(family);
        Ok(())
    }

    /// Waits for one exchange, up to the time limit for a request and the deadline of the run.
    async fn in_time<T>(&self, exchange: impl Future<Output = Result<T, NoAnswer>>) -> Result<T, NoAnswer> {
        self.until(self.deadline, self.request_time, exchange).await
    }

    async fn until<T>(
        &self,
        deadline: Instant,
        limit: Duration,
        exchange: impl Future<Output = Result<T, NoAnswer>>,
    ) -> Result<T, NoAnswer> {
        let permit = timeout_at(deadline, self.at_once.acquire()).await;
        let Ok(Ok(_permit)) = permit else { return Err(NoAnswer::DeadlineOver) };
        let own = Instant::now() + limit;
        match timeout_at(own.min(deadline), exchange).await {
            Ok(got) => got,
            Err(_) if own <= deadline => Err(NoAnswer::TooSlow(limit)),
            Err(_) => Err(NoAnswer::DeadlineOver),
        }
    }

    fn rehearse_handshake(&self, family: Family, hello: Hello, host: &str) -> Handshake {
        if let Ok(mut planned) = self.planned.lock() {
            planned.push((family, evidence::hello_sent(hello, host)));
        }
        match hello {
            Hello::Modern => Handshake::Agreed { version: "TLS 1.3", days: Some(LASTS_DAYS) },
            Hello::Old => Handshake::Refused("answered with an alert"),
        }
    }

    /// Records the request, and returns the answer of a healthy target.
    fn rehearse(&self, family: Family, request: &Request) -> Answer {
        if let Ok(mut planned) = self.planned.lock() {
            planned.push((family, evidence::sent(request)));
        }
        let body = &request.expected.body;
        Answer {
            status: request.expected.status,
            headers: HeaderMap::new(),
            body: if body.is_null() { Bytes::new() } else { Bytes::from(body.to_string()) },
            is_complete: true,
        }
    }
}

/// Replaces the status of a GraphQL answer by the one that its body means.
fn meant(request: &Request, got: Result<Answer, NoAnswer>) -> Result<Answer, NoAnswer> {
    match got {
        Ok(answer) if request.is_graphql => Ok(Answer { status: graphql::meaning(&answer), ..answer }),
        got => got,
    }
}

/// Returns how long a busy target asks to wait: `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3).
fn asks_to_wait(answer: &Answer) -> Option<Duration> {
    let is_busy = matches!(answer.status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE);
    let told = answer.header(&header::RETRY_AFTER).filter(|_| is_busy)?.trim();
    if let Ok(seconds) = told.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(told).ok()?;
    Some(until.duration_since(answer.clock()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn a_busy_target_says_in_seconds_or_as_a_time_how_long_to_wait() {
        const NOW: &str = "Thu, 26 Nov 2026 12:00:00 GMT";
        for (status, told, expected) in [
            (429, "2", Some(2)),
            (503, " 0 ", Some(0)),
            (429, "Thu, 26 Nov 2026 12:00:03 GMT", Some(3)),
            (429, "Thu, 26 Nov 2026 11:59:59 GMT", Some(0)),
            (429, "soon", None),
            (200, "2", None),
        ] {
            let mut answer = Answer::of(status, "");
            answer.headers.insert(header::DATE, HeaderValue::from_static(NOW));
            answer.headers.insert(header::RETRY_AFTER, told.parse().unwrap());
            assert_eq!(asks_to_wait(&answer), expected.map(Duration::from_secs), "{status} {told}");
        }
    }
}
