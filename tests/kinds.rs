//! Enums with data: one setting chooses which group is read.

use std::{collections::BTreeMap, path::PathBuf};

use hardened::{Config, Environment, Loaded, Loader, Refusal, SecretText, finding::Finding};
use test_support::Scratch;

#[derive(Debug, Config)]
struct Settings {
    #[config(nested)]
    storage: Storage,
}

/// Where files are kept.
#[derive(Debug, Config)]
#[config(prefix = "STORAGE_")]
enum Storage {
    /// On this machine.
    Local {
        /// The directory.
        path: PathBuf,
        /// How many files.
        #[config(default = 100)]
        limit: u32,
    },
    /// In a bucket.
    #[config(alias = "aws")]
    S3(Bucket),
    /// Nowhere.
    Memory,
}

/// A bucket.
#[derive(Debug, Config)]
#[config(prefix = "STORAGE_")]
struct Bucket {
    /// Its name.
    #[config(show)]
    bucket: String,
    /// The key to it.
    token: SecretText,
    /// How many files.
    limit: Option<u32>,
}

const TOKEN: &str = "q8ZxT3vB7nM1kL5jH9gF2dS6";

fn load<T: Config>(variables: &[(&str, &str)]) -> Result<Loaded<T>, Refusal> {
    Loader::new().environment(variables.iter().copied().collect()).load()
}

fn told(finding: &Finding) -> String {
    format!("{} · {} · {} · {}", finding.code(), finding.subject(), finding.field(), finding.message())
}

fn errors<T: Config>(variables: &[(&str, &str)]) -> Vec<String> {
    load::<T>(variables).map(drop).unwrap_err().report().findings().iter().map(told).collect()
}

#[test]
fn the_kind_chooses_which_group_is_read() {
    let settings = load::<Settings>(&[("STORAGE_KIND", "local"), ("STORAGE_PATH", "/data"), ("STORAGE_LIMIT", "5")]);
    let Storage::Local { path, limit } = &settings.as_ref().unwrap().storage else { panic!("local") };
    assert_eq!((path.to_str(), *limit), (Some("/data"), 5));
    for word in ["s3", "S3", "aws"] {
        let all = [("STORAGE_KIND", word), ("STORAGE_BUCKET", "files"), ("STORAGE_TOKEN", TOKEN)];
        let settings = load::<Settings>(&all).unwrap();
        let Storage::S3(bucket) = &settings.storage else { panic!("s3") };
        assert_eq!((bucket.bucket.as_str(), bucket.token.expose_text(), bucket.limit), ("files", TOKEN, None));
        let paths: Vec<_> = Loaded::table(&settings).rows().iter().map(hardened::report::Row::path).collect();
        assert_eq!(paths, ["storage.kind", "storage.bucket", "storage.token", "storage.limit"]);
    }
    assert!(matches!(load::<Settings>(&[("STORAGE_KIND", "memory")]).unwrap().storage, Storage::Memory));
}

#[test]
fn only_settings_of_the_chosen_kind_are_reported_as_missing() {
    assert_eq!(
        errors::<Settings>(&[("STORAGE_KIND", "s3")]),
        [
            "setting-missing · STORAGE_BUCKET · storage.bucket · missing: text",
            "secret-missing · STORAGE_TOKEN · storage.token · missing: a credential",
        ]
    );
    assert_eq!(
        errors::<Settings>(&[]),
        ["setting-missing · STORAGE_KIND · storage.kind · missing: one of local, s3, memory"]
    );
    assert_eq!(
        errors::<Settings>(&[("STORAGE_KIND", "s4")]),
        ["setting-malformed · STORAGE_KIND · storage.kind · malformed: must be one of local, s3, memory"]
    );
}

#[test]
fn a_setting_of_another_kind_is_a_warning_unless_the_chosen_kind_has_it_too() {
    let all = [
        ("STORAGE_KIND", "local"),
        ("STORAGE_PATH", "/data"),
        ("STORAGE_LIMIT", "5"),
        ("STORAGE_BUCKET", "files"),
        ("STORAGE_TOKEN", "short"),
    ];
    let settings = load::<Settings>(&all).unwrap();
    let found: Vec<_> = Loaded::report(&settings).findings().iter().map(told).collect();
    assert_eq!(
        found,
        [
            "setting-other-variant · STORAGE_BUCKET · storage.bucket · inconsistent: is for STORAGE_KIND=s3, which is not chosen, so it has no effect",
            "setting-other-variant · STORAGE_TOKEN · storage.token · inconsistent: is for STORAGE_KIND=s3, which is not chosen, so it has no effect",
        ]
    );
    let settings = load::<Settings>(&[("STORAGE_KIND", "memory"), ("STORAGE_LIMIT", "5")]).unwrap();
    assert!(Loaded::report(&settings).has("setting-other-variant", "STORAGE_LIMIT"));
}

#[test]
fn a_file_has_the_kind_next_to_its_settings_and_no_secret() {
    let load = |text: &str, others: &[(&str, &str)]| {
        let scratch = Scratch::new();
        scratch.file("hardened.toml", text);
        let environment: Environment = others.iter().copied().collect();
        Loader::new().environment(environment.working_directory(scratch.path())).load::<Settings>()
    };
    let settings = load("[storage]\nkind = 's3'\nbucket = 'files'\n", &[("STORAGE_TOKEN", TOKEN)]).unwrap();
    assert!(matches!(&settings.storage, Storage::S3(bucket) if bucket.bucket == "files"));
    let settings = load("[storage]\nkind = 'local'\npath = '/data'\n", &[]).unwrap();
    assert!(matches!(&settings.storage, Storage::Local { limit: 100, .. }));
    let refusal = load("[storage]\nkind = 'local'\npath = '/data'\ntoken = 'x'\n", &[]).unwrap_err();
    assert!(refusal.report().refuses("secret-in-file", "STORAGE_TOKEN"), "{refusal}");
    let refusal = load("[storage]\nkind = 'memory'\nbuckett = 'x'\n", &[]).unwrap_err();
    let found: Vec<_> = refusal.report().findings().iter().map(told).collect();
    assert_eq!(
        found,
        ["source-unknown-key · buckett ·  · prohibited: does not belong to a setting (did you mean bucket?)"]
    );
}

#[test]
fn an_enum_can_be_optional_have_a_default_and_be_an_element() {
    #[derive(Debug, Config)]
    struct Optional {
        #[config(nested)]
        storage: Option<Storage>,
        #[config(nested)]
        sinks: Vec<Sink>,
        #[config(nested)]
        named: BTreeMap<String, Sink>,
    }
    #[derive(Debug, Config)]
    #[config(tag = "type")]
    enum Sink {
        #[config(default)]
        Console,
        File {
            path: PathBuf,
        },
    }
    let settings = load::<Optional>(&[]).unwrap();
    assert!(settings.storage.is_none() && settings.sinks.is_empty());
    assert_eq!(
        errors::<Optional>(&[("STORAGE_BUCKET", "files")]),
        ["setting-missing · STORAGE_KIND · storage.kind · missing: one of local, s3, memory"]
    );
    let all = [
        ("SINKS__0__TYPE", "file"),
        ("SINKS__0__PATH", "/log"),
        ("SINKS__1__TYPE", "console"),
        ("NAMED__MAIN__TYPE", "file"),
        ("NAMED__MAIN__PATH", "/main"),
    ];
    let settings = load::<Optional>(&all).unwrap();
    assert!(matches!(&settings.sinks[..], [Sink::File { path }, Sink::Console] if path.to_str() == Some("/log")));
    assert!(matches!(&settings.named["main"], Sink::File { .. }));
    assert_eq!(
        errors::<Optional>(&[("SINKS__0__TYPE", "file")]),
        ["setting-missing · SINKS__0__PATH · sinks.0.path · missing: a path"]
    );
}

#[test]
fn an_enum_can_be_the_whole_configuration() {
    assert!(matches!(*load::<Storage>(&[("STORAGE_KIND", "memory")]).unwrap(), Storage::Memory));
}

#[test]
fn documents_say_when_a_setting_is_needed() {
    insta::assert_snapshot!(format!(
        "{}\n{}\n{:#}",
        Settings::SCHEMA.env_example(),
        Settings::SCHEMA.toml_example(),
        Settings::SCHEMA.json_schema()["$defs"]["settings"]["properties"]["storage"]["properties"]
    ));
}

#[test]
fn no_value_of_a_variant_is_shown() {
    const CANARY: &str = "CaNaRy7";
    for tier in ["production", "preview", "test", "development"] {
        for kind in ["local", "s3", "memory", CANARY] {
            let all = [
                ("ENVIRONMENT", tier),
                ("STORAGE_KIND", kind),
                ("STORAGE_PATH", "/CaNaRy7"),
                ("STORAGE_LIMIT", CANARY),
                ("STORAGE_TOKEN", CANARY),
            ];
            let printed = match load::<Settings>(&all) {
                Ok(loaded) => format!("{:?}{}", Loaded::report(&loaded), Loaded::manifest(&loaded).to_json()),
                Err(refusal) => format!("{refusal}{:?}{}{}", refusal.report(), refusal.table(), refusal.to_json()),
            };
            assert!(!printed.contains(CANARY), "{tier} {kind}: {printed}");
        }
    }
}
