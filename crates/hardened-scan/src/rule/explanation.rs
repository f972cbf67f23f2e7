//! The explanations of the rules.

/// Rules of the search for values.
pub(super) mod value {
    use hardened_core::rule::Explanation;

    pub(in crate::rule) const SCAN_VALUE_FOUND: Explanation = Explanation::new(
        "Everybody who can read this place has the secret, and copies of it cannot be called back.",
        "generate a new value and put it into the environment, revoke the old one, then remove it from this place",
    );
}

/// Rules of the list of accepted findings.
pub(super) mod accepted {
    use hardened_core::rule::Explanation;

    pub(in crate::rule) const SCAN_ACCEPTED_EXPIRED: Explanation = Explanation::new(
        "Somebody accepted a finding until a day that has passed.",
        "repair what was accepted, or set a new date with a reason in hardened.scan.toml",
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
        "When the variable is not set, the service starts with a secret that everybody who has the code knows, or with an empty one.",
        "remove the fall-back, so that the service refuses to start without the secret",
    );
    pub(in crate::rule) const SCAN_CODE_LITERAL: Explanation = Explanation::new(
        "Everybody who can read the code has the secret, and a change of it needs a new release.",
        "read the secret from the environment, and replace the value that is in the code",
    );
    pub(in crate::rule) const SCAN_CODE_BUILT_IN: Explanation = Explanation::new(
        "`env!` and `option_env!` copy the variable into the program, where everybody who has the program can read it.",
        "read the variable when the service starts",
    );
    pub(in crate::rule) const SCAN_CODE_SET_VAR: Explanation = Explanation::new(
        "Child processes, crash reports and `/proc` show the environment of a process.",
        "pass the secret to the code that needs it",
    );
    pub(in crate::rule) const SCAN_CODE_SHOWN: Explanation = Explanation::new(
        "Logs and messages of errors are kept, copied and read by many.",
        "remove the secret from the output",
    );
    pub(in crate::rule) const SCAN_CODE_DEBUG: Explanation = Explanation::new(
        "`{:?}` of the struct, or of anything that contains it, shows the secret in logs and messages of errors.",
        "give the field a secret type, or implement `Debug` by hand without the field",
    );
}

/// Rules of the search in configuration files.
pub(super) mod file {
    use hardened_core::rule::Explanation;

    pub(in crate::rule) const SCAN_FILE_SECRET: Explanation = Explanation::new(
        "Everybody who can read the repository has the secret, and so does everybody who can read its history.",
        "leave a placeholder here, put the secret into the environment or a secret store, and replace the value",
    );
    pub(in crate::rule) const SCAN_CREDENTIAL: Explanation = Explanation::new(
        "It opens something for everybody who can read this place.",
        "revoke it where it was issued, then remove it from this place",
    );
    pub(in crate::rule) const SCAN_DOTENV_TRACKED: Explanation = Explanation::new(
        "Values of one machine belong to that machine. What git tracks, everybody with the repository has.",
        "run `git rm --cached` with the file, add it to `.gitignore`, and replace the secrets in it",
    );
    pub(in crate::rule) const SCAN_EXAMPLE_STEP: Explanation = Explanation::new(
        "People copy `.env.example` to set up the service. What it does not name, they do not set.",
        "rewrite the file with the command of the service that prints it",
    );
}
