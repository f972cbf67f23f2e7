//! Inspection of types, as far as their spelling shows them.

use syn::{GenericArgument, Ident, PathArguments, Type};

/// Returns the `T` of a literal `Option<T>`, with any path.
pub(crate) fn in_option(ty: &Type) -> Option<&Type> {
    argument(ty, "Option")
}

/// Returns the `T` of a literal `Vec<T>`, with any path.
pub(crate) fn in_vec(ty: &Type) -> Option<&Type> {
    argument(ty, "Vec")
}

/// Returns the names in a type, without module paths: `SecretBox` and `str` for `secrecy::SecretBox<str>`.
pub(crate) fn names(ty: &Type) -> Vec<&Ident> {
    let Type::Path(path) = spelling(ty) else { return Vec::new() };
    let Some(last) = path.path.segments.last() else { return Vec::new() };
    let mut names = vec![&last.ident];
    if let PathArguments::AngleBracketed(arguments) = &last.arguments {
        for argument in &arguments.args {
            if let GenericArgument::Type(ty) = argument {
                names.extend(self::names(ty));
            }
        }
    }
    names
}

/// Returns the name of a type with arguments: `HashMap` for `std::collections::HashMap<String, String>`.
pub(crate) fn generic(ty: &Type) -> Option<&Ident> {
    let Type::Path(path) = spelling(ty) else { return None };
    let last = path.path.segments.last()?;
    if last.arguments.is_empty() { None } else { Some(&last.ident) }
}

/// Returns whether the last argument of a type is `str`: `Cow<'static, str>`.
pub(crate) fn argument_is_text(ty: &Type) -> bool {
    let Type::Path(path) = spelling(ty) else { return false };
    let Some(PathArguments::AngleBracketed(given)) = path.path.segments.last().map(|last| &last.arguments) else {
        return false;
    };
    matches!(given.args.last(), Some(GenericArgument::Type(Type::Path(text))) if text.path.is_ident("str"))
}

fn argument<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = spelling(ty) else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match (arguments.args.len(), arguments.args.first()) {
        (1, Some(GenericArgument::Type(ty))) => Some(ty),
        _ => None,
    }
}

/// Returns the type without parentheses and the invisible groups that `macro_rules!` adds.
pub(crate) fn spelling(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => spelling(&group.elem),
        Type::Paren(paren) => spelling(&paren.elem),
        ty => ty,
    }
}
