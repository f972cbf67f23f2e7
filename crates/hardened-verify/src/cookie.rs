//! Guesses the purpose of a cookie from its name.

/// Parts of the names of session cookies, in lower case.
const OF_SESSIONS: [&str; 5] = ["sess", "token", "jwt", "remember", "identity"];

/// Whole words in the names of session cookies: `sidebar` and `author` must not match.
const WORDS: [&str; 5] = ["sid", "ssid", "auth", "authorization", "authentication"];

/// Returns whether a cookie identifies the user, judging by its name.
pub(crate) fn is_of_session(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    OF_SESSIONS.iter().any(|part| lower.contains(part)) || words(name).any(|word| WORDS.contains(&word.as_str()))
}

/// Returns whether scripts must be able to read the cookie: a CSRF token, which they send back in a header.
pub(crate) fn is_for_scripts(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("csrf") || name.contains("xsrf")
}

/// Splits a name into words in lower case: `connect.sid`, `x-auth`, `userAuth`.
fn words(name: &str) -> impl Iterator<Item = String> {
    let begins = |(at, letter): (usize, char)| letter.is_ascii_uppercase().then_some(at);
    let parts = name.split(|symbol: char| !symbol.is_ascii_alphanumeric());
    parts.flat_map(move |part| {
        // A part that is all capitals is one word.
        let starts: Vec<_> = match part.chars().any(|letter| letter.is_ascii_lowercase()) {
            true => part.char_indices().filter_map(begins).filter(|at| *at > 0).collect(),
            false => Vec::new(),
        };
        let ends = starts.iter().copied().chain([part.len()]);
        let words = [0].into_iter().chain(starts.iter().copied()).zip(ends);
        words.filter_map(|(from, to)| part.get(from..to).map(str::to_ascii_lowercase)).collect::<Vec<_>>()
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn cookies_of_sessions_are_known_by_their_names() {
        for (name, is_of_session) in [
            ("session", true),
            ("sessionid", true),
            ("PHPSESSID", true),
            ("JSESSIONID", true),
            ("ASP.NET_SessionId", true),
            ("connect.sid", true),
            ("SID", true),
            ("__Host-sid", true),
            ("authToken", true),
            ("userAuth", true),
            ("auth", true),
            (".AspNetCore.Identity.Application", true),
            ("remember_web", true),
            ("sidebar", false),
            ("sidebarOpen", false),
            ("author", false),
            ("residence", false),
            ("theme", false),
            ("_ga", false),
        ] {
            assert_eq!(super::is_of_session(name), is_of_session, "{name}");
        }
    }
}
