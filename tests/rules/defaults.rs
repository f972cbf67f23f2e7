//! Defaults in the code that their own type refuses.

use hardened::{Config, Violation};

use crate::book::{Book, environment};

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only judged")]
struct Settings {
    /// A percentage.
    #[config(parse, default = "101")]
    share: Percentage,
}

#[derive(Debug)]
struct Percentage;

impl std::str::FromStr for Percentage {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        match text.parse() {
            Ok(0..=100_u8) => Ok(Self),
            _ => Err(Violation::malformed(hardened::message!("must be a whole number from ", 0, " to ", 100))),
        }
    }
}

pub(crate) fn book() -> Book {
    let mut book = Book::default();
    book.load_in::<Settings>("a default that its type refuses", environment("production", &[]));
    book
}
