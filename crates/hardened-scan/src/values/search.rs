//! The search of one text for all values.

use memchr::memchr_iter;
use zeroize::Zeroizing;

use super::{
    escape::{self, Kinds},
    form::Reading,
    list::{self, Style},
    needles::{self, Needle},
    reading::{self, Manner, is_quote},
    secret::Value,
    table::{GRAM, Gram, STRIDE, Table},
};

/// Longer needles are searched for as they are only: nobody breaks a text of this length by hand.
const LONGEST_READ: usize = 2048;
/// The blocks of a text that are judged to be text or not.
const BLOCK: usize = 4096;

/// Finds values in texts. Its memory holds every form of every value, and is wiped when dropped.
pub(crate) struct Search {
    needles: Vec<Needle>,
    /// What the text is asked for at every eighth byte.
    strided: Table,
    /// What is asked for where an escape or a string literal ends.
    every: Table,
    longest: usize,
    longest_read: usize,
}

/// One occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    /// Where it begins.
    pub(crate) start: usize,
    /// Which needle it is.
    pub(crate) needle: usize,
    /// How the text had to be read.
    pub(crate) reading: Reading,
}

/// Memory that is used again for every text.
#[derive(Default)]
pub(crate) struct Scratch {
    read: Zeroizing<Vec<u8>>,
    joined: Zeroizing<Vec<u8>>,
}

impl Search {
    /// Makes the needles of the values.
    pub(crate) fn new(values: &[Value]) -> Self {
        let needles = needles::of(values);
        let longest = needles.iter().map(|needle| needle.bytes.len()).max().unwrap_or_default();
        let lengths = needles.iter().filter(|needle| needle.is_text()).map(|needle| needle.bytes.len());
        let longest_read = lengths.filter(|length| *length <= LONGEST_READ).max().unwrap_or_default();
        let (strided, every) = (Table::strided(&needles), Table::every(&needles));
        Self { needles, strided, every, longest, longest_read }
    }

    /// A needle.
    pub(crate) fn needle(&self, hit: Hit) -> Option<&Needle> {
        self.needles.get(hit.needle)
    }

    /// How many bytes of the text behind a place can belong to a value that begins there.
    pub(crate) fn reach(&self) -> usize {
        self.longest.max(self.longest_read * 16).max(1 << 12)
    }

    /// Finds every occurrence.
    pub(crate) fn text(&self, text: &[u8], scratch: &mut Scratch, hits: &mut Vec<Hit>) {
        self.whole(text, |start, needle| hits.push(Hit { start, needle, reading: Reading::Raw }));
        self.read(text, scratch, hits);
        hits.sort_unstable();
    }

    /// Finds occurrences of needles as they are.
    fn whole(&self, text: &[u8], mut found: impl FnMut(usize, usize)) {
        let (blocks, rest) = text.as_chunks::<STRIDE>();
        for (index, block) in blocks.iter().enumerate() {
            let gram = Gram::of_eight(*block);
            if self.strided.may_have(gram) {
                self.verify(text, index * STRIDE, gram, &mut found);
            }
        }
        if let Some(gram) = Gram::first_of(rest) {
            self.verify(text, blocks.len() * STRIDE, gram, &mut found);
        }
    }

    /// Compares the needles that have a sequence at a place.
    fn verify(&self, text: &[u8], at: usize, gram: Gram, found: &mut impl FnMut(usize, usize)) {
        for entry in self.strided.entries(gram) {
            let (needle, start) = (entry.needle as usize, at.checked_sub(entry.offset as usize));
            let Some((start, bytes)) = start.zip(self.needles.get(needle).map(|needle| &needle.bytes)) else {
                continue;
            };
            if text.get(start..).is_some_and(|rest| rest.starts_with(bytes)) {
                found(start, needle);
            }
        }
    }

    /// Finds occurrences that only show when the text is read as a program reads it.
    fn read(&self, text: &[u8], scratch: &mut Scratch, hits: &mut Vec<Hit>) {
        let mut walk = Walk { search: self, text, scratch, hits, quote: None, list_end: [0; 2] };
        for (index, block) in text.chunks(BLOCK).enumerate() {
            if is_text(block) {
                for (offset, byte) in block.iter().enumerate() {
                    if IS_SITE[usize::from(*byte)] {
                        walk.site(index * BLOCK + offset, *byte);
                    }
                }
            }
        }
    }
}

/// Whether a block may be text: machine code and compressed data hold many control characters.
fn is_text(block: &[u8]) -> bool {
    let controls = block.iter().filter(|byte| **byte < 9 || (14..32).contains(*byte)).count();
    controls <= block.len() / 16
}

/// The bytes at which a text is looked at.
const IS_SITE: [bool; 256] = {
    let mut is = [false; 256];
    let sites = b"\\%&=\"'`\n[({";
    let mut at = 0;
    while at < sites.len() {
        is[sites[at] as usize] = true;
        at += 1;
    }
    is
};

/// The bytes that are not read as they are, where a literal or a line goes on.
const BREAKS: &[u8] = b"\\%&\"'`\n\r\t";

/// A walk over the places of a text where a value may be broken.
struct Walk<'w> {
    search: &'w Search,
    text: &'w [u8],
    scratch: &'w mut Scratch,
    hits: &'w mut Vec<Hit>,
    /// The last quote.
    quote: Option<usize>,
    /// Where the last list of each style ended.
    list_end: [usize; 2],
}

impl Walk<'_> {
    fn site(&mut self, at: usize, byte: u8) {
        match byte {
            b'\\' | b'%' | b'&' | b'=' => self.escape(at, byte),
            // Of several empty lines the last decides.
            b'\n' if matches!(self.text.get(at + 1), Some(b'\n' | b'\r')) => {}
            b'\n' => {
                self.line_break(at);
                self.lists(at + 1);
            }
            b'[' | b'(' | b'{' => self.lists(at + 1),
            _ => {
                self.literal(at, byte);
                self.lists(at + 1);
            }
        }
    }

    /// An escape may be the first inside of a value.
    fn escape(&mut self, at: usize, byte: u8) {
        // In a row of backslashes the first decides.
        if byte == b'\\' && at.checked_sub(1).and_then(|before| self.text.get(before)) == Some(&b'\\') {
            return;
        }
        if escape::at(self.text, at).is_none() {
            return;
        }
        // The quote of the text is not known; an escaped quote shows that it is not another one.
        let quote = self.text.get(at + 1).copied().filter(|next| byte == b'\\' && is_quote(*next));
        let manner = |escapes, joins| Manner { escapes, joins, marks: false, quote, quotes_escaped: false };
        let own = Kinds::of(byte);
        let manners = [manner(own, false), manner(own, true), manner(Kinds::USUAL, true)];
        self.candidate(at, at, &manners, Reading::Escaped);
    }

    /// A literal may begin here that goes on with the value of the one before.
    fn literal(&mut self, at: usize, byte: u8) {
        let before = self.quote.replace(at);
        let Some(closing) = before.filter(|closing| reading::is_near(*closing, at)) else { return };
        let backslashes =
            self.text.get(..closing).unwrap_or_default().iter().rev().take_while(|byte| **byte == b'\\').count();
        let manner =
            |escapes| Manner { escapes, joins: true, marks: false, quote: Some(byte), quotes_escaped: backslashes > 0 };
        let manners = [manner(Kinds::NONE), manner(Kinds::USUAL)];
        self.candidate(closing - backslashes, at + 1, &manners, Reading::Joined);
    }

    /// A value may go on behind white space.
    fn line_break(&mut self, at: usize) {
        let before = self.text.get(..at).unwrap_or_default();
        let is_space = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\r');
        let end = at - before.iter().rev().take(32).take_while(is_space).count();
        let (next, behind_marks) = (reading::next_line(self.text, at, false), reading::next_line(self.text, at, true));
        let manner = |marks| Manner { escapes: Kinds::NONE, joins: true, marks, quote: None, quotes_escaped: false };
        self.candidate(end, next, &[manner(false)], Reading::Wrapped);
        if behind_marks > next {
            self.candidate(end, behind_marks, &[manner(true)], Reading::Wrapped);
        }
    }

    /// Reads on from `next` in each manner, where the text until `end` belongs to the value as it is, and searches both
    /// together.
    fn candidate(&mut self, end: usize, next: usize, manners: &[Manner], how: Reading) {
        let before = self.text.get(..end).unwrap_or_default();
        let last = before.last_chunk::<GRAM>().and_then(|last| Gram::first_of(last));
        if last.is_some_and(|gram| self.search.every.has(gram)) || self.goes_on(next, manners, how) {
            manners.iter().for_each(|manner| self.join(end, next, *manner, how));
        }
    }

    /// Whether what is read next is a part of a value.
    fn goes_on(&mut self, next: usize, manners: &[Manner], how: Reading) -> bool {
        let every = &self.search.every;
        let five = self.text.get(next..).and_then(<[u8]>::first_chunk::<GRAM>);
        // Most often it is read as it is.
        let is_read_on = |byte: &u8| BREAKS.contains(byte);
        if let Some(five) = five.filter(|five| how != Reading::Escaped && !five.iter().any(is_read_on)) {
            return Gram::first_of(five).is_some_and(|gram| every.has(gram));
        }
        manners.iter().any(|manner| {
            reading::on(self.text, next, *manner, GRAM, &mut self.scratch.read);
            Gram::first_of(&self.scratch.read).is_some_and(|gram| every.has(gram))
        })
    }

    fn join(&mut self, end: usize, next: usize, manner: Manner, how: Reading) {
        let search = self.search;
        reading::on(self.text, next, manner, search.longest_read, &mut self.scratch.read);
        let prefix = self.text.get(end.saturating_sub(search.longest_read)..end).unwrap_or_default();
        let joined = &mut self.scratch.joined;
        joined.clear();
        joined.extend_from_slice(prefix);
        joined.extend_from_slice(&self.scratch.read);
        let hits = &mut *self.hits;
        search.whole(joined, |start, needle| {
            let length = search.needles.get(needle).map_or(0, |needle| needle.bytes.len());
            // What begins behind the break is found as it is; an escape may be its first character.
            let begins = start < prefix.len() || start == prefix.len() && how == Reading::Escaped;
            if begins && start + length > prefix.len() {
                hits.push(Hit { start: end - (prefix.len() - start), needle, reading: how });
            }
        });
    }

    /// A list of bytes may begin here.
    fn lists(&mut self, from: usize) {
        if !list::may_begin(self.text, from) {
            return;
        }
        for (style, end) in [Style::Numbers, Style::Pairs].into_iter().zip(&mut self.list_end) {
            if from < *end {
                continue;
            }
            let (bytes, behind) = list::at(self.text, from, style);
            *end = behind;
            if bytes.len() >= super::secret::SHORTEST {
                let hits = &mut *self.hits;
                self.search.whole(&bytes, |_, needle| hits.push(Hit { start: from, needle, reading: Reading::List }));
            }
        }
    }
}

/// The line and the column in bytes of a place, both from 1, where `lines` line breaks come before the text.
pub(crate) fn line_and_column(text: &[u8], at: usize, lines: u64) -> (u64, u64) {
    let before = text.get(..at).unwrap_or_default();
    let line_start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
    (lines + memchr_iter(b'\n', before).count() as u64 + 1, (at - line_start) as u64 + 1)
}
