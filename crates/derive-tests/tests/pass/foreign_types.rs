//! Types from elsewhere, spelt out in lists and options, without serde in the program's own names.
#![allow(dead_code)]

use std::{net::IpAddr, path::PathBuf};

use hardened::Config;

mod serde {}

#[derive(Config)]
struct Settings {
    #[config(parse)]
    one: char,
    #[config(parse)]
    maybe: Option<char>,
    #[config(parse)]
    list: std::vec::Vec<char>,
    #[config(parse)]
    lists: core::option::Option<Vec<char>>,
    #[config(deserialize)]
    address: IpAddr,
    #[config(deserialize)]
    path: Option<PathBuf>,
    #[config(deserialize)]
    paths: Vec<PathBuf>,
    #[config(deserialize)]
    all: Option<std::vec::Vec<PathBuf>>,
}
