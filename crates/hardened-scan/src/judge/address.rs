//! Passwords in URLs and connection strings.

/// A password in a URL, and the user name before it.
pub(crate) struct Login<'t> {
    pub(crate) user: &'t str,
    pub(crate) password: &'t str,
    /// The byte offset of the password in the text.
    pub(crate) at: usize,
}

/// Returns every login in the URLs of a text: `scheme://user:password@host`. Logins with an empty password are skipped.
pub(crate) fn logins(text: &str) -> impl Iterator<Item = Login<'_>> {
    memchr::memmem::find_iter(text.as_bytes(), "://").filter_map(move |at| login(text, at + 3))
}

fn login(text: &str, start: usize) -> Option<Login<'_>> {
    /// The maximum length of a login; no password of a connection string is longer.
    const LONGEST: usize = 512;
    let rest = text.get(start..)?;
    let end = rest.find(|symbol: char| symbol.is_whitespace() || matches!(symbol, '"' | '\'' | '`' | '\\' | '<' | '>'));
    // A placeholder such as `<password>` is part of the URL.
    let rest = if end.is_some_and(|end| rest.get(end..).is_some_and(|rest| rest.starts_with('<'))) {
        rest.lines().next()?
    } else {
        rest.get(..end.unwrap_or(rest.len()))?
    };
    let authority = rest.split(['/', '?', '#']).next()?;
    // An unescaped slash in a password ends the authority too early; then the port is not a number.
    let port = authority.rsplit_once(':').map_or("", |(_, port)| port);
    let is_port = port.bytes().all(|byte| byte.is_ascii_digit()) || port.ends_with(']');
    let login = match authority.rfind('@') {
        Some(at) => authority.get(..at)?,
        None if is_port => return None,
        None => rest.get(..rest.rfind('@')?)?,
    };
    let (user, password) = login.split_once(':')?;
    let is_plain = !password.is_empty() && login.len() <= LONGEST && !login.contains("://");
    is_plain.then_some(Login { user, password, at: start + user.len() + 1 })
}

/// Returns whether a text is the URL of something on this machine, which has no password: `sqlite:app.db`.
pub(crate) fn is_local(text: &str) -> bool {
    ["sqlite:", "jdbc:sqlite:", "jdbc:h2:", "duckdb:", "file:", "memory:", "unix:"]
        .iter()
        .any(|scheme| text.starts_with(scheme))
}

/// Names of parameters that are secrets, in lower case and without separators.
const PARAMETERS: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "accountkey",
    "sharedaccesskey",
    "accesskey",
    "secretkey",
    "sig",
    "token",
    "secret",
    "apikey",
];

/// Returns the value of a secret in a connection string: `Server=db;Password=…`, `host=db password=…`, `?token=…`.
pub(crate) fn parameter(text: &str) -> Option<&str> {
    let parts = text.split([';', '&', '?', ' ']).filter_map(|part| part.split_once('='));
    let mut found = parts.filter(|(name, _)| {
        let name = name.trim().replace(['_', '-', ' '], "").to_ascii_lowercase();
        PARAMETERS.contains(&name.as_str())
    });
    found.next().map(|(_, value)| value.trim_matches(['"', '\'', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_read_from_an_address() {
        for (text, expected) in [
            ("postgres://app:x7Kq9@db.example.com/app", Some(("app", "x7Kq9"))),
            ("see redis://:x7Kq9@cache:6379/0 there", Some(("", "x7Kq9"))),
            ("amqp://app:a/b@host", Some(("app", "a/b"))),
            ("postgres://app:p@ss@host/db", Some(("app", "p@ss"))),
            ("postgres://<user>:<password here>@host", Some(("<user>", "<password here>"))),
            ("https://token@github.com/x", None),
            ("postgres://app:@host", None),
            ("https://medium.com/@acme:x", None),
            ("https://[2001:db8::1]:8443/a@b", None),
            ("https://example.com:8080/a@b", None),
            ("://", None),
            ("", None),
        ] {
            let found = logins(text).next();
            assert_eq!(found.as_ref().map(|login| (login.user, login.password)), expected, "{text}");
            if let Some(login) = found {
                assert!(text.get(login.at..).is_some_and(|rest| rest.starts_with(login.password)));
            }
        }
    }

    #[test]
    fn a_parameter_of_a_connection_string_is_read() {
        for (text, expected) in [
            ("Server=db;Database=a;User Id=app;Password=x7Kq9;", Some("x7Kq9")),
            ("host=db user=app password=x7Kq9 dbname=a", Some("x7Kq9")),
            ("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=x7Kq9==", Some("x7Kq9==")),
            ("https://h.example/?sig=x7Kq9&a=b", Some("x7Kq9")),
            ("host=db port=5432", None),
            ("", None),
        ] {
            assert_eq!(parameter(text), expected, "{text}");
        }
    }
}
