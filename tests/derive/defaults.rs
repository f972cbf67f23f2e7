//! Defaults in the code.

use super::*;

#[derive(Debug, Config)]
struct Defaults {
    #[config(default = 8_080)]
    port: u16,
    #[config(default = -5)]
    offset: i8,
    #[config(default = 0x10u8)]
    hexadecimal: u8,
    #[config(default = 0.25)]
    ratio: f64,
    #[config(default = -1.5e3)]
    negative: f64,
    #[config(default = true)]
    debug: bool,
    #[config(default = "30s")]
    timeout: Duration,
    #[config(default = "")]
    greeting: String,
    #[config(default = ["a", "b"])]
    words: Vec<String>,
    #[config(default = [80, 443])]
    ports: Vec<u16>,
    #[config(default = [])]
    empty: Vec<String>,
    #[config(default = "x, y")]
    text: Vec<String>,
    #[config(parse, default = "127.0.0.1")]
    address: IpAddr,
}

#[test]
fn a_default_is_read_like_input() {
    let it = accepted::<Defaults>(&[]);
    assert_eq!((it.port, it.offset, it.hexadecimal, it.debug), (8080, -5, 16, true));
    assert_eq!((it.ratio, it.negative), (0.25, -1500.0));
    assert_eq!((it.timeout, it.greeting.as_str()), (Duration::from_secs(30), ""));
    assert_eq!((it.words.join("|"), it.text.join("|")), ("a|b".to_owned(), "x|y".to_owned()));
    assert_eq!((it.ports.as_slice(), it.empty.len()), ([80, 443].as_slice(), 0));
    assert_eq!(it.address.to_string(), "127.0.0.1");
    assert!(Loaded::table(&it).rows().iter().all(|row| row.state() == SettingState::Default));
}

#[test]
fn input_overrides_the_default() {
    let it = accepted::<Defaults>(&[("PORT", "1"), ("WORDS", "c"), ("EMPTY", "d,e")]);
    assert_eq!((it.port, it.words.join("|"), it.empty.join("|")), (1, "c".to_owned(), "d|e".to_owned()));
}

#[test]
fn malformed_input_is_refused_although_there_is_a_default() {
    let refusal = refused::<Defaults>(&[("PORT", "hunter2"), ("PORTS", "80,hunter2")]);
    assert_eq!(findings(&refusal), [("setting-malformed", "PORT"), ("setting-malformed", "PORTS")]);
    assert!(!refusal.to_string().contains("hunter2"));
}

#[test]
fn the_schema_has_the_text_of_a_default() {
    let texts: Vec<_> = Defaults::SCHEMA.settings().iter().map(|it| it.setting().requirement()).collect();
    let expected = ["8080", "-5", "16", "0.25", "-1.5e3", "true", "30s", "", "a,b", "80,443", "", "x, y", "127.0.0.1"];
    assert_eq!(texts, expected.map(Requirement::Default));
}
