//! The texts that an expression can evaluate to.

use std::ops::Range;

use proc_macro2::{Span, TokenStream};
use syn::{Block, Expr, Lit, Local, Pat, Stmt, Token, parse::Parser, punctuated::Punctuated, visit::Visit};

use super::known::{Known, Text};

pub(super) fn range(span: Span) -> Range<usize> {
    span.byte_range()
}

/// Methods that return the same text in another type.
const SAME: &[&str] = &[
    "as_bytes",
    "as_mut",
    "as_ref",
    "as_slice",
    "as_str",
    "borrow",
    "clone",
    "cloned",
    "copied",
    "expect",
    "into",
    "into_boxed_slice",
    "into_boxed_str",
    "into_bytes",
    "into_owned",
    "into_string",
    "into_vec",
    "parse",
    "repeat",
    "to_bytes",
    "to_owned",
    "to_string",
    "to_vec",
    "trim",
    "try_into",
    "unwrap",
];

/// Functions and constructors that return the same text in another type.
const WRAPS: &[&str] = &[
    "Borrowed",
    "Ok",
    "Owned",
    "Some",
    "decode",
    "from",
    "from_static",
    "from_str",
    "from_utf8",
    "from_utf8_lossy",
    "new",
    "try_from",
];

/// Returns every text that an expression can evaluate to, however it is wrapped.
pub(super) fn texts(expr: &Expr, known: &Known) -> Vec<Text> {
    match expr {
        Expr::Lit(literal) => of_literal(&literal.lit).into_iter().collect(),
        Expr::Reference(inner) => texts(&inner.expr, known),
        Expr::Paren(inner) => texts(&inner.expr, known),
        Expr::Group(inner) => texts(&inner.expr, known),
        Expr::Unary(inner) if matches!(inner.op, syn::UnOp::Deref(_)) => texts(&inner.expr, known),
        Expr::Cast(inner) => texts(&inner.expr, known),
        Expr::Try(inner) => texts(&inner.expr, known),
        Expr::MethodCall(call) if SAME.iter().any(|same| call.method == same) => texts(&call.receiver, known),
        // The receiver is a base64 engine, the argument the encoded text.
        Expr::MethodCall(call) if call.method == "decode" && call.args.len() == 1 => {
            call.args.iter().flat_map(|argument| texts(argument, known)).collect()
        }
        Expr::Call(call) => of_call(call, known),
        Expr::Macro(call) => of_macro(&call.mac, known),
        Expr::Block(inner) => of_block(&inner.block, known),
        Expr::Unsafe(inner) => of_block(&inner.block, known),
        Expr::If(inner) => {
            let otherwise = inner.else_branch.as_ref().map(|(_, branch)| texts(branch, known));
            [of_block(&inner.then_branch, known), otherwise.unwrap_or_default()].concat()
        }
        Expr::Match(inner) => inner.arms.iter().flat_map(|arm| texts(&arm.body, known)).collect(),
        Expr::Closure(inner) => texts(&inner.body, known),
        Expr::Return(inner) => inner.expr.as_ref().map(|inner| texts(inner, known)).unwrap_or_default(),
        Expr::Binary(inner) if matches!(inner.op, syn::BinOp::Add(_)) => {
            joined(texts(&inner.left, known), texts(&inner.right, known))
        }
        Expr::Array(array) => {
            of_numbers(array.elems.iter(), range(array.bracket_token.span.join())).into_iter().collect()
        }
        Expr::Path(path) => {
            path.path.segments.last().map(|name| named(&name.ident.to_string(), known)).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

fn named(name: &str, known: &Known) -> Vec<Text> {
    [known.constant(name), known.function(name)].concat()
}

fn of_call(call: &syn::ExprCall, known: &Known) -> Vec<Text> {
    let Expr::Path(syn::ExprPath { path, .. }) = &*call.func else { return Vec::new() };
    match call.args.first() {
        Some(argument) if call.args.len() == 1 && is_wrapper(path) => texts(argument, known),
        Some(_) => Vec::new(),
        None if is_empty_text(path) => {
            vec![Text { text: String::new(), part: range(call.paren_token.span.join()), is_list: false }]
        }
        None => path.get_ident().map(|name| known.function(&name.to_string()).to_vec()).unwrap_or_default(),
    }
}

/// Returns whether a path is `String::new` or `String::default`.
fn is_empty_text(path: &syn::Path) -> bool {
    let mut names = path.segments.iter().rev().map(|segment| segment.ident.to_string());
    matches!(names.next().as_deref(), Some("new" | "default")) && names.next().as_deref() == Some("String")
}

fn is_wrapper(path: &syn::Path) -> bool {
    path.segments.last().is_some_and(|last| WRAPS.iter().any(|name| last.ident == name))
}

/// Returns the texts that a function can return: those of its last expression, and of each `return`.
pub(super) fn of_function(block: &Block, known: &Known) -> Vec<Text> {
    let mut returns = Returns { texts: of_block(block, known), known };
    returns.visit_block(block);
    returns.texts
}

/// Collects the texts of the `return` expressions in the body of a function.
struct Returns<'k> {
    texts: Vec<Text>,
    known: &'k Known,
}

impl<'ast> Visit<'ast> for Returns<'_> {
    fn visit_expr_return(&mut self, expr: &'ast syn::ExprReturn) {
        let found = expr.expr.as_ref().map(|expr| texts(expr, self.known)).unwrap_or_default();
        // The last expression of the function can be a `return`, or a `match` with one.
        let is_new = |text: &Text| self.texts.iter().all(|known| known.part != text.part);
        let new: Vec<_> = found.into_iter().filter(is_new).collect();
        self.texts.extend(new);
    }

    // What these return is not returned by the function.
    fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
    fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}
    fn visit_item(&mut self, _: &'ast syn::Item) {}
}

/// Returns the texts that a block can evaluate to: those of its last expression.
pub(super) fn of_block(block: &Block, known: &Known) -> Vec<Text> {
    match block.stmts.last() {
        Some(Stmt::Expr(expr, _)) => {
            let found = texts(expr, known);
            if found.is_empty() { of_variable(expr, block, known) } else { found }
        }
        Some(Stmt::Macro(call)) => of_macro(&call.mac, known),
        _ => Vec::new(),
    }
}

/// Returns the texts of a local variable that a block ends with: `{ let a = "text"; a.to_string() }`.
fn of_variable(expr: &Expr, block: &Block, known: &Known) -> Vec<Text> {
    let name = match expr {
        Expr::MethodCall(call) if SAME.iter().any(|same| call.method == same) => {
            return of_variable(&call.receiver, block, known);
        }
        Expr::Path(path) => path.path.get_ident(),
        _ => None,
    };
    let value = |stmt: &Stmt| match stmt {
        Stmt::Local(Local { pat: Pat::Ident(bound), init: Some(init), .. }) => {
            (Some(&bound.ident) == name).then(|| texts(&init.expr, known))
        }
        _ => None,
    };
    block.stmts.iter().rev().find_map(value).unwrap_or_default()
}

fn of_literal(literal: &Lit) -> Option<Text> {
    let text = match literal {
        Lit::Str(text) => text.value(),
        Lit::ByteStr(bytes) => of_bytes(&bytes.value()),
        Lit::CStr(text) => text.value().to_string_lossy().into_owned(),
        _ => return None,
    };
    Some(Text { text, part: range(literal.span()), is_list: false })
}

/// Converts bytes to text, without the final zero of a C string; to hexadecimal digits if they are not UTF-8.
fn of_bytes(bytes: &[u8]) -> String {
    let bytes = bytes.strip_suffix(b"\0").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

/// Returns the text of a list of bytes: `[0x6b, 0x65, 0x79]`, `[b'k', b'e', b'y']`.
fn of_numbers<'e>(elements: impl Iterator<Item = &'e Expr>, part: Range<usize>) -> Option<Text> {
    const LEAST: usize = 8;
    const MOST: usize = 4096;
    let mut bytes = Vec::new();
    for element in elements.take(MOST) {
        let Expr::Lit(literal) = element else { return None };
        bytes.push(match &literal.lit {
            Lit::Int(number) => number.base10_parse::<u8>().ok()?,
            Lit::Byte(byte) => byte.value(),
            _ => return None,
        });
    }
    let is_list = !bytes.iter().all(u8::is_ascii_graphic);
    let text = if is_list { bytes.iter().map(|byte| format!("{byte:02x}")).collect() } else { of_bytes(&bytes) };
    (bytes.len() >= LEAST).then_some(Text { text, part, is_list })
}

/// Returns the texts of `concat!("a", "b")`, `format!("text without placeholders")`, `vec![1, 2, 3]`.
fn of_macro(call: &syn::Macro, known: &Known) -> Vec<Text> {
    let Some(name) = call.path.segments.last().map(|last| last.ident.to_string()) else { return Vec::new() };
    let arguments = || arguments(call.tokens.clone()).unwrap_or_default();
    match name.as_str() {
        "concat" => arguments().iter().map(|argument| texts(argument, known)).reduce(joined).unwrap_or_default(),
        "format" | "hex" => match arguments().as_slice() {
            [one] => texts(one, known).into_iter().filter(|text| !text.text.contains('{')).collect(),
            _ => Vec::new(),
        },
        "vec" => {
            let arguments = arguments();
            of_numbers(arguments.iter(), range(call.delimiter.span().join())).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Parses the arguments of a macro that takes expressions.
pub(super) fn arguments(tokens: TokenStream) -> Option<Vec<Expr>> {
    let parse = Punctuated::<Expr, Token![,]>::parse_terminated;
    parse.parse2(tokens).ok().map(|arguments| arguments.into_iter().collect())
}

/// Joins two texts. If one of them is not known exactly, the result is empty.
fn joined(before: Vec<Text>, behind: Vec<Text>) -> Vec<Text> {
    match (before.as_slice(), behind.as_slice()) {
        ([one], [other]) => {
            let text = format!("{}{}", one.text, other.text);
            let part = one.part.start..other.part.end.max(one.part.end);
            vec![Text { text, part, is_list: one.is_list || other.is_list }]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(code: &str) -> Vec<String> {
        texts(&syn::parse_str(code).unwrap(), &Known::default()).into_iter().map(|text| text.text).collect()
    }

    #[test]
    fn the_texts_of_an_expression_are_known_however_they_are_wrapped() {
        for code in [
            "\"key\"",
            "b\"key\"",
            "c\"key\"",
            "b\"key\\0\"",
            "r#\"key\"#",
            "\"k\\x65y\"",
            "\"k\\\n   ey\"",
            "*b\"key\"",
            "&\"key\"[..].len() as u8 + 1; \"key\"".split("; ").last().unwrap(),
            "\"key\".to_string()",
            "\"key\".as_bytes().to_vec()",
            "String::from(\"key\")",
            "Some(\"key\".into())",
            "std::borrow::Cow::Borrowed(\"key\")",
            "{ let a = 1; \"key\" }",
            "{ let a = \"key\"; a.to_string() }",
            "|_| \"key\".to_owned()",
            "concat!(\"k\", \"ey\")",
            "\"k\".to_owned() + \"ey\"",
            "format!(\"key\")",
            "\"key\".parse().unwrap()",
        ] {
            assert_eq!(read(code), ["key"], "{code}");
        }
        assert_eq!(read("if a { \"one\" } else { \"two\" }"), ["one", "two"]);
        assert_eq!(read("match a { 1 => \"one\", _ => \"two\" }"), ["one", "two"]);
        assert_eq!(read("[b'p', b'a', b's', b's', b'w', b'o', b'r', b'd']"), ["password"]);
        assert_eq!(read("vec![0, 1, 2, 3, 4, 5, 6, 255]"), ["00010203040506ff"]);
        for code in ["1", "a", "f(\"a\", \"b\")", "format!(\"a{}\", b)", "[0; 32]", "env::var(\"A\")", "panic!(\"a\")"]
        {
            assert_eq!(read(code), [""; 0], "{code}");
        }
    }
}
