//! A policy allows the origins that its pattern matches.

#![no_main]

#[allow(dead_code, reason = "each target asserts one of the relations")]
#[path = "../../tests/cors/relations.rs"]
mod relations;

libfuzzer_sys::fuzz_target!(|texts: (&str, &str)| {
    relations::pattern(texts.0, texts.1);
});
