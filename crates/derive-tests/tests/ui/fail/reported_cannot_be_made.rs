//! "Refused with no reason" cannot be written.

use hardened::{Config, __private::{Reader, Reported}, schema::Schema};

struct Mine;

impl Config for Mine {
    const SCHEMA: &'static Schema = &Schema::new("Mine", "", &[]);

    fn read(_: &mut Reader<'_>) -> Result<Self, Reported> {
        Err(Reported(()))
    }
}

fn default() -> Reported {
    Default::default()
}

fn clone(reported: &Reported) -> Reported {
    Reported::clone(reported)
}

fn main() {}
