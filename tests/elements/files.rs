//! Elements in `hardened.toml`.

use super::*;

#[test]
fn a_value_in_place_of_a_list_or_a_map_is_reported_with_its_place() {
    for (text, expected) in [
        (
            "[upstreams]\nurl = 'x'\n",
            "source-malformed · upstreams ·  · malformed: upstreams is a list of groups; must be an array of tables · hardened.toml:1:2",
        ),
        (
            "upstreams = 'x'\n",
            "source-malformed · upstreams ·  · malformed: upstreams is a list of groups; must be an array of tables · hardened.toml:1:1",
        ),
        (
            "upstreams = ['x']\n",
            "source-malformed · upstreams ·  · malformed: an element of upstreams is not a table · hardened.toml:1:1",
        ),
        (
            "[[tenants]]\nregion = 'x'\n",
            "source-malformed · tenants ·  · malformed: tenants is a map of groups; must be a table of tables · hardened.toml:1:3",
        ),
        (
            "[tenants]\nregion = 'x'\n",
            "source-malformed · tenants ·  · malformed: an element of tenants is not a table · hardened.toml:2:1",
        ),
    ] {
        assert_eq!(errors_in_toml::<Settings>(text, &[]), [expected], "{text}");
    }
}

#[test]
fn a_finding_in_an_element_has_its_key_its_line_and_its_column() {
    let text = "[[upstreams]]\nurl = 'http://one.internal'\n[[upstreams]]\nurl = 'x'\ntries = 'CaNaRy'\nprot = 1\n\
                [tenants.acme]\nregion = 'eu'\n[tenants.acme.extra]\nx = 1\n";
    assert_eq!(
        errors_in_toml::<Settings>(text, &[]),
        [
            "source-unknown-key · hardened.toml ·  · prohibited: a key that is not shown does not belong to a setting · hardened.toml:9:15",
            "source-unknown-key · hardened.toml ·  · prohibited: a key that is not shown does not belong to a setting · hardened.toml:6:1",
            "setting-malformed · UPSTREAMS__1__TRIES · upstreams.1.tries · malformed: must be a whole number from 0 to 255 · hardened.toml:5:9",
        ]
    );
}

#[test]
fn a_secret_in_an_element_is_never_read_from_the_file() {
    for (text, line) in [
        (format!("[tenants.acme]\nregion = 'eu'\ntoken = '{TOKEN}'\n"), 3),
        (format!("[production.tenants.acme-eu]\nregion = 'eu'\ntoken = '{TOKEN}'\n"), 3),
        (format!("[test.tenants.acme]\ntoken = '{TOKEN}'\n"), 2),
        (format!("tenants = {{ acme = {{ region = 'eu', token = '{TOKEN}' }} }}\n"), 1),
        (format!("[[tenants]]\ntoken = '{TOKEN}'\n"), 2),
        (format!("[other.tenants.acme]\ntoken = '{TOKEN}'\n"), 2),
    ] {
        let found = errors_in_toml::<Settings>(&text, &[]);
        let is_told = |it: &String| it.starts_with("secret-in-file") && it.contains(&format!("hardened.toml:{line}:"));
        assert!(found.iter().any(is_told), "{text}: {found:#?}");
        assert!(found.iter().all(|it| !it.contains(TOKEN)), "{found:#?}");
    }
    let found = errors_in_toml::<Settings>("[tenants.acme-eu]\nregion = 'eu'\ntoken = 'x'\n", &[]);
    assert_eq!(
        found,
        [
            "secret-in-file · TENANTS__ACME_EU__TOKEN · tenants.acme-eu.token · insecure: a declared secret in a configuration file · hardened.toml:3:1"
        ]
    );
}

#[test]
fn a_secret_of_an_element_is_named_by_the_key_in_the_file_wherever_it_is() {
    #[derive(Debug, Config)]
    struct Both {
        #[config(nested)]
        tenants: BTreeMap<String, Tenant>,
        #[config(nested)]
        peers: Vec<Peer>,
    }
    #[derive(Debug, Config)]
    #[expect(dead_code, reason = "loaded, not read")]
    struct Peer {
        token: Option<SecretText>,
    }
    for (text, expected) in [
        ("[other.tenants.acme-eu]\ntoken = 'CaNaRy'\n", "TENANTS__ACME_EU__TOKEN · tenants.acme-eu.token · 2:1"),
        ("[tenants.acme.extra]\ntoken = 'CaNaRy'\n", "TENANTS__ACME__TOKEN · tenants.acme.token · 2:1"),
        ("[prodution.tenants.acme]\nTOKEN = 'CaNaRy'\n", "TENANTS__ACME__TOKEN · tenants.acme.token · 2:1"),
        (
            "[tenants.'api.example.com'.extra]\ntoken = 'CaNaRy'\n",
            "TENANTS__API_EXAMPLE_COM__TOKEN · tenants.\"api.example.com\".token · 2:1",
        ),
        ("[other.tenants.tenants]\ntoken = 'CaNaRy'\n", "TENANTS__TENANTS__TOKEN · tenants.tenants.token · 2:1"),
        ("[[other.peers]]\n[[other.peers]]\ntoken = 'CaNaRy'\n", "PEERS__1__TOKEN · peers.1.token · 3:1"),
        ("peers = [1, { token = 'CaNaRy' }]\n", "PEERS__1__TOKEN · peers.1.token · 1:15"),
        ("TENANTS__ACME__TOKEN = 'CaNaRy'\n", "TENANTS__ACME__TOKEN · tenants.*.token · 1:1"),
        ("[other]\ntenants--acme--token = 'CaNaRy'\n", "TENANTS__ACME__TOKEN · tenants.*.token · 2:1"),
        // The file has no key, or one that may not be shown.
        ("[other.tenants]\ntoken = 'CaNaRy'\n", "TENANTS__NAME__TOKEN · tenants.*.token · 2:1"),
        ("[tenants.'acme corp']\ntoken = 'CaNaRy'\n", "TENANTS__NAME__TOKEN · tenants.*.token · 2:1"),
        (
            "[other.tenants.sk_live_4eC39HqLyjWDarjtT1zdp7dc]\ntoken = 'CaNaRy'\n",
            "TENANTS__NAME__TOKEN · tenants.*.token · 2:1",
        ),
    ] {
        let found = errors_in_toml::<Both>(text, &[]);
        let secrets: Vec<_> = found.iter().filter_map(|it| it.strip_prefix("secret-in-file · ")).collect();
        let expected = expected.rsplit_once(" · ").unwrap();
        let [told] = secrets[..] else { panic!("{text}: {found:#?}") };
        assert!(told.starts_with(expected.0) && told.ends_with(expected.1), "{text}: {told}");
        assert!(found.iter().all(|it| !it.contains("CaNaRy") && !it.contains("sk_live")), "{found:#?}");
    }
}

#[test]
fn a_key_that_no_variable_can_name_is_refused_without_showing_it() {
    for key in ["'acme corp'", "'münchen'", "acme--eu", "acme_", "''", "'sk_live_4eC39HqLyjWDarjtT1zdp7dc'"] {
        let text = format!("[tenants.{key}]\nregion = 'eu'\n");
        let found = errors_in_toml::<Settings>(&text, &[]);
        assert_eq!(found.len(), 1, "{key}: {found:#?}");
        assert!(
            found[0].starts_with("source-malformed · tenants ·  · malformed: a key of tenants is not shown"),
            "{found:#?}"
        );
        assert!(!found[0].contains("sk_live") && found[0].ends_with("hardened.toml:1:10"), "{found:#?}");
    }
}

#[test]
fn a_key_may_be_the_name_of_a_host_or_an_identifier() {
    let text =
        "[tenants.'api.example.com']\nregion = 'eu'\n[tenants.3f2504e0-4f89-11d3-9a0c-0305e82c3301]\nregion = 'us'\n";
    let settings = accepted_in_toml::<Settings>(text, &[("TENANTS__API_EXAMPLE_COM__TOKEN", TOKEN)]);
    assert_eq!(settings.tenants["api.example.com"].region, "eu");
    assert!(settings.tenants["api.example.com"].token.is_some());
    let paths: Vec<_> = Loaded::table(&settings).rows().iter().map(hardened::report::Row::path).collect();
    assert!(paths.contains(&"tenants.\"api.example.com\".region".to_owned()), "{paths:#?}");
}

#[test]
fn keys_that_a_variable_cannot_tell_apart_are_refused() {
    for (text, key) in [
        ("[tenants.acme]\nregion = 'a'\n[tenants.ACME]\nregion = 'b'\n", "acme"),
        ("[tenants.acme-eu]\nregion = 'a'\n[tenants.acme_eu]\nregion = 'b'\n", "acme_eu"),
        ("[tenants.acme]\nregion = 'a'\n[production.tenants.Acme]\nregion = 'b'\n", "Acme"),
    ] {
        let found = errors_in_toml::<Settings>(text, &[]);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].starts_with(&format!("setting-elements · {key} · tenants · ")), "{found:#?}");
    }
}
