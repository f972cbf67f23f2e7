//! Rules of fields, including rules that a macro writes.

use std::time::Duration;

use hardened::{Config, Environment, Loader, SecretText};

macro_rules! bounded {
    ($name:ident: $from:literal to $to:literal, $length:literal, $word:literal) => {
        #[derive(Debug, Config)]
        struct $name {
            #[config(range = $from..=$to, default = $from)]
            number: u16,
            #[config(len = $length, matches = "[a-z]+")]
            text: Option<String>,
            #[config(one_of = [$word], default = $word)]
            word: String,
        }
    };
}

bounded!(Bounded: 1 to 1024, 3, "eu");

#[derive(Debug, Config)]
struct Each {
    #[config(range = -1.5.., default = -1.5)]
    float: f64,
    #[config(range = .."1h", default = "59m")]
    time: Duration,
    #[config(len = 1.., each(range = 1..10), default = [9],)]
    digits: Vec<u8>,
    #[config(each(len = ..=3, matches = "[a-z]+"), expects = "short words", default = [])]
    words: Vec<String>,
    #[config(len = 20.., example = "sk_live_{random}")]
    stripe_key: Option<SecretText>,
}

pub fn main() {
    let environment = Environment::empty().set("NUMBER", "1025").set("TEXT", "abcd");
    let refusal = Loader::new().environment(environment).load::<Bounded>().unwrap_err();
    assert!(refusal.report().refuses("setting-malformed", "NUMBER"));
    assert!(refusal.report().refuses("setting-malformed", "TEXT"));
    assert!(Loader::new().environment(Environment::empty()).load::<Each>().is_ok());
}
