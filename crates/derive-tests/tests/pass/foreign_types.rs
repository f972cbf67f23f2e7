//! Types from other crates, with the full paths of `Vec` and `Option`, in a program where `serde` is another module.
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
