//! A `main` that returns its exit status: 78 for a refused configuration, 1 for any other error. Each error is printed once.
//!
//! ```text
//! cargo run --example exit; echo $?    # 78: JWT_SECRET_KEY is missing
//! ```

use std::error::Error;

use hardened::{Config, Exit, JwtSecret};

#[derive(Debug, Config)]
struct Settings {
    /// Signs the tokens.
    jwt_secret_key: JwtSecret,
    /// The file to work on.
    #[config(default = "input.txt")]
    input: std::path::PathBuf,
}

fn main() -> Exit {
    run().into()
}

fn run() -> Result<(), Box<dyn Error>> {
    let settings = Settings::load()?;
    let signed = std::fs::read_to_string(&settings.input)?.lines().count();
    println!("{signed} lines signed with {:?}", settings.jwt_secret_key);
    Ok(())
}
