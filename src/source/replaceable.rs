//! Finds out who can replace the file that contains a secret. Every directory on its path counts, and every link is followed.

use std::{
    ffi::OsString,
    fs::{self, Metadata},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use crate::{Violation, finding::Part, message, rule};

/// The number of links that are followed before the walk gives up, as in Linux: path_resolution(7).
const MAX_LINKS: usize = 40;

/// Permission to write and search a directory: together they let a user rename and remove its entries.
const OTHERS: u32 = 0o003;
const GROUP: u32 = 0o030;
/// In a directory with this bit, only the owner of an entry can rename or remove it.
const STICKY: u32 = 0o1000;

/// Returns what is wrong with the permissions of an open file and of the path that led to it.
///
/// This considers owners and modes. It sees neither access control lists that leave no trace in the mode, nor the
/// members of a group.
pub(super) fn flaws(path: &Path, file: &Metadata) -> Vec<Violation> {
    let service = rustix::process::geteuid().as_raw();
    let mut walk = Walk::new(Inode::of(file, None), service, unmapped_user(), &look);
    walk.judge_file(path);
    walk.follow(path);
    walk.flaws
}

/// The metadata of a name in the file system, without following links.
#[derive(Debug, Clone)]
struct Inode {
    owner: u32,
    group: u32,
    mode: u32,
    /// The target of a link.
    target: Option<PathBuf>,
}

impl Inode {
    fn of(metadata: &Metadata, target: Option<PathBuf>) -> Self {
        Self { owner: metadata.uid(), group: metadata.gid(), mode: metadata.mode(), target }
    }
}

fn look(path: &Path) -> Option<Inode> {
    let metadata = path.symlink_metadata().ok()?;
    let target = if metadata.is_symlink() { Some(fs::read_link(path).ok()?) } else { None };
    Some(Inode::of(&metadata, target))
}

/// The walk along one path.
struct Walk<'a> {
    file: Inode,
    service: u32,
    unmapped: Option<u32>,
    look: &'a dyn Fn(&Path) -> Option<Inode>,
    judged: Vec<PathBuf>,
    group_is_noted: bool,
    flaws: Vec<Violation>,
}

impl<'a> Walk<'a> {
    fn new(file: Inode, service: u32, unmapped: Option<u32>, look: &'a dyn Fn(&Path) -> Option<Inode>) -> Self {
        Self { file, service, unmapped, look, judged: Vec::new(), group_is_noted: false, flaws: Vec::new() }
    }

    /// Judges every directory in which a name of the path is looked up. The walk stops at a name that cannot be read:
    /// the path is then no longer the one that was opened, and the next start judges the new one.
    fn follow(&mut self, path: &Path) {
        let mut directory = PathBuf::from("/");
        let mut rest = names(path);
        let mut links = 0;
        while let Some(name) = rest.pop() {
            match name.to_str() {
                Some("/") => directory = PathBuf::from("/"),
                Some(".") => {}
                // The directory contains no links, so its parent is the one in its name.
                Some("..") => {
                    directory.pop();
                }
                _ => {
                    let entry = directory.join(&name);
                    let Some(found) = (self.look)(&entry) else { return };
                    self.judge_directory(&directory, &entry, &found);
                    match found.target {
                        Some(_) if links == MAX_LINKS => return,
                        Some(target) => {
                            links += 1;
                            rest.extend(names(&target));
                        }
                        None => directory = entry,
                    }
                }
            }
        }
    }

    /// Judges who can replace an entry of a directory.
    fn judge_directory(&mut self, directory: &Path, entry: &Path, found: &Inode) {
        let Some(about) = (self.look)(directory) else { return };
        let (everybody, group) = (about.mode & OTHERS == OTHERS, about.mode & GROUP == GROUP);
        if about.mode & STICKY != 0 {
            // A link has no contents that its owner could change, but in a sticky directory its owner can replace it.
            if (everybody || group) && found.target.is_some() {
                self.judge_owner(entry, found.owner);
            }
        } else if everybody && !self.judged.iter().any(|judged| judged == directory) {
            let fact = message!("anyone on the machine can replace files in ", Part::existing_path(directory));
            let remedy =
                message!("chmod o-w ", Part::existing_path(directory), ", or chmod +t if it must stay writable");
            self.flaws.push(Violation::new(rule::FILE_WORLD_WRITABLE, fact).remedy(remedy));
        } else if group {
            self.note_group(directory, about.group);
        }
        self.judge_owner(directory, about.owner);
        self.judged.push(directory.to_owned());
    }

    /// Judges whether the owner of a directory or link may be able to replace the file.
    fn judge_owner(&mut self, place: &Path, owner: u32) {
        let is_expected = self.is_trusted(owner) || owner == self.file.owner;
        if is_expected || self.judged.iter().any(|judged| judged == place) {
            return;
        }
        let fact = message!("uid ", owner, " owns ", Part::existing_path(place), " and can replace the file");
        let remedy = match self.service {
            0 => message!("chown ", Part::existing_path(place), " to root"),
            service => message!("chown ", Part::existing_path(place), " to root or to uid ", service),
        };
        self.flaws.push(Violation::new(rule::FILE_FOREIGN_PATH, fact).remedy(remedy));
    }

    fn judge_file(&mut self, path: &Path) {
        let Inode { owner, group, mode, .. } = self.file;
        if mode & 0o002 != 0 {
            let fact = "anyone on the machine can write to the file";
            let remedy = message!("chmod o-w ", Part::existing_path(path));
            self.flaws.push(Violation::new(rule::FILE_WORLD_WRITABLE, fact).remedy(remedy));
        } else if mode & 0o020 != 0 {
            self.note_group(path, group);
        }
        if !self.is_trusted(owner) {
            let fact = message!("the file belongs to uid ", owner, ", but this process runs as uid ", self.service);
            self.flaws.push(Violation::new(rule::FILE_FOREIGN_OWNER, fact));
        }
    }

    /// Notes once that a group can replace the file.
    fn note_group(&mut self, place: &Path, group: u32) {
        if !std::mem::replace(&mut self.group_is_noted, true) {
            let fact = message!("group ", group, " can write to ", Part::existing_path(place));
            self.flaws.push(Violation::new(rule::FILE_GROUP_WRITABLE, fact));
        }
    }

    /// Returns whether a user is root, the service, or a user who cannot log in here.
    fn is_trusted(&self, user: u32) -> bool {
        user == 0 || user == self.service || self.unmapped == Some(user)
    }
}

/// Returns the names of a path, the last one first.
fn names(path: &Path) -> Vec<OsString> {
    path.components().rev().map(|component| component.as_os_str().to_owned()).collect()
}

/// Returns the user that represents all users who do not exist in the user namespace of this process, such as root of
/// the host in a rootless container. In the initial namespace, that number is an ordinary account.
///
/// Source: user_namespaces(7).
fn unmapped_user() -> Option<u32> {
    let map = fs::read_to_string("/proc/self/uid_map").ok()?;
    let overflow = || fs::read_to_string("/proc/sys/kernel/overflowuid").ok()?.trim().parse().ok();
    if maps_everybody(&map) { None } else { overflow() }
}

/// Returns whether a user namespace contains all users of the machine.
fn maps_everybody(map: &str) -> bool {
    map.split_whitespace().eq(["0", "0", "4294967295"])
}

#[cfg(test)]
mod tests;
