//! `.env.example`: the settings without their secrets.

use hardened_core::dotenv::{Meaning, TIER_NOTE, statements};

use super::{
    found::{Found, Place},
    step::Step,
};

/// The first line, which names the command for the exact list.
const HEAD: &str = "# Settings of this service. For the exact list, run: cargo run -- config env\n";

/// The settings that most services have.
const SETTINGS: &str = "
# Signs and verifies tokens. A key of at least 32 bytes. Generate it: openssl rand -base64 48
JWT_SECRET_KEY=

# Signs the sessions of better-auth. A key of at least 32 bytes. Generate it: openssl rand -base64 48
BETTER_AUTH_SECRET=

# The database URL, with user and password.
DATABASE_URL=

# Web origins that may call the service, comma-separated.
CORS_ORIGINS=
";

/// Returns the content for a service that does not print its own `.env.example` yet.
pub(super) fn default(tier_variable: &str) -> String {
    format!("{HEAD}# {tier_variable}{TIER_NOTE}\n{SETTINGS}")
}

/// Plans the step.
pub(super) fn plan(place: &Place, tier_variable: &str) -> Step {
    match &place.found {
        Found::Absent => {
            Step::create(&place.file, default(tier_variable), "the settings without the secrets, for colleagues")
        }
        Found::Untouchable(reason) => Step::leave(&place.file, *reason),
        Found::Text(_) => Step::leave(&place.file, "exists, and lists what .env needs"),
    }
}

/// A variable that an example asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted<'a> {
    pub(super) name: &'a str,
    /// The value in the example; empty if every user sets their own.
    pub(super) value: &'a str,
    /// The comment above the variable, and the line up to the `=`.
    pub(super) head: &'a str,
    /// The number of random bytes, if the value is a key.
    pub(super) key_bytes: Option<usize>,
}

/// Returns every variable that is not commented out, in the order of the example.
pub(super) fn wanted(text: &str) -> Vec<Wanted<'_>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (mut wanted, mut at, mut comment) = (Vec::new(), 0, None);
    for statement in statements(text) {
        let (start, line) = (at, statement.text);
        at += line.len();
        match statement.meaning {
            Meaning::Entry { name, value, .. } => {
                let begin = comment.take().unwrap_or(start);
                let equals = line.find('=').map_or(at, |found| start + found + 1);
                let head = text.get(begin..equals).unwrap_or_default();
                // The value as written, with its quotes. A value that is only a comment is empty.
                let written = text.get(equals..at).unwrap_or_default().trim();
                // The comment above, and the rest of the line.
                let hint = text.get(begin..at).unwrap_or_default();
                let value = if value.is_empty() { "" } else { written };
                wanted.push(Wanted { name, value, head, key_bytes: key_bytes(name, hint) });
            }
            Meaning::Nothing if is_prose(line) => comment = comment.or(Some(start)),
            // A blank line or a variable that is commented out: the comment above is not about the next variable.
            _ => comment = None,
        }
    }
    wanted
}

/// Returns whether a line is a comment that does not contain a variable.
fn is_prose(line: &str) -> bool {
    let line = line.trim();
    let inside = statements(line.trim_start_matches(['#', ' '])).next();
    line.starts_with('#') && !inside.is_some_and(|inside| matches!(inside.meaning, Meaning::Entry { .. }))
}

/// Returns the number of random bytes for a variable, if its comment says that it is a key.
fn key_bytes(name: &str, hint: &str) -> Option<usize> {
    use crate::secret::{DEFAULT_BYTES, MAX_BYTES};

    let is_key = ["openssl rand", "hardened secret"].iter().any(|command| hint.contains(command));
    // A key ring has a different format.
    let is_ring = hint.contains("version:");
    let known = matches!(name, "JWT_SECRET_KEY" | "BETTER_AUTH_SECRET");
    let number = |behind: &str| {
        let rest = hint.split_once(behind)?.1.trim_start();
        rest.split(|symbol: char| !symbol.is_ascii_digit()).next()?.parse::<usize>().ok()
    };
    let bytes = number("-base64").or_else(|| number("-hex")).or_else(|| number("--bytes")).unwrap_or(DEFAULT_BYTES);
    (known || is_key && !is_ring).then(|| bytes.clamp(DEFAULT_BYTES, MAX_BYTES))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_says_what_the_next_variable_is() {
        let text = "\
# Head. Make one: openssl rand -base64 48

# A key. Make one: openssl rand -base64 96
SIGNING_KEY=
STRIPE_KEY=
# Old key. Make one: openssl rand -base64 48
#OLD_KEY=
# A key. Make one: openssl rand -base64 48. Required in Preview and Production
#SENTRY_KEY=
PORT=8080
# Optional
# openssl rand -hex 32
export OTHER = \"\"
THIRD= # hardened secret
# Keys as version:value. Make a key: openssl rand -base64 48
RING=
JWT_SECRET_KEY=changeme
FOURTH=#value
1A=x
A B=x
";
        let found: Vec<_> = wanted(text).iter().map(|found| (found.name, found.value, found.key_bytes)).collect();
        assert_eq!(
            found,
            [
                ("SIGNING_KEY", "", Some(96)),
                ("STRIPE_KEY", "", None),
                ("PORT", "8080", None),
                ("OTHER", "", Some(48)),
                ("THIRD", "", Some(48)),
                ("RING", "", None),
                ("JWT_SECRET_KEY", "changeme", Some(48)),
                ("FOURTH", "#value", None),
            ]
        );
    }

    #[test]
    fn a_head_is_the_comment_and_the_name() {
        let heads: Vec<_> = wanted("# x\n\n# a\n# b\nA=1\nB=2").iter().map(|found| found.head).collect();
        assert_eq!(heads, ["# a\n# b\nA=", "B="]);
    }
}
