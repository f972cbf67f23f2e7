//! `keys [--count N] [--seed S] [--published DIR] [--words DIR [--tuned LIST]]`: counts how many good keys are refused, and how
//! many published and human-made keys this library and others refuse.
//!
//! `cargo xtask keys` runs it. It produces the rows of `docs/BENCHMARKS.md`.

#![allow(clippy::print_stdout, reason = "it prints a table")]

mod generators;
mod human;
mod published;
mod rules;

use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;

use hardened_strength::check_key;
use rand::SeedableRng;
use rand::rngs::StdRng;

use generators::{GENERATORS, Generator};

/// The parsed arguments.
struct Asked {
    count: u64,
    seed: u64,
    published: Option<PathBuf>,
    words: Option<PathBuf>,
    tuned: Vec<String>,
}

fn main() -> ExitCode {
    let Some(asked) = asked(std::env::args().skip(1)) else {
        println!("usage: keys [--count N] [--seed S] [--published DIR] [--words DIR [--tuned LIST]]");
        return ExitCode::from(2);
    };
    let refused = generated(&asked);
    if let Some(words) = &asked.words {
        human::print(words, &asked.tuned, asked.seed);
    }
    let accepted = asked.published.map_or(0, |lists| published::print(&lists));
    if refused + accepted == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn asked(mut arguments: impl Iterator<Item = String>) -> Option<Asked> {
    let tuned = human::TUNED.iter().map(|language| (*language).to_owned()).collect();
    let mut asked = Asked { count: 100_000, seed: 1, published: None, words: None, tuned };
    while let Some(name) = arguments.next() {
        let value = arguments.next()?;
        match name.as_str() {
            "--count" => asked.count = value.parse().ok()?,
            "--seed" => asked.seed = value.parse().ok()?,
            "--tuned" => asked.tuned = value.split(',').map(str::to_owned).collect(),
            "--words" => asked.words = Some(value.into()),
            "--published" => asked.published = Some(value.into()),
            _ => return None,
        }
    }
    Some(asked)
}

/// Prints a row for each generator, and returns how many keys were refused.
fn generated(asked: &Asked) -> u64 {
    println!("{} keys of each generator, seed {}\n", asked.count, asked.seed);
    println!("{:<28} {:>6} {:>12} {:>8}", "generator", "bytes", "keys", "refused");
    let mut sum = 0;
    for (at, generator) in GENERATORS.iter().enumerate() {
        let refused = refused(generator, asked, at as u64);
        println!("{:<28} {:>6} {:>12} {:>8}", generator.name, generator.bytes, asked.count, refused);
        sum += refused;
    }
    println!();
    sum
}

/// Counts the refusals among one generator's keys, on all cores.
fn refused(generator: &Generator, asked: &Asked, stream: u64) -> u64 {
    let threads = thread::available_parallelism().map_or(1, usize::from) as u64;
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|worker| {
                let share = asked.count / threads + u64::from(worker < asked.count % threads);
                let seed = asked.seed ^ (stream << 48) ^ (worker << 40);
                scope.spawn(move || refused_of(generator, share, StdRng::seed_from_u64(seed)))
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or(u64::MAX)).fold(0, u64::saturating_add)
    })
}

fn refused_of(generator: &Generator, count: u64, mut rng: StdRng) -> u64 {
    (0..count)
        .filter(|_| {
            let key = (generator.key)(&mut rng);
            let flaws = check_key(key.as_bytes(), 32);
            if let Some(flaw) = flaws.first() {
                // Not a secret: the key was generated for this count and is thrown away.
                println!("  refused: {key:?} {flaw:?}");
            }
            !flaws.is_empty()
        })
        .count() as u64
}
