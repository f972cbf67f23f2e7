//! Finds values that are broken in the text, and only appear when it is read like a program does: broken by an escape, by the
//! end of a string literal or of a line, or written as a list of bytes.

use std::ops::Range;

use zeroize::Zeroizing;

use super::{
    escape::{self, Kinds},
    form::{Reading, SHORTEST},
    index::{Hit, Index, Role},
    list::{self, Style},
    reading::{self, Manner, Reader, is_quote},
    sites,
    table::{GRAM, Gram},
};

/// Memory that is reused for every text.
#[derive(Default)]
pub(crate) struct Scratch {
    /// The ranges that may be text.
    texts: Vec<Range<usize>>,
    read: Zeroizing<Vec<u8>>,
    joined: Zeroizing<Vec<u8>>,
}

impl Scratch {
    /// Returns the ranges of the last text that may be text, not machine code.
    pub(crate) fn texts(&self) -> &[Range<usize>] {
        &self.texts
    }
}

/// Finds the broken occurrences of values in a text.
pub(crate) fn find(index: &Index, text: &[u8], scratch: &mut Scratch, hits: &mut Vec<Hit>) {
    let mut texts = std::mem::take(&mut scratch.texts);
    sites::texts(text, &mut texts);
    let mut walk = Walk { index, text, scratch, hits, quote: None, list_end: [0; 2] };
    texts.iter().for_each(|part| sites::each(text, part.clone(), |at| walk.site(at)));
    scratch.texts = texts;
}

/// A walk over the positions of a text where a value may be broken.
struct Walk<'w> {
    index: &'w Index,
    text: &'w [u8],
    scratch: &'w mut Scratch,
    hits: &'w mut Vec<Hit>,
    /// The position of the last quote.
    quote: Option<usize>,
    /// The end of the last list, for each style.
    list_end: [usize; 2],
}

impl Walk<'_> {
    #[inline]
    fn site(&mut self, at: usize) {
        match self.text.get(at) {
            Some(b'0'..=b'9') => self.lists(at),
            Some(b'\n') if self.may_end_at(at) => self.line_break(at),
            Some(byte) if is_quote(*byte) => {
                let before = self.quote.replace(at).filter(|closing| reading::is_near(*closing, at));
                if let Some(closing) = before.filter(|closing| self.may_end_at(*closing)) {
                    self.literal(closing, at, *byte);
                }
            }
            Some(byte @ (b'\\' | b'%' | b'&' | b'=')) => self.escape(at, *byte),
            _ => {}
        }
    }

    /// Returns whether a piece of a value may end before a break.
    #[inline]
    fn may_end_at(&self, at: usize) -> bool {
        at.checked_sub(1).and_then(|before| self.text.get(before)).is_some_and(|last| self.index.may_end_with(*last))
    }

    /// Handles an escape, which may be the first one in a value.
    #[inline(never)]
    fn escape(&mut self, at: usize, byte: u8) {
        // In a row of backslashes, only the first counts.
        if byte == b'\\' && at.checked_sub(1).and_then(|before| self.text.get(before)) == Some(&b'\\') {
            return;
        }
        let Some(escape) = escape::at(self.text, at) else { return };
        // An escaped line break may join two lines.
        let is_own = |byte| matches!(byte, b'\n' | b'\r') || self.index.role(byte).is_own();
        if !escape.stands_for.first_byte().is_none_or(is_own) {
            return;
        }
        // The quote of the literal is unknown, but an escaped quote is the same one.
        let quote = self.text.get(at + 1).copied().filter(|next| byte == b'\\' && is_quote(*next));
        let manner = |escapes, joins| Manner { escapes, joins, marks: false, quote, quotes_escaped: false };
        let own = Kinds::of(byte);
        let manners = [manner(own, false), manner(own, true), manner(Kinds::USUAL, true)];
        self.candidate(at, at, escape.end, &manners, Reading::Escaped);
    }

    /// Handles the start of a literal, which may continue the value of the previous one.
    #[inline(never)]
    fn literal(&mut self, closing: usize, at: usize, byte: u8) {
        let backslashes =
            self.text.get(..closing).unwrap_or_default().iter().rev().take_while(|byte| **byte == b'\\').count();
        let end = closing - backslashes;
        if !self.is_own_before(end) {
            return;
        }
        let manner =
            |escapes| Manner { escapes, joins: true, marks: false, quote: Some(byte), quotes_escaped: backslashes > 0 };
        let manners = [manner(Kinds::NONE), manner(Kinds::USUAL)];
        self.candidate(end, at + 1, at + 1, &manners, Reading::Joined);
    }

    /// Handles a line break, after which a value may continue.
    #[inline(never)]
    fn line_break(&mut self, at: usize) {
        let before = self.text.get(..at).unwrap_or_default();
        let is_space = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\r');
        let end = at - before.iter().rev().take(32).take_while(is_space).count();
        if !self.is_own_before(end) {
            return;
        }
        let next = escape::behind_space(self.text, at);
        let behind_marks = reading::behind_marks(self.text, next);
        let manner = |marks| Manner { escapes: Kinds::NONE, joins: true, marks, quote: None, quotes_escaped: false };
        self.candidate(end, next, next, &[manner(false)], Reading::Wrapped);
        if behind_marks > next {
            self.candidate(end, behind_marks, behind_marks, &[manner(true)], Reading::Wrapped);
        }
    }

    /// Returns whether the byte before a position may belong to a value. The start of a broken value is always there as it is,
    /// unless its first character is an escape.
    fn is_own_before(&self, end: usize) -> bool {
        let last = end.checked_sub(1).and_then(|before| self.text.get(before));
        last.is_some_and(|byte| self.index.role(*byte).is_own())
    }

    /// Reads from `next` in each manner, appends the result to the text before `end`, and searches both together. From `plain`
    /// on, the text needs no decoding.
    fn candidate(&mut self, end: usize, next: usize, plain: usize, manners: &[Manner], how: Reading) {
        let before = self.text.get(..end).unwrap_or_default();
        let is_known = |last: &[u8; GRAM]| Gram::first_of(last).is_some_and(|gram| self.index.may_have_gram(gram));
        if before.last_chunk().is_some_and(is_known) || self.goes_on(before, next, plain, manners) {
            manners.iter().for_each(|manner| self.join(end, next, *manner, how));
        }
    }

    /// Returns whether the text that is read next may continue a value.
    fn goes_on(&self, before: &[u8], next: usize, plain: usize, manners: &[Manner]) -> bool {
        // Most often, the next bytes cannot be part of a value.
        if let Some([first, second]) = self.text.get(plain..).and_then(<[u8]>::first_chunk) {
            // An escape may be followed by another one, or by the end of the line.
            let may_break = |byte: &u8| plain != next && matches!(byte, b' ' | b'=');
            let stops = |byte: &u8| self.index.role(*byte) == Role::Foreign && !may_break(byte);
            let is_own = |byte: &u8| self.index.role(*byte) == Role::Own;
            let is_link = || before.last().is_some_and(|last| self.index.may_have([*last, *first, *second]));
            if stops(first) || is_own(first) && (stops(second) || plain == next && is_own(second) && !is_link()) {
                return false;
            }
        }
        manners.iter().any(|manner| self.reads_a_part(next, *manner))
    }

    /// Returns whether the text that is read next in this manner is part of a value.
    #[inline(never)]
    fn reads_a_part(&self, next: usize, manner: Manner) -> bool {
        let mut five = [0; GRAM];
        let mut reader = Reader::new(self.text, next, manner, GRAM);
        let is_own = |place: &mut u8| {
            let byte = reader.next().filter(|byte| self.index.role(*byte).is_own());
            byte.inspect(|byte| *place = *byte).is_some()
        };
        five.iter_mut().all(is_own) && Gram::first_of(&five).is_some_and(|gram| self.index.may_have_gram(gram))
    }

    #[cold]
    fn join(&mut self, end: usize, next: usize, manner: Manner, how: Reading) {
        let index = self.index;
        let prefix = self.text.get(end.saturating_sub(index.longest_read)..end).unwrap_or_default();
        let joined = &mut self.scratch.joined;
        joined.clear();
        joined.extend_from_slice(prefix);
        joined.extend(Reader::new(self.text, next, manner, index.longest_read));
        let hits = &mut *self.hits;
        index.whole(joined, |start, needle| {
            // A value that begins after the break is found unbroken, unless an escape is its first character.
            let begins = start < prefix.len() || start == prefix.len() && how == Reading::Escaped;
            if begins && start + index.length(needle) > prefix.len() {
                hits.push(Hit { start: end - (prefix.len() - start), needle, reading: how });
            }
        });
    }

    /// Handles a digit, with which a list of bytes may begin.
    #[inline(never)]
    fn lists(&mut self, at: usize) {
        for (style, end) in [Style::Numbers, Style::Pairs].into_iter().zip(&mut self.list_end) {
            if at < *end {
                continue;
            }
            let from = list::start(self.text, at, style);
            *end = list::at(self.text, from, style, &mut self.scratch.read);
            if self.scratch.read.len() >= SHORTEST {
                let hits = &mut *self.hits;
                self.index.whole(&self.scratch.read, |_, needle| {
                    hits.push(Hit { start: from, needle, reading: Reading::List });
                });
            }
        }
    }
}
