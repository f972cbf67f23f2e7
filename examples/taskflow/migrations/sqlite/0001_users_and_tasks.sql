CREATE TABLE users (
    id            BLOB PRIMARY KEY NOT NULL,
    email         TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL
) STRICT;

CREATE TABLE tasks (
    id    BLOB PRIMARY KEY NOT NULL,
    owner BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    done  INTEGER NOT NULL DEFAULT FALSE
) STRICT;

CREATE INDEX tasks_by_owner ON tasks (owner, id);
