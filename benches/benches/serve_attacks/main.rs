//! Runs the same attacks on `hardened::serve`, `axum::serve`, actix-web and nginx, each with its defaults, in its own process.
//!
//! Prints a row for each attack and server: the commonest answers at the end of a connection and how often each was given, the
//! number of connections that are open at the end, the peak number of descriptors and memory that the attack takes, and the
//! median time of `/livez` meanwhile. Slow attacks last a minute, or `--seconds N`; floods last five seconds. `--only WORD`
//! selects attacks by name, `--server NAME` one server. nginx is skipped if it is not installed.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark that prints, or has nothing to say")]

mod attackers;
mod attacks;
mod servers;

use std::time::Duration;

use tokio::time::{Instant, sleep};

use attackers::Answers;
use attacks::Attack;
use servers::{SERVERS, Server};

fn argument(name: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != name).nth(1)
}

fn main() {
    if let Some(kind) = argument("--serve") {
        return servers::serve(&kind);
    }
    let time = Duration::from_secs(argument("--seconds").and_then(|text| text.parse().ok()).unwrap_or(60));
    let (word, one) = (argument("--only").unwrap_or_default(), argument("--server"));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    println!(
        "| attack | server | answer | open at the end | descriptors | memory | `/livez` |\n|---|---|---|--:|--:|--:|--:|"
    );
    let all: &'static [Attack] = attacks::all().leak();
    for attack in all.iter().filter(|attack| attack.name.contains(&word)) {
        runtime.block_on(async {
            let mut rows = Vec::new();
            for server in SERVERS.into_iter().filter(|server| one.as_deref().is_none_or(|one| one == *server)) {
                let row = tokio::spawn(row(server, attack, attack.lasts(time)));
                // Slow attacks run on all servers at once, because they spend most of the time waiting.
                rows.push((server, if attack.is_slow() { Ok(row) } else { Err(row.await.unwrap()) }));
            }
            for (server, row) in rows {
                let cells = match row {
                    Ok(row) => row.await.unwrap(),
                    Err(cells) => cells,
                };
                println!("| {} | {server} | {cells} |", attack.name);
            }
        });
    }
}

/// Attacks one server and returns the cells of its row.
async fn row(kind: &'static str, attack: &'static Attack, time: Duration) -> String {
    if kind == "actix" && attack.is_http2() {
        return "no HTTP/2 without TLS | | | |".to_owned();
    }
    let Some(server) = Server::start(kind) else { return "not installed | | | |".to_owned() };
    let (before, idle) = (server.begin(), server.descriptors());
    let (end, answers) = (Instant::now() + time, Answers::default());
    let (mut times, mut descriptors) = (Vec::new(), 0);
    let attackers = attackers::attack(server.facing(attack.is_http2()), attack, end, &answers).await;
    while Instant::now() + Duration::from_millis(200) < end {
        let address = server.address;
        let asked = tokio::task::spawn_blocking(move || servers::ask(address, "/livez")).await.unwrap();
        times.push(asked.map_or(f64::INFINITY, |time| time.as_secs_f64() * 1e3));
        descriptors = descriptors.max(server.descriptors());
        sleep(time / 200).await;
    }
    let open = server.established();
    let connections = attackers.join_all().await;
    drop(connections);
    times.sort_by(f64::total_cmp);
    let median = times[times.len() / 2];
    let answer = most(&answers);
    let memory = server.peak() - before;
    let descriptors = descriptors.saturating_sub(idle);
    format!("{answer} | {open} | +{descriptors} | +{memory:.0} MiB | {median:.1} ms")
}

/// Returns the two commonest answers.
fn most(answers: &Answers) -> String {
    let answers = answers.lock().unwrap();
    let mut all: Vec<_> = answers.iter().collect();
    all.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    all.iter().take(2).map(|(answer, count)| format!("{count} × {answer}")).collect::<Vec<_>>().join(", ")
}
