//! What it costs to judge a key, beside zxcvbn.
#![allow(clippy::expect_used, reason = "a benchmark")]
#![allow(missing_docs, reason = "criterion's macros")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group};
use hardened_strength::check_key;

/// 48 characters, random.
const RANDOM: &str = "q7Zt0vWx3LkB9sYd2GhR8mPn5cJf1aEu6oTiVbX4wKzQjMlC";

/// 4096 bytes that are long to read: each the bane of some way of reading.
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

fn keys(criterion: &mut Criterion) {
    let mut short = criterion.benchmark_group("48 bytes");
    short.bench_function("hardened", |bench| {
        bench.iter(|| check_key(black_box(RANDOM.as_bytes()), 32));
    });
    short.bench_function("zxcvbn", |bench| {
        bench.iter(|| zxcvbn::zxcvbn(black_box(RANDOM), &[]));
    });
    short.finish();
    let mut long = criterion.benchmark_group("4096 bytes");
    for (name, key) in hostile() {
        long.bench_function(name, |bench| {
            bench.iter(|| check_key(black_box(key.as_bytes()), 32));
        });
    }
    long.finish();
    let mut lengths = criterion.benchmark_group("words by length");
    for length in [512, 1024, 2048, 4096] {
        let key: String = "secretkeytokenpassword".chars().cycle().take(length).collect();
        lengths.bench_function(length.to_string(), |bench| {
            bench.iter(|| check_key(black_box(key.as_bytes()), 32));
        });
    }
    lengths.finish();
}

criterion_group!(benches, keys);

/// What runs alone a thousand times, for callgrind.
const ONLY: &str = "HARDENED_BENCH_ONLY";

fn main() {
    match std::env::var(ONLY).as_deref() {
        Ok("key") => (0..1000).for_each(|_| drop(black_box(check_key(black_box(RANDOM.as_bytes()), 32)))),
        _ => {
            benches();
            Criterion::default().configure_from_args().final_summary();
        }
    }
}
