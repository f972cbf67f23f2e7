//! A health check under load from many clients, while the database dies twice.

use std::{
    fs,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use hardened::{Database, Environment, Loaded, Loader, health::Health};
use tokio::task::block_in_place;

use super::{
    LONG,
    database::Postgres,
    router,
    server::{HANG, get, serve},
};

const CONNECTIONS: usize = 200;

/// When a request was sent, when its response arrived, and its status.
type Asked = (Instant, Instant, u16);

/// Counts of the responses so far, and whether the clients are to stop.
#[derive(Default)]
struct Heard {
    ok: AtomicUsize,
    unavailable: AtomicUsize,
    stop: AtomicBool,
}

impl Heard {
    /// Waits for as many more responses of this kind as there are clients.
    async fn another_round(&self, of: &AtomicUsize) {
        let before = of.load(Ordering::SeqCst);
        until(|| of.load(Ordering::SeqCst) >= before + CONNECTIONS).await;
    }
}

/// Waits for a condition, and panics if it never becomes true.
async fn until(condition: impl Fn() -> bool) {
    let wait = async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(HANG, wait).await.expect("the condition never becomes true");
}

/// Sends one request after another until told to stop.
async fn client(address: SocketAddr, heard: Arc<Heard>) -> Vec<Asked> {
    let mut asked = Vec::new();
    while !heard.stop.load(Ordering::SeqCst) {
        let start = Instant::now();
        let status = get(address, "/health").await.status;
        asked.push((start, Instant::now(), status));
        let kind = if status == 200 { &heard.ok } else { &heard.unavailable };
        kind.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    asked
}

fn open_files() -> usize {
    fs::read_dir("/proc/self/fd").unwrap().count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_clients_never_get_a_wrong_200_and_see_the_database_return() {
    let server = block_in_place(Postgres::start);
    let environment = Environment::empty()
        .set("ENVIRONMENT", "test")
        .set("DATABASE_URL", server.url())
        .set("DATABASE_POOL_ACQUIRE_TIMEOUT", "1s")
        .set("DATABASE_POOL_MAX", "4");
    let settings = Loader::new().environment(environment).load::<Database>().unwrap();
    let pool = settings.connect_lazy().unwrap();
    let address = serve(router(&Health::builder(Loaded::tier(&settings), pool).deadline(LONG).build())).await;
    assert_eq!(get(address, "/health").await.status, 200);
    let files = open_files();

    let heard = Arc::new(Heard::default());
    let clients: Vec<_> = (0..CONNECTIONS).map(|_| tokio::spawn(client(address, Arc::clone(&heard)))).collect();
    let mut outages = Vec::new();
    for _ in 0..2 {
        heard.another_round(&heard.ok).await;
        block_in_place(|| server.kill());
        // A good outcome is cached for a second, and a check that had already begun may have succeeded.
        while get(address, "/health").await.status == 200 {}
        let down = Instant::now();
        heard.another_round(&heard.unavailable).await;
        let starting = Instant::now();
        block_in_place(|| server.restart());
        while get(address, "/health").await.status == 503 {}
        outages.push((down, starting));
    }
    heard.another_round(&heard.ok).await;
    heard.stop.store(true, Ordering::SeqCst);
    let mut asked = Vec::new();
    for client in clients {
        asked.extend(client.await.expect("no client panics"));
    }

    assert!(asked.iter().all(|(.., status)| [200, 503].contains(status)));
    for (down, starting) in outages {
        let wrong = |(start, end, status): &&Asked| *status == 200 && *start > down && *end < starting;
        assert_eq!(asked.iter().filter(wrong).count(), 0, "200 without a database");
    }
    until(|| open_files() <= files + 8).await;
}
