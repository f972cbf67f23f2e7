//! Rust from untrusted text: bounded in length, depth and stack.

use std::{ops::ControlFlow, thread};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::File;

/// The longest file that is parsed, in bytes.
const LONGEST: usize = 8 << 20;
/// The most brackets inside of one another.
const DEEPEST: usize = 200;
/// The most tokens in a row without a comma, a semicolon or a block: they can nest as deeply as that.
const RUN: usize = 4000;
/// Enough for that depth, also in a build without optimization. It is reserved, not used.
const STACK: usize = 256 << 20;

/// Parses a file and calls a function with it and with the length of what stands before its code. None if it is not valid
/// Rust, or too large to parse.
///
/// In a thread of its own: the parser and everything that walks its tree are recursive.
pub(super) fn with<T: Send>(text: &str, then: impl FnOnce(&File, usize) -> T + Send) -> Option<T> {
    if text.len() > LONGEST {
        return None;
    }
    let parse = || {
        let code = without_head(text);
        let tokens: TokenStream = code.parse().ok()?;
        if !is_shallow(tokens.clone()) {
            return None;
        }
        let file = syn::parse2(tokens).ok()?;
        Some(then(&file, text.len() - code.len()))
    };
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, parse).ok()?;
        thread.join().ok().flatten()
    })
}

/// Without a byte order mark and without the line `#!…`, which is not the attribute `#![…]`.
fn without_head(text: &str) -> &str {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match text.strip_prefix("#!") {
        Some(rest) if !rest.trim_start().starts_with('[') => {
            text.get(text.find('\n').unwrap_or(text.len())..).unwrap_or_default()
        }
        _ => text,
    }
}

/// Whether nothing is nested too deeply. Counts without recursion.
fn is_shallow(tokens: TokenStream) -> bool {
    let mut open = vec![(tokens.into_iter().peekable(), 0)];
    while let Some((level, run)) = open.last_mut() {
        let Some(token) = level.next() else {
            open.pop();
            continue;
        };
        let goes_on = matches!(level.peek(), Some(TokenTree::Ident(word)) if word == "else");
        if step(&token, goes_on, run).is_break() {
            return false;
        }
        if let TokenTree::Group(group) = token {
            if open.len() == DEEPEST {
                return false;
            }
            open.push((group.stream().into_iter().peekable(), 0));
        }
    }
    true
}

/// Counts one token of a run, or ends the run.
fn step(token: &TokenTree, goes_on: bool, run: &mut usize) -> ControlFlow<()> {
    let ends = match token {
        // Documentation is attributes, one for each line; they do not nest.
        TokenTree::Punct(punct) => matches!(punct.as_char(), ',' | ';' | '#'),
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace && !goes_on,
        _ => false,
    };
    *run = if ends { 0 } else { *run + 1 };
    if *run > RUN { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parses(text: &str) -> bool {
        with(text, |_, _| ()).is_some()
    }

    #[test]
    fn only_what_is_rust_is_parsed() {
        for text in
            ["", "fn main() {}", "\u{feff}fn main() {}", "#!/usr/bin/env run\nfn main() {}", "#![allow(x)]\nfn a() {}"]
        {
            assert!(parses(text), "{text}");
        }
        for text in ["fn main( {}", "}", "\"", "{{ template }}", "\0"] {
            assert!(!parses(text), "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_refused_and_does_not_end_the_program() {
        let many = 20_000;
        for text in [
            format!("const A: u8 = {}1{};", "(".repeat(many), ")".repeat(many)),
            format!("const A: u8 = {}1;", "!".repeat(many)),
            format!("const A: u8 = 1{};", "+1".repeat(many)),
            format!("const A: u8 = a{};", ".b()".repeat(many)),
            format!("type A = {}u8{};", "B<".repeat(many), ">".repeat(many)),
            format!("fn a() {{ if b {{}} {} }}", "else if b {}".repeat(many)),
            format!("fn a() {{ {} }}", "|| ".repeat(many)),
        ] {
            assert!(!parses(&text));
        }
        let many = 100;
        for text in [
            format!("const A: u8 = {}1{};", "(".repeat(many), ")".repeat(many)),
            format!("const A: u8 = 1{};", "+1".repeat(RUN / 4)),
            format!("fn a() {{ if b {{}} {} }}", "else if b {}".repeat(RUN / 8)),
            format!("const A: &[u8] = &[{}];", "1,".repeat(100_000)),
            format!("{}fn a() {{}}", "/// A line.\n".repeat(RUN)),
        ] {
            assert!(parses(&text));
        }
    }
}
