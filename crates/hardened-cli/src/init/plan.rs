//! Plans what to do with the files that exist. This module does not write anything.

use hardened_core::dotenv::tier_variable as dotenv_tier;
use zeroize::Zeroizing;

use super::{
    cargo_config, dotenv, example,
    found::{Found, Survey},
    gitignore,
    step::Step,
};

/// The planned steps, and the tasks that are left for the user.
pub(super) struct Plan {
    /// In this order, so that a key is written only after git ignores the file.
    pub(super) steps: Vec<Step>,
    /// Tasks for the user before the first run.
    pub(super) tasks: Vec<String>,
    /// Whether the example is the default one, so that the service's own would be better.
    pub(super) example_is_ours: bool,
    /// The variable that names the tier.
    pub(super) tier_variable: String,
}

impl Plan {
    /// Creates a plan for the files that were found. The tier variable is taken from the arguments, else from the example, else
    /// it is `ENVIRONMENT`. `fresh` generates a key from a number of random bytes.
    pub(super) fn new<E>(
        survey: &Survey,
        tier_variable: Option<&str>,
        fresh: &mut impl FnMut(usize) -> Result<Zeroizing<String>, E>,
    ) -> Result<Self, E> {
        let present = match &survey.example.found {
            Found::Text(text) => Some(text.as_str()),
            Found::Absent | Found::Untouchable(_) => None,
        };
        let named = tier_variable.or_else(|| dotenv_tier(present?));
        let tier_variable = named.unwrap_or("ENVIRONMENT").to_owned();
        let default = example::default(&tier_variable);
        let example = present.unwrap_or(&default);
        let (gitignore, gitignore_task) = gitignore::plan(&survey.gitignore);
        let (config, config_task) = cargo_config::plan(&survey.cargo_config, &tier_variable);
        let (dotenv, dotenv_task) = dotenv::plan(&survey.dotenv, &example::wanted(example), fresh)?;
        Ok(Self {
            steps: vec![gitignore, config, dotenv, example::plan(&survey.example, &tier_variable)],
            tasks: [gitignore_task, config_task, dotenv_task].into_iter().flatten().collect(),
            example_is_ours: example == default,
            tier_variable,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{super::found::Place, super::step::Deed, *};

    fn survey(dotenv: Found, example: Found) -> Survey {
        let place = |file: &str, found| Place { file: file.to_owned(), found, is_open: false };
        Survey {
            gitignore: place(".gitignore", Found::Absent),
            cargo_config: place(".cargo/config.toml", Found::Absent),
            dotenv: place(".env", dotenv),
            example: place(".env.example", example),
        }
    }

    fn text(text: &str) -> Found {
        Found::Text(Zeroizing::new(text.to_owned()))
    }

    /// Returns what is written to `.env`, with `KEY` and the number of random bytes for every key.
    fn dotenv(existing: Found, example: &str) -> String {
        let mut fresh = |bytes| Ok::<_, ()>(Zeroizing::new(format!("KEY{bytes}")));
        let plan = Plan::new(&survey(existing, text(example)), None, &mut fresh).unwrap();
        match &plan.steps.iter().find(|step| step.file == ".env").unwrap().deed {
            Deed::Create { text, private: true } => text.to_string(),
            Deed::Create { private: false, .. } => "for everybody".to_owned(),
            Deed::Append(text) => format!("+{}", **text),
            Deed::Leave => "left alone".to_owned(),
        }
    }

    #[test]
    fn a_key_is_written_only_behind_the_line_that_makes_git_ignore_it() {
        let mut fresh = |_| Ok::<_, ()>(Zeroizing::new(String::new()));
        let plan = Plan::new(&survey(Found::Absent, Found::Absent), None, &mut fresh).unwrap();
        let files: Vec<_> = plan.steps.iter().map(|step| step.file.as_str()).collect();
        assert_eq!(files, [".gitignore", ".cargo/config.toml", ".env", ".env.example"]);
    }

    #[test]
    fn without_randomness_there_is_no_plan() {
        let plan = Plan::new(&survey(Found::Absent, Found::Absent), None, &mut |_| Err("none"));
        assert_eq!(plan.err(), Some("none"));
    }

    #[test]
    fn the_variable_of_the_tier_is_that_of_the_arguments_then_that_of_the_example() {
        let example = "# Copy to .env\n# APP_ENVIRONMENT is not set here: it decides whether this file is read. If it is not set, production's rules apply.\n\nA=\n";
        for (asked, example, expected) in [
            (None, Found::Absent, "ENVIRONMENT"),
            (None, text("A=\n"), "ENVIRONMENT"),
            (None, text(example), "APP_ENVIRONMENT"),
            (None, text(&example.replace('\n', "\r\n")), "APP_ENVIRONMENT"),
            (Some("SERVICE_TIER"), text(example), "SERVICE_TIER"),
            (Some("SERVICE_TIER"), Found::Absent, "SERVICE_TIER"),
        ] {
            let mut fresh = |_| Ok::<_, ()>(Zeroizing::new(String::new()));
            let plan = Plan::new(&survey(Found::Absent, example), asked, &mut fresh).unwrap();
            assert_eq!(plan.tier_variable, expected, "{asked:?}");
            let config = plan.steps.iter().find(|step| step.file.ends_with("config.toml")).unwrap();
            let Deed::Create { text, .. } = &config.deed else { panic!("not created") };
            assert!(text.contains(&format!("\n{expected} = \"development\"\n")), "{expected}");
        }
    }

    #[test]
    fn each_state_of_a_dotenv_has_one_addition() {
        const EXAMPLE: &str =
            "# Make one: openssl rand -base64 64\nKEY=\nLEVEL=info\n#PORT=8080\nCORS_ORIGINS=https://app.example.com\n";
        for (existing, expected) in [
            ("KEY=x\nLEVEL=x\nCORS_ORIGINS=x\n", "left alone"),
            ("KEY_FILE=/x\nexport LEVEL = x\nCORS_ORIGINS='x'\n", "left alone"),
            ("LEVEL=x\nCORS_ORIGINS=x\n", "+\n# Make one: openssl rand -base64 64\nKEY=KEY64\n"),
            ("LEVEL=x\nCORS_ORIGINS=x\nKEY=", "+\n\n# Make one: openssl rand -base64 64\nKEY=KEY64\n"),
            ("KEY=x\nLEVEL=x\nCORS_ORIGINS=x\nKEY= # none\n", "+\n# Make one: openssl rand -base64 64\nKEY=KEY64\n"),
            ("KEY=x\r\nCORS_ORIGINS=x\r\n", "+\r\nLEVEL=info\r\n"),
            ("KEY=x\rCORS_ORIGINS=x\r", "+\rLEVEL=info\r"),
            ("KEY='\nLEVEL=no\n'\nCORS_ORIGINS=x\n", "+\nLEVEL=info\n"),
            ("KEY=x\nLEVEL=x\n", "+\nCORS_ORIGINS=http://localhost:3000\n"),
            ("", "+# Make one: openssl rand -base64 64\nKEY=KEY64\nLEVEL=info\nCORS_ORIGINS=http://localhost:3000\n"),
        ] {
            assert_eq!(dotenv(text(existing), EXAMPLE), expected, "{existing:?}");
        }
    }
}
