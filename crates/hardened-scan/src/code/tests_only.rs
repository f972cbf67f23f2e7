//! Detection of code that only tests compile.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Item, Meta};

/// Returns whether attributes mark an item as compiled for tests only: `#[cfg(test)]`, `#[test]`, `#[tokio::test]`, `#[bench]`.
pub(crate) fn is_marked(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let last = attribute.path().segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        match &attribute.meta {
            Meta::List(list) if last == "cfg" => names_test(list.tokens.clone()),
            Meta::List(_) | Meta::Path(_) => {
                last.ends_with("_test")
                    || last.starts_with("test_")
                    || matches!(last.as_str(), "test" | "bench" | "rstest" | "quickcheck" | "proptest")
            }
            Meta::NameValue(_) => false,
        }
    })
}

/// Returns whether an item is compiled for tests only.
pub(super) fn is_of_tests(item: &Item) -> bool {
    is_marked(match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        _ => &[],
    })
}

/// Returns whether a condition names `test` or a feature for tests, and does not negate it.
fn names_test(tokens: TokenStream) -> bool {
    let mut is_negated = false;
    for token in tokens {
        match token {
            TokenTree::Ident(word) => {
                if word == "test" || word == "doctest" {
                    return true;
                }
                is_negated = word == "not";
            }
            TokenTree::Group(group) if !is_negated && names_test(group.stream()) => return true,
            TokenTree::Literal(literal) if names_tests(&literal.to_string()) => return true,
            _ => {}
        }
    }
    false
}

/// Returns whether the name of a feature is about tests: `test-util`, `testing`, but not `latest`.
fn names_tests(feature: &str) -> bool {
    feature.split(|symbol: char| !symbol.is_ascii_alphanumeric()).any(|word| word.starts_with("test"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_told_by_their_attributes() {
        for (attribute, expected) in [
            ("#[test]", true),
            ("#[tokio::test]", true),
            ("#[cfg(test)]", true),
            ("#[cfg(any(test, feature = \"x\"))]", true),
            ("#[cfg(feature = \"test-util\")]", true),
            ("#[wasm_bindgen_test]", true),
            ("#[test_log::test]", true),
            ("#[cfg(feature = \"latest\")]", false),
            ("#[cfg(not(test))]", false),
            ("#[cfg(unix)]", false),
            ("#[derive(Debug)]", false),
            ("#[doc = \"test\"]", false),
        ] {
            let item: syn::ItemFn = syn::parse_str(&format!("{attribute} fn f() {{}}")).unwrap();
            assert_eq!(is_marked(&item.attrs), expected, "{attribute}");
        }
    }
}
