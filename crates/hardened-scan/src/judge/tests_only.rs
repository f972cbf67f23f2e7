//! Detection of files that belong to tests.

use std::path::Path;

/// Words in the names of folders whose content is not deployed.
const WORDS: &[&str] = &[
    "bench",
    "benches",
    "benchmarks",
    "demo",
    "demos",
    "e2e",
    "example",
    "examples",
    "fake",
    "fakes",
    "fixture",
    "fixtures",
    "fuzz",
    "mock",
    "mocks",
    "sample",
    "samples",
    "spec",
    "specs",
    "test",
    "testdata",
    "testing",
    "testkit",
    "tests",
    "testsuite",
    "testutil",
    "testutils",
    "vectors",
];

/// Words that mark a file as test data anywhere in its name: `nip44.vectors.json`.
const OF_DATA: &[&str] = &["fixture", "fixtures", "testdata", "testvectors", "vectors"];

/// Extensions of scripts, whose tests are named like `login.test.ts`.
const SCRIPTS: [&str; 6] = ["cjs", "js", "jsx", "mjs", "ts", "tsx"];

/// Words in the names of keys that only tests use.
const OF_KEYS: &[&str] = &["dummy", "example", "fake", "localhost", "sample", "snakeoil", "test", "testing", "tests"];

/// Returns whether the path of a file means that it belongs to tests, benches or examples.
pub(crate) fn is_path(path: &Path) -> bool {
    let is_word = |word: &str| WORDS.contains(&word);
    let in_folder = path.parent().is_some_and(|folder| {
        // .NET names such folders `Service.Tests`.
        let is_of_tests = |part: &str| {
            let last = part.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
            last.split(['-', '_']).any(is_word)
        };
        folder.iter().any(|part| part.to_str().is_some_and(is_of_tests))
    });
    let is_script = path.extension().and_then(|end| end.to_str()).is_some_and(|end| SCRIPTS.contains(&end));
    let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
    // `login.test.ts` is a test, but `.env.test` is a configuration file.
    let mut words = name.split(|symbol| matches!(symbol, '_' | '-') || symbol == '.' && is_script);
    // `login_test.rs` and `test_login.rs` are tests, but `the_test_of_time.rs` is not.
    let is_data = name.split(['.', '_', '-']).any(|word| OF_DATA.contains(&word));
    in_folder || is_data || words.next().is_some_and(is_word) || words.next_back().is_some_and(is_word)
}

/// Returns whether the issued key at the start of a text gives access to anything. In tests, keys that only check signatures
/// and keys of a test mode are harmless.
pub(crate) fn opens(text: &str) -> bool {
    const HARMLESS: [&str; 3] = ["whsec_", "sk_test_", "rk_test_"];
    !HARMLESS.iter().any(|start| text.starts_with(start))
}

/// Returns whether the name of a file means that it contains a key for tests: `test.example.com-key.pem`.
pub(crate) fn is_key_of_tests(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.split(['-', '_', '.']).any(|word| OF_KEYS.contains(&word))
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
            ("aws-signing-test-suite/v4/context.json", true),
            ("test-ca/rsa/ca.key", true),
            ("src/test_login.rs", true),
            ("test-vectors-5f50.json", true),
            ("src/the_test_of_time.rs", false),
            (".env.test", false),
            ("Shop.Tests/WebhookTest.cs", true),
            ("src/login.test.ts", true),
            ("src/login.spec.js", true),
            ("src/nips/nip44.vectors.json", true),
            ("src/links/fake_cluster.rs", true),
            ("src/vectorscan.rs", false),
            ("docker-compose.test.yml", false),
            ("server/testkit/src/lib.rs", true),
            ("src/main.rs", false),
            ("src/attest.rs", false),
            ("tests.d/x.rs", false),
            ("", false),
        ] {
            assert_eq!(is_path(Path::new(path)), expected, "{path}");
        }
    }

    #[test]
    fn keys_of_tests_are_told_by_their_name() {
        assert!(
            is_key_of_tests(Path::new("certs/test.example.com-key.pem")) && is_key_of_tests(Path::new("localhost.key"))
        );
        assert!(!is_key_of_tests(Path::new("certs/server.key")) && !is_key_of_tests(Path::new("tests/server.key")));
    }
}
