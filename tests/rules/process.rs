//! Rules about a whole process, tested in child processes.

use std::process::Command;

use hardened::{Environment, Jwt, Loader};
use jsonwebtoken::crypto::{CryptoProvider, KeyUtils};

use crate::{book::Book, support::KEY};

/// The provider that the crate falls back to if two are linked and none is installed.
static PANICKING: CryptoProvider = CryptoProvider {
    signer_factory: |_, _| panic!("no provider"),
    verifier_factory: |_, _| panic!("no provider"),
    key_utils: KeyUtils::new_unimplemented(),
};

/// The variable that tells the child process that it is one.
const CHILD: &str = "HARDENED_TEST_RULES_CHILD";
/// The prefix of each line of the child's report.
const MARK: &str = "report: ";

pub(crate) fn book() -> Book {
    let mut book = Book::default();
    let mut child = Command::new(std::env::current_exe().unwrap());
    let output = child.args(["process::child", "--exact", "--nocapture"]).env(CHILD, "1").output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let report: Vec<_> = said.lines().filter_map(|line| line.strip_prefix(MARK)).collect();
    book.printed("cryptography that does not work", &report.join("\n"));
    book
}

/// Does nothing except in the child process.
#[test]
#[expect(clippy::print_stdout, reason = "the parent reads it")]
fn child() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    PANICKING.install_default().unwrap();
    let environment = Environment::empty().set("JWT_SECRET_KEY", KEY);
    let refusal = Loader::new().environment(environment).load::<Jwt>().unwrap_err();
    println!();
    refusal.report().to_string().lines().for_each(|line| println!("{MARK}{line}"));
}
