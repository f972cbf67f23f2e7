//! Any variable names and any file get one verdict for lists, maps and enums of groups, and the verdict shows no value.

#![no_main]

use std::{
    collections::BTreeMap,
    sync::{LazyLock, Mutex},
};

use hardened::{Config, Environment, Loader, SecretText};
use libfuzzer_sys::fuzz_target;

#[derive(Debug, Config)]
#[allow(dead_code)]
struct Settings {
    #[config(nested, max = 8)]
    list: Vec<Element>,
    #[config(nested)]
    map: BTreeMap<String, Element>,
    #[config(nested, prefix = "ONE_")]
    one: Option<Kind>,
}

#[derive(Debug, Config)]
#[allow(dead_code)]
#[config(rename_all = "camelCase")]
struct Element {
    #[config(range = 1..=99, alias = "amount", deprecated_alias = "n")]
    number: u8,
    #[config(len = ..=3, each(one_of = ["a", "b"]), default = [])]
    few_words: Vec<String>,
    secret: Option<SecretText>,
    #[config(nested)]
    inner: Vec<Inner>,
}

#[derive(Debug, Config)]
#[allow(dead_code)]
struct Inner {
    text: Option<String>,
}

#[derive(Debug, Config)]
#[allow(dead_code)]
enum Kind {
    First { number: u8 },
    Second(Inner),
}

const CANARY: &str = "CaNaRy7x";

/// One directory for all runs of the process.
static DIRECTORY: LazyLock<Mutex<std::path::PathBuf>> = LazyLock::new(|| {
    let directory = std::env::temp_dir().join(format!("hardened-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&directory).expect("a directory");
    Mutex::new(directory)
});

// The first part holds names, one on each line; the second is the text of the file, in which `@` is the canary.
fuzz_target!(|parts: (String, String)| {
    let (names, text) = parts;
    let directory = DIRECTORY.lock().expect("one thread");
    std::fs::write(directory.join("hardened.toml"), text.replace('@', CANARY)).expect("a file");
    let is_name = |name: &&str| !name.is_empty() && !name.contains(['=', '\0']) && !name.contains(CANARY);
    let variables = names.lines().filter(is_name).map(|name| (name, CANARY));
    let environment: Environment = variables.collect();
    let environment = environment.set("ENVIRONMENT", "production").working_directory(directory.as_path());
    let load = || Loader::new().environment(environment.clone()).load::<Settings>();
    let told = match load() {
        Ok(loaded) => {
            assert!(loaded.list.len() <= 8);
            format!("{:?}{}", hardened::Loaded::report(&loaded), hardened::Loaded::table(&loaded))
        }
        Err(refusal) => {
            let again = load().map(drop).expect_err("one verdict");
            assert_eq!(refusal.to_string(), again.to_string());
            format!("{refusal}{}", refusal.to_json())
        }
    };
    // In the file, the canary can be a key of the map, and such a key is a name that is shown.
    assert!(text.contains('@') || !told.contains(CANARY), "{told}");
});
