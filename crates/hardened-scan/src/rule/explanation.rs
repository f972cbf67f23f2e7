//! The explanations of the rules.

/// Rules of the search for values.
pub(super) mod value {
    use hardened_core::rule::Explanation;

    pub(in crate::rule) const SCAN_VALUE_FOUND: Explanation = Explanation::new(
        "Anyone who can read this place has the secret, and copies of it cannot be recalled.",
        "generate a new value and put it into the environment, revoke the old one, then remove it from this place",
    );
}

/// Rules of the list of accepted findings.
pub(super) mod accepted {
    use hardened_core::rule::Explanation;

    pub(in crate::rule) const SCAN_ACCEPTED_EXPIRED: Explanation = Explanation::new(
        "The finding was accepted until a date that has passed.",
        "fix what was accepted, or set a new date with a reason in hardened.scan.toml",
    );
    pub(in crate::rule) const SCAN_ACCEPTED_UNUSED: Explanation = Explanation::new(
        "An entry that accepts nothing would hide the next finding at its place.",
        "remove the entry from hardened.scan.toml",
    );
}

/// Rules of the search in code.
pub(super) mod code {
    use hardened_core::rule::Explanation;

    pub(in crate::rule) const SCAN_CODE_FALLBACK: Explanation = Explanation::new(
        "When the variable is not set, the service starts with a secret that anyone who has the code knows, or with an empty one.",
        "remove the fallback, so that the service refuses to start without the secret",
    );
    pub(in crate::rule) const SCAN_CODE_LITERAL: Explanation = Explanation::new(
        "Anyone who can read the code has the secret, and changing it needs a new release.",
        "read the secret from the environment, and replace the value that is in the code",
    );
    pub(in crate::rule) const SCAN_CODE_BUILT_IN: Explanation = Explanation::new(
        "`env!` and `option_env!` copy the variable into the program, where anyone who has the program can read it.",
        "read the variable when the service starts",
    );
    pub(in crate::rule) const SCAN_CODE_SET_VAR: Explanation = Explanation::new(
        "Child processes, crash reports and `/proc` show the environment of a process.",
        "pass the secret to the code that needs it",
    );
    pub(in crate::rule) const SCAN_CODE_SHOWN: Explanation = Explanation::new(
        "Logs and error messages are kept, copied and read by many people.",
        "remove the secret from the output",
    );
    pub(in crate::rule) const SCAN_CODE_DEBUG: Explanation = Explanation::new(
        "`{:?}` of the struct, or of anything that contains it, shows the secret in logs and error messages.",
        "give the field a secret type, or implement `Debug` by hand without the field",
    );
}

/// Rules of the search in configuration files.
pub(super) mod file {
    use hardened_core::rule::Explanation;

    pub(in crate::rule) const SCAN_FILE_SECRET: Explanation = Explanation::new(
        "Anyone who can read the repository or its history has the secret.",
        "leave a placeholder here, put the secret into the environment or a secret store, and replace the value",
    );
    pub(in crate::rule) const SCAN_CREDENTIAL: Explanation = Explanation::new(
        "Anyone who can read this place can use it.",
        "revoke it where it was issued, then remove it from this place",
    );
    pub(in crate::rule) const SCAN_DOTENV_TRACKED: Explanation = Explanation::new(
        "The values of one machine belong on that machine. Anyone who has the repository has every file that git tracks.",
        "run `git rm --cached` with the file, add it to `.gitignore`, and replace the secrets in it",
    );
    pub(in crate::rule) const SCAN_EXAMPLE_STEP: Explanation = Explanation::new(
        "People copy `.env.example` to set up the service. They do not set what it does not name.",
        "rewrite the file with the service's command that prints it",
    );
}
