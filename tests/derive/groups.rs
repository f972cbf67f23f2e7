//! Groups: structs nested in structs.

use super::*;

#[derive(Debug, Config)]
#[config(prefix = "DB_")]
struct Database {
    host: String,
    #[config(env = "POOL")]
    pool: u32,
}

#[derive(Debug, Config)]
#[config(prefix = "APP_")]
struct Settings {
    #[config(nested)]
    main: Database,
    #[config(nested, prefix = "REPLICA_")]
    replica: Arc<Database>,
    name: String,
}

const ALL: [(&str, &str); 5] =
    [("DB_HOST", "one"), ("POOL", "1"), ("REPLICA_DB_HOST", "two"), ("REPLICA_POOL", "2"), ("APP_NAME", "x")];

#[test]
fn a_prefix_of_a_group_precedes_every_name_and_one_of_a_struct_only_derived_names() {
    let it = accepted::<Settings>(&ALL);
    assert_eq!((it.main.host.as_str(), it.main.pool), ("one", 1));
    assert_eq!((it.replica.host.as_str(), it.replica.pool), ("two", 2));
    assert_eq!(it.name, "x");
}

#[test]
fn a_finding_names_variable_and_path() {
    let refusal = refused::<Settings>(&ALL[..3]);
    let found: Vec<_> = refusal.report().findings().iter().map(|it| (it.subject(), it.field())).collect();
    assert_eq!(found, [("REPLICA_POOL", "replica.pool"), ("APP_NAME", "name")]);
}

#[test]
fn a_group_can_be_loaded_alone() {
    assert_eq!(accepted::<Database>(&ALL).pool, 1);
    assert_eq!(accepted::<Arc<Database>>(&ALL).pool, 1);
}

#[test]
fn the_schema_holds_groups_in_the_order_of_declaration() {
    assert_eq!(Settings::SCHEMA.name(), "Settings");
    assert!(matches!(Settings::SCHEMA.fields(), [Field::Group(_), Field::Group(_), Field::Setting(_)]));
}
