//! Every source makes a setting present.

use super::*;

fn without(name: &str) -> Environment {
    complete(Tier::Production).unset(name)
}

#[test]
fn a_file_that_a_variable_names_makes_it_present() {
    let scratch = Scratch::new();
    for (name, value) in [FIELDS[0], FIELDS[5]] {
        let path = scratch.file(name, value);
        let loaded = accepted::<Settings>(without(name).set(format!("{name}_FILE"), path));
        assert!(loaded.sentry_dsn.is_some() && loaded.database.is_some(), "{name}");
        let refusal = refused::<Settings>(without(name).set(format!("{name}_FILE"), "/no/such/file"));
        assert_eq!(told(refusal.report()), [("file-missing", name)]);
    }
}

#[test]
fn a_secret_directory_makes_it_present() {
    let scratch = Scratch::new();
    for (name, value) in [FIELDS[0], FIELDS[5]] {
        scratch.file(&format!("{name}/{}", name.to_lowercase()), value);
        let directory = scratch.path().join(name);
        let loaded = accepted::<Settings>(without(name).set("CREDENTIALS_DIRECTORY", directory));
        assert!(loaded.sentry_dsn.is_some() && loaded.database.is_some(), "{name}");
    }
}

#[test]
fn a_database_in_pieces_is_present() {
    let pieces = [("PGHOST", "db.example.com"), ("PGUSER", "app"), ("PGPASSWORD", "8sd7f6asd5"), ("PGDATABASE", "a")];
    let all = pieces.iter().fold(without("DATABASE_URL"), |environment, (name, value)| environment.set(*name, *value));
    assert!(accepted::<Settings>(all.clone()).database.is_some());
    let refusal = refused::<Settings>(all.unset("PGUSER"));
    assert_eq!(told(refusal.report()), [("setting-missing", "PGUSER")]);
}

#[test]
fn one_variable_of_the_group_makes_the_rest_missing_in_every_tier() {
    for at in Tier::ALL {
        let refusal = refused::<Settings>(complete(at).unset("DATABASE_URL").set("DATABASE_POOL_MAX", "5"));
        assert_eq!(told(refusal.report()), [("secret-missing", "DATABASE_URL")], "{at}");
    }
}

#[test]
fn a_set_value_is_checked_in_every_tier() {
    let environment = tier(Tier::Development).set("SIGNING_KEY", "short");
    assert!(refused::<Settings>(environment).report().refuses("secret-too-short", "SIGNING_KEY"));
}

#[cfg(feature = "files")]
mod files {
    use super::*;

    #[derive(Debug, Config)]
    struct Plain {
        #[config(required_in_production)]
        region: Option<String>,
        #[config(nested, required_in_production)]
        mail: Option<Mail>,
    }

    #[derive(Debug, Config)]
    struct Mail {
        mail_password: SecretText,
        mail_host: String,
    }

    fn beside(scratch: &Scratch, text: &str) -> Environment {
        scratch.file("hardened.toml", text);
        production().working_directory(scratch.path())
    }

    #[test]
    fn a_configuration_file_makes_it_present() {
        let scratch = Scratch::new();
        let environment = beside(&scratch, "region = 'eu'\n[production.mail]\nmail_host = 'mx'\n");
        assert_eq!(told(refused::<Plain>(environment).report()), [("secret-missing", "MAIL_PASSWORD")]);
    }

    #[test]
    fn nothing_is_called_absent_that_could_be_in_a_broken_file() {
        let scratch = Scratch::new();
        let refusal = refused::<Plain>(beside(&scratch, "region = \n"));
        let codes: Vec<_> = refusal.report().findings().iter().map(hardened::finding::Finding::code).collect();
        assert_eq!(codes, ["source-malformed"], "{refusal}");
    }

    #[test]
    fn a_dotenv_makes_it_present_in_development_and_not_in_production() {
        let scratch = Scratch::new();
        scratch.file(".env", "REGION=eu\nMAIL_HOST=mx\nMAIL_PASSWORD=kRr5-ttGw-93Lq\n");
        let at = |at| tier(at).working_directory(scratch.path());
        let loaded = accepted::<Plain>(at(Tier::Development));
        assert!(loaded.region.is_some() && loaded.mail.is_some());
        let refusal = refused::<Plain>(at(Tier::Production));
        let absent = [("setting-absent", "REGION"), ("setting-absent", "MAIL_PASSWORD"), ("dotenv-ignored", ".env")];
        assert_eq!(told(refusal.report()), absent);
    }
}
