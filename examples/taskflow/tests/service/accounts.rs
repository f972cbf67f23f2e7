use serde_json::json;

use crate::harness::{PASSWORD, both, json, own_machine};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_signed_up_can_sign_in_however_the_address_is_written() {
    for service in both().await {
        service.user("ada@example.com").await;
        for (email, password, status) in [
            ("ada@example.com", PASSWORD, 200),
            (" ADA@Example.com ", PASSWORD, 200),
            ("ada@example.com", "correct horse battery stable", 401),
            ("eve@example.com", PASSWORD, 401),
        ] {
            let answer = service.post("/sign-in", json!({ "email": email, "password": password })).await;
            assert_eq!(answer.status, status, "{email}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_that_is_taken_is_answered_like_one_that_is_free_and_keeps_its_password() {
    for service in both().await {
        service.user("ada@example.com").await;
        let answer = |email: &'static str| {
            service.post("/sign-up", json!({ "email": email, "password": "another password of hers" }))
        };
        let (taken, free) = (answer("ada@example.com").await, answer("eve@example.com").await);
        assert_eq!((taken.status, &taken.body), (free.status, &free.body));
        assert_eq!(taken.status, 202);
        let sign_in = |password| service.post("/sign-in", json!({ "email": "ada@example.com", "password": password }));
        assert_eq!(sign_in("another password of hers").await.status, 401);
        assert_eq!(sign_in(PASSWORD).await.status, 200);
    }
}

/// The documentation of the sign-up says so. A change that closes this gap must change the documentation as well.
#[tokio::test]
async fn who_signs_up_and_then_signs_in_learns_whether_the_address_was_free() {
    let service = own_machine().await;
    service.user("ada@example.com").await;
    for (email, status) in [("ada@example.com", 401), ("eve@example.com", 200)] {
        let credentials = json!({ "email": email, "password": "a guess of somebody else" });
        assert_eq!(service.post("/sign-up", credentials.clone()).await.status, 202, "{email}");
        assert_eq!(service.post("/sign-in", credentials).await.status, status, "{email}");
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    let service = own_machine().await;
    service.user("ada@example.com").await;
    let wrong = service.post("/sign-in", json!({ "email": "ada@example.com", "password": "x" })).await;
    let unknown = service.post("/sign-in", json!({ "email": "eve@example.com", "password": "x" })).await;
    assert_eq!((wrong.status, &wrong.body), (unknown.status, &unknown.body));
    assert_eq!(json(&wrong)["detail"], "the address or the password is wrong");
}

#[tokio::test]
async fn an_account_needs_an_address_and_a_password_of_some_length() {
    let service = own_machine().await;
    let long = "x".repeat(257);
    for (email, password, status) in [
        ("ada@example.com", "12 bytes, so", 202),
        ("bob@example.com", "11 bytes, .", 422),
        ("cyd@example.com", &long[..256], 202),
        ("dan@example.com", &long, 422),
        ("example.com", PASSWORD, 422),
        ("@example.com", PASSWORD, 422),
        ("ada@localhost", PASSWORD, 422),
        ("a da@example.com", PASSWORD, 422),
        ("ada@exam\0ple.com", PASSWORD, 422),
        (&format!("{}@example.com", &long[..242]), PASSWORD, 202),
        (&format!("{}@example.com", &long[..243]), PASSWORD, 422),
    ] {
        let answer = service.post("/sign-up", json!({ "email": email, "password": password })).await;
        assert_eq!(answer.status, status, "{email:?} {}", password.len());
    }
}
