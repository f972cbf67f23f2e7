//! `#[config(...)]` on a field.

use syn::{ExprPath, Ident, LitStr, Result, parse::Parse, parse::ParseStream};

use super::{
    Attributes, Default_, default,
    value::{Given, assigned, flag, names, once, text},
};

/// What stands on one field.
#[derive(Default)]
pub(crate) struct FieldAttributes {
    pub(crate) env: Option<Given<Vec<LitStr>>>,
    pub(crate) default: Option<Given<Default_>>,
    pub(crate) nested: Option<Given<()>>,
    pub(crate) prefix: Option<Given<LitStr>>,
    pub(crate) with: Option<Given<ExprPath>>,
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
        "default",
        "nested",
        "prefix",
        "with",
        "parse",
        "deserialize",
        "example",
        "show",
        "file",
        "not_secret",
        "required_in_production",
        "tier",
    ];

    fn set(&mut self, key: &Ident, input: ParseStream<'_>) -> Result<()> {
        match key.to_string().as_str() {
            "env" => once(&mut self.env, key, names(key, input)?),
            "default" => once(&mut self.default, key, default::parse(key, input)?),
            "prefix" => once(&mut self.prefix, key, text(key, input, "prefix = \"NAME_\"")?),
            "with" => once(&mut self.with, key, assigned(key, input, "with = function", ExprPath::parse)?),
            "example" => once(&mut self.example, key, text(key, input, "example = \"text\"")?),
            "not_secret" => once(&mut self.not_secret, key, text(key, input, "not_secret = \"reason\"")?),
            name => {
                flag(key, input)?;
                once(self.flag(name), key, ())
            }
        }
    }
}

impl FieldAttributes {
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

    /// The attributes that are about one setting, as far as they are given.
    pub(crate) fn of_a_setting(&self) -> Vec<(&'static str, proc_macro2::Span)> {
        let given = [
            ("env", self.env.as_ref().map(|given| given.place)),
            ("default", self.default.as_ref().map(|given| given.place)),
            ("parse", self.parse.as_ref().map(|given| given.place)),
            ("deserialize", self.deserialize.as_ref().map(|given| given.place)),
            ("example", self.example.as_ref().map(|given| given.place)),
            ("show", self.show.as_ref().map(|given| given.place)),
            ("file", self.file.as_ref().map(|given| given.place)),
            ("not_secret", self.not_secret.as_ref().map(|given| given.place)),
        ];
        given.into_iter().filter_map(|(name, place)| Some((name, place?))).collect()
    }
}
