//! A check of a field that does not exist.

use hardened::Config;

#[derive(Debug, Config)]
#[config(check = fine(prot), check = fine(colour), check = fine())]
struct Settings {
    port: u16,
}

fn fine(_: &u16) -> Result<(), hardened::Violation> {
    Ok(())
}

fn main() {
    let _ = Settings::load();
}
