//! Properties that hold for every input, checked with thousands of random inputs that are the same in each run.

use hardened::{Setting, database::DatabaseUrl};

/// A small xorshift generator, seeded by the test.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound).unwrap()).unwrap()
    }

    pub(crate) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    pub(crate) fn text(&mut self, from: &[&str], most: usize) -> String {
        (0..self.below(most)).map(|_| self.pick(from)).collect()
    }
}

/// Pieces of URLs, and pieces that break them.
const PIECES: &[&str] = &[
    "postgres://",
    "postgresql://",
    "u",
    "p",
    "h",
    "db",
    ":",
    "@",
    "/",
    "?",
    "#",
    "&",
    "=",
    "%",
    "%40",
    "%2F",
    "%zz",
    "[",
    "]",
    "::1",
    "localhost",
    "127.1",
    "5432",
    "99999",
    ",",
    ".",
    "-",
    "_",
    " ",
    "\n",
    "'",
    "\"",
    "psql ",
    "DATABASE_URL=",
    "${X}",
    "{",
    "}",
    "<",
    ">",
    "sslmode",
    "require",
    "disable",
    "host",
    "hostaddr",
    "options",
    "-c a=b",
    "password",
    "sslrootcert",
    "system",
    "é",
    "\u{200b}",
    "\0",
    "+",
    "\\",
    "xxx",
    "10.0.0.1",
    "user",
    "port",
    "pgbouncer=true",
];

/// Characters of passwords, most of them with a meaning in URLs.
const SYMBOLS: &[&str] = &[
    "a", "Z", "7", "@", "/", "?", "#", ":", "%", "&", "=", "+", " ", "[", "]", "<", "'", "\"", "\\", "é", "漢", "$",
    "{", "}", "~", ";", ",",
];

fn encode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn no_url_makes_the_parser_panic() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let (mut read, mut refused) = (0, 0);
    for _ in 0..60_000 {
        let prefix = random.pick(&["", "postgres://", "postgres://u:p@h/", "postgres://u:p@h/db?"]);
        let text = format!("{prefix}{}", random.text(PIECES, 12));
        match DatabaseUrl::parse(&text) {
            Ok(url) => {
                read += 1;
                let _ = (url.flaws(), format!("{url:?}"), url.expose_password(), url.user());
            }
            Err(_) => refused += 1,
        }
    }
    assert!(read > 500 && refused > 5_000, "{read} read, {refused} refused");
}

#[test]
fn an_encoded_password_is_read_back_as_it_was() {
    let mut random = Random(0xD1B5_4A32_D192_ED03);
    for _ in 0..10_000 {
        let password = format!("x{}", random.text(SYMBOLS, 40));
        let url = DatabaseUrl::parse(&format!("postgres://u:{}@db.example.com:5433/shop", encode(&password))).unwrap();
        assert_eq!(url.expose_password().unwrap().as_str(), password);
        assert_eq!((url.host().as_str(), url.port(), url.database()), ("db.example.com", 5433, Some("shop")));
    }
}

/// The most important property: a password that was pasted without encoding goes to the intended host or nowhere.
#[test]
fn a_raw_password_is_read_as_it_was_or_refused() {
    let mut random = Random(0xA076_1D64_78BD_642F);
    let (mut read, mut refused) = (0, 0);
    for _ in 0..40_000 {
        let password = format!("x{}", random.text(SYMBOLS, 8));
        let Ok(url) = DatabaseUrl::parse(&format!("postgres://u:{password}@db.example.com:5433/shop?sslmode=require"))
        else {
            refused += 1;
            continue;
        };
        read += 1;
        assert_eq!(
            (url.host().as_str(), url.port(), url.database()),
            ("db.example.com", 5433, Some("shop")),
            "{password}"
        );
        let is_encoded = password.contains('%');
        assert!(is_encoded || url.expose_password().unwrap().as_str() == password, "{password}");
    }
    assert!(read > 5_000 && refused > 500, "{read} read, {refused} refused");
}

#[test]
fn text_around_a_url_does_not_change_how_it_is_read() {
    let mut random = Random(0xE703_7ED1_A0B4_28DB);
    for _ in 0..2_000 {
        let bare = format!("postgres://u:{}@h/db", encode(&random.text(SYMBOLS, 10)));
        let Ok(expected) = DatabaseUrl::parse(&bare) else { continue };
        for (before, after) in [("'", "'"), ("\"", "\"\n"), ("psql '", "'"), ("DATABASE_URL=", ""), ("  ", "\t")] {
            let url = DatabaseUrl::parse(&format!("{before}{bare}{after}")).unwrap();
            assert_eq!(format!("{url:?}"), format!("{expected:?}"));
            assert_eq!(url.expose_url(), expected.expose_url());
            assert!(url.flaws().len() > expected.flaws().len());
        }
    }
}

#[test]
fn adding_sslmode_never_weakens() {
    use hardened::Tier;
    for url in [
        "postgres://u:8sd7f@h/db",
        "postgres://u:8sd7f@h/db?sslrootcert=system",
        "postgres://u:8sd7f@h/db?sslrootcert=/ca",
    ] {
        let absent = DatabaseUrl::parse(url).unwrap().tls(Tier::Production);
        let separator = if url.contains('?') { '&' } else { '?' };
        for mode in ["require", "verify-ca", "verify-full"] {
            let asked = DatabaseUrl::parse(&format!("{url}{separator}sslmode={mode}")).unwrap();
            assert!(asked.tls(Tier::Production) >= absent.min(asked.tls(Tier::Development)), "{url} {mode}");
        }
        assert!(absent >= hardened::database::Tls::Require);
    }
}

#[test]
fn no_generated_password_is_taken_for_an_example_or_a_first_guess() {
    let mut random = Random(0x6C07_8965_B5A3_11D7);
    let alphabets = [
        "0123456789abcdef",
        "0123456789abcdefghijklmnopqrstuvwxyz",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
        "abcdefghijklmnopqrstuvwxyz",
    ];
    for number in 0..8_000 {
        let symbols: Vec<_> = alphabets[number % 4].split("").filter(|symbol| !symbol.is_empty()).collect();
        let password: String = (0..12 + random.below(24)).map(|_| random.pick(&symbols)).collect();
        let url =
            DatabaseUrl::parse(&format!("postgres://app:{password}@db.example.com/shop?sslmode=require")).unwrap();
        let codes: Vec<_> = url.flaws().iter().map(|flaw| flaw.rule().code()).collect();
        assert_eq!(codes, [""; 0], "{password}");
    }
}
