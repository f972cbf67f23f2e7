//! The generated documents about a setting that production requires.

use super::*;

/// Every combination of a field and the group around it.
#[derive(Debug, Config)]
struct Combined {
    #[config(required_in_production)]
    region: Option<String>,
    #[config(nested, required_in_production)]
    mail: Option<Part>,
    #[config(nested, prefix = "SPARE_")]
    spare: Option<Part>,
    #[config(nested, prefix = "MAIN_")]
    main: Part,
}

#[derive(Debug, Config)]
struct Part {
    key: SecretText,
    #[config(required_in_production)]
    token: Option<SecretText>,
    note: Option<String>,
    #[config(default = 5)]
    size: u16,
}

#[test]
fn the_schema_tells_field_and_group_apart() {
    use Requirement::{Default, InProduction, Optional, Required};

    let settings = Combined::SCHEMA.settings();
    let own: Vec<_> = settings.iter().map(|it| (it.setting().requirement(), it.group_requirement())).collect();
    let part = |group| [Required, InProduction, Optional, Default("5")].map(|own| (own, group));
    let expected = [&[(InProduction, Required)][..], &part(InProduction), &part(Optional), &part(Required)].concat();
    assert_eq!(own, expected);
    let together: Vec<_> = settings.iter().map(|it| it.requirement()).collect();
    let expected = [
        &[InProduction][..],
        &[InProduction, InProduction, Optional, Default("5")],
        &[Optional, Optional, Optional, Default("5")],
        &[Required, InProduction, Optional, Default("5")],
    ];
    assert_eq!(together, expected.concat());
}

#[test]
fn the_example_of_a_dotenv_has_it_commented_out() {
    insta::assert_snapshot!(Combined::SCHEMA.env_example());
}

#[test]
fn the_markdown_table_says_what_production_requires() {
    insta::assert_snapshot!(Combined::SCHEMA.markdown());
}

#[test]
fn the_json_schema_marks_fields_and_groups() {
    let schema = Combined::SCHEMA.json_schema();
    let marked = |pointer: &str| schema.pointer(pointer).and_then(|it| it.get("x-required-in-production")).is_some();
    for (pointer, expected) in [
        ("/properties/region", true),
        ("/properties/mail", true),
        ("/properties/spare", false),
        ("/properties/main", false),
        ("/properties/main/properties/note", false),
    ] {
        assert!(schema.pointer(pointer).is_some(), "{pointer}");
        assert_eq!(marked(pointer), expected, "{pointer}");
    }
    for secret in ["/properties/mail/properties/key", "/properties/spare/properties/token"] {
        assert!(schema.pointer(secret).is_none(), "{secret} belongs in no file");
    }
    for section in ["default", "development", "test", "preview", "production"] {
        assert_eq!(schema["properties"][section]["$ref"], "#/$defs/settings", "{section}");
    }
    assert_eq!(schema["x-required"], serde_json::json!([]));
}
