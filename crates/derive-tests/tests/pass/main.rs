//! Programs that must compile, each a module: the generated code compiles whatever names the program uses.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(dead_code, unreachable_pub, unused_qualifications, reason = "the programs show what users write")]
#![deny(future_incompatible)]

mod any_field_name;
mod foreign_types;
mod free_in_secret_names;
mod macro_rules;
mod made_by_functions;
mod no_prelude;
mod own_setting;
mod reexport;
mod rules_of_fields;
mod shadowed_names;
mod shared_group;
mod struct_called_config;
mod trailing_commas;
mod visibility;

#[test]
fn valid_programs_compile_and_load() {
    any_field_name::main();
    macro_rules::main();
    no_prelude::main();
    reexport::main();
    rules_of_fields::main();
    made_by_functions::main();
    shadowed_names::main();
    struct_called_config::main();
    shared_group::main();
    visibility::main();
}

#[test]
fn every_program_is_a_module() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pass");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(name == "main" || include_str!("main.rs").contains(&format!("\nmod {name};")), "{name}");
    }
}
