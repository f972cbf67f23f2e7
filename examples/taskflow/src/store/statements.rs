//! The statements for the database.

use uuid::Uuid;

use super::Store;
use crate::{tasks::Task, user::User};

/// Runs one statement on either database.
macro_rules! on {
    ($store:expr, $pool:ident => $statement:expr) => {
        match $store {
            Store::Postgres($pool) => $statement,
            Store::Sqlite($pool) => $statement,
        }
    };
}

type Outcome<T> = Result<T, sqlx::Error>;

impl Store {
    /// Adds a user. Does nothing if the address has one already.
    pub async fn add_user(&self, id: Uuid, email: &str, password_hash: &str) -> Outcome<()> {
        const SQL: &str =
            "INSERT INTO users (id, email, password_hash) VALUES ($1, $2, $3) ON CONFLICT (email) DO NOTHING";
        on!(self, pool => sqlx::query(SQL).bind(id).bind(email).bind(password_hash).execute(pool).await.map(drop))
    }

    /// Returns the user of an address, and the hash of the password.
    pub async fn user(&self, email: &str) -> Outcome<Option<(Uuid, String)>> {
        const SQL: &str = "SELECT id, password_hash FROM users WHERE email = $1";
        on!(self, pool => sqlx::query_as(SQL).bind(email).fetch_optional(pool).await)
    }

    /// Returns at most 100 tasks of a user, after a given one.
    pub async fn tasks(&self, user: User, after: Uuid) -> Outcome<Vec<Task>> {
        const SQL: &str = "SELECT id, title, done FROM tasks WHERE owner = $1 AND id > $2 ORDER BY id LIMIT 100";
        on!(self, pool => sqlx::query_as(SQL).bind(user.id).bind(after).fetch_all(pool).await)
    }

    /// Returns one task of a user.
    pub async fn task(&self, user: User, id: Uuid) -> Outcome<Option<Task>> {
        const SQL: &str = "SELECT id, title, done FROM tasks WHERE owner = $1 AND id = $2";
        on!(self, pool => sqlx::query_as(SQL).bind(user.id).bind(id).fetch_optional(pool).await)
    }

    /// Adds a task.
    pub async fn add_task(&self, user: User, id: Uuid, title: &str) -> Outcome<Task> {
        const SQL: &str = "INSERT INTO tasks (owner, id, title) VALUES ($1, $2, $3) RETURNING id, title, done";
        on!(self, pool => sqlx::query_as(SQL).bind(user.id).bind(id).bind(title).fetch_one(pool).await)
    }

    /// Changes the given members of a task.
    pub async fn change_task(
        &self,
        user: User,
        id: Uuid,
        title: Option<&str>,
        done: Option<bool>,
    ) -> Outcome<Option<Task>> {
        const SQL: &str = "UPDATE tasks SET title = COALESCE($3, title), done = COALESCE($4, done) \
             WHERE owner = $1 AND id = $2 RETURNING id, title, done";
        on!(self, pool => sqlx::query_as(SQL).bind(user.id).bind(id).bind(title).bind(done).fetch_optional(pool).await)
    }

    /// Removes a task, and returns whether there was one.
    pub async fn remove_task(&self, user: User, id: Uuid) -> Outcome<bool> {
        const SQL: &str = "DELETE FROM tasks WHERE owner = $1 AND id = $2";
        on!(self, pool => {
            let removed = sqlx::query(SQL).bind(user.id).bind(id).execute(pool).await?;
            Ok(removed.rows_affected() > 0)
        })
    }
}
