//! Finds a secret in a text that should not contain one. Reports use it before they show a text.

use crate::{check_key, is_published, issued, misplaced};

/// The kind of secret found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sighting {
    /// A URL or a connection string with a password.
    Password,
    /// A private key.
    PrivateKey,
    /// A signed token.
    Token,
    /// A key that begins like those of a known issuer.
    Issued,
    /// A key that is published somewhere.
    Published,
    /// Characters without a pattern. An identifier can look the same.
    Random,
}

/// Returns the kind of secret that a text contains, if any. Takes linear time.
#[must_use]
pub fn in_text(text: &str) -> Option<Sighting> {
    let whole = text.trim();
    let glance = Glance::at(text);
    if glance.capitals >= CAPITALS && is_private_key(text) {
        Some(Sighting::PrivateKey)
    } else if glance.has(AT | EQUALS) && has_password(text) {
        Some(Sighting::Password)
    } else if let Some(token) = glance.may_have_token().then(|| token(text)).flatten() {
        Some(token)
    } else if is_published(whole.as_bytes()) {
        Some(Sighting::Published)
    } else if glance.longest_run >= SHORTEST && has_random(text) || glance.capitals > 0 && is_password(whole) {
        Some(Sighting::Random)
    } else {
        None
    }
}

/// The result of a single pass over the bytes of a text. In most texts, it rules out most detectors.
#[derive(Default)]
struct Glance {
    /// The union of the properties of all bytes.
    seen: u8,
    capitals: usize,
    points: usize,
    /// The length of the longest part that can be in a token.
    longest_word: usize,
    /// The length of the longest part that can be random.
    longest_run: usize,
}

// The properties of a byte.
const IN_WORD: u8 = 1;
const IN_RUN: u8 = 2;
const CAPITAL: u8 = 4;
const POINT: u8 = 8;
const AT: u8 = 16;
const EQUALS: u8 = 32;

static SAID: [u8; 256] = {
    let mut said = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        said[byte] = match byte as u8 {
            b'A'..=b'Z' => IN_WORD | IN_RUN | CAPITAL,
            b'a'..=b'z' | b'0'..=b'9' => IN_WORD | IN_RUN,
            b'.' => IN_WORD | POINT,
            b'-' | b'_' => IN_WORD,
            b'=' => IN_RUN | EQUALS,
            b'+' => IN_RUN,
            b'@' => AT,
            _ => 0,
        };
        byte += 1;
    }
    said
};

impl Glance {
    fn at(text: &str) -> Self {
        let (mut glance, mut word, mut run) = (Self::default(), 0, 0);
        for byte in text.bytes() {
            let said = SAID[usize::from(byte)];
            glance.seen |= said;
            glance.capitals += usize::from(said & CAPITAL != 0);
            glance.points += usize::from(said & POINT != 0);
            word = if said & IN_WORD != 0 { word + 1 } else { 0 };
            run = if said & IN_RUN != 0 { run + 1 } else { 0 };
            glance.longest_word = glance.longest_word.max(word);
            glance.longest_run = glance.longest_run.max(run);
        }
        glance
    }

    fn has(&self, any: u8) -> bool {
        self.seen & any != 0
    }

    /// Returns whether the text may contain a token: a signed token has two points, and a key of an issuer is long.
    fn may_have_token(&self) -> bool {
        self.points >= 2 || self.longest_word >= issued::SHORTEST
    }
}

/// Returns the kind of token in a text: a signed token, or a key that begins like those of a known issuer.
fn token(text: &str) -> Option<Sighting> {
    let mut found = None;
    for word in words(text, IN_WORD) {
        if misplaced::is_token(word) {
            return Some(Sighting::Token);
        } else if issued::may_be(word) {
            found = Some(Sighting::Issued);
        }
    }
    found
}

/// Shorter texts cannot be distinguished from words.
const SHORTEST: usize = 16;

fn has_random(text: &str) -> bool {
    words(text, IN_RUN).any(is_random)
}

/// Returns the runs of bytes that a detector examines.
fn words(text: &str, what: u8) -> impl Iterator<Item = &[u8]> {
    text.as_bytes().split(move |byte| SAID[usize::from(*byte)] & what == 0).filter(|word| !word.is_empty())
}

/// The minimum number of capitals in the mark of a private key. Most texts have fewer.
const CAPITALS: usize = 7;

fn is_private_key(text: &str) -> bool {
    // The fourth is the beginning of a PEM block in base64.
    const MARKS: [&str; 4] = ["PRIVATE KEY", "AGE-SECRET-KEY-", "PuTTY-User-Key-File", "LS0tLS1CRUdJTi"];
    MARKS.iter().any(|mark| text.contains(mark))
}

/// Returns whether a text has a user name or password before a host, or a password as a parameter.
fn has_password(text: &str) -> bool {
    let mark = "://";
    let of_a_url = |(at, _)| has_user_information(text.get(at + mark.len()..));
    text.contains('@') && text.match_indices(mark).any(of_a_url) || has_secret_parameter(text)
}

fn has_user_information(rest: Option<&str>) -> bool {
    let rest = rest.and_then(|rest| rest.split_whitespace().next()).unwrap_or_default();
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // An unescaped slash in a password ends the authority too early; then the port is not a number.
    let port = authority.rsplit_once(':').map_or("", |(_, port)| port);
    let is_port = port.bytes().all(|byte| byte.is_ascii_digit()) || port.ends_with(']');
    authority.contains('@') || !is_port && rest.contains('@')
}

/// Returns whether a text has a secret parameter: `password=…`, `?token=…`, `AccountKey=…`. Its name ends with a known word.
fn has_secret_parameter(text: &str) -> bool {
    const NAMES: [&str; 11] = [
        "password",
        "passwd",
        "pwd",
        "secret",
        "token",
        "apikey",
        "api_key",
        "api-key",
        "accountkey",
        "access_key",
        "sig",
    ];
    text.match_indices('=').any(|(at, _)| {
        let name = text.get(..at).unwrap_or_default().trim_end();
        let value = text.get(at + 1..).unwrap_or_default().trim_start();
        let ends = |wanted: &str| {
            let start = name.len().checked_sub(wanted.len());
            start.and_then(|start| name.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(wanted))
        };
        value.chars().next().is_some_and(|first| first.is_ascii_alphanumeric() || first == '"')
            && NAMES.iter().any(|wanted| ends(wanted))
    })
}

/// Returns whether a word of letters and digits looks random: its character class changes often, or it has no flaw as a
/// key.
fn is_random(word: &[u8]) -> bool {
    const LONG: usize = 24;
    if word.len() < SHORTEST {
        return false;
    }
    // In percent. Without digits, joined words change case about as often as the lower limit.
    let enough = if word.iter().any(u8::is_ascii_digit) { 30 } else { 45 };
    let often = changes(word) * 100 >= word.len() * enough;
    let is_key = || word.len() >= LONG && check_key(word, SHORTEST).is_empty();
    often || is_key()
}

/// Returns whether a text looks like a generated password with letters of both cases, digits and symbols.
fn is_password(text: &str) -> bool {
    let has_all = || text.bytes().fold(0, |seen, byte| seen | 1 << class(byte)) == 0b1111;
    let changes_often = || changes(text.as_bytes()) * 5 >= text.len() * 3;
    text.len() >= SHORTEST && has_all() && changes_often() && !text.contains(char::is_whitespace)
}

/// Returns how often the class of the character changes.
fn changes(word: &[u8]) -> usize {
    word.iter().zip(word.iter().skip(1)).filter(|(byte, next)| class(**byte) != class(**next)).count()
}

fn class(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => 0,
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_in_a_text_is_seen_by_what_gives_it_away() {
        use Sighting::*;

        for (text, expected) in [
            ("https://user:hunter2@host.example/", Password),
            ("see https://hunter2@host.example", Password),
            ("amqp://u:p/w@host", Password),
            ("host=db password=hunter2", Password),
            ("Server=db;Pwd=hunter2;", Password),
            ("https://host.example/?token=hunter2", Password),
            ("-----BEGIN RSA PRIVATE KEY-----\nMC4CAQ", PrivateKey),
            ("LS0tLS1CRUdJTiBQUklWQVRF", PrivateKey),
            ("AGE-SECRET-KEY-1QQPQYSZ", PrivateKey),
            ("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_", Token),
            ("sk_live_51H8aBcDeFgHiJk", Issued),
            ("token ghp_abcdefghijklmnop1234", Issued),
            ("xoxb-123456789012-abcdefgh", Issued),
            ("your-256-bit-secret", Published),
            ("Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM", Random),
            ("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", Random),
            ("https://hooks.example.com/services/T00/B00/XyZ9aBc3dEf7GhI1jKl5MnO", Random),
            ("qwxkjvhzpmtrbnydlsgcfaieuoqzxvbn", Random),
            ("region eu / 3QmZ7xK9pL2wR8vT", Random),
            ("k#9Lp@2v!Qz$7Rw&4Tn*8Yx%3Bm^6Kd", Random),
        ] {
            assert_eq!(in_text(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_people_show_is_no_secret() {
        for text in [
            "",
            "info",
            "eu-central-1",
            "https://issuer.example.com/",
            "https://medium.com/@acme",
            "https://[2001:db8::1]:8443/path",
            "https://login.microsoftonline.com/common/v2.0",
            "urn:example:billing-service",
            "mailto:ops@example.com",
            "The billing service of Example (production)",
            "host=db port=5432",
            "tokens=5 per second",
            "/var/lib/billing/certificates/chain.pem",
            "app.example.com,admin.example.com",
            "*.svc.cluster.local",
            "ep-cool-darkness-123456.eu-central-1.aws.neon.tech",
            "Europe/Berlin",
            "2024-01-01T00:00:00Z",
            "v1.24.3-rc.1+build.77",
            "application/vnd.example.v2+json; charset=utf-8",
            "max-age=31536000; includeSubDomains",
            "sk_live_",
            "pul-request",
            "SG.",
            "-----BEGIN CERTIFICATE-----",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor",
            "billing-api-gateway-for-the-european-customers",
        ] {
            assert_eq!(in_text(text), None, "{text}");
        }
    }
}
