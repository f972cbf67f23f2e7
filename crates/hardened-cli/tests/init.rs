//! `hardened init`: the files that it writes, completes and leaves alone.

mod support;

use std::{fs, process::Command};

use support::{Project, hardened};

const FILES: [&str; 4] = [".gitignore", ".cargo/config.toml", ".env", ".env.example"];

/// Returns the value of the last line that sets a name.
fn value(dotenv: &str, name: &str) -> Option<String> {
    dotenv.lines().rev().find_map(|line| line.strip_prefix(name)?.strip_prefix('=')).map(str::to_owned)
}

#[cfg(unix)]
fn mode(project: &Project, file: &str) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(project.path(file)).ok().map(|metadata| metadata.permissions().mode() & 0o777)
}

#[test]
fn an_empty_project_gets_all_four_files() {
    let project = Project::new(&[]);
    let ran = project.init("");
    insta::assert_snapshot!("init-empty", ran.told());
    assert_eq!(project.read(".gitignore"), "/target\n.env\n.env.local\nhardened.local.toml\n");
    insta::assert_snapshot!("init-cargo-config", project.read(".cargo/config.toml"));
    insta::assert_snapshot!("init-example", project.read(".env.example"));
    let dotenv = project.read(".env");
    let keys = ["JWT_SECRET_KEY", "BETTER_AUTH_SECRET"].map(|name| value(&dotenv, name).unwrap());
    assert!(keys.iter().all(|key| key.len() == 64) && keys[0] != keys[1]);
    assert!(keys.iter().all(|key| !ran.told().contains(key)), "the output shows a key");
    insta::assert_snapshot!("init-dotenv", dotenv.replace(&keys[0], "KEY").replace(&keys[1], "KEY"));
    #[cfg(unix)]
    assert_eq!(mode(&project, ".env"), Some(0o600));
}

#[test]
fn after_init_cargo_run_is_development_and_the_binary_alone_is_not() {
    let project = Project::new(&[]);
    assert_eq!(project.init("").status, 0);
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let target = project.path("target");
    let clean = |command: &mut Command| {
        let output = command.env_remove("ENVIRONMENT").output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let mut run = Command::new(cargo);
    run.args(["run", "--quiet", "--offline"]).current_dir(project.root()).env("CARGO_TARGET_DIR", &target);
    assert_eq!(clean(&mut run), "Some(\"development\")\n");
    assert_eq!(clean(&mut Command::new(target.join("debug/app"))), "None\n");
}

#[test]
fn a_custom_tier_variable_is_used_everywhere() {
    let note = "is not set here: it decides whether this file is read. If it is not set, production's rules apply.";
    let example = format!("# Copy to .env\n# APP_ENVIRONMENT {note}\n\nPORT=80\n");
    for (arguments, files, variable) in [
        (&["init"][..], &[(".env.example", example.as_str())][..], "APP_ENVIRONMENT"),
        (&["init", "--tier-variable", "SERVICE_TIER"], &[(".env.example", example.as_str())], "SERVICE_TIER"),
        (&["init", "--tier-variable=SERVICE_TIER"], &[], "SERVICE_TIER"),
    ] {
        let project = Project::new(files);
        let output = hardened(arguments).current_dir(project.root()).env(variable, "production").output().unwrap();
        let told = String::from_utf8(output.stdout).unwrap();
        assert!(
            project.read(".cargo/config.toml").ends_with(&format!("\n{variable} = \"development\"\n")),
            "{arguments:?}"
        );
        assert!(told.contains(&format!("`cargo run` and `cargo test` set {variable}=development")), "{told}");
        assert!(told.contains(&format!("unset {variable}, because")), "{told}");
        if files.is_empty() {
            assert!(project.read(".env.example").contains(&format!("# {variable} {note}\n")));
        }
        let again: Vec<_> = hardened(&["init"]).current_dir(project.root()).output().unwrap().stdout;
        let again = String::from_utf8(again).unwrap();
        assert_eq!(
            again.contains(&format!("already sets {variable}")),
            arguments.len() == 1 || files.is_empty(),
            "{again}"
        );
    }
}

#[test]
fn a_second_run_changes_nothing() {
    for files in [
        &[][..],
        &[(".env", "A=b"), (".gitignore", "/target"), (".cargo/config.toml", "[build]\njobs = 2")],
        &[(".env", "A=b\r\n"), (".gitignore", "/target\r\n")],
        &[(".env.example", "# openssl rand -base64 48\nSIGNING_KEY=\nSTRIPE_KEY=\n"), (".env", "SIGNING_KEY=\n")],
        &[(".cargo/config.toml", "[env]\nA = 'b'\n")],
    ] {
        let project = Project::new(files);
        assert_eq!(project.init("").status, 0);
        let before = FILES.map(|file| project.read(file));
        let ran = project.init("");
        assert_eq!(ran.status, 0);
        assert_eq!(ran.stdout.matches("left alone").count(), 4, "{}", ran.stdout);
        assert_eq!(FILES.map(|file| project.read(file)), before, "{files:?}");
    }
}

#[test]
fn existing_content_is_kept_byte_for_byte_and_additions_follow_it() {
    let files = [
        (".gitignore", "/target\n!.env\n# mine"),
        (".cargo/config.toml", "# mine\n[build]\njobs = 2"),
        (".env", "# mine\nJWT_SECRET_KEY='old key'\nexport PORT = 80"),
        (
            ".env.example",
            "JWT_SECRET_KEY=\n# Make one: openssl rand -base64 64\nSIGNING_KEY=\nPORT=\nSTRIPE_KEY=\nLEVEL=info\n",
        ),
    ];
    let project = Project::new(&files);
    let ran = project.init("");
    insta::assert_snapshot!("init-present", ran.told());
    for (file, before) in files {
        assert!(project.read(file).starts_with(before), "{file}");
    }
    assert_eq!(project.read(".gitignore"), "/target\n!.env\n# mine\n.env\n.env.local\nhardened.local.toml\n");
    assert_eq!(project.read(".env.example"), files[3].1);
    let dotenv = project.read(".env");
    let key = value(&dotenv, "SIGNING_KEY").unwrap();
    assert_eq!(key.len(), 88, "the key must have as many bytes as the example asks for");
    insta::assert_snapshot!("init-present-dotenv", dotenv.replace(&key, "KEY"));
}

#[test]
fn every_local_file_that_the_library_reads_is_ignored_by_git() {
    for (before, after) in [
        ("/target\n.env\n", "/target\n.env\n.env.local\nhardened.local.toml\n"),
        (".env*\n", ".env*\nhardened.local.toml\n"),
        ("*.local.toml\r\n", "*.local.toml\r\n.env\r\n.env.local\r\n"),
        ("*\n!.env.local\n", "*\n!.env.local\n.env.local\n"),
        (".env\n.env.local\nhardened.local.toml\n", ".env\n.env.local\nhardened.local.toml\n"),
    ] {
        let project = Project::new(&[(".gitignore", before)]);
        assert_eq!(project.init("").status, 0);
        assert_eq!(project.read(".gitignore"), after, "{before:?}");
    }
}

#[test]
fn a_complete_project_is_left_alone() {
    let files = [
        (".gitignore", ".env*\n!.env.example\n*.local.toml\n"),
        (".cargo/config.toml", "[env]\nENVIRONMENT = { value = \"development\" }\n"),
        (
            ".env",
            "JWT_SECRET_KEY_FILE=/run/secrets/jwt\nBETTER_AUTH_SECRETS=1:a\nPGHOST=localhost\nCORS_ORIGINS=http://localhost:5173\n",
        ),
    ];
    let project = Project::new(&files);
    let ran = project.init("");
    assert_eq!(ran.stdout.matches("left alone").count(), 3, "{}", ran.stdout);
    for (file, before) in files {
        assert_eq!(project.read(file), before, "{file}");
    }
}

#[test]
fn a_blank_key_is_filled_by_a_later_line() {
    let project =
        Project::new(&[(".env", "JWT_SECRET_KEY=\nBETTER_AUTH_SECRET=\"\"\nCORS_ORIGINS=x\nDATABASE_URL=x\n")]);
    assert_eq!(project.init("").status, 0);
    let dotenv = project.read(".env");
    assert!(dotenv.starts_with("JWT_SECRET_KEY=\nBETTER_AUTH_SECRET=\"\"\n"));
    for name in ["JWT_SECRET_KEY", "BETTER_AUTH_SECRET"] {
        assert_eq!(value(&dotenv, name).unwrap().len(), 64, "{name}");
    }
    assert_eq!(value(&dotenv, "CORS_ORIGINS").unwrap(), "x");
}

#[test]
fn an_env_table_is_left_alone_and_the_line_to_add_or_change_is_named() {
    for (text, told) in [
        (
            "[build]\njobs = 2\n\n[env]\nA = 'b'\n",
            "add the line `ENVIRONMENT = \"development\"` below line 4 of .cargo/config.toml",
        ),
        ("env.A = 'b'\n", "add the line `ENVIRONMENT = \"development\"` to `env` of .cargo/config.toml"),
        (
            "[env]\nENVIRONMENT = 'production'\n",
            "change line 2 of .cargo/config.toml to `ENVIRONMENT = \"development\"`",
        ),
        ("[env\n", "correct .cargo/config.toml, which cargo cannot read"),
    ] {
        let project = Project::new(&[(".cargo/config.toml", text)]);
        let ran = project.init("");
        assert_eq!(ran.status, 0, "{text}");
        assert!(ran.stdout.contains(told), "{text}: {}", ran.stdout);
        assert_eq!(project.read(".cargo/config.toml"), text);
    }
}

#[test]
fn a_cargo_config_file_without_an_extension_is_used_if_it_exists() {
    let project = Project::new(&[(".cargo/config", "[build]\njobs = 2\n")]);
    assert_eq!(project.init("").status, 0);
    assert!(project.read(".cargo/config").contains("ENVIRONMENT = \"development\""));
    assert!(!project.has(".cargo/config.toml"));
}

#[test]
fn init_in_a_workspace_member_prepares_the_workspace_root() {
    let member = "[package]\nname = \"member\"\n";
    for (case, root, package, expected) in [
        ("member", "[workspace]\nmembers = [\"crates/*\"]\n", member, ""),
        ("excluded", "[workspace]\nexclude = [\"crates\"]\n", member, "crates/a/"),
        ("its own", "[workspace]\n", "[package]\nname = \"member\"\n[workspace]\n", "crates/a/"),
        ("no workspace", "[package]\nname = \"other\"\n", member, "crates/a/"),
        ("named", "[package]\nname = \"other\"\n", "[package]\nname = \"member\"\nworkspace = \"../../ws\"\n", "ws/"),
    ] {
        let project = Project::bare(&[
            ("Cargo.toml", root),
            ("ws/Cargo.toml", "[workspace]\n"),
            ("crates/a/Cargo.toml", package),
            ("crates/a/src/main.rs", ""),
        ]);
        let ran = project.init("crates/a/src");
        assert_eq!(ran.status, 0, "{case}: {}", ran.told());
        let prepared: Vec<_> = ["", "crates/a/", "crates/a/src/", "ws/"]
            .into_iter()
            .filter(|at| project.has(&format!("{at}.env")))
            .collect();
        assert_eq!(prepared, [expected], "{case}");
    }
}

#[test]
fn a_dotenv_file_nearer_than_the_root_is_completed() {
    let project = Project::bare(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"a\"]\n"),
        ("a/Cargo.toml", "[package]\nname = \"a\"\n"),
        ("a/.env", "A=b\n"),
    ]);
    assert_eq!(project.init("a").status, 0);
    assert!(project.read("a/.env").contains("JWT_SECRET_KEY="));
    assert!(!project.has(".env") && project.has(".cargo/config.toml"));
}

#[test]
fn the_path_can_be_given() {
    let project = Project::new(&[]);
    let ran = hardened(&["init", "--path"]).arg(project.root()).output().unwrap();
    assert_eq!(ran.status.code(), Some(0));
    assert!(project.has(".env"));
}

#[test]
fn outside_a_cargo_project_nothing_is_written_and_the_reason_is_given() {
    let project = Project::bare(&[("README", "")]);
    let ran = project.init("");
    insta::assert_snapshot!("init-outside", ran.told());
    assert_eq!(fs::read_dir(project.root()).unwrap().count(), 1);

    let ran = hardened(&["init", "--path", "/no/such/directory"]).output().unwrap();
    assert_eq!(ran.status.code(), Some(1));

    let project = Project::bare(&[("Cargo.toml", "[package\n")]);
    let ran = project.init("");
    assert_eq!((ran.status, project.has(".env")), (1, false), "{}", ran.told());
}

#[test]
fn a_path_that_is_not_a_text_file_is_left_alone() {
    let project = Project::new(&[]);
    fs::create_dir(project.path(".env")).unwrap();
    fs::write(project.path(".gitignore"), [0xff]).unwrap();
    let ran = project.init("");
    assert_eq!(ran.status, 0);
    for told in [
        "first: make sure that git ignores .env, .env.local and hardened.local.toml",
        "not a regular file",
        "not Unicode text; it should have a line for each of .env, .env.local and hardened.local.toml",
    ] {
        assert!(ran.stdout.contains(told), "{told}: {}", ran.stdout);
    }
}

#[test]
fn a_directory_that_cannot_be_created_stops_init_before_any_key_is_written() {
    let project = Project::new(&[(".cargo", "a file")]);
    let ran = project.init("");
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("cannot write .cargo/config.toml"), "{}", ran.stderr);
    assert!(!project.has(".env"));
}

#[test]
fn a_variable_that_overrides_the_cargo_config_is_named() {
    for (value, masks) in [("", true), ("production", true), ("development", false), ("test", false)] {
        let project = Project::new(&[]);
        let output = hardened(&["init"]).env("ENVIRONMENT", value).current_dir(project.root()).output().unwrap();
        let told = String::from_utf8(output.stdout).unwrap();
        assert_eq!(told.contains("unset ENVIRONMENT"), masks, "{value:?}");
    }
}

#[test]
fn a_dotenv_file_that_git_tracks_gets_no_keys() {
    let project = Project::new(&[(".env", "A=b\n")]);
    let git = |arguments: &[&str]| Command::new("git").arg("-C").arg(project.root()).args(arguments).output();
    if !git(&["init", "-q"]).is_ok_and(|output| output.status.success()) {
        return;
    }
    assert!(git(&["add", "-f", ".env"]).unwrap().status.success());
    let ran = project.init("");
    assert!(ran.stdout.contains("git rm --cached .env"), "{}", ran.stdout);
    assert_eq!(project.read(".env"), "A=b\n");
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_left_alone() {
    let project = Project::new(&[("shared", "A=b\n")]);
    std::os::unix::fs::symlink("shared", project.path(".env")).unwrap();
    let made = Command::new("mkfifo").arg(project.path(".env.example")).status();
    let ran = project.init("");
    assert_eq!(ran.status, 0, "{}", ran.told());
    assert!(ran.stdout.contains("a symbolic link"), "{}", ran.stdout);
    assert_eq!(project.read("shared"), "A=b\n");
    if made.is_ok_and(|status| status.success()) {
        assert!(ran.stdout.contains("not a regular file"), "{}", ran.stdout);
    }
}

#[cfg(unix)]
#[test]
fn a_world_readable_dotenv_file_is_reported_and_its_mode_is_kept() {
    use std::os::unix::fs::PermissionsExt;

    let project = Project::new(&[(".env", "A=b\n")]);
    fs::set_permissions(project.path(".env"), fs::Permissions::from_mode(0o644)).unwrap();
    let ran = project.init("");
    assert!(ran.stdout.contains("chmod 600 .env"), "{}", ran.stdout);
    assert_eq!(mode(&project, ".env"), Some(0o644));
}

#[cfg(unix)]
#[test]
fn init_in_a_read_only_directory_fails_with_a_message() {
    use std::{
        io::{Error, ErrorKind},
        os::unix::{
            fs::{MetadataExt, PermissionsExt},
            process::CommandExt,
        },
    };

    let project = Project::new(&[]);
    let binary = project.path("hardened");
    fs::copy(env!("CARGO_BIN_EXE_hardened"), &binary).unwrap();
    fs::set_permissions(project.root(), fs::Permissions::from_mode(0o555)).unwrap();
    let mut command = Command::new(&binary);
    command.arg("init").current_dir(project.root());
    // Root can write anywhere, so the command runs as nobody.
    if fs::metadata(&binary).unwrap().uid() == 0 {
        command.uid(65534).gid(65534);
    }
    // A process that another test is just starting may still hold the copy open for writing.
    let busy = |error: &Error| error.kind() == ErrorKind::ExecutableFileBusy;
    let mut output = command.output();
    while output.as_ref().is_err_and(busy) {
        std::thread::sleep(std::time::Duration::from_millis(10));
        output = command.output();
    }
    fs::set_permissions(project.root(), fs::Permissions::from_mode(0o755)).unwrap();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(1));
    let words = String::from_utf8(output.stderr).unwrap();
    assert_eq!(words, "error: cannot write .gitignore: permission denied\n");
    assert!(FILES.iter().all(|file| !project.has(file)));
}
