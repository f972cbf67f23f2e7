//! Tests of the image that the Dockerfile builds.

use super::*;

/// Returns the instructions of the stage that becomes the image.
fn last_stage() -> Vec<(String, String)> {
    let all = instructions();
    let from = all.iter().rposition(|(name, _)| name == "FROM").unwrap();
    all[from..].to_vec()
}

#[test]
fn every_stage_of_the_image_that_is_copied_from_comes_before() {
    let mut stages: Vec<String> = Vec::new();
    for (name, rest) in instructions() {
        let words: Vec<_> = rest.split_whitespace().collect();
        match name.as_str() {
            "FROM" => {
                let image = words[0];
                assert!(image.contains(':') || stages.iter().any(|stage| stage == image), "{image} has no tag");
                stages.push(words.get(2).copied().unwrap_or_default().to_owned());
            }
            "COPY" => {
                for from in words.iter().filter_map(|word| word.strip_prefix("--from=")) {
                    assert!(stages.iter().any(|stage| stage == from), "no stage {from}");
                }
            }
            _ => {}
        }
    }
    assert!(stages.len() >= 2, "the tools of the build would be in the image");
}

#[test]
fn the_image_runs_as_a_number_that_is_not_root() {
    let users: Vec<_> = last_stage().into_iter().filter(|(name, _)| name == "USER").map(|(_, user)| user).collect();
    assert_eq!(users, ["10001:10001"]);
    for file in [KUBERNETES[0], KUBERNETES[1]] {
        assert_eq!(number(&yaml(file), "/spec/template/spec/securityContext/runAsUser"), 10_001, "{file}");
    }
}

#[test]
fn the_image_has_no_secret_and_no_tier() {
    for (name, rest) in instructions() {
        let sets = matches!(name.as_str(), "ENV" | "ARG" | "LABEL");
        for name in variables().keys().filter(|_| sets) {
            assert!(!rest.contains(name.as_str()), "the image sets {name}");
        }
        let reads_like_a_secret = ["SECRET", "TOKEN", "PASSWORD", "_KEY", "CREDENTIAL"];
        assert!(!sets || !reads_like_a_secret.iter().any(|word| rest.to_uppercase().contains(word)), "{rest}");
    }
    let copied: Vec<_> = last_stage().into_iter().filter(|(name, _)| name == "COPY").collect();
    assert_eq!(copied.len(), 1, "one file, the binary: {copied:?}");
    let ignored = read("Dockerfile.dockerignore");
    for pattern in [".git", "**/target", "**/.env", "**/secrets", "**/*.db"] {
        assert!(ignored.lines().any(|line| line == pattern), "{pattern} is sent to the build");
    }
}
