//! Enums of groups, and fields that belong together, that cannot be meant.

use hardened::{Config, Setting};

#[derive(Debug, Config)]
#[config(tag = "not a name")]
enum Tagged {
    One { path: String },
}

#[derive(Debug, Config)]
enum Storage {
    Two(Group, Group),
    Nested {
        #[config(nested)]
        group: Group,
    },
    Kind { kind: String },
    #[config(default)]
    First,
    #[config(default)]
    Second,
}

#[derive(Debug, Config)]
enum NotAGroup {
    Text(String),
}

#[derive(Debug, Setting)]
enum Word {
    One(u8),
}

#[derive(Debug, Setting)]
enum Level {
    #[config(default)]
    Info,
}

#[derive(Debug, Config)]
#[config(one_of(host), all_or_none(host, prot), one_of(host, port), all_or_none(host, host), one_of)]
struct Group {
    host: Option<String>,
    port: u16,
}

fn main() {
    let _ = (Tagged::load(), Storage::load(), NotAGroup::load(), Group::load());
}
