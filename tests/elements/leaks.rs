//! A canary in every value of an element appears in no output.

use std::fmt::Write as _;

use super::*;

const CANARY: &str = "CaNaRy7";

fn printed(outcome: &Result<Loaded<Settings>, Refusal>) -> String {
    let mut text = String::new();
    let (report, table, document) = match outcome {
        Ok(loaded) => {
            write!(text, "{loaded:?}{}", Loaded::manifest(loaded).to_json()).unwrap();
            (Loaded::report(loaded), Loaded::table(loaded), Loaded::to_json(loaded))
        }
        Err(refusal) => {
            write!(text, "{refusal}{refusal:?}").unwrap();
            (refusal.report(), refusal.table(), refusal.to_json())
        }
    };
    write!(text, "{report}{report:?}{table}{table:?}{document}").unwrap();
    text
}

#[test]
fn no_value_of_an_element_is_shown_wherever_it_is() {
    let names = [
        "UPSTREAMS__0__TRIES",
        "UPSTREAMS__0__ULR",
        "UPSTREAMS__X__URL",
        "UPSTREAMS__7__TRIES",
        "UPSTREAMS__0__ROUTES__0__PAHT",
        "TENANTS__ACME__KEY",
        "TENANTS__ACME__KEY_FILE",
        "TENANTS__ACME__TOKEN",
        "TENANTS__ACME__TOKEN_FILE",
        "TENANTS__acme__TOKEN",
        "TENANTS__TOKEN",
    ];
    for tier in ["production", "preview", "test", "development"] {
        for name in names {
            for value in [CANARY.to_owned(), format!("{KEY}{CANARY}"), format!(" \"{CANARY}"), format!("/{CANARY}")] {
                let environment = variables(&[("ENVIRONMENT", tier), (name, &value)]);
                let outcome = Loader::new().environment(environment).load::<Settings>();
                assert!(!printed(&outcome).contains(CANARY), "{tier} {name}: {}", printed(&outcome));
            }
        }
        for text in [
            format!("[tenants.acme]\ntoken = '{CANARY}'\n"),
            format!("[tenants.acme]\n{CANARY} = '{CANARY}'\n"),
            format!("[tenants.'{CANARY} x']\nregion = '{CANARY}'\n"),
            format!("tenants = '{CANARY}'\nupstreams = '{CANARY}'\n"),
            format!("tenants = ['{CANARY}']\nupstreams = ['{CANARY}']\n"),
            format!("[[upstreams]]\ntries = '{CANARY}'\nurl = ['{CANARY}', {{ a = '{CANARY}' }}]\n"),
        ] {
            let scratch = Scratch::new();
            scratch.file("hardened.toml", &text);
            let environment = variables(&[("ENVIRONMENT", tier)]).working_directory(scratch.path());
            let outcome = Loader::new().environment(environment).load::<Settings>();
            assert!(!printed(&outcome).contains(CANARY), "{tier} {text}: {}", printed(&outcome));
        }
    }
}
