//! Whether one user can reach the data of another, and whether everything that a run writes is removed.

use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};

use crate::common::{
    failed,
    notes::{Notes, Stop, TOKENS, Ways, When},
    of,
    runs::{ended, lines},
    target, verdict,
};
use hardened_verify::{Builder, Credential, Family, Journal, OpenApi, Profile, User, Verification};

/// A complete profile of the service.
const PROFILE: &str = r#"
    writes = true
    [isolation]
    collection = "/notes"
    item = "/notes/{id}"
    create = { text = "{{canary}}", kind = "plain" }
    search = "/notes?q={{canary}}"
    nested = ["/notes/{id}/history"]
    owner = "owner_id"
"#;

fn profile(text: &str) -> Profile {
    Profile::parse(text, "hardened.verify.toml").unwrap_or_else(|error| panic!("{error}"))
}

/// Returns a builder with the tokens of both users.
fn builder(notes: &Notes, text: &str) -> Builder {
    let [(a, _), (b, _)] = TOKENS;
    let builder = target(notes.router()).only(&[Family::Isolation]).profile(profile(text));
    let bearer = |token| Credential::bearer(token).unwrap();
    builder.credential(User::A, bearer(a)).credential(User::B, bearer(b))
}

async fn run(builder: Builder) -> Verification {
    builder.build().unwrap().run().await
}

async fn verify(ways: Ways) -> (Notes, Verification) {
    let notes = Notes::new(ways);
    let verification = run(builder(&notes, PROFILE).max_requests(1600)).await;
    (notes, verification)
}

fn healthy() -> Ways {
    Ways::default()
}

#[tokio::test(start_paused = true)]
async fn a_healthy_service_passes_every_check_and_nothing_is_left() {
    for (name, ways) in [
        ("tokens", healthy()),
        ("numbers", Ways { numbers: true, ..healthy() }),
        ("an identifier in the header", Ways { location: true, ..healthy() }),
        ("a soft removal", Ways { soft_delete: true, ..healthy() }),
        ("a late list", Ways { late_list: 1, ..healthy() }),
        ("noisy errors", Ways { noisy: true, ..healthy() }),
        ("removals that always succeed", Ways { idempotent: true, ..healthy() }),
        ("a search that repeats the words", Ways { echo: true, ..healthy() }),
        ("a body with required members", Ways { strict: true, ..healthy() }),
    ] {
        let (notes, verification) = verify(ways).await;
        assert_eq!(verification.count("pass"), verification.outcomes().len(), "{name}\n{}", lines(&verification));
        assert_eq!(verification.exit_status(), 0, "{name}");
        assert_eq!(ended(&verification, "pass").len(), 9, "{name}");
        assert_eq!((notes.held(), notes.older(), verification.left_behind().len()), (vec![], 2, 0), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn each_missing_defence_fails_its_check_and_no_other() {
    for (ways, expected) in [
        (Ways { read_any: true, ..healthy() }, "isolation-read"),
        (Ways { text_in_403: true, ..healthy() }, "isolation-read"),
        (Ways { list_any: true, ..healthy() }, "isolation-list"),
        (Ways { list_any: true, late_list: 1, ..healthy() }, "isolation-list"),
        (Ways { filter_any: true, ..healthy() }, "isolation-list"),
        (Ways { search_any: true, ..healthy() }, "isolation-search"),
        (Ways { search_any: true, echo: true, ..healthy() }, "isolation-search"),
        (Ways { nested_any: true, ..healthy() }, "isolation-nested"),
        (Ways { anonymous_reads: true, ..healthy() }, "isolation-anonymous"),
        (Ways { update_any: true, ..healthy() }, "isolation-update"),
        (Ways { delete_any: true, ..healthy() }, "isolation-delete"),
        (Ways { owner_from_body: true, ..healthy() }, "isolation-owner"),
        (Ways { existence: true, ..healthy() }, "isolation-existence"),
        (Ways { words: true, ..healthy() }, "isolation-existence"),
        (Ways { words: true, noisy: true, ..healthy() }, "isolation-existence"),
    ] {
        let (notes, verification) = verify(ways).await;
        assert_eq!(ended(&verification, "fail"), BTreeSet::from([expected]), "{}", lines(&verification));
        assert_eq!(verification.exit_status(), 1, "{expected}");
        assert_eq!((notes.held(), notes.older()), (vec![], 2), "{expected}");
        assert!(verification.left_behind().is_empty(), "{expected}: {:?}", verification.left_behind());
    }
}

/// The service may not know the member that the update sets, so that an update changes nothing for any user.
#[tokio::test]
async fn an_update_that_changes_nothing_for_its_own_user_shows_nothing() {
    let (_, verification) = verify(Ways { ignores_updates: true, ..healthy() }).await;
    assert_eq!(ended(&verification, "inconclusive"), BTreeSet::from(["isolation-update"]), "{}", lines(&verification));
    let reason = of(&verification, "isolation-update")[0].verdict().reason();
    assert!(reason.starts_with("user B's own update was answered with 200, and changed nothing"), "{reason}");
}

#[tokio::test]
async fn an_item_in_the_answer_to_an_update_or_a_removal_is_a_failure() {
    let (_, verification) = verify(Ways { text_in_404: true, ..healthy() }).await;
    let expected = BTreeSet::from(["isolation-delete", "isolation-update"]);
    assert_eq!(ended(&verification, "fail"), expected, "{}", lines(&verification));
}

/// The script that this crate replaces reported such a service as passed.
#[tokio::test]
async fn a_service_that_refuses_everyone_never_passes() {
    for status in [400, 401, 403, 404, 405, 422, 500, 503] {
        let (notes, verification) = verify(Ways { refuses_all: Some(status), ..healthy() }).await;
        let verdicts = ended(&verification, "inconclusive");
        assert_eq!((verdicts.len(), verification.count("pass")), (9, 0), "{status}\n{}", lines(&verification));
        assert_eq!(verification.exit_status(), 3);
        assert!(notes.held().is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn a_target_that_answers_everything_in_one_way_never_passes() {
    for hostile in crate::common::hostile::ALL {
        let (router, _) = hostile.target();
        let [(a, _), (b, _)] = TOKENS;
        let builder = target(router).only(&[Family::Isolation]).profile(profile(PROFILE));
        let builder = builder.credential(User::A, Credential::bearer(a).unwrap());
        let verification = run(builder.credential(User::B, Credential::bearer(b).unwrap())).await;
        assert_eq!(
            (verification.count("pass"), verification.count("fail")),
            (0, 0),
            "{}\n{}",
            hostile.name,
            lines(&verification)
        );
        assert_eq!(verification.exit_status(), 3, "{}", hostile.name);
    }
}

/// It echoes what it was sent, so that each user seems to read what they wrote.
#[tokio::test]
async fn a_target_that_repeats_what_it_was_sent_never_passes() {
    use axum::{Json, extract::Request};

    let last = Arc::new(std::sync::Mutex::new(String::new()));
    let router = axum::Router::new().fallback(move |request: Request| {
        let last = last.clone();
        async move {
            let body = axum::body::to_bytes(request.into_body(), 1 << 20).await.unwrap();
            let mut last = last.lock().unwrap();
            last.push_str(&String::from_utf8_lossy(&body));
            Json(serde_json::json!({ "id": 1, "echo": *last }))
        }
    });
    let [(a, _), (b, _)] = TOKENS;
    let builder = target(router).only(&[Family::Isolation]).profile(profile(PROFILE));
    let builder = builder.credential(User::A, Credential::bearer(a).unwrap());
    let verification = run(builder.credential(User::B, Credential::bearer(b).unwrap())).await;
    assert_eq!(verification.count("pass"), 0, "{}", lines(&verification));
}

#[tokio::test]
async fn two_credentials_of_one_user_show_nothing() {
    // The base64url of {"alg":"HS256"}, and of {"sub":"ada"}, {"sub":"ada","n":1} and {"sub":"bob"}.
    let head = "eyJhbGciOiJIUzI1NiJ9";
    let (ada, ada_too, bob) = ("eyJzdWIiOiJhZGEifQ", "eyJzdWIiOiJhZGEiLCJuIjoxfQ", "eyJzdWIiOiJib2IifQ");
    for (a, b, is_one) in [("same", "same", true), ("one", "other", false), (ada, ada_too, true), (ada, bob, false)] {
        let token =
            |claims: &str| if claims.starts_with("eyJ") { format!("{head}.{claims}.c2ln") } else { claims.to_owned() };
        let notes = Notes::new(healthy());
        let builder = target(notes.router()).only(&[Family::Isolation]).profile(profile(PROFILE));
        let builder = builder.credential(User::A, Credential::bearer(&token(a)).unwrap());
        let verification = run(builder.credential(User::B, Credential::bearer(&token(b)).unwrap())).await;
        let outcome = of(&verification, "isolation-read")[0];
        let is_said = outcome.verdict().reason().contains("belong to the same user");
        assert_eq!((outcome.verdict().name(), is_said), ("inconclusive", is_one), "{a} {b}: {outcome}");
    }
}

#[tokio::test]
async fn a_service_behind_a_socket_is_verified_in_the_same_way() {
    for (ways, expected) in [(healthy(), ""), (Ways { read_any: true, ..healthy() }, "isolation-read")] {
        let notes = Notes::new(ways);
        let url = crate::common::serve(notes.router()).await;
        let [(a, _), (b, _)] = TOKENS;
        let builder = hardened_verify::Verifier::builder(&url).unwrap().only(&[Family::Isolation]);
        let builder = builder.profile(profile(PROFILE)).credential(User::A, Credential::bearer(a).unwrap());
        let verification = run(builder.credential(User::B, Credential::bearer(b).unwrap())).await;
        let failed: Vec<_> = ended(&verification, "fail").into_iter().collect();
        assert_eq!(failed.join(" "), expected, "{}", lines(&verification));
        assert!(ended(&verification, "inconclusive").is_empty() || !expected.is_empty(), "{}", lines(&verification));
        assert_eq!((notes.held(), notes.older()), (vec![], 2));
    }
}

#[tokio::test]
async fn a_refusal_shows_nothing_where_the_owner_is_refused_too() {
    let (notes, verification) = verify(Ways { read_only: true, ..healthy() }).await;
    for id in ["isolation-update", "isolation-delete"] {
        assert_eq!(verdict(&verification, id), "inconclusive", "{}", lines(&verification));
    }
    assert_eq!(verdict(&verification, "isolation-read"), "pass", "{}", lines(&verification));
    let left: Vec<_> = verification.left_behind().iter().map(|left| left.path.clone()).collect();
    assert_eq!(left.iter().cloned().collect::<BTreeSet<_>>(), notes.held().into_iter().collect());
    assert_eq!(left.len(), 3, "{left:?}");
}

#[tokio::test(start_paused = true)]
async fn a_list_that_does_not_show_what_its_own_user_wrote_shows_nothing() {
    let (notes, verification) = verify(Ways { late_list: 1000, ..healthy() }).await;
    let of_user = |id: &str, case: &str| {
        let outcomes = of(&verification, id);
        let outcome = outcomes.iter().find(|outcome| outcome.which() == Some(case)).unwrap();
        outcome.verdict().name()
    };
    assert_eq!(of_user("isolation-list", "user B tries"), "inconclusive", "{}", lines(&verification));
    assert_eq!(of_user("isolation-list", "user A tries"), "inconclusive", "{}", lines(&verification));
    assert_eq!(of_user("isolation-search", "user B tries"), "inconclusive", "{}", lines(&verification));
    assert_eq!(verdict(&verification, "isolation-list"), "inconclusive", "{}", lines(&verification));
    assert_eq!(verdict(&verification, "isolation-read"), "pass", "{}", lines(&verification));
    assert_eq!(notes.held(), [""; 0]);
}

#[tokio::test]
async fn items_that_a_removal_leaves_behind_are_listed() {
    let (notes, verification) = verify(Ways { fake_delete: true, ..healthy() }).await;
    assert_eq!(verdict(&verification, "isolation-delete"), "inconclusive", "{}", lines(&verification));
    let left: BTreeSet<_> = verification.left_behind().iter().map(|left| left.path.clone()).collect();
    assert_eq!(left, notes.held().into_iter().collect());
    assert!(verification.left_behind()[0].reason.contains("can still be read"), "{:?}", verification.left_behind());
    assert_eq!((verification.failures().count(), verification.exit_status()), (0, 1), "{}", lines(&verification));
}

#[tokio::test]
async fn identifiers_that_are_numbered_per_user_are_not_taken_for_a_leak() {
    let (notes, verification) = verify(Ways { own_numbers: true, ..healthy() }).await;
    assert_eq!(failed(&verification), [""; 0], "{}", lines(&verification));
    assert_eq!(verdict(&verification, "isolation-read"), "pass", "{}", lines(&verification));
    assert_eq!(notes.held(), [""; 0]);
}

/// An update by another user changes the owner of the item: the former owner then gets 404 instead of the written text.
#[tokio::test]
async fn an_update_that_takes_the_item_away_is_a_failure() {
    let text = format!("{PROFILE}\nupdate_method = \"PUT\"\n");
    let notes = Notes::new(Ways { put: true, takes: true, ..healthy() });
    let verification = run(builder(&notes, &text).max_requests(1600)).await;
    assert_eq!(verdict(&verification, "isolation-update"), "fail", "{}", lines(&verification));
}

#[tokio::test]
async fn put_is_used_instead_of_patch_if_the_profile_says_so() {
    let text = format!("{PROFILE}\nupdate_method = \"PUT\"\n");
    for (ways, expected) in [
        (Ways { put: true, ..healthy() }, "pass"),
        (Ways { put: true, update_any: true, ..healthy() }, "fail"),
        (Ways { put: true, upsert: true, ..healthy() }, "pass"),
    ] {
        let notes = Notes::new(ways);
        let verification = run(builder(&notes, &text).max_requests(1600)).await;
        assert_eq!(verdict(&verification, "isolation-update"), expected, "{}", lines(&verification));
        assert_eq!((notes.held(), notes.older()), (vec![], 2), "{:?}", verification.left_behind());
    }
    let notes = Notes::new(Ways { put: true, ..healthy() });
    assert_eq!(verdict(&run(builder(&notes, PROFILE)).await, "isolation-update"), "inconclusive");
    // Every family runs, with the default budget.
    let notes = Notes::new(Ways { put: true, upsert: true, ..healthy() });
    let [(a, _), (b, _)] = TOKENS;
    let whole = target(notes.router()).profile(profile(&text)).credential(User::A, Credential::bearer(a).unwrap());
    let verification = run(whole.credential(User::B, Credential::bearer(b).unwrap())).await;
    assert_eq!((notes.held(), notes.older()), (vec![], 2), "{:?}", verification.left_behind());
    assert!(notes.requests().len() <= 160);
}

const SIGN_UP: &str = r#"
    writes = true
    [sign_up]
    path = "/sign-up"
    json = { email = "{{email}}", password = "{{password}}" }
    remove = { path = "/me" }
    [sign_in]
    path = "/sign-in"
    json = { email = "{{email}}", password = "{{password}}" }
"#;

const RESOURCE: &str = r#"
    [isolation]
    collection = "/notes"
    create = { text = "{{canary}}" }
"#;

#[tokio::test]
async fn users_sign_up_and_sign_in_by_recipes_with_tokens_and_with_cookies() {
    let with_token = format!("{SIGN_UP}\ntoken = \"/data/token\"\n{RESOURCE}");
    let csrf = "[csrf]\npath = \"/csrf\"\njson = \"/token\"\n";
    let with_cookies = format!("{SIGN_UP}\n{csrf}{RESOURCE}");
    for (text, cookies) in [(with_token, false), (with_cookies, true)] {
        let notes = Notes::new(Ways { cookies, ..healthy() });
        // Every family runs, with the default budget.
        let verification = run(target(notes.router()).profile(profile(&text))).await;
        assert!(notes.requests().len() <= 160, "{}", notes.requests().len());
        for id in ["read", "list", "update", "delete", "existence", "anonymous"] {
            assert_eq!(verdict(&verification, &format!("isolation-{id}")), "pass", "{}", lines(&verification));
        }
        assert_eq!((notes.held(), notes.accounts(), notes.older()), (vec![], 0, 2));
        assert!(verification.left_behind().is_empty());
        let shown = format!("{verification:?}");
        assert!(!shown.contains("session-") && !shown.contains("Hv7-"), "{shown}");
    }
}

#[tokio::test]
async fn tokens_come_from_files() {
    let folder = scratch("files");
    std::fs::create_dir_all(&folder).unwrap();
    let notes = Notes::new(healthy());
    let [(a, _), (b, _)] = TOKENS;
    std::fs::write(folder.join("b"), format!("{b}\n")).unwrap();
    let path = folder.join("hardened.verify.toml");
    let text = format!(
        "writes = true\n[users]\na = {{ token = {{ file = \"a\" }} }}\nb = {{ token = {{ file = \"b\" }} }}\n{RESOURCE}"
    );
    for (of_a, expected) in [
        (a.to_owned(), "pass"),
        (format!(" {a} \r\n"), "pass"),
        (format!("Bearer {a}"), "pass"),
        ("another".to_owned(), "inconclusive"),
        (String::new(), "inconclusive"),
        ("a\nb".to_owned(), "inconclusive"),
        ("x".repeat(70_000), "inconclusive"),
    ] {
        std::fs::write(folder.join("a"), &of_a).unwrap();
        let profile = Profile::parse(&text, &path.to_string_lossy()).unwrap();
        let verification = run(target(notes.router()).only(&[Family::Isolation]).profile(profile)).await;
        assert_eq!(verdict(&verification, "isolation-read"), expected, "{}", lines(&verification));
        assert_eq!(notes.held(), [""; 0]);
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn an_account_that_no_recipe_removes_is_listed() {
    let text = format!("{}\ntoken = \"/data/token\"\n{RESOURCE}", SIGN_UP.replace("remove = { path = \"/me\" }", ""));
    let notes = Notes::new(healthy());
    let verification = run(target(notes.router()).only(&[Family::Isolation]).profile(profile(&text))).await;
    assert_eq!((verification.left_behind().len(), notes.accounts()), (2, 2), "{}", lines(&verification));
    // The profile has no recipe to remove them, so they do not fail the run.
    assert!(verification.left_behind().iter().all(|left| !left.removable) && verification.exit_status() == 0);
    assert!(notes.held().is_empty());
}

#[tokio::test]
async fn a_failed_sign_in_is_reported_without_the_response_body() {
    let text = "writes = true\n[users.a]\nemail = \"a@example.com\"\n[users.b]\nemail = \"b@example.com\"\n\
        [sign_in]\npath = \"/sign-in\"\njson = { email = \"{{email}}\" }\ntoken = \"/data/token\"\n";
    let notes = Notes::new(healthy());
    let verification = run(target(notes.router()).only(&[Family::Isolation]).profile(profile(text))).await;
    let [outcome] = of(&verification, "isolation-read")[..] else { panic!("{}", lines(&verification)) };
    assert_eq!(outcome.verdict().name(), "inconclusive");
    assert_eq!(outcome.verdict().reason(), "user A has no credential: POST /sign-in was answered with 401");
}

#[tokio::test]
async fn the_reason_names_what_is_missing() {
    let users = "[users.a]\ntoken = { env = \"HARDENED_TEST_MISSING\" }\n";
    for (text, with_tokens, expected) in [
        ("", false, "user A is not known; name a token in [users.a] of the profile"),
        (users, false, "user A has no credential: the variable HARDENED_TEST_MISSING is not set"),
        (
            SIGN_UP,
            false,
            "user A has no credential: the recipe yields no token and no cookie; name `token` in [sign_in]",
        ),
        (
            &SIGN_UP.replace("writes = true", ""),
            false,
            "user A has no credential: a sign-up creates an account; set `writes = true` in the profile",
        ),
        ("", true, "it writes two items and removes them again; set `writes = true` in the profile"),
        ("writes = true", true, "no resource is known; name `collection` in [isolation], or give an OpenAPI document"),
        (
            "writes = true\n[isolation]\ncollection = \"/notes\"",
            true,
            "no body that creates an item is known; name `create` in [isolation]",
        ),
    ] {
        let notes = Notes::new(healthy());
        let verification = match with_tokens {
            true => run(builder(&notes, text)).await,
            false => run(target(notes.router()).only(&[Family::Isolation]).profile(profile(text))).await,
        };
        let [outcome] = of(&verification, "isolation-read")[..] else { panic!("{}", lines(&verification)) };
        assert_eq!(outcome.verdict().reason(), expected, "{text}");
        assert!(notes.held().is_empty());
    }
}

#[tokio::test]
async fn the_resource_comes_from_the_document_given_or_offered() {
    let document = OpenApi::parse(&crate::common::notes::document().to_string(), "openapi.json").unwrap();
    for offers in [false, true] {
        let notes = Notes::new(Ways { strict: true, offers, ..healthy() });
        let builder = builder(&notes, "writes = true");
        let verification = run(if offers { builder } else { builder.openapi(document.clone()) }).await;
        for id in ["read", "list", "nested", "update", "delete", "owner", "existence", "anonymous"] {
            assert_eq!(
                verdict(&verification, &format!("isolation-{id}")),
                "pass",
                "{offers}\n{}",
                lines(&verification)
            );
        }
        assert_eq!(verdict(&verification, "isolation-search"), "skipped");
        assert_eq!((notes.held(), notes.older()), (vec![], 2));
    }
}

#[tokio::test]
async fn a_failure_of_a_guessed_resource_says_that_it_was_guessed() {
    for (text, is_said) in [("writes = true", true), (PROFILE, false)] {
        let notes = Notes::new(Ways { strict: true, offers: true, list_any: true, ..healthy() });
        let verification = run(builder(&notes, text)).await;
        let outcome = of(&verification, "isolation-list")[0];
        assert_eq!(outcome.verdict().name(), "fail", "{}", lines(&verification));
        assert_eq!(outcome.verdict().reason().contains("if users share it"), is_said, "{outcome}");
    }
}

#[tokio::test]
async fn sessions_without_their_csrf_token_show_nothing() {
    let notes = Notes::new(Ways { cookies: true, ..healthy() });
    let text = format!("{SIGN_UP}{RESOURCE}");
    let verification = run(target(notes.router()).only(&[Family::Isolation]).profile(profile(&text))).await;
    let expected = "POST /notes by user B was answered with 403; name the body in `create` of [isolation]";
    assert_eq!(of(&verification, "isolation-read")[0].verdict().reason(), expected);
    assert_eq!(verification.count("pass"), 0);
    // Without the CSRF token, the accounts cannot be removed either; they are listed.
    assert_eq!((notes.held().len(), notes.accounts() + verification.left_behind().len()), (0, 0));
}

#[tokio::test]
async fn nothing_is_written_without_permission() {
    let notes = Notes::new(healthy());
    run(builder(&notes, &PROFILE.replace("writes = true", ""))).await;
    assert!(notes.requests().iter().all(|request| request.starts_with("GET ")), "{:?}", notes.requests());
}

#[tokio::test]
async fn the_default_budget_suffices_and_any_budget_leaves_nothing_behind() {
    let notes = Notes::new(healthy());
    let verification = run(builder(&notes, PROFILE).max_requests(160)).await;
    // Families that do not run lend a few requests.
    let most = Family::Isolation.budget() + Family::Reach.budget() + 3;
    assert!(notes.requests().len() <= most as usize, "{}", notes.requests().len());
    assert!(ended(&verification, "inconclusive").is_empty(), "{}", lines(&verification));
    assert_eq!(ended(&verification, "skipped"), BTreeSet::new(), "{}", lines(&verification));
    assert!(notes.held().is_empty());
    for most in [0, 20, 60, 100, 110, 120, 130, 140, 150] {
        let notes = Notes::new(healthy());
        let verification = run(builder(&notes, PROFILE).max_requests(most)).await;
        assert_eq!((notes.held(), failed(&verification)), (vec![], vec![]), "{most}\n{}", lines(&verification));
        assert!(verification.left_behind().is_empty(), "{most}");
    }
}

/// Requests are reserved to remove the accounts at the end. They do not reduce the budget that other families left unused.
#[tokio::test]
async fn a_run_that_creates_accounts_searches_as_widely_as_its_plan_says() {
    let notes = Notes::new(healthy());
    let text = format!("{SIGN_UP}\ntoken = \"/data/token\"\n{RESOURCE}");
    let prepared = || target(notes.router()).profile(profile(&text)).build().unwrap();
    let plan = prepared().plan().await;
    let planned = plan.iter().filter(|(family, _)| *family == Family::Docs).count();
    let verification = prepared().run().await;
    let sent = verification.sent()[&Family::Docs];
    assert!(sent > 2 * Family::Docs.budget() && sent as usize <= planned, "{sent} of {planned}");
    assert!(verification.sent().values().sum::<u32>() <= 160, "{verification}");
}

#[tokio::test]
async fn a_plan_shows_the_requests_and_writes_nothing() {
    let journal = scratch("plan");
    let notes = Notes::new(healthy());
    let plan = builder(&notes, PROFILE).journal(&journal).build().unwrap().plan().await;
    for (method, path) in [("POST", "/notes"), ("PATCH", "/notes/rehearsal-a"), ("DELETE", "/notes/rehearsal-b")] {
        assert!(plan.iter().any(|(_, sent)| sent.method == method && sent.path == path), "{method} {path}");
    }
    assert!(notes.requests().is_empty() && !journal.exists());
    assert!(!format!("{plan:?}").contains("token-of-"));
    let csrf = "[csrf]\npath = \"/csrf\"\njson = \"/token\"\n";
    let text = format!("{SIGN_UP}\ntoken = \"/data/token\"\n{csrf}{RESOURCE}");
    let builder = target(notes.router()).only(&[Family::Isolation]).profile(profile(&text));
    let plan = builder.build().unwrap().plan().await;
    for path in ["/csrf", "/sign-up", "/sign-in", "/notes", "/notes/rehearsal-a", "/me"] {
        assert!(plan.iter().any(|(_, sent)| sent.path == path), "{path}: {plan:#?}");
    }
    assert!(notes.requests().is_empty());
}

/// Returns the number of requests of an undisturbed run.
async fn undisturbed(text: &str) -> usize {
    let notes = Notes::new(healthy());
    run(builder(&notes, text)).await;
    notes.requests().len()
}

/// Asserts that the report lists exactly the notes that are still in the service.
fn assert_accounted(notes: &Notes, verification: &Verification, case: &str) {
    let left: BTreeSet<_> = verification.left_behind().iter().map(|left| left.path.clone()).collect();
    assert_eq!(left, notes.held().into_iter().collect(), "{case}\n{}", lines(verification));
    assert_eq!(notes.older(), 2, "{case}");
}

#[tokio::test(start_paused = true)]
async fn after_an_interruption_at_any_request_nothing_is_left() {
    for at in 1..=undisturbed(PROFILE).await {
        for when in [When::Before, When::After] {
            let notes = Notes::new(healthy());
            let builder = builder(&notes, PROFILE);
            let interrupt = builder.interrupt();
            notes.hook(when, move |number| {
                if number == at {
                    interrupt.interrupt();
                }
                None
            });
            let verification = run(builder).await;
            assert_accounted(&notes, &verification, &format!("{at} {when:?}"));
            assert!(verification.left_behind().is_empty(), "{at} {when:?}: {:?}", verification.left_behind());
        }
    }
}

/// A run can be interrupted even if the service no longer responds.
#[tokio::test(start_paused = true)]
async fn an_interruption_does_not_wait_for_an_answer() {
    for at in 1..=undisturbed(PROFILE).await {
        for when in [When::Before, When::After] {
            let notes = Notes::new(healthy());
            let builder = builder(&notes, PROFILE);
            let interrupt = builder.interrupt();
            notes.hook(when, move |number| {
                let interrupt = interrupt.clone();
                (number == at).then(|| {
                    tokio::spawn(async move {
                        tokio::time::sleep(Duration::from_secs(1)).await;
                        interrupt.interrupt();
                    });
                    Stop::Stall
                })
            });
            let begin = tokio::time::Instant::now();
            let verification = run(builder).await;
            assert!(begin.elapsed() < Duration::from_secs(8), "{at} {when:?}: {:?}", begin.elapsed());
            assert_accounted(&notes, &verification, &format!("{at} {when:?}"));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_panic_at_any_request_everything_left_is_listed() {
    for at in 1..=undisturbed(PROFILE).await {
        for when in [When::Before, When::After] {
            let notes = Notes::new(healthy());
            notes.hook(when, move |number| (number == at).then_some(Stop::Panic));
            let verification = run(builder(&notes, PROFILE)).await;
            assert_accounted(&notes, &verification, &format!("{at} {when:?}"));
        }
    }
}

/// From one request on, the service stops responding, for that request or for good.
#[tokio::test(start_paused = true)]
async fn after_the_deadline_at_any_request_everything_left_is_listed() {
    for at in 1..=undisturbed(PROFILE).await {
        for (when, lasting) in [(When::Before, false), (When::After, false), (When::After, true)] {
            let notes = Notes::new(healthy());
            notes.hook(when, move |number| (number == at || (lasting && number > at)).then_some(Stop::Stall));
            let begin = tokio::time::Instant::now();
            let deadline = Duration::from_secs(20);
            let verification = run(builder(&notes, PROFILE).deadline(deadline).request_timeout(deadline)).await;
            assert!(begin.elapsed() <= deadline, "{:?}", begin.elapsed());
            let left: BTreeSet<_> = verification.left_behind().iter().map(|left| left.path.clone()).collect();
            let collection = BTreeSet::from(["/notes".to_owned()]);
            for path in notes.held() {
                // An item whose creation got no response is listed by its collection.
                assert!(
                    left.contains(&path) || !left.is_disjoint(&collection),
                    "{at} {when:?} {lasting}: {path} {left:?}"
                );
            }
            if !lasting {
                assert_eq!(notes.held(), [""; 0], "{at} {when:?}: {left:?}");
            }
            assert_eq!(notes.older(), 2);
        }
    }
}

fn scratch(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("isolation-{name}.journal"));
    let _ = std::fs::remove_file(&path);
    path
}

/// Starts a run and drops it at one request, as SIGKILL would.
async fn killed(notes: &Notes, builder: Builder, at: usize, when: When) {
    let (reached, mut wait) = tokio::sync::mpsc::unbounded_channel();
    notes.hook(when, move |number| {
        if number == at {
            let _ = reached.send(());
        }
        (number >= at).then_some(Stop::Stall)
    });
    tokio::select! {
        biased;
        _ = wait.recv() => {}
        _ = run(builder) => {}
    }
    notes.unhook();
}

#[tokio::test(start_paused = true)]
async fn after_a_kill_at_any_request_the_journal_is_enough_to_remove_everything() {
    let ways = [healthy(), Ways { location: true, late_list: 1, ..healthy() }];
    for (kind, ways) in ways.into_iter().enumerate() {
        for at in 1..=undisturbed(PROFILE).await {
            for when in [When::Before, When::After] {
                let case = format!("{kind} {at} {when:?}");
                let path = scratch(&format!("kill-{kind}-{at}-{when:?}"));
                let notes = Notes::new(ways);
                killed(&notes, builder(&notes, PROFILE).journal(&path), at, when).await;
                if !path.exists() {
                    assert_eq!(notes.held(), [""; 0], "{case}");
                    continue;
                }
                let text = std::fs::read_to_string(&path).unwrap();
                assert!(!text.contains("token-of-"), "{case}: {text}");
                let journal = Journal::read(&path).unwrap();
                assert_eq!((journal.target(), journal.profile()), ("https://api.example.com", "hardened.verify.toml"));
                let left = builder(&notes, PROFILE).build().unwrap().cleanup(journal).await.unwrap();
                assert_eq!((notes.held(), left.len(), notes.older()), (vec![], 0, 2), "{case}: {left:?}\n{text}");
                assert!(!path.exists(), "{case}");
            }
        }
    }
}

#[tokio::test]
async fn after_a_kill_throwaway_accounts_are_removed_as_well() {
    let text = format!("{SIGN_UP}\ntoken = \"/data/token\"\n{RESOURCE}");
    let start = |notes: &Notes| target(notes.router()).only(&[Family::Isolation]).profile(profile(&text));
    let notes = Notes::new(healthy());
    run(start(&notes)).await;
    for at in 1..=notes.requests().len() {
        let path = scratch(&format!("account-{at}"));
        let notes = Notes::new(healthy());
        killed(&notes, start(&notes).journal(&path), at, When::After).await;
        let Ok(journal) = Journal::read(&path) else { continue };
        let left = start(&notes).build().unwrap().cleanup(journal).await.unwrap();
        // Each account that exists is removed; one that is already removed can no longer sign in.
        assert_eq!((notes.held(), notes.accounts()), (vec![], 0), "{at}: {left:?}");
        let _ = std::fs::remove_file(&path);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_journal_is_private_to_its_owner_and_never_overwritten() {
    use std::os::unix::fs::PermissionsExt;

    let path = scratch("mode");
    let notes = Notes::new(Ways { fake_delete: true, ..healthy() });
    let verification = run(builder(&notes, PROFILE).journal(&path)).await;
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(verification.remarks().iter().any(|remark| remark.contains("--cleanup")), "{:?}", verification.remarks());
    let before = (std::fs::read(&path).unwrap(), notes.held());
    let verification = run(builder(&notes, PROFILE).journal(&path)).await;
    assert_eq!(verdict(&verification, "isolation-read"), "inconclusive");
    assert!(of(&verification, "isolation-read")[0].verdict().reason().contains("already exists"));
    assert_eq!((std::fs::read(&path).unwrap(), notes.held()), before);
    std::fs::remove_file(&path).unwrap();
}

#[tokio::test]
async fn a_run_that_leaves_nothing_leaves_no_journal() {
    let path = scratch("none");
    let notes = Notes::new(healthy());
    run(builder(&notes, PROFILE).journal(&path)).await;
    assert!(!path.exists() && notes.held().is_empty());
}

#[test]
fn an_error_in_a_journal_names_its_line() {
    for (name, text, expected) in [
        ("empty", "", "must begin with the line that names the target"),
        ("text", "hello\n", ":1: must be a line of a journal of this version"),
        (
            "version",
            "{\"journal\":3,\"target\":\"https://a\",\"profile\":\"\"}\n",
            ":1: must be a line of a journal of this version",
        ),
        (
            "canary",
            "{\"journal\":2,\"target\":\"https://a\",\"profile\":\"\"}\n{\"write\":0,\"user\":\"a\",\"collection\":\"/n\",\"read\":[\"GET\",\"/n/{id}\"],\"id_place\":\"/id\",\"is_shared\":false,\"canaries\":[\"e\"]}\n",
            ":2: must be a line of a journal of this version",
        ),
        (
            "number",
            "{\"journal\":2,\"target\":\"https://a\",\"profile\":\"\"}\n{\"gone\":0}\n",
            ":2: must be a line of a journal of this version",
        ),
    ] {
        let path = scratch(&format!("bad-{name}"));
        std::fs::write(&path, text).unwrap();
        let error = Journal::read(&path).unwrap_err().to_string();
        assert!(error.ends_with(expected), "{error}");
        std::fs::remove_file(&path).unwrap();
    }
    assert!(Journal::read(scratch("gone")).unwrap_err().to_string().contains("must be a file that can be read"));
}

#[tokio::test]
async fn a_journal_of_another_target_is_refused() {
    let path = scratch("target");
    std::fs::write(&path, "{\"journal\":2,\"target\":\"https://other.example\",\"profile\":\"\"}\n").unwrap();
    let notes = Notes::new(healthy());
    let cleanup = builder(&notes, PROFILE).build().unwrap().cleanup(Journal::read(&path).unwrap()).await;
    assert!(cleanup.unwrap_err().to_string().contains("another target"));
    assert!(notes.requests().is_empty());
    std::fs::remove_file(&path).unwrap();
}

#[tokio::test]
async fn credentials_and_recipes_are_not_sent_without_tls() {
    let count = Arc::new(AtomicUsize::new(0));
    let seen = count.clone();
    let router = axum::Router::new().fallback(move |request: axum::extract::Request| {
        let is_told = request.headers().contains_key("authorization") || request.method().as_str() == "POST";
        seen.fetch_add(usize::from(is_told), Relaxed);
        async { "{}" }
    });
    let address = crate::common::serve(router).await.trim_start_matches("http://").parse().unwrap();
    let folder = scratch("tokens");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, token) in [("a", "one"), ("b", "other")] {
        std::fs::write(folder.join(name), token).unwrap();
    }
    let user = |name: &str| format!("[users.{name}]\ntoken = {{ file = {:?} }}\n", folder.join(name));
    let with_tokens = format!("writes = true\n{}{}{RESOURCE}", user("a"), user("b"));
    for text in [SIGN_UP, &with_tokens] {
        let builder = hardened_verify::Verifier::builder("http://api.example.com").unwrap().resolve(address);
        let verification = run(builder.only(&[Family::Isolation]).profile(profile(text))).await;
        assert_eq!(verdict(&verification, "isolation-read"), "inconclusive", "{}", lines(&verification));
        assert!(
            of(&verification, "isolation-read")[0].verdict().reason().contains("over TLS"),
            "{}",
            lines(&verification)
        );
    }
    assert_eq!(count.load(Relaxed), 0);
    std::fs::remove_dir_all(&folder).unwrap();
}
