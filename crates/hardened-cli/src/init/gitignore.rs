//! `.gitignore`: keeps `.env` out of git.

use hardened_core::text::glob;

use super::{
    found::{Found, Place},
    step::Step,
};

/// Plans it, with what is left for a person to do.
pub(super) fn plan(place: &Place) -> (Step, Option<String>) {
    let task = matches!(place.found, Found::Untouchable(_)).then(|| "make sure that git ignores .env".to_owned());
    (step(place), task)
}

fn step(place: &Place) -> Step {
    const SAID: &str = "keeps .env out of git";
    match &place.found {
        Found::Absent => Step::create(&place.file, "/target\n.env\n", SAID),
        Found::Untouchable(reason) => Step::leave(&place.file, format!("{reason}; it should contain the line `.env`")),
        Found::Text(text) if ignores(text, ".env") => Step::leave(&place.file, "already keeps .env out of git"),
        Found::Text(text) => Step::append(&place.file, text, ".env\n", SAID),
    }
}

/// Whether git ignores a file of this name in the same directory: the last pattern that matches decides.
fn ignores(text: &str, name: &str) -> bool {
    let mut decisions = text.lines().filter_map(|line| {
        let line = line.trim_end();
        let (pattern, ignored) = line.strip_prefix('!').map_or((line, true), |pattern| (pattern, false));
        let pattern = pattern.strip_prefix("**/").or_else(|| pattern.strip_prefix('/')).unwrap_or(pattern);
        let plain = !pattern.is_empty() && !line.starts_with('#') && !pattern.contains(['/', '[', '\\']);
        (plain && glob(pattern, name)).then_some(ignored)
    });
    decisions.next_back().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_pattern_that_matches_decides() {
        for (text, expected) in [
            ("", false),
            ("/target\n", false),
            (".env", true),
            (".env\r\n", true),
            ("/.env\n", true),
            ("**/.env\n", true),
            (".env*\n", true),
            ("*.env\n", true),
            (".e?v\n", true),
            ("*\n", true),
            (".env  \n", true),
            ("#.env\n", false),
            (".env/\n", false),
            (".env.*\n", false),
            (".envrc\n", false),
            ("config/.env\n", false),
            (".env\n!.env\n", false),
            ("!.env\n.env\n", true),
            (".env*\n!.env.example\n", true),
            (".[e]nv\n", false),
            ("********************************x\n", false),
        ] {
            assert_eq!(ignores(text, ".env"), expected, "{text:?}");
        }
    }
}
