//! Values that the code and the command line set.

use hardened::{Config, Environment, JwtSecret, Loader};

use crate::book::Book;

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only judged")]
struct Settings {
    /// A port.
    #[config(default = 8080)]
    port: u16,
    /// A key.
    jwt_secret: Option<JwtSecret>,
}

const KEY: &str = "Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM";

pub(crate) fn book() -> Book {
    let mut book = Book::default();
    let loader = || Loader::new().environment(Environment::empty());
    for (name, loader) in [
        ("a field that is misspelt in code", loader().set("prot", 9000)),
        ("a field that nobody knows", loader().set("elsewhere", 9000)),
        ("an argument that is misspelt", loader().argument("--prot", Some(9000))),
        ("an argument for a field that is misspelt", loader().argument_for("--listen", "prot", Some(9000))),
        ("an argument that is not a number", loader().argument("--port", Some("http"))),
        ("a secret in code", loader().set("jwt_secret", KEY)),
        ("a secret as an argument", loader().argument("--jwt-secret", Some(KEY))),
    ] {
        book.load::<Settings>(name, loader);
    }
    book
}
