//! The number of heap allocations that the CORS layer adds to a request.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../cors.rs"]
mod shared;

use allocation_counter::measure;
use shared::{Asked, finish, list, ours, patterns, predicate, request, service};
use tower::{Layer, Service};

/// Counts the allocations of one request through a service, after a first request that fills caches.
fn count<S: Service<http::Request<()>>>(mut service: S, asked: Asked) -> u64 {
    let template = request(asked);
    drop(finish(service.call(template.clone())));
    measure(|| drop(finish(service.call(template.clone())))).count_total
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are for the documentation")]
fn a_request_costs_at_most_two_allocations_more() {
    println!("| request | bare | ours | patterns | predicate | list |");
    for asked in Asked::ALL {
        let bare = count(service(), asked);
        let counts = [
            count(ours(100).layer().layer(service()), asked),
            count(patterns(100).layer().layer(service()), asked),
            count(predicate(100).layer(service()), asked),
            count(list(100).layer(service()), asked),
        ];
        println!("| {asked:?} | {bare} | {counts:?} |");
        assert!(counts[0] <= bare + 2 && counts[1] <= bare + 2, "{asked:?}: {counts:?}, and {bare} without a layer");
    }
}
