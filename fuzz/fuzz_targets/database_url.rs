//! Any text is accepted or refused as a database URL without a panic, and the URL that is handed out parses to the same result.

#![no_main]

use hardened::{Setting, Tier, database::DatabaseUrl};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(url) = DatabaseUrl::parse(text) else { return };
    let _ = url.flaws();
    let _ = (url.expose_password(), url.user());
    let (host, port, database) = (url.host(), url.port(), url.database());
    let shown = format!("DatabaseUrl {{ host: {host:?}, port: {port:?}, database: {database:?}, .. }}");
    assert_eq!(format!("{url:?}"), shown);
    assert_eq!(DatabaseUrl::parse(url.expose_url()).map(|again| format!("{again:?}")), Ok(format!("{url:?}")));
    assert!(url.tls(Tier::Production) >= url.tls(Tier::Development));
});
