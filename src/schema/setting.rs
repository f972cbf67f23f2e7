//! One typed value of the configuration.

use super::Kind;
use crate::Rejection;

/// A type that one setting can have.
///
/// Implemented for numbers, booleans, text, paths, durations, addresses, URLs, `Vec` of any of them (separated by
/// commas), and this library's own types. `#[derive(Config)]` on an enum without data implements it; a type from
/// elsewhere is marked `#[config(parse)]` or `#[config(deserialize)]` at its field.
///
/// ```
/// use hardened::{Kind, Rejection, Setting};
///
/// /// A share in percent.
/// struct Percentage(u8);
///
/// impl Setting for Percentage {
///     const KIND: Kind = Kind::Integer { min: 0, max: 100 };
///
///     fn parse(text: &str) -> Result<Self, Rejection> {
///         let number = u8::parse(text)?;
///         if number > 100 {
///             return Err(Rejection::malformed(Self::KIND.must_be()));
///         }
///         Ok(Self(number))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "the trait `Setting` is not implemented for `{Self}`",
    label = "this type cannot be read from one variable",
    note = "if it is a settings group, mark the field `#[config(nested)]`",
    note = "if it is another crate's type, mark the field `#[config(parse)]` (FromStr) or `#[config(deserialize)]`",
    note = "if it is your own type, implement `hardened::Setting`; on an enum without data, derive `hardened::Config`"
)]
pub trait Setting: Sized {
    /// The kind of its values. A secret type says here that it is one.
    const KIND: Kind;

    /// Reads the exact text of a value.
    ///
    /// # Errors
    ///
    /// A [`Rejection`] when the text cannot be this type at all. It can never be waived; what a tier or a waiver may
    /// relax belongs into [`flaws`](Self::flaws).
    fn parse(text: &str) -> Result<Self, Rejection>;

    /// The rules of this type that a readable value still breaks; each can be relaxed by its tier or by a waiver.
    ///
    /// The rules of its [`KIND`](Self::KIND) are not repeated here: the loader applies them to the text of every key and
    /// every credential, whatever its type.
    fn flaws(&self) -> Vec<Rejection> {
        Vec::new()
    }

    /// Hands each secret in the value to `visit`, so that two keys of one configuration are never the same.
    fn visit_secrets(&self, visit: &mut dyn FnMut(&[u8])) {
        let _ = visit;
    }

    /// For this library's own types: whether `flaws` has the rules of the kind already. No other crate can name the
    /// argument, so no other type can skip them.
    #[doc(hidden)]
    fn has_own_rules(_: OwnRules) -> bool {
        false
    }
}

/// An argument that only this library can make.
#[derive(Debug)]
pub struct OwnRules(());

impl OwnRules {
    pub(crate) fn asked() -> Self {
        Self(())
    }
}

/// The static description of one setting, made by `#[derive(Config)]`.
#[derive(Debug)]
pub struct SettingSchema {
    field: &'static str,
    variables: &'static [&'static str],
    kind: Kind,
    docs: &'static str,
    requirement: Requirement,
    example: Option<&'static str>,
    form: Option<&'static str>,
    shown: bool,
    from_file: bool,
}

/// What happens when a setting is set nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    /// The service does not start.
    Required,
    /// There is no value.
    Optional,
    /// There is no value in Development and Test; in Preview and Production the service does not start, unless
    /// [`rule::SETTING_ABSENT`](crate::rule::SETTING_ABSENT) is waived.
    InProduction,
    /// The default in the service's own code, in the same form as input.
    Default(&'static str),
}

impl Requirement {
    /// Whether Preview and Production do not start without it.
    #[must_use]
    pub const fn binds_in_production(self) -> bool {
        matches!(self, Self::Required | Self::InProduction)
    }

    /// What is left of it inside a group, of which nothing else is set.
    #[must_use]
    pub const fn within(self, group: Self) -> Self {
        match (self, group) {
            (Self::Default(text), _) => Self::Default(text),
            (Self::Optional, _) | (_, Self::Optional) => Self::Optional,
            (Self::InProduction, _) | (_, Self::InProduction) => Self::InProduction,
            (Self::Required, _) => Self::Required,
        }
    }
}

impl SettingSchema {
    /// For `#[derive(Config)]`: a required setting.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(field: &'static str, variables: &'static [&'static str], kind: Kind) -> Self {
        let from_file = kind.is_secret();
        let requirement = Requirement::Required;
        Self { field, variables, kind, docs: "", requirement, example: None, form: None, shown: false, from_file }
    }

    /// For `#[derive(Config)]`.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_docs(mut self, docs: &'static str) -> Self {
        self.docs = docs;
        self
    }

    /// For `#[derive(Config)]`.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_default(mut self, text: &'static str) -> Self {
        self.requirement = Requirement::Default(text);
        self
    }

    /// For `#[derive(Config)]`.
    #[doc(hidden)]
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.requirement = Requirement::Optional;
        self
    }

    /// For `#[derive(Config)]`: `#[config(required_in_production)]`.
    #[doc(hidden)]
    #[must_use]
    pub const fn required_in_production(mut self) -> Self {
        self.requirement = Requirement::InProduction;
        self
    }

    /// For `#[derive(Config)]`.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_example(mut self, text: &'static str) -> Self {
        self.example = Some(text);
        self
    }

    /// What the value looks like, for the message that it is missing.
    pub(crate) const fn with_form(mut self, text: &'static str) -> Self {
        self.form = Some(text);
        self
    }

    /// For `#[derive(Config)]`: `#[config(show)]`.
    #[doc(hidden)]
    #[must_use]
    pub const fn show(mut self) -> Self {
        self.shown = !self.kind.is_secret();
        self
    }

    /// For `#[derive(Config)]`: `#[config(file)]`.
    #[doc(hidden)]
    #[must_use]
    pub const fn from_file(mut self) -> Self {
        self.from_file = true;
        self
    }

    /// The name of the field.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        self.field
    }

    /// The variables it is read from, without the prefix of a group; the first is the one that messages name.
    #[must_use]
    pub const fn variables(&self) -> &'static [&'static str] {
        self.variables
    }

    /// The kind of its value.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The doc comment.
    #[must_use]
    pub const fn docs(&self) -> &'static str {
        self.docs
    }

    /// What happens when it is set nowhere.
    #[must_use]
    pub const fn requirement(&self) -> Requirement {
        self.requirement
    }

    /// A value that is valid, for documentation and tests.
    #[must_use]
    pub const fn example(&self) -> Option<&'static str> {
        self.example
    }

    /// What the value looks like, with words in capitals to replace.
    pub(crate) const fn form(&self) -> Option<&'static str> {
        self.form
    }

    /// Whether reports may show its accepted value.
    #[must_use]
    pub const fn is_shown(&self) -> bool {
        self.shown || self.kind.is_shown()
    }

    /// Whether reports show this accepted text.
    pub(crate) fn shows(&self, text: &str) -> bool {
        self.shown || self.kind.shows(text)
    }

    /// What gives a secret away in an accepted text that is declared to hold none.
    pub(crate) fn sighting(&self, text: &str) -> Option<hardened_strength::Sighting> {
        if self.kind.is_free_text() { hardened_strength::in_text(text) } else { None }
    }

    /// Whether its value can stand in a file that a variable with `_FILE` names.
    #[must_use]
    pub const fn is_from_file(&self) -> bool {
        self.from_file
    }
}
