//! Tracks what a connection is doing, and how long it may take.

use std::time::Duration;

use tokio::time::Instant;

use crate::listen::limits::Limits;

/// The number of bytes that must pass in each period of `HTTP_BODY_TIMEOUT` while the client is awaited. With 30 s that
/// is 136 bytes a second; Kestrel demands 240.
pub(super) const LEAST_PROGRESS: usize = 4 * 1024;

/// The number of body bytes that an HTTP/2 client may send before the service reads them. With a round trip of 100 ms,
/// that allows one connection 2.5 MiB a second.
pub(super) const WINDOW: u32 = 256 * 1024;

/// The number of bytes that a client may send without a request, a body that is read, or a response in between: 15,000
/// HTTP/2 pings or the longest head, plus the bodies that have not been read yet.
const MOST_NOISE: usize = 256 * 1024 + WINDOW as usize;

/// The time limits for the states of a connection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Times {
    pub(super) header: Duration,
    pub(super) body: Duration,
    pub(super) idle: Duration,
    pub(super) age: Duration,
}

impl Times {
    pub(super) fn of(limits: &Limits) -> Self {
        Self {
            header: limits.header_timeout(),
            body: limits.body_timeout(),
            idle: limits.idle_timeout(),
            age: limits.connection_age(),
        }
    }
}

/// What to do with a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Finish the requests in progress, then close.
    Close,
    /// Close at once.
    End,
}

/// What one connection is doing. The time is an argument of its methods, so that every state can be tested.
#[derive(Debug)]
pub(super) struct Progress {
    times: Times,
    born: Instant,
    phase: Phase,
    /// The number of requests whose response has not been sent.
    open: usize,
    /// The number of upgraded HTTP/2 streams, which `open` includes.
    upgraded: usize,
    is_http2: bool,
    blocked: Option<Window>,
    noise: usize,
    closing: Option<Instant>,
    is_ended: bool,
}

#[derive(Debug, Clone, Copy)]
enum Phase {
    /// Waiting for the head of a request.
    Head { since: Instant },
    /// No request is in progress.
    Idle { since: Instant },
    /// A request is in progress: the service and its timeouts decide.
    Busy,
}

/// The number of bytes that have passed in the current period.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    since: Instant,
    bytes: usize,
}

impl Window {
    pub(super) fn new(now: Instant) -> Self {
        Self { since: now, bytes: 0 }
    }

    /// Counts bytes that passed. Once they are enough, a new period begins.
    pub(super) fn pass(&mut self, bytes: usize, now: Instant) {
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes >= LEAST_PROGRESS {
            *self = Self::new(now);
        }
    }

    /// Returns the time at which too little has passed.
    pub(super) fn due(&self, period: Duration) -> Instant {
        self.since + period
    }
}

impl Progress {
    pub(super) fn new(times: Times, now: Instant) -> Self {
        Self {
            times,
            born: now,
            phase: Phase::Head { since: now },
            open: 0,
            upgraded: 0,
            is_http2: false,
            blocked: None,
            noise: 0,
            closing: None,
            is_ended: false,
        }
    }

    /// Records that the client sent something.
    pub(super) fn read(&mut self, bytes: usize, now: Instant) {
        if let (false, Phase::Idle { .. }) = (self.is_http2, self.phase) {
            self.phase = Phase::Head { since: now };
        }
        // While an HTTP/1 request is in progress, the client sends its body. Data for an upgraded stream cannot be
        // recognized here.
        if self.is_http2 && self.upgraded == 0 || matches!(self.phase, Phase::Head { .. }) {
            self.noise = self.noise.saturating_add(bytes);
            self.is_ended |= self.noise > MOST_NOISE;
        }
    }

    /// Records meaningful data from the client: a part of a body, or a sign that it takes a response.
    pub(super) fn heard(&mut self) {
        self.noise = 0;
    }

    /// Records that the client does not take what is sent.
    pub(super) fn blocked(&mut self, now: Instant) {
        self.blocked.get_or_insert(Window::new(now));
    }

    /// Records that the client took something.
    pub(super) fn wrote(&mut self, bytes: usize, now: Instant) {
        if let Some(window) = &mut self.blocked {
            window.pass(bytes, now);
        }
    }

    /// Records that everything was sent.
    pub(super) fn flushed(&mut self) {
        self.blocked = None;
    }

    /// Records that a request has arrived.
    pub(super) fn began(&mut self, is_http2: bool) {
        self.open += 1;
        self.is_http2 = is_http2;
        self.noise = 0;
        self.phase = Phase::Busy;
    }

    /// Records that an HTTP/2 request has become a stream in both directions, such as a WebSocket, which the service controls.
    pub(super) fn upgraded(&mut self) {
        self.open += 1;
        self.upgraded += 1;
        self.phase = Phase::Busy;
    }

    /// Records that such a stream has ended.
    pub(super) fn upgraded_ended(&mut self, now: Instant) {
        self.upgraded = self.upgraded.saturating_sub(1);
        self.ended(now);
    }

    /// Records that a response was sent or abandoned. Its request may have a body that nobody reads.
    pub(super) fn ended(&mut self, now: Instant) {
        self.noise = 0;
        self.open = self.open.saturating_sub(1);
        if self.open == 0 {
            self.phase = Phase::Idle { since: now };
        }
    }

    /// Records that the client was asked to open another connection.
    pub(super) fn closing(&mut self, now: Instant) {
        self.closing.get_or_insert(now);
    }

    /// Ends the connection at once.
    pub(super) fn end(&mut self) {
        self.is_ended = true;
    }

    #[cfg(test)]
    pub(super) fn is_over(&self) -> bool {
        self.is_ended
    }

    /// Returns whether the next response must be the last one.
    pub(super) fn is_old(&self, now: Instant) -> bool {
        self.born + self.times.age <= now
    }

    /// Returns whether a request is in progress.
    pub(super) fn is_busy(&self) -> bool {
        self.open > 0
    }

    /// Returns the next action and its time.
    pub(super) fn next(&self) -> (Instant, Verdict) {
        if self.is_ended {
            return (self.born, Verdict::End);
        }
        let blocked = self.blocked.map(|window| (window.due(self.times.body), Verdict::End));
        let closing = self.closing.map(|since| (self.after_closing(since), Verdict::End));
        let phase = match self.phase {
            Phase::Head { since } => Some((since + self.times.header, Verdict::End)),
            Phase::Idle { since } if self.closing.is_none() => Some((since + self.times.idle, Verdict::Close)),
            Phase::Idle { .. } | Phase::Busy => None,
        };
        // In HTTP/1, only a response can announce that the connection closes.
        let age = (self.is_http2 && self.closing.is_none()).then_some((self.born + self.times.age, Verdict::Close));
        let all = [blocked, closing, phase, age].into_iter().flatten();
        all.min_by_key(|(when, _)| *when).unwrap_or((self.born + FAR, Verdict::Close))
    }

    /// Returns the time at which the connection ends after the client was asked to close it. Requests in progress are
    /// finished.
    fn after_closing(&self, since: Instant) -> Instant {
        match self.phase {
            Phase::Busy => self.born + FAR,
            Phase::Head { since: later } | Phase::Idle { since: later } => since.max(later) + self.times.body,
        }
    }
}

/// Longer than any connection lives.
const FAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: u64 = 10;
    const BODY: u64 = 20;
    const IDLE: u64 = 75;
    const AGE: u64 = 3600;
    const FOREVER: u64 = FAR.as_secs();

    /// An event of a connection.
    #[derive(Debug, Clone, Copy)]
    enum Event {
        Read(usize),
        Blocked,
        Wrote(usize),
        Flushed,
        Began,
        Began2,
        Ended,
        Heard,
        Upgraded,
        UpgradedEnded,
        Closing,
        Evicted,
    }
    use Event::{
        Began, Began2, Blocked, Closing, Ended, Evicted, Flushed, Heard, Read, Upgraded, UpgradedEnded, Wrote,
    };
    use Verdict::{Close, End};

    /// Events with their second, then the second of the verdict and the verdict.
    type Row = (&'static [(u64, Event)], u64, Verdict);

    #[rustfmt::skip]
    const ROWS: &[Row] = &[
        // The head of the first request is awaited from the start, and single bytes do not extend the time.
        (&[], HEADER, End),
        (&[(3, Read(1)), (9, Read(1))], HEADER, End),
        // A response that takes long is the service's concern.
        (&[(1, Read(9)), (1, Began)], FOREVER, Close),
        // The maximum age of an HTTP/2 connection.
        (&[(1, Began2)], AGE, Close),
        (&[(1, Began2), (AGE - 1, Ended)], AGE, Close),
        // Afterwards the connection is idle; a byte begins another head, and more bytes do not extend its time.
        (&[(1, Began), (5, Ended)], 5 + IDLE, Close),
        (&[(1, Began), (5, Ended), (50, Read(1)), (55, Read(1))], 50 + HEADER, End),
        (&[(1, Began), (5, Ended), (50, Read(1)), (51, Began), (52, Ended)], 52 + IDLE, Close),
        // The last of several requests to end counts.
        (&[(1, Began2), (2, Began2), (5, Ended)], AGE, Close),
        (&[(1, Began2), (2, Began2), (5, Ended), (9, Ended)], 9 + IDLE, Close),
        // Frames that are not a request do not keep an HTTP/2 connection open.
        (&[(1, Began2), (5, Ended), (50, Read(17))], 5 + IDLE, Close),
        // A flood of them ends the connection, unless something meaningful comes in between.
        (&[(1, Began2), (2, Read(MOST_NOISE)), (3, Read(1))], 0, End),
        (&[(1, Began2), (2, Read(MOST_NOISE)), (3, Heard), (4, Read(1))], AGE, Close),
        (&[(1, Began2), (2, Read(MOST_NOISE)), (3, Began2), (4, Read(1))], AGE, Close),
        (&[(1, Began2), (1, Began2), (2, Read(MOST_NOISE)), (3, Ended), (4, Read(1))], AGE, Close),
        // An upgraded stream may be silent or send a lot, as long as it exists.
        (&[(1, Began2), (2, Upgraded), (2, Ended), (3, Read(MOST_NOISE + 1))], AGE, Close),
        (&[(1, Began2), (2, Upgraded), (2, Ended), (9, UpgradedEnded)], 9 + IDLE, Close),
        (&[(1, Began2), (2, Upgraded), (2, Ended), (9, UpgradedEnded), (10, Read(MOST_NOISE + 1))], 0, End),
        // In any version of HTTP, bytes that do not become a request are limited.
        (&[(1, Read(MOST_NOISE))], HEADER, End),
        (&[(1, Read(MOST_NOISE)), (2, Read(1))], 0, End),
        (&[(1, Began), (2, Ended), (3, Read(MOST_NOISE)), (4, Read(1))], 0, End),
        // The body of an HTTP/1 request is not noise.
        (&[(1, Began), (2, Read(MOST_NOISE + 1))], FOREVER, Close),
        // The client takes nothing, or too little.
        (&[(1, Began), (7, Blocked)], 7 + BODY, End),
        (&[(1, Began), (7, Blocked), (9, Blocked)], 7 + BODY, End),
        (&[(1, Began), (7, Blocked), (9, Wrote(LEAST_PROGRESS - 1))], 7 + BODY, End),
        (&[(1, Began), (7, Blocked), (9, Wrote(LEAST_PROGRESS))], 9 + BODY, End),
        (&[(1, Began), (7, Blocked), (9, Wrote(1)), (11, Flushed)], FOREVER, Close),
        (&[(1, Began), (7, Blocked), (8, Ended)], 7 + BODY, End),
        // A client that was asked to close has some time, counted from the last response.
        (&[(1, Began), (5, Ended), (80, Closing)], 80 + BODY, End),
        (&[(1, Began), (5, Closing), (30, Ended)], 30 + BODY, End),
        // Requests in progress are finished.
        (&[(1, Began), (5, Closing)], FOREVER, End),
        (&[(1, Began), (5, Closing), (6, Blocked)], 6 + BODY, End),
        // Another connection needs the place.
        (&[(1, Began), (5, Evicted)], 0, End),
    ];

    #[test]
    fn each_state_of_a_connection_has_its_end() {
        let times = Times {
            header: Duration::from_secs(HEADER),
            body: Duration::from_secs(BODY),
            idle: Duration::from_secs(IDLE),
            age: Duration::from_secs(AGE),
        };
        let born = Instant::now();
        for (events, seconds, verdict) in ROWS {
            let mut progress = Progress::new(times, born);
            for (second, event) in *events {
                let now = born + Duration::from_secs(*second);
                match event {
                    Read(bytes) => progress.read(*bytes, now),
                    Blocked => progress.blocked(now),
                    Wrote(bytes) => progress.wrote(*bytes, now),
                    Flushed => progress.flushed(),
                    Began => progress.began(false),
                    Began2 => progress.began(true),
                    Ended => progress.ended(now),
                    Heard => progress.heard(),
                    Upgraded => progress.upgraded(),
                    UpgradedEnded => progress.upgraded_ended(now),
                    Closing => progress.closing(now),
                    Evicted => progress.end(),
                }
            }
            let (when, what) = progress.next();
            assert_eq!(((when - born).as_secs(), what), (*seconds, *verdict), "{events:?}");
        }
    }
}
