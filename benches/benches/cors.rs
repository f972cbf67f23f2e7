//! The time that the CORS layer adds to a request, compared with tower-http's layer with a list and with a predicate.
//!
//! The benchmark compares the *added* time: the time with the layer minus that of the bare service, whose request and response
//! are made in the same way. The contenders take turns in batches of about 30 microseconds, and the fastest batch of each
//! counts, because other work on the machine can only slow a batch down.
//!
//! With `HARDENED_BENCH_ONLY=denied/1` the second of the four contenders runs alone 100,000 times, for callgrind.

#![allow(clippy::expect_used, reason = "a benchmark")]
#![allow(missing_docs, reason = "a benchmark")]

#[path = "../race.rs"]
mod race;
#[path = "../cors.rs"]
mod shared;

use std::hint::black_box;

use axum::{Router, body::Body, routing::get};
use http::Request;
use race::{Contender, ROUNDS, race, turn};
use shared::{Asked, SIZES, finish, list, ours, predicate, request, service};
use tower::{Layer, Service, ServiceExt};

/// The variable that selects the contender to run alone.
const ONLY: &str = "HARDENED_BENCH_ONLY";

fn main() {
    if let Ok(only) = std::env::var(ONLY) {
        return alone(&only);
    }
    println!("added nanoseconds for each request, the fastest of {ROUNDS} turns\n");
    println!("| where | request | origins | bare service | ours | predicate | list | ours / predicate | list / ours |");
    println!("|---|---|--:|--:|--:|--:|--:|--:|--:|");
    for asked in Asked::ALL {
        for size in SIZES {
            row("service", asked, size, around_a_service(asked, size));
        }
    }
    for size in SIZES {
        row("axum", Asked::Allowed, size, in_axum(size));
    }
    println!("\n| patterns | allowed | denied |\n|--:|--:|--:|");
    for size in SIZES {
        let [allowed, denied] = [Asked::Allowed, Asked::Denied].map(|asked| {
            let [bare, ours] = race([bare(asked), with(shared::patterns(size).layer(), asked)]);
            ours - bare
        });
        println!("| {size} | {allowed:.0} | {denied:.0} |");
    }
}

fn alone(only: &str) {
    let (name, number) = only.split_once('/').expect("is a request and a number");
    let asked = Asked::ALL.into_iter().find(|asked| format!("{asked:?}").eq_ignore_ascii_case(name));
    let mut contenders = around_a_service(asked.expect("is a request"), 100);
    let contender = number.parse().ok().and_then(|number: usize| contenders.get_mut(number));
    turn(contender.expect("is one of four"), 100_000);
}

fn row(place: &str, asked: Asked, size: usize, contenders: [Contender; 4]) {
    let [bare, ours, predicate, list] = race(contenders);
    let [ours, predicate, list] = [ours, predicate, list].map(|time| time - bare);
    let (share, times) = (ours / predicate, list / ours);
    println!(
        "| {place} | {asked:?} | {size} | {bare:.0} | {ours:.0} | {predicate:.0} | {list:.0} | {share:.2} | {times:.1} |"
    );
}

/// Contenders whose service is called directly.
fn around_a_service(asked: Asked, size: usize) -> [Contender; 4] {
    [bare(asked), with(ours(size).layer(), asked), with(predicate(size), asked), with(list(size), asked)]
}

fn bare(asked: Asked) -> Contender {
    with(tower::layer::util::Identity::new(), asked)
}

fn with<L>(layer: L, asked: Asked) -> Contender
where
    L: Layer<shared::Hello>,
    L::Service: Service<Request<()>> + 'static,
{
    let (mut service, template) = (layer.layer(service()), request(asked));
    Box::new(move || drop(black_box(finish(service.call(template.clone())))))
}

/// Contenders inside an axum router, which clones the whole stack for each request.
fn in_axum(size: usize) -> [Contender; 4] {
    let routes = || Router::new().route("/", get(async || "hello"));
    let contender = |router: Router| -> Contender {
        let template = request(Asked::Allowed);
        Box::new(move || {
            let (parts, ()) = template.clone().into_parts();
            drop(black_box(finish(router.clone().oneshot(Request::from_parts(parts, Body::empty())))));
        })
    };
    [routes(), routes().layer(ours(size).layer()), routes().layer(predicate(size)), routes().layer(list(size))]
        .map(contender)
}
