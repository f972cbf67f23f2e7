//! Decides which messages of a server reach the driver.

use std::ops::RangeInclusive;

use super::DatabaseFault;

/// The maximum length of a message that is naturally short; libpq has this bound for an error before a session starts.
const SHORT: usize = 30_000;

/// The maximum length of a row or an error: PostgreSQL does not send longer ones.
const LONG: usize = 0x3fff_ffff;

/// The maximum length of the types of a statement's parameters: 65,535 of them take 262,142 bytes.
const PARAMETERS: usize = 1 << 20;

/// The maximum length of all messages before a session starts. Servers usually send less than 1,000 bytes.
const START: usize = 1 << 20;

/// The length of a message's head: its type and its length.
const HEAD: usize = 5;

/// The state of the messages on one connection.
#[derive(Default)]
pub(super) struct Frames {
    /// Whether the session has started.
    is_open: bool,
    /// The number of bytes of all messages before the session starts.
    seen: usize,
    head: Vec<u8>,
    /// The number of bytes of the current message that are still to come.
    left: usize,
    /// The body of the current message, if it is checked as a whole.
    held: Vec<u8>,
}

impl Frames {
    /// Appends the part of `input` that may pass to `output`. Notices may not pass, because the driver logs their text.
    ///
    /// # Errors
    ///
    /// Returns `protocol` for a message that is too long or too short, or for too many bytes before the session has
    /// started. The appended bytes then end with a whole message.
    pub(super) fn filter(&mut self, mut input: &[u8], output: &mut Vec<u8>) -> Result<(), DatabaseFault> {
        loop {
            let missing = HEAD - self.head.len();
            let (head, rest) = input.split_at_checked(missing).unwrap_or((input, &[]));
            self.head.extend_from_slice(head);
            if self.head.len() < HEAD {
                return Ok(());
            }
            if missing > 0 {
                self.begin(output)?;
            }
            let (body, rest) = rest.split_at_checked(self.left).unwrap_or((rest, &[]));
            self.left -= body.len();
            match self.fate() {
                Fate::Pass => output.extend_from_slice(body),
                Fate::Hold => self.held.extend_from_slice(body),
                Fate::Drop => {}
            }
            if self.left > 0 {
                return Ok(());
            }
            self.end(output)?;
            input = rest;
        }
    }

    fn kind(&self) -> u8 {
        self.head.first().copied().unwrap_or_default()
    }

    fn fate(&self) -> Fate {
        match self.kind() {
            b'N' => Fate::Drop,
            b't' | b'G' | b'H' => Fate::Hold,
            _ if !self.is_open => Fate::Hold,
            // The driver stores all of these parameter statuses, but needs them only at the start.
            b'S' => Fate::Drop,
            _ => Fate::Pass,
        }
    }

    /// Checks a message by its type and its length.
    fn begin(&mut self, output: &mut Vec<u8>) -> Result<(), DatabaseFault> {
        let length = self.head.get(1..).and_then(|length| length.try_into().ok()).map(u32::from_be_bytes);
        let body = length.and_then(|length| usize::try_from(length).ok()).and_then(|length| length.checked_sub(4));
        self.left = body.filter(|body| self.bounds().contains(body)).ok_or(DatabaseFault::Protocol)?;
        if !self.is_open {
            self.seen += HEAD + self.left;
            if self.seen > START {
                return Err(DatabaseFault::Protocol);
            }
        }
        if self.fate() == Fate::Pass {
            output.extend_from_slice(&self.head);
        }
        Ok(())
    }

    /// Returns the bounds on the length of a body; the lower one is what the driver reads without a check.
    fn bounds(&self) -> RangeInclusive<usize> {
        let least = match self.kind() {
            b'K' => 8,
            b'A' | b'R' => 4,
            b'G' | b'H' => 3,
            b'D' | b'T' | b't' => 2,
            b'Z' => 1,
            _ => 0,
        };
        let most = match self.kind() {
            // The driver logs the body of a `CopyDone` if it is not empty.
            b'c' => 0,
            b'A' | b'D' | b'E' | b'N' | b'T' | b'd' if self.is_open => LONG,
            b't' if self.is_open => PARAMETERS,
            _ => SHORT,
        };
        least..=most
    }

    fn end(&mut self, output: &mut Vec<u8>) -> Result<(), DatabaseFault> {
        if self.fate() == Fate::Hold {
            if !is_readable(self.kind(), &self.held) {
                return Err(DatabaseFault::Protocol);
            }
            output.extend_from_slice(&self.head);
            output.append(&mut self.held);
        }
        self.is_open |= self.kind() == b'Z';
        self.head.clear();
        Ok(())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Pass,
    Hold,
    Drop,
}

/// Returns whether the driver can read a message without panicking: it assumes that lists are as long as they say, that a
/// salt has four bytes, and that each attribute of SCRAM has two.
fn is_readable(kind: u8, body: &[u8]) -> bool {
    match (kind, body) {
        (b'R', [0, 0, 0, 5, salt @ ..]) => salt.len() >= 4,
        (b'R', [0, 0, 0, 11 | 12, attributes @ ..]) => {
            attributes.split(|byte| *byte == b',').all(|attribute| attribute.len() >= 2)
        }
        (b't', [high, low, types @ ..]) => types.len() >= 4 * usize::from(u16::from_be_bytes([*high, *low])),
        (b'G' | b'H', [_, high, low, formats @ ..]) => {
            formats.len() >= 2 * usize::from(u16::from_be_bytes([*high, *low]))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(kind: u8, body: &[u8]) -> Vec<u8> {
        announced(kind, u32::try_from(body.len() + 4).unwrap(), body)
    }

    fn announced(kind: u8, length: u32, body: &[u8]) -> Vec<u8> {
        [&[kind], length.to_be_bytes().as_slice(), body].concat()
    }

    fn ready() -> Vec<u8> {
        message(b'Z', b"I")
    }

    /// Returns what passes if the input arrives in pieces of this size.
    fn passed(input: &[u8], size: usize) -> (Vec<u8>, Result<(), DatabaseFault>) {
        let (mut frames, mut output) = (Frames::default(), Vec::new());
        let outcome = input.chunks(size).try_for_each(|piece| frames.filter(piece, &mut output));
        (output, outcome)
    }

    #[test]
    fn messages_pass_whole_in_pieces_of_any_size_and_notices_do_not() {
        let (start, row) = (message(b'R', &[0; 4]), message(b'D', &[0, 1, 0, 0, 0, 1, 7]));
        let (status, notice) = (message(b'S', b"server_version\x0015\0"), message(b'N', b"VNOTICE\0Mcanary\0\0"));
        let (empty, last) = (message(b'1', b""), message(b'C', b"SELECT 1\0"));
        let input =
            [&*notice, &start, &status, &ready(), &notice, &empty, &row, &status, &notice, &row, &last, &ready()]
                .concat();
        let expected = [&*start, &status, &ready(), &empty, &row, &row, &last, &ready()].concat();
        for size in 1..=input.len() {
            assert_eq!(passed(&input, size), (expected.clone(), Ok(())), "pieces of {size}");
        }
    }

    #[test]
    fn a_message_is_as_long_as_its_type_allows() {
        let (short, long) = (u32::try_from(SHORT + 4).unwrap(), u32::try_from(LONG + 4).unwrap());
        for (is_open, kind, length, passes) in [
            (false, b'E', short, true),
            (false, b'E', short + 1, false),
            (false, b'N', short + 1, false),
            (false, b'D', 0x7fff_ffff, false),
            (false, b'R', 0, false),
            (false, b'R', 3, false),
            (false, b'R', 7, false),
            (false, b'R', u32::MAX, false),
            (false, b'K', 11, false),
            (false, b'Z', 4, false),
            (true, b'D', long, true),
            (true, b'D', long + 1, false),
            (true, b'D', 5, false),
            (true, b'D', 6, true),
            (true, b'N', 3, false),
            (true, b'A', 7, false),
            (true, b'c', 4, true),
            (true, b'c', 5, false),
            (true, b'H', 6, false),
            (true, b't', 262_150, true),
            (true, b't', 1_048_580, true),
            (true, b't', 1_048_581, false),
            (true, b'C', short, true),
            (true, b'C', short + 1, false),
            (true, b'1', 4, true),
            (true, b'1', 0, false),
            (true, b'Z', 4, false),
        ] {
            let input = [if is_open { ready() } else { Vec::new() }, announced(kind, length, b"")].concat();
            let (_, outcome) = passed(&input, 3);
            assert_eq!(outcome.is_ok(), passes, "open: {is_open}, {}, {length}", char::from(kind));
        }
    }

    #[test]
    fn messages_that_the_driver_could_not_read_do_not_pass() {
        for (kind, body, passes) in [
            (b'R', &[0, 0, 0, 0][..], true),
            (b'R', &[0, 0, 0, 3], true),
            (b'R', &[0, 0, 0, 5, 1, 2, 3, 4], true),
            (b'R', &[0, 0, 0, 5, 1, 2, 3], false),
            (b'R', b"\0\0\0\x0aSCRAM-SHA-256\0\0", true),
            (b'R', b"\0\0\0\x0br=x,s=QQ==,i=4096", true),
            (b'R', b"\0\0\0\x0b", false),
            (b'R', b"\0\0\0\x0br=x,,i=4096", false),
            (b'R', b"\0\0\0\x0cv", false),
            (b'R', b"\0\0\0\x0cv=QQ==", true),
            (b't', &[0, 0], true),
            (b't', &[0, 1, 0, 0, 0, 23], true),
            (b't', &[0, 1, 0, 0, 0], false),
            (b't', &[255, 255], false),
            (b'G', &[0, 0, 1, 0, 0], true),
            (b'H', &[0, 0, 1, 0], false),
        ] {
            let input = [if kind == b'R' { Vec::new() } else { ready() }, message(kind, body)].concat();
            let (output, outcome) = passed(&input, 64);
            assert_eq!(outcome.is_ok(), passes, "{} {body:?}", char::from(kind));
            assert_eq!(output == input, passes, "{} {body:?}", char::from(kind));
        }
    }

    #[test]
    fn a_session_that_never_starts_ends_after_a_mebibyte() {
        for kind in [b'N', b'S', b'R', b'K'] {
            let one = message(kind, &[0; 100]);
            let most = START / one.len();
            assert!(passed(&one.repeat(most), 4096).1.is_ok());
            let (output, outcome) = passed(&one.repeat(most + 1), 4096);
            assert_eq!(outcome, Err(DatabaseFault::Protocol));
            assert!(output.len() <= START);
        }
    }

    #[test]
    fn what_passed_before_a_breach_ends_with_a_whole_message() {
        let last = message(b'C', b"SELECT 1\0");
        let input = [&*ready(), &last, &announced(b'D', 0, b"more")].concat();
        for size in 1..=input.len() {
            assert_eq!(passed(&input, size), ([ready(), last.clone()].concat(), Err(DatabaseFault::Protocol)));
        }
    }
}
