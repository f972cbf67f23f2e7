//! Resolves the paths in code to arrows (dependencies) between files and between crates.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use crate::house::{House, Module, Segments};

/// The target of a path.
pub(crate) enum Target {
    /// An item in a file of the same crate.
    File(PathBuf),
    /// A module of the same crate, which is not an arrow.
    Module,
    /// Another crate.
    Crate(String),
    /// Something outside this repository's crates, or a local name: the standard library, a dependency, a type parameter.
    Elsewhere,
    /// A name in our crates that is not defined anywhere.
    Unknown,
}

/// The arrows of one crate.
#[derive(Default)]
pub(crate) struct Arrows {
    /// For each file, the files whose items it uses.
    pub(crate) files: BTreeMap<PathBuf, BTreeSet<PathBuf>>,
    /// For each crate that is used, one file that uses it.
    pub(crate) crates: BTreeMap<String, PathBuf>,
    /// Paths that could not be resolved, each with its file.
    pub(crate) unknown: BTreeSet<(PathBuf, String)>,
}

impl Arrows {
    pub(crate) fn of(house: &House) -> Self {
        let mut arrows = Self::default();
        for (path, module) in &house.modules {
            for named in &module.named {
                arrows.follow(house, path, module, named);
            }
        }
        arrows
    }

    fn follow(&mut self, house: &House, from: &Segments, module: &Module, named: &Segments) {
        match resolve(house, from, named, 0) {
            Target::File(file) if file != module.file => {
                self.files.entry(module.file.clone()).or_default().insert(file);
            }
            Target::Crate(name) => drop(self.crates.entry(name).or_insert_with(|| module.file.clone())),
            Target::Unknown => drop(self.unknown.insert((module.file.clone(), named.join("::")))),
            _ => {}
        }
    }

    /// Returns the groups of files that depend on one another in a cycle.
    pub(crate) fn circles(&self) -> Vec<BTreeSet<PathBuf>> {
        let reach: BTreeMap<_, _> = self.files.keys().map(|file| (file, self.reachable(file))).collect();
        let mut circles = Vec::new();
        for (file, below) in &reach {
            let back = |other: &&PathBuf| reach.get(*other).is_some_and(|above| above.contains(*file));
            let circle: BTreeSet<PathBuf> = below.iter().filter(back).cloned().collect();
            if circle.contains(*file) && !circles.contains(&circle) {
                circles.push(circle);
            }
        }
        circles
    }

    fn reachable(&self, file: &PathBuf) -> BTreeSet<PathBuf> {
        let mut seen = BTreeSet::new();
        let mut open = vec![file];
        while let Some(file) = open.pop() {
            for next in self.files.get(file).into_iter().flatten() {
                if seen.insert(next.clone()) {
                    open.push(next);
                }
            }
        }
        seen
    }
}

/// Resolves a path that a module names.
pub(crate) fn resolve(house: &House, from: &Segments, path: &[String], depth: usize) -> Target {
    let Some((first, rest)) = path.split_first() else { return Target::Module };
    let Some(module) = house.modules.get(from).filter(|_| depth < 16) else { return Target::Unknown };
    match first.as_str() {
        "crate" => inside(house, &Vec::new(), rest, depth),
        name if name == house.name => inside(house, &Vec::new(), rest, depth),
        "self" => inside(house, from, rest, depth),
        "super" => {
            let above = from.get(..from.len().saturating_sub(1)).unwrap_or_default().to_vec();
            match rest.first().map(String::as_str) {
                Some("super" | "self") => resolve(house, &above, rest, depth + 1),
                _ => inside(house, &above, rest, depth),
            }
        }
        name if module.imports.contains_key(name) => imported(house, from, module, first, rest, depth),
        name if !rest.is_empty() && module.children.contains(name) => inside(house, from, path, depth),
        name if name.starts_with("hardened") && !rest.is_empty() => Target::Crate(name.to_owned()),
        _ => Target::Elsewhere,
    }
}

/// Resolves a name that a module imports. If a `cfg` chooses between several imports, the first in our crates counts.
fn imported(house: &House, from: &Segments, module: &Module, name: &String, rest: &[String], depth: usize) -> Target {
    for path in module.imports.get(name).into_iter().flatten() {
        // In `use quote::quote;`, the first name is that of a crate.
        if path.first() == Some(name) && !module.children.contains(name) {
            continue;
        }
        match resolve(house, from, &[path.as_slice(), rest].concat(), depth + 1) {
            Target::Elsewhere => {}
            target => return target,
        }
    }
    Target::Elsewhere
}

/// Resolves a path relative to a module.
fn inside(house: &House, from: &Segments, path: &[String], depth: usize) -> Target {
    let Some((first, rest)) = path.split_first() else { return Target::Module };
    let Some(module) = house.modules.get(from).filter(|_| depth < 16) else { return Target::Unknown };
    if module.children.contains(first) {
        return inside(house, &[from.as_slice(), std::slice::from_ref(first)].concat(), rest, depth);
    }
    if module.items.contains(first) {
        return Target::File(module.file.clone());
    }
    if module.imports.contains_key(first) {
        return imported(house, from, module, first, rest, depth + 1);
    }
    for glob in &module.globs {
        match resolve(house, from, &[glob.as_slice(), path].concat(), depth + 1) {
            Target::Unknown | Target::Elsewhere => {}
            target => return target,
        }
    }
    match house.macros.get(first).filter(|_| from.is_empty()) {
        Some(file) => Target::File(file.clone()),
        // The `super::*` of a module that is compiled only with the tests.
        None if first == "*" => Target::Module,
        None => Target::Unknown,
    }
}
