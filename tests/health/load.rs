//! Many clients for a while, and a database that dies twice under them.

use std::{
    fs,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use hardened::{Database, Environment, Loader, health::Health};
use tokio::task::block_in_place;

use super::{
    database::Postgres,
    router,
    server::{get, serve},
};

const CONNECTIONS: usize = 200;
/// A good outcome is kept for a second; whoever asked just before has the answer a moment later.
const STALE: Duration = Duration::from_millis(1_500);

/// One answer: when it was asked for, when it came, and its status.
type Asked = (Instant, Instant, u16);

/// Asks one after the other until told to stop.
async fn client(address: SocketAddr, stop: Arc<AtomicBool>) -> Vec<Asked> {
    let mut asked = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let start = Instant::now();
        let status = get(address, "/health").await.status;
        asked.push((start, Instant::now(), status));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    asked
}

fn open_files() -> usize {
    fs::read_dir("/proc/self/fd").unwrap().count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_clients_for_twenty_seconds_never_get_a_wrong_200_and_see_the_database_return() {
    let server = block_in_place(Postgres::start);
    let environment =
        Environment::empty().set("ENVIRONMENT", "test").set("DATABASE_URL", server.url()).set("DATABASE_POOL_MAX", "4");
    let settings = Loader::new().environment(environment).load::<Database>().unwrap();
    let pool = settings.connect().await.unwrap();
    let address = serve(router(&Health::new(settings.tier(), pool))).await;
    assert_eq!(get(address, "/health").await.status, 200);
    let files = open_files();

    let stop = Arc::new(AtomicBool::new(false));
    let clients: Vec<_> = (0..CONNECTIONS).map(|_| tokio::spawn(client(address, Arc::clone(&stop)))).collect();
    let mut outages = Vec::new();
    for _ in 0..2 {
        tokio::time::sleep(Duration::from_secs(4)).await;
        let down = Instant::now();
        block_in_place(|| server.kill());
        tokio::time::sleep(Duration::from_secs(4)).await;
        let starting = Instant::now();
        block_in_place(|| server.restart());
        outages.push((down, starting, Instant::now()));
    }
    tokio::time::sleep(Duration::from_secs(4)).await;
    stop.store(true, Ordering::Relaxed);
    let mut asked = Vec::new();
    for client in clients {
        asked.extend(client.await.expect("no client panics"));
    }

    assert!(asked.len() > CONNECTIONS * 20, "{} answers", asked.len());
    assert!(asked.iter().all(|(.., status)| [200, 503].contains(status)));
    for (down, starting, up) in outages {
        let wrong = |(start, end, status): &&Asked| *status == 200 && *start > down + STALE && *end < starting;
        assert_eq!(asked.iter().filter(wrong).count(), 0, "200 without a database");
        let failed = |(start, _, status): &&Asked| *status == 503 && *start > down && *start < starting;
        assert!(asked.iter().any(|answer| failed(&answer)), "the outage was seen");
        let recovered =
            asked.iter().filter(|(_, end, status)| *status == 200 && *end > up).map(|(_, end, _)| *end - up);
        let first = recovered.min().expect("it recovers");
        assert!(first < Duration::from_secs(2), "{first:?}");
    }
    // Sockets of the clients linger for a moment.
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(open_files() <= files + 8, "{} open files, {files} before", open_files());
}
