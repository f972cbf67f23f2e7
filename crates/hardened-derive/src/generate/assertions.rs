//! Assertions that depend on types, which only the compiler knows: for example, whether one is a secret.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::{setting::rules, typed};
use crate::{
    attributes::Default_,
    fields::{Content, Field, Presence, Setting, twins},
    secret_words::{self, Reading},
    types,
};

/// Generates constants that fail to evaluate if a type contradicts its attributes.
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
            _ => None,
        },
        Content::Groups(groups) => Some(of_keys(number, groups.ty.span())),
        _ => None,
    });
    own.chain(twins).chain(groups).collect()
}

/// Asserts that the keys of a map are not secrets, because reports show them.
fn of_keys(number: usize, place: Span) -> TokenStream {
    let typed = typed(number);
    assertion(place, &quote!(!#typed.has_secret_keys()), "reports show the keys of a map, so they cannot be secrets")
}

/// Asserts that a group that is required in production has a setting that can be missing.
fn of_group(number: usize, place: Span) -> TokenStream {
    const NOTHING_NEEDED: &str = "the group has no required setting, so it is never missing: require one of its settings, \
                                  or remove `required_in_production`";
    let typed = typed(number);
    assertion(place, &quote!(__hardened::can_be_missed(#typed.schema())), NOTHING_NEEDED)
}

fn of_setting(number: usize, field: &Field, setting: &Setting) -> Vec<TokenStream> {
    let typed = typed(number);
    let no_secret = quote!(!#typed.kind().is_secret());
    let mut assertions: Vec<_> = setting.default.iter().map(|default| of_default(default, &typed)).collect();
    assertions.extend(of_rules(setting, &typed));
    if let Some(default) = &setting.default_with {
        assertions.push(assertion(default.place, &no_secret, SECRET_DEFAULT));
    }
    if let Some(place) = setting.show {
        assertions.push(assertion(place, &no_secret, "`show` cannot be used on a secret"));
    }
    if let Some(place) = setting.not_secret {
        assertions.push(assertion(place, &no_secret, "the type of this setting is a secret: remove `not_secret`"));
    } else if let Some((reading, name, place)) = secret_name(field, setting) {
        let is_number = (reading == Reading::Secret).then(|| quote!(|| __hardened::is_number(&#typed.kind())));
        let harmless = quote!(!(#typed.kind().is_free_text() #is_number));
        assertions.push(assertion(place, &harmless, &secret_message(&name)));
    }
    assertions
}

/// Asserts that each rule applies to the type, and that the default and the example satisfy it.
fn of_rules(setting: &Setting, typed: &Ident) -> Vec<TokenStream> {
    const DEFAULT: &str = "this default breaks a rule of its own field";
    const EXAMPLE: &str = "this example breaks a rule of its own field";
    let own = rules(&setting.rules).into_iter().map(|rule| (rule, false));
    let each = rules(&setting.each).into_iter().map(|rule| (rule, true));
    let mut assertions = Vec::new();
    for ((rule, place), of_items) in own.chain(each) {
        let suits = quote_spanned! {place=>
            __hardened::suits(&#typed.kind(), #typed.defaults(), &#rule, #of_items)
        };
        assertions.push(quote!(const _: () = #suits;));
        let default = setting.default.as_ref().map(|default| (default.text.clone(), default.place, DEFAULT));
        let example = setting.example.as_ref().map(|given| (given.value.value(), given.value.span(), EXAMPLE));
        for (text, place, otherwise) in default.into_iter().chain(example) {
            let keeps = quote_spanned! {place=>
                __hardened::keeps(&#typed.kind(), #typed.defaults(), &#rule, #of_items, #text, #otherwise)
            };
            assertions.push(quote!(const _: () = #keeps;));
        }
    }
    for matches in setting.rules.matches.iter().chain(&setting.each.matches) {
        let enabled = "`matches` needs the feature `regex` of the crate `hardened`";
        assertions.push(assertion(matches.place, &quote!(__hardened::HAS_REGEX), enabled));
    }
    assertions
}

const SECRET_DEFAULT: &str = "a secret cannot have a default, because anyone who reads the code would know it";

fn of_default(default: &Default_, typed: &Ident) -> TokenStream {
    let kind = quote!(#typed.kind());
    let secret = assertion(default.place, &quote!(!#kind.is_secret()), SECRET_DEFAULT);
    let is_list = quote!(__hardened::is_list(&#kind));
    // Each mistake is reported once.
    let (holds, message) = if default.is_list {
        (quote!(#is_list), "only a list can have a default in brackets")
    } else if default.text.trim().is_empty() {
        (quote!(!#is_list), "write an empty list as `[]`")
    } else {
        (quote!(true), "")
    };
    let form = assertion(default.place, &quote!(#holds || #kind.is_secret()), message);
    let text = &default.text;
    let accepted = quote!(#typed.accepts(#text) || !(#holds) || #kind.is_secret());
    let value = assertion(default.place, &accepted, "the type of this setting does not accept this default");
    quote!(#secret #form #value)
}

/// Returns the first name that reads like a secret, with its place: the field's, a variable's, or the type's. Names that denote
/// a secret even as a number come first.
fn secret_name(field: &Field, setting: &Setting) -> Option<(Reading, String, Span)> {
    let own = (field.name.clone(), field.ident.span());
    let variables = setting.variables.iter().map(|variable| (variable.name.clone(), variable.place));
    let named = std::iter::once(own).chain(variables).map(|(name, place)| (secret_words::read(&name), name, place));
    // A numeric type states itself that it is a number.
    let typed = types::names(&setting.ty)
        .into_iter()
        .filter(|ident| secret_words::read(&ident.to_string()) != Reading::Plain)
        .map(|ident| (Reading::SecretText, ident.to_string(), ident.span()));
    let mut found: Vec<_> = named.filter(|(reading, ..)| *reading != Reading::Plain).chain(typed).collect();
    found.sort_by_key(|(reading, ..)| *reading != Reading::Secret);
    found.into_iter().next()
}

fn secret_message(name: &str) -> String {
    format!(
        "`{name}` reads like a secret, but its type does not protect one: use `hardened::SecretText`, or explain why it \
         is not a secret with `#[config(not_secret = \"reason\")]`"
    )
}

fn assertion(place: Span, holds: &TokenStream, otherwise: &str) -> TokenStream {
    let call = quote_spanned!(place=> __hardened::declared(#holds, #otherwise));
    quote!(const _: () = #call;)
}
