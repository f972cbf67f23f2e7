//! What people write where a secret should stand.

/// Words that are looked for together, sorted, and where those of each first character begin.
pub(crate) struct Words {
    pub(crate) sorted: &'static [&'static str],
    starts: [u8; KINDS + 1],
    /// For each first character a bit for each second one: most places of a text are passed over by it.
    seconds: [u64; KINDS],
}

/// The kinds of characters: digits, letters whatever their case, separators, and all others.
const KINDS: usize = 38;
const SEPARATOR: u8 = 36;

/// The kind of each character. Those of digits and letters sort as these do.
static KIND: [u8; 256] = {
    let mut kinds = [37; 256];
    let mut at = 0;
    while at < 26 {
        if at < 10 {
            kinds[(b'0' + at) as usize] = at;
        }
        kinds[(b'a' + at) as usize] = at + 10;
        kinds[(b'A' + at) as usize] = at + 10;
        at += 1;
    }
    let mut at = 0;
    while at < SEPARATORS.len() {
        kinds[SEPARATORS[at] as usize] = SEPARATOR;
        at += 1;
    }
    kinds
};

/// What may part the letters of a word.
const SEPARATORS: [u8; 4] = *b"-_ .";

impl Words {
    const fn new(sorted: &'static [&'static str]) -> Self {
        let (mut starts, mut seconds) = ([0; KINDS + 1], [0; KINDS]);
        let mut at = 0;
        while at < sorted.len() {
            if let [first, second, ..] = sorted[at].as_bytes() {
                let first = KIND[*first as usize] as usize;
                seconds[first] |= 1 << KIND[*second as usize] | 1 << SEPARATOR;
                starts[first + 1] = at as u8 + 1;
            }
            at += 1;
        }
        let mut after = 1;
        while after < starts.len() {
            if starts[after] < starts[after - 1] {
                starts[after] = starts[after - 1];
            }
            after += 1;
        }
        Self { sorted, starts, seconds }
    }

    /// Those that can begin with two characters.
    fn beginning(&self, first: u8, second: u8) -> &[&'static str] {
        let kind = |byte: u8| usize::from(KIND[usize::from(byte)]);
        let (first, second) = (kind(first), kind(second));
        if self.seconds[first] & 1 << second == 0 {
            return &[];
        }
        let [start, end] = [first, first + 1].map(|kind| usize::from(self.starts[kind]));
        self.sorted.get(start..end).unwrap_or_default()
    }

    /// Whether one of them is in the text, apart from case and separators.
    pub(crate) fn any_in(&self, text: &[u8]) -> bool {
        text.iter().zip(text.iter().skip(1)).enumerate().any(|(at, (first, second))| {
            let rest = text.get(at..).unwrap_or_default();
            self.beginning(*first, *second).iter().any(|word| starts_with(rest, word))
        })
    }
}

/// Texts that are nothing but a placeholder.
pub(crate) const WHOLE: &[&str] = &[
    "secret",
    "secretkey",
    "mysecret",
    "mysecretkey",
    "key",
    "apikey",
    "myapikey",
    "token",
    "mytoken",
    "password",
    "passwd",
    "mypassword",
    "credential",
    "example",
    "sample",
    "dummy",
    "fake",
    "none",
    "null",
    "nil",
    "undefined",
    "todo",
    "tbd",
    "fixme",
    "redacted",
    "hidden",
    "masked",
    "unset",
    "foo",
    "bar",
    "foobar",
    "placeholder",
    "secretvalue",
    "notset",
    "required",
    "empty",
    "abc123",
    "blank",
    "default",
    "value",
    "changed",
    "dummyvalue",
    "fakevalue",
    "testvalue",
    "setme",
    "somevalue",
    "anyvalue",
    "mock",
    "stub",
    "invalid",
    "temporary",
    "fillme",
    "fillmein",
    "testkey",
    "testtoken",
    "testsecret",
    "mocksecret",
    "mocktoken",
    "nosecret",
    "notoken",
    "nokey",
    "nopassword",
    "rootpassword",
    "adminpassword",
    "supersecret",
    "supersecretkey",
    "topsecret",
    "deadbeef",
    "cafebabe",
];

/// Words of instructions to the reader, as letters and digits. Eight or more of them: among
/// random keys of any alphabet here, fewer than one in 10^9 has one.
pub(crate) static MARKERS: Words = Words::new(&[
    "32characters",
    "64characters",
    "atleast32",
    "atleast64",
    "byteslong",
    "changebefore",
    "changedefault",
    "changeinprod",
    "changeit",
    "changelater",
    "changeme",
    "changethis",
    "characterslong",
    "charslong",
    "defaultsecret",
    "developmentonly",
    "devsecretkey",
    "donotuse",
    "dummysecret",
    "dummytoken",
    "enteryour",
    "examplekey",
    "examplesecret",
    "exampletoken",
    "fakesecret",
    "fortesting",
    "generatewith",
    "generateyour",
    "goeshere",
    "insecure",
    "inserthere",
    "insertyour",
    "keepthissecret",
    "keygoeshere",
    "longrandom",
    "min32char",
    "mustbeatleast",
    "mustbechanged",
    "notareal",
    "notasecret",
    "notforproduction",
    "opensslrand",
    "overrideme",
    "overwriteme",
    "passwordhere",
    "pasteyour",
    "placeholder",
    "pleasechange",
    "randomlonglong",
    "randomsecret",
    "randomstring",
    "redacted",
    "removeme",
    "replaceatdeploy",
    "replaceby",
    "replacedat",
    "replacefrom",
    "replaceinprod",
    "replaceme",
    "replacethis",
    "replacewith",
    "samplesecret",
    "secrethere",
    "secretkeyhere",
    "secretpassword",
    "secretsecret",
    "shouldbechanged",
    "somerandom",
    "testingonly",
    "thisisasecret",
    "thisismysecret",
    "tobechanged",
    "tobemodified",
    "tokenhere",
    "toreplace",
    "valuehere",
    "verysecret",
    "with32char",
    "youraccess",
    "yourapikey",
    "yourauthsecret",
    "youreallyneedto",
    "yourencryption",
    "yourjwtsecret",
    "yourownsecret",
    "yourpassword",
    "yourprivatekey",
    "yourrandom",
    "yoursecret",
    "yoursecure",
    "yoursigning",
    "yourstrong",
    "yoursuper",
    "yourtoken",
]);

/// The same, too short to be sure of in a random key: the text must read like one as well.
pub(crate) static HINTS: Words = Words::new(&[
    "32bytes", "32chars", "64chars", "addyour", "changed", "changein", "devonly", "dummy", "example", "fillin",
    "fixme", "keyhere", "min32", "putyour", "sample", "setyour", "testonly", "todo", "useyour", "yourkey", "yourown",
]);

/// What keys are called.
pub(crate) static SUBJECTS: Words = Words::new(&[
    "auth",
    "bytes",
    "char",
    "cookie",
    "encrypt",
    "hmac",
    "hs256",
    "jwt",
    "key",
    "passphrase",
    "password",
    "random",
    "secret",
    "session",
    "signing",
    "string",
    "token",
]);

/// Whether the text is one of the words, apart from case and separators.
pub(crate) fn is_any<'w>(text: &[u8], mut words: impl Iterator<Item = &'w &'static str>) -> bool {
    let length = plain(text).count();
    words.any(|word| word.len() == length && plain(text).eq(word.bytes()))
}

/// Whether the word is in the text, apart from case and separators.
pub(crate) fn contains(text: &[u8], word: &str) -> bool {
    let first = word.as_bytes().first().copied();
    text.iter().enumerate().any(|(at, byte)| {
        // Before the rest is read: separators, of which there may be thousands, start nothing.
        Some(byte.to_ascii_lowercase()) == first && starts_with(text.get(at..).unwrap_or_default(), word)
    })
}

fn starts_with(text: &[u8], word: &str) -> bool {
    let mut letters = plain(text);
    word.bytes().all(|byte| letters.next() == Some(byte))
}

fn plain(text: &[u8]) -> impl Iterator<Item = u8> {
    text.iter().filter(|byte| !SEPARATORS.contains(byte)).map(u8::to_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::{HINTS, MARKERS, SUBJECTS, WHOLE, Words};

    #[test]
    fn a_word_is_found_wherever_it_begins_whatever_parts_it() {
        let words = Words::new(&["32bytes", "abc", "abd", "zzz9"]);
        for (text, found) in [
            ("", false),
            ("a", false),
            ("abc", true),
            ("xABD", true),
            ("a-b_d", true),
            ("a--b d", true),
            ("abe", false),
            ("ab", false),
            ("a!bc", false),
            ("zzz9", true),
            ("zzz8", false),
            ("zz", false),
            ("at least 32 bytes", true),
            ("64bytes", false),
            ("\u{e9}abc", true),
        ] {
            assert_eq!(words.any_in(text.as_bytes()), found, "{text}");
        }
    }

    #[test]
    fn every_word_is_found() {
        for words in [&MARKERS, &HINTS, &SUBJECTS] {
            for word in words.sorted {
                assert!(words.any_in(format!("x{word}").as_bytes()), "{word}");
            }
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
