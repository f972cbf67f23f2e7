//! Types that hold others, as groups and as settings: each says what to write instead.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet, VecDeque},
    rc::Rc,
};

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    #[config(nested)]
    list: VecDeque<Group>,
    #[config(nested)]
    named: Option<HashSet<Group>>,
    #[config(nested)]
    counted: Rc<Group>,
    #[config(nested)]
    pair: [Group; 2],
    #[config(nested)]
    borrowed: &'static Group,
    limits: HashMap<String, u16>,
    sorted: Option<std::collections::BTreeMap<String, u16>>,
    hosts: HashSet<String>,
    title: Box<str>,
    motto: Cow<'static, str>,
    name: &'static str,
    ports: [u16; 2],
    range: (u16, u16),
    share: f32,
}

#[derive(Debug, Config)]
struct Group {
    host: String,
}

fn main() {
    let _ = Settings::load();
}
