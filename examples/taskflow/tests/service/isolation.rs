//! Tests that data of another user appears not to exist. Each refusal is next to a success of the owner.

use serde_json::json;

use crate::harness::{Service, both, json};

/// A service in which Ada has two tasks and Eve has one, and their tokens.
struct People<'a> {
    service: &'a Service,
    ada: String,
    eve: String,
    task: String,
}

async fn people(service: &Service) -> People<'_> {
    let (ada, eve) = (service.user("ada@example.com").await, service.user("eve@example.com").await);
    let task = service.task(&ada, "water the plants").await;
    service.task(&ada, "feed the cat").await;
    service.task(&eve, "read Ada's tasks").await;
    People { service, ada, eve, task }
}

impl People<'_> {
    async fn titles(&self, token: &str) -> Vec<String> {
        let tasks = json(&self.service.get("/tasks", token).await);
        tasks.as_array().unwrap().iter().map(|task| task["title"].as_str().unwrap().to_owned()).collect()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_lists_reads_changes_or_removes_the_task_of_another() {
    for service in both().await {
        let people = people(&service).await;
        let People { service, ada, eve, task } = &people;
        assert_eq!(people.titles(eve).await, ["read Ada's tasks"]);
        assert_eq!(people.titles(ada).await, ["water the plants", "feed the cat"]);
        let change = || Some(json!({ "title": "stolen", "done": true }));
        for (method, body) in [("GET", None), ("PATCH", change()), ("DELETE", None)] {
            let answer = service.ask(method, task, Some(eve), body).await;
            assert_eq!(answer.status, 404, "{method}: {}", answer.body);
        }
        // The task is unchanged, and its owner may do all of that.
        let read = service.get(task, ada).await;
        assert_eq!((json(&read)["title"].as_str(), &json(&read)["done"]), (Some("water the plants"), &json!(false)));
        assert_eq!(json(&service.ask("PATCH", task, Some(ada), change()).await)["title"], "stolen");
        assert_eq!(service.ask("DELETE", task, Some(ada), None).await.status, 204);
        assert_eq!(service.get(task, ada).await.status, 404);
        assert_eq!(people.titles(ada).await, ["feed the cat"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_task_of_another_is_answered_like_one_that_never_was() {
    for service in both().await {
        let People { service, eve, task, .. } = people(&service).await;
        let nobodys = "/tasks/01890000-0000-7000-8000-000000000000";
        for method in ["GET", "DELETE"] {
            let (other, never) = (
                service.ask(method, &task, Some(&eve), None).await,
                service.ask(method, nobodys, Some(&eve), None).await,
            );
            assert_eq!((other.status, &other.body), (never.status, &never.body), "{method}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_identifier_of_an_owner_or_a_task_cannot_be_slipped_in() {
    for service in both().await {
        let people = people(&service).await;
        let People { service, ada, eve, task } = &people;
        let id = task.trim_start_matches("/tasks/");
        for body in [
            json!({ "title": "mine", "owner": id }),
            json!({ "title": "mine", "id": id }),
            json!({ "title": "mine", "sub": id }),
        ] {
            let answer = service.ask("POST", "/tasks", Some(eve), Some(body.clone())).await;
            assert_eq!(answer.status, 422, "{body}");
        }
        for path in [
            "/tasks?owner=ada".to_owned(),
            format!("/tasks?after={id}&owner={id}"),
            "/tasks?after='%20OR%201=1".to_owned(),
        ] {
            assert_eq!(service.get(&path, eve).await.status, 422, "{path}");
        }
        for path in ["/tasks/'%20OR%20'1'='1", "/tasks/%00", "/tasks/*", "/tasks/1", "/tasks/../tasks", "/tasks/%2e%2e"]
        {
            assert_eq!(service.get(path, eve).await.status, 404, "{path}");
        }
        // A page that begins after another user's task still shows the user's own tasks.
        let page = json(&service.get(&format!("/tasks?after={id}"), eve).await);
        assert_eq!(page[0]["title"], "read Ada's tasks");
        assert_eq!(people.titles(ada).await.len(), 2);
        assert_eq!(people.titles(eve).await.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn text_that_looks_like_a_statement_is_kept_as_text() {
    for service in both().await {
        let ada = service.user("ada@example.com").await;
        let title = "'); DROP TABLE tasks; -- \u{1f331}";
        let task = service.task(&ada, title).await;
        assert_eq!(json(&service.get(&task, &ada).await)["title"], title);
    }
}
