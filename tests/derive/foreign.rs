//! Settings whose types come from other crates.

use super::*;

/// A type that this library knows nothing about.
#[derive(Debug, PartialEq)]
struct Celsius(i32);

impl std::str::FromStr for Celsius {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse().map(Self).map_err(|_| format!("not a temperature: {text}"))
    }
}

#[derive(Debug, Config)]
struct Settings {
    #[config(parse)]
    one: Celsius,
    #[config(parse)]
    maybe: Option<Celsius>,
    #[config(parse, default = [1, 2])]
    list: Vec<Celsius>,
    #[config(parse)]
    lists: Option<Vec<Celsius>>,
    #[config(deserialize)]
    address: IpAddr,
    #[config(deserialize)]
    addresses: Option<Vec<IpAddr>>,
}

#[test]
fn a_foreign_type_is_also_read_in_lists_and_options() {
    let it = accepted::<Settings>(&[
        ("ONE", "21"),
        ("LISTS", "3, 4"),
        ("ADDRESS", "::1"),
        ("ADDRESSES", "10.0.0.1,10.0.0.2"),
    ]);
    assert_eq!((&it.one, &it.maybe), (&Celsius(21), &None));
    assert_eq!(
        (it.list.as_slice(), it.lists.as_deref()),
        (&[Celsius(1), Celsius(2)][..], Some(&[Celsius(3), Celsius(4)][..]))
    );
    assert_eq!((it.address.is_ipv6(), it.addresses.as_ref().map(Vec::len)), (true, Some(2)));
}

#[test]
fn the_error_message_of_a_foreign_type_is_not_passed_on() {
    let refusal = refused::<Settings>(&[("ONE", "hunter2"), ("LISTS", "1,hunter2"), ("ADDRESS", "hunter2")]);
    let malformed = ["ONE", "LISTS", "ADDRESS"].map(|name| ("setting-malformed", name));
    assert_eq!(findings(&refusal), malformed);
    assert!(!format!("{refusal} {refusal:?}").contains("hunter2"));
}
