//! The `hardened.toml` that the schema generates: the loader reads it, and its values are the defaults.

use hardened::{Config, Loaded};

use super::{Settings, row, told, with};

/// Returns the generated text with every setting uncommented.
fn with_everything() -> String {
    let uncommented = |line: &str| match line.strip_prefix('#') {
        Some(setting) if !setting.starts_with(' ') => format!("{setting}\n"),
        _ => format!("{line}\n"),
    };
    Settings::SCHEMA.toml_example().lines().map(uncommented).collect()
}

#[test]
fn it_has_every_setting_in_the_table_of_its_group_and_no_secret() {
    insta::assert_snapshot!(Settings::SCHEMA.toml_example());
}

#[test]
fn both_examples_have_the_same_groups_in_the_same_order() {
    let (toml, env) = (Settings::SCHEMA.toml_example(), Settings::SCHEMA.env_example());
    let heads = |text: &str, before: &str| {
        let heads = text.lines().filter_map(|line| Some(line.strip_prefix(before)?.to_owned()));
        heads.filter(|line| line.starts_with('[') && line.ends_with(']')).collect::<Vec<_>>()
    };
    assert_eq!(heads(&toml, ""), ["[jwt]", "[jwt.limits]", "[cache]"]);
    assert_eq!(heads(&env, "# "), heads(&toml, ""));
    insta::assert_snapshot!(env);
    // Both files describe a setting in the same words.
    let comments = |text: &str| {
        let lines = text.lines().map(|line| line.split(". Variable: ").next().unwrap_or(line).to_owned());
        lines.filter(|line| line.starts_with("# A ") && line.contains("Default:")).collect::<Vec<_>>()
    };
    assert!(comments(&toml).len() >= 4, "{toml}");
    assert_eq!(comments(&env), comments(&toml));
}

#[test]
fn the_generated_file_changes_no_setting() {
    let loaded = with(&Settings::SCHEMA.toml_example()).unwrap();
    let (settings, defaults) = (&*loaded, &*with("").unwrap());
    assert_eq!(format!("{settings:?}"), format!("{defaults:?}"));
    assert!(Loaded::report(&loaded).findings().is_empty(), "{}", Loaded::report(&loaded));
}

#[test]
fn with_every_line_uncommented_each_setting_has_its_default_from_the_file() {
    // A required setting of an optional group has no default.
    let text = with_everything().replace("host = \"\"", "host = \"localhost\"");
    let outcome = with(&text);
    assert_eq!(told(&outcome), Vec::<String>::new());
    let (loaded, defaults) = (outcome.unwrap(), with("").unwrap());
    // An empty list counts as unset.
    for path in ["port", "log_level", "wait", "ratio", "metrics", "jwt.algorithm", "jwt.limits.most"] {
        assert_eq!(row(&loaded, path).0, row(&defaults, path).0, "{path}");
        assert!(row(&loaded, path).1.starts_with("hardened.toml:"), "{path}: {}", row(&loaded, path).1);
    }
    assert!(loaded.cache.is_some() && defaults.cache.is_none());
}
