//! Concurrent health checks share one probe, and good outcomes are cached.

use std::{
    future::Future,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::{Context, Waker},
    time::Duration,
};

use axum::http::Request;
use hardened::{
    Tier,
    health::{Health, HealthService, Probe, ProbeError},
};
use tower_service::Service;

use super::{
    router,
    server::{get, serve},
};

/// A probe that takes 50 ms, counts its checks, and fails while `fails` is set.
#[derive(Clone, Default)]
struct Counted {
    asked: Arc<AtomicUsize>,
    fails: Arc<AtomicBool>,
}

impl Counted {
    fn count(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Probe for Counted {
    async fn check(&self) -> Result<(), ProbeError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(50)).await;
        if self.fails.load(Ordering::SeqCst) { Err(ProbeError::Refused) } else { Ok(()) }
    }
}

async fn status(mut service: HealthService) -> u16 {
    let Ok(response) = service.call(Request::new(())).await;
    response.status().as_u16()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_requests_at_once_cost_one_query() {
    let probe = Counted::default();
    // Longer than a thousand requests take on any machine.
    let health = Health::builder(Tier::Production, probe.clone()).ttl(Duration::from_secs(60)).build();
    let requests: Vec<_> = (0..1_000).map(|_| tokio::spawn(status(health.healthz()))).collect();
    for request in requests {
        assert_eq!(request.await.unwrap(), 200);
    }
    assert_eq!(probe.count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_connections_at_once_cost_one_query() {
    let probe = Counted::default();
    let health = Health::builder(Tier::Production, probe.clone()).ttl(Duration::from_secs(60)).build();
    let address = serve(router(&health)).await;
    let requests: Vec<_> = (0..200).map(|_| tokio::spawn(get(address, "/health"))).collect();
    for request in requests {
        assert_eq!(request.await.unwrap().status, 200);
    }
    assert_eq!(probe.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_good_outcome_is_kept_for_its_time_and_no_longer() {
    let probe = Counted::default();
    let health = Health::new(Tier::Production, probe.clone());
    for (wait, asked) in [(0, 1), (400, 1), (400, 1), (400, 2), (2_000, 3)] {
        tokio::time::sleep(Duration::from_millis(wait)).await;
        assert_eq!(status(health.healthz()).await, 200);
        assert_eq!(probe.count(), asked, "after {wait} ms more");
    }
}

#[tokio::test]
async fn a_failure_is_not_kept_so_that_recovery_shows_at_once() {
    let probe = Counted::default();
    let health = Health::new(Tier::Production, probe.clone());
    probe.fails.store(true, Ordering::SeqCst);
    assert_eq!(status(health.healthz()).await, 503);
    probe.fails.store(false, Ordering::SeqCst);
    assert_eq!(status(health.healthz()).await, 200);
    assert_eq!(probe.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_thousand_requests_at_once_while_the_database_fails_cost_one_query() {
    let probe = Counted::default();
    probe.fails.store(true, Ordering::SeqCst);
    let health = Health::new(Tier::Production, probe.clone());
    let requests: Vec<_> = (0..1_000).map(|_| tokio::spawn(status(health.healthz()))).collect();
    for request in requests {
        assert_eq!(request.await.unwrap(), 503);
    }
    assert_eq!(probe.count(), 1);
}

#[tokio::test]
async fn a_dropped_request_leaves_no_other_one_waiting() {
    let probe = Counted::default();
    let health = Health::new(Tier::Production, probe.clone());
    {
        let first = pin!(status(health.healthz()));
        assert!(first.poll(&mut Context::from_waker(Waker::noop())).is_pending());
    }
    assert_eq!(status(health.healthz()).await, 200);
    assert_eq!(probe.count(), 1);
}

#[tokio::test]
async fn a_probe_that_panics_is_a_failure_and_the_next_check_is_a_new_one() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let health = Health::new(Tier::Production, move || {
        let first = counted.fetch_add(1, Ordering::SeqCst) == 0;
        async move { if first { panic!("hunter2") } else { Ok(()) } }
    });
    let address = serve(router(&health)).await;
    let answer = get(address, "/health").await;
    assert_eq!(answer.status, 503);
    assert!(answer.body.contains("\"error\":\"failed\""), "{}", answer.body);
    assert_eq!(get(address, "/health").await.status, 200);
}

#[test]
fn a_runtime_that_ends_during_a_check_leaves_no_other_one_waiting() {
    let probe = Counted::default();
    let health = Health::new(Tier::Production, probe.clone());
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime().block_on(async {
        let asked = async {
            while probe.count() == 0 {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            biased;
            () = asked => {}
            status = status(health.healthz()) => panic!("{status}"),
        }
    });
    assert_eq!(runtime().block_on(status(health.healthz())), 200);
    assert_eq!(probe.count(), 2);
}
