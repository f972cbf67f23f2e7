//! Files that cannot be read at all or in part.

use super::*;

#[test]
fn bad_input_is_a_finding_without_its_text() {
    let levels = 10_000;
    let dots = "a.".repeat(78);
    for (case, content, expected) in [
        ("unclosed text", "port = 1\nlog_level = \"CaNaRy7\n".to_owned(), "source-malformed hardened.toml 2:21"),
        ("no quotes", "log_level = CaNaRy7".to_owned(), "source-malformed hardened.toml 1:13"),
        ("not TOML", "port: 1 CaNaRy7".to_owned(), "source-malformed hardened.toml 1:"),
        ("stands twice", "port = 1\nport = 2".to_owned(), "source-malformed hardened.toml 2:1"),
        ("leading zero", "port = 0012".to_owned(), "source-malformed hardened.toml 1:8"),
        ("no digits", "port = 0x".to_owned(), "source-malformed hardened.toml 1:8"),
        ("no digits", "port = 0b".to_owned(), "source-malformed hardened.toml 1:8"),
        ("no digits", "port = 0o".to_owned(), "source-malformed hardened.toml 1:8"),
        ("no digits in a text", "log_level = 0x".to_owned(), "source-malformed hardened.toml 1:13"),
        ("digits of another script", "log_level = 1_0٠".to_owned(), "source-malformed hardened.toml 1:13"),
        (
            "a number that is too large",
            format!("log_level = {}", "9".repeat(50)),
            "source-malformed hardened.toml 1:13",
        ),
        ("a fraction that is too large", "ratio = 1e400".to_owned(), "source-malformed hardened.toml 1:9"),
        ("no digits in a list", "tags = ['a', 0x]".to_owned(), "source-malformed hardened.toml 1:14"),
        ("no digits in a stranger", "x = { y = [0b] }".to_owned(), "source-malformed hardened.toml 1:12"),
        ("no digits in another tier", "[test]\nport = 0o".to_owned(), "source-malformed hardened.toml 2:8"),
        ("no value", "port =".to_owned(), "source-malformed hardened.toml 1:7"),
        ("a carriage return", "# x\rlog_level = 'CaNaRy7'".to_owned(), "source-malformed hardened.toml 1:"),
        ("a carriage return", "port = 1\rlog_level = 'CaNaRy7'".to_owned(), "source-malformed hardened.toml 1:"),
        ("a table of itself", "a = 1\n[a.a]\nb = 1".to_owned(), "source-malformed hardened.toml 2:"),
        ("arrays", format!("a = {}1{}", "[".repeat(levels), "]".repeat(levels)), "source-malformed hardened.toml 1:"),
        ("open arrays", format!("a = {}", "[".repeat(levels)), "source-malformed hardened.toml 1:"),
        ("tables", format!("a = {}1{}", "{a=".repeat(levels), "}".repeat(levels)), "source-malformed hardened.toml 1:"),
        ("dots", format!("\n{}a = 1", "a.".repeat(levels)), "source-malformed hardened.toml 2:"),
        ("header", format!("\n[{}a]", "a.".repeat(levels)), "source-malformed hardened.toml 2:"),
        ("a few dots", format!("\n{}a = 1", "a.".repeat(90)), "source-malformed hardened.toml 2:1"),
        (
            "dots in tables",
            format!("[{dots}a]\n{dots}a = {}1{}", format!("{{{dots}a =").repeat(78), "}".repeat(78)),
            "source-malformed hardened.toml 2:",
        ),
        (
            "dots in arrays of tables",
            format!("[{dots}a]\n{dots}a = {}1{}", format!("[{{{dots}a =").repeat(39), "}]".repeat(39)),
            "source-malformed hardened.toml 2:",
        ),
    ] {
        let outcome = with(&content);
        let found = told(&outcome);
        assert!(found.first().is_some_and(|told| told.starts_with(expected)), "{case}: {found:?}");
        assert!(found.len() <= 5, "{case}: {found:?}");
        assert!(!outcome.unwrap_err().to_string().contains(CANARY), "{case}");
    }
}

#[test]
fn a_mistake_is_named_for_what_it_is() {
    for (toml, words) in [
        ("port =", "a key without a value after its `=`"),
        ("port = # none", "a key without a value after its `=`"),
        ("port = 0x", "not a number; put text in quotes"),
        ("log_level = info", "not TOML"),
        ("log_level = 'info", "a text with wrong quotes or escapes"),
        ("port = 0012", "a number with a leading zero; put text in quotes"),
        ("# x\rport = 1", "a carriage return without a line feed; lines end with a line feed"),
    ] {
        let text = with(toml).unwrap_err().to_string();
        assert!(text.contains(words), "{toml}\n{text}");
    }
    // A valid TOML number is none of these mistakes.
    assert_eq!(with("log_level = 0x0F\nratio = inf\n").unwrap_err().report().findings().len(), 1, "the ratio");
    assert!(with("log_level = 340282366920938463463374607431768211455").is_err());
    assert_eq!(with("log_level = 9223372036854775808").unwrap().log_level, "9223372036854775808");
}

#[test]
fn of_many_findings_the_first_hundred_of_a_kind_are_shown_and_the_rest_counted() {
    let keys: String = (0..5_000).map(|number| format!("unknown{number} = 1\n")).collect();
    let sections: String = (0..300).map(|number| format!("[section{number}]\n")).collect();
    let outcome = with(&format!("{keys}{sections}"));
    assert_eq!(report(&outcome).count(Severity::Error), 5_300);
    assert_eq!(report(&outcome).findings().len(), 200);
    let refusal = outcome.unwrap_err();
    let text = refusal.to_string();
    assert!(text.starts_with("refused to start: 5300 problems"), "{text}");
    for line in ["\n  and 4900 more: source-unknown-key", "\n  and 200 more: source-unknown-section"] {
        assert!(text.contains(line), "{text}");
    }
    let omitted: Option<u64> =
        refusal.to_json()["omitted"].as_array().unwrap().iter().map(|kind| kind["count"].as_u64()).sum();
    assert_eq!(omitted, Some(5_100));
}

#[test]
fn a_value_with_many_dots_and_brackets_is_not_deep() {
    let hosts = vec!["'a.b.c.d.example.com'"; 400].join(",\n");
    let toml =
        format!("tags = [{hosts}]\nlog_level = \"{}\"\n[jwt]\nalgorithm = '{}'\n", "[".repeat(300), ".".repeat(300));
    assert_eq!(with(&toml).unwrap().tags.len(), 400);
}

#[test]
fn a_path_that_is_not_a_readable_file_is_a_finding() {
    let find = |prepare: &dyn Fn(&Scratch)| {
        let scratch = Scratch::new();
        prepare(&scratch);
        let environment = tier("production").working_directory(scratch.path());
        let outcome = Loader::new().environment(environment).load::<Settings>();
        (told(&outcome), report(&outcome).to_string())
    };
    let directory: &dyn Fn(&Scratch) = &|scratch| drop(scratch.file("hardened.toml/inside", ""));
    let loops: &dyn Fn(&Scratch) = &|scratch| {
        std::os::unix::fs::symlink("other", scratch.path().join("hardened.toml")).unwrap();
        std::os::unix::fs::symlink("hardened.toml", scratch.path().join("other")).unwrap();
    };
    let nowhere: &dyn Fn(&Scratch) = &|scratch| {
        std::os::unix::fs::symlink("nowhere", scratch.path().join("hardened.toml")).unwrap();
    };
    let huge: &dyn Fn(&Scratch) = &|scratch| {
        let path = scratch.file("hardened.toml", "");
        std::fs::File::options().write(true).open(path).unwrap().set_len(64 << 20).unwrap();
    };
    let bytes: &dyn Fn(&Scratch) =
        &|scratch| drop(scratch.file("hardened.toml", b"mail_token = 'CaNaRy7'\na = \"\xff\"".as_slice()));
    let pipe: &dyn Fn(&Scratch) = &|scratch| {
        let made = std::process::Command::new("mkfifo").arg(scratch.path().join("hardened.toml")).status().unwrap();
        assert!(made.success());
    };
    for (case, prepare, expected, words) in [
        ("directory", directory, &["source-unreadable hardened.toml"][..], "is not a regular file"),
        ("loop", loops, &["source-unreadable hardened.toml"], "cannot be opened"),
        ("nowhere", nowhere, &["source-unreadable hardened.toml"], "is a broken link"),
        ("huge", huge, &["source-too-large hardened.toml"], "has more than 1048576 bytes"),
        ("bytes", bytes, &["source-malformed hardened.toml 2:6", "secret-in-file MAIL_TOKEN 1:1"], "not UTF-8 text"),
        ("pipe", pipe, &["source-unreadable hardened.toml"], "is not a regular file"),
    ] {
        let (found, text) = find(prepare);
        assert_eq!(found, expected, "{case}");
        assert!(text.contains(words) && !text.contains(CANARY), "{case}: {text}");
    }
}

#[derive(Debug, Config)]
struct Required {
    /// Set nowhere.
    #[expect(dead_code, reason = "never read")]
    region: String,
    /// A key.
    #[expect(dead_code, reason = "never read")]
    token: SecretText,
}

#[test]
fn a_broken_file_hides_no_missing_secret_and_causes_no_further_findings() {
    let scratch = Scratch::new();
    scratch.file("hardened.toml", "region = 'eu\n");
    let environment = tier("production").working_directory(scratch.path());
    let refusal = Loader::new().environment(environment).load::<Required>().unwrap_err();
    let codes: Vec<_> = refusal.report().findings().iter().map(|finding| finding.code()).collect();
    assert_eq!(codes, ["source-malformed", "secret-missing"]);
}
