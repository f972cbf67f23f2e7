//! Generates the function that promises: first what the groups promise, then what the struct itself does.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::{Structure, at, local, typed};
use crate::fields::{Content, Field, Presence};

/// Returns `None` if there is nothing to promise.
pub(super) fn function(structure: &Structure) -> Option<TokenStream> {
    let promises = local("promises");
    let groups: Vec<_> =
        structure.fields.iter().enumerate().filter_map(|(number, field)| of_group(number, field)).collect();
    let own = structure.promises.as_ref().map(|path| {
        let promises = at(path.span(), &promises);
        quote_spanned!(path.span()=> #path(self, #promises);)
    });
    if groups.is_empty() && own.is_none() {
        return None;
    }
    Some(quote! {
        fn promise(&self, #promises: &mut __hardened::Promises) {
            #(#groups)*
            #own
        }
    })
}

fn of_group(number: usize, field: &Field) -> Option<TokenStream> {
    let presence = match &field.content {
        Content::Group(group) => &group.presence,
        Content::Groups(groups) => &groups.presence,
        _ => return None,
    };
    let (promises, typed) = (local("promises"), typed(number));
    let (ident, name) = (&field.ident, &field.name);
    Some(match presence {
        Presence::Required => quote!(#typed.promise(&self.#ident, #name, #promises);),
        _ => quote! {
            if let __hardened::Option::Some(group) = &self.#ident {
                #typed.promise(group, #name, #promises);
            }
        },
    })
}
