//! The resume file: the names of objects in which nothing was found, so that an interrupted search can continue and the next
//! one reads only new objects.

use std::{
    fs::{File, OpenOptions},
    hash::{BuildHasher, RandomState},
    io::{self, BufRead, BufReader, BufWriter, Seek, Write},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::{error::Error, place::Place, report::Report, values::Values};

/// The beginning of the file, with the version of its format.
const TITLE: &str = "git objects without a finding of hardened scan, 1,";
/// The number of hash rounds over the values, so that guessing them from the file is slow.
const ROUNDS: u32 = 100_000;

/// The first 160 bits of an object's name.
type Name = [u8; 20];

/// The objects of earlier runs, and the file to which this run adds.
pub(crate) struct Done {
    pub(super) known: Known,
    pub(super) log: Log,
}

/// The names of the objects in which earlier runs found nothing, sorted.
pub(super) struct Known(Vec<Name>);

/// The file to which objects are added while they are searched.
pub(super) struct Log {
    file: BufWriter<File>,
    path: PathBuf,
    is_broken: bool,
}

impl Done {
    /// Reads the file, if it exists and belongs to these values; otherwise starts a new one.
    pub(crate) fn open(path: &Path, values: &Values) -> Result<Self, Error> {
        let error = |what| Error::Resume { path: path.to_owned(), what };
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(|_| error("it cannot be read and written"))?;
        if !file.metadata().is_ok_and(|metadata| metadata.is_file()) {
            return Err(error("it is not a file"));
        }
        Self::of(file, path, values).map_err(|_| error("it is not a file that --resume created"))
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
            // Starts a new line, because the last one may be incomplete.
            file.seek(io::SeekFrom::End(0))?;
            writeln!(file)?;
        }
        let log = Log { file: BufWriter::new(file), path: path.to_owned(), is_broken: false };
        Ok(Self { known: Known(names), log })
    }
}

impl Known {
    /// Returns whether an earlier run found nothing in an object.
    pub(super) fn has(&self, object: &str) -> bool {
        name(object).is_some_and(|name| self.0.binary_search(&name).is_ok())
    }

    /// Returns the number of objects.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }
}

impl Log {
    /// Adds an object in which nothing was found. Reports once if the file cannot be written.
    pub(super) fn add(&mut self, object: &str, report: &mut Report) {
        if !self.is_broken && writeln!(self.file, "{object}").is_err() {
            self.is_broken = true;
            report.skip(Place::file(&self.path), "it cannot be written, so the next run searches more than necessary");
        }
    }
}

/// Parses the beginning of a name in hexadecimal digits.
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

/// Returns a hash of the values and the version of this crate, because another version may search for more.
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

/// Returns a number that differs from run to run: the standard library draws its hash keys at random.
fn random() -> u64 {
    RandomState::new().hash_one(0)
}
