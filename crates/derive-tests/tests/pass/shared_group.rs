//! A group behind `Arc` and `Box`, required and optional.

use std::sync::Arc;

use hardened::{Config, Environment, Loader};

#[derive(Debug, Config)]
struct Group {
    host: String,
}

#[derive(Debug, Config)]
struct Settings {
    #[config(nested)]
    one: Arc<Group>,
    #[config(nested, prefix = "TWO_")]
    two: Option<Arc<Group>>,
    #[config(nested, prefix = "THREE_")]
    three: Box<Group>,
}

pub(super) fn main() {
    let environment = Environment::empty().set("HOST", "a").set("TWO_HOST", "b").set("THREE_HOST", "c");
    let settings = Loader::new().environment(environment).load::<Settings>().unwrap();
    assert_eq!(settings.three.host, "c");
    let shared: Arc<Group> = Arc::clone(&settings.one);
    assert_eq!((shared.host.as_str(), settings.two.as_ref().unwrap().host.as_str()), ("a", "b"));
}
