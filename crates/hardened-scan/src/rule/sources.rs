//! The rules of the search in code and configuration files.

use hardened_core::rule::{
    Level::{Note, Refuse, Warn},
    Waivable::Everywhere,
    Word::{Inconsistent, Insecure, Prohibited},
};

use super::explanation;

hardened_core::rules! {
    /// No secret has a fallback or a default in the code.
    #[cwe(798, 1188)]
    SCAN_CODE_FALLBACK: "scan-code-fallback" Prohibited [Refuse Refuse Refuse Refuse] Everywhere code;
    /// No value of a secret is written in the code.
    #[cwe(798)]
    SCAN_CODE_LITERAL: "scan-code-literal" Insecure [Refuse Refuse Refuse Refuse] Everywhere code;
    /// No secret is read while the program is built.
    #[cwe(318)]
    SCAN_CODE_BUILT_IN: "scan-code-built-in" Insecure [Refuse Refuse Refuse Refuse] Everywhere code;
    /// No code writes a secret into the environment of its process.
    #[cwe(526)]
    SCAN_CODE_SET_VAR: "scan-code-set-var" Insecure [Warn Warn Warn Warn] Everywhere code;
    /// No code prints, logs or panics with an exposed secret.
    #[cwe(532)]
    SCAN_CODE_SHOWN: "scan-code-shown" Insecure [Refuse Refuse Refuse Refuse] Everywhere code;
    /// No struct with a secret in plain text derives `Debug`.
    #[cwe(532)]
    SCAN_CODE_DEBUG: "scan-code-debug" Insecure [Note Note Warn Warn] Everywhere code;
    /// No configuration file has a usable value for a secret.
    #[cwe(260)]
    SCAN_FILE_SECRET: "scan-file-secret" Insecure [Refuse Refuse Refuse Refuse] Everywhere file;
    /// The sources contain no private key, signed token, issued key or address with a password.
    #[cwe(540, 798)]
    SCAN_CREDENTIAL: "scan-credential" Insecure [Refuse Refuse Refuse Refuse] Everywhere file;
    /// Git does not track a `.env` file.
    #[cwe(540)]
    SCAN_DOTENV_TRACKED: "scan-dotenv-tracked" Prohibited [Refuse Refuse Refuse Refuse] Everywhere file;
    /// `.env.example` names every setting and nothing else.
    SCAN_EXAMPLE_STEP: "scan-example-step" Inconsistent [Warn Warn Warn Warn] Everywhere file;
}
