//! A declaration from a macro, with types, names and literals as fragments.
#![allow(dead_code)]

use hardened::{Config, Environment, Loader, SecretText, Violation};

macro_rules! group {
    ($name:ident, $($field:ident: $ty:ty = $default:literal,)* ? $optional:ident: $inner:ty, $whole:ty, $env:literal) => {
        /// Made by a macro.
        #[derive(Debug, Config)]
        #[config(check = always($($field),*))]
        struct $name {
            $(#[config(default = $default)] $field: $ty,)*
            $optional: Option<$inner>,
            #[config(env = $env)]
            whole: $whole,
        }
    };
}

group!(Settings, port: u16 = 8080, offset: i8 = -5, name: String = "x", debug: bool = true, ratio: f64 = -0.5, ? key: SecretText, Option<Vec<u8>>, "WHOLE");

fn always(_: &u16, _: &i8, _: &String, _: &bool, _: &f64) -> Result<(), Violation> {
    Ok(())
}

pub(super) fn main() {
    let loaded = Loader::new().environment(Environment::empty()).load::<Settings>().unwrap();
    assert_eq!((loaded.offset, loaded.ratio), (-5, -0.5));
    assert!(loaded.whole.is_none() && loaded.key.is_none());
}
