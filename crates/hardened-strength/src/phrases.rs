//! What people write where a secret should stand.

/// Words that are looked for together, sorted, and where those of each first letter begin.
pub(crate) struct Words {
    pub(crate) sorted: &'static [&'static str],
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
            (Some(start), Some(end)) => self.sorted.get(usize::from(*start)..usize::from(*end)).unwrap_or_default(),
            _ => &[],
        }
    }

    /// Whether one of them is in the text, apart from case and separators.
    pub(crate) fn any_in(&self, text: &[u8]) -> bool {
        text.iter().enumerate().any(|(at, first)| {
            let rest = text.get(at..).unwrap_or_default();
            self.beginning_with(*first).iter().any(|word| starts_with(rest, word))
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
    "secretsecret",
    "shouldbechanged",
    "somerandom",
    "testingonly",
    "thisisasecret",
    "thisismysecret",
    "tobechanged",
    "tokenhere",
    "toreplace",
    "valuehere",
    "verysecret",
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

/// Whether the text is the word, apart from case and separators.
pub(crate) fn equals(text: &[u8], word: &str) -> bool {
    plain(text).eq(word.bytes())
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
    text.iter().filter(|byte| !b"-_ .".contains(byte)).map(u8::to_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::{HINTS, MARKERS, SUBJECTS, WHOLE};

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
