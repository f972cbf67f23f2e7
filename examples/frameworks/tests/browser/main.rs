//! Tests the policy and the guard with headless Chromium, which shows what a page can really do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod agreement;
mod driver;
mod scripts;
mod world;

use self::{driver::Browser, scripts::fetch, world::World};

#[test]
fn an_allowed_page_reads_what_the_policy_lets_it_read() {
    let Some(browser) = Browser::start() else { return };
    let world = World::start();
    browser.open(&world.page);
    for (case, url, options, expected) in [
        ("a simple request", world.api("/hello"), "{}", "200 hello x-exposed=yes x-hidden=null"),
        ("without a cookie", world.api("/cookie"), "{credentials: 'omit'}", "200 none x-exposed=yes x-hidden=null"),
        ("an answer of no route", world.api("/nowhere"), "{}", "404  x-exposed=null x-hidden=null"),
        ("a failing service", world.api("/broken"), "{}", "500 broken x-exposed=yes x-hidden=null"),
        (
            "a form's content type",
            world.api("/hello"),
            "{method: 'POST', body: new URLSearchParams('a=b')}",
            "200 posted x-exposed=yes x-hidden=null",
        ),
        ("an allowed method", world.api("/hello"), "{method: 'PUT'}", "200 put x-exposed=yes x-hidden=null"),
        (
            "JSON",
            world.api("/hello"),
            "{method: 'POST', headers: {'content-type': 'application/json'}, body: '{}'}",
            "200 posted x-exposed=yes x-hidden=null",
        ),
        (
            "an allowed header",
            world.api("/hello"),
            "{headers: {'x-allowed': '1', 'Content-Type': 'application/json'}}",
            "200 hello x-exposed=yes x-hidden=null",
        ),
        ("another method", world.api("/hello"), "{method: 'DELETE'}", "TypeError"),
        ("a method in lower case", world.api("/hello"), "{method: 'patch'}", "TypeError"),
        ("another header", world.api("/hello"), "{headers: {'x-other': '1'}}", "TypeError"),
        ("a policy for other pages", world.closed("/hello"), "{}", "TypeError"),
        ("a public service", world.public("/hello"), "{}", "200 hello x-exposed=yes x-hidden=null"),
    ] {
        assert_eq!(browser.run(&fetch(&url, options)), expected, "{case}");
    }
}

#[test]
fn cookies_are_sent_and_answers_read_only_where_the_policy_allows_credentials() {
    let Some(browser) = Browser::start() else { return };
    let world = World::start();
    browser.open(&world.api("/login"));
    browser.open(&world.page);
    for (case, url, expected) in [
        ("a policy with credentials", world.api("/cookie"), "200 session=1 x-exposed=yes x-hidden=null"),
        ("a policy without", world.plain("/cookie"), "TypeError"),
        ("any origin", world.public("/cookie"), "TypeError"),
    ] {
        assert_eq!(browser.run(&fetch(&url, "{credentials: 'include'}")), expected, "{case}");
    }
    let put = fetch(&world.api("/hello"), "{credentials: 'include', method: 'PUT', headers: {'x-allowed': '1'}}");
    assert_eq!(browser.run(&put), "200 put x-exposed=yes x-hidden=null", "a preflight for a request with cookies");
}

#[test]
fn a_denied_page_reads_nothing_but_the_public_service() {
    let Some(browser) = Browser::start() else { return };
    let world = World::start();
    for page in [&world.denied_port, &world.denied_host, &world.below] {
        browser.open(page);
        for options in ["{}", "{credentials: 'include'}", "{method: 'PUT'}", "{headers: {'x-allowed': '1'}}"] {
            assert_eq!(browser.run(&fetch(&world.api("/hello"), options)), "TypeError", "{page} {options}");
        }
        assert_eq!(browser.run(&fetch(&world.public("/hello"), "{}")), "200 hello x-exposed=yes x-hidden=null");
    }
}

#[test]
fn a_page_below_a_pattern_is_allowed_and_the_domain_itself_is_not() {
    let Some(browser) = Browser::start() else { return };
    let world = World::start();
    browser.open(&world.preview);
    assert_eq!(browser.run(&fetch(&world.previews("/hello"), "{}")), "200 hello x-exposed=yes x-hidden=null");
    browser.open(&world.below);
    assert_eq!(browser.run(&fetch(&world.previews("/hello"), "{}")), "TypeError");
}

#[test]
fn a_sandboxed_frame_is_the_null_origin_and_is_denied() {
    let Some(browser) = Browser::start() else { return };
    let world = World::start();
    browser.open(&world.page);
    assert_eq!(browser.run(&scripts::in_sandbox(&world.api("/hello"))), "TypeError");
    assert_eq!(browser.run(&scripts::in_sandbox(&world.public("/hello"))), "200");
}

#[test]
fn a_form_of_another_site_does_not_pass_the_guard() {
    let Some(browser) = Browser::start() else { return };
    let world = World::start();
    browser.open(&world.api("/login"));
    for (page, transfers) in [(&world.denied_host, 0), (&world.denied_port, 0), (&world.page, 1)] {
        browser.open(page);
        let before = world.transfers();
        browser.submit(&world.api("/transfer"));
        assert_eq!(world.transfers() - before, transfers, "{page}");
    }
}

#[test]
fn verification_calls_readable_what_the_browser_can_read() {
    let Some(browser) = Browser::start() else { return };
    let world = World::start();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    browser.open(&world.page);
    let reads = |url: &str, options: &str| browser.run(&fetch(url, options)).starts_with("200 ");
    for (case, headers) in agreement::SAMPLES {
        let service = agreement::serve(&runtime, &world.page, headers, false);
        let url = format!("{service}/health");
        let plain = agreement::verify(&runtime, &service, &world.page, false);
        let with_cookies = agreement::verify(&runtime, &service, &world.page, true);
        let is_readable = agreement::passes(&plain, "cors-allowed-origin");
        assert_eq!(reads(&url, "{}"), is_readable, "{case}\n{plain}");
        let is_readable_with_cookies = agreement::passes(&with_cookies, "cors-credentials");
        assert_eq!(reads(&url, "{credentials: 'include'}"), is_readable_with_cookies, "{case}\n{with_cookies}");
        for (credentials, verification) in [("omit", &plain), ("include", &with_cookies)] {
            let put = format!("{{method: 'PUT', headers: {{'x-allowed': '1'}}, credentials: '{credentials}'}}");
            let is_sent = agreement::passes(verification, "cors-allowed-preflight")
                && if credentials == "omit" { is_readable } else { is_readable_with_cookies };
            assert_eq!(reads(&url, &put), is_sent, "{case}, {credentials}\n{verification}");
        }
    }
}

#[test]
fn verification_finds_the_null_origin_that_a_sandboxed_frame_reads_with() {
    let Some(browser) = Browser::start() else { return };
    let world = World::start();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    browser.open(&world.page);
    for (allows_null, told) in [(true, "200"), (false, "TypeError")] {
        let service = agreement::serve(&runtime, &world.page, agreement::HEALTHY, allows_null);
        let verification = agreement::verify(&runtime, &service, &world.page, false);
        assert_eq!(browser.run(&scripts::in_sandbox(&format!("{service}/health"))), told);
        assert_eq!(agreement::null_is_allowed(&verification), allows_null, "{verification}");
    }
}

#[test]
fn a_policy_of_the_library_passes_the_verification() {
    let world = World::start();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let verification = world.verified(&runtime);
    let unhealthy: Vec<_> = verification
        .outcomes()
        .iter()
        .filter(|outcome| matches!(outcome.verdict().name(), "fail" | "inconclusive"))
        .map(ToString::to_string)
        .collect();
    assert!(unhealthy.is_empty() && verification.count("pass") > 30, "{unhealthy:#?}\n{verification}");
}
