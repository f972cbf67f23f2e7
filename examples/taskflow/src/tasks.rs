//! Tasks. Each statement names the owner, so the task of another user is like one that does not exist.

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Store,
    problem::{Body, Path, Problem, Query},
    user::User,
};

/// Something to do.
#[derive(Debug, Serialize, ToSchema, sqlx::FromRow)]
pub struct Task {
    id: Uuid,
    title: String,
    done: bool,
}

/// A task to create.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTask {
    /// Not blank, and at most 1,000 characters.
    #[schema(min_length = 1, max_length = 1000, pattern = r"^[^\x00]*[^\s\x00][^\x00]*$")]
    title: String,
}

/// The changes to a task.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Not blank, and at most 1,000 characters.
    #[schema(min_length = 1, max_length = 1000, pattern = r"^[^\x00]*[^\s\x00][^\x00]*$")]
    title: Option<String>,
    done: Option<bool>,
}

/// The query parameters of the task list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// The last task of the previous page.
    after: Option<Uuid>,
}

/// The first 100 tasks, the oldest first.
#[utoipa::path(
    get,
    path = "/tasks",
    params(("after" = Option<Uuid>, Query, description = "The ID of the last task of the previous page")),
    responses((status = 200, body = Vec<Task>), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    security(("token" = [])),
)]
pub async fn list(
    user: User,
    State(store): State<Store>,
    Query(page): Query<Page>,
) -> Result<Json<Vec<Task>>, Problem> {
    Ok(Json(store.tasks(user, page.after.unwrap_or_default()).await?))
}

/// Creates a task.
#[utoipa::path(
    post,
    path = "/tasks",
    request_body = NewTask,
    responses((status = 201, body = Task), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    security(("token" = [])),
)]
pub async fn create(
    user: User,
    State(store): State<Store>,
    Body(new): Body<NewTask>,
) -> Result<(StatusCode, Json<Task>), Problem> {
    let task = store.add_task(user, Uuid::now_v7(), titled(&new.title)?).await?;
    Ok((StatusCode::CREATED, Json(task)))
}

/// One task.
#[utoipa::path(
    get,
    path = "/tasks/{id}",
    params(("id" = Uuid, Path, description = "The ID of the task")),
    responses((status = 200, body = Task), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    security(("token" = [])),
)]
pub async fn read(user: User, State(store): State<Store>, Path(id): Path<Uuid>) -> Result<Json<Task>, Problem> {
    store.task(user, id).await?.map(Json).ok_or_else(Problem::not_found)
}

/// Changes a task.
#[utoipa::path(
    patch,
    path = "/tasks/{id}",
    request_body = Change,
    params(("id" = Uuid, Path, description = "The ID of the task")),
    responses((status = 200, body = Task), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    security(("token" = [])),
)]
pub async fn update(
    user: User,
    State(store): State<Store>,
    Path(id): Path<Uuid>,
    Body(change): Body<Change>,
) -> Result<Json<Task>, Problem> {
    let title = change.title.as_deref().map(titled).transpose()?;
    store.change_task(user, id, title, change.done).await?.map(Json).ok_or_else(Problem::not_found)
}

/// Removes a task.
#[utoipa::path(
    delete,
    path = "/tasks/{id}",
    params(("id" = Uuid, Path, description = "The ID of the task")),
    responses((status = 204), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    security(("token" = [])),
)]
pub async fn delete(user: User, State(store): State<Store>, Path(id): Path<Uuid>) -> Result<StatusCode, Problem> {
    if store.remove_task(user, id).await? { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}

/// Checks a title. A NUL is refused because PostgreSQL cannot store it.
fn titled(title: &str) -> Result<&str, Problem> {
    if title.chars().count() > 1_000 {
        Err(Problem::invalid("title has more than 1,000 characters"))
    } else if title.contains('\0') {
        Err(Problem::invalid("title contains a NUL character"))
    } else if title.trim().is_empty() {
        Err(Problem::invalid("title is blank"))
    } else {
        Ok(title.trim())
    }
}
