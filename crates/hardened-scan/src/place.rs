//! The place of a finding.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use hardened_core::text::escape;

/// The place of a finding: a file of the tree or a git object, and the position in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    git: Option<Git>,
    path: PathBuf,
    members: Vec<String>,
    position: Position,
}

/// The position of a finding in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub enum Position {
    /// The whole file, such as its name.
    #[default]
    Whole,
    /// A position in text.
    Line {
        /// The line number, from 1.
        line: u32,
        /// The column in characters, from 1.
        column: u32,
    },
    /// A position in data that is not text: the offset in bytes.
    Offset(u64),
}

/// The git object that a finding is in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Git {
    /// The name (hash) of the object, in hexadecimal digits.
    pub object: String,
    /// The kind of the object.
    pub kind: Kind,
    /// The first commit found that contains the object, if there is one.
    pub commit: Option<String>,
}

/// The kind of a git object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The content of a file.
    Blob,
    /// A directory; the finding is a name in it.
    Tree,
    /// A commit; the finding is in its message or author.
    Commit,
    /// A tag with a message.
    Tag,
}

impl Kind {
    /// Returns the word that git uses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Blob => "blob",
            Self::Tree => "tree",
            Self::Commit => "commit",
            Self::Tag => "tag",
        }
    }
}

impl Place {
    /// Creates the place of a file, with its path relative to the root of the search.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self { git: None, path: path.into(), members: Vec::new(), position: Position::Whole }
    }

    /// Sets the line and the column in characters, both from 1.
    #[must_use]
    pub fn at(self, line: u32, column: u32) -> Self {
        self.positioned(Position::Line { line, column })
    }

    /// Sets the position in the file.
    #[must_use]
    pub fn positioned(mut self, position: Position) -> Self {
        self.position = position;
        self
    }

    /// Returns the place of a file inside this one: in an archive or the layer of a container image, or the decompressed
    /// content.
    #[must_use]
    pub fn member(mut self, name: impl Into<String>) -> Self {
        self.members.push(name.into());
        self
    }

    /// Sets the git object that contains this file or that the place is about.
    #[must_use]
    pub fn in_git(mut self, git: Git) -> Self {
        self.git = Some(git);
        self
    }

    /// Returns this place with a path that was not known before.
    pub(crate) fn with_path(mut self, path: &Path) -> Self {
        path.clone_into(&mut self.path);
        self
    }

    /// Returns the path of the file; empty for a git object without a path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the names of the files inside the file, the outermost first.
    #[must_use]
    pub fn members(&self) -> &[String] {
        &self.members
    }

    /// Returns the position in the file.
    #[must_use]
    pub fn position(&self) -> Position {
        self.position
    }

    /// Returns the git object; `None` for the working tree.
    #[must_use]
    pub fn git(&self) -> Option<&Git> {
        self.git.as_ref()
    }
}

/// Writes the place: `src/main.rs:3:14`, `image.tar!layer.tar!app/.env:1:8`, `commit 1f2e3d src/main.rs:3:14`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(git) = &self.git {
            match &git.commit {
                Some(commit) => write!(f, "commit {}", short(commit))?,
                None => write!(f, "{} {}", git.kind.name(), short(&git.object))?,
            }
            if !self.path.as_os_str().is_empty() {
                f.write_str(" ")?;
            }
        }
        // Always `/`, so that a place has the same text on every machine.
        let path = self.path.to_string_lossy();
        let path = if cfg!(windows) { path.replace('\\', "/").into() } else { path };
        f.write_str(&escape(&path))?;
        self.members.iter().try_for_each(|member| write!(f, "!{}", escape(member)))?;
        match self.position {
            Position::Whole => Ok(()),
            Position::Line { line, column } => write!(f, ":{line}:{column}"),
            Position::Offset(offset) => write!(f, " at byte {offset}"),
        }
    }
}

/// Shortens the name of an object to what a person needs to find it.
fn short(name: &str) -> &str {
    name.get(..12).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_as_people_write_it() {
        let git = |kind, commit: Option<&str>| Git {
            object: "0123456789abcdef0123456789abcdef01234567".to_owned(),
            kind,
            commit: commit.map(str::to_owned),
        };
        for (place, expected) in [
            (Place::file("src/main.rs").at(3, 14), "src/main.rs:3:14"),
            (Place::file("a.tar").member("l.tar").member(".env").at(1, 8), "a.tar!l.tar!.env:1:8"),
            (Place::file("target/app").positioned(Position::Offset(77)), "target/app at byte 77"),
            (Place::file("a\u{1b}[31m"), "a\\u{1b}[31m"),
            (
                Place::file("a.rs").at(1, 1).in_git(git(Kind::Blob, Some("fedcba9876543210"))),
                "commit fedcba987654 a.rs:1:1",
            ),
            (Place::file("").at(4, 1).in_git(git(Kind::Tag, None)), "tag 0123456789ab:4:1"),
        ] {
            assert_eq!(place.to_string(), expected);
        }
    }
}
