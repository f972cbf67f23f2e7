//! What the CORS layer adds to a request, beside tower-http's with a list and with a predicate.
//!
//! Every figure is taken in one run. What is compared is the *added* cost: the time with the layer less the time of the
//! bare service, whose request and answer are built in the same way.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(missing_docs, reason = "a benchmark")]

#[path = "../shared/cors.rs"]
mod shared;

use std::{collections::BTreeMap, hint::black_box, path::Path, time::Duration};

use axum::{Router, body::Body, routing::get};
use criterion::Criterion;
use http::Request;
use shared::{Asked, SIZES, finish, list, ours, predicate, request, service};
use tower::{Layer, Service, ServiceExt};

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(900))
        .sample_size(40)
        .configure_from_args();
    bare(&mut criterion);
    in_axum(&mut criterion);
    patterns(&mut criterion);
    criterion.final_summary();
    report();
}

/// Around a service, called directly.
fn bare(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("cors");
    for asked in Asked::ALL {
        let mut measure = |name: String, service: &mut dyn FnMut()| {
            group.bench_function(name, |bencher| bencher.iter(&mut *service));
        };
        let template = request(asked);
        let mut inner = service();
        measure(format!("bare/{asked:?}/0"), &mut || drop(black_box(finish(inner.call(template.clone())))));
        for size in SIZES {
            let mut service = ours(size).layer().layer(service());
            measure(format!("ours/{asked:?}/{size}"), &mut || drop(black_box(finish(service.call(template.clone())))));
            let mut service = list(size).layer(shared::service());
            measure(format!("list/{asked:?}/{size}"), &mut || drop(black_box(finish(service.call(template.clone())))));
            let mut service = predicate(size).layer(shared::service());
            measure(format!("predicate/{asked:?}/{size}"), &mut || {
                drop(black_box(finish(service.call(template.clone()))));
            });
        }
    }
    group.finish();
}

/// Inside an axum router, which clones the whole stack for each request.
fn in_axum(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("axum");
    let template = request(Asked::Allowed);
    let routes = || Router::new().route("/", get(async || "hello"));
    let mut measure = |name: String, router: Router| {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let (parts, ()) = template.clone().into_parts();
                black_box(finish(router.clone().oneshot(Request::from_parts(parts, Body::empty()))))
            });
        });
    };
    measure("bare/Allowed/0".to_owned(), routes());
    for size in SIZES {
        measure(format!("ours/Allowed/{size}"), routes().layer(ours(size).layer()));
        measure(format!("list/Allowed/{size}"), routes().layer(list(size)));
        measure(format!("predicate/Allowed/{size}"), routes().layer(predicate(size)));
    }
    group.finish();
}

/// Patterns in place of exact origins.
fn patterns(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("patterns");
    for asked in [Asked::Allowed, Asked::Denied] {
        let template = request(asked);
        for size in SIZES {
            let mut service = shared::patterns(size).layer().layer(service());
            group.bench_function(format!("ours/{asked:?}/{size}"), |bencher| {
                bencher.iter(|| black_box(finish(service.call(template.clone()))));
            });
        }
    }
    group.finish();
}

/// Prints what was added, and the ratios, from what criterion has written.
fn report() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/criterion");
    let median = |group: &str, name: &str| {
        let file = root.join(group).join(name.replace('/', "_")).join("new/estimates.json");
        let text = std::fs::read_to_string(file).ok()?;
        serde_json::from_str::<serde_json::Value>(&text).ok()?["median"]["point_estimate"].as_f64()
    };
    println!("\nadded nanoseconds, and ratios of ours to tower-http's");
    println!("| where | request | origins | ours | predicate | list | ours / predicate | list / ours |");
    println!("|---|---|--:|--:|--:|--:|--:|--:|");
    let mut bases = BTreeMap::new();
    for group in ["cors", "axum"] {
        for asked in Asked::ALL {
            let Some(base) = median(group, &format!("bare/{asked:?}/0")) else { continue };
            bases.insert(format!("{asked:?}"), base);
            for size in SIZES {
                let added = |who: &str| median(group, &format!("{who}/{asked:?}/{size}")).map(|time| time - base);
                let (Some(ours), Some(predicate), Some(list)) = (added("ours"), added("predicate"), added("list"))
                else {
                    continue;
                };
                let (half, times) = (ours / predicate, list / ours);
                println!(
                    "| {group} | {asked:?} | {size} | {ours:.0} | {predicate:.0} | {list:.0} | {half:.2} | {times:.1} |"
                );
            }
        }
    }
    for (asked, base) in ["Allowed", "Denied"].map(|asked| (asked, median("cors", &format!("bare/{asked}/0")))) {
        for size in SIZES {
            let time = median("patterns", &format!("ours/{asked}/{size}"));
            if let (Some(time), Some(base)) = (time, base) {
                println!("| patterns | {asked} | {size} | {:.0} | | | | |", time - base);
            }
        }
    }
}
