//! Elements in variables, `.env`, and secret files.

use super::*;

#[test]
fn a_malformed_name_of_an_element_is_refused_with_what_to_write() {
    for (name, expected) in [
        ("UPSTREAMS__URL", "does not name a setting of an element"),
        ("UPSTREAMS__0", "does not name a setting of an element"),
        ("UPSTREAMS__", "does not name a setting of an element"),
        ("UPSTREAMS____URL", "the part for the element must be a number, counted from 0"),
        ("UPSTREAMS__0__", "no setting of an element has this name"),
        ("UPSTREAMS__0___URL", "no setting of an element has this name"),
        ("UPSTREAMS__0____URL", "no setting of an element has this name"),
        ("UPSTREAMS__0__URL__", "no setting of an element has this name"),
        ("UPSTREAMS___0__URL", "the part for the element must be a number, counted from 0"),
        ("UPSTREAMS__00__URL", "the part for the element must be a number, counted from 0"),
        ("UPSTREAMS__+0__URL", "the part for the element must be a number, counted from 0"),
        ("UPSTREAMS__-1__URL", "the part for the element must be a number, counted from 0"),
        ("UPSTREAMS__1e3__URL", "the part for the element must be a number, counted from 0"),
        ("UPSTREAMS__4294967296__URL", "the part for the element must be a number, counted from 0"),
        ("UPSTREAMS__ONE__URL", "the part for the element must be a number, counted from 0"),
        ("UPSTREAMS__0__ULR", "no setting of an element has this name"),
        ("UPSTREAMS__0__URL_FILE", "no setting of an element has this name"),
        ("UPSTREAMS__0__url", "no setting of an element has this name"),
        ("UPSTREAMS__0__ROUTES__PATH", "does not name a setting of an element"),
        ("Upstreams__0__Url", "the name must be in capital letters"),
        ("upstreams__0__url", "the name must be in capital letters"),
        ("TENANTS__acme__REGION", "the key must be in capital letters"),
        ("TENANTS____REGION", "the part for the key must be"),
        ("TENANTS___ACME__REGION", "the part for the key must be"),
        ("TENANTS__ACME___REGION", "no setting of an element has this name"),
        ("TENANTS__ACME-EU__REGION", "the key must be in capital letters"),
        ("TENANTS__MÜNCHEN__REGION", "the part for the key must be"),
    ] {
        // The first element is complete, so that the name is the only mistake.
        let others = [
            ("UPSTREAMS__0__URL", "http://one.internal"),
            ("UPSTREAMS__0__ROUTES__0__PATH", "/"),
            ("TENANTS__ACME__REGION", "eu"),
            (name, "CaNaRy"),
        ];
        let found = errors::<Settings>(variables(&others));
        assert!(
            found.iter().any(|it| it.starts_with("setting-unknown") && it.contains(expected)),
            "{name}: {found:#?}"
        );
        assert!(found.iter().all(|it| !it.contains("CaNaRy")), "{found:#?}");
        // A blank variable counts as unset.
        let blank = [&others[..3], &[(name, " ")]].concat();
        drop(accepted::<Settings>(variables(&blank)));
    }
}

#[test]
fn similar_names_of_other_programs_are_ignored() {
    let others =
        [("UPSTREAMS", "x"), ("UPSTREAMS_0_URL", "x"), ("UPSTREAMS_PORT", "tcp://10.0.0.1:80"), ("TENANT__A__B", "x")];
    assert!(accepted::<Settings>(variables(&others)).upstreams.is_empty());
}

#[test]
fn a_name_that_is_not_unicode_is_reported_if_it_begins_like_an_element() {
    use std::{ffi::OsString, os::unix::ffi::OsStringExt};

    let name = |text: &[u8]| OsString::from_vec(text.to_vec());
    let environment = Environment::empty().set(name(b"UPSTREAMS__\xff__URL"), "x").set(name(b"OTHER__\xff"), "x");
    assert_eq!(
        errors::<Settings>(environment),
        [
            "setting-unknown · UPSTREAMS · upstreams · prohibited: a variable that begins with UPSTREAMS__ and is not Unicode text"
        ]
    );
}

#[test]
fn a_misspelt_setting_names_the_one_that_was_meant() {
    let refusal = Loader::new()
        .environment(variables(&[("TENANTS__ACME__REGIN", "eu"), ("TENANTS__ACME__REGION", "eu")]))
        .load::<Settings>()
        .unwrap_err();
    let finding = &refusal.report().findings()[0];
    assert_eq!(
        (finding.subject(), finding.remedy().as_str()),
        ("TENANTS__ACME__REGIN", "correct it to TENANTS__ACME__REGION")
    );
}

#[test]
fn a_variable_of_another_program_can_be_waived() {
    let environment = variables(&[("TENANTS__CACHE", "x")]);
    let loader = Loader::new().environment(environment).waive(
        hardened::rule::SETTING_UNKNOWN,
        "TENANTS__CACHE",
        "belongs to the sidecar",
    );
    assert!(loader.load::<Settings>().unwrap().tenants.is_empty());
}

#[test]
fn secrets_of_elements_come_from_variables_files_and_secret_directories() {
    let scratch = Scratch::new();
    let file = scratch.file("elsewhere/token", format!("{TOKEN}\n"));
    let secrets = scratch.path().join("secrets");
    for name in ["tenants__acme__key", "tenants--globex--token", "TENANTS__INITECH__TOKEN"] {
        scratch.file(&format!("secrets/{name}"), format!("{}{name}", if name.contains("key") { KEY } else { TOKEN }));
    }
    for stranger in ["tenants__other", "tenants__acme__region", "tenants__acme__colour", "something"] {
        scratch.file(&format!("secrets/{stranger}"), "x");
    }
    scratch.file(
        "hardened.toml",
        "[tenants.acme]\nregion='eu'\n[tenants.globex]\nregion='us'\n[tenants.Initech]\nregion='us'\n",
    );
    let environment = variables(&[("ENVIRONMENT", "test"), ("TENANTS__ACME__TOKEN_FILE", file.to_str().unwrap())]);
    let loader = Loader::new().environment(environment.working_directory(scratch.path())).secret_directory(secrets);
    let settings = loader.load::<Settings>().unwrap();
    assert_eq!(settings.tenants.keys().collect::<Vec<_>>(), ["Initech", "acme", "globex"]);
    assert_eq!(settings.tenants["acme"].token.as_ref().unwrap().expose_text(), TOKEN);
    assert!(settings.tenants["acme"].key.is_some());
    assert!(settings.tenants["globex"].token.is_some() && settings.tenants["Initech"].token.is_some());
}

#[test]
fn a_secret_file_alone_makes_an_element() {
    let scratch = Scratch::new();
    scratch.file("tenants__acme__token", TOKEN);
    let loader = Loader::new().environment(variables(&[("ENVIRONMENT", "test")])).secret_directory(scratch.path());
    let refusal = loader.load::<Settings>().unwrap_err();
    assert!(refusal.report().refuses("setting-missing", "TENANTS__ACME__REGION"), "{refusal}");
}

#[test]
fn dotenv_has_elements_in_development_and_test_only() {
    let scratch = Scratch::new();
    scratch.file(".env", "UPSTREAMS__0__URL=http://one.internal\nTENANTS__ACME__REGION=eu\nTENANTS__GLOBEX__REGION=\n");
    let environment = |tier: &str| variables(&[("ENVIRONMENT", tier)]).working_directory(scratch.path());
    let settings = accepted::<Settings>(environment("test"));
    assert_eq!((urls(&settings), settings.tenants.len()), (vec!["http://one.internal"], 1));
    assert!(!Loaded::report(&settings).has("dotenv-foreign", ".env"));
    assert!(accepted::<Settings>(environment("production")).upstreams.is_empty());
    scratch.file(".env", "UPSTREAMS__0__ULR=x\n");
    let found = errors::<Settings>(environment("test"));
    let place = format!("{}:1", scratch.path().join(".env").display());
    assert!(
        found.iter().any(|it| it.starts_with("setting-unknown · UPSTREAMS__0__ULR") && it.ends_with(&place)),
        "{found:#?}"
    );
}

#[test]
fn code_and_arguments_set_elements() {
    let loader = Loader::new()
        .environment(variables(&[("UPSTREAMS__0__URL", "http://one.internal"), ("TENANTS__ACME_EU__REGION", "eu")]))
        .set("upstreams.0.tries", 9)
        .set("upstreams.1.url", "http://two.internal")
        .argument_for("--region", "tenants.acme-eu.region", Some("us"));
    let settings = loader.load::<Settings>().unwrap();
    assert_eq!((settings.upstreams[0].tries, settings.upstreams[1].url.as_str()), (9, "http://two.internal"));
    assert_eq!(settings.tenants["acme-eu"].region, "us");
    for (path, code, subject) in [
        ("upstreams.0.prot", "setting-unknown", "upstreams.0.prot"),
        ("upstreams.url", "setting-unknown", "upstreams.url"),
        ("tenants.acme.token", "secret-in-code", "TENANTS__ACME__TOKEN"),
    ] {
        let refusal = Loader::new().environment(Environment::empty()).set(path, TOKEN).load::<Settings>().unwrap_err();
        assert!(refusal.report().refuses(code, subject), "{path}: {refusal}");
    }
}

#[test]
fn a_child_process_inherits_no_secret_of_an_element() {
    let mut command = std::process::Command::new("true");
    for name in ["TENANTS__ACME__TOKEN", "TENANTS__B__KEY_FILE", "APPSETTING_TENANTS__C__KEY", "TENANTS__ACME__REGION"]
    {
        command.env(name, "x");
    }
    Settings::SCHEMA.scrub(&mut command);
    let kept: Vec<_> = command.get_envs().filter(|(_, value)| value.is_some()).map(|(name, _)| name).collect();
    assert_eq!(kept, ["TENANTS__ACME__REGION"]);
}
