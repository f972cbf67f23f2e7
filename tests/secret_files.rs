//! `NAME_FILE`: a secret from a mounted file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(all(unix, feature = "derive"))]

use std::{fs, os::unix::fs::symlink, process::Command};

use hardened::{Config, Environment, Loaded, SecretText, Tier, report::Provenance};
use test_support::{KEY, Scratch, findings, load};

#[derive(Debug, Config)]
struct Settings {
    /// A token of somebody else.
    mail_token: SecretText,
}

fn production() -> Environment {
    Environment::empty().set("ENVIRONMENT", "production")
}

fn from(path: impl AsRef<std::path::Path>) -> Environment {
    production().set("MAIL_TOKEN_FILE", path.as_ref())
}

#[test]
fn a_file_gives_its_exact_text_without_one_line_break_at_its_end() {
    let scratch = Scratch::new();
    for (content, expected) in
        [(KEY.to_owned(), KEY.to_owned()), (format!("{KEY}\n"), KEY.to_owned()), (format!("{KEY}\r\n"), KEY.to_owned())]
    {
        let path = scratch.file("token", &content);
        let loaded = load::<Settings>(from(&path)).unwrap();
        assert_eq!(loaded.mail_token.expose_text(), expected, "{content:?}");
        let provenance = Loaded::table(&loaded).rows()[0].provenance().cloned();
        assert_eq!(
            provenance,
            Some(Provenance::NamedFile { variable: "MAIL_TOKEN_FILE".into(), path: Some(path.clone()) })
        );
    }
}

#[test]
fn each_path_that_is_not_a_readable_text_file_is_refused_by_its_own_rule() {
    let scratch = Scratch::new();
    let pipe = scratch.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    symlink(scratch.path().join("loop"), scratch.path().join("loop")).unwrap();
    symlink(scratch.path().join("nowhere"), scratch.path().join("dangling")).unwrap();
    let directory = scratch.path().join("directory");
    fs::create_dir(&directory).unwrap();
    for (what, path, code) in [
        ("a secret pasted in the place of a path", KEY.into(), "file-missing"),
        ("a relative path", "secrets/token".into(), "file-missing"),
        ("a path to nothing", scratch.path().join("nothing"), "file-missing"),
        ("a link to nothing", scratch.path().join("dangling"), "file-missing"),
        ("a link in a loop", scratch.path().join("loop"), "file-unreadable"),
        ("a named pipe without a writer", pipe, "file-not-regular"),
        ("a device", "/dev/null".into(), "file-not-regular"),
        ("a directory", directory, "file-not-regular"),
        ("64 KiB and one byte", scratch.file("large", vec![b'x'; 64 * 1024 + 1]), "file-too-large"),
        ("1 MiB", scratch.file("huge", vec![b'x'; 1024 * 1024]), "file-too-large"),
        ("an endless file of the kernel", "/dev/zero".into(), "file-not-regular"),
        ("bytes that are no text", scratch.file("bytes", [0xff, 0xfe, 0x41]), "secret-not-text"),
        ("an empty file", scratch.file("empty", ""), "secret-missing"),
        ("a file with a line break alone", scratch.file("blank", "\n"), "secret-missing"),
        ("a NUL in the text", scratch.file("nul", "abc\0def-abc-def-abc-def-abc-def"), "secret-control"),
    ] {
        let found = findings::<Settings>(from(&path));
        assert!(found.contains(&(code, "MAIL_TOKEN".to_owned())), "{what}: {found:?}");
    }
}

#[test]
fn a_pasted_secret_is_never_printed() {
    let scratch = Scratch::new();
    for pasted in [KEY.to_owned(), format!("/{KEY}"), scratch.path().join(KEY).display().to_string()] {
        let refusal = load::<Settings>(from(&pasted)).unwrap_err();
        let printed = format!("{refusal}{refusal:?}{refusal:#?}{}{}", refusal.table(), refusal.to_json());
        assert!(!printed.contains(KEY), "{printed}");
    }
}

#[test]
fn both_the_variable_and_its_file_are_inconsistent() {
    let scratch = Scratch::new();
    let path = scratch.file("token", KEY);
    let found = findings::<Settings>(from(path).set("MAIL_TOKEN", KEY));
    assert_eq!(found, [("file-conflict", "MAIL_TOKEN".to_owned())]);
}

#[test]
fn a_blank_variable_next_to_the_file_is_unset() {
    let scratch = Scratch::new();
    let path = scratch.file("token", KEY);
    let found = findings::<Settings>(from(path).set("MAIL_TOKEN", " "));
    assert_eq!(found, [("setting-blank", "MAIL_TOKEN".to_owned())]);
}

#[test]
fn a_file_that_anyone_can_write_is_refused_in_hardened_tiers_and_noted_elsewhere() {
    let scratch = Scratch::new();
    let path = scratch.file("token", KEY);
    scratch.mode("token", 0o602);
    for (tier, starts) in
        [(Tier::Production, false), (Tier::Preview, false), (Tier::Development, true), (Tier::Test, true)]
    {
        let environment = from(&path).set("ENVIRONMENT", tier.name());
        let found = findings::<Settings>(environment.clone());
        assert!(found.contains(&("file-world-writable", "MAIL_TOKEN".to_owned())), "{tier}: {found:?}");
        assert_eq!(load::<Settings>(environment).is_ok(), starts, "{tier}");
    }
}

#[test]
fn every_directory_on_the_path_of_a_secret_is_checked() {
    let scratch = Scratch::new();
    let path = scratch.file("mounted/inner/token", KEY);
    scratch.mode("", 0o755);
    for (what, directory, mode, expected) in [
        ("nobody else", "mounted/inner", 0o755, None),
        ("the directory of the file", "mounted/inner", 0o777, Some("file-world-writable")),
        ("the same, sticky", "mounted/inner", 0o1777, None),
        ("one further up", "mounted", 0o707, Some("file-world-writable")),
        ("a group", "mounted", 0o775, Some("file-group-writable")),
    ] {
        scratch.mode(directory, mode);
        for tier in Tier::ALL {
            let environment = from(&path).set("ENVIRONMENT", tier.name());
            let found: Vec<_> = findings::<Settings>(environment.clone())
                .into_iter()
                .filter(|(code, _)| code.starts_with("file-"))
                .collect();
            let expected: Vec<_> = expected.into_iter().map(|code| (code, "MAIL_TOKEN".to_owned())).collect();
            assert_eq!(found, expected, "{what} {tier}");
            let refused = tier.is_hardened() && expected.iter().any(|(code, _)| *code == "file-world-writable");
            assert_eq!(load::<Settings>(environment).is_err(), refused, "{what} {tier}");
        }
        scratch.mode(directory, 0o755);
    }
}

#[test]
fn a_waiver_accepts_a_directory_that_anyone_can_write() {
    let scratch = Scratch::new();
    let path = scratch.file("mounted/token", KEY);
    scratch.mode("mounted", 0o777);
    let loaded = hardened::Loader::new()
        .environment(from(path))
        .waive(hardened::rule::FILE_WORLD_WRITABLE, "MAIL_TOKEN", "an emptyDir that only this pod mounts")
        .load::<Settings>()
        .unwrap();
    assert!(Loaded::report(&loaded).waivers()[0].is_used());
}

/// Only root can change the owner of a file. Without root, the unit tests of the path check cover the same rules.
#[test]
fn owners_decide_who_else_can_replace_a_secret() {
    const SERVICE: u32 = 0;
    const OTHER: u32 = 4242;
    if fs::metadata("/proc/self").map_or(1, |me| std::os::unix::fs::MetadataExt::uid(&me)) != SERVICE {
        return;
    }
    for (what, directory, file, expected, starts) in [
        ("all of the service", SERVICE, SERVICE, &[][..], true),
        ("a file of another program", SERVICE, OTHER, &["file-foreign-owner"], true),
        ("a directory kept by its owner", OTHER, OTHER, &["file-foreign-owner"], true),
        ("a directory of somebody else", OTHER, SERVICE, &["file-foreign-path"], false),
    ] {
        let scratch = Scratch::new();
        let path = scratch.file("mounted/token", KEY);
        std::os::unix::fs::chown(&path, Some(file), None).unwrap();
        std::os::unix::fs::chown(path.parent().unwrap(), Some(directory), None).unwrap();
        let codes: Vec<_> = findings::<Settings>(from(&path)).into_iter().map(|(code, _)| code).collect();
        assert_eq!(codes, expected, "{what}");
        assert_eq!(load::<Settings>(from(&path)).is_ok(), starts, "{what}");
    }
}

#[test]
fn a_file_that_anyone_can_read_is_a_note() {
    let scratch = Scratch::new();
    let path = scratch.file("token", KEY);
    scratch.mode("token", 0o644);
    let found = findings::<Settings>(from(&path));
    assert_eq!(found, [("file-world-readable", "MAIL_TOKEN".to_owned())]);
    assert!(load::<Settings>(from(&path)).is_ok());
}

#[test]
fn the_links_of_kubernetes_are_followed_and_its_modes_accepted_without_findings() {
    let scratch = Scratch::new();
    scratch.file("..2026_01_02/token", format!("{KEY}\n"));
    scratch.mode("..2026_01_02/token", 0o644);
    symlink("..2026_01_02", scratch.path().join("..data")).unwrap();
    symlink("..data/token", scratch.path().join("token")).unwrap();
    let environment = from(scratch.path().join("token"));
    assert_eq!(findings::<Settings>(environment.clone()), []);
    assert_eq!(load::<Settings>(environment).unwrap().mail_token.expose_text(), KEY);
}

#[test]
fn only_secrets_are_read_from_files_unless_told() {
    #[derive(Debug, Config)]
    struct Other {
        /// Where logs go.
        #[config(default = "stdout")]
        log: String,
        /// A banner.
        #[config(file, default = "none")]
        banner: String,
    }
    let scratch = Scratch::new();
    let banner = scratch.file("banner", "hello\n");
    let environment = production().set("LOG_FILE", "/var/log/app.log").set("BANNER_FILE", banner);
    let loaded = load::<Other>(environment).unwrap();
    assert_eq!((loaded.log.as_str(), loaded.banner.as_str()), ("stdout", "hello"));
}

/// Root can read every file, so the test runs itself again as the user nobody.
#[test]
fn an_unreadable_file_names_its_owner_and_our_user() {
    use std::os::unix::process::CommandExt;

    const CHILD: &str = "HARDENED_TEST_UNREADABLE";
    if let Some(path) = std::env::var_os(CHILD) {
        let refusal = load::<Settings>(from(path)).unwrap_err();
        println!("{refusal}");
        return;
    }
    let scratch = Scratch::new();
    scratch.mode("", 0o755);
    let path = scratch.file("token", KEY);
    let am_root = fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0);
    scratch.mode("token", if am_root { 0o600 } else { 0o000 });
    let mut child = Command::new(std::env::current_exe().unwrap());
    child
        .args(["--exact", "secret_files::an_unreadable_file_names_its_owner_and_our_user", "--nocapture"])
        .env(CHILD, &path);
    if am_root {
        child.uid(65_534);
    }
    let output = String::from_utf8(child.output().unwrap().stdout).unwrap();
    let owner = std::os::unix::fs::MetadataExt::uid(&fs::metadata(&path).unwrap());
    let ours = if am_root { 65_534 } else { owner };
    let expected = format!("belongs to uid {owner}, but this process runs as uid {ours}");
    assert!(output.contains(&expected) && output.contains("file-unreadable"), "{output}");
}
