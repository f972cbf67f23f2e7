//! Policies that are replaced while requests come in.

use std::sync::atomic::{AtomicBool, Ordering};

use hardened::cors::LiveCors;
use http::{HeaderMap, Request};

use crate::cors::support::{all, has_protocol, policy, send};

fn request(origin: &str) -> Request<()> {
    Request::get("/").header("origin", origin).body(()).unwrap()
}

#[test]
fn a_replaced_policy_counts_from_the_next_request_in_every_layer() {
    let live = LiveCors::new(policy(&["https://old.example.com"]));
    let (first, second) = (live.layer(), live.clone().layer());
    live.replace(policy(&["https://new.example.com"]));
    for layer in [first, second] {
        assert!(!has_protocol(send(&layer, request("https://old.example.com"), &HeaderMap::new()).headers()));
        let answer = send(&layer, request("https://new.example.com"), &HeaderMap::new());
        assert_eq!(all(answer.headers(), "access-control-allow-origin"), ["https://new.example.com"]);
    }
}

#[test]
fn a_request_sees_one_policy_as_a_whole() {
    let [a, b] = ["https://a.example.com", "https://b.example.com"];
    let (live, done) = (LiveCors::new(policy(&[a])), AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0..2000 {
                live.replace(policy(&[if round % 2 == 0 { b } else { a }]));
            }
            done.store(true, Ordering::Relaxed);
        });
        while !done.load(Ordering::Relaxed) {
            let now = live.policy();
            assert_ne!(now.allows(a.as_bytes()), now.allows(b.as_bytes()));
        }
    });
}
