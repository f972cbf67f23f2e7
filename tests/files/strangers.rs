//! Unknown keys and sections.

use super::*;

#[test]
fn an_unknown_key_is_reported_with_its_place_and_a_suggestion() {
    for (toml, finding, meant) in [
        ("prot = 1", "source-unknown-key prot 1:1", "did you mean port?"),
        ("log-level = 'x'", "source-unknown-key hardened.toml 1:1", "did you mean log_level?"),
        ("PORT = 1", "source-unknown-key PORT 1:1", "did you mean port?"),
        ("\nalgorithm = 'x'", "source-unknown-key algorithm 2:1", "did you mean jwt.algorithm?"),
        ("JWT_ALGORITHM = 'x'", "source-unknown-key JWT_ALGORITHM 1:1", "did you mean jwt.algorithm?"),
        ("[jwt]\nalgoritm = 'x'", "source-unknown-key algoritm 2:1", "did you mean algorithm?"),
        ("[jwt.x]\na = 1", "source-unknown-key hardened.toml 1:6", "does not belong to a setting"),
        ("[global]\nport = 1", "source-unknown-section hardened.toml 1:2", "is neither a tier nor a group"),
        ("a = 1\n[prodution]\nport = 1", "source-unknown-key hardened.toml 1:1", "does not belong to a setting"),
        ("[prodution]\nport = 1", "source-unknown-section prodution 1:2", "did you mean production?"),
        ("[Production]\nport = 1", "source-unknown-section Production 1:2", "did you mean production?"),
        ("[prod]\nport = 1", "source-unknown-section prod 1:2", "did you mean production?"),
        ("[dev.jwt]\nalgorithm = 'x'", "source-unknown-section dev 1:2", "did you mean development?"),
        ("[jwtt]\nalgorithm = 'x'", "source-unknown-section jwtt 1:2", "did you mean jwt?"),
        ("[production.prod]\nport = 1", "source-unknown-section prod 1:13", "did you mean production?"),
        ("[development]\nprot = 1", "source-unknown-key prot 2:1", "did you mean port?"),
        ("test = true", "source-unknown-key test 1:1", "does not belong to a setting"),
        ("\"a.b\" = 1", "source-unknown-key hardened.toml 1:1", "a key that is not shown does not belong to a setting"),
    ] {
        let outcome = with(toml);
        assert_eq!(told(&outcome).first().map(String::as_str), Some(finding), "{toml}");
        let text = report(&outcome).to_string();
        assert!(text.contains(meant), "{toml}\n{text}");
    }
}

#[test]
fn the_name_of_an_unknown_key_is_shown_only_if_it_looks_like_a_name() {
    for key in ["'CaNaRy7-x'", "\"CaNaRy7\\u001b[31m\"", "'CaNaRy7=='", "'CaNaRy7 ::error::'"] {
        let text = with(&format!("{key} = 1")).unwrap_err().to_string();
        assert!(text.contains("source-unknown-key") && !text.contains(CANARY), "{text}");
    }
}
