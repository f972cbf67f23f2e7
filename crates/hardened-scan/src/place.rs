//! Where something was found.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use hardened_core::text::escape;

/// Where something was found: the file of the tree or the git object, and the place in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    git: Option<Git>,
    path: PathBuf,
    members: Vec<String>,
    position: Position,
}

/// Where in the text something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub enum Position {
    /// It is about the whole file, such as its name.
    #[default]
    Whole,
    /// In a text.
    Line {
        /// The line, from 1.
        line: u32,
        /// The column in bytes, from 1.
        column: u32,
    },
    /// In something that is not text: the distance from the beginning, in bytes.
    Offset(u64),
}

/// Where in the history of a repository something was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Git {
    /// The object's name, in hexadecimal digits.
    pub object: String,
    /// What it is.
    pub kind: Kind,
    /// The first commit found that has it, where one has.
    pub commit: Option<String>,
}

/// What kind of git object it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The content of a file.
    Blob,
    /// A list of files: a name in it.
    Tree,
    /// A commit: its message, or its author.
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
    /// Creates the place of a file, by its path from the root of what is searched.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self { git: None, path: path.into(), members: Vec::new(), position: Position::Whole }
    }

    /// Sets a line and a column in bytes, both from 1.
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

    /// Creates the place of a file inside of this one: of an archive, of the layer of a container image, or what is
    /// compressed.
    #[must_use]
    pub fn member(mut self, name: impl Into<String>) -> Self {
        self.members.push(name.into());
        self
    }

    /// Sets the git object that has this file, or that this is about.
    #[must_use]
    pub fn in_git(mut self, git: Git) -> Self {
        self.git = Some(git);
        self
    }

    /// The same place in a file whose path was not known before.
    pub(crate) fn with_path(mut self, path: &Path) -> Self {
        path.clone_into(&mut self.path);
        self
    }

    /// Returns the path of the file; empty where a git object has none.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the names of the files inside of the file, the outermost first.
    #[must_use]
    pub fn members(&self) -> &[String] {
        &self.members
    }

    /// Returns where in the file it is.
    #[must_use]
    pub fn position(&self) -> Position {
        self.position
    }

    /// Returns where in the history it is; none for the working tree.
    #[must_use]
    pub fn git(&self) -> Option<&Git> {
        self.git.as_ref()
    }
}

/// Writes `src/main.rs:3:14`, `image.tar!layer.tar!app/.env:1:8`, `commit 1f2e3d src/main.rs:3:14`.
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
        // With `/` everywhere: the same place has the same text on every machine.
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

/// Enough of an object's name for a person to find it.
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
