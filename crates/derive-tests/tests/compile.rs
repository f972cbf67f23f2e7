//! Programs that must not compile. Each is named after its mistake and has the expected compiler output.
//!
//! They are compiled as a separate project, which uses the default features of the library. The compiler output may list the
//! types that implement a trait. After a change to these, `TRYBUILD=overwrite cargo test --test compile` rewrites the expected
//! output; the review shows what has changed.

#[test]
fn each_mistake_is_one_error_at_its_place() {
    trybuild::TestCases::new().compile_fail("tests/ui/fail/*.rs");
}
