//! Searches a content piece by piece, and decodes what is compressed, archived or encoded.

use std::{
    collections::BTreeMap,
    io::{self, Cursor, Read},
    ops::Range,
    path::Path,
};

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use hardened_core::finding::Name;
use memchr::memmem;
use zeroize::Zeroize;

use super::{
    ar,
    kind::Kind,
    tar,
    utf16::Utf16,
    zip::{self, Content},
};
use crate::{
    finding::Finding,
    lines::Lines,
    place::{Place, Position},
    report::{Counts, Report},
    rule::values::SCAN_VALUE_FOUND,
    values::{Hit, Scratch, Search, Values, base64_length, base64_prefix, described},
    walk::Bounds,
};

/// The number of bytes searched at once, without the overlap; it fits into a processor's cache.
const CHUNK: usize = 1 << 18;
/// The maximum length of base64-encoded compressed data that is decoded.
const MAX_ENCODED: usize = 1 << 24;
/// The maximum depth of nested archives and encodings.
const MAX_DEPTH: usize = 6;
/// The maximum size of a zip archive. It is read as a whole, because its directory is at its end.
const MAX_ZIP: u64 = 1 << 29;
/// The maximum number of places reported for one secret in one content.
const MAX_PLACES: usize = 10;
/// The number of bytes in which a zero byte means binary content, as in git.
const TEXT_SAMPLE: usize = 8000;

/// The beginnings of base64-encoded gzip, and of that encoded again, as in Helm's release records.
const GZIP_IN_BASE64: [&[u8]; 2] = [b"H4sI", b"SDRzS"];

/// A search of contents for values.
pub(crate) struct Contents<'s> {
    values: &'s Values,
    search: &'s Search,
    bounds: Bounds,
    scratch: Scratch,
    hits: Vec<Hit>,
    /// Reusable buffers; each level of nested archives needs one.
    buffers: Vec<Vec<u8>>,
}

/// The depth of a content, and the number of bytes that decompression may still produce.
#[derive(Clone, Copy)]
struct Depth {
    level: usize,
    left: u64,
}

impl<'s> Contents<'s> {
    /// Creates a search for these values.
    pub(crate) fn new(values: &'s Values, search: &'s Search, bounds: Bounds) -> Self {
        Self { values, search, bounds, scratch: Scratch::default(), hits: Vec::new(), buffers: Vec::new() }
    }

    /// Searches the content of one file, including what it contains in compressed or archived form.
    pub(crate) fn read(&mut self, source: &mut dyn Read, place: &Place, report: &mut Report) {
        let mut depth = Depth { level: 0, left: self.bounds.expanded };
        self.stream(source, place, &mut depth, report);
    }

    /// Returns whether a content is text that needs no decoding before the search.
    pub(crate) fn is_plain(&self, content: &[u8]) -> bool {
        Kind::of(content) == Kind::Plain && memchr::memchr(0, content.get(..TEXT_SAMPLE).unwrap_or(content)).is_none()
    }

    /// Returns whether a piece of plain text contains no value, and nothing that needs decoding.
    pub(crate) fn has_nothing(&mut self, text: &[u8]) -> bool {
        self.hits.clear();
        self.search.text(text, &mut self.scratch, &mut self.hits);
        self.hits.is_empty() && encoded(text, self.scratch.texts()).next().is_none()
    }

    /// Returns the maximum length of text that an occurrence of a value can span, in bytes.
    pub(crate) fn reach(&self) -> usize {
        self.search.reach()
    }

    /// Searches a path, and returns its place.
    pub(crate) fn path(&mut self, path: &Path, report: &mut Report) -> Place {
        let text = path.to_string_lossy();
        self.name(&text, |name| if *name == *text { Place::file(path) } else { Place::file(name) }, report)
    }

    /// Searches a name, which may be a path. A name that contains a value is replaced, because places are printed.
    fn name(&mut self, name: &str, place: impl Fn(&str) -> Place, report: &mut Report) -> Place {
        let mut hits = std::mem::take(&mut self.hits);
        hits.clear();
        self.search.text(name.as_bytes(), &mut self.scratch, &mut hits);
        let masked = hits
            .first()
            .and_then(|hit| self.search.needle(*hit))
            .and_then(|needle| self.values.searched.get(needle.value));
        let place = place(
            &masked.map_or_else(|| name.to_owned(), |value| format!("[a name with the value of {}]", value.name)),
        );
        let mut found = Found::default();
        for hit in &hits {
            self.found(*hit, &place, Position::Whole, &mut found, report);
        }
        self.hits = hits;
        place
    }

    fn stream(&mut self, source: &mut dyn Read, place: &Place, depth: &mut Depth, report: &mut Report) {
        let overlap = self.search.reach();
        let mut buffer = self.buffers.pop().unwrap_or_default();
        buffer.resize(CHUNK + overlap, 0);
        let outcome = self.pieces(source, &mut buffer, overlap, place, depth, report);
        self.buffers.push(buffer);
        if let Err(error) = outcome {
            report.skip(place.clone(), reason(&error));
        }
    }

    fn pieces(
        &mut self,
        source: &mut dyn Read,
        buffer: &mut Vec<u8>,
        overlap: usize,
        place: &Place,
        depth: &mut Depth,
        report: &mut Report,
    ) -> io::Result<()> {
        let mut progress = Progress::default();
        loop {
            let kept = progress.kept;
            let (count, error) = fill(source, buffer.get_mut(kept..).unwrap_or_default(), depth);
            let filled = kept + count;
            let is_last = filled < buffer.len() || error.is_some();
            let text = buffer.get(..filled).unwrap_or_default();
            report.count(Counts { bytes: count as u64, ..Counts::default() });
            if progress.begins {
                progress.begins = false;
                progress.is_binary = memchr::memchr(0, text.get(..TEXT_SAMPLE).unwrap_or(text)).is_some();
                let kind = Kind::of(text);
                report.count(Counts { files: u64::from(!matches!(kind, Kind::Closed(_))), ..Counts::default() });
                if kind != Kind::Plain {
                    let mut whole = Cursor::new(text).chain(source);
                    return self.open(kind, &mut whole, place, depth, report);
                }
            }
            self.hits.clear();
            self.search.text(text, &mut self.scratch, &mut self.hits);
            let encoded: Vec<usize> = encoded(text, self.scratch.texts()).collect();
            if !is_last && filled < MAX_ENCODED && encoded.iter().any(|at| has_open_end(text, *at)) {
                progress.kept = filled;
                buffer.resize(filled * 2, 0);
                continue;
            }
            let end = if is_last { filled } else { filled - overlap };
            self.piece(text, end, place, &mut progress, report);
            for at in encoded.into_iter().filter(|at| *at < end) {
                self.encoded(text.get(at..).unwrap_or_default(), place, depth, report);
            }
            if is_last {
                return error.map_or(Ok(()), Err);
            }
            if !progress.is_binary {
                progress.before = progress.before.after(text.get(..end).unwrap_or_default());
            }
            progress.offset += end as u64;
            progress.kept = overlap;
            buffer.copy_within(end..filled, 0);
        }
    }

    /// Reports the values that begin before `end` in a piece.
    fn piece(&mut self, text: &[u8], end: usize, place: &Place, progress: &mut Progress, report: &mut Report) {
        for hit in self.hits.iter().filter(|hit| hit.start < end) {
            let position = if progress.is_binary {
                Position::Offset(progress.offset + hit.start as u64)
            } else {
                let (line, column) = progress.before.after(text.get(..hit.start).unwrap_or_default()).line_and_column();
                Position::Line { line, column }
            };
            self.found(*hit, place, position, &mut progress.found, report);
        }
    }

    fn found(&self, hit: Hit, place: &Place, position: Position, found: &mut Found, report: &mut Report) {
        let Some(needle) = self.search.needle(hit) else { return };
        let Some(value) = self.values.searched.get(needle.value) else { return };
        match found.note(&value.name, position) {
            Noted::Again => {}
            Noted::TooMany => report.omit(),
            Noted::New => {
                let fact = described(value.piece, needle.form, hit.reading);
                report.add(Finding::new(
                    SCAN_VALUE_FOUND,
                    value.name.clone(),
                    place.clone().positioned(position),
                    fact,
                ));
            }
        }
    }

    /// Decodes base64 at the start of a text, decompresses the result and searches it.
    fn encoded(&mut self, text: &[u8], place: &Place, depth: &mut Depth, report: &mut Report) {
        if depth.level == MAX_DEPTH {
            return;
        }
        let bytes = base64_prefix(text);
        let mut unsaid = Report::default();
        self.deeper(depth, |contents, depth| {
            contents.stream(&mut bytes.as_slice(), &place.clone().member("base64"), depth, &mut unsaid);
        });
        // The match may be chance, so nothing is reported if it is not compressed data.
        unsaid.forget_skipped();
        report.merge(unsaid);
    }

    fn deeper(&mut self, depth: &mut Depth, run: impl FnOnce(&mut Self, &mut Depth)) {
        let mut inside = Depth { level: depth.level + 1, left: depth.left };
        run(self, &mut inside);
        depth.left = inside.left;
    }

    fn open(
        &mut self,
        kind: Kind,
        source: &mut dyn Read,
        place: &Place,
        depth: &mut Depth,
        report: &mut Report,
    ) -> io::Result<()> {
        if depth.level == MAX_DEPTH {
            report.skip(place.clone(), "it is an archive in too many archives");
            return Ok(());
        }
        match kind {
            Kind::Plain => {}
            Kind::Closed(reason) => report.skip(place.clone(), reason),
            Kind::Gzip => self.deeper(depth, |contents, depth| {
                contents.stream(&mut MultiGzDecoder::new(source), place, depth, report);
            }),
            Kind::Zlib => self.deeper(depth, |contents, depth| {
                contents.stream(&mut ZlibDecoder::new(source), place, depth, report);
            }),
            Kind::Utf16 { big_endian } => self.deeper(depth, |contents, depth| {
                contents.stream(&mut Utf16::new(source, big_endian), place, depth, report);
            }),
            Kind::Tar => return tar::each(source, |name, content| self.inner(name, content, place, depth, report)),
            Kind::Ar => return ar::each(source, |name, content| self.inner(name, content, place, depth, report)),
            Kind::Zip => return self.zip(source, place, depth, report),
        }
        Ok(())
    }

    /// Searches a file of an archive.
    fn inner(&mut self, name: &[u8], content: &mut dyn Read, place: &Place, depth: &mut Depth, report: &mut Report) {
        let place = self.member(place, name, report);
        self.deeper(depth, |contents, depth| contents.stream(content, &place, depth, report));
    }

    fn zip(&mut self, source: &mut dyn Read, place: &Place, depth: &mut Depth, report: &mut Report) -> io::Result<()> {
        let mut archive = Vec::new();
        if source.take(MAX_ZIP + 1).read_to_end(&mut archive)? as u64 > MAX_ZIP {
            report.skip(place.clone(), "it is a zip archive of more than 512 MiB");
            return Ok(());
        }
        let (mut front, entries) = zip::entries(&archive).ok_or(io::ErrorKind::InvalidData)?;
        if !front.is_empty() {
            self.stream(&mut front, place, depth, report);
        }
        for entry in entries {
            let place = self.member(place, entry.name, report);
            self.deeper(depth, |contents, depth| match entry.content {
                Content::Stored(bytes) => contents.stream(&mut &*bytes, &place, depth, report),
                Content::Deflated(bytes) => contents.stream(&mut DeflateDecoder::new(bytes), &place, depth, report),
                Content::Closed(reason) => report.skip(place, reason),
            });
        }
        Ok(())
    }

    fn member(&mut self, place: &Place, name: &[u8], report: &mut Report) -> Place {
        let name = String::from_utf8_lossy(name);
        self.name(&name, |name| place.clone().member(name), report)
    }
}

/// Wipes the buffers, because they have contained files with secrets.
impl Drop for Contents<'_> {
    fn drop(&mut self) {
        self.buffers.zeroize();
    }
}

/// Returns where base64-encoded gzip begins in the parts that are text.
fn encoded(text: &[u8], parts: &[Range<usize>]) -> impl Iterator<Item = usize> {
    let pairs = parts.iter().flat_map(|part| GZIP_IN_BASE64.into_iter().map(move |start| (part, start)));
    pairs.flat_map(move |(part, start)| {
        let mut behind = 0;
        let places = memmem::find_iter(text.get(part.clone()).unwrap_or_default(), start);
        places.map(|at| part.start + at).filter(move |at| {
            // Data that is already decoded is not decoded again from its middle.
            let is_new = *at >= behind && is_gzip(text.get(*at..).unwrap_or_default());
            if is_new {
                behind = at + base64_length(text.get(*at..).unwrap_or_default());
            }
            is_new
        })
    })
}

/// Returns whether a text begins like base64-encoded gzip, or like that encoded again.
fn is_gzip(text: &[u8]) -> bool {
    const BEGINNING: usize = 16;
    let bytes = base64_prefix(text.get(..BEGINNING).unwrap_or(text));
    bytes.starts_with(b"H4sI") || bytes.starts_with(b"\x1f\x8b\x08") && bytes.get(3).is_some_and(|flags| *flags < 32)
}

/// Returns whether base64 continues to the end of a text, so that more of it may follow.
fn has_open_end(text: &[u8], at: usize) -> bool {
    at + base64_length(text.get(at..).unwrap_or_default()) == text.len()
}

/// The progress of a search in one content.
struct Progress {
    begins: bool,
    is_binary: bool,
    /// The line and column at which the buffer begins.
    before: Lines,
    /// The number of bytes before the buffer.
    offset: u64,
    /// The number of bytes at the start of the buffer that are kept from the last round.
    kept: usize,
    found: Found,
}

impl Default for Progress {
    fn default() -> Self {
        Self { begins: true, is_binary: false, before: Lines::default(), offset: 0, kept: 0, found: Found::default() }
    }
}

/// The number of places and the last place at which each secret was found in one content.
#[derive(Default)]
struct Found(BTreeMap<String, (usize, Option<Position>)>);

enum Noted {
    New,
    /// The same secret on the same line, in another form or in part.
    Again,
    TooMany,
}

impl Found {
    fn note(&mut self, name: &Name, position: Position) -> Noted {
        let line = match position {
            Position::Line { line, .. } => Position::Line { line, column: 0 },
            // The parts of a value are at most a few bytes from its beginning.
            Position::Offset(offset) => Position::Offset(offset / 256),
            Position::Whole => Position::Whole,
        };
        let (count, last) = self.0.entry(name.as_str().to_owned()).or_default();
        if last.replace(line) == Some(line) {
            return Noted::Again;
        }
        *count += 1;
        if *count > MAX_PLACES { Noted::TooMany } else { Noted::New }
    }
}

/// Fills a buffer and counts decompressed bytes. Bytes read before an error are in the buffer.
fn fill(source: &mut dyn Read, buffer: &mut [u8], depth: &mut Depth) -> (usize, Option<io::Error>) {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match source.read(rest) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (filled, Some(error)),
        }
    }
    if depth.level > 0 {
        match depth.left.checked_sub(filled as u64) {
            Some(left) => depth.left = left,
            None => return (0, Some(io::ErrorKind::FileTooLarge.into())),
        }
    }
    (filled, None)
}

fn reason(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::FileTooLarge => "the rest of it: more comes out of it than the limit",
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
            "the rest of it: the archive is damaged"
        }
        _ => "the system does not let it be read",
    }
}
