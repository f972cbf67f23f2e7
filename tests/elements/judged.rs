//! Gaps, bounds, repeated keys, and a large number of elements.

use super::*;

#[derive(Debug, Config)]
struct Bounded {
    #[config(nested, min = 1, max = 3)]
    routes: Vec<Route>,
}

#[derive(Debug, Config)]
struct AtLeastTwo {
    #[config(nested, min = 2)]
    tenants: BTreeMap<String, Tenant>,
}

#[test]
fn a_list_has_no_gap() {
    for (numbers, expected) in [
        (&[1][..], "element 0 is missing, but element 1 is set"),
        (&[0, 2], "element 1 is missing, but element 2 is set"),
        (&[0, 1, 3, 7], "element 2 is missing, but element 3 is set"),
        (&[1_000_000_000], "element 0 is missing, but element 1000000000 is set"),
        (&[4_294_967_295], "element 0 is missing, but element 4294967295 is set"),
    ] {
        let all: Environment = numbers.iter().map(|number: &u32| (format!("UPSTREAMS__{number}__URL"), "x")).collect();
        let expected = format!("setting-elements · UPSTREAMS · upstreams · malformed: {expected}");
        assert_eq!(errors::<Settings>(all), [expected], "{numbers:?}");
    }
    let shuffled: Environment = [10, 2, 0, 1, 3, 9, 4, 5, 8, 7, 6]
        .map(|number| (format!("UPSTREAMS__{number}__URL"), number.to_string()))
        .into_iter()
        .collect();
    let settings = accepted::<Settings>(shuffled);
    assert_eq!(urls(&settings), ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
}

#[test]
fn variables_continue_a_list_of_the_file_without_a_gap() {
    let text = "[[upstreams]]\nurl = 'a'\n[[upstreams]]\nurl = 'b'\n";
    let settings = accepted_in_toml::<Settings>(text, &[("UPSTREAMS__2__URL", "c"), ("UPSTREAMS__0__TRIES", "9")]);
    assert_eq!((urls(&settings), settings.upstreams[0].tries), (vec!["a", "b", "c"], 9));
    let found = errors_in_toml::<Settings>(text, &[("UPSTREAMS__3__URL", "d")]);
    assert_eq!(
        found,
        ["setting-elements · UPSTREAMS · upstreams · malformed: element 2 is missing, but element 3 is set"]
    );
}

#[test]
fn a_list_has_as_many_elements_as_its_bounds_allow() {
    let routes = |count: u8| (0..count).map(|number| (format!("ROUTES__{number}__PATH"), "/")).collect::<Environment>();
    assert_eq!(
        errors::<Bounded>(routes(0)),
        ["setting-missing · ROUTES__0__PATH · routes.0.path · missing: no element of ROUTES; must be at least 1"]
    );
    for count in 1..=3 {
        assert_eq!(accepted::<Bounded>(routes(count)).routes.len(), usize::from(count));
    }
    assert_eq!(
        errors::<Bounded>(routes(4)),
        ["setting-elements · ROUTES · routes · malformed: the number of elements is 4; must be at most 3"]
    );
    assert_eq!(
        errors::<AtLeastTwo>(variables(&[("TENANTS__ACME__REGION", "eu")])),
        ["setting-elements · TENANTS · tenants · malformed: the number of elements is 1; must be at least 2"]
    );
    assert_eq!(
        errors_in_toml::<Bounded>("routes = []\n", &[]),
        ["setting-missing · ROUTES__0__PATH · routes.0.path · missing: no element of ROUTES; must be at least 1"]
    );
}

#[test]
fn nothing_is_called_missing_that_could_be_in_a_broken_file() {
    let found = errors_in_toml::<Bounded>("[[routes]\npath = '/'\n", &[]);
    assert!(found.iter().all(|it| it.starts_with("source-malformed")), "{found:#?}");
    let found = errors_in_toml::<Settings>("x = \n", &[("UPSTREAMS__3__URL", "d")]);
    assert!(found.iter().all(|it| it.starts_with("source-malformed")), "{found:#?}");
}

#[test]
fn one_key_in_two_tenants_is_reported_with_both_names() {
    let both = [
        ("TENANTS__ACME__REGION", "eu"),
        ("TENANTS__ACME__KEY", KEY),
        ("TENANTS__GLOBEX__REGION", "us"),
        ("TENANTS__GLOBEX__KEY", KEY),
    ];
    assert_eq!(
        errors::<Settings>(variables(&both)),
        [
            "secret-repeated · TENANTS__GLOBEX__KEY · tenants.globex.key · weak: the same key as TENANTS__ACME__KEY · variable TENANTS__GLOBEX__KEY"
        ]
    );
}

#[test]
fn one_ring_in_two_elements_is_reported_too() {
    #[derive(Debug, Config)]
    struct Rings {
        #[config(nested)]
        realms: Vec<Realm>,
    }
    #[derive(Debug, Config)]
    #[allow(dead_code, reason = "only judged")]
    struct Realm {
        ring: hardened::secret::KeyRing,
    }
    let ring = format!("1:{KEY}");
    let found = errors::<Rings>(variables(&[("REALMS__0__RING", &ring), ("REALMS__1__RING", &ring)]));
    assert!(found.len() == 1 && found[0].starts_with("secret-repeated · REALMS__1__RING"), "{found:#?}");
}

#[test]
fn a_weak_key_and_a_missing_setting_of_an_element_are_reported_with_its_name() {
    let found = errors::<Settings>(variables(&[("TENANTS__ACME__KEY", "short"), ("TENANTS__ACME__TOKEN", "changeme")]));
    let codes: Vec<_> = found.iter().map(|it| it.split(" · ").take(2).collect::<Vec<_>>().join(" ")).collect();
    for expected in [
        "setting-missing TENANTS__ACME__REGION",
        "secret-too-short TENANTS__ACME__KEY",
        "secret-placeholder TENANTS__ACME__TOKEN",
    ] {
        assert!(codes.iter().any(|code| code == expected), "{expected}: {codes:#?}");
    }
}

#[test]
fn a_thousand_elements_are_read_from_each_source() {
    let all: Environment = (0..1000)
        .flat_map(|number| {
            [
                (format!("UPSTREAMS__{number}__URL"), number.to_string()),
                (format!("TENANTS__T{number}__REGION"), "eu".into()),
            ]
        })
        .collect();
    let settings = accepted::<Settings>(all);
    assert_eq!((settings.upstreams.len(), settings.tenants.len()), (1000, 1000));
    assert!((0..1000).all(|number| settings.upstreams[number].url == number.to_string()));
    let text: String = (0..1000)
        .map(|number| format!("[[upstreams]]\nurl = '{number}'\n[tenants.t{number}]\nregion = 'eu'\n"))
        .collect();
    let settings = accepted_in_toml::<Settings>(&text, &[]);
    assert_eq!((settings.upstreams.len(), settings.tenants.len()), (1000, 1000));
    // A thousand broken elements are counted, although only a hundred are shown.
    let text: String = (0..1000).map(|_| "[[upstreams]]\ntries = 1\n").collect();
    let refusal = {
        let scratch = Scratch::new();
        scratch.file("hardened.toml", text);
        Loader::new()
            .environment(Environment::empty().working_directory(scratch.path()))
            .load::<Settings>()
            .unwrap_err()
    };
    assert!(
        refusal.to_string().contains("1,000 problems") || refusal.to_string().contains("1000 problems"),
        "{refusal}"
    );
}
