//! A list of request headers is parsed as a simple parser parses it.

#![no_main]

#[allow(dead_code, reason = "each target asserts one of the relations")]
#[path = "../../tests/cors/relations.rs"]
mod relations;

libfuzzer_sys::fuzz_target!(|lines: Vec<&[u8]>| {
    relations::header_list(&lines);
});
