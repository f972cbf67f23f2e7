//! Types that are no setting.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    group: Group,
    maybe: Option<Group>,
    list: Vec<Group>,
    twice: Option<Option<u8>>,
}

#[derive(Debug)]
struct Group;

fn main() {
    let _ = Settings::load();
}
