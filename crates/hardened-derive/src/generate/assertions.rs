//! What only the compiler knows, for it knows the types: whether one is a secret.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use super::typed;
use crate::{
    attributes::Default_,
    fields::{Content, Field, Presence, Setting, twins},
    secret_words::reads_like_a_secret,
};

/// Constants that do not evaluate where a type contradicts what is said about it.
pub(super) fn of(fields: &[Field]) -> TokenStream {
    let settings = fields.iter().enumerate().filter_map(|(number, field)| match &field.content {
        Content::Setting(setting) => Some((number, field, &**setting)),
        _ => None,
    });
    let own = settings.flat_map(|(number, field, setting)| of_setting(number, field, setting));
    let twins = twins(fields).into_iter().filter_map(|twin| {
        let Content::Setting(owner) = &fields.get(twin.owner)?.content else { return None };
        let typed = typed(twin.owner);
        let plain = if owner.from_file { quote!(false) } else { quote!(!#typed.kind().is_secret()) };
        Some(assertion(twin.place, &plain, &twin.message))
    });
    let groups = fields.iter().enumerate().filter_map(|(number, field)| match &field.content {
        Content::Group(group) => match group.presence {
            Presence::InProduction(place) => Some(of_group(number, place)),
            Presence::Required | Presence::Optional => None,
        },
        Content::Setting(_) | Content::Tier => None,
    });
    own.chain(twins).chain(groups).collect()
}

/// A group that production needs has a setting that the report can call missing.
fn of_group(number: usize, place: Span) -> TokenStream {
    const NOTHING_NEEDED: &str = "a group without a required setting is never missed: require one of its settings, or \
                                  leave out this";
    let typed = typed(number);
    assertion(place, &quote!(__hardened::can_be_missed(#typed.schema())), NOTHING_NEEDED)
}

fn of_setting(number: usize, field: &Field, setting: &Setting) -> Vec<TokenStream> {
    let typed = typed(number);
    let no_secret = quote!(!#typed.kind().is_secret());
    let mut assertions: Vec<_> =
        setting.default.iter().map(|default| of_default(default, &quote!(#typed.kind()))).collect();
    if let Some(place) = setting.show {
        assertions.push(assertion(place, &no_secret, "a secret is never shown"));
    }
    if let Some(place) = setting.not_secret {
        assertions.push(assertion(place, &no_secret, "the type of this setting says that it is a secret"));
    } else if let Some((name, place)) = secret_name(field, setting) {
        let harmless = quote!(!#typed.kind().is_free_text());
        assertions.push(assertion(place, &harmless, &secret_message(name)));
    }
    assertions
}

fn of_default(default: &Default_, kind: &TokenStream) -> TokenStream {
    const SECRET: &str = "a secret has no default: whoever reads the code would know it";
    let secret = assertion(default.place, &quote!(!#kind.is_secret()), SECRET);
    let form = if default.is_list {
        Some("a default in brackets is for a list")
    } else if default.text.trim().is_empty() {
        Some("the default of a list that may be empty is `[]`")
    } else {
        None
    };
    let Some(message) = form else { return secret };
    let is_list = quote!(__hardened::is_list(&#kind));
    // A secret is told once, above.
    let holds =
        if default.is_list { quote!(#is_list || #kind.is_secret()) } else { quote!(!#is_list || #kind.is_secret()) };
    let form = assertion(default.place, &holds, message);
    quote!(#secret #form)
}

/// The name of a setting that reads like a secret, and where it stands.
fn secret_name<'a>(field: &'a Field, setting: &'a Setting) -> Option<(&'a str, Span)> {
    if reads_like_a_secret(&field.name) {
        return Some((&field.name, field.ident.span()));
    }
    let variable = setting.variables.iter().find(|variable| reads_like_a_secret(&variable.name))?;
    Some((&variable.name, variable.place))
}

fn secret_message(name: &str) -> String {
    format!(
        "`{name}` reads like a secret, and its type does not keep one: make it a `hardened::SecretText`, or say why it \
         is none with `#[config(not_secret = \"reason\")]`"
    )
}

fn assertion(place: Span, holds: &TokenStream, otherwise: &str) -> TokenStream {
    let call = quote_spanned!(place=> __hardened::declared(#holds, #otherwise));
    quote!(const _: () = #call;)
}
