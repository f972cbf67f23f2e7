//! Collects the constants and functions of a file whose values are known texts.

use std::collections::HashSet;

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::{File, visit::Visit};

use super::{
    known::Known,
    literal::{of_function, texts},
    tests_only,
};

/// Collects the known names of a file. Two passes, so that a constant can refer to another one.
pub(super) fn known(file: &File) -> Known {
    let read = |known: &Known| {
        let mut collected = Collected { all: Known::default(), known };
        collected.visit_file(file);
        collected.all
    };
    read(&read(&Known::default()))
}

struct Collected<'k> {
    all: Known,
    /// What the previous pass found.
    known: &'k Known,
}

impl Collected<'_> {
    /// Records a function or macro that takes the name of a variable and a fallback.
    fn reader(&mut self, name: &Ident, words: &Words) {
        if words.read_with_fall_back() {
            self.all.readers.insert(name.to_string());
        }
    }
}

impl Visit<'_> for Collected<'_> {
    fn visit_item(&mut self, item: &syn::Item) {
        if tests_only::is_of_tests(item) {
            return;
        }
        match item {
            syn::Item::Const(item) => {
                drop(self.all.constants.insert(item.ident.to_string(), texts(&item.expr, self.known)))
            }
            syn::Item::Static(item) => {
                drop(self.all.constants.insert(item.ident.to_string(), texts(&item.expr, self.known)))
            }
            // A function with one argument counts too, because that may be the error, as in `unwrap_or_else`.
            syn::Item::Fn(item) if item.sig.inputs.len() <= 1 => {
                drop(self.all.functions.insert(item.sig.ident.to_string(), of_function(&item.block, self.known)));
            }
            syn::Item::Fn(item) => {
                let mut words = Words::default();
                words.visit_block(&item.block);
                self.reader(&item.sig.ident, &words);
            }
            syn::Item::Macro(syn::ItemMacro { ident: Some(name), mac, .. }) => {
                let mut words = Words::default();
                words.add(mac.tokens.clone());
                self.reader(name, &words);
            }
            _ => {}
        }
        syn::visit::visit_item(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &syn::ImplItemFn) {
        if item.sig.inputs.is_empty() {
            let texts = of_function(&item.block, self.known);
            self.all.functions.entry(item.sig.ident.to_string()).or_insert(texts);
        }
        syn::visit::visit_impl_item_fn(self, item);
    }

    fn visit_impl_item_const(&mut self, item: &syn::ImplItemConst) {
        self.all.constants.insert(item.ident.to_string(), texts(&item.expr, self.known));
    }
}

/// The identifiers in a piece of code.
#[derive(Default)]
struct Words(HashSet<String>);

impl Words {
    fn add(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Ident(word) => drop(self.0.insert(word.to_string())),
                TokenTree::Group(group) => self.add(group.stream()),
                _ => {}
            }
        }
    }

    /// Returns whether the code reads a variable and uses a fallback if it is not set.
    fn read_with_fall_back(&self) -> bool {
        let has = |wanted: &[&str]| wanted.iter().any(|word| self.0.contains(*word));
        has(&["var", "var_os"]) && has(&["map_or", "map_or_else", "or", "or_else", "unwrap_or", "unwrap_or_else"])
    }
}

impl Visit<'_> for Words {
    fn visit_ident(&mut self, word: &Ident) {
        self.0.insert(word.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_and_functions_of_the_file_are_known() {
        let file = syn::parse_str(
            "const E: &str = A; const A: &str = \"one\"; fn b() -> String { \"two\".into() } mod c { static D: &str = \"three\"; }",
        )
        .unwrap();
        let known = known(&file);
        for (code, expected) in
            [("A", "one"), ("E", "one"), ("A.to_string()", "one"), ("b()", "two"), ("b", "two"), ("c::D", "three")]
        {
            let found = texts(&syn::parse_str(code).unwrap(), &known);
            assert_eq!(found.iter().map(|text| text.text.as_str()).collect::<Vec<_>>(), [expected], "{code}");
        }
    }
}
