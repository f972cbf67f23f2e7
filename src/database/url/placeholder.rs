//! Text from examples, and passwords that everybody tries first.

use hardened_strength::ReferenceKind;

/// Passwords of images and tutorials.
const DEFAULTS: [&str; 34] = [
    "postgres",
    "postgresql",
    "password",
    "passw0rd",
    "passwd",
    "pass",
    "secret",
    "admin",
    "root",
    "user",
    "test",
    "testing",
    "dev",
    "development",
    "app",
    "db",
    "database",
    "docker",
    "example",
    "changeme",
    "change_me",
    "change-me",
    "mysecretpassword",
    "supersecret",
    "postgrespassword",
    "letmein",
    "qwerty",
    "welcome",
    "default",
    "1234",
    "12345",
    "123456",
    "12345678",
    "123456789",
];

/// Whether a password is the first guess: a well-known one, the name of the user, or that of the database.
pub(super) fn is_default_password(password: &str, user: &str, database: Option<&str>) -> bool {
    let is = |known: &str| password.eq_ignore_ascii_case(known);
    DEFAULTS.iter().any(|known| is(known)) || is(user) || database.is_some_and(is)
}

/// Whether a user, password or database stands for another: `<password>`, `[YOUR-PASSWORD]`, `your_password`, `xxxx`.
pub(super) fn is_placeholder(text: &str) -> bool {
    const WORDS: [&str; 12] = [
        "username",
        "your-user",
        "dbname",
        "database_name",
        "db_name",
        "password_here",
        "replaceme",
        "replace_me",
        "replace-me",
        "placeholder",
        "todo",
        "fixme",
    ];
    let lower = text.to_ascii_lowercase();
    let wrapped =
        [('<', '>'), ('[', ']')].iter().any(|(open, close)| lower.starts_with(*open) && lower.ends_with(*close));
    let masked = |symbol: char| lower.len() >= 3 && lower.chars().all(|other| other == symbol);
    wrapped
        || WORDS.contains(&lower.as_str())
        || lower.starts_with("your-")
        || lower.starts_with("your_")
        || lower.starts_with("<your")
        || ['x', '*', '.', '…'].iter().any(|symbol| masked(*symbol))
}

/// Whether a host is an example: `your-host`, `ep-xxxxx-pooler.…`, `HOST`.
pub(super) fn is_placeholder_host(name: &str) -> bool {
    let masked = |part: &str| part.len() >= 3 && part.bytes().all(|byte| byte == b'x');
    matches!(name, "host" | "hostname" | "your_host" | "dbhost" | "db_host")
        || name.starts_with("your-")
        || name.split(['.', '-']).any(masked)
}

/// Whether the text has a template that was not filled in where a whole part should be: `${NAME}`, `$(NAME)`,
/// `{{ name }}`, `$NAME`.
pub(super) fn has_template(text: &str) -> bool {
    text.split([':', '@', '/', '?', '&', '=']).any(|part| hardened_strength::is_template(part.as_bytes()))
        || has_shell_default(text)
}

/// `${NAME:-default}`, which no password has by chance.
fn has_shell_default(text: &str) -> bool {
    text.split("${").skip(1).any(|rest| {
        let name = rest.split([':', '}']).next().unwrap_or_default();
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        is_name
            && [":-", ":?", ":="]
                .iter()
                .any(|operator| rest.get(name.len()..).is_some_and(|rest| rest.starts_with(operator)))
    })
}

/// Whether the whole text is a template, or a reference that a platform or a secret store should have resolved.
pub(super) fn is_reference(text: &str) -> bool {
    let text = text.as_bytes();
    hardened_strength::is_template(text)
        || hardened_strength::reference(text).is_some_and(|kind| kind != ReferenceKind::Url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_known_and_real_values_are_none() {
        for (text, expected) in [
            ("<password>", true),
            ("[YOUR-PASSWORD]", true),
            ("your_password", true),
            ("xxxxxxxx", true),
            ("***", true),
            ("USERNAME", true),
            ("dbname", true),
            ("neondb", false),
            ("app", false),
            ("xx", false),
            ("yourself", false),
            ("[x", false),
        ] {
            assert_eq!(is_placeholder(text), expected, "{text}");
        }
        for (name, expected) in [
            ("ep-xxxxx-pooler.us-east-1.aws.neon.tech", true),
            ("your-db.example.com", true),
            ("host", true),
            ("db.example.com", false),
            ("ep-cool-1-pooler.us-east-2.aws.neon.tech", false),
            ("h", false),
        ] {
            assert_eq!(is_placeholder_host(name), expected, "{name}");
        }
    }

    #[test]
    fn a_template_is_one_only_as_a_whole_part() {
        for (text, expected) in [
            ("${DATABASE_URL}", true),
            ("postgres://u:${DB_PASSWORD}@h/db", true),
            ("postgres://u:$(DB_PASSWORD)@h/db", true),
            ("postgres://u:$PGPASSWORD@h/db", true),
            ("postgres://u:{{ password }}@h/db", true),
            ("postgres://u:p@${{RAILWAY_PRIVATE_DOMAIN}}/db", true),
            ("postgres://u:${DB_PASSWORD:-dev}@h/db", true),
            ("postgres://u:ab${X}c@h/db", false),
            ("postgres://u:a$(b@h/db", false),
            ("postgres://u:$ab@h/db", false),
            ("postgres://u:p@h/db", false),
        ] {
            assert_eq!(has_template(text), expected, "{text}");
        }
    }

    #[test]
    fn a_reference_is_one_in_the_notation_of_any_store() {
        for text in ["awssm://prod/db", "sm://project/db", "%DATABASE_URL%", "!Ref Database", "op://vault/db/url"] {
            assert!(is_reference(text), "{text}");
        }
        for text in ["postgres://u:p@h/db", "postgresql://u:p%40w@db.example.com/app", "https://db.example.com"] {
            assert!(!is_reference(text), "{text}");
        }
    }

    #[test]
    fn the_first_guesses_are_known() {
        for (password, expected) in
            [("postgres", true), ("PASSWORD", true), ("alex", true), ("shop", true), ("p", false), ("9f8a7c", false)]
        {
            assert_eq!(is_default_password(password, "alex", Some("shop")), expected, "{password}");
        }
    }
}
