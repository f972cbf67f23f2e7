//! Finds the constants and the functions of a file that are texts.

use syn::{File, visit::Visit};

use super::{
    known::Known,
    literal::{of_block, texts},
    tests_only,
};

/// Reads a file. A constant that is another constant is not followed.
pub(super) fn known(file: &File) -> Known {
    let mut collected = Collected(Known::default());
    collected.visit_file(file);
    collected.0
}

struct Collected(Known);

impl Visit<'_> for Collected {
    fn visit_item(&mut self, item: &syn::Item) {
        match item {
            syn::Item::Const(item) => {
                drop(self.0.constants.insert(item.ident.to_string(), texts(&item.expr, &Known::default())))
            }
            syn::Item::Static(item) => {
                drop(self.0.constants.insert(item.ident.to_string(), texts(&item.expr, &Known::default())))
            }
            syn::Item::Fn(item) if item.sig.inputs.is_empty() => {
                drop(self.0.functions.insert(item.sig.ident.to_string(), of_block(&item.block, &Known::default())));
            }
            syn::Item::Mod(item) if tests_only::is_marked(&item.attrs) => return,
            _ => {}
        }
        syn::visit::visit_item(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &syn::ImplItemFn) {
        if item.sig.inputs.is_empty() {
            let texts = of_block(&item.block, &Known::default());
            self.0.functions.entry(item.sig.ident.to_string()).or_insert(texts);
        }
        syn::visit::visit_impl_item_fn(self, item);
    }

    fn visit_impl_item_const(&mut self, item: &syn::ImplItemConst) {
        self.0.constants.insert(item.ident.to_string(), texts(&item.expr, &Known::default()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_and_functions_of_the_file_are_known() {
        let file = syn::parse_str(
            "const A: &str = \"one\"; fn b() -> String { \"two\".into() } mod c { static D: &str = \"three\"; }",
        )
        .unwrap();
        let known = known(&file);
        for (code, expected) in
            [("A", "one"), ("A.to_string()", "one"), ("b()", "two"), ("b", "two"), ("c::D", "three")]
        {
            let found = texts(&syn::parse_str(code).unwrap(), &known);
            assert_eq!(found.iter().map(|text| text.text.as_str()).collect::<Vec<_>>(), [expected], "{code}");
        }
    }
}
