//! A text that is accepted as an origin is one that browsers send.

#![no_main]

#[allow(dead_code, reason = "each target asserts one of the relations")]
#[path = "../../tests/cors/relations.rs"]
mod relations;

libfuzzer_sys::fuzz_target!(|text: &str| {
    relations::origin(text);
});
