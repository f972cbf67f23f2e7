//! What of a history has been searched: a file with the names of objects, so that an interrupted search can go on, and the
//! next one reads what is new.

use std::{
    fs::{File, OpenOptions},
    hash::{BuildHasher, RandomState},
    io::{self, BufRead, BufReader, BufWriter, Seek, Write},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::{error::Error, place::Place, report::Report, values::Values};

/// How the file begins, with the number of its form.
const TITLE: &str = "git objects without a finding of hardened scan, 1,";
/// How often the values are hashed, so that nobody can try many guesses with the file.
const ROUNDS: u32 = 100_000;

/// The first 160 bits of an object's name.
type Name = [u8; 20];

/// What was done before, and what is being done.
pub(crate) struct Done {
    pub(super) known: Known,
    pub(super) log: Log,
}

/// The objects in which nothing was found before.
pub(super) struct Known(Vec<Name>);

/// The file, which grows while objects are searched.
pub(super) struct Log {
    file: BufWriter<File>,
    path: PathBuf,
    is_broken: bool,
}

impl Done {
    /// Reads the file, if there is one for these values; otherwise begins a new one.
    pub(crate) fn open(path: &Path, values: &Values) -> Result<Self, Error> {
        let error = |what| Error::Resume { path: path.to_owned(), what };
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(|_| error("the system does not let it be read and written"))?;
        if !file.metadata().is_ok_and(|metadata| metadata.is_file()) {
            return Err(error("it is not a file"));
        }
        Self::of(file, path, values).map_err(|_| error("it is not a file that --resume has made"))
    }

    fn of(mut file: File, path: &Path, values: &Values) -> io::Result<Self> {
        let mut lines = BufReader::new(&file).lines();
        let title = lines.next().transpose()?;
        let names = match title.as_deref().map(|title| title.strip_prefix(TITLE)) {
            None => None,
            Some(None) => return Err(io::ErrorKind::InvalidData.into()),
            Some(Some(key)) => is_for(key, values).then(|| lines.map_while(Result::ok).filter_map(|line| name(&line))),
        };
        let is_new = names.is_none();
        let mut names: Vec<Name> = names.into_iter().flatten().collect();
        names.sort_unstable();
        if is_new {
            file.set_len(0)?;
            file.rewind()?;
            let salt = format!("{:016x}{:016x}", random(), random());
            writeln!(file, "{TITLE} {salt} {}", fingerprint(&salt, values))?;
        } else {
            // Behind a line that may have broken off.
            file.seek(io::SeekFrom::End(0))?;
            writeln!(file)?;
        }
        let log = Log { file: BufWriter::new(file), path: path.to_owned(), is_broken: false };
        Ok(Self { known: Known(names), log })
    }
}

impl Known {
    /// Whether nothing was found in an object.
    pub(super) fn has(&self, object: &str) -> bool {
        name(object).is_some_and(|name| self.0.binary_search(&name).is_ok())
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }
}

impl Log {
    /// Remembers an object in which nothing was found. Says once when that is not possible.
    pub(super) fn add(&mut self, object: &str, report: &mut Report) {
        if !self.is_broken && writeln!(self.file, "{object}").is_err() {
            self.is_broken = true;
            report.pass(Place::file(&self.path), "it cannot be written, so the next run searches more than it must");
        }
    }
}

/// The beginning of a name in hexadecimal digits.
fn name(object: &str) -> Option<Name> {
    let mut name = Name::default();
    if !matches!(object.len(), 40 | 64) {
        return None;
    }
    for (byte, digits) in name.iter_mut().zip(object.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(name)
}

fn is_for(key: &str, values: &Values) -> bool {
    key.trim().split_once(' ').is_some_and(|(salt, known)| fingerprint(salt, values) == known)
}

/// What is another one for other values, and for another version, which may search for more.
fn fingerprint(salt: &str, values: &Values) -> String {
    let mut hash = Sha256::new();
    hash.update(concat!(env!("CARGO_PKG_VERSION"), " "));
    hash.update(salt);
    for value in &values.searched {
        hash.update((value.bytes.len() as u64).to_le_bytes());
        hash.update(&*value.bytes);
        hash.update(value.name.as_str());
        hash.update([0]);
    }
    let mut digest = hash.finalize();
    for _ in 0..ROUNDS {
        digest = Sha256::new().chain_update(digest).chain_update(salt).finalize();
    }
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Numbers that differ from run to run: the standard library draws the keys of its hashes at random.
fn random() -> u64 {
    RandomState::new().hash_one(0)
}
