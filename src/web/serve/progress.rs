//! What a connection is doing, and until when it may.

use std::time::Duration;

use tokio::time::Instant;

use crate::listen::limits::Limits;

/// What must pass while a body is waited for, in each period of `HTTP_BODY_TIMEOUT`. With 30 s that is 136 bytes a second;
/// Kestrel demands 240.
pub(super) const LEAST_PROGRESS: usize = 4 * 1024;

/// What a client of HTTP/2 may send of its bodies before the service reads them: on one connection, 100 ms away, 2.5 MiB a
/// second.
pub(super) const WINDOW: u32 = 256 * 1024;

/// What a client may send without a request, a body that is read, or a response in between: 15,000 pings of HTTP/2, or the
/// longest head, and the bodies that nobody has read yet.
const MOST_NOISE: usize = 256 * 1024 + WINDOW as usize;

/// How long each state of a connection may last.
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
    /// Finish what is being answered, and close.
    Close,
    /// Close at once.
    End,
}

/// What one connection is doing. Time is an argument, so that every state can be tested.
#[derive(Debug)]
pub(super) struct Progress {
    times: Times,
    born: Instant,
    phase: Phase,
    /// Requests whose response is not sent yet.
    open: usize,
    /// Upgraded streams of HTTP/2, which are among the open ones.
    upgraded: usize,
    is_http2: bool,
    blocked: Option<Window>,
    noise: usize,
    closing: Option<Instant>,
    is_ended: bool,
}

#[derive(Debug, Clone, Copy)]
enum Phase {
    /// The head of a request is awaited.
    Head { since: Instant },
    /// No request is being answered.
    Idle { since: Instant },
    /// The service and its timeouts decide.
    Busy,
}

/// What has passed since a time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    since: Instant,
    bytes: usize,
}

impl Window {
    pub(super) fn new(now: Instant) -> Self {
        Self { since: now, bytes: 0 }
    }

    /// Counts what passed. Enough of it begins another period.
    pub(super) fn pass(&mut self, bytes: usize, now: Instant) {
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes >= LEAST_PROGRESS {
            *self = Self::new(now);
        }
    }

    /// When too little has passed.
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

    /// The client sent something.
    pub(super) fn read(&mut self, bytes: usize, now: Instant) {
        if let (false, Phase::Idle { .. }) = (self.is_http2, self.phase) {
            self.phase = Phase::Head { since: now };
        }
        // What HTTP/1 sends while a request is answered is its body. What comes on an upgraded stream is not seen here.
        if self.is_http2 && self.upgraded == 0 || matches!(self.phase, Phase::Head { .. }) {
            self.noise = self.noise.saturating_add(bytes);
            self.is_ended |= self.noise > MOST_NOISE;
        }
    }

    /// What the client sent had a meaning: a body, or the answer to a response.
    pub(super) fn heard(&mut self) {
        self.noise = 0;
    }

    /// The client does not take what is sent.
    pub(super) fn blocked(&mut self, now: Instant) {
        self.blocked.get_or_insert(Window::new(now));
    }

    /// The client took something.
    pub(super) fn wrote(&mut self, bytes: usize, now: Instant) {
        if let Some(window) = &mut self.blocked {
            window.pass(bytes, now);
        }
    }

    /// Everything was sent.
    pub(super) fn flushed(&mut self) {
        self.blocked = None;
    }

    /// A request has arrived.
    pub(super) fn began(&mut self, is_http2: bool) {
        self.open += 1;
        self.is_http2 = is_http2;
        self.noise = 0;
        self.phase = Phase::Busy;
    }

    /// A request of HTTP/2 has become a stream in both directions, such as a WebSocket, which is the affair of the service.
    pub(super) fn upgraded(&mut self) {
        self.open += 1;
        self.upgraded += 1;
        self.phase = Phase::Busy;
    }

    /// Such a stream has ended.
    pub(super) fn upgraded_ended(&mut self, now: Instant) {
        self.upgraded = self.upgraded.saturating_sub(1);
        self.ended(now);
    }

    /// A response was sent, or given up. Its request may have a body that nobody reads.
    pub(super) fn ended(&mut self, now: Instant) {
        self.noise = 0;
        self.open = self.open.saturating_sub(1);
        if self.open == 0 {
            self.phase = Phase::Idle { since: now };
        }
    }

    /// The client was asked to make another connection.
    pub(super) fn closing(&mut self, now: Instant) {
        self.closing.get_or_insert(now);
    }

    /// The connection is to be closed at once.
    pub(super) fn end(&mut self) {
        self.is_ended = true;
    }

    #[cfg(test)]
    pub(super) fn is_over(&self) -> bool {
        self.is_ended
    }

    /// Whether the next response is the last.
    pub(super) fn is_old(&self, now: Instant) -> bool {
        self.born + self.times.age <= now
    }

    /// Whether a request is being answered.
    pub(super) fn is_busy(&self) -> bool {
        self.open > 0
    }

    /// When something is to be done, and what.
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
        // HTTP/1 has no way to say it but in a response.
        let age = (self.is_http2 && self.closing.is_none()).then_some((self.born + self.times.age, Verdict::Close));
        let all = [blocked, closing, phase, age].into_iter().flatten();
        all.min_by_key(|(when, _)| *when).unwrap_or((self.born + FAR, Verdict::Close))
    }

    /// A client has time to hear that the connection closes; what is being answered is finished.
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

    /// What happens to a connection.
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

    /// Seconds and events, then the seconds of what follows and what it is.
    type Row = (&'static [(u64, Event)], u64, Verdict);

    #[rustfmt::skip]
    const ROWS: &[Row] = &[
        // The head of the first request is awaited from the beginning, and bytes do not prolong it.
        (&[], HEADER, End),
        (&[(3, Read(1)), (9, Read(1))], HEADER, End),
        // A response that takes long is the affair of the service.
        (&[(1, Read(9)), (1, Began)], FOREVER, Close),
        // The longest life of HTTP/2.
        (&[(1, Began2)], AGE, Close),
        (&[(1, Began2), (AGE - 1, Ended)], AGE, Close),
        // Afterwards the connection is idle; a byte begins another head, and the next do not prolong it.
        (&[(1, Began), (5, Ended)], 5 + IDLE, Close),
        (&[(1, Began), (5, Ended), (50, Read(1)), (55, Read(1))], 50 + HEADER, End),
        (&[(1, Began), (5, Ended), (50, Read(1)), (51, Began), (52, Ended)], 52 + IDLE, Close),
        // Of several requests the last that ends counts.
        (&[(1, Began2), (2, Began2), (5, Ended)], AGE, Close),
        (&[(1, Began2), (2, Began2), (5, Ended), (9, Ended)], 9 + IDLE, Close),
        // Frames that are not a request do not keep an HTTP/2 connection.
        (&[(1, Began2), (5, Ended), (50, Read(17))], 5 + IDLE, Close),
        // A flood of them ends it, unless something meaningful is between.
        (&[(1, Began2), (2, Read(MOST_NOISE)), (3, Read(1))], 0, End),
        (&[(1, Began2), (2, Read(MOST_NOISE)), (3, Heard), (4, Read(1))], AGE, Close),
        (&[(1, Began2), (2, Read(MOST_NOISE)), (3, Began2), (4, Read(1))], AGE, Close),
        (&[(1, Began2), (1, Began2), (2, Read(MOST_NOISE)), (3, Ended), (4, Read(1))], AGE, Close),
        // An upgraded stream may be silent and may say much, as long as it exists.
        (&[(1, Began2), (2, Upgraded), (2, Ended), (3, Read(MOST_NOISE + 1))], AGE, Close),
        (&[(1, Began2), (2, Upgraded), (2, Ended), (9, UpgradedEnded)], 9 + IDLE, Close),
        (&[(1, Began2), (2, Upgraded), (2, Ended), (9, UpgradedEnded), (10, Read(MOST_NOISE + 1))], 0, End),
        // Whatever the version, if it does not become a request.
        (&[(1, Read(MOST_NOISE))], HEADER, End),
        (&[(1, Read(MOST_NOISE)), (2, Read(1))], 0, End),
        (&[(1, Began), (2, Ended), (3, Read(MOST_NOISE)), (4, Read(1))], 0, End),
        // A body of HTTP/1 is not noise.
        (&[(1, Began), (2, Read(MOST_NOISE + 1))], FOREVER, Close),
        // A client that takes nothing, or too little.
        (&[(1, Began), (7, Blocked)], 7 + BODY, End),
        (&[(1, Began), (7, Blocked), (9, Blocked)], 7 + BODY, End),
        (&[(1, Began), (7, Blocked), (9, Wrote(LEAST_PROGRESS - 1))], 7 + BODY, End),
        (&[(1, Began), (7, Blocked), (9, Wrote(LEAST_PROGRESS))], 9 + BODY, End),
        (&[(1, Began), (7, Blocked), (9, Wrote(1)), (11, Flushed)], FOREVER, Close),
        (&[(1, Began), (7, Blocked), (8, Ended)], 7 + BODY, End),
        // Asked to close, a client has a while, from the last response on.
        (&[(1, Began), (5, Ended), (80, Closing)], 80 + BODY, End),
        (&[(1, Began), (5, Closing), (30, Ended)], 30 + BODY, End),
        // What is being answered is finished.
        (&[(1, Began), (5, Closing)], FOREVER, End),
        (&[(1, Began), (5, Closing), (6, Blocked)], 6 + BODY, End),
        // Somebody else needs the place.
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
