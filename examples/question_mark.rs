//! A `main` that uses only `?`: a refusal is printed once, and the exit status is 1, as the standard library sets it. The
//! example `exit.rs` exits with 78.

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
