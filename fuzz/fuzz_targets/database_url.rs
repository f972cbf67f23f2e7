//! Any text has one outcome as a database's URL, and what is read does not change when it is written in standard form.

#![no_main]

use hardened::{DatabaseUrl, Setting, Tier};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(url) = DatabaseUrl::parse(text) else { return };
    let _ = url.flaws();
    let password = url.expose_password();
    // One that is long enough not to stand in a host by chance is not shown.
    if let Some(password) = password.filter(|password| password.len() > 8 && !url.host().contains(password.as_str())) {
        let shown = url.database().is_some_and(|database| database.contains(password.as_str()));
        assert!(shown || !format!("{url:?}").contains(password.as_str()));
    }
    assert_eq!(DatabaseUrl::parse(url.expose_url()).map(|again| format!("{again:?}")), Ok(format!("{url:?}")));
    assert!(url.tls(Tier::Production) >= url.tls(Tier::Development));
});
