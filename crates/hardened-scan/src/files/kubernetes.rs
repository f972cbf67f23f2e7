//! Detects Kubernetes `Secret` objects, whose values are in base64.

/// Returns whether a YAML document is a `Secret`.
pub(super) fn is_secret(document: &str) -> bool {
    document.lines().any(|line| {
        let line = line.trim().trim_start_matches("- ");
        line.strip_prefix("kind:").is_some_and(|kind| super::text::unquoted(kind) == "Secret")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_told_by_its_kind() {
        assert!(is_secret("apiVersion: v1\nkind: Secret\n") && is_secret("kind: \"Secret\""));
        assert!(!is_secret("kind: SealedSecret") && !is_secret("kind: ConfigMap\nname: Secret"));
    }
}
