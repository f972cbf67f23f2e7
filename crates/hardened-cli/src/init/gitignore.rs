//! `.gitignore`: keeps the files of a developer's own machine out of git.

use hardened_core::{dotenv::OWN_FILES, text::glob};

use super::{
    found::{Found, Place},
    step::Step,
};

/// Plans the step, and the task that is left for the user.
pub(super) fn plan(place: &Place) -> (Step, Option<String>) {
    let is_open = matches!(place.found, Found::Untouchable(_));
    (step(place), is_open.then(|| format!("make sure that git ignores {}", listed(&OWN_FILES))))
}

fn step(place: &Place) -> Step {
    let lines = |names: &[&str]| names.iter().map(|name| format!("{name}\n")).collect::<String>();
    let keeps = |names: &[&str]| format!("keeps {} out of git", listed(names));
    match &place.found {
        Found::Absent => Step::create(&place.file, format!("/target\n{}", lines(&OWN_FILES)), keeps(&OWN_FILES)),
        Found::Untouchable(reason) => {
            Step::leave(&place.file, format!("{reason}; it should have a line for each of {}", listed(&OWN_FILES)))
        }
        Found::Text(text) => {
            let missing: Vec<_> = OWN_FILES.into_iter().filter(|name| !ignores(text, name)).collect();
            if missing.is_empty() {
                Step::leave(&place.file, format!("already {}", keeps(&OWN_FILES)))
            } else {
                Step::append(&place.file, text, &lines(&missing), keeps(&missing))
            }
        }
    }
}

/// Returns names as a list: `.env, .env.local and hardened.local.toml`.
fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}

/// Returns whether git ignores a file with this name in the same directory. The last matching pattern decides.
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
