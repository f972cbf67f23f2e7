//! The cost of judging a key, compared with zxcvbn.
#![allow(missing_docs, reason = "a benchmark")]

#[path = "../race.rs"]
mod race;

use std::hint::black_box;

use hardened_strength::check_key;
use race::{Contender, ROUNDS, race};

/// 48 random characters.
const RANDOM: &str = "q7Zt0vWx3LkB9sYd2GhR8mPn5cJf1aEu6oTiVbX4wKzQjMlC";

/// Keys of 4096 bytes that are slow to judge: each is a worst case for one of the detectors.
fn hostile() -> Vec<(&'static str, String)> {
    let filled = |block: &str| block.chars().cycle().take(4096).collect::<String>();
    let near: String = (0..512).map(|at| format!("repeat{:02}", at % 97)).collect();
    vec![
        ("random", filled(RANDOM)),
        ("one character", filled("a")),
        ("near repeats", near),
        ("words", filled("secretkeytokenpassword")),
        ("beginnings of words", filled("authenticatioauthorizatio")),
        ("look-alikes", filled("1!1|!1")),
        ("joints", filled("y-o-u-r---")),
        ("separators", "secret".to_owned() + &"-".repeat(4090)),
        ("base64 of base64", filled("QUFB")),
        ("hexadecimal", filled("3161")),
    ]
}

/// The variable that makes one key run alone a thousand times, for callgrind.
const ONLY: &str = "HARDENED_BENCH_ONLY";

fn main() {
    if std::env::var(ONLY).is_ok_and(|only| only == "key") {
        return (0..1000).for_each(|_| drop(black_box(check_key(black_box(RANDOM.as_bytes()), 32))));
    }
    println!("microseconds of the fastest of at most {ROUNDS} turns\n\n| | \u{b5}s |\n|---|--:|");
    // Not in turns: the data that zxcvbn reads would evict our tables from the caches.
    let [time] = race([checked(RANDOM.to_owned())]);
    row("48 bytes", time);
    let [time] = race([Box::new(|| drop(black_box(zxcvbn::zxcvbn(black_box(RANDOM), &[]))))]);
    row("48 bytes, zxcvbn", time);
    for (name, key) in hostile() {
        let [time] = race([checked(key)]);
        row(&format!("4096 bytes, {name}"), time);
    }
    for length in [512, 1024, 2048, 4096] {
        let [time] = race([checked("secretkeytokenpassword".chars().cycle().take(length).collect())]);
        row(&format!("{length} bytes of words"), time);
    }
}

fn checked(key: String) -> Contender {
    Box::new(move || drop(black_box(check_key(black_box(key.as_bytes()), 32))))
}

fn row(name: &str, time: f64) {
    println!("| {name} | {:.1} |", time / 1000.0);
}
