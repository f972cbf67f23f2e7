//! Walks the syntax tree of one file and passes each part to the modules that judge it.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::{
    Attribute, Expr, File, Pat,
    visit::{self, Visit},
};

use super::{
    attributes, builders, built_in, collect, environment, fallback, flow, lazy, literal,
    look::Look,
    set_var,
    shown::{self, Exposed},
    tests_only, types,
};
use crate::{
    found::Found,
    judge::credential::{self, Kind},
};

/// Checks a parsed file.
pub(super) fn file(file: &File, base: usize) -> Found {
    let known = collect::known(file);
    let mut walk =
        Walk { look: Look::new(&known, base), exposed: Exposed::new(), is_formatting: false, is_default: false };
    walk.visit_file(file);
    walk.look.found()
}

struct Walk<'l> {
    look: Look<'l>,
    exposed: Exposed,
    /// Whether the walk is in an implementation of `Debug` or `Display`.
    is_formatting: bool,
    /// Whether the walk is in the implementation of `Default` for settings.
    is_default: bool,
}

impl Walk<'_> {
    /// Checks the arguments of a macro: expressions, items, or neither.
    fn tokens(&mut self, tokens: &TokenStream) {
        if let Some(arguments) = literal::arguments(tokens.clone()) {
            arguments.iter().for_each(|argument| self.visit_expr(argument));
        } else if let Ok(file) = syn::parse2::<File>(tokens.clone()) {
            self.visit_file(&file);
        } else if let Some(statics) = lazy::statics(tokens.clone()) {
            for (name, expr) in &statics {
                flow::named(&name.to_string(), expr, &mut self.look);
                flow::own_key(&name.to_string(), expr, &mut self.look);
                self.visit_expr(expr);
            }
        } else {
            self.pairs(tokens.clone());
        }
    }

    /// Checks `NAME = "…"`, `"name": "…"`, `static ref NAME: String = "…".into()` in a macro whose syntax is not plain Rust.
    fn pairs(&mut self, tokens: TokenStream) {
        let mut name = String::new();
        let mut is_bound = false;
        for token in tokens {
            match token {
                TokenTree::Punct(punct) => match punct.as_char() {
                    '=' | ':' | '>' => is_bound = true,
                    ',' | ';' => (name, is_bound) = (String::new(), false),
                    _ => {}
                },
                TokenTree::Ident(word) if !is_bound => name = word.to_string(),
                TokenTree::Ident(_) => {}
                TokenTree::Literal(literal) => {
                    let Ok(lit) = syn::parse2::<Expr>(TokenTree::Literal(literal).into()) else { continue };
                    if is_bound {
                        flow::named(&name, &lit, &mut self.look);
                        self.visit_expr(&lit);
                    } else if let [text] = literal::texts(&lit, self.look.known).as_slice() {
                        name.clone_from(&text.text);
                    }
                }
                TokenTree::Group(group) => self.tokens(&group.stream()),
            }
        }
    }

    /// Checks a string for credentials. Keys of known issuers are skipped, because they are found in the text of the file.
    fn credentials(&mut self, text: &str, span: Span) {
        for found in credential::find(text).filter(|found| found.kind != Kind::Issued) {
            self.look.credential(found.kind, span);
        }
    }

    fn in_function(&mut self, inside: impl FnOnce(&mut Self)) {
        let outside = (std::mem::take(&mut self.exposed), self.look.take_locals());
        inside(self);
        self.exposed = outside.0;
        self.look.set_locals(outside.1);
    }
}

impl<'ast> Visit<'ast> for Walk<'_> {
    /// Attributes are skipped, because doc comments are attributes too.
    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !tests_only::is_of_tests(item) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        types::of_typed(&item.ty, &item.expr, &mut self.look);
        flow::named(&item.ident.to_string(), &item.expr, &mut self.look);
        flow::own_key(&item.ident.to_string(), &item.expr, &mut self.look);
        visit::visit_item_const(self, item);
    }

    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        types::of_typed(&item.ty, &item.expr, &mut self.look);
        flow::named(&item.ident.to_string(), &item.expr, &mut self.look);
        flow::own_key(&item.ident.to_string(), &item.expr, &mut self.look);
        visit::visit_item_static(self, item);
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        flow::named(&item.ident.to_string(), &item.expr, &mut self.look);
        visit::visit_impl_item_const(self, item);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        // First, so that a fall-back is reported with the name of the variable, and not with that of the function.
        self.in_function(|walk| visit::visit_item_fn(walk, item));
        let texts = literal::of_function(&item.block, self.look.known);
        if item.sig.inputs.is_empty() {
            flow::judge(&item.sig.ident.to_string(), &texts, &mut self.look);
        }
        types::of_returned(&item.sig.output, &texts, &mut self.look);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !tests_only::is_marked(&item.attrs) {
            self.in_function(|walk| visit::visit_impl_item_fn(walk, item));
            let texts = literal::of_function(&item.block, self.look.known);
            types::of_returned(&item.sig.output, &texts, &mut self.look);
        }
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let of = item.trait_.as_ref().and_then(|(path, _)| path.segments.last()).map(|last| last.ident.to_string());
        let is_settings = || types::last_name(&item.self_ty).is_some_and(|name| is_of_settings(&name));
        self.is_formatting = matches!(of.as_deref(), Some("Debug" | "Display"));
        self.is_default = of.as_deref() == Some("Default") && is_settings();
        visit::visit_item_impl(self, item);
        (self.is_formatting, self.is_default) = (false, false);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        let is_settings = is_of_settings(&item.ident.to_string());
        shown::of_struct(item, is_settings, &mut self.look);
        attributes::of_struct(item, is_settings, &mut self.look);
        item.fields.iter().for_each(|field| attributes::of_field(field, is_settings, &mut self.look));
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        if is_of_settings(&item.ident.to_string()) {
            shown::of_enum(item, &mut self.look);
        }
        visit::visit_item_enum(self, item);
    }

    fn visit_variant(&mut self, variant: &'ast syn::Variant) {
        variant.fields.iter().for_each(|field| attributes::of_field(field, false, &mut self.look));
        visit::visit_variant(self, variant);
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        if let Some(init) = &local.init {
            let (name, class) = match &local.pat {
                Pat::Ident(name) => (Some(&name.ident), None),
                Pat::Type(typed) => match &*typed.pat {
                    Pat::Ident(name) => (Some(&name.ident), Some(&typed.ty)),
                    _ => (None, Some(&typed.ty)),
                },
                _ => (None, None),
            };
            if let Some(class) = class {
                types::of_typed(class, &init.expr, &mut self.look);
            }
            if let Some(name) = name {
                flow::named(&name.to_string(), &init.expr, &mut self.look);
                flow::own_key(&name.to_string(), &init.expr, &mut self.look);
            }
        }
        fallback::of_let_else(local, &mut self.look);
        shown::of_local(local, &mut self.exposed);
        visit::visit_local(self, local);
        environment::of_local(local, &mut self.look);
    }

    fn visit_field_value(&mut self, field: &'ast syn::FieldValue) {
        if let syn::Member::Named(name) = &field.member {
            if self.is_default {
                fallback::of_default(&name.to_string(), &field.expr, &mut self.look);
            }
            flow::named(&name.to_string(), &field.expr, &mut self.look);
        }
        visit::visit_field_value(self, field);
    }

    fn visit_expr_assign(&mut self, assign: &'ast syn::ExprAssign) {
        if let Some(origin) = environment::origin(&assign.left, &self.look) {
            if self.is_default {
                fallback::of_default(&origin.name, &assign.right, &mut self.look);
            }
            flow::named(&origin.name, &assign.right, &mut self.look);
        }
        visit::visit_expr_assign(self, assign);
    }

    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        if matches!(binary.op, syn::BinOp::Eq(_) | syn::BinOp::Ne(_)) {
            for (one, other) in [(&binary.left, &binary.right), (&binary.right, &binary.left)] {
                if let Some(origin) = environment::origin(one, &self.look) {
                    flow::named(&origin.name, other, &mut self.look);
                }
            }
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_tuple(&mut self, tuple: &'ast syn::ExprTuple) {
        if let (2, Some(key), Some(value)) = (tuple.elems.len(), tuple.elems.first(), tuple.elems.last()) {
            flow::pair(key, value, &mut self.look);
        }
        visit::visit_expr_tuple(self, tuple);
    }

    fn visit_expr_match(&mut self, expr: &'ast syn::ExprMatch) {
        fallback::of_match(expr, &mut self.look);
        flow::of_match(expr, &mut self.look);
        visit::visit_expr_match(self, expr);
    }

    fn visit_expr_if(&mut self, expr: &'ast syn::ExprIf) {
        fallback::of_if(expr, &mut self.look);
        visit::visit_expr_if(self, expr);
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let (Expr::Path(path), Some(argument)) = (&*call.func, call.args.first()) {
            let last = path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
            if call.args.len() == 1 && last.starts_with(|symbol: char| symbol.is_ascii_uppercase()) {
                // A newtype of the service: `ApiKey("…")`.
                flow::named(&last, argument, &mut self.look);
            }
        }
        set_var::of_call(call, &mut self.look);
        fallback::of_call(call, &mut self.look);
        types::of_call(call, &mut self.look);
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if self.is_formatting {
            shown::of_formatting(call, &self.exposed, &mut self.look);
        }
        fallback::of_method(call, &mut self.look);
        builders::of_method(call, &mut self.look);
        flow::of_method(call, &mut self.look);
        types::of_method(call, &mut self.look);
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let name = call.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        built_in::of_macro(&name, call, &mut self.look);
        fallback::of_macro(&name, call, &mut self.look);
        shown::of_macro(call, &self.exposed, self.is_formatting, &mut self.look);
        if name != "macro_rules" {
            self.tokens(&call.tokens);
        }
    }

    fn visit_lit_str(&mut self, literal: &'ast syn::LitStr) {
        self.credentials(&literal.value(), literal.span());
    }

    fn visit_lit_byte_str(&mut self, literal: &'ast syn::LitByteStr) {
        self.credentials(&String::from_utf8_lossy(&literal.value()), literal.span());
    }
}

/// Returns whether the name of a struct means that it is read from configuration.
fn is_of_settings(name: &str) -> bool {
    // `Client` does not begin with the word `Cli`.
    let begins = |word: &str| {
        name.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|symbol: char| symbol.is_ascii_lowercase()))
    };
    [
        "Config",
        "Configuration",
        "Settings",
        "Options",
        "Opts",
        "Args",
        "Env",
        "Secrets",
        "Cli",
        "Conf",
        "Cfg",
        "AppState",
    ]
    .iter()
    .any(|word| name.ends_with(word) || begins(word))
        && !name.contains("Test")
}
