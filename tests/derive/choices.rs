//! Settings that are enums without data.

use super::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Setting)]
enum Level {
    Error,
    #[config(alias = "warning", alias = "caution")]
    Warn,
    Info,
    #[config(rename = "verbose-output")]
    VeryLoud,
    HTTPTrace,
}

#[derive(Debug, Config)]
struct Settings {
    #[config(default = "info")]
    log_level: Level,
    levels: Option<Vec<Level>>,
}

fn level(text: &str) -> Level {
    accepted::<Settings>(&[("LOG_LEVEL", text)]).log_level
}

#[test]
fn a_word_is_read_whatever_its_case_and_its_dashes() {
    for (text, expected) in [
        ("error", Level::Error),
        (" WARN ", Level::Warn),
        ("warning", Level::Warn),
        ("Caution", Level::Warn),
        ("verbose-output", Level::VeryLoud),
        ("VERBOSE_OUTPUT", Level::VeryLoud),
        ("http-trace", Level::HTTPTrace),
    ] {
        assert_eq!(level(text), expected, "{text}");
    }
    assert_eq!(accepted::<Settings>(&[]).log_level, Level::Info);
    let it = accepted::<Settings>(&[("LEVELS", "warn, error")]);
    assert_eq!(it.levels.as_deref(), Some(&[Level::Warn, Level::Error][..]));
}

#[test]
fn a_refused_word_is_answered_with_the_choices_and_the_nearest() {
    for (text, remedy) in
        [("inof", "did you mean `info`?"), ("warnings", "did you mean `warn`?"), ("eror", "did you mean `error`?")]
    {
        let refusal = refused::<Settings>(&[("LOG_LEVEL", text)]);
        let [finding] = refusal.report().findings() else { panic!("{refusal}") };
        let choices = "malformed: must be one of error, warn, info, verbose-output, http-trace";
        assert_eq!((finding.message().as_str(), finding.remedy().as_str()), (choices, remedy));
    }
}

#[test]
fn a_word_unlike_any_choice_gets_no_suggestion_and_is_not_shown() {
    let refusal = refused::<Settings>(&[("LOG_LEVEL", "hunter2")]);
    assert!(!refusal.to_string().contains("did you mean") && !refusal.to_string().contains("hunter2"));
}
