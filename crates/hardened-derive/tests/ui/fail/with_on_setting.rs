use hardened::{Config, CorsSettings};

#[derive(Config)]
struct Settings {
    /// The port.
    #[config(with = pages)]
    port: u16,
    #[config(nested, with = pages)]
    cors: Option<CorsSettings>,
}

fn main() {}
