//! The attribute `#[config(...)]` on a field.

use proc_macro2::TokenStream;
use syn::{
    ExprPath, Ident, LitInt, LitStr, Result,
    ext::IdentExt,
    parse::{Parse, ParseStream},
};

use super::{
    Attributes, Default_, RuleAttributes, default, rules,
    value::{Given, assigned, flag, names, once, text},
};

/// The attributes of a field.
#[derive(Default)]
pub(crate) struct FieldAttributes {
    pub(crate) env: Option<Given<Vec<LitStr>>>,
    pub(crate) key: Option<Given<LitStr>>,
    /// Other names, with whether each is deprecated.
    pub(crate) aliases: Vec<(LitStr, bool)>,
    pub(crate) deprecated: Option<Given<LitStr>>,
    pub(crate) default: Option<Given<Default_>>,
    pub(crate) default_with: Option<Given<ExprPath>>,
    pub(crate) with: Option<Given<ExprPath>>,
    pub(crate) required_unless: Option<Given<Ident>>,
    pub(crate) expects: Option<Given<LitStr>>,
    pub(crate) rules: RuleAttributes,
    /// The rules for each item of a list, not parsed yet.
    pub(crate) each: Option<Given<TokenStream>>,
    pub(crate) nested: Option<Given<()>>,
    pub(crate) prefix: Option<Given<LitStr>>,
    pub(crate) min: Option<Given<usize>>,
    pub(crate) max: Option<Given<usize>>,
    pub(crate) parse: Option<Given<()>>,
    pub(crate) deserialize: Option<Given<()>>,
    pub(crate) example: Option<Given<LitStr>>,
    pub(crate) show: Option<Given<()>>,
    pub(crate) file: Option<Given<()>>,
    pub(crate) not_secret: Option<Given<LitStr>>,
    pub(crate) required_in_production: Option<Given<()>>,
    pub(crate) tier: Option<Given<()>>,
}

impl Attributes for FieldAttributes {
    const PLACE: &'static str = "a field";
    const KEYS: &'static [&'static str] = &[
        "env",
        "key",
        "alias",
        "deprecated_alias",
        "deprecated",
        "default",
        "default_with",
        "with",
        "nested",
        "prefix",
        "min",
        "max",
        "parse",
        "deserialize",
        "expects",
        "range",
        "len",
        "one_of",
        "matches",
        "non_empty",
        "each",
        "example",
        "show",
        "file",
        "not_secret",
        "required_in_production",
        "required_unless",
        "tier",
    ];

    fn set(&mut self, key: &Ident, input: ParseStream<'_>) -> Result<()> {
        match key.to_string().as_str() {
            "env" => once(&mut self.env, key, names(key, input)?),
            "key" => once(&mut self.key, key, text(key, input, "key = \"name\"")?),
            "alias" => self.alias(text(key, input, "alias = \"old_name\"")?, false),
            "deprecated_alias" => self.alias(text(key, input, "deprecated_alias = \"old_name\"")?, true),
            "deprecated" => once(&mut self.deprecated, key, text(key, input, "deprecated = \"use OTHER_NAME\"")?),
            "default" => once(&mut self.default, key, default::parse(key, input)?),
            "default_with" => once(&mut self.default_with, key, function(key, input, "default_with = function")?),
            "with" => once(&mut self.with, key, function(key, input, "with = function")?),
            "required_unless" => {
                let field = assigned(key, input, "required_unless = field", Ident::parse_any)?;
                once(&mut self.required_unless, key, field)
            }
            "expects" => once(&mut self.expects, key, text(key, input, "expects = \"what it must be\"")?),
            "each" => once(&mut self.each, key, rules::each(key, input)?),
            name if RuleAttributes::KEYS.contains(&name) => self.rules.set(key, input),
            "prefix" => once(&mut self.prefix, key, text(key, input, "prefix = \"NAME_\"")?),
            "min" => once(&mut self.min, key, count(key, input, "min = 1")?),
            "max" => once(&mut self.max, key, count(key, input, "max = 10")?),
            "example" => once(&mut self.example, key, text(key, input, "example = \"text\"")?),
            "not_secret" => once(&mut self.not_secret, key, text(key, input, "not_secret = \"reason\"")?),
            name => {
                flag(key, input)?;
                once(self.flag(name), key, ())
            }
        }
    }
}

fn count(key: &Ident, input: ParseStream<'_>, form: &str) -> Result<usize> {
    assigned(key, input, form, |input| input.parse::<LitInt>()?.base10_parse())
}

fn function(key: &Ident, input: ParseStream<'_>, form: &str) -> Result<ExprPath> {
    assigned(key, input, form, Parse::parse)
}

impl FieldAttributes {
    fn alias(&mut self, name: LitStr, is_deprecated: bool) -> Result<()> {
        self.aliases.push((name, is_deprecated));
        Ok(())
    }

    fn flag(&mut self, name: &str) -> &mut Option<Given<()>> {
        match name {
            "nested" => &mut self.nested,
            "parse" => &mut self.parse,
            "deserialize" => &mut self.deserialize,
            "show" => &mut self.show,
            "file" => &mut self.file,
            "required_in_production" => &mut self.required_in_production,
            _ => &mut self.tier,
        }
    }

    /// Returns those of the given attributes that apply only to a setting, with their places.
    pub(crate) fn of_a_setting(&self) -> Vec<(&'static str, proc_macro2::Span)> {
        let given = [
            ("env", self.env.as_ref().map(|given| given.place)),
            ("deprecated", self.deprecated.as_ref().map(|given| given.place)),
            ("default", self.default.as_ref().map(|given| given.place)),
            ("default_with", self.default_with.as_ref().map(|given| given.place)),
            ("required_unless", self.required_unless.as_ref().map(|given| given.place)),
            ("expects", self.expects.as_ref().map(|given| given.place)),
            ("parse", self.parse.as_ref().map(|given| given.place)),
            ("deserialize", self.deserialize.as_ref().map(|given| given.place)),
            ("example", self.example.as_ref().map(|given| given.place)),
            ("show", self.show.as_ref().map(|given| given.place)),
            ("file", self.file.as_ref().map(|given| given.place)),
            ("not_secret", self.not_secret.as_ref().map(|given| given.place)),
            ("each", self.each.as_ref().map(|given| given.place)),
        ];
        given.into_iter().filter_map(|(name, place)| Some((name, place?))).chain(self.rules.places()).collect()
    }
}
