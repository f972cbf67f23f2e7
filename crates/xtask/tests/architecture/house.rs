//! The modules of one crate, read from its sources.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Item, UseTree};

/// The segments of a path.
pub(crate) type Segments = Vec<String>;

/// A module, with everything that is needed to resolve a path in it.
#[derive(Debug, Default)]
pub(crate) struct Module {
    /// The file, relative to the sources of the crate.
    pub(crate) file: PathBuf,
    /// The names of its child modules.
    pub(crate) children: BTreeSet<String>,
    /// The names of the items that it defines.
    pub(crate) items: BTreeSet<String>,
    /// The names that it imports or re-exports, each with its path; a name may have one path for each `cfg`.
    pub(crate) imports: BTreeMap<String, Vec<Segments>>,
    /// The paths of its glob imports.
    pub(crate) globs: Vec<Segments>,
    /// The paths that its code names, except re-exports.
    pub(crate) named: Vec<Segments>,
}

/// A crate.
pub(crate) struct House {
    /// The name in paths, such as `hardened_core`.
    pub(crate) name: String,
    /// The modules by their paths; the root is the empty path.
    pub(crate) modules: BTreeMap<Segments, Module>,
    /// The files that are compiled only with the tests.
    pub(crate) tests: BTreeSet<PathBuf>,
    /// The file that defines each exported macro.
    pub(crate) macros: BTreeMap<String, PathBuf>,
    source: PathBuf,
}

impl House {
    /// Reads the sources in a directory, starting with `root` (`lib.rs` or `main.rs`).
    pub(crate) fn read(name: &str, source: &Path, root: &str) -> Self {
        let mut house = Self {
            name: name.to_owned(),
            modules: BTreeMap::new(),
            tests: BTreeSet::new(),
            macros: BTreeMap::new(),
            source: source.to_owned(),
        };
        house.file(Vec::new(), Path::new(root));
        house
    }

    /// Returns every Rust file of the sources.
    pub(crate) fn files(&self) -> BTreeSet<PathBuf> {
        let mut files = BTreeSet::new();
        collect(&self.source, &self.source, &mut files);
        files
    }

    fn file(&mut self, path: Segments, file: &Path) {
        let text =
            fs::read_to_string(self.source.join(file)).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        self.module(path, file, parsed.items);
    }

    fn module(&mut self, path: Segments, file: &Path, items: Vec<Item>) {
        let mut module = Module { file: file.to_owned(), ..Module::default() };
        for item in items {
            if is_test(attributes(&item)) {
                if let Item::Mod(inner) = &item
                    && inner.content.is_none()
                {
                    self.tests.insert(self.child(&path, file, &inner.ident.to_string()));
                }
                continue;
            }
            match item {
                Item::Mod(inner) => {
                    let name = inner.ident.to_string();
                    let inside = [path.clone(), vec![name.clone()]].concat();
                    module.children.insert(name.clone());
                    match inner.content {
                        Some((_, items)) => self.module(inside, file, items),
                        None => {
                            let found = self.child(&path, file, &name);
                            self.file(inside, &found);
                        }
                    }
                }
                Item::Use(import) => {
                    let is_public = !matches!(import.vis, syn::Visibility::Inherited);
                    flatten(&import.tree, &mut Vec::new(), is_public, &mut module);
                }
                Item::ExternCrate(_) => {}
                Item::Macro(defined) if defined.ident.is_some() => {
                    let name = defined.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                    if defined.attrs.iter().any(|attribute| attribute.path().is_ident("macro_export")) {
                        self.macros.insert(name.clone(), file.to_owned());
                    }
                    module.items.insert(name);
                    // The paths in the body are those of the caller.
                }
                other => {
                    define(&other, &mut module.items);
                    paths(other.to_token_stream(), &mut module.named);
                }
            }
        }
        self.modules.insert(path, module);
    }

    fn child(&self, path: &[String], file: &Path, name: &str) -> PathBuf {
        let folder = match file.file_stem().and_then(|stem| stem.to_str()) {
            Some("mod" | "lib" | "main") => file.parent().map(Path::to_path_buf).unwrap_or_default(),
            _ => file.with_extension(""),
        };
        let candidates = [folder.join(format!("{name}.rs")), folder.join(name).join("mod.rs")];
        let found = candidates.iter().find(|candidate| self.source.join(candidate).exists());
        found.cloned().unwrap_or_else(|| panic!("{}: no file of the module {path:?} {name}", file.display()))
    }
}

fn collect(source: &Path, folder: &Path, files: &mut BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(source, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.insert(path.strip_prefix(source).expect("below the sources").to_owned());
        }
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Returns whether an item is compiled only with the tests.
fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).any(|attribute| {
        let words = attribute.meta.to_token_stream().to_string();
        words.contains("test") && !words.contains("not")
    })
}

/// Adds the names that an item defines.
fn define(item: &Item, items: &mut BTreeSet<String>) {
    let name = match item {
        Item::Const(item) => item.ident.to_string(),
        Item::Enum(item) => item.ident.to_string(),
        Item::Fn(item) => item.sig.ident.to_string(),
        Item::Static(item) => item.ident.to_string(),
        Item::Struct(item) => item.ident.to_string(),
        Item::Trait(item) => item.ident.to_string(),
        Item::Type(item) => item.ident.to_string(),
        Item::Union(item) => item.ident.to_string(),
        // A macro that may define items, such as the table of rules: every identifier in it counts as defined.
        Item::Macro(item) => return defined_by_macro(item.mac.tokens.clone(), items),
        _ => return,
    };
    items.insert(name);
}

fn defined_by_macro(tokens: TokenStream, items: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(name) => drop(items.insert(name.to_string())),
            TokenTree::Group(group) => defined_by_macro(group.stream(), items),
            _ => {}
        }
    }
    items.insert("ALL".to_owned());
}

/// Adds the imports of one `use`.
fn flatten(tree: &UseTree, before: &mut Segments, is_public: bool, module: &mut Module) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            flatten(&path.tree, before, is_public, module);
            before.pop();
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, before, is_public, module)),
        UseTree::Name(name) if name.ident == "self" => {
            let last = before.last().cloned().unwrap_or_default();
            import(last, before.clone(), is_public, module);
        }
        UseTree::Name(name) => {
            let path = [before.clone(), vec![name.ident.to_string()]].concat();
            import(name.ident.to_string(), path, is_public, module);
        }
        UseTree::Rename(rename) => {
            let path = [before.clone(), vec![rename.ident.to_string()]].concat();
            import(rename.rename.to_string(), path, is_public, module);
        }
        UseTree::Glob(_) => {
            module.globs.push(before.clone());
            if !is_public {
                module.named.push(before.clone());
            }
        }
    }
}

fn import(name: String, path: Segments, is_public: bool, module: &mut Module) {
    if !is_public {
        module.named.push(path.clone());
    }
    module.imports.entry(name).or_default().push(path);
}

/// Adds the paths in code, which are identifiers joined by `::`, including those in macro arguments.
fn paths(tokens: TokenStream, found: &mut Vec<Segments>) {
    let mut path: Segments = Vec::new();
    let mut colons = 0;
    for token in tokens {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
            TokenTree::Ident(name) => {
                if colons != 2 && !path.is_empty() {
                    found.push(std::mem::take(&mut path));
                }
                path.push(name.to_string());
                colons = 0;
            }
            other => {
                if !path.is_empty() {
                    found.push(std::mem::take(&mut path));
                }
                colons = 0;
                if let TokenTree::Group(group) = other {
                    paths(group.stream(), found);
                }
            }
        }
    }
    if !path.is_empty() {
        found.push(path);
    }
}
