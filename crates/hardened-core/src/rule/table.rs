//! The rules that this crate itself applies. Each crate has a table of the same form.

use super::{
    Level::{Note, Refuse},
    Waivable::Never,
    Word::{Malformed, Notice, Prohibited},
    explanation,
};

crate::rules! {
    /// The type of a setting can read its value.
    #[cwe(455, 1287)]
    SETTING_MALFORMED: "setting-malformed" Malformed [Refuse Refuse Refuse Refuse] Never setting;
    /// A waiver names a rule that can be waived, a subject and a reason.
    WAIVER_INVALID: "waiver-invalid" Prohibited [Refuse Refuse Refuse Refuse] Never waiver;
    /// Every waiver is needed.
    WAIVER_UNUSED: "waiver-unused" Notice [Note Note Note Note] Never waiver;
}
