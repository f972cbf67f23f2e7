//! A `main` with `?` and nothing else: a refused configuration is told once, and the exit status is 1, as the standard
//! library has it. `exit.rs` ends with 78.

use hardened::{Config, JwtSecret, Refusal};

#[derive(Debug, Config)]
struct Settings {
    /// Signs the tokens.
    jwt_secret_key: JwtSecret,
}

fn main() -> Result<(), Refusal> {
    let settings = Settings::load()?;
    println!("signing with {:?}", settings.jwt_secret_key);
    Ok(())
}
