//! Contenders that take turns in short batches. The fastest batch of each counts, because other work on the machine can only
//! slow a batch down.

use std::time::{Duration, Instant};

/// The maximum number of turns of each contender.
pub(crate) const ROUNDS: usize = 1500;
/// How long a turn lasts, approximately.
const TURN: Duration = Duration::from_micros(30);

pub(crate) type Contender = Box<dyn FnMut()>;

/// Returns the nanoseconds that one call of each contender takes.
pub(crate) fn race<const N: usize>(mut contenders: [Contender; N]) -> [f64; N] {
    let repeats = contenders.each_mut().map(|contender| {
        let once = turn(contender, 16).min(turn(contender, 16)) / 16.0;
        ((TURN.as_nanos() as f64 / once) as usize).clamp(1, 1000)
    });
    let mut fastest = [f64::MAX; N];
    // Slow contenders take long turns, and therefore fewer.
    let deadline = Instant::now() + Duration::from_secs(3);
    for _ in 0..ROUNDS {
        for ((contender, repeats), fastest) in contenders.iter_mut().zip(repeats).zip(&mut fastest) {
            *fastest = fastest.min(turn(contender, repeats) / repeats as f64);
        }
        if Instant::now() > deadline {
            break;
        }
    }
    fastest
}

/// Returns the nanoseconds of one turn.
pub(crate) fn turn(contender: &mut Contender, repeats: usize) -> f64 {
    let start = Instant::now();
    (0..repeats).for_each(|_| contender());
    start.elapsed().as_nanos() as f64
}
