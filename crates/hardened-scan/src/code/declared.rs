//! Whether the module of a file is declared for tests only.

use std::{
    fs,
    path::{Path, PathBuf},
};

use syn::Item;

use super::{parse, tests_only};

/// Returns whether the module of a file is declared with `#[cfg(test)]`: `#[cfg(test)] mod helpers;`.
pub(super) fn is_for_tests(file: &Path) -> bool {
    let Some((name, folder)) = module(file) else { return false };
    let own = folder.with_extension("rs");
    let parents = ["mod.rs", "lib.rs", "main.rs"].map(|parent| folder.join(parent));
    parents.into_iter().chain([own]).filter(|parent| parent != file).any(|parent| declares(&parent, &name))
}

/// Returns the name of a file's module, and the folder that contains its parent or has the parent's name.
fn module(file: &Path) -> Option<(String, PathBuf)> {
    let name = file.file_stem()?.to_str()?;
    let folder = file.parent()?;
    if name == "mod" {
        Some((folder.file_name()?.to_str()?.to_owned(), folder.parent()?.to_owned()))
    } else {
        Some((name.to_owned(), folder.to_owned()))
    }
}

fn declares(parent: &Path, name: &str) -> bool {
    let Ok(text) = fs::read_to_string(parent) else { return false };
    let is_it = |item: &Item| match item {
        Item::Mod(item) => item.ident == name && item.content.is_none() && tests_only::is_marked(&item.attrs),
        _ => false,
    };
    parse::with(&text, |file, _| file.items.iter().any(is_it)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_for_tests_where_its_parent_says_so() {
        for (parent, file, declaration, expected) in [
            ("src/lib.rs", "src/a.rs", "#[cfg(test)] mod a;", true),
            ("src/main.rs", "src/a/mod.rs", "#[cfg(test)]\npub(crate) mod a;", true),
            ("src/b/mod.rs", "src/b/a.rs", "#[cfg(test)] mod a;", true),
            ("src/b.rs", "src/b/a.rs", "#[cfg(test)] mod a;", true),
            ("src/lib.rs", "src/a.rs", "mod a;", false),
            ("src/lib.rs", "src/a.rs", "#[cfg(not(test))] mod a;", false),
            ("src/lib.rs", "src/a.rs", "#[cfg(test)] mod b;", false),
            ("src/lib.rs", "src/a.rs", "#[cfg(test)] mod a {}", false),
            ("src/lib.rs", "src/a.rs", "not Rust", false),
            ("src/other.rs", "src/a.rs", "#[cfg(test)] mod a;", false),
        ] {
            let root = tempfile::tempdir().unwrap();
            for (path, text) in [(file, ""), (parent, declaration)] {
                let path = root.path().join(path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
            assert_eq!(is_for_tests(&root.path().join(file)), expected, "{parent} {file} {declaration}");
        }
    }
}
