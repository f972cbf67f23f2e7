//! Text that stands where a secret should: `changeme`, `<your key here>`, `xxxxxxxx`.

use super::{MAX_BYTES, strength};

/// Whether a text is a placeholder.
pub(super) fn is(text: &[u8]) -> bool {
    is_mask(text)
        || is_bracketed(text)
        || WHOLE.iter().any(|word| equals(text, word))
        || MARKERS.any_in(text)
        || HINTS.any_in(text) && reads_like_text(text)
        || starts_with_your(text) && reads_like_text(text)
}

/// Texts that are nothing but a placeholder.
const WHOLE: &[&str] = &[
    "secret", "secretkey", "mysecret", "mysecretkey", "key", "apikey", "myapikey", "token",
    "mytoken", "password", "passwd", "mypassword", "pass", "credential", "test", "testing", "tests",
    "example", "sample", "dummy", "fake", "none", "null", "nil", "undefined", "todo", "tbd",
    "fixme", "redacted", "hidden", "masked", "unset", "empty", "default", "foo", "bar", "foobar",
    "string", "value", "changed", "change", "placeholder", "secretvalue", "notset", "unknown", "na",
];

/// Words of instructions to the reader, as letters and digits. Eight or more of them: among
/// random keys of any alphabet here, fewer than one in 10^9 has one.
static MARKERS: Words = Words::new(&[
    "32characters", "64characters", "atleast32", "atleast64", "byteslong", "changebefore",
    "changedefault", "changeinprod", "changeit", "changelater", "changeme", "changethis",
    "characterslong", "charslong", "defaultsecret", "developmentonly", "devsecretkey",
    "donotuse", "dummysecret", "dummytoken", "enteryour", "examplekey", "examplesecret",
    "exampletoken", "fakesecret", "fortesting", "generatewith", "generateyour", "goeshere",
    "insecure", "inserthere", "insertyour", "keepthissecret", "keygoeshere", "longrandom",
    "min32char", "mustbeatleast", "mustbechanged", "notasecret", "notforproduction",
    "opensslrand", "overrideme", "overwriteme", "passwordhere", "pasteyour", "placeholder",
    "pleasechange", "randomlonglong", "randomsecret", "randomstring", "redactedvalue",
    "removeme", "replaceatdeploy", "replaceby", "replacedat", "replacefrom", "replaceinprod",
    "replaceme", "replacethis", "replacewith", "samplesecret", "secrethere", "secretkeyhere",
    "secretsecret", "shouldbechanged", "somerandom", "testingonly", "thisisasecret",
    "thisismysecret", "tobechanged", "tokenhere", "toreplace", "valuehere", "verysecret",
    "yourapikey", "yourauthsecret", "youreallyneedto", "yourencryption", "yourjwtsecret",
    "yourownsecret", "yourpassword", "yourprivatekey", "yourrandom", "yoursecret", "yoursecure",
    "yoursigning", "yourstrong", "yoursuper", "yourtoken",
]);

/// The same, too short to be sure of in a random key: the text must read like one as well.
static HINTS: Words = Words::new(&[
    "32bytes", "32chars", "64chars", "addyour", "changed", "changein", "devonly", "dummy",
    "example", "fillin", "fixme", "keyhere", "min32", "putyour", "sample", "setyour",
    "testonly", "todo", "useyour", "yourkey", "yourown",
]);

/// Whether a text names what a key is, twice, in words: `ThisIsMySecretKeyForJwtTokens`. However
/// long it grows, it describes a key instead of being one.
pub(super) fn describes_a_key(text: &[u8]) -> bool {
    let mut named = SUBJECTS.sorted.iter().filter(|word| contains(text, word));
    SUBJECTS.any_in(text) && named.nth(1).is_some() && bits_of_each(text) < 4.4
}

/// What keys are called.
static SUBJECTS: Words = Words::new(&[
    "auth", "bytes", "char", "cookie", "encrypt", "hmac", "hs256", "jwt", "key", "passphrase",
    "password", "random", "secret", "session", "signing", "string", "token",
]);

/// Whether a text is priced like words, not like random characters: less than 3.6 bits each,
/// where random digits of base 16 have four.
pub(super) fn reads_like_text(text: &[u8]) -> bool {
    bits_of_each(text) < 3.6
}

fn bits_of_each(text: &[u8]) -> f32 {
    let length = text.len().clamp(1, MAX_BYTES);
    strength::effective_bits(text) as f32 / length as f32
}

/// One character over and over, as forms show a hidden value.
fn is_mask(text: &[u8]) -> bool {
    match std::str::from_utf8(text) {
        Ok(text) => match text.chars().next() {
            Some(first) => {
                matches!(first, 'x' | 'X' | '*' | '.' | '•' | '…' | '#' | '-' | '_' | '?')
                    && text.chars().all(|character| character == first)
            }
            None => false,
        },
        Err(_) => false,
    }
}

/// `<…>`, `[…]` and `{…}` around words.
fn is_bracketed(text: &[u8]) -> bool {
    let inner = [(b'<', b'>'), (b'[', b']'), (b'{', b'}')]
        .into_iter()
        .find_map(|(open, close)| text.strip_prefix(&[open])?.strip_suffix(&[close]));
    inner.is_some_and(|inner| is_label(inner) || is_prose(inner))
}

fn is_label(inner: &[u8]) -> bool {
    (1..24).contains(&inner.len())
        && inner
            .iter()
            .all(|byte| byte.is_ascii_alphabetic() || b"-_ ".contains(byte))
}

fn is_prose(inner: &[u8]) -> bool {
    let plain = inner
        .iter()
        .all(|byte| byte.is_ascii_alphanumeric() || b" -_.,:;+'()/!".contains(byte));
    plain && reads_like_text(inner)
}

/// `your-…`, `your_…`, `YOUR …`.
fn starts_with_your(text: &[u8]) -> bool {
    let (Some(start), Some(next)) = (text.get(..4), text.get(4)) else {
        return false;
    };
    start.eq_ignore_ascii_case(b"your") && b"-_ .".contains(next)
}

/// Whether the text is the word, apart from case and separators.
fn equals(text: &[u8], word: &str) -> bool {
    plain(text).eq(word.bytes())
}

/// Words that are looked for together, sorted, and where those of each first letter begin.
struct Words {
    sorted: &'static [&'static str],
    starts: [u8; 27],
}

impl Words {
    const fn new(sorted: &'static [&'static str]) -> Self {
        let mut starts = [0; 27];
        let mut at = 0;
        let mut letter = 0;
        while letter < starts.len() {
            while at < sorted.len() && sorted[at].as_bytes()[0] < b'a' + letter as u8 {
                at += 1;
            }
            starts[letter] = at as u8;
            letter += 1;
        }
        Self { sorted, starts }
    }

    /// Those that begin with a character, whatever its case.
    fn beginning_with(&self, first: u8) -> &[&'static str] {
        let letter = usize::from(first.to_ascii_lowercase().wrapping_sub(b'a'));
        match (self.starts.get(letter), self.starts.get(letter + 1)) {
            (Some(start), Some(end)) => self
                .sorted
                .get(usize::from(*start)..usize::from(*end))
                .unwrap_or_default(),
            _ => &[],
        }
    }

    /// Whether one of them is in the text, apart from case and separators.
    fn any_in(&self, text: &[u8]) -> bool {
        text.iter().enumerate().any(|(at, first)| {
            let rest = text.get(at..).unwrap_or_default();
            self.beginning_with(*first)
                .iter()
                .any(|word| starts_with(rest, word))
        })
    }
}

/// Whether the word is in the text, apart from case and separators.
fn contains(text: &[u8], word: &str) -> bool {
    (0..text.len()).any(|at| starts_with(text.get(at..).unwrap_or_default(), word))
}

fn starts_with(text: &[u8], word: &str) -> bool {
    let mut letters = plain(text);
    word.bytes().all(|byte| letters.next() == Some(byte))
}

fn plain(text: &[u8]) -> impl Iterator<Item = u8> {
    text.iter()
        .filter(|byte| !b"-_ .".contains(byte))
        .map(u8::to_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::{HINTS, MARKERS, SUBJECTS, WHOLE, is};

    #[test]
    fn placeholders_are_known_in_any_spelling() {
        for text in [
            "changeme",
            "CHANGE_ME",
            "Change-Me-Please",
            "x-change-this-to-a-random-string-x",
            "secret",
            "PASSWORD",
            "xxxxxxxx",
            "****",
            "....",
            "••••••••",
            "<token>",
            "<your-jwt-secret-goes-here-please-now>",
            "<a random string, 32+ characters>",
            "[your secret]",
            "{secret}",
            "your-secret-key-here",
            "your_postgres_string_thing",
            "YOUR_SUPER_SECRET_VALUE",
            "django-insecure-8d!x0b#qz1r^2m9k(w7v@t5$c3p&h4s*l6n",
            "generate: openssl rand -base64 32",
        ] {
            assert!(is(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn what_merely_resembles_a_placeholder_is_none() {
        for text in [
            "",
            "secretive-otter-81",
            "correct horse battery staple",
            "<f9L]w#Kq}2;V8zT!m5^Xr~J0|pYd>",
            "[f9Lw3Kq62kV8zTbm5aXrcJ0dpYdeQ1]",
            "your9Zk2LQx84nTbWv7RcM1pHsYd6JgF",
            "sk_test_4eC39HqLyjWDarjtT1zdp7dc",
            "xxxxxxxy",
        ] {
            assert!(!is(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn the_lists_are_sorted_and_the_markers_long() {
        for words in [&MARKERS, &HINTS, &SUBJECTS] {
            assert!(words.sorted.is_sorted());
        }
        assert!(MARKERS.sorted.iter().all(|marker| marker.len() >= 8));
        let plain = |word: &str| word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let all = MARKERS.sorted.iter().chain(HINTS.sorted).chain(WHOLE);
        assert!(all.chain(SUBJECTS.sorted).all(|word| plain(word)));
    }
}
