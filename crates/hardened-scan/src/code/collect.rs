//! Finds the constants and the functions of a file that are texts.

use syn::{File, visit::Visit};

use super::{
    known::Known,
    literal::{of_block, texts},
    tests_only,
};

/// Reads a file twice, so that a constant may be another constant.
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
    /// What was known before.
    known: &'k Known,
}

impl Visit<'_> for Collected<'_> {
    fn visit_item(&mut self, item: &syn::Item) {
        match item {
            syn::Item::Const(item) => {
                drop(self.all.constants.insert(item.ident.to_string(), texts(&item.expr, self.known)))
            }
            syn::Item::Static(item) => {
                drop(self.all.constants.insert(item.ident.to_string(), texts(&item.expr, self.known)))
            }
            syn::Item::Fn(item) if item.sig.inputs.is_empty() => {
                drop(self.all.functions.insert(item.sig.ident.to_string(), of_block(&item.block, self.known)));
            }
            syn::Item::Mod(item) if tests_only::is_marked(&item.attrs) => return,
            _ => {}
        }
        syn::visit::visit_item(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &syn::ImplItemFn) {
        if item.sig.inputs.is_empty() {
            let texts = of_block(&item.block, self.known);
            self.all.functions.entry(item.sig.ident.to_string()).or_insert(texts);
        }
        syn::visit::visit_impl_item_fn(self, item);
    }

    fn visit_impl_item_const(&mut self, item: &syn::ImplItemConst) {
        self.all.constants.insert(item.ident.to_string(), texts(&item.expr, self.known));
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
