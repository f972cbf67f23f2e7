//! A const parameter.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings<const N: usize>
where
    [u8; N]: Sized,
{
    name: [u8; N],
}

fn main() {
    let _ = Settings::<5>::load();
}
