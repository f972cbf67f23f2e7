//! Attributes with trailing commas, and several attributes on one field.
#![allow(dead_code)]

use hardened::Config;

#[derive(Config)]
#[config(prefix = "A_", check = fine::<u8, u8>(port, other,),)]
#[config()]
struct Settings {
    #[config(default = 1)]
    #[config(example = "2", show)]
    port: u8,
    #[config(env = ["B", "C",],)]
    #[config(default = 1)]
    other: u8,
    /** A block
     *  comment. */
    #[config(default = ["a", "b",])]
    list: Vec<String>,
}

fn fine<A, B>(_: &A, _: &B) -> Result<(), hardened::Violation> {
    Ok(())
}
