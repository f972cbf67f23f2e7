//! "Refused with no reason" cannot be written.

use hardened::{
    Config, Schema,
    __private::{Reader, Reported},
};

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
