//! Which files belong to tests.

use std::path::Path;

/// Folders whose code is not part of what is deployed.
const FOLDERS: &[&str] = &[
    "tests",
    "test",
    "testing",
    "testdata",
    "test-data",
    "test_data",
    "testutil",
    "test_util",
    "test-utils",
    "test_utils",
    "testsuite",
    "benches",
    "bench",
    "benchmarks",
    "examples",
    "example",
    "fixtures",
    "fixture",
    "fuzz",
    "mock",
    "mocks",
    "__tests__",
    "spec",
    "samples",
    "sample",
    "demo",
    "demos",
    "e2e",
    "integration_tests",
    "integration-tests",
];

/// Whether a file belongs to tests, benches or examples, by its path.
pub(crate) fn is_path(path: &Path) -> bool {
    let in_folder = path
        .parent()
        .is_some_and(|folder| folder.iter().any(|part| part.to_str().is_some_and(|part| FOLDERS.contains(&part))));
    let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
    let is_of_tests = matches!(
        name,
        "test" | "tests" | "testing" | "test_util" | "test_utils" | "mock" | "mocks" | "bench" | "benches" | "fixtures"
    ) || ["_test", "_tests", "_mock", "_fixtures", "_bench"].iter().any(|end| name.ends_with(end))
        || ["test_", "tests_", "mock_"].iter().any(|start| name.starts_with(start));
    in_folder || is_of_tests
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_told_by_their_path() {
        for (path, expected) in [
            ("tests/login.rs", true),
            ("crates/api/benches/a.rs", true),
            ("examples/demo.rs", true),
            ("src/tests.rs", true),
            ("src/auth/tests/keys.rs", true),
            ("src/auth_test.rs", true),
            ("src/main.rs", false),
            ("src/attest.rs", false),
            ("tests.d/x.rs", false),
            ("", false),
        ] {
            assert_eq!(is_path(Path::new(path)), expected, "{path}");
        }
    }
}
