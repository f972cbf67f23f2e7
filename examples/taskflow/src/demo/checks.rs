//! What is asked, and what must come back. Whatever must be refused has a sibling that must not.

use axum::http::{
    HeaderName, Method, StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_REQUEST_METHOD, CONTENT_TYPE, ORIGIN, STRICT_TRANSPORT_SECURITY,
    },
};
use serde_json::{Value, json};

use super::{
    client::{Answer, Failure, Request},
    forgeries,
    screen::Outcome,
    service::{FRONT_END, Service},
};
use crate::user::User;

const STRANGER: &str = "https://evil.example";
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// One request, what it proves, and what must come back.
pub(super) struct Check {
    claim: &'static str,
    request: Request,
    status: StatusCode,
    also: fn(&Answer) -> bool,
}

impl Check {
    fn new(claim: &'static str, request: Request, status: StatusCode) -> Self {
        Self { claim, request, status, also: |_| true }
    }

    fn and(mut self, also: fn(&Answer) -> bool) -> Self {
        self.also = also;
        self
    }

    pub(super) async fn run(&self, service: &Service) -> Result<Outcome, Failure> {
        let answer = self.request.send(service).await?;
        let holds = answer.status == self.status && (self.also)(&answer);
        let expected = if holds { String::new() } else { format!("\nexpected {}", self.status) };
        Ok(Outcome { claim: self.claim, holds, evidence: format!("{}\n→ {answer}{expected}", self.request) })
    }
}

/// Two users, and a task of the first.
pub(super) struct People {
    ada: String,
    eve: String,
    task: String,
}

impl People {
    pub(super) async fn sign_up(service: &Service) -> Result<Self, Failure> {
        let ada = account(service, "ada@example.com").await?;
        let eve = account(service, "eve@example.com").await?;
        let made = Request::post("/tasks", json!({ "title": "water the plants" })).token(&ada, "Ada's token");
        let made = made.send(service).await?.json();
        let id = made["id"].as_str().ok_or("no task could be made")?;
        Ok(Self { ada, eve, task: format!("/tasks/{id}") })
    }
}

/// Signs up and in.
async fn account(service: &Service, email: &str) -> Result<String, Failure> {
    let credentials = json!({ "email": email, "password": "correct horse battery staple" });
    Request::post("/sign-up", credentials.clone()).send(service).await?;
    let answer = Request::post("/sign-in", credentials).send(service).await?.json();
    Ok(answer["token"].as_str().ok_or("nobody could sign in")?.to_owned())
}

type Chapter = (&'static str, Vec<Check>);

pub(super) fn of_production(service: &Service, people: &People) -> Result<Vec<Chapter>, Failure> {
    Ok(vec![
        ("health", health()),
        ("cross-origin requests", cors()),
        ("who asks", tokens(service, people)?),
        ("whose it is", isolation(people)),
        ("what an error tells", errors(people)),
    ])
}

fn health() -> Vec<Check> {
    vec![
        Check::new("health asks the database", Request::get("/health"), StatusCode::OK)
            .and(|answer| answer.json()["database"] == "connected" && answer.json()["environment"] == "production"),
        Check::new("every answer has the security headers", Request::get("/livez"), StatusCode::OK)
            .and(|answer| answer.headers.contains_key(STRICT_TRANSPORT_SECURITY)),
    ]
}

fn cors() -> Vec<Check> {
    let preflight = |origin: &str| {
        let request = Request::new(Method::OPTIONS, "/tasks").header(ORIGIN, origin);
        request.header(ACCESS_CONTROL_REQUEST_METHOD, "POST")
    };
    let forged = |origin: &str, site: &str| {
        let request = Request::post("/sign-in", json!({})).header(ORIGIN, origin);
        request.header(SEC_FETCH_SITE, site)
    };
    vec![
        Check::new("our front end may call", preflight(FRONT_END), StatusCode::OK)
            .and(|answer| answer.header(ACCESS_CONTROL_ALLOW_ORIGIN) == Some(FRONT_END)),
        Check::new("another origin may not", preflight(STRANGER), StatusCode::FORBIDDEN).and(is_silent_about_cors),
        Check::new(
            "another origin cannot read an answer",
            Request::get("/livez").header(ORIGIN, STRANGER),
            StatusCode::OK,
        )
        .and(is_silent_about_cors),
        Check::new("a form on another site is stopped", forged(STRANGER, "cross-site"), StatusCode::FORBIDDEN),
        Check::new(
            "a request of our front end is not",
            forged(FRONT_END, "cross-site"),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
    ]
}

fn is_silent_about_cors(answer: &Answer) -> bool {
    !answer.headers.keys().any(|name| name.as_str().starts_with("access-control-"))
}

fn tokens(service: &Service, people: &People) -> Result<Vec<Check>, Failure> {
    let People { ada, eve, .. } = people;
    let jwt = &service.settings().jwt;
    let user: User = jwt.verifier().verify(ada)?;
    let with = |token: &str, what| Request::get("/tasks").token(token, what);
    let refused = |claim, token: &str, what| Check::new(claim, with(token, what), StatusCode::UNAUTHORIZED);
    Ok(vec![
        Check::new("a good token is accepted", with(ada, "Ada's token"), StatusCode::OK),
        Check::new("no token is refused", Request::get("/tasks"), StatusCode::UNAUTHORIZED),
        refused("a token of another key is refused", &forgeries::with_another_key(user)?, "a token of another key"),
        refused("a token of the empty key is refused", forgeries::WITH_THE_EMPTY_KEY, "a token of the empty key"),
        refused("an unsigned token is refused", &forgeries::unsigned(ada), "a token whose algorithm is none"),
        refused("an altered token is refused", &forgeries::altered(eve, ada), "Eve's token, changed to be Ada's"),
        refused("an expired token is refused", &forgeries::expired(jwt, user)?, "Ada's token of an hour ago"),
    ])
}

fn isolation(people: &People) -> Vec<Check> {
    let People { ada, eve, task } = people;
    let of = |method: Method, token: &str, what| Request::new(method, task).token(token, what);
    let read = |token: &str, what| of(Method::GET, token, what);
    let change = |token: &str, what| of(Method::PATCH, token, what).body(json!({ "done": true }));
    vec![
        Check::new("Ada reads her task", read(ada, "Ada's token"), StatusCode::OK),
        Check::new("Eve cannot read it", read(eve, "Eve's token"), StatusCode::NOT_FOUND),
        Check::new("Eve cannot change it", change(eve, "Eve's token"), StatusCode::NOT_FOUND),
        Check::new("Eve cannot remove it", of(Method::DELETE, eve, "Eve's token"), StatusCode::NOT_FOUND),
        Check::new("Eve does not see it", Request::get("/tasks").token(eve, "Eve's token"), StatusCode::OK)
            .and(|answer| answer.json() == Value::Array(Vec::new())),
        Check::new("Ada changes it", change(ada, "Ada's token"), StatusCode::OK)
            .and(|answer| answer.json()["done"] == true),
        Check::new("Ada removes it", of(Method::DELETE, ada, "Ada's token"), StatusCode::NO_CONTENT),
    ]
}

fn errors(people: &People) -> Vec<Check> {
    let account = |password: &str| json!({ "email": "ada@example.com", "password": password });
    vec![
        Check::new(
            "bad input is explained in our own words",
            Request::post("/tasks", json!({ "title": 7, "owner": "eve" })).token(&people.ada, "Ada's token"),
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .and(|answer| answer.header(CONTENT_TYPE) == Some("application/problem+json")),
        Check::new(
            "signing up with a taken address is answered alike",
            Request::post("/sign-up", account("another password of hers")),
            StatusCode::ACCEPTED,
        ),
        Check::new(
            "and the password is not replaced",
            Request::post("/sign-in", account("another password of hers")),
            StatusCode::UNAUTHORIZED,
        ),
        Check::new("documentation is not public", Request::get("/docs/"), StatusCode::NOT_FOUND),
        Check::new("nor is the description of the interface", Request::get("/openapi.json"), StatusCode::NOT_FOUND),
    ]
}

pub(super) fn of_development() -> Vec<Check> {
    vec![
        Check::new("documentation is there", Request::get("/docs/"), StatusCode::OK),
        Check::new("so is the description of the interface", Request::get("/openapi.json"), StatusCode::OK)
            .and(|answer| answer.json()["paths"]["/tasks"].is_object()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::service;

    async fn failures(service: &Service, people: &People) -> Vec<&'static str> {
        let mut failed = Vec::new();
        for check in isolation(people) {
            let outcome = check.run(service).await.unwrap();
            failed.extend((!outcome.holds).then_some(outcome.claim));
        }
        failed
    }

    /// The verification of the original said that users were kept apart, for every request had been refused.
    #[tokio::test]
    async fn where_every_request_is_refused_nothing_is_said_to_be_kept_apart() {
        let service = Service::start(service::development(), |loader| loader).await.unwrap();
        let people = People::sign_up(&service).await.unwrap();
        let nobody = || "nobody".to_owned();
        let refused = People { ada: nobody(), eve: nobody(), task: people.task.clone() };
        assert_eq!(failures(&service, &refused).await.len(), isolation(&refused).len());
        // The control.
        assert_eq!(failures(&service, &people).await, Vec::<&str>::new());
    }

    /// When tasks are not kept apart, each claim fails.
    #[tokio::test]
    async fn where_everybody_is_the_same_user_it_shows() {
        let service = Service::start(service::development(), |loader| loader).await.unwrap();
        let People { ada, task, .. } = People::sign_up(&service).await.unwrap();
        let same = People { eve: ada.clone(), ada, task };
        let failed = failures(&service, &same).await;
        assert!(
            ["Eve cannot read it", "Eve cannot change it", "Eve cannot remove it"].iter().all(|it| failed.contains(it))
        );
    }
}
