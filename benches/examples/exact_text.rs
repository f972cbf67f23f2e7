//! Counts which values other libraries change that must arrive byte for byte: the table in `docs/COMPARE.md`.
//!
//! ```text
//! cargo run --package hardened-benches --example exact_text
//! ```
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program that prints a table")]

use std::{io::Write, process::Command};

use config::{Environment as ConfigEnvironment, File, FileFormat};
use figment::{
    Figment,
    providers::{Env, Format, Toml},
};
use hardened::{Config, Loader};
use test_support::exact_text::{EXACT_TEXT, basic_string};

#[derive(Debug, Config)]
struct Exact {
    /// The value.
    #[config(file)]
    value: String,
}

/// The variable that tells a child process which reader to use.
const READER: &str = "EXACT_TEXT_READER";

type Read = fn(&str) -> Option<String>;

/// Readers of the variable `VALUE`. Each runs in a child process, so that nothing here changes its own environment.
const OF_VARIABLE: [(&str, Read); 3] = [
    ("hardened, variable", |_| Some(Exact::load().ok()?.value.clone())),
    ("figment `Env`", |_| Figment::new().merge(Env::raw().only(&["value"])).extract_inner("value").ok()),
    ("config `Environment`", |_| {
        let read = config::Config::builder().add_source(ConfigEnvironment::default()).build().ok()?;
        read.get_string("value").ok()
    }),
];

/// Readers of a text in a file.
const OF_FILE: [(&str, Read); 10] = [
    ("hardened, `NAME_FILE`", |text| {
        in_directory(|directory| {
            let path = directory.join("value");
            std::fs::write(&path, format!("{text}\n")).ok()?;
            loaded(Loader::new().environment(double().set("VALUE_FILE", path)))
        })
    }),
    ("hardened, `hardened.toml`", |text| {
        in_directory(|directory| {
            std::fs::write(directory.join("hardened.toml"), toml(text)).ok()?;
            loaded(Loader::new().environment(double().working_directory(directory)))
        })
    }),
    ("hardened, `.env`, `VALUE=…`", |text| dotenv(&format!("VALUE={text}\n"))),
    ("hardened, `.env`, `VALUE='…'`", |text| dotenv(&format!("VALUE='{text}'\n"))),
    ("hardened, `.env`, `VALUE=\"…\"`", |text| dotenv(&format!("VALUE={}\n", quoted(text, "")))),
    ("figment `Toml`", |text| Figment::new().merge(Toml::string(&toml(text))).extract_inner("value").ok()),
    ("config `File`, TOML", |text| {
        let source = File::from_str(&toml(text), FileFormat::Toml);
        config::Config::builder().add_source(source).build().ok()?.get_string("value").ok()
    }),
    ("dotenvy, `VALUE=…`", |text| dotenvy_reads(&format!("VALUE={text}\n"))),
    ("dotenvy, `VALUE='…'`", |text| dotenvy_reads(&format!("VALUE='{text}'\n"))),
    ("dotenvy, `VALUE=\"…\"`", |text| dotenvy_reads(&format!("VALUE={}\n", quoted(text, "$")))),
];

fn double() -> hardened::Environment {
    hardened::Environment::empty().set("ENVIRONMENT", "production")
}

fn loaded(loader: Loader) -> Option<String> {
    Some(loader.load::<Exact>().ok()?.value.clone())
}

fn dotenv(file: &str) -> Option<String> {
    in_directory(|directory| {
        std::fs::write(directory.join(".env"), file).ok()?;
        let environment = hardened::Environment::empty().set("ENVIRONMENT", "test");
        loaded(Loader::new().environment(environment.working_directory(directory)))
    })
}

fn toml(text: &str) -> String {
    format!("value = {}\n", basic_string(text))
}

/// Quotes a text as the library's documentation says: a backslash before each quote and backslash, and for dotenvy also before
/// a dollar sign.
fn quoted(text: &str, besides: &str) -> String {
    let mut quoted = String::from("\"");
    for symbol in text.chars() {
        if "\\\"".contains(symbol) || besides.contains(symbol) {
            quoted.push('\\');
        }
        quoted.push(symbol);
    }
    quoted + "\""
}

fn dotenvy_reads(file: &str) -> Option<String> {
    let entries: Result<Vec<_>, _> = dotenvy::from_read_iter(file.as_bytes()).collect();
    entries.ok()?.into_iter().find(|(name, _)| name == "VALUE").map(|(_, value)| value)
}

fn in_directory(read: impl FnOnce(&std::path::Path) -> Option<String>) -> Option<String> {
    let directory = std::env::temp_dir().join(format!("exact-text-{}", std::process::id()));
    std::fs::create_dir_all(&directory).ok()?;
    let read = read(&directory);
    let _ = std::fs::remove_dir_all(directory);
    read
}

/// How many values of the corpus arrived unchanged, were changed, or were refused.
#[derive(Default)]
struct Counts {
    same: usize,
    changed: Vec<&'static str>,
    refused: usize,
}

impl Counts {
    fn count(&mut self, text: &'static str, read: Option<Vec<u8>>) {
        match read {
            Some(read) if read == text.as_bytes() => self.same += 1,
            Some(_) => self.changed.push(text),
            None => self.refused += 1,
        }
    }

    fn print(&self, reader: &str) {
        let printable = |text: &&&str| text.chars().all(|symbol| !symbol.is_control() && !"`|".contains(symbol));
        let examples: Vec<_> = self.changed.iter().filter(printable).take(3).map(|text| format!("`{text}`")).collect();
        let (changed, refused) = (self.changed.len(), self.refused);
        println!("| {reader} | {} | {changed} | {refused} | {} |", self.same, examples.join(" "));
    }
}

fn in_child(number: usize, text: &str) -> Option<Vec<u8>> {
    let mut child = Command::new(std::env::current_exe().unwrap());
    let child =
        child.env_clear().envs([(READER, &*number.to_string()), ("ENVIRONMENT", "production"), ("VALUE", text)]);
    let output = child.current_dir(std::env::temp_dir()).output().unwrap();
    output.status.success().then_some(output.stdout)
}

fn main() {
    if let Ok(number) = std::env::var(READER) {
        let (_, read) = OF_VARIABLE[number.parse::<usize>().unwrap()];
        match read("") {
            Some(value) => std::io::stdout().write_all(value.as_bytes()).unwrap(),
            None => std::process::exit(1),
        }
        return;
    }
    println!("| reader | same | changed | refused | changed, for example |");
    println!("|---|---:|---:|---:|---|");
    for (number, (reader, _)) in OF_VARIABLE.iter().enumerate() {
        let mut counts = Counts::default();
        EXACT_TEXT.iter().for_each(|text| counts.count(text, in_child(number, text)));
        counts.print(reader);
    }
    for (reader, read) in OF_FILE {
        let mut counts = Counts::default();
        EXACT_TEXT.iter().for_each(|text| counts.count(text, read(text).map(String::into_bytes)));
        counts.print(reader);
    }
}
