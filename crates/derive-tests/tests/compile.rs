//! Programs that must not compile, each named for its mistake, with the compiler's answer.
//!
//! They use the library with its default features, whatever the tests around them use: the programs are a project of
//! their own. The compiler's answer may list the types that implement a trait. After a change to these,
//! `TRYBUILD=overwrite cargo test --test compile` writes the answers anew; the review shows what has changed.

#[test]
fn each_mistake_is_one_error_at_its_place() {
    trybuild::TestCases::new().compile_fail("tests/ui/fail/*.rs");
}
