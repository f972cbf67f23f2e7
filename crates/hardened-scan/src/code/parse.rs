//! Parses Rust from untrusted text, with limits on length, depth and stack.

use std::{ops::ControlFlow, thread};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::File;

/// The maximum length of a file that is parsed, in bytes.
const LONGEST: usize = 8 << 20;
/// The maximum nesting depth of brackets.
const DEEPEST: usize = 200;
/// The maximum number of tokens without a comma, a semicolon or a block. An expression can nest as deeply as that.
const RUN: usize = 4000;
/// Enough stack for that depth, even in a build without optimisation. It is reserved, not used.
const STACK: usize = 256 << 20;

/// Parses a file and calls `then` with it and the length of what precedes its code. Returns `None` if the file is not valid
/// Rust or too large to parse.
///
/// It runs in its own thread, because the parser and everything that walks its tree are recursive.
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

/// Drops a byte order mark and a `#!…` line, but not an attribute `#![…]`.
fn without_head(text: &str) -> &str {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match text.strip_prefix("#!") {
        Some(rest) if !rest.trim_start().starts_with('[') => {
            text.get(text.find('\n').unwrap_or(text.len())..).unwrap_or_default()
        }
        _ => text,
    }
}

/// Returns whether no brackets or expressions are nested too deeply. Does not recurse itself.
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

/// Counts a token of a run, or ends the run.
fn step(token: &TokenTree, goes_on: bool, run: &mut usize) -> ControlFlow<()> {
    let ends = match token {
        // A doc comment is one attribute per line; attributes do not nest.
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
