//! Recognises messages of databases, drivers and object-relational mappers.

use super::text::{has, has_number, plain};
use crate::answer::Answer;

/// Messages of servers and drivers: the product, and the parts of the message in order.
const SENTENCES: &[(&str, &[&str])] = &[
    ("PostgreSQL", &["invalid input syntax for "]),
    ("PostgreSQL", &["duplicate key value violates unique constraint"]),
    ("PostgreSQL", &["violates foreign key constraint"]),
    ("PostgreSQL", &["violates not-null constraint"]),
    ("PostgreSQL", &["violates check constraint"]),
    ("PostgreSQL", &["relation \"", "\" does not exist"]),
    ("PostgreSQL", &["column \"", "\" does not exist"]),
    ("PostgreSQL", &["column ", " of relation "]),
    ("PostgreSQL", &["operator does not exist: "]),
    ("PostgreSQL", &["syntax error at or near"]),
    ("PostgreSQL", &["unterminated quoted string at or near"]),
    ("PostgreSQL", &["password authentication failed for user"]),
    ("PostgreSQL", &["no pg_hba.conf entry"]),
    ("PostgreSQL", &["remaining connection slots are reserved"]),
    ("PostgreSQL", &["value too long for type character"]),
    ("PostgreSQL", &["invalid byte sequence for encoding"]),
    ("PostgreSQL", &["out of range for type "]),
    ("PostgreSQL", &["connection to server at \""]),
    ("PostgreSQL", &["FATAL: ", "database \""]),
    ("PostgreSQL", &["psycopg"]),
    ("PostgreSQL", &["asyncpg."]),
    ("PostgreSQL", &["org.postgresql."]),
    ("PostgreSQL", &["PSQLException"]),
    ("PostgreSQL", &["PG::", "Error"]),
    ("PostgreSQL", &["Npgsql."]),
    ("PostgreSQL", &["\"pq: "]),
    ("SQL", &["SQLSTATE"]),
    ("MySQL", &["You have an error in your SQL syntax"]),
    ("MySQL", &["ER_", "_ERROR"]),
    ("MySQL", &["ER_DUP_ENTRY"]),
    ("MySQL", &["Duplicate entry '", "' for key"]),
    ("MySQL", &["Unknown column '", "' in '"]),
    ("MySQL", &["Access denied for user '"]),
    ("MySQL", &["Table '", "' doesn't exist"]),
    ("MySQL", &["Incorrect ", " value: '", "' for column"]),
    ("MySQL", &["com.mysql."]),
    ("MySQL", &["MySqlException"]),
    ("MySQL", &["mysql_fetch_"]),
    ("MySQL", &["Can't connect to MySQL server"]),
    ("SQLite", &["SQLITE_"]),
    ("SQLite", &["sqlite3."]),
    ("SQLite", &["no such table: "]),
    ("SQLite", &["no such column: "]),
    ("SQLite", &["near \"", "\": syntax error"]),
    ("SQLite", &["constraint failed: "]),
    ("SQLite", &["unrecognized token: \""]),
    ("MongoDB", &["MongoError"]),
    ("MongoDB", &["MongoServerError"]),
    ("MongoDB", &["MongoNetworkError"]),
    ("MongoDB", &["E11000 duplicate key"]),
    ("MongoDB", &["Cast to ", " failed for value"]),
    ("MongoDB", &["BSONError"]),
    ("MongoDB", &["BSONTypeError"]),
    ("MongoDB", &["input must be a 24 character hex string"]),
    ("SQL Server", &["Unclosed quotation mark after the character string"]),
    ("SQL Server", &["Incorrect syntax near '"]),
    ("SQL Server", &["SqlException"]),
    ("SQL Server", &["Data.SqlClient."]),
    ("Oracle", &["quoted string not properly terminated"]),
    ("Redis", &["WRONGTYPE Operation"]),
    ("Redis", &["NOAUTH Authentication required"]),
    ("sqlx", &["error returned from database"]),
    ("sqlx", &["error occurred while decoding column"]),
    ("sqlx", &["pool timed out while waiting for an open connection"]),
    ("Diesel", &["diesel::"]),
    ("Prisma", &["PrismaClient"]),
    ("Prisma", &["Invalid `prisma."]),
    ("Sequelize", &["Sequelize", "Error"]),
    ("TypeORM", &["QueryFailedError"]),
    ("SQLAlchemy", &["sqlalchemy.exc"]),
    ("SQLAlchemy", &["(Background on this error at: "]),
    ("Active Record", &["ActiveRecord::"]),
    ("Hibernate", &["org.hibernate."]),
    ("Hibernate", &["could not execute statement; SQL"]),
    ("JDBC", &["java.sql."]),
    ("PDO", &["PDOException"]),
    ("Doctrine", &["Doctrine\\DBAL"]),
    ("the network", &["connect ECONNREFUSED "]),
    ("the network", &["getaddrinfo ENOTFOUND "]),
];

/// Returns the product whose message is in the body.
pub(crate) fn driver(answer: &Answer) -> Option<&'static str> {
    let text = plain(answer);
    let oracle = has_number(&text, "ORA-", ":").then_some("Oracle");
    oracle.or_else(|| SENTENCES.iter().find(|(_, parts)| has(&text, parts)).map(|(product, _)| *product))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_of_drivers_are_recognised_however_they_are_escaped() {
        for (body, product) in [
            (r#"{"error":"invalid input syntax for type uuid: \"x'\""}"#, "PostgreSQL"),
            (r#"{"error":"relation \"tasks\" does not exist"}"#, "PostgreSQL"),
            ("relation &quot;tasks&quot; does not exist", "PostgreSQL"),
            ("You have an error in your SQL syntax; check the manual", "MySQL"),
            ("SQLITE_ERROR: no such table: tasks", "SQLite"),
            (r#"{"message":"Cast to ObjectId failed for value \"x\" (type string) at path \"_id\""}"#, "MongoDB"),
            ("ORA-01756: quoted string not properly terminated", "Oracle"),
            ("(psycopg2.errors.UndefinedTable)", "PostgreSQL"),
            ("error returned from database: boom", "sqlx"),
        ] {
            assert_eq!(driver(&Answer::of(500, body)), Some(product), "{body}");
        }
    }

    #[test]
    fn errors_for_people_are_not_messages_of_drivers() {
        for body in [
            "",
            r#"{"error":"timeout","database":"disconnected","status":"unhealthy"}"#,
            r#"{"title":"Conflict","detail":"the email address is already in use"}"#,
            r#"{"detail":"value is not a valid uuid"}"#,
            "this column is a list of relations in mysql and postgres",
        ] {
            assert_eq!(driver(&Answer::of(400, body)), None, "{body}");
        }
    }
}
